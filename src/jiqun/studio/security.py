"""What each request has to pass and each answer carries 安全: host, origin, policy of contents.

A page elsewhere can make a browser send requests here (CSRF), and a name elsewhere can be made to
point here (DNS rebinding). Host and Origin are therefore compared with the names that the studio was
started under, and whatever changes anything needs a header that no form can send.
"""

from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jiqun.studio.refusals import VALID, as_refusal
from jiqun.vocabulary.text import Text

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
OWN_HEADER = "x-jiqun"
READING = ("GET", "HEAD", "OPTIONS")

WRONG_HOST = Text("This studio is not known under that name.", "该主机名不属于本工作台。")
WRONG_ORIGIN = Text("The request comes from another page.", "请求来自其他网页。")
NO_HEADER = Text(
    "A change needs the header X-Jiqun, which only the studio's own page sends.",
    "修改请求须带 X-Jiqun 请求头,仅本工作台页面会发送。",
)
TOO_LARGE = Text("The request is larger than allowed.", "请求超出允许的大小。")


def host_of(value: str) -> str:
    """Return the host of a Host header or an origin, without port."""
    bare = value.split("://", 1)[-1]
    if bare.startswith("["):
        return bare[1:].split("]", 1)[0]
    return bare.rsplit(":", 1)[0] if bare.count(":") == 1 else bare


class Guard:
    """ASGI middleware; wraps the whole application."""

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str], largest: int) -> None:
        self.app = app
        self.hosts = frozenset(host.lower() for host in hosts)
        self.largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a request, and put the headers on its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refusal = self.refuse(scope["method"], Headers(scope=scope))
        if refusal is None:
            await self.app(scope, receive, send_guarded)
        else:
            status, why = refusal
            answer = as_refusal((VALID.problem(table="studio", message=why),))
            response = JSONResponse(answer.model_dump(), status_code=status)
            await response(scope, receive, send_guarded)

    def refuse(self, method: str, headers: Headers) -> tuple[int, Text] | None:
        """Say why a request is turned away, if it is."""
        if host_of(headers.get("host", "")).lower() not in self.hosts:
            return 421, WRONG_HOST
        origin = headers.get("origin")
        if origin is not None and origin.split("://", 1)[-1] != headers.get("host", ""):
            return 403, WRONG_ORIGIN
        if method not in READING and OWN_HEADER not in headers:
            return 403, NO_HEADER
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self.largest:
            return 413, TOO_LARGE
        return None
