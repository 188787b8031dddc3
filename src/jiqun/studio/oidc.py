"""Sign in with one's organisation 单位账号: OpenID Connect, authorization code with PKCE.

The only part of the studio that asks anything outside, and only where the operator named a provider.

References
----------
OpenID Connect Core 1.0, section 3.1. RFC 7636 (PKCE).
"""

import base64
import hashlib
import secrets
import time
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from urllib.parse import urlencode

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from jiqun.studio.accounts import User
from jiqun.studio.refusals import SIGNED_IN, refused
from jiqun.studio.settings import Oidc
from jiqun.vocabulary.text import Text

ALGORITHMS = ["RS256", "ES256", "PS256"]
PATIENCE = 600.0
"""Seconds in which one has to come back from the provider."""
MOST_PENDING = 10_000
NOT_ANSWERED = Text("The sign-in of your organisation did not answer.", "单位登录系统没有响应。")
NOT_BELIEVED = Text(
    "What the sign-in of your organisation said could not be verified.",
    "单位登录系统返回的信息未通过验证。",
)
STRAY = Text("This sign-in was not begun here, or too long ago.", "该登录并非由此发起,或已超时。")


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that was begun and not finished."""

    nonce: str
    verifier: str
    back: str
    until: float


@dataclass(slots=True)
class Provider:
    """One provider, with the sign-ins that are under way."""

    settings: Oidc
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=10.0))
    _begun: dict[str, Begun] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def _document(self, address: str) -> dict[str, Any]:
        """Fetch a JSON document of the provider."""
        try:
            answer = self.client.get(address)
            answer.raise_for_status()
            found: dict[str, Any] = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise refused(401, SIGNED_IN, NOT_ANSWERED) from error
        return found

    def _about(self) -> dict[str, Any]:
        """Fetch what the provider says about itself, which must be the one that was named."""
        found = self._document(f"{self.settings.issuer}/.well-known/openid-configuration")
        if str(found.get("issuer", "")).rstrip("/") != self.settings.issuer:
            raise refused(401, SIGNED_IN, NOT_BELIEVED)
        return found

    def begin(self, back: str) -> tuple[str, str]:
        """Begin a sign-in.

        Returns
        -------
        tuple
            The state, which the browser keeps, and the address of the provider to go to.
        """
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest())
        now = time.monotonic()
        with self._lock:
            self._begun = {s: b for s, b in self._begun.items() if b.until > now}
            if len(self._begun) >= MOST_PENDING:
                raise refused(401, SIGNED_IN, NOT_ANSWERED)
            self._begun[state] = Begun(nonce, verifier, back, now + PATIENCE)
        question = {
            "response_type": "code",
            "client_id": self.settings.client_id,
            "redirect_uri": back,
            "scope": "openid email",
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge.rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        return state, f"{self._about()['authorization_endpoint']}?{urlencode(question)}"

    def finish(self, *, state: str, kept: str, code: str) -> User:
        """Finish a sign-in with the code that the provider handed out, and return who it is.

        Raises
        ------
        Refused
            Where the state is not the one that this browser kept, or a token cannot be verified.
        """
        with self._lock:
            begun = self._begun.pop(state, None)
        same = secrets.compare_digest(state.encode(), kept.encode())
        if begun is None or not same or begun.until < time.monotonic():
            raise refused(401, SIGNED_IN, STRAY)
        about = self._about()
        claims = self._verified(self._token(about, begun, code), about, begun.nonce)
        name = str(claims.get("email") or claims["sub"])
        is_verified = claims.get("email_verified") is not False
        names = {str(claims["sub"])} | ({name} if is_verified else set())
        return User(name[:200], "edit" if names & self.settings.editors else "read")

    def _token(self, about: dict[str, Any], begun: Begun, code: str) -> str:
        """Exchange the code for the token that says who came."""
        try:
            answer = self.client.post(
                str(about["token_endpoint"]),
                data={
                    "grant_type": "authorization_code",
                    "code": code,
                    "redirect_uri": begun.back,
                    "code_verifier": begun.verifier,
                },
                auth=(self.settings.client_id, self.settings.client_secret),
            )
            answer.raise_for_status()
            return str(answer.json()["id_token"])
        except (httpx.HTTPError, ValueError, KeyError) as error:
            raise refused(401, SIGNED_IN, NOT_BELIEVED) from error

    def _verified(self, token: str, about: dict[str, Any], nonce: str) -> dict[str, Any]:
        """Check signature, issuer, audience, time and nonce of a token; return what it claims."""
        registry = jwt.JWTClaimsRegistry(
            iss={"essential": True, "value": str(about["issuer"])},
            aud={"essential": True, "value": self.settings.client_id},
            exp={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            keys = KeySet.import_key_set(self._document(str(about["jwks_uri"])))  # type: ignore[arg-type]
            decoded = jwt.decode(token, keys, algorithms=ALGORITHMS)
            registry.validate(decoded.claims)
        except (JoseError, ValueError) as error:
            raise refused(401, SIGNED_IN, NOT_BELIEVED) from error
        return dict(decoded.claims)
