"""Put checks to tables: one pass to count what is broken, a second only where something is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl

from jiqun.record.problem import Problem, Rule
from jiqun.record.requirements.query import ROW, Check, Tables, View, labelled
from jiqun.record.schema import TABLES
from jiqun.vocabulary.text import Text

SHOWN_CHARACTERS = 80
"""Longer values are cut in messages; ``Problem.value`` keeps them whole."""

MORE = Text(
    "{column}: {count} more rows break this rule; the first {limit} are shown.",
    "{column}:另有 {count} 行违反此规则,仅列出前 {limit} 行。",
)
VALUE = "value"


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


def _problems(
    frame: pl.LazyFrame, check: Check, count: int, limit: int | None
) -> Iterator[Problem]:
    table = check.view.table
    column = labelled(table, check.column)
    for found in _findings(frame, check, limit).iter_rows(named=True):
        evidence = {name: _shown(found[f"_{name}"]) for name in check.evidence}
        yield check.rule.problem(
            table=table,
            row=found[ROW],
            column=check.column,
            value=found[VALUE],
            message=check.message.fill(column=column, value=_shown(found[VALUE]), **evidence),
        )
    if limit is not None and count > limit:
        yield closing(check.rule, table, check.column, more=count - limit, limit=limit)


def closing(rule: Rule, table: str, column: str, *, more: int, limit: int) -> Problem:
    """Say how many findings of one rule in one column are not shown."""
    message = MORE.fill(column=labelled(table, column), count=more, limit=limit)
    return rule.problem(table=table, column=column, message=message)


def run(checks: Iterable[Check], tables: Tables, *, limit: int | None) -> list[Problem]:
    """Answer every check whose tables are there; views that no finding needs are read once."""
    problems: list[Problem] = []
    for view, asked in _by_view(checks, tables).items():
        frame = view.frame(tables)
        for check, count in zip(asked, _counts(frame, asked), strict=True):
            if count:
                problems.extend(_problems(frame, check, count, limit))
    return problems


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
