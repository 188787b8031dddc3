"""How a record is screened: estimators whose alarm is an interval, never a bare estimate.

A screen warns where the data exclude what any real record of firms shows. Each states the bound it
holds the data to, how many observations it asks for, and how often it warns about a sound record.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import polars as pl

from jiqun.record.problem import Problem, Rule
from jiqun.record.requirements.query import Tables
from jiqun.record.schema import TABLES

ACCOUNT_COLUMNS = tuple(
    column.name for column in TABLES["accounts"].columns if column.type == "number"
)
PANEL_ROWS = 250_000
"""Above this, firms are thinned out by the hash of their identifier: the screens need no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One thing that cannot be in real data.

    Attributes
    ----------
    rule
        What is suspicious.
    needs
        Tables without which there is nothing to screen.
    find
        Takes the tables and the :func:`panel` of their accounts, and reports.
    """

    rule: Rule
    needs: tuple[str, ...]
    find: Callable[[Tables, pl.DataFrame], Iterable[Problem]]


def panel(tables: Tables) -> pl.DataFrame:
    """Return the accounts by firm and year: ``firm_id``, ``year``, amounts and employees.

    Of several price bases and currencies only the most frequent is used, so that numbers compare.
    The year is that of the middle of the period; several periods of a year are averaged.
    """
    if "accounts" not in tables.rows:
        types = dict.fromkeys(ACCOUNT_COLUMNS, pl.Float64)
        return pl.DataFrame(schema={"firm_id": pl.String, "year": pl.Int32, **types})
    kept = _of_one_measure(tables.rows["accounts"])
    size = kept.select(pl.len()).collect(engine="streaming").item()
    if size > PANEL_ROWS:
        kept = kept.filter(pl.col("firm_id").hash() % -(-size // PANEL_ROWS) == 0)
    middle = pl.col("start") + (pl.col("end") - pl.col("start")) / 2
    finite = (
        pl.when(pl.col(name).is_finite()).then(pl.col(name)).alias(name) for name in ACCOUNT_COLUMNS
    )
    return (
        kept.select("firm_id", *finite, year=middle.dt.year())
        .drop_nulls(["firm_id", "year"])
        .group_by("firm_id", "year")
        .mean()
        .sort("firm_id", "year")
        .collect(engine="streaming")
    )


def _of_one_measure(accounts: pl.LazyFrame) -> pl.LazyFrame:
    measure = ["price_basis", "currency"]
    frequent = (
        accounts.group_by(measure)
        .len()
        .sort("len", *measure, descending=[True, False, False])
        .head(1)
        .select(measure)
    )
    return accounts.join(frequent, on=measure, how="semi", nulls_equal=True)
