"""Currencies: from a column, a heading, or the signs in the cells; never two at once."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from jiqun.importers.table.cells import Columns
from jiqun.importers.table.fragment import Fragment
from jiqun.importers.table.options import Options
from jiqun.importers.table.rules import CURRENCY
from jiqun.record.problem import Problem
from jiqun.record.schema import TABLES
from jiqun.vocabulary.text import Text

SAME_SIGN = {frozenset({"CNY", "JPY"}), *(frozenset({"USD", c}) for c in ("HKD", "TWD", "SGD"))}
"""¥ is yuan and yen; $ is used for several dollars."""


def settle_currency(
    fragment: Fragment, columns: Columns, options: Options
) -> tuple[Fragment, list[Problem]]:
    """Fill the currency of every amount, or report rows where two are said."""
    table = TABLES[fragment.table]
    frame = fragment.frame
    amounts = [c.name for c in table.columns if c.unit == "currency" and c.name in frame.columns]
    if "currency" not in table.names or not amounts:
        return fragment, []
    given = "currency" in frame.columns
    if not given:
        frame = frame.with_columns(pl.lit(options.currency, pl.String).alias("currency"))
    headings = _headings(fragment, columns, amounts)
    signs = {c: columns.currencies.get((fragment.table, c), {}) for c in amounts}
    if not given and not any(signs.values()) and len(set(headings.values())) == 1:
        stated_above = pl.any_horizontal(pl.col(list(headings)).is_not_null())
        currency = pl.when(stated_above).then(pl.lit(next(iter(headings.values()))))
        return replace(fragment, frame=frame.with_columns(currency.alias("currency"))), []
    said = _said(fragment, columns, headings, signs)
    if said is None:
        has_amount = pl.any_horizontal(pl.col(amounts).is_not_null())
        kept = pl.when(has_amount | pl.lit(given)).then("currency").alias("currency")
        return replace(fragment, frame=frame.with_columns(kept)), []
    problems: list[Problem] = []
    usual = Counter(c for found in said for c in found).most_common(1)[0][0] if any(said) else None
    values: list[str | None] = []
    stated = frame["currency"].to_list() if given else [None] * frame.height
    for i, found in enumerate(said):
        expected = stated[i] or usual
        odd = sorted(c for c in found if c != expected and {c, expected} not in SAME_SIGN)
        if odd and expected:
            problems.append(_two(fragment, i, amounts[0], expected, odd))
        values.append(stated[i] or (expected if found else None))
    filled = frame.with_columns(pl.Series("currency", values, dtype=pl.String))
    return replace(fragment, frame=filled), problems


def _headings(fragment: Fragment, columns: Columns, amounts: list[str]) -> dict[str, str]:
    """Return the currency that the heading of each amount names."""
    return {
        h.column: h.units.currency
        for h in columns.layout.columns.values()
        if h.table == fragment.table and h.column in amounts and h.units.currency
    }


def _said(
    fragment: Fragment,
    columns: Columns,
    headings: Mapping[str, str],
    signs: Mapping[str, Mapping[int, str]],
) -> list[set[str]] | None:
    """Collect what headings and cells say of each row's currency; None where they say nothing."""
    if not headings and not any(signs.values()):
        return None
    said: list[set[str]] = [set() for _ in fragment.rows]
    for column, currency in headings.items():
        for i in fragment.frame[column].is_not_null().arg_true().to_list():
            said[i].add(currency)
    places = {row: i for i, row in enumerate(fragment.rows)}
    for found in signs.values():
        for position, sign in found.items():
            if (i := places.get(columns.rows[position])) is not None:
                said[i].add(sign)
    return said


def _two(fragment: Fragment, i: int, column: str, expected: str, odd: list[str]) -> Problem:
    message = Text(
        "Row {row} has amounts in {odd} and in {expected}.",
        "第 {row} 行的金额同时涉及 {odd} 与 {expected}。",
    ).fill(row=fragment.rows[i], odd=", ".join(odd), expected=expected)
    return CURRENCY.problem(
        table=fragment.table,
        source=fragment.source,
        row=fragment.rows[i],
        column=column,
        value=", ".join(odd),
        message=message,
    )
