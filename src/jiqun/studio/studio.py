"""The parts of a running studio, and who may ask them for what."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from jiqun.studio.accounts import Accounts, Link, User, as_role
from jiqun.studio.database import open_database
from jiqun.studio.desk import Desk
from jiqun.studio.jobs.runner import Runner
from jiqun.studio.jobs.store import JobStore
from jiqun.studio.library import Library
from jiqun.studio.oidc import Provider
from jiqun.studio.refusals import MAY_EDIT, SIGNED_IN, refused
from jiqun.studio.settings import Settings
from jiqun.vocabulary.text import Text

COOKIE = "jiqun_session"
WHO = Text("Nobody is signed in.", "尚未登录。")
READS = Text("{user} may read, not change.", "{user} 仅有阅读权限。")


@dataclass(frozen=True, slots=True)
class Studio:
    """Everything that a request may need."""

    settings: Settings
    accounts: Accounts
    library: Library
    jobs: JobStore
    runner: Runner
    desk: Desk
    link: Link
    announce: Callable[["Studio"], None]
    provider: Provider | None

    @classmethod
    def open(cls, settings: Settings, announce: Callable[["Studio"], None]) -> "Studio":
        """Open the workspace, and make it where it is not there yet; only its owner may read it.

        ``announce`` is called once the link was used and a new one took its place.
        """
        settings.workspace.mkdir(parents=True, exist_ok=True, mode=0o700)
        for part in ("records", "jobs", "incoming"):
            (settings.workspace / part).mkdir(exist_ok=True, mode=0o700)
        engine = open_database(settings.database_url)
        library = Library(engine, settings.workspace / "records")
        jobs = JobStore(engine)
        runner = Runner(jobs, library, settings.workspace / "jobs", settings.workers)
        provider = None if settings.oidc is None else Provider(settings.oidc)
        accounts = Accounts(engine)
        return cls(settings, accounts, library, jobs, runner, Desk(), Link(), announce, provider)

    def who(self, request: Request) -> User | None:
        """Return who asks, if that is known."""
        if self.settings.mode == "proxy":
            return self._told_by_proxy(request)
        token = request.cookies.get(COOKIE)
        return self.accounts.whose(token) if token else None

    def _told_by_proxy(self, request: Request) -> User | None:
        """Believe the headers of a proxy at a trusted address, and nobody else's."""
        address = request.client.host if request.client else ""
        name = request.headers.get(self.settings.proxy_header, "")
        if address not in self.settings.proxy_addresses or not name:
            return None
        role = request.headers.get(self.settings.proxy_role_header, "read")
        return User(name[:200], as_role(role))


def studio_of(request: Request) -> Studio:
    """Return the studio that a request came to."""
    return cast("Studio", request.app.state.studio)


Here = Annotated[Studio, Depends(studio_of)]


def reader(request: Request, studio: Here) -> User:
    """Return who asks, and refuse whoever has not signed in."""
    user = studio.who(request)
    if user is None:
        raise refused(401, SIGNED_IN, WHO)
    return user


Reader = Annotated[User, Depends(reader)]


def editor(user: Reader) -> User:
    """Return who asks, and refuse whoever may only read."""
    if not user.may_edit:
        raise refused(403, MAY_EDIT, READS.fill(user=user.name))
    return user


Editor = Annotated[User, Depends(editor)]
