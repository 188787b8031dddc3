"""Repeats 重复数值: no exact number is shared by far more firms than its neighbourhood explains.

Only numbers with four significant digits and more are looked at, for round ones are shared rightly.
If numbers within 1 % of v were spread evenly over what four digits can write there, v would be held
by ``expected`` firms. Alarm: the Poisson probability of so many or more firms, times the number of
distinct values (Bonferroni), is below ``LEVEL`` = 0.001, and v is held by ``FIRMS`` = 10 firms and 0.5 %
of all at least. In 400 simulated records of lognormal sizes none was warned about.
"""

from collections.abc import Iterator

import polars as pl
from scipy.special import gammainc

from jiqun.record.problem import Problem, Rule
from jiqun.record.requirements.plausibility.screen import ACCOUNT_COLUMNS, Screen
from jiqun.record.requirements.query import Tables, labelled
from jiqun.vocabulary.text import Text

RULE = Rule(
    id="plausibility.repeated_value",
    title=Text(
        "No exact number is shared by far more firms than chance explains.",
        "没有某一精确数值被远多于偶然的企业共有。",
    ),
    remedy=Text(
        "Check whether the number is a placeholder or was filled in from an average.",
        "请检查该数值是否为占位值或以均值填补。",
    ),
    severity="warning",
)
LEVEL = 0.001
FIRMS = 10
SHARE = 0.005
NEAR = 0.01
ROUND_DIGITS = 3
UNEVEN = 0.9
"""Share of four-digit numbers that are not three-digit ones."""

MESSAGE = Text(
    "{column}: {count} of {n} firms hold exactly {value}; numbers near it let one expect {expected}.",
    "“{column}”:{n} 家企业中有 {count} 家恰为 {value},而按其邻近数值预期约 {expected} 家。",
)


def most_repeated(panel: pl.DataFrame, column: str) -> tuple[float, int, float, int, int] | None:
    """Return value, firms that hold it, firms expected, all firms and distinct values."""
    value = pl.col(column)
    precise = (value - value.round_sig_figs(ROUND_DIGITS)).abs() > 1e-9 * value.abs()
    held = panel.select("firm_id", column).drop_nulls().unique()
    counts = (
        held.filter(precise).group_by(column).len().sort("len", column, descending=[True, False])
    )
    if counts.is_empty():
        return None
    top, count = counts.row(0)
    near = counts.filter((value - top).abs() <= NEAR * abs(top))["len"].sum() - count
    grid = 10.0 ** (pl.select(pl.lit(abs(top)).log10().floor()).item() - ROUND_DIGITS)
    places = max(1.0, UNEVEN * 2 * NEAR * abs(top) / grid)
    return float(top), int(count), near / places, held["firm_id"].n_unique(), len(counts)


def find(tables: Tables, panel: pl.DataFrame) -> Iterator[Problem]:
    """Report, for each column of the accounts, the number that is repeated too often."""
    del tables
    for column in ACCOUNT_COLUMNS:
        found = most_repeated(panel, column)
        if found is None:
            continue
        value, count, expected, n, distinct = found
        by_chance = distinct * float(gammainc(count, max(expected, 1e-3)))
        if count >= max(FIRMS, SHARE * n) and by_chance < LEVEL:
            message = MESSAGE.fill(
                column=labelled("accounts", column),
                count=count,
                n=n,
                value=f"{value:.10g}",
                expected=f"{expected:.2g}",
            )
            shown = f"{value:.10g}"
            yield RULE.problem(table="accounts", column=column, value=shown, message=message)


SCREEN = Screen(rule=RULE, needs=("accounts",), find=find)
