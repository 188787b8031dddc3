"""``jiqun studio``: a page on one's own machine with map, network, evidence and live policies."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiqun.cli.options import Quiet, say
from jiqun.vocabulary.text import Text

if TYPE_CHECKING:
    from jiqun.studio.settings import Mode, Oidc

SAMPLES = Path(__file__).parent / "demo_records"
NEEDS_EXTRA = Text(
    "The studio needs the extra `studio`: pip install 'jiqun[studio]' ({missing} is missing).",
    "工作台需要附加组件 `studio`:pip install 'jiqun[studio]'(缺少 {missing})。",
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "studio",
        help=say(
            "Open records in a page on this machine: map, network, evidence, live policies.",
            "在本机网页中打开记录:地图、网络、证据、实时政策模拟。",
        ),
    )(studio)


def studio(
    records: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[RECORD…]",
            help=say("Records to open; more can be dragged in.", "要打开的记录;也可拖入网页。"),
        ),
    ] = None,
    *,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help=say("Port.", "端口。"))
    ] = 8642,
    host: Annotated[
        str,
        typer.Option(
            "--host",
            help=say(
                "Address to listen on; others need --sign-in.", "监听地址;对外须设 --sign-in。"
            ),
        ),
    ] = "127.0.0.1",
    name: Annotated[
        list[str] | None,
        typer.Option(
            "--name", help=say("Host name under which others reach it.", "他人访问所用的主机名。")
        ),
    ] = None,
    sign_in: Annotated[
        str,
        typer.Option(
            "--sign-in",
            help=say(
                "link (this machine only), accounts, proxy or oidc.",
                "link(仅本机)、accounts、proxy 或 oidc。",
            ),
        ),
    ] = "link",
    workspace: Annotated[
        Path | None,
        typer.Option(
            "--workspace",
            help=say("Folder for jobs, results and uploads.", "存放任务、结果与上传内容的文件夹。"),
        ),
    ] = None,
    database: Annotated[
        str,
        typer.Option(
            "--database",
            envvar="JIQUN_DATABASE",
            help=say(
                "SQLAlchemy URL, such as postgresql+pg8000://…; else SQLite in the workspace.",
                "SQLAlchemy URL,如 postgresql+pg8000://…;缺省为工作区内的 SQLite。",
            ),
        ),
    ] = "",
    workers: Annotated[
        int, typer.Option("--workers", min=1, max=64, help=say("Jobs at once.", "并行任务数。"))
    ] = 1,
    secure: Annotated[
        bool,
        typer.Option("--secure", help=say("It is reached by https.", "经由 https 访问。")),
    ] = False,
    add_user: Annotated[
        str | None,
        typer.Option(
            "--add-user",
            help=say(
                "NAME:read or NAME:edit; asks for the password, then stops.",
                "NAME:read 或 NAME:edit;询问密码后退出。",
            ),
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Start the studio, and stop it with Ctrl-C."""
    _require_extra()
    from jiqun.studio.serving import serve
    from jiqun.studio.settings import Settings, usual_workspace

    settings = Settings(
        workspace=workspace or usual_workspace(),
        host=host,
        port=port,
        names=tuple(name or ()),
        mode=_mode(sign_in),
        database=database,
        workers=workers,
        secure=secure,
        oidc=_oidc(sign_in),
        samples=tuple(sorted(SAMPLES.glob("*.jiqun.zip"))),
    )
    if add_user is not None:
        _add_user(settings.workspace, settings.database_url, add_user)
        return
    serve(settings, records or (), tell=lambda link: _tell(link, quiet=quiet))


def _require_extra() -> None:
    """Say in a sentence what is not installed."""
    from jiqun.record.problem import InputError, Rule

    try:
        import argon2
        import fastapi
        import sqlalchemy
        import uvicorn
    except ModuleNotFoundError as error:
        rule = Rule(
            id="studio.extra",
            title=Text("What the studio is made with is installed.", "工作台所需组件须已安装。"),
            remedy=Text("pip install 'jiqun[studio]'", "pip install 'jiqun[studio]'"),
        )
        message = NEEDS_EXTRA.fill(missing=error.name)
        raise InputError((rule.problem(table="jiqun studio", message=message),)) from error
    _ = (argon2, fastapi, sqlalchemy, uvicorn)


def _mode(sign_in: str) -> "Mode":
    """Return the way to sign in that was chosen."""
    if sign_in in {"link", "accounts", "proxy", "oidc"}:
        return sign_in  # type: ignore[return-value]
    from jiqun.record.problem import InputError
    from jiqun.studio.settings import SIGN_IN

    message = Text("There is no way to sign in called {name}.", "没有名为 {name} 的登录方式。")
    raise InputError(
        (SIGN_IN.problem(table="--sign-in", value=sign_in, message=message.fill(name=sign_in)),)
    )


def _oidc(sign_in: str) -> "Oidc | None":
    """Read the provider from the environment, where its secret belongs."""
    from jiqun.studio.settings import Oidc

    parts = [
        os.environ.get(f"JIQUN_OIDC_{p}", "") for p in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")
    ]
    if sign_in != "oidc" or not all(parts):
        return None
    editors = os.environ.get("JIQUN_OIDC_EDITORS", "").replace(",", " ").split()
    return Oidc(
        issuer=parts[0].rstrip("/"),
        client_id=parts[1],
        client_secret=parts[2],
        editors=frozenset(editors),
    )


def _add_user(workspace: Path, database: str, wanted: str) -> None:
    """Set the password and the role of a user."""
    from jiqun.studio.accounts import Accounts, as_role
    from jiqun.studio.database import open_database

    user, _, role = wanted.rpartition(":") if ":" in wanted else (wanted, "", "read")
    password = typer.prompt(
        say("Password", "密码"), hide_input=True, confirmation_prompt=True, err=True
    )
    workspace.mkdir(parents=True, exist_ok=True, mode=0o700)
    Accounts(open_database(database)).set_user(user, password, as_role(role), by="command line")
    typer.echo(say(f"{user}: {as_role(role)}", f"{user}:{as_role(role)}"), err=True)


def _tell(link: str, *, quiet: bool) -> None:
    """Print the link on stdout, where a script can take it from, and a word on stderr."""
    typer.echo(link)
    if not quiet:
        typer.echo(
            say(
                "Open this link once, in the browser that you will use; Ctrl-C stops the studio.",
                "请在将使用的浏览器中打开此链接(仅限一次);按 Ctrl-C 停止工作台。",
            ),
            err=True,
        )
