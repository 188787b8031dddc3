"""Signing in with an organisation: a real provider's steps, and each thing that must not pass."""

import base64
import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.jwk import RSAKey

from jiqun.studio.settings import Oidc
from tests.studio.opened import a_studio, studio_of

ISSUER = "https://login.example"
SETTINGS = Oidc(
    issuer=ISSUER, client_id="jiqun", client_secret="s" * 8, editors=frozenset({"ann@example.org"})
)
KEY = RSAKey.generate_key(2048, {"kid": "one"})


@dataclass
class Issuer:
    """A provider that signs tokens, and can be told to sign a wrong one."""

    question: dict[str, str] = field(default_factory=dict)
    change: Callable[[dict[str, object]], dict[str, object]] = lambda claims: claims
    key: RSAKey = field(default_factory=lambda: KEY)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("openid-configuration"):
            ends = {
                "authorization_endpoint": f"{ISSUER}/authorize",
                "token_endpoint": f"{ISSUER}/token",
                "jwks_uri": f"{ISSUER}/keys",
            }
            return httpx.Response(200, json={"issuer": ISSUER, **ends})
        if request.url.path == "/keys":
            return httpx.Response(200, json={"keys": [KEY.as_dict(private=False)]})
        return self.token(parse_qs(request.content.decode()))

    def token(self, form: dict[str, list[str]]) -> httpx.Response:
        """Hand out a token for a code, if the verifier fits its challenge."""
        hashed = hashlib.sha256(form["code_verifier"][0].encode()).digest()
        challenge = base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()
        if challenge != self.question["code_challenge"] or form["code"] != ["right"]:
            return httpx.Response(400, json={"error": "invalid_grant"})
        claims: dict[str, object] = {
            "iss": ISSUER,
            "aud": "jiqun",
            "sub": "u1",
            "email": "ann@example.org",
            "exp": int(time.time()) + 60,
            "nonce": self.question["nonce"],
        }
        header = {"alg": "RS256", "kid": "one"}
        return httpx.Response(
            200, json={"id_token": jwt.encode(header, self.change(claims), self.key)}
        )


def come_back(client: TestClient, issuer: Issuer, *, code: str = "right") -> httpx.Response:
    """Go to the provider and come back with a code."""
    provider = studio_of(client).provider
    assert provider is not None
    provider.client = httpx.Client(transport=httpx.MockTransport(issuer))
    away = client.get("/oidc/begin")
    assert away.status_code == 303
    query = parse_qs(urlsplit(away.headers["location"]).query)
    issuer.question = {key: values[0] for key, values in query.items()}
    answer: httpx.Response = client.get(
        "/oidc/back", params={"state": issuer.question["state"], "code": code}
    )
    return answer


def test_whoever_the_provider_names_comes_in(tmp_path: Path) -> None:
    with a_studio(tmp_path, mode="oidc", oidc=SETTINGS) as client:
        assert come_back(client, Issuer()).status_code == 303
        session = client.get("/api/session").json()
        assert (session["user"], session["role"]) == ("ann@example.org", "edit")
        again = client.get("/oidc/back", params={"state": "x", "code": "right"})
        assert again.status_code == 401


def test_an_address_that_nobody_verified_gives_no_rights(tmp_path: Path) -> None:
    issuer = Issuer(change=lambda claims: {**claims, "email_verified": False})
    with a_studio(tmp_path, mode="oidc", oidc=SETTINGS) as client:
        come_back(client, issuer)
        assert client.get("/api/session").json()["role"] == "read"


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://other.example"},
        {"aud": "another"},
        {"exp": 1},
        {"nonce": "replayed"},
        {"sub": None},
    ],
    ids=json.dumps,
)
def test_a_token_for_someone_or_sometime_else_is_refused(
    tmp_path: Path, wrong: dict[str, object]
) -> None:
    def change(claims: dict[str, object]) -> dict[str, object]:
        return {key: value for key, value in {**claims, **wrong}.items() if value is not None}

    with a_studio(tmp_path, mode="oidc", oidc=SETTINGS) as client:
        assert come_back(client, Issuer(change=change)).status_code == 401
        assert client.get("/api/session").json()["user"] is None


def test_a_foreign_signature_code_or_state_is_refused(tmp_path: Path) -> None:
    foreign = RSAKey.generate_key(2048, {"kid": "one"})
    with a_studio(tmp_path, mode="oidc", oidc=SETTINGS) as client:
        assert come_back(client, Issuer(key=foreign)).status_code == 401
        assert come_back(client, Issuer(), code="guessed").status_code == 401
        issuer = Issuer()
        come_back(client, issuer, code="guessed")
        client.cookies.clear()
        stolen = {"state": issuer.question["state"], "code": "right"}
        assert client.get("/oidc/back", params=stolen).status_code == 401
