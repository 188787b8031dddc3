"""What a studio is started with: where it keeps its files, who may come in, how much it takes."""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from jiqun.record.problem import InputError, Problem, Rule
from jiqun.vocabulary.text import Text

Role = Literal["read", "edit"]
Mode = Literal["link", "accounts", "proxy", "oidc"]
LOOPBACK = ("127.0.0.1", "localhost", "::1")

PUBLIC = Rule(
    id="studio.public",
    title=Text(
        "A studio that others can reach asks who they are.", "可供他人访问的工作台须验证身份。"
    ),
    remedy=Text(
        "Leave out --host, or choose --sign-in accounts, proxy or oidc.",
        "请去掉 --host,或选择 --sign-in accounts、proxy 或 oidc。",
    ),
)
SIGN_IN = Rule(
    id="studio.sign_in",
    title=Text("A way to sign in has what it needs.", "所选登录方式的配置须齐全。"),
    remedy=Text("Set what is missing; see the guide to the studio.", "请补全配置,参见工作台指南。"),
)
RULES = (PUBLIC, SIGN_IN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a user may ask for.

    Attributes
    ----------
    upload
        Bytes of one uploaded file.
    memory
        Bytes of address space in which an upload is read.
    seconds
        Time in which an upload is read.
    live
        Firms × periods × runs of one live simulation.
    experiment
        Firms × periods × runs of one comparison in the background.
    jobs
        Jobs that one user may have waiting or running.
    """

    upload: int = 256 * 2**20
    memory: int = 4 * 2**30
    seconds: float = 120.0
    live: int = 4_000_000
    experiment: int = 2_000_000_000
    jobs: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Oidc:
    """An OpenID Connect provider.

    Attributes
    ----------
    issuer
        Its address, such as ``https://login.example.org``.
    client_id, client_secret
        As registered there.
    editors
        Subjects or e-mail addresses that may edit; everyone else may read.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    editors: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All choices of one studio.

    Attributes
    ----------
    workspace
        Folder of its own: accounts, jobs, uploaded records, results.
    host, port
        Where it listens.
    names
        Host names under which it may be asked for, besides ``host``.
    mode
        How one signs in: by the link printed at the start, or as a team.
    database
        SQLAlchemy URL of accounts and jobs; a SQLite file in the workspace by default.
    proxy_header, proxy_role_header
        Headers in which a trusted proxy names user and role.
    proxy_addresses
        Addresses from which those headers are believed.
    secure
        Whether it is reached by https, so that cookies are sent over https only.
    workers
        Jobs that run at once.
    samples
        Records that are offered for a first look.
    """

    workspace: Path
    host: str = "127.0.0.1"
    port: int = 8642
    names: tuple[str, ...] = ()
    mode: Mode = "link"
    database: str = ""
    proxy_header: str = "X-Forwarded-User"
    proxy_role_header: str = "X-Forwarded-Role"
    proxy_addresses: tuple[str, ...] = LOOPBACK
    oidc: Oidc | None = None
    secure: bool = False
    workers: int = 1
    samples: tuple[Path, ...] = ()
    limits: Limits = Limits()

    @property
    def database_url(self) -> str:
        """URL of the database."""
        return self.database or f"sqlite:///{self.workspace / 'studio.sqlite'}"

    @property
    def hosts(self) -> frozenset[str]:
        """Host names under which it may be asked for."""
        own = LOOPBACK if self.host in LOOPBACK else (self.host,)
        return frozenset({*own, *self.names})


def usual_workspace() -> Path:
    """Return the folder that the system has for a program's own files."""
    if sys.platform == "win32":
        home = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        home = Path.home() / "Library" / "Application Support"
    else:
        home = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))
    return home / "jiqun" / "studio"


def refuse_unsafe(settings: Settings) -> None:
    """Raise with everything that makes the choices unsafe or incomplete.

    Raises
    ------
    InputError
        For an address that others can reach without anyone signing in, and for a way of signing in
        that lacks what it needs.
    """
    problems: list[Problem] = []
    if settings.host not in LOOPBACK and settings.mode == "link":
        message = Text(
            f"{settings.host} can be reached from other machines, and nobody would have to sign in.",
            f"{settings.host} 可从其他机器访问,而无人需要登录。",
        )
        problems.append(PUBLIC.problem(table="--host", value=settings.host, message=message))
    if settings.mode == "oidc" and settings.oidc is None:
        message = Text(
            "OpenID Connect needs JIQUN_OIDC_ISSUER, JIQUN_OIDC_CLIENT_ID and "
            "JIQUN_OIDC_CLIENT_SECRET in the environment.",
            "OpenID Connect 需要环境变量 JIQUN_OIDC_ISSUER、JIQUN_OIDC_CLIENT_ID 与 "
            "JIQUN_OIDC_CLIENT_SECRET。",
        )
        problems.append(SIGN_IN.problem(table="--sign-in", value="oidc", message=message))
    if problems:
        raise InputError(tuple(problems))
