"""Heaping 数值堆积: last digits and days of the year are not all the same.

Alarm, employees: among whole numbers of ``LARGE`` = 100 and more the 95 % lower bound of the share
that ends in 0 or 5 is above ``ROUNDED`` = 35 %, where 20 % are expected, over ``NUMBERS`` = 100 at
least; the χ² of all ten digits is given beside it. Alarm, dates: the lower bound of the share on
1 January is above ``NEW_YEAR`` = 10 %, where 0.3 % are expected, over ``DATES`` = 50 at least. In 400
simulated records (lognormal sizes, uniform days) none was warned about.
"""

from collections.abc import Iterator

import numpy as np
import polars as pl

from jiqun.record.problem import Problem, Rule
from jiqun.record.requirements.plausibility.bounds import share_bounds
from jiqun.record.requirements.plausibility.screen import Screen
from jiqun.record.requirements.query import Tables, labelled
from jiqun.vocabulary.text import Text

DIGITS_RULE = Rule(
    id="plausibility.rounded_employees",
    title=Text("Numbers of employees are counted, not rounded.", "从业人数为实数,而非约数。"),
    remedy=Text(
        "Treat them as estimates; where exact numbers exist, use those.",
        "请视为估计值;如有准确数值请采用。",
    ),
    severity="warning",
)
DATES_RULE = Rule(
    id="plausibility.new_year_dates",
    title=Text("Dates are known to the day, not to the year.", "日期精确到日,而非仅到年。"),
    remedy=Text(
        "Read results within a year with care: the order of events in one year is not known.",
        "对一年之内的结果请谨慎解读:同年事件的先后次序未知。",
    ),
    severity="warning",
)
LARGE = 100
ROUNDED = 0.35
NUMBERS = 100
NEW_YEAR = 0.10
DATES = 50
DIGITS = 10
COUNTED = (("accounts", "employees"), ("sites", "employees"))
DATED = (
    ("firms", "founded"),
    ("ties", "start"),
    ("alliances", "start"),
    ("memberships", "joined"),
    ("platforms", "opened"),
    ("participations", "joined"),
    ("innovations", "date"),
)
ROUND = Text(
    "{column}: {share}% of {n:,} numbers from 100 up end in 0 or 5, where 20% are expected "
    "(χ² of the ten digits {chi2} with 9 degrees of freedom).",
    "“{column}”:{n:,} 个不小于 100 的数值中 {share}% 以 0 或 5 结尾,预期为 20%"
    "(十个末位数字 χ² = {chi2},自由度 9)。",
)
FIRST_DAY = Text(
    "{column}: {share}% of {n:,} dates are 1 January, where 0.3% are expected: only the year is known.",
    "“{column}”:{n:,} 个日期中 {share}% 为 1 月 1 日,预期为 0.3%:可能仅知年份。",
)


def last_digits(rows: pl.LazyFrame, column: str) -> list[int]:
    """Count the last digits of the whole numbers from ``LARGE`` up."""
    value = pl.col(column)
    whole = value.is_finite() & (value >= LARGE) & (value == value.round())
    digit = (value % DIGITS).cast(pl.Int64)
    counts = rows.filter(whole).group_by(digit=digit).len().collect(engine="streaming")
    found = dict(counts.iter_rows())
    return [found.get(digit, 0) for digit in range(DIGITS)]


def find_digits(tables: Tables, panel: pl.DataFrame) -> Iterator[Problem]:
    """Report numbers of employees that are rounded."""
    del panel
    for table, column in COUNTED:
        if table not in tables.rows:
            continue
        counts = np.array(last_digits(tables.rows[table], column))
        n, round_ones = int(counts.sum()), int(counts[0] + counts[5])
        if n >= NUMBERS and share_bounds(round_ones, n)[0] > ROUNDED:
            chi2 = float(np.sum((counts - n / DIGITS) ** 2) / (n / DIGITS))
            message = ROUND.fill(
                column=labelled(table, column),
                share=f"{100 * round_ones / n:.0f}",
                n=n,
                chi2=f"{chi2:.0f}",
            )
            share = f"{round_ones / n:.3f}"
            yield DIGITS_RULE.problem(table=table, column=column, value=share, message=message)


def find_dates(tables: Tables, panel: pl.DataFrame) -> Iterator[Problem]:
    """Report columns of dates of which only the year is known."""
    del panel
    for table, column in DATED:
        if table not in tables.rows:
            continue
        day = pl.col(column)
        first = (day.dt.month() == 1) & (day.dt.day() == 1)
        counted = tables.rows[table].select(n=day.count(), hits=first.sum())
        n, hits = counted.collect(engine="streaming").row(0)
        if n >= DATES and share_bounds(hits, n)[0] > NEW_YEAR:
            share = hits / n
            message = FIRST_DAY.fill(
                column=labelled(table, column), share=f"{100 * share:.0f}", n=n
            )
            yield DATES_RULE.problem(
                table=table, column=column, value=f"{share:.3f}", message=message
            )


DIGITS_SCREEN = Screen(rule=DIGITS_RULE, needs=(), find=find_digits)
DATES_SCREEN = Screen(rule=DATES_RULE, needs=(), find=find_dates)
