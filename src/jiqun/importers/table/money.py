"""Currencies: from a column, a heading, or the signs in the cells; never two at once."""

from collections import Counter
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
    said = _said(fragment, columns, amounts)
    in_column = frame["currency"].to_list() if "currency" in frame.columns else None
    fallback = options.currency if in_column is None else None
    usual = Counter(c for found in said for c in found).most_common(1)
    problems, values = [], []
    for i, found in enumerate(said):
        given = in_column[i] if in_column is not None else None
        expected = given or (usual[0][0] if usual else fallback)
        odd = sorted(c for c in found if c != expected and {c, expected} not in SAME_SIGN)
        if odd and expected:
            problems.append(_two(fragment, i, amounts[0], expected, odd))
        values.append(given or (expected if found or not in_column else None))
    filled = pl.Series("currency", values, dtype=pl.String)
    has_amount = pl.any_horizontal(pl.col(amounts).is_not_null())
    frame = frame.with_columns(filled).with_columns(
        pl.when(has_amount | pl.lit(in_column is not None)).then("currency").alias("currency")
    )
    return replace(fragment, frame=frame), problems


def _said(fragment: Fragment, columns: Columns, amounts: list[str]) -> list[set[str]]:
    """Collect what headings and cells say of each row's currency."""
    headings = {
        h.column: h.units.currency
        for h in columns.layout.columns.values()
        if h.table == fragment.table and h.column in amounts and h.units.currency
    }
    places = {row: i for i, row in enumerate(columns.rows)}
    signs = {c: columns.currencies.get((fragment.table, c), {}) for c in amounts}
    if not headings and not any(signs.values()):
        return [set() for _ in fragment.rows]
    present = {c: fragment.frame[c].is_not_null().to_list() for c in headings}
    return [
        {currency for c, currency in headings.items() if present[c][i]}
        | {sign for found in signs.values() if (sign := found.get(places[row], ""))}
        for i, row in enumerate(fragment.rows)
    ]


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
