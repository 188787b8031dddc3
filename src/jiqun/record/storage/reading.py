"""Read a record from disk, with everything that is wrong with it at once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl

from jiqun.record.problem import InputError, Problem
from jiqun.record.record import Record
from jiqun.record.storage.checking import (
    PARQUET_ERRORS,
    checksum,
    columns_of,
    damaged,
    listing_of,
    size_problems,
    unlisted,
    unreadable_table,
)
from jiqun.record.storage.containers import Container, opened
from jiqun.record.storage.descriptor import DESCRIPTOR
from jiqun.record.storage.swap import settled
from jiqun.record.storage.tables import file_name, from_parquet, stored_columns

ATTEMPTS = 5
"""A record may be replaced while it is read; what was read of the old one is then read anew."""


def read(path: str | Path) -> Record:
    """Read a record, checking that each file holds what was written.

    Parameters
    ----------
    path
        A folder ``NAME.jiqun`` or a file ``NAME.jiqun.zip``.

    Returns
    -------
    Record
        With the tables that are stored; rows in the order of their keys.

    Raises
    ------
    InputError
        With every problem: nothing there, no record, a newer format, an unsafe archive, a missing or
        damaged file, an unknown table or column, a column of another type.
    """
    place = Path(path)
    for _ in range(ATTEMPTS - 1):
        listed = descriptor_at(place)
        try:
            return load(place)
        except InputError:
            if descriptor_at(place) == listed:
                raise
    return load(place)


def descriptor_at(place: Path) -> bytes | None:
    """Return the descriptor of a folder as it stands; None for anything else."""
    try:
        return (settled(place) / DESCRIPTOR).read_bytes()
    except OSError:
        return None


def load(place: Path) -> Record:
    """Read every listed table of a record."""
    with opened(place) as container:
        tables, problems = load_tables(container)
    if problems:
        raise InputError(tuple(problems))
    return Record.of(**tables)


def load_tables(container: Container) -> tuple[dict[str, pl.DataFrame], list[Problem]]:
    """Read the tables of an open record; the checksums are made while they are unpacked."""
    listing = listing_of(container)
    problems = [*listing.problems, *unlisted(container, listing)]
    tables: dict[str, pl.DataFrame] = {}
    with ThreadPoolExecutor(max_workers=1) as pool:
        for name, file in listing.files.items():
            found = size_problems(container, name, file)
            if not found:
                raw = container.read(file_name(name))
                digest = pool.submit(checksum, raw)
                frame, found = table_from(container, name, raw)
                if digest.result() != file.sha256:
                    found = [damaged(container, name)]
                tables[name] = frame
            problems += found
    return tables, problems


def table_from(container: Container, name: str, raw: bytes) -> tuple[pl.DataFrame, list[Problem]]:
    """Read a table and what is wrong with it; with problems the frame says nothing."""
    schema, problems = columns_of(container, name, raw)
    if not problems:
        try:
            return from_parquet(raw, stored_columns(name, schema)), []
        except PARQUET_ERRORS as error:
            problems = [unreadable_table(container, name, error)]
    return pl.DataFrame(), problems
