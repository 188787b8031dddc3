"""The checks that a ZIP file passes before anything in it is expanded."""

import random
import stat
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from jiqun.record.storage.archive import ArchiveLimits, refuse_unsafe

Fill = Callable[[zipfile.ZipFile], None]


def packed(path: Path, fill: Fill, method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        fill(archive)
    return path


def rules(path: Path, limits: ArchiveLimits | None = None) -> list[str]:
    return [problem.rule for problem in refuse_unsafe(path, limits=limits)]


def test_a_plain_archive_is_safe(tmp_path: Path) -> None:
    def fill(archive: zipfile.ZipFile) -> None:
        archive.writestr("数据/表.csv", "a,b\n" * 1000)
        archive.writestr("folder/", "")

    assert refuse_unsafe(packed(tmp_path / "a.zip", fill)) == ()


@pytest.mark.parametrize(
    "name", ["../out", "/etc/passwd", "a/../../b", "C:/x", "..\\x", "a\\b", "\\\\host\\x", "x\x07"]
)
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str) -> None:
    assert rules(packed(tmp_path / "a.zip", lambda z: z.writestr(name, "x"))) == ["archive.names"]


def test_a_name_cut_by_a_null_byte_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", lambda z: z.writestr("good_bad", "x"))
    path.write_bytes(path.read_bytes().replace(b"good_bad", b"good\0bad"))
    assert "archive.names" in rules(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_listed_twice_is_reported_once(tmp_path: Path) -> None:
    def fill(archive: zipfile.ZipFile) -> None:
        archive.writestr("a", "1")
        archive.writestr("a", "2")
        archive.writestr("A", "3")

    assert rules(packed(tmp_path / "a.zip", fill)) == ["archive.names"]


def test_links_and_devices_are_refused(tmp_path: Path) -> None:
    def fill(archive: zipfile.ZipFile) -> None:
        for name, kind in (("link", stat.S_IFLNK), ("device", stat.S_IFCHR)):
            info = zipfile.ZipInfo(name)
            info.external_attr = (kind | 0o777) << 16
            archive.writestr(info, "/etc/passwd")

    assert rules(packed(tmp_path / "a.zip", fill)) == ["archive.kinds"] * 2


def test_unbounded_methods_are_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", lambda z: z.writestr("a", b"0" * 999), zipfile.ZIP_LZMA)
    assert rules(path) == ["archive.kinds"]


def test_encrypted_files_are_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", lambda z: z.writestr("a", "x"))
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    assert rules(path) == ["archive.kinds"]


def test_a_ratio_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", lambda z: z.writestr("a", b"0" * 2**23))
    assert rules(path) == ["archive.expansion"] * 2  # the file, and with it the whole
    assert rules(path, ArchiveLimits(ratio=1e6)) == []
    assert rules(path, ArchiveLimits(ratio=1e6, total=2**20)) == ["archive.expansion"]


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    def fill(archive: zipfile.ZipFile) -> None:
        for i in range(11):
            archive.writestr(str(i), "")

    path = packed(tmp_path / "a.zip", fill)
    assert rules(path, ArchiveLimits(members=10)) == ["archive.members"]
    assert rules(path, ArchiveLimits(members=11)) == []


def test_a_declared_size_that_is_a_lie_is_found(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", lambda z: z.writestr("a", b"0" * 2**23))
    raw = bytearray(path.read_bytes())
    struct.pack_into("<I", raw, raw.index(b"PK\x01\x02") + 24, 1000)
    path.write_bytes(raw)
    assert rules(path) == ["archive.expansion"]


def test_members_that_share_their_bytes_are_summed(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    content = b"x" * 2**20
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", content)
        first = archive.getinfo("a")
        for i in range(300):
            twin = zipfile.ZipInfo(f"b{i}")
            twin.CRC, twin.compress_size, twin.file_size = first.CRC, len(content), len(content)
            twin.header_offset = first.header_offset
            archive.filelist.append(twin)
    assert rules(path) == ["archive.expansion"]


@pytest.mark.parametrize("content", [b"", b"PK", b"not an archive" * 99, b"PK\x05\x06" + bytes(18)])
def test_what_is_no_archive_is_reported_or_empty(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    expected = [] if content.startswith(b"PK\x05") else ["archive.readable"]
    assert rules(path) == expected


def test_a_missing_file_and_a_folder_are_reported(tmp_path: Path) -> None:
    assert rules(tmp_path / "none.zip") == ["archive.readable"]
    assert rules(tmp_path) == ["archive.readable"]


def test_a_damaged_member_is_found(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", lambda z: z.writestr("a", b"abcdefgh"), zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"abcdefgh", b"abcdefgX"))
    assert rules(path) == ["archive.expansion"]


def long_directory(path: Path) -> None:
    """Write an archive of a million empty members that share one local header."""
    name = b"x"
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 0, 0, 0, 0, 0, 0, len(name), 0) + name
    entry = (
        struct.pack(
            "<IHHHHHHIIIHHHHHII",
            *(0x02014B50, 20, 20, 0, 0, 0, 0, 0, 0, 0, len(name), 0, 0, 0, 0, 0, 0),
        )
        + name
    )
    listing = entry * 1_000_000
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0xFFFE, 0xFFFE, len(listing), len(local), 0)
    path.write_bytes(local + listing + end)


PEAK = """
import resource, sys
from pathlib import Path
from jiqun.record.storage.archive import refuse_unsafe
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
problems = refuse_unsafe(Path(sys.argv[1]))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, *(p.rule for p in problems))
"""


@pytest.mark.parametrize(
    ("kind", "rule"),
    [("directory", "archive.readable"), ("bomb", "archive.expansion"), ("dense", None)],
)
def test_memory_stays_bounded(tmp_path: Path, kind: str, rule: str | None) -> None:
    path = tmp_path / "a.zip"
    if kind == "directory":
        long_directory(path)
    else:
        block = random.Random(0).randbytes(0 if kind == "bomb" else 2**14) + bytes(2**20)
        method = zipfile.ZIP_DEFLATED
        with (
            zipfile.ZipFile(path, "w", method) as archive,
            archive.open("a", "w", force_zip64=True) as member,
        ):
            for _ in range(500):
                member.write(block)
    out = subprocess.run(
        [sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=True
    )
    grown, *found = out.stdout.split()
    assert int(grown) < 100_000  # kB
    assert set(found) == ({rule} if rule else set())
