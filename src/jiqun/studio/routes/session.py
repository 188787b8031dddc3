"""Come in and leave: the link, a password, a proxy's word."""

from importlib.metadata import version
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field
from starlette.responses import RedirectResponse

from jiqun.studio import audit
from jiqun.studio.accounts import LOCAL, SESSION_LIFE, User
from jiqun.studio.refusals import SIGNED_IN, refused
from jiqun.studio.routes.answers import refusals
from jiqun.studio.studio import COOKIE, Editor, Here, Studio
from jiqun.studio.wire import Session, Wire
from jiqun.vocabulary.text import Text

ROUTER = APIRouter(tags=["session"])
WRONG = Text("The name or the password is not right.", "用户名或密码不正确。")
NO_PASSWORDS = Text("Nobody signs in with a password here.", "此处不使用密码登录。")


class Login(Wire):
    """A name and a password."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    password: Annotated[str, Field(min_length=1, max_length=1000)]


class AuditLine(Wire):
    """Who changed what, when."""

    number: int
    at: str
    user: str
    action: str
    subject: str
    detail: str


def let_in(studio: Studio, user: User, response: Response) -> None:
    """Begin a session and hand over its cookie."""
    response.set_cookie(
        COOKIE,
        studio.accounts.begin(user),
        max_age=int(SESSION_LIFE.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=studio.settings.secure,
    )
    audit.note(studio.accounts.engine, user.name, "session.begin", user.name)


@ROUTER.get("/enter", include_in_schema=False)
def enter(studio: Here, token: Annotated[str, Query(max_length=200)] = "") -> Response:
    """Let in whoever has the link, once, and forget the token in the address."""
    response = RedirectResponse("/", status_code=303)
    if studio.settings.mode == "link" and studio.link.use(token):
        let_in(studio, LOCAL, response)
        studio.announce(studio)
    return response


@ROUTER.get("/api/session", responses=refusals())
def session(request: Request, studio: Here) -> Session:
    """Say who one is here."""
    user = studio.who(request)
    return Session(
        user=None if user is None else user.name,
        role=None if user is None else user.role,
        mode=studio.settings.mode,
        version=version("jiqun"),
    )


@ROUTER.post("/api/session", responses=refusals())
def sign_in(login: Login, response: Response, studio: Here) -> Session:
    """Sign in with a password."""
    if studio.settings.mode != "accounts":
        raise refused(403, SIGNED_IN, NO_PASSWORDS)
    user = studio.accounts.check(login.name, login.password)
    if user is None:
        audit.note(studio.accounts.engine, login.name, "session.refused", login.name)
        raise refused(401, SIGNED_IN, WRONG)
    let_in(studio, user, response)
    return Session(
        user=user.name, role=user.role, mode=studio.settings.mode, version=version("jiqun")
    )


@ROUTER.delete("/api/session", status_code=204, responses=refusals())
def sign_out(request: Request, response: Response, studio: Here) -> None:
    """Leave."""
    if token := request.cookies.get(COOKIE):
        studio.accounts.end(token)
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")


@ROUTER.get("/api/audit", responses=refusals())
def audit_log(
    studio: Here, user: Editor, count: Annotated[int, Query(ge=1, le=1000)] = 200
) -> list[AuditLine]:
    """Return who changed what, newest first; editors may read it."""
    _ = user
    return [
        AuditLine(
            number=int(str(row.number)),
            at=str(row.at),
            user=str(row.user),
            action=str(row.action),
            subject=str(row.subject),
            detail=str(row.detail),
        )
        for row in audit.latest(studio.accounts.engine, count)
    ]
