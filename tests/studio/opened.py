"""A studio in a temporary workspace, and whoever asks it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path

from fastapi.testclient import TestClient

from jiqun.studio.application import create_application
from jiqun.studio.settings import Settings
from jiqun.studio.studio import Studio

BASE = "http://127.0.0.1:8642"
OWN = {"X-Jiqun": "1"}


@contextmanager
def demo_record(name: str) -> Iterator[Path]:
    """Yield the path of a bundled record."""
    with as_file(files("jiqun.cli") / "demo_records" / f"synthetic-{name}.jiqun.zip") as path:
        yield path


@contextmanager
def a_studio(
    workspace: Path, *, background: bool = False, **choices: object
) -> Iterator[TestClient]:
    """Yield a client of a studio that nobody has entered yet."""
    settings = replace(Settings(workspace=workspace), **choices)  # type: ignore[arg-type]
    app = create_application(settings, background=background)
    with TestClient(app, base_url=BASE, headers=OWN, follow_redirects=False) as client:
        yield client


def studio_of(client: TestClient) -> Studio:
    """Return the studio behind a client."""
    studio = client.app.state.studio  # type: ignore[attr-defined]
    assert isinstance(studio, Studio)
    return studio


@contextmanager
def entered(
    workspace: Path, *, background: bool = False, **choices: object
) -> Iterator[TestClient]:
    """Yield a client that came in by the link."""
    with a_studio(workspace, background=background, **choices) as client:
        done = client.get("/enter", params={"token": studio_of(client).link.token})
        assert done.status_code == 303
        yield client


def with_record(client: TestClient, path: Path) -> str:
    """Open a record in a studio and return its id."""
    return studio_of(client).library.add(path, name=path.stem, owner="local", uploaded=False)
