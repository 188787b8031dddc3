"""make's set-up says in one sentence what is missing, and does nothing twice."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
SHELL = ("sh", "dirname", "find", "rm", "touch", "echo")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a folder with what the set-up reads, and a PATH that has a shell and no Python."""
    for folder in ("scripts", "requirements"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder)
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    (tmp_path / "bin").mkdir()
    for tool in SHELL:
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool) or tool)
    return tmp_path


def command(checkout: Path, name: str, script: str) -> None:
    """Put a shell script on the PATH."""
    path = checkout / "bin" / name
    path.write_text(f"#!{checkout}/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def set_up(checkout: Path, *locks: str) -> subprocess.CompletedProcess[str]:
    """Run the set-up and nothing else that this machine has."""
    return subprocess.run(
        ["sh", "scripts/set_up.sh", *locks],
        cwd=checkout,
        env={"PATH": str(checkout / "bin")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_no_python_is_said(checkout: Path) -> None:
    answer = set_up(checkout, "core")
    assert answer.returncode == 1
    assert "needs Python 3.11 or newer, and found none" in answer.stderr


def test_an_old_python_is_passed_over(checkout: Path) -> None:
    command(checkout, "python3", "exit 1")
    answer = set_up(checkout, "core")
    assert "found none" in answer.stderr


def test_a_missing_venv_module_is_said(checkout: Path) -> None:
    command(checkout, "python3", '[ "$1" = -c ] || { echo "No module named venv" >&2; exit 1; }')
    answer = set_up(checkout, "core")
    assert answer.returncode == 1
    assert "python3 has no working venv module" in answer.stderr
    assert not (checkout / ".venv").exists()


def test_nothing_is_done_twice(checkout: Path) -> None:
    """With newer stamps nothing runs; once a lock has changed, its installation does."""
    environment = checkout / ".venv"
    (environment / "bin").mkdir(parents=True)
    (environment / "bin" / "python").symlink_to(sys.executable)
    for lock in ("setup", "core"):
        (environment / f"installed-{lock}").touch()
    answer = set_up(checkout, "core")
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")

    stamp = (environment / "installed-core").stat().st_mtime
    os.utime(checkout / "requirements" / "core.txt", (stamp + 10, stamp + 10))
    answer = set_up(checkout, "core")
    assert answer.returncode != 0, "there is no uv in this environment to install with"
    assert "installing requirements/core.txt" in answer.stderr
