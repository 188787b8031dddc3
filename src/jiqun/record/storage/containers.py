"""The two forms of a record on disk, opened for reading: a folder, or a ZIP file for mailing."""

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from jiqun.record.problem import InputError
from jiqun.record.storage.archive import (
    READ_ERRORS,
    ArchiveLimits,
    open_archive,
    unreadable,
    unsafe_declarations,
)
from jiqun.record.storage.descriptor import DESCRIPTOR
from jiqun.record.storage.faults import not_read, refusal
from jiqun.record.storage.rules import FOUND, IS_RECORD
from jiqun.record.storage.swap import settled
from jiqun.vocabulary.text import Text

DEEPEST = 2
"""An archive holds the record's files at its top, or in one folder at its top."""


class Container(Protocol):
    """A record on disk, opened."""

    @property
    def path(self) -> Path:
        """Return where it is."""
        ...

    def names(self) -> list[str]:
        """Return the names of the files in it."""
        ...

    def size(self, name: str) -> int | None:
        """Return the bytes of a file; None where there is no such file."""
        ...

    def read(self, name: str) -> bytes:
        """Return the content of a file that is there."""
        ...

    def scannable(self, name: str) -> Path | bytes:
        """Return what a query can read a piece at a time, of a file that is there."""
        ...


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder ``NAME.jiqun``."""

    path: Path

    def names(self) -> list[str]:
        """Return the names of the files in it."""
        return sorted(entry.name for entry in self.path.iterdir())

    def size(self, name: str) -> int | None:
        """Return the bytes of a file; what is not a plain file counts as absent."""
        file = self.path / name
        return file.stat().st_size if file.is_file() else None

    def read(self, name: str) -> bytes:
        """Return a file's content."""
        return (self.path / name).read_bytes()

    def scannable(self, name: str) -> Path:
        """Return the path of a file."""
        return self.path / name


@dataclass(frozen=True, slots=True)
class Zipped:
    """A file ``NAME.jiqun.zip``.

    Attributes
    ----------
    path, archive
        The file, and the same opened.
    inside
        Folder inside the archive, for an archive that a person made of a record's folder.
    """

    path: Path
    archive: zipfile.ZipFile
    inside: PurePosixPath

    def names(self) -> list[str]:
        """Return the names of the files in it."""
        paths = [PurePosixPath(name) for name in self.archive.namelist()]
        return sorted(path.name for path in paths if path.parent == self.inside)

    def size(self, name: str) -> int | None:
        """Return the bytes of a file, as the archive declares them."""
        member = self.archive.NameToInfo.get(str(self.inside / name))
        return None if member is None else member.file_size

    def read(self, name: str) -> bytes:
        """Return a file's content, never more of it than the archive declares."""
        try:
            return self.archive.read(str(self.inside / name))
        except READ_ERRORS as error:
            raise InputError((unreadable(self.path, error),)) from error

    def scannable(self, name: str) -> bytes:
        """Return the packed table in memory: a query cannot read inside an archive."""
        return self.read(name)


@contextmanager
def opened(path: Path) -> Iterator[Container]:
    """Open a record for reading.

    Raises
    ------
    InputError
        Where there is nothing, where it is no record, or an archive that is unsafe to open.
    """
    place = settled(path)
    try:
        if place.is_dir():
            yield Folder(place)
        elif place.is_file():
            with open_zipped(place) as container:
                yield container
        else:
            text = Text("There is no record at {path}.", "{path} 处没有记录。")
            raise refusal(FOUND, path, text.fill(path=path))
    except OSError as error:
        raise not_read(path, error) from error


@contextmanager
def open_zipped(path: Path) -> Iterator[Zipped]:
    """Open an archive that passes the checks."""
    limits = ArchiveLimits()
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(open_archive(path, limits))
        except READ_ERRORS as error:
            raise InputError((unreadable(path, error),)) from error
        if problems := unsafe_declarations(path, archive, limits):
            raise InputError(problems)
        yield Zipped(path, archive, folder_inside(path, archive))


def folder_inside(path: Path, archive: zipfile.ZipFile) -> PurePosixPath:
    """Find where in an archive the descriptor is: at its top, or in the one folder at its top."""
    found = [PurePosixPath(name) for name in archive.namelist()]
    described = [name for name in found if name.name == DESCRIPTOR and len(name.parts) <= DEEPEST]
    if not described:
        raise not_a_record(path)
    return min(described, key=lambda name: len(name.parts)).parent


def not_a_record(path: Path) -> InputError:
    """Say that what is at ``path`` is something else."""
    text = Text("{path} is not a record: {name} is not in it.", "{path} 不是记录:其中没有 {name}。")
    return refusal(IS_RECORD, path, text.fill(path=path, name=DESCRIPTOR))
