"""Years 年份: no year is blank between filled ones, and none is off by an order.

Blank: fewer than ``BLANK`` = 10 % as many rows with a number other than 0 as the mean of the years
beside it. Off: the median of the positive numbers differs from the geometric mean of the medians of
the year before and the year after by more than ``FACTOR`` = 2.5, with the 99 % interval of that
ratio wholly beyond it. Each year needs ``FIRMS`` = 30 numbers. The first and the last year are not
judged, having one neighbour. Of 400 simulated records whose medians move by up to 10 % a year, and
of 100 with up to 30 %, none was warned about; a year multiplied by 5 was found in 200 of 200 with 200
firms.
"""

import math
from collections.abc import Iterator

import polars as pl
from scipy.special import ndtri

from jiqun.record.problem import Problem, Rule
from jiqun.record.requirements.plausibility.screen import ACCOUNT_COLUMNS, Screen
from jiqun.record.requirements.query import Tables, labelled
from jiqun.vocabulary.text import Text

RULE = Rule(
    id="plausibility.years",
    title=Text(
        "No year is blank between filled ones or off by an order.",
        "各年之间无空白年份,数量级亦无突变。",
    ),
    remedy=Text(
        "Check the unit and the source of that year; leave the year empty if it is not to be had.",
        "请核对该年的单位与来源;确无数据则整年留空。",
    ),
    severity="warning",
)
BLANK = 0.1
FACTOR = 2.5
FIRMS = 30
Z99 = float(ndtri(0.995))
MEDIAN_ERROR = math.sqrt(math.pi / 2)
"""Standard error of a median over that of a mean, for a normal distribution of logarithms."""
IQR_OF_NORMAL = 1.349

IS_BLANK = Text(
    "{column}: the year {year} holds {n} numbers other than 0; the years beside it hold {before} and "
    "{after}.",
    "“{column}”:{year} 年仅有 {n} 个非零数值,而前后两年分别有 {before} 个和 {after} 个。",
)
IS_OFF = Text(
    "{column}: the median of {year} is {median}, {ratio} times that of the years beside it "
    "({before} and {after}).",
    "“{column}”:{year} 年中位数为 {median},是前后两年({before} 与 {after})的 {ratio} 倍。",
)


def by_year(panel: pl.DataFrame, column: str) -> pl.DataFrame:
    """Return, by year with any row: ``n`` numbers other than 0, ``level`` and its ``error``."""
    log = pl.col(column).filter(pl.col(column) > 0).log()
    spread = (log.quantile(0.75) - log.quantile(0.25)) / IQR_OF_NORMAL
    summary = panel.group_by("year").agg(
        n=(pl.col(column).fill_null(0) != 0).sum(),
        positive=log.len(),
        level=log.median(),
        error=MEDIAN_ERROR * spread / log.len().sqrt(),
    )
    if summary.is_empty():
        return summary
    first, last = summary.select(first=pl.col("year").min(), last=pl.col("year").max()).row(0)
    every = pl.DataFrame({"year": range(first, last + 1)}, schema={"year": summary["year"].dtype})
    return (
        every.join(summary, on="year", how="left")
        .sort("year")
        .with_columns(pl.col("n", "positive").fill_null(0))
    )


def _beside(name: str) -> dict[str, pl.Expr]:
    return {f"{name}_before": pl.col(name).shift(1), f"{name}_after": pl.col(name).shift(-1)}


def suspicious(years: pl.DataFrame) -> pl.DataFrame:
    """Keep the years that are blank or off, with ``log_ratio`` to the years beside them."""
    error = (
        pl.col("error") ** 2 + (pl.col("error_before") ** 2 + pl.col("error_after") ** 2) / 4
    ).sqrt()
    ratio = pl.col("level") - (pl.col("level_before") + pl.col("level_after")) / 2
    enough = pl.min_horizontal("positive", "positive_before", "positive_after") >= FIRMS
    filled = pl.min_horizontal("n_before", "n_after") >= FIRMS
    mean = (pl.col("n_before") + pl.col("n_after")) / 2
    names = ("n", "positive", "level", "error")
    beside = {key: expr for name in names for key, expr in _beside(name).items()}
    return (
        years.with_columns(**beside)
        .with_columns(
            log_ratio=ratio,
            blank=filled & (pl.col("n") < BLANK * mean),
            off=enough & (ratio.abs() - Z99 * error > math.log(FACTOR)),
        )
        .filter(pl.col("blank") | pl.col("off"))
    )


def _message(column: str, year: dict[str, float]) -> Text:
    label = labelled("accounts", column)
    if year["blank"]:
        return IS_BLANK.fill(
            column=label,
            year=year["year"],
            n=year["n"],
            before=year["n_before"],
            after=year["n_after"],
        )
    return IS_OFF.fill(
        column=label,
        year=year["year"],
        median=f"{math.exp(year['level']):.4g}",
        ratio=f"{math.exp(year['log_ratio']):.3g}",
        before=f"{math.exp(year['level_before']):.4g}",
        after=f"{math.exp(year['level_after']):.4g}",
    )


def find(tables: Tables, panel: pl.DataFrame) -> Iterator[Problem]:
    """Report the blank years and those off by an order, of each column of the accounts."""
    del tables
    for column in ACCOUNT_COLUMNS:
        if panel[column].null_count() == len(panel):
            continue
        for year in suspicious(by_year(panel, column)).iter_rows(named=True):
            yield RULE.problem(
                table="accounts", column=column, value=year["year"], message=_message(column, year)
            )


SCREEN = Screen(rule=RULE, needs=("accounts",), find=find)
