"""Whether a ZIP file is safe to expand, judged before anything is expanded.

A ZIP file from elsewhere may name files outside its folder, hide links, list a million members or
grow a thousandfold. Spreadsheets (``.xlsx``) are ZIP files too and pass through the same checks.
"""

import io
import os
import re
import stat
import sys
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jiqun.record.problem import Problem, Rule
from jiqun.record.storage.rules import (
    EXPANSION,
    MEMBER_COUNT,
    MEMBER_KIND,
    MEMBER_NAME,
    NOT_AN_ARCHIVE,
)
from jiqun.vocabulary.text import Text

MEBIBYTE = 2**20
CHUNK = MEBIBYTE
READABLE_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Others can grow without bound in one step of their decompressor."""
ENCRYPTED = 0x1
PLAIN_KINDS = (0, stat.S_IFREG, stat.S_IFDIR)
"""0: the archive was made where files have no Unix kind."""
UNSAFE_NAME = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|[\x00-\x1f\\]")
READ_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,  # what zipfile raises for a password and for a method that it lacks
    ValueError,
    OSError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveLimits:
    """How much an archive may hold.

    Attributes
    ----------
    members
        Number of files.
    total
        Bytes of all files, expanded.
    ratio
        Expanded over packed bytes, of each file and of the whole.
    harmless
        Bytes up to which the ratio does not matter, because nothing that small does harm.
    directory
        Bytes of the list of files, which must be held in memory to be judged.
    """

    members: int = 1_000
    total: int = 16 * 1024 * MEBIBYTE
    ratio: float = 100.0
    harmless: int = 4 * MEBIBYTE
    directory: int = 4 * MEBIBYTE


class BoundedFile(io.FileIO):
    """A file that refuses to hand out more than ``limit`` bytes at once.

    ``zipfile`` reads the whole list of files in one call before anything can be counted.
    """

    def __init__(self, path: Path, limit: int) -> None:
        super().__init__(path, "r")
        self.limit = limit

    def read(self, size: int | None = -1, /) -> bytes:
        """Read ``size`` bytes, or to the end."""
        rest = os.fstat(self.fileno()).st_size - self.tell()
        left = rest if size is None or size < 0 else size
        if left > self.limit:
            msg = f"list of files of {left} bytes"
            raise zipfile.BadZipFile(msg)
        return super().read(size) or b""


@contextmanager
def open_archive(path: Path, limits: ArchiveLimits) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP file, holding at most ``limits.directory`` bytes of its list of files.

    Raises
    ------
    zipfile.BadZipFile, OSError
        Where it cannot be read.
    """
    with BoundedFile(path, limits.directory) as file, zipfile.ZipFile(file) as archive:
        file.limit = sys.maxsize
        yield archive


def refuse_unsafe(path: Path, *, limits: ArchiveLimits | None = None) -> tuple[Problem, ...]:
    """Say everything that makes a ZIP file unsafe to open; nothing is kept of what it holds.

    What the list of files declares is judged first; only where that is harmless are the files
    expanded, a piece at a time, to see that they hold what was declared.

    Parameters
    ----------
    path
        The archive, such as ``NAME.jiqun.zip`` or a spreadsheet ``NAME.xlsx``.
    limits
        How much it may hold; by default :class:`ArchiveLimits`.

    Returns
    -------
    tuple of Problem
        Empty where the archive is safe and undamaged. Memory stays below 100 MB whatever it is.
    """
    limits = limits or ArchiveLimits()
    try:
        with open_archive(path, limits) as archive:
            return unsafe_declarations(path, archive, limits) or tuple(damage(path, archive))
    except READ_ERRORS as error:
        return (unreadable(path, error),)


def unreadable(path: Path, error: Exception) -> Problem:
    """Report an archive that cannot be read at all."""
    return finding(
        NOT_AN_ARCHIVE,
        path,
        Text(
            "{path} cannot be read as a ZIP file: {error}.",
            "无法将 {path} 作为 ZIP 文件读取:{error}。",
        ).fill(path=path, error=error),
    )


def unsafe_declarations(
    path: Path, archive: zipfile.ZipFile, limits: ArchiveLimits
) -> tuple[Problem, ...]:
    """Judge an open archive by its list of files alone."""
    members = archive.infolist()
    if len(members) > limits.members:
        message = Text(
            "{path} holds {n} files, more than the {limit} allowed.",
            "{path} 含 {n} 个文件,超过允许的 {limit} 个。",
        ).fill(path=path, n=len(members), limit=limits.members)
        return (finding(MEMBER_COUNT, path, message),)
    return (
        *unsafe_names(path, members),
        *unsafe_kinds(path, members),
        *unsafe_sizes(path, members, limits),
    )


def unsafe_names(path: Path, members: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    """Find names that lead out of the archive's own folder, and names listed twice."""
    listed = Counter(member.orig_filename.casefold() for member in members)
    for member in members:
        name = member.orig_filename
        if not name or UNSAFE_NAME.search(name):
            text = Text(
                "{path} holds a file with an unsafe name: {name}.",
                "{path} 内有文件名不安全的文件:{name}。",
            )
        elif listed.pop(name.casefold(), 1) > 1:
            text = Text(
                "{path} lists the file {name} more than once.", "{path} 内重复列出文件 {name}。"
            )
        else:
            continue
        yield finding(MEMBER_NAME, path, text.fill(path=path, name=repr(name)), name)


def unsafe_kinds(path: Path, members: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    """Find links, devices, encrypted files and methods that cannot be expanded piece by piece."""
    for member in members:
        kind = stat.S_IFMT(member.external_attr >> 16)
        if kind not in PLAIN_KINDS:
            text = Text("is a link or a device, not a file", "是链接或设备,而非普通文件")
        elif member.flag_bits & ENCRYPTED:
            text = Text("is encrypted", "已加密")
        elif member.compress_type not in READABLE_METHODS:
            text = Text("is packed by an unknown method", "压缩方式无法识别")
        else:
            continue
        message = Text("{path}: {name} {fault}.", "{path}:{name} {fault}。")
        name = member.orig_filename
        yield finding(MEMBER_KIND, path, message.fill(path=path, name=repr(name), fault=text), name)


def unsafe_sizes(
    path: Path, members: list[zipfile.ZipInfo], limits: ArchiveLimits
) -> Iterator[Problem]:
    """Find declared sizes over the limits; the whole is held against the bytes on disk.

    Members that share their packed bytes each look harmless; their sum does not.
    """
    whole = sum(member.file_size for member in members)
    packed = path.stat().st_size
    grown = Text(
        "{path}: {name} would grow from {packed} to {size} bytes; at most {ratio}-fold is allowed.",
        "{path}:{name} 将由 {packed} 字节膨胀为 {size} 字节,最多允许 {ratio} 倍。",
    )
    everything = Text("the whole", "全部内容")
    if whole > limits.total:
        message = Text(
            "{path} would expand to {size} bytes, more than the {limit} allowed.",
            "{path} 解压后将达 {size} 字节,超过允许的 {limit} 字节。",
        ).fill(path=path, size=whole, limit=limits.total)
        yield finding(EXPANSION, path, message, whole)
    sizes: list[tuple[str | Text, int, int]] = [
        (repr(member.orig_filename), member.compress_size, member.file_size) for member in members
    ]
    for name, small, large in [(everything, packed, whole), *sizes]:
        if large > limits.harmless and large > limits.ratio * small:
            message = grown.fill(
                path=path, name=name, packed=small, size=large, ratio=f"{limits.ratio:g}"
            )
            yield finding(EXPANSION, path, message, large)


def damage(path: Path, archive: zipfile.ZipFile) -> Iterator[Problem]:
    """Expand each file a piece at a time and find those that do not hold what was declared."""
    for member in archive.infolist():
        try:
            with archive.open(member) as stream:
                size = sum(len(piece) for piece in iter(lambda: stream.read(CHUNK), b""))
        except READ_ERRORS as error:
            size, reason = -1, str(error)
        else:
            reason = f"{size} / {member.file_size}"
        if size != member.file_size:
            message = Text(
                "{path}: {name} does not hold what the archive declares ({reason}).",
                "{path}:{name} 与压缩包声明的内容不符({reason})。",
            ).fill(path=path, name=repr(member.orig_filename), reason=reason)
            yield finding(EXPANSION, path, message, member.orig_filename)


def finding(rule: Rule, path: Path, message: Text, value: object = None) -> Problem:
    """Report a broken rule of an archive."""
    return rule.problem(table=path.name, message=message, value=value, source=path.name)
