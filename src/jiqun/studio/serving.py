"""Start the server, say where it is, and stop it when asked."""

import socket
from collections.abc import Callable, Sequence
from pathlib import Path

import uvicorn

from jiqun.record.problem import InputError, Rule
from jiqun.record.storage import scan
from jiqun.studio.accounts import LOCAL
from jiqun.studio.application import create_application
from jiqun.studio.library import record_name
from jiqun.studio.settings import Settings, refuse_unsafe
from jiqun.studio.studio import Studio
from jiqun.vocabulary.text import Text

PORT = Rule(
    id="studio.port",
    title=Text("The port is free.", "端口须空闲。"),
    remedy=Text("Choose another with --port.", "请用 --port 另选端口。"),
)
TAKEN = Text("Port {port} of {host} cannot be opened.", "无法打开 {host} 的端口 {port}。")


def address(settings: Settings) -> str:
    """Return the address that a browser on this machine uses."""
    bracketed = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{'https' if settings.secure else 'http'}://{bracketed}:{settings.port}"


def link(studio: Studio) -> str:
    """Return what to open: with the one-time token where that is how one comes in."""
    start = address(studio.settings)
    return f"{start}/enter?token={studio.link.token}" if studio.settings.mode == "link" else start


def serve(settings: Settings, paths: Sequence[Path], *, tell: Callable[[str], None]) -> None:
    """Open the records and answer until interrupted.

    Parameters
    ----------
    settings
        How the studio is started.
    paths
        Records to open, besides those that the workspace has.
    tell
        Is given the link at the start, and a new one whenever it was used.

    Raises
    ------
    InputError
        For an unsafe choice, a path that is no record, and a port that is taken.
    """
    refuse_unsafe(settings)
    listening = _listen(settings)
    with listening:
        for path in paths:
            scan(path)
        app = create_application(settings, announce=lambda studio: tell(link(studio)))
        studio: Studio = app.state.studio
        for path in paths:
            studio.library.add(path, name=record_name(path), owner=LOCAL.name, uploaded=False)
        tell(link(studio))
        configuration = uvicorn.Config(
            app,
            log_level="warning",
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=3,
        )
        uvicorn.Server(configuration).run(sockets=[listening])


def _listen(settings: Settings) -> socket.socket:
    """Take the port, before anything else is done."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
    except OSError as error:
        listening.close()
        message = TAKEN.fill(port=settings.port, host=settings.host)
        raise InputError((PORT.problem(table="--port", message=message),)) from error
    return listening
