"""A write that fails or is killed leaves the record that was there, whole, and says why."""

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from jiqun.record.problem import InputError
from jiqun.record.record import Record
from jiqun.record.storage import read, swap, write
from jiqun.record.storage.containers import Folder

OLD = Record.of(firms=pl.DataFrame({"firm_id": ["old"]}))
NEW = Record.of(firms=pl.DataFrame({"firm_id": ["new"]}))
FORMS = pytest.mark.parametrize("name", ["r.jiqun", "r.jiqun.zip"])


def state(path: Path) -> str:
    return str(read(path)["firms"]["firm_id"].item())


def refused(record: Record, path: Path) -> str:
    with pytest.raises(InputError) as caught:
        write(record, path)
    (problem,) = caught.value.problems
    assert problem.message.zh
    assert problem.remedy.zh
    return problem.rule


@FORMS
def test_a_record_is_replaced_and_nothing_else_is_left(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    write(OLD, path)
    write(NEW, path)
    assert state(path) == "new"
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


@FORMS
def test_permissions_are_those_of_any_new_file_and_are_kept(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    write(OLD, path)
    (tmp_path / "plain").mkdir() if name == "r.jiqun" else (tmp_path / "plain").touch()
    assert path.stat().st_mode == (tmp_path / "plain").stat().st_mode
    path.chmod(0o750)
    write(NEW, path)
    assert path.stat().st_mode & 0o777 == 0o750


def test_a_record_behind_a_link_is_replaced_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    write(OLD, tmp_path / "store" / "r.jiqun")
    (tmp_path / "r.jiqun").symlink_to(tmp_path / "store" / "r.jiqun")
    write(NEW, tmp_path / "r.jiqun")
    assert (tmp_path / "r.jiqun").is_symlink()
    assert state(tmp_path / "store" / "r.jiqun") == "new"


@pytest.mark.parametrize("name", ["r", "r.zip", "r.parquet", "jiqun"])
def test_other_names_are_refused(tmp_path: Path, name: str) -> None:
    assert refused(NEW, tmp_path / name) == "storage.named"
    assert list(tmp_path.iterdir()) == []


def test_only_a_record_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "thesis.jiqun"
    path.mkdir()
    (path / "chapter1.tex").touch()
    assert refused(NEW, path) == "storage.record"
    (path / "datapackage.json").write_text('{"name": "other"}', encoding="utf-8")
    assert refused(NEW, path) == "storage.record"
    assert (path / "chapter1.tex").exists()
    (tmp_path / "empty.jiqun").mkdir()
    write(NEW, tmp_path / "empty.jiqun")
    assert state(tmp_path / "empty.jiqun") == "new"


def test_files_of_others_are_not_deleted_with_the_record(tmp_path: Path) -> None:
    path = tmp_path / "r.jiqun"
    write(OLD, path)
    (path / ".DS_Store").touch()
    write(NEW, path)
    (path / "notes.txt").touch()
    assert refused(OLD, path) == "storage.foreign_files"
    assert (path / "notes.txt").exists()
    assert state(path) == "new"


def test_a_folder_is_not_replaced_by_a_file_nor_a_file_by_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.jiqun").touch()
    (tmp_path / "b.jiqun.zip").mkdir()
    assert refused(NEW, tmp_path / "a.jiqun") == "storage.record"
    assert refused(NEW, tmp_path / "b.jiqun.zip") == "storage.record"


@FORMS
def test_a_missing_parent_folder_is_named(tmp_path: Path, name: str) -> None:
    assert refused(NEW, tmp_path / "none" / name) == "storage.writable"


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """Yield a folder that the test, for its duration, may read but not write."""
    folder = Path(tempfile.mkdtemp())
    write(OLD, folder / "r.jiqun")
    write(OLD, folder / "r.jiqun.zip")
    folder.chmod(0o555)
    root = os.geteuid() == 0
    try:
        if root:
            os.seteuid(65534)
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows folders have no write permission")
@FORMS
def test_a_read_only_destination(unprivileged: Path, name: str) -> None:
    assert refused(NEW, unprivileged / name) == "storage.writable"
    assert state(unprivileged / name) == "old"
    assert len(list(unprivileged.iterdir())) == 2


FILE_LIMIT = """
import resource, signal, sys
import numpy as np, polars as pl
from jiqun.record.problem import InputError
from jiqun.record.record import Record
from jiqun.record.storage import write
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
value = np.random.default_rng(0).normal(size=100_000)
ties = pl.DataFrame({"tie_id": [str(i) for i in range(value.size)], "value": value})
try:
    write(Record.of(ties=ties), sys.argv[1])
except InputError as error:
    print(*(problem.rule for problem in error.problems))
"""


@FORMS
def test_a_file_larger_than_allowed(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    write(OLD, path)
    run = subprocess.run(
        [sys.executable, "-c", FILE_LIMIT, str(path)], capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["storage.room"]
    assert state(path) == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)]
    if (
        shutil.which("mount") is None
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("mounting a small disk is not permitted here")
    try:
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@FORMS
def test_a_full_disk(tiny_disk: Path, name: str) -> None:
    write(OLD, tiny_disk / name)
    noise = random.Random(0)
    firms = pl.DataFrame({"firm_id": [noise.randbytes(16).hex() for _ in range(20_000)]})
    assert refused(Record.of(firms=firms), tiny_disk / name) == "storage.room"
    assert state(tiny_disk / name) == "old"
    assert [entry.name for entry in tiny_disk.iterdir()] == [name]


@FORMS
def test_leftovers_are_no_record_and_the_next_write_clears_them(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    write(OLD, path)
    (tmp_path / f".{name}.writing-00000000").mkdir()
    (tmp_path / f".{name}.writing-00000000" / "firms.parquet").touch()
    (tmp_path / f".{name}.writing-11111111").touch()
    assert state(path) == "old"
    write(NEW, path)
    assert state(path) == "new"
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no lock on folders")
def test_a_write_in_progress_is_not_taken_for_a_leftover(tmp_path: Path) -> None:
    path = tmp_path / "r.jiqun"
    with swap.draft_folder(path) as draft:
        write(NEW, path)
        assert draft.is_dir()
    assert [entry.name for entry in tmp_path.iterdir()] == ["r.jiqun"]


def test_without_an_exchange_two_renames_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap, "exchange", lambda _one, _other: False)
    write(OLD, tmp_path / "r.jiqun")
    write(NEW, tmp_path / "r.jiqun")
    assert state(tmp_path / "r.jiqun") == "new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["r.jiqun"]


def test_a_second_rename_that_fails_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(OLD, tmp_path / "r.jiqun")
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if ".writing-" in self.name:
            raise OSError(errno.EIO, "input/output error")
        return rename(self, target)

    monkeypatch.setattr(swap, "exchange", lambda _one, _other: False)
    monkeypatch.setattr(Path, "rename", failing)
    assert refused(NEW, tmp_path / "r.jiqun") == "storage.writable"
    assert state(tmp_path / "r.jiqun") == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["r.jiqun"]


@FORMS
def test_an_interrupted_write_leaves_nothing(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(OLD, tmp_path / name)

    def interrupted(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(NEW, tmp_path / name)
    assert state(tmp_path / name) == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_a_record_replaced_while_it_is_read_is_read_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r.jiqun"
    write(OLD, path)
    read_file = Folder.read
    turns = iter([NEW])

    def read_slowly(self: Folder, name: str) -> bytes:
        if name == "firms.parquet" and (record := next(turns, None)) is not None:
            write(record, path)
        return read_file(self, name)

    monkeypatch.setattr(Folder, "read", read_slowly)
    assert state(path) == "new"


KILLED_BETWEEN_RENAMES = """
import os, sys
from pathlib import Path
import polars as pl
from jiqun.record.record import Record
from jiqun.record.storage import swap, write
swap.exchange = lambda one, other: False
rename = Path.rename
def dying(self, target):
    if ".writing-" in self.name:
        os._exit(9)
    return rename(self, target)
Path.rename = dying
write(Record.of(firms=pl.DataFrame({"firm_id": ["new"]})), sys.argv[1])
"""


def test_a_kill_between_two_renames_leaves_the_old_record(tmp_path: Path) -> None:
    path = tmp_path / "r.jiqun"
    write(OLD, path)
    run = subprocess.run([sys.executable, "-c", KILLED_BETWEEN_RENAMES, str(path)], check=False)
    assert run.returncode == 9
    assert not path.exists()
    assert state(path) == "old"
    write(NEW, path)
    assert state(path) == "new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["r.jiqun"]


WRITE_IN_TURN = """
import sys, time
import polars as pl
from jiqun.record.record import Record
from jiqun.record.storage import write
n = 20_000
records = [
    Record.of(
        firms=pl.DataFrame({"firm_id": [f"{state}{i}" for i in range(n)]}),
        ties=pl.DataFrame({"tie_id": [f"{i}" for i in range(n)], "source": f"{state}1"}),
        provenance=pl.DataFrame({"step": [1], "command": state}),
    )
    for state in ("old", "new")
]
write(records[0], sys.argv[1])
start = time.perf_counter()
write(records[1], sys.argv[1])
print(time.perf_counter() - start, flush=True)
sys.stdin.readline()
while True:
    for record in records:
        write(record, sys.argv[1])
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills are sent as SIGKILL")
@FORMS
def test_kills_at_any_moment_damage_nothing(tmp_path: Path, name: str) -> None:
    """Kill 25 writers of each form, spread over two writes; the record is old or new, and whole."""
    path = tmp_path / name
    luck = random.Random(1)
    seen = set()

    def start() -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", WRITE_IN_TURN, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    for _ in range(25):
        with start() as writer:
            assert writer.stdin is not None
            assert writer.stdout is not None
            duration = float(writer.stdout.readline())
            writer.stdin.write("go\n")
            writer.stdin.flush()
            time.sleep(luck.uniform(0, 2 * duration))
            writer.send_signal(signal.SIGKILL)
        record = read(path)
        (state,) = record["provenance"]["command"]
        assert record["firms"].height == record["ties"].height == 20_000
        assert record["firms"]["firm_id"].str.starts_with(state).all()
        assert (record["ties"]["source"] == f"{state}1").all()
        seen.add(state)
    write(OLD, path)
    assert {entry.name for entry in tmp_path.iterdir()} == {name}
    assert seen == {"old", "new"}
