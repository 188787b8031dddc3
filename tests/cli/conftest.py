"""Run the command as a user does: the installed script in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
SCRIPT = Path(sys.executable).with_name("jiqun")


@pytest.fixture
def jiqun(tmp_path: Path) -> Run:
    """Return a function that runs ``jiqun`` in an empty folder."""
    folder = tmp_path / "here"
    folder.mkdir()

    def run(*arguments: str | Path, lang: str = "en") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [SCRIPT, *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=folder,
            env={**os.environ, "JIQUN_LANG": lang, "PYTHONUTF8": "1", "COLUMNS": "200"},
            timeout=300,
            check=False,
        )

    return run
