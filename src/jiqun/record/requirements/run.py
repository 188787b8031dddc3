"""Put checks to tables: one pass to count what is broken, a second only where something is."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import polars as pl

from jiqun.record.problem import Problem, Rule
from jiqun.record.requirements.query import ROW, Check, Tables, View, labelled
from jiqun.record.schema import TABLES
from jiqun.vocabulary.text import Text

SHOWN_CHARACTERS = 80
"""Longer values are cut in messages; ``Problem.value`` keeps them whole."""

MORE = Text(
    "{column}: {count} more findings of this rule; the first {limit} are shown.",
    "{column}:此规则另有 {count} 处,仅列出前 {limit} 处。",
)
VALUE = "value"


def _told(check: Check, name: str, value: object) -> Text | str:
    """Return evidence as a sentence has it: a code of the record by its name."""
    table = TABLES[check.view.table]
    for column in check.evidence[name].meta.root_names():
        codes = table.column(column).codes if column in table.names else None
        if codes is not None and value in codes.terms:
            return codes.terms[str(value)]
    return _shown(value)


def _shown(value: object) -> str:
    text = "–" if value is None else str(value)
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}…"


def _by_view(checks: Iterable[Check], tables: Tables) -> dict[View, list[Check]]:
    grouped: dict[View, list[Check]] = {}
    for check in checks:
        if all(name in tables.rows for name in check.view.needs):
            grouped.setdefault(check.view, []).append(check)
    return grouped


def _counts(frame: pl.LazyFrame, checks: Sequence[Check]) -> tuple[int, ...]:
    counted = frame.select(
        check.broken.fill_null(value=False).sum().alias(str(i)) for i, check in enumerate(checks)
    )
    return counted.collect(engine="streaming").row(0)


def _findings(frame: pl.LazyFrame, check: Check, limit: int | None) -> pl.DataFrame:
    value = pl.col(check.column) if check.value is None else check.value
    found = (
        frame.filter(check.broken)
        .select(ROW, value.alias(VALUE), *(e.alias(f"_{k}") for k, e in check.evidence.items()))
        .sort(ROW)
    )
    return (found if limit is None else found.head(limit)).collect(engine="streaming")


def _problems(frame: pl.LazyFrame, check: Check, limit: int | None) -> Iterator[Problem]:
    column = labelled(check.view.table, check.column)
    for found in _findings(frame, check, limit).iter_rows(named=True):
        evidence = {name: _told(check, name, found[f"_{name}"]) for name in check.evidence}
        yield check.rule.problem(
            table=check.view.table,
            row=found[ROW],
            column=check.column,
            value=found[VALUE],
            message=check.message.fill(column=column, value=_shown(found[VALUE]), **evidence),
        )


def _limited(found: list[Problem], count: int, limit: int | None) -> list[Problem]:
    """Keep the first findings of one rule in one column, and say how many more there are."""
    if limit is None or count <= limit:
        return found
    last = found[-1]
    column = last.column or ""
    message = MORE.fill(column=labelled(last.table, column), count=count - limit, limit=limit)
    closing = replace(last, row=None, value=None, message=message)
    return [*in_order(found)[:limit], closing]


def run(checks: Iterable[Check], tables: Tables, *, limit: int | None) -> list[Problem]:
    """Answer every check whose tables are there.

    A view is read once to count what its checks find, and again for each check that finds
    something: a sound record is read once.
    """
    found: dict[tuple[Rule, str, str], list[Problem]] = {}
    counts: Counter[tuple[Rule, str, str]] = Counter()
    for view, asked in _by_view(checks, tables).items():
        frame = view.frame(tables)
        for check, count in zip(asked, _counts(frame, asked), strict=True):
            if count:
                place = (check.rule, view.table, check.column)
                counts[place] += count
                found.setdefault(place, []).extend(_problems(frame, check, limit))
    return [
        problem
        for place, problems in found.items()
        for problem in _limited(problems, counts[place], limit)
    ]


TABLE_ORDER: Mapping[str, int] = {name: position for position, name in enumerate(TABLES)}


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort by table, row, column and rule; findings about no row come after the rows."""

    def place(problem: Problem) -> tuple[object, ...]:
        declared = TABLES.get(problem.table)
        names = declared.names if declared else ()
        column = problem.column or ""
        return (
            TABLE_ORDER.get(problem.table, len(TABLE_ORDER)),
            problem.table,
            problem.row is None,
            problem.row or 0,
            names.index(column) if column in names else len(names),
            column,
            problem.rule,
            problem.message.en,
        )

    return tuple(sorted(problems, key=place))
