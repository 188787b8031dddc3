"""How a requirement is put to a record: a lazy view of it, and what is broken in the view.

Rules are queries, never loops, so that one and the same rule runs over a frame in memory and over
a folder that does not fit into it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

import polars as pl

from jiqun.record.problem import Rule
from jiqun.record.schema import TABLES
from jiqun.vocabulary.text import Text

ROW = "row"
"""Number of a row in its table, counted from 1; no declared column has this name."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables under check.

    Attributes
    ----------
    rows
        Table name → its rows, numbered in ``ROW``.
    named
        Table name → one row for each key, the first: what other tables refer to. It differs from
        ``rows`` only where a key is repeated, so that such a row is not counted twice in a join.
    """

    rows: Mapping[str, pl.LazyFrame]
    named: Mapping[str, pl.LazyFrame]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class View:
    """Rows of one table beside what is needed to judge them.

    Attributes
    ----------
    table
        Table whose rows are judged; ``ROW`` numbers them.
    needs
        Tables without which there is nothing to judge.
    frame
        Builds the lazy frame.
    """

    table: str
    needs: tuple[str, ...]
    frame: Callable[[Tables], pl.LazyFrame]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Check:
    """One rule put to one column of one view.

    Attributes
    ----------
    rule
        What is broken.
    view
        Where to look. Checks that share a view are answered in one pass over it.
    column
        Column that a finding points at.
    message
        Sentence with ``{fields}``: those of ``evidence``, ``column`` (its label) and ``value``.
    broken
        True where the rule is broken; null counts as kept.
    evidence
        Field of the message → where it comes from.
    value
        The offending value, where it is not that of ``column``.
    """

    rule: Rule
    view: View
    column: str
    message: Text
    broken: pl.Expr = field(default_factory=lambda: pl.lit(value=True))
    evidence: Mapping[str, pl.Expr] = field(default_factory=dict)
    value: pl.Expr | None = None


@cache
def plain(table: str) -> View:
    """View a table as it is; the same view for every caller."""
    return View(table=table, needs=(table,), frame=lambda tables: tables.rows[table])


def key_of(table: str) -> str:
    """Return the name of the column that alone names a row of the table."""
    (key,) = TABLES[table].key
    return key


def labelled(table: str, column: str) -> Text:
    """Return the heading of a column, or its name where it is the user's own."""
    declared = TABLES[table]
    if column not in declared.names:
        return Text(column, column)
    label = declared.column(column).label
    return Text(f"{label.en} ({column})", f"{label.zh}({column})")
