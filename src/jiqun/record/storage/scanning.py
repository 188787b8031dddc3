"""Open a record too large for memory, and check its files a piece at a time."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from jiqun.record.problem import InputError, Problem
from jiqun.record.schema import EXTENSION_PREFIX, TABLES
from jiqun.record.storage.checking import (
    checksum,
    columns_of,
    damaged,
    listing_of,
    size_problems,
    unlisted,
)
from jiqun.record.storage.containers import opened
from jiqun.record.storage.tables import file_name


def scan(path: str | Path) -> dict[str, pl.LazyFrame]:
    """Open the tables of a record for queries that hold only a part of them in memory.

    Sizes and columns are checked, checksums are not (:func:`verify` does that). The tables of a
    ``.zip`` are held in memory as they are packed, since a query cannot read inside an archive.

    Parameters
    ----------
    path
        A folder ``NAME.jiqun`` or a file ``NAME.jiqun.zip``.

    Returns
    -------
    dict of str to polars.LazyFrame
        Table name → its rows, with the declared columns and the extension columns.

    Raises
    ------
    InputError
        As for :func:`read`, damage within a file aside.
    """
    with opened(Path(path)) as container:
        listing = listing_of(container)
        problems = [*listing.problems, *unlisted(container, listing)]
        frames = {}
        for name, file in listing.files.items():
            found = size_problems(container, name, file)
            if not found:
                source = container.scannable(file_name(name))
                schema, found = columns_of(container, name, source)
                frames[name] = conforming(name, pl.scan_parquet(source), schema)
            problems += found
    if problems:
        raise InputError(tuple(problems))
    return frames


def verify(path: str | Path) -> tuple[Problem, ...]:
    """Say which files of a record do not hold what was written, a piece at a time.

    Raises
    ------
    InputError
        Where there is no record to be verified.
    """
    problems: list[Problem] = []
    with opened(Path(path)) as container:
        listing = listing_of(container)
        for name, file in listing.files.items():
            found = size_problems(container, name, file)
            if not found and checksum(container.scannable(file_name(name))) != file.sha256:
                found = [damaged(container, name)]
            problems += found
    return (*listing.problems, *problems)


def conforming(name: str, frame: pl.LazyFrame, schema: Mapping[str, pl.DataType]) -> pl.LazyFrame:
    """Give a scanned table the declared columns, then the extension columns."""
    return frame.select(
        *(
            pl.col(c) if c in schema else pl.lit(None, dtype).alias(c)
            for c, dtype in TABLES[name].polars_schema.items()
        ),
        *sorted(c for c in schema if c.startswith(EXTENSION_PREFIX)),
    )
