"""Whatever is wrong with a record on disk is said, all of it at once, with a remedy."""

import hashlib
import io
import json
import random
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiqun.record.problem import InputError, Problem
from jiqun.record.record import Record
from jiqun.record.storage import RULES, read, scan, verify, write

RECORD = Record.of(
    firms=pl.DataFrame({"firm_id": ["a", "b"]}),
    ties=pl.DataFrame({"tie_id": ["t"], "source": ["a"], "target": ["b"]}),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(RECORD, tmp_path / "r.jiqun")
    return tmp_path / "r.jiqun"


def refused(action: Callable[[], object]) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as caught:
        action()
    problems = caught.value.problems
    assert problems
    known = {rule.id for rule in RULES}
    for problem in problems:
        assert problem.rule in known
        assert problem.table
        assert problem.message.en
        assert problem.message.zh
        assert problem.remedy.en
        assert "{" not in problem.message.en.replace("{}", "")
    return problems


def rules(path: Path) -> list[str]:
    return sorted(problem.rule for problem in refused(lambda: read(path)))


def edit(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    file = folder / "datapackage.json"
    package = json.loads(file.read_text(encoding="utf-8"))
    change(package)
    file.write_text(json.dumps(package), encoding="utf-8")


def replace_table(folder: Path, name: str, content: bytes) -> None:
    """Put a table in place with the size and checksum that the descriptor then says."""
    (folder / f"{name}.parquet").write_bytes(content)

    def change(package: dict[str, Any]) -> None:
        for resource in package["resources"]:
            if resource["name"] == name:
                resource["bytes"] = len(content)
                resource["hash"] = "sha256:" + hashlib.sha256(content).hexdigest()

    edit(folder, change)


def parquet(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


def test_nothing_there(tmp_path: Path) -> None:
    assert rules(tmp_path / "none.jiqun") == ["storage.found"]
    assert [p.rule for p in refused(lambda: scan(tmp_path / "none.jiqun"))] == ["storage.found"]


def test_another_folder_is_not_a_record(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    assert rules(tmp_path) == ["storage.record"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{",
        b"\xff\xfe",
        b'{"name": "of somebody else"}',
        b'{"jiqun": 3}',
        b'{"jiqun": {"format": "1"}}',
        b'{"jiqun": {"format": true}}',
        b"[" * 100_000,
        b"9" * 5_000,
    ],
)
def test_another_descriptor_is_not_a_record(folder: Path, content: bytes) -> None:
    (folder / "datapackage.json").write_bytes(content)
    assert rules(folder) == ["storage.record"]


@pytest.mark.parametrize("version", [2, 99, 0, -1])
def test_another_format_version_is_named(folder: Path, version: int) -> None:
    edit(folder, lambda package: package.update(jiqun={"format": version}))
    assert rules(folder) == ["storage.format"]


def test_a_changed_file_is_damaged(folder: Path) -> None:
    raw = bytearray((folder / "ties.parquet").read_bytes())
    raw[len(raw) // 2] ^= 1
    (folder / "ties.parquet").write_bytes(raw)
    assert rules(folder) == ["storage.checksum"]
    assert [p.table for p in verify(folder)] == ["ties"]


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_no_change_of_a_byte_goes_unseen(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("byte") / "r.jiqun"
    write(RECORD, path)
    file = path / data.draw(st.sampled_from(["firms.parquet", "ties.parquet"]))
    raw = bytearray(file.read_bytes())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    file.write_bytes(raw)
    assert rules(path) == ["storage.checksum"]


def test_a_truncated_file_is_damaged(folder: Path) -> None:
    raw = (folder / "ties.parquet").read_bytes()
    (folder / "ties.parquet").write_bytes(raw[:-9])
    assert rules(folder) == ["storage.checksum"]
    assert [p.rule for p in refused(lambda: scan(folder))] == ["storage.checksum"]
    assert [p.rule for p in verify(folder)] == ["storage.checksum"]


def test_all_problems_come_at_once(folder: Path) -> None:
    (folder / "firms.parquet").unlink()
    (folder / "alliances.parquet").write_bytes(b"unlisted")
    frame = pl.DataFrame({"tie_id": [1], "source": ["a"], "colour": ["red"], "x_n": [1]})
    replace_table(folder, "ties", parquet(frame))
    edit(folder, lambda p: p["resources"].append({"name": "agents", "path": "agents.parquet"}))
    expected = [
        "storage.column",
        "storage.column_present",
        "storage.column_type",
        "storage.column_type",
        "storage.file",
        "storage.table",
        "storage.table",
    ]
    assert rules(folder) == expected
    assert sorted(p.rule for p in refused(lambda: scan(folder))) == expected


def test_a_file_that_is_no_parquet(folder: Path) -> None:
    replace_table(folder, "ties", b"PAR1 not really PAR1")
    assert rules(folder) == ["storage.parquet"]


@pytest.mark.parametrize(
    "change",
    [
        {"path": "../firms.parquet"},
        {"path": "/etc/passwd"},
        {"path": ["firms.parquet"]},
        {"bytes": "many"},
        {"bytes": None},
        {"hash": "md5:0"},
        {"hash": None},
    ],
)
def test_a_table_listed_wrongly(folder: Path, change: dict[str, object]) -> None:
    edit(folder, lambda package: package["resources"][0].update(change))
    assert rules(folder) == ["storage.descriptor"]


def test_a_table_listed_twice_or_without_name(folder: Path) -> None:
    def change(package: dict[str, Any]) -> None:
        package["resources"] += [package["resources"][0], {"name": None}]

    edit(folder, change)
    assert rules(folder) == ["storage.descriptor"] * 2


def test_a_table_that_is_a_pipe_is_missing(folder: Path) -> None:
    os_mkfifo = pytest.importorskip("os").mkfifo
    (folder / "ties.parquet").unlink()
    os_mkfifo(folder / "ties.parquet")
    assert rules(folder) == ["storage.file"]


def zip_with(folder: Path, path: Path, more: Callable[[zipfile.ZipFile], None]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, file.name)
        more(archive)
    return path


def add_link(archive: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("policies.parquet")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(info, "/etc/passwd")


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("more", "rule"),
    [
        (lambda z: z.writestr("../evil", "x"), "archive.names"),
        (lambda z: z.writestr("/evil", "x"), "archive.names"),
        (lambda z: z.writestr("firms.parquet", "x"), "archive.names"),
        (add_link, "archive.kinds"),
        (lambda z: z.writestr("zeros", bytes(2**23)), "archive.expansion"),
    ],
    ids=["parent", "absolute", "twice", "link", "bomb"],
)
def test_an_unsafe_archive_is_refused(
    folder: Path, tmp_path: Path, more: Callable[[zipfile.ZipFile], None], rule: str
) -> None:
    assert rule in rules(zip_with(folder, tmp_path / "r.jiqun.zip", more))


def test_an_archive_of_something_else_is_not_a_record(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("deep/er/datapackage.json", "{}")
    assert rules(tmp_path / "a.zip") == ["storage.record"]


def test_a_file_that_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "a.jiqun").write_text("firms", encoding="utf-8")
    assert rules(tmp_path / "a.jiqun") == ["archive.readable"]


def test_a_damaged_archive(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.jiqun.zip"
    write(RECORD, path)
    needle = (folder / "ties.parquet").read_bytes()
    path.write_bytes(path.read_bytes().replace(needle, needle[:-20] + b"x" * 20))
    assert rules(path) == ["archive.readable"]


READ_PEAK = """
import resource, sys
from jiqun.record.problem import InputError
from jiqun.record.storage import read
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read(sys.argv[1])
except InputError as error:
    rules = [problem.rule for problem in error.problems]
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, *rules)
"""


@pytest.mark.parametrize(("noise", "rule"), [(0, "archive.expansion"), (2**14, "storage.checksum")])
def test_a_bomb_is_refused_in_little_memory(
    folder: Path, tmp_path: Path, noise: int, rule: str
) -> None:
    """400 MB in the place of a table: told by its ratio or, at 60-fold, by its size."""
    (folder / "firms.parquet").unlink()
    block = random.Random(0).randbytes(noise) + bytes(2**20 - noise)

    def more(archive: zipfile.ZipFile) -> None:
        with archive.open("firms.parquet", "w", force_zip64=True) as member:
            for _ in range(400):
                member.write(block)

    path = zip_with(folder, tmp_path / "r.jiqun.zip", more)
    run = subprocess.run(
        [sys.executable, "-c", READ_PEAK, str(path)], capture_output=True, text=True, check=True
    )
    grown, *found = run.stdout.split()
    assert set(found) == {rule}
    assert int(grown) < 200_000  # kB
