"""Requirements 要求: one file a family of rules that a valid record meets."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from jiqun.record.problem import Problem, Rule
from jiqun.record.record import Record
from jiqun.record.requirements import (
    accounts,
    alliances,
    amounts,
    codes,
    columns,
    duplicates,
    geography,
    identifiers,
    innovations,
    intervals,
    keys,
    personal,
    platforms,
    plausibility,
    references,
    shape,
    ties,
)
from jiqun.record.requirements.query import Check, Tables
from jiqun.record.requirements.run import in_order, run
from jiqun.record.storage import scan

FOLDER_LIMIT = 1_000
"""Findings shown for each rule and column of a folder, which may hold millions of broken rows."""

FAMILIES: Mapping[str, tuple[Check, ...]] = {
    "columns": columns.CHECKS,
    "references": references.CHECKS,
    "intervals": intervals.CHECKS,
    "codes": codes.CHECKS,
    "geography": geography.CHECKS,
    "amounts": amounts.CHECKS,
    "ties": ties.CHECKS,
    "alliances": alliances.CHECKS,
    "platforms": platforms.CHECKS,
    "accounts": accounts.CHECKS,
    "innovations": innovations.CHECKS,
    "duplicates": duplicates.CHECKS,
    "identifiers": identifiers.CHECKS,
    "personal": personal.CHECKS,
}
"""Checks by family, all but the keys, which are answered first because joins rest on them."""

RULES: tuple[Rule, ...] = (
    *shape.RULES,
    *columns.RULES,
    *keys.RULES,
    *references.RULES,
    *intervals.RULES,
    *codes.RULES,
    *geography.RULES,
    *amounts.RULES,
    *ties.RULES,
    *alliances.RULES,
    *platforms.RULES,
    *accounts.RULES,
    *innovations.RULES,
    *duplicates.RULES,
    *identifiers.RULES,
    *personal.RULES,
    *plausibility.RULES,
)


def check(record: Record, *, limit: int | None = None) -> tuple[Problem, ...]:
    """Return every problem of a record at once.

    Parameters
    ----------
    record
        The record. Rules whose tables it lacks do not run.
    limit
        At most so many findings of one rule in one column, then one that says how many more there
        are; all of them where it is None.

    Returns
    -------
    tuple of Problem
        By table, row, column and rule, whatever the order in which they were found. The record is
        valid where none is an ``error``.
    """
    return check_frames({name: record[name].lazy() for name in record}, limit=limit)


def check_folder(path: Path, *, limit: int | None = FOLDER_LIMIT) -> tuple[Problem, ...]:
    """Return every problem of a stored record without reading it into memory.

    The same rules as :func:`check`, over the files of ``path`` (``NAME.jiqun`` or
    ``NAME.jiqun.zip``).
    """
    return check_frames(scan(path), limit=limit)


def check_frames(
    frames: Mapping[str, pl.LazyFrame], *, limit: int | None = None
) -> tuple[Problem, ...]:
    """Return every problem of lazy tables, named as in the record."""
    rows = shape.numbered(frames)
    problems = shape.problems(frames)
    problems += run(keys.CHECKS, Tables(rows, rows), limit=limit)
    tables = Tables(rows, keys.first_of_each(rows, problems))
    checks = [check for family in FAMILIES.values() for check in family]
    problems += run([*checks, *personal.own_columns(tables)], tables, limit=limit)
    problems += plausibility.suspect(tables)
    return in_order(problems)
