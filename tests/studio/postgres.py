"""A PostgreSQL server of one's own, for as long as a test takes."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, if it is installed."""
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = shutil.which("initdb")
    return homes[-1].parent if homes else Path(found).parent if found else None


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def a_server() -> Iterator[str]:
    """Start a server and yield the URL of its database; skip where there is none to start."""
    where = programs()
    if where is None:
        pytest.skip("PostgreSQL is not installed on this machine")
    # The server refuses to run as root.
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    try:
        owner = pwd.getpwnam(user)
    except KeyError:
        pytest.skip("there is no user under whom PostgreSQL could run")
    folder = Path(tempfile.mkdtemp(prefix="jiqun-postgres-"))
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    as_owner = {"user": user} if os.geteuid() == 0 else {}

    def run(*command: str) -> None:
        done = subprocess.run(
            [str(where / command[0]), *command[1:]],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            **as_owner,  # type: ignore[call-overload]
        )
        assert done.returncode == 0, done.stderr

    data, port = folder / "data", free_port()
    try:
        run("initdb", "-D", str(data), "-U", "jiqun", "--auth=trust", "--no-sync", "-E", "UTF8")
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql+pg8000://jiqun@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
