"""What a record shows of the outcomes that a run has too, year by year 观测序列.

Only what carries over between any unit and currency is taken: logs of indices against the first year,
and shares and spreads. A table that is missing leaves its series out.

Paper: Q22 (what forecasts are held to)
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from jiqun.experiments.census import NAMES, Floats
from jiqun.record.record import Record, conform
from jiqun.vocabulary.text import Text

FEWEST_YEARS = 4
"""Years that a series needs."""
MOST_YEARS = 300
"""Years that are looked at, the last ones; a slip in a date must not make ten thousand of them."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One series that records and runs share.

    Attributes
    ----------
    name
        Of the series, and of the outcome of a run that it is made of.
    label
        What readers see.
    log_index
        Whether it is the log of the outcome over its first year, or the outcome as it is.
    held_out
        Whether it is only scored, never calibrated to.
    """

    name: str
    label: Text
    log_index: bool
    held_out: bool = False


PATTERNS: tuple[Pattern, ...] = (
    Pattern("firms", Text("number of firms (log index)", "企业数(对数指数)"), True),
    Pattern("sales", Text("sales (log index)", "销售额(对数指数)"), True),
    Pattern("factors", Text("employees (log index)", "从业人员(对数指数)"), True),
    Pattern("digital_share", Text("share of digital services in sales", "数字业务占比"), False),
    Pattern("ties", Text("supply ties per firm", "户均供应关系数"), False),
    Pattern("size_spread", Text("spread of log sales", "销售额对数离散度"), False, True),
    Pattern("top_share", Text("share of the four largest", "前四大企业占比"), False, True),
)


@dataclass(frozen=True, slots=True)
class Observed:
    """Series of a record: first year, name → values of each year, and sizes of firms by year.

    ``sizes`` has shape (firms, years), sales where there are any, else 1 for each firm that is there.
    """

    first_year: int
    series: Mapping[str, Floats]
    sizes: Floats

    @property
    def years(self) -> int:
        """Number of years."""
        return int(self.sizes.shape[1])

    @property
    def history(self) -> dict[str, tuple[tuple[int, float], ...]]:
        """Pattern → (year, value) so far."""
        return {
            name: tuple((self.first_year + n, float(v)) for n, v in enumerate(values))
            for name, values in self.series.items()
        }

    def until(self, years: int) -> "Observed":
        """Return the first years alone, as they were known then."""
        cut = {name: values[:years] for name, values in self.series.items()}
        sizes = self.sizes[:, :years]
        return Observed(self.first_year, cut, sizes[(sizes > 0.0).any(axis=1)])


def observe(
    record: Record, *, first_year: int | None = None, last_year: int | None = None
) -> Observed:
    """Return the series of a record over the years that it covers.

    Parameters
    ----------
    record
        With accounts, or at least dates of founding.
    first_year, last_year
        Years to keep; by default those of the accounts, else the last 20 from the first founding on.
    """
    accounts = _accounts(record)
    spells = _spells(record, accounts)
    span = _span(accounts, spells)
    first = span[0] if first_year is None else first_year
    last = span[1] if last_year is None else last_year
    first = max(first, last - MOST_YEARS + 1)
    years = list(range(first, last + 1))
    sizes = _sizes(accounts, years) if accounts.height else _presence(spells, years)
    found: dict[str, Floats] = {}
    counted = _presence(spells, years).sum(axis=0, dtype=np.float64)
    found["firms"] = _log_index(counted)
    if accounts.height:
        whole = _whole_years(accounts, spells, years)
        found |= _from_accounts(accounts, sizes, whole, years)
    ties = _ties(record, years, counted)
    if ties is not None:
        found["ties"] = ties
    usable = {
        name: values
        for name, values in found.items()
        if len(values) >= FEWEST_YEARS and np.isfinite(values).all()
    }
    return Observed(first, usable, sizes)


def _last_year(end: str) -> pl.Expr:
    """Return the year of the last day of a half-open interval; its end is the day after."""
    return (pl.col(end) - pl.duration(days=1)).dt.year()


def _span(accounts: pl.DataFrame, spells: pl.DataFrame) -> tuple[int, int]:
    """Return the first and last year of the accounts, else of the last 20 years of foundings."""
    if accounts.height:
        return int(accounts["year"].min()), int(accounts["year"].max())  # type: ignore[arg-type]  # not empty
    first, last = spells["from"].min(), spells["from"].max()
    if not isinstance(first, int) or not isinstance(last, int):
        return 0, 0
    return max(first, last - 19), last  # an index against a year without firms would say nothing


def _accounts(record: Record) -> pl.DataFrame:
    """Return a row a firm and year with sales."""
    rows = conform("accounts", record["accounts"]).filter(pl.col("revenue") > 0.0)
    return rows.select(
        "firm_id",
        pl.col("start").dt.year().alias("year"),
        "revenue",
        "employees",
        "digital_revenue",
    ).unique(["firm_id", "year"], keep="first", maintain_order=True)


def _spells(record: Record, accounts: pl.DataFrame) -> pl.DataFrame:
    """Return the first and last year of each firm; where unknown, the first is that of its accounts."""
    seen = accounts.group_by("firm_id").agg(pl.col("year").min().alias("seen"))
    return (
        conform("firms", record["firms"])
        .join(seen, on="firm_id", how="left")
        .select(
            pl.col("firm_id"),
            pl.coalesce(pl.col("founded").dt.year(), "seen").alias("from"),
            _last_year("closed").alias("to"),
        )
    )


def _sizes(accounts: pl.DataFrame, years: list[int]) -> Floats:
    """Return sales, shape (firms, years), 0 where there are none."""
    wide = accounts.pivot("year", index="firm_id", values="revenue")
    columns = [
        wide[str(y)].fill_null(0.0) if str(y) in wide.columns else pl.zeros(wide.height, eager=True)
        for y in years
    ]
    return np.column_stack([c.to_numpy() for c in columns]).astype(np.float64)


def _presence(spells: pl.DataFrame, years: list[int]) -> Floats:
    """Return 1 for each firm and year in which it is there."""
    known = spells.drop_nulls("from")
    start = known["from"].to_numpy()[:, None]
    end = known["to"].fill_null(9999).to_numpy()[:, None]
    at = np.array(years)[None, :]
    return ((start <= at) & (end > at)).astype(np.float64)


def _whole_years(accounts: pl.DataFrame, spells: pl.DataFrame, years: list[int]) -> Floats:
    """Return sales of firms that were there for the whole year: parts of years are not sizes."""
    dated = accounts.join(spells, on="firm_id", how="left")
    begun = pl.col("from").is_null() | (pl.col("from") < pl.col("year"))
    going = pl.col("to").is_null() | (pl.col("to") > pl.col("year"))
    first = pl.col("year") == years[0]
    return _sizes(dated.filter((begun | first) & going), years)


def _log_index(values: Floats) -> Floats:
    """Return logs against the first year."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.log(values / values[0]))


def _from_accounts(
    accounts: pl.DataFrame, sizes: Floats, whole: Floats, years: list[int]
) -> dict[str, Floats]:
    """Return the series that accounts give."""
    sums = (
        pl.DataFrame({"year": years}, schema={"year": accounts.schema["year"]})
        .join(
            accounts.group_by("year").agg(
                pl.col("employees").sum(), pl.col("digital_revenue").sum(), pl.col("revenue").sum()
            ),
            on="year",
            how="left",
        )
        .sort("year")
    )
    sales = sums["revenue"].fill_null(0.0).to_numpy()
    found = {"sales": _log_index(sales)}
    if accounts["employees"].drop_nulls().len():
        found["factors"] = _log_index(sums["employees"].fill_null(0.0).to_numpy())
    found["size_spread"] = np.array([_spread(whole[:, n]) for n in range(len(years))])
    ordered = np.sort(sizes, axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):  # years without sales have no shares
        if accounts["digital_revenue"].drop_nulls().len():
            found["digital_share"] = sums["digital_revenue"].fill_null(0.0).to_numpy() / sales
        found["top_share"] = ordered[-4:].sum(axis=0) / sizes.sum(axis=0)
    return found


def _spread(sizes: Floats) -> float:
    """Return the standard deviation of log sizes."""
    there = sizes[sizes > 0.0]
    return float(np.log(there).std()) if there.size > 1 else math.nan


def _ties(record: Record, years: list[int], firms: Floats) -> Floats | None:
    """Return running supply ties per firm at the end of each year."""
    ties = conform("ties", record["ties"]).filter(
        pl.col("kind") == "supply", pl.col("start").is_not_null()
    )
    if not ties.height:
        return None
    start = ties["start"].dt.year().to_numpy()[:, None]
    end = ties.select(_last_year("end").fill_null(9999)).to_series().to_numpy()[:, None]
    at = np.array(years)[None, :]
    running = ((start <= at) & (end > at)).sum(axis=0).astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):  # years without firms have no such number
        return np.asarray(running / firms, dtype=np.float64)


def simulated(rows: Floats) -> dict[str, Floats]:
    """Return the same series of one run; ``rows`` has shape (years, outcomes)."""
    column: Callable[[str], Floats] = lambda name: rows[:, NAMES.index(name)]  # noqa: E731 - a name for an index
    return {p.name: _log_index(column(p.name)) if p.log_index else column(p.name) for p in PATTERNS}
