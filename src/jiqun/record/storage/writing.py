"""Write a record to disk: the same rows give the same bytes, and a kill leaves old or new."""

import hashlib
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import polars as pl

from jiqun.record.record import Record, empty_table
from jiqun.record.schema import EXTENSION_PREFIX, TABLES
from jiqun.record.storage.checking import checksum
from jiqun.record.storage.containers import not_a_record
from jiqun.record.storage.descriptor import DESCRIPTOR, StoredFile, descriptor
from jiqun.record.storage.faults import not_written, refusal
from jiqun.record.storage.listing import is_record
from jiqun.record.storage.rules import FOREIGN_FILES, IS_RECORD, NAMED
from jiqun.record.storage.swap import draft_folder, put_file, put_folder, settled, write_flushed
from jiqun.record.storage.tables import file_name, to_parquet
from jiqun.vocabulary.text import Text

FOLDER_SUFFIX = ".jiqun"
ZIP_SUFFIX = ".jiqun.zip"
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file can name; every file in ours bears it."""
PLAIN_FILE = 0o100644 << 16
UNIX = 3
LEFT_BY_SYSTEMS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
OUR_FILES = frozenset({DESCRIPTOR, *map(file_name, TABLES)}) | LEFT_BY_SYSTEMS


def write(record: Record, path: str | Path) -> None:
    """Write a record, replacing the one that is there, if any.

    Parameters
    ----------
    record
        What to write. Rows are sorted by key; the same rows give the same bytes, in whatever order
        they come and for any number of threads (with the same version of polars).
    path
        ``NAME.jiqun`` for a folder, ``NAME.jiqun.zip`` for one file to mail.

    Raises
    ------
    InputError
        Where the name is another, the place cannot be written or has no room, or what is there is
        not a record or holds other files. What was there is then unchanged.
    """
    path = Path(path)
    try:
        place = path.resolve()
        refuse_other(place)
        if place.name.endswith(ZIP_SUFFIX):
            put_file([zipped(contents(record))], place)
        else:
            with draft_folder(place) as draft:
                for name, content in contents(record).items():
                    write_flushed(draft / name, [content])
                put_folder(draft, place)
    except OSError as error:
        raise not_written(path, error) from error


def seal(folder: Path) -> None:
    """Add the descriptor to a folder of tables that were streamed to it, too large for memory.

    Parameters
    ----------
    folder
        Holds one Parquet file a table, with the declared columns, sorted by key.
    """
    files = {
        name: StoredFile(
            size=file.stat().st_size,
            sha256=checksum(file),
            extensions=extensions(list(pl.read_parquet_schema(file))),
        )
        for name in TABLES
        if (file := folder / file_name(name)).exists()
    }
    stored = folder / file_name("sources")
    sources = pl.read_parquet(stored) if "sources" in files else empty_table("sources")
    write_flushed(folder / DESCRIPTOR, [descriptor(files, sources)])


def contents(record: Record) -> dict[str, bytes]:
    """Return the files of a record: name → content, the tables in their order, then the descriptor."""
    packed = {name: to_parquet(name, record[name]) for name in record}
    files = {
        name: StoredFile(
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            extensions=extensions(record[name].columns),
        )
        for name, content in packed.items()
    }
    return {
        **{file_name(name): content for name, content in packed.items()},
        DESCRIPTOR: descriptor(files, record["sources"]),
    }


def fingerprint(record: Record) -> str:
    """Return the sha256 of the descriptor that the record has on disk.

    The descriptor holds the sha256 of every table, so that any change of a row changes it; for a
    record on disk, ``sha256sum NAME.jiqun/datapackage.json`` gives the same.
    """
    return hashlib.sha256(contents(record)[DESCRIPTOR]).hexdigest()


def extensions(columns: list[str]) -> tuple[str, ...]:
    """Return the names of the user's own columns."""
    return tuple(column for column in columns if column.startswith(EXTENSION_PREFIX))


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Pack files, uncompressed since Parquet is, with nothing that depends on when or where."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            member = zipfile.ZipInfo(name, EARLIEST)
            member.create_system, member.external_attr = UNIX, PLAIN_FILE
            archive.writestr(member, content)
    return buffer.getvalue()


def refuse_other(path: Path) -> None:
    """Refuse a name that no record has, and a place where there is something other than a record."""
    if not path.name.endswith((FOLDER_SUFFIX, ZIP_SUFFIX)):
        text = Text(
            "{path} is not a name for a record: it ends in neither {folder} nor {file}.",
            "{path} 不是记录的名称:应以 {folder} 或 {file} 结尾。",
        )
        fields = {"path": path, "folder": FOLDER_SUFFIX, "file": ZIP_SUFFIX}
        raise refusal(NAMED, path, text.fill(**fields))
    there = settled(path)
    if there.is_dir() == path.name.endswith(ZIP_SUFFIX) and there.exists():
        text = Text(
            "{path} is a file where a folder is to be, or a folder where a file is to be.",
            "{path} 应为文件夹却是文件,或应为文件却是文件夹。",
        )
        raise refusal(IS_RECORD, path, text.fill(path=path))
    if there.is_dir():
        refuse_other_folder(there)


def refuse_other_folder(folder: Path) -> None:
    """Refuse to replace a folder, unless it is empty or a record and nothing else."""
    names = {entry.name for entry in folder.iterdir()}
    described = folder / DESCRIPTOR
    if names and not (described.is_file() and is_record(described.read_bytes())):
        raise not_a_record(folder)
    if foreign := sorted(names - OUR_FILES):
        text = Text(
            "{path} also holds {names}, which is no part of the record.",
            "{path} 内还有不属于记录的 {names}。",
        )
        raise refusal(FOREIGN_FILES, folder, text.fill(path=folder, names=", ".join(foreign)))
