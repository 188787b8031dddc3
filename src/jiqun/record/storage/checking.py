"""What can be wrong with a record on disk before its rows are looked at."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl

from jiqun.record.problem import InputError, Problem
from jiqun.record.storage.containers import Container, not_a_record
from jiqun.record.storage.descriptor import DESCRIPTOR, StoredFile
from jiqun.record.storage.faults import fault
from jiqun.record.storage.listing import LARGEST_DESCRIPTOR, Listing, read_listing
from jiqun.record.storage.rules import CHECKSUM, FILE_PRESENT, TABLE_KNOWN, TABLE_READABLE
from jiqun.record.storage.tables import SUFFIX, column_problems, file_name
from jiqun.vocabulary.text import Text

PARQUET_ERRORS = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError)


def listing_of(container: Container) -> Listing:
    """Read the descriptor of an open record; one that lists nothing usable is refused."""
    size = container.size(DESCRIPTOR)
    if size is None:
        raise not_a_record(container.path)
    raw = container.read(DESCRIPTOR) if size <= LARGEST_DESCRIPTOR else b""
    listing = read_listing(raw, container.path)
    if listing.problems and not listing.files:
        raise InputError(listing.problems)
    return listing


def unlisted(container: Container, listing: Listing) -> Iterator[Problem]:
    """Find Parquet files that the descriptor does not list."""
    known = {file_name(name) for name in listing.files}
    named = {problem.table + SUFFIX for problem in listing.problems}
    for name in container.names():
        if name.endswith(SUFFIX) and name not in known | named:
            text = Text(
                "{path} holds {name}, which its {descriptor} does not list.",
                "{path} 内有 {descriptor} 未列出的 {name}。",
            ).fill(path=container.path, name=name, descriptor=DESCRIPTOR)
            yield fault(TABLE_KNOWN, container.path, text, name.removesuffix(SUFFIX))


def size_problems(container: Container, name: str, file: StoredFile) -> list[Problem]:
    """Find a file that is missing or not of the size that was written, before it is read."""
    size = container.size(file_name(name))
    if size is None:
        text = Text("{path}: the file {name} is missing.", "{path}:缺少文件 {name}。")
        message = text.fill(path=container.path, name=file_name(name))
        return [fault(FILE_PRESENT, container.path, message, name)]
    return [] if size == file.size else [damaged(container, name)]


def damaged(container: Container, name: str) -> Problem:
    """Report a file that does not hold what was written."""
    text = Text(
        "{path}: {name} does not hold what was written (size or checksum).",
        "{path}:{name} 与写入时的内容不一致(大小或校验和)。",
    ).fill(path=container.path, name=file_name(name))
    return fault(CHECKSUM, container.path, text, name)


def checksum(source: Path | bytes) -> str:
    """Return the SHA-256 of a file or of its content."""
    if isinstance(source, bytes):
        return hashlib.sha256(source).hexdigest()
    with source.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def columns_of(
    container: Container, name: str, source: Path | bytes
) -> tuple[Mapping[str, pl.DataType], list[Problem]]:
    """Return the columns of a file and what is wrong with them."""
    try:
        schema = pl.read_parquet_schema(source)
    except PARQUET_ERRORS as error:
        return {}, [unreadable_table(container, name, error)]
    return schema, list(column_problems(name, schema, container.path))


def unreadable_table(container: Container, name: str, error: BaseException) -> Problem:
    """Report a file that is no Parquet file."""
    text = Text(
        "{path}: {name} is not a readable Parquet file: {error}.",
        "{path}:{name} 不是可读的 Parquet 文件:{error}。",
    ).fill(path=container.path, name=file_name(name), error=error)
    return fault(TABLE_READABLE, container.path, text, name)
