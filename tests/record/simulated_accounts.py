"""Accounts of firms as they are and as no firms are, for the screens of plausibility."""

import datetime as dt

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.record.record import Record
from jiqun.record.requirements import check

YEARS = range(2010, 2016)


def levels(
    rng: np.random.Generator,
    firms: int,
    years: int,
    *,
    persistence: float,
    industry: NDArray[np.int64],
    share: float,
) -> NDArray[np.float64]:
    """Draw log sizes, shape (firms, years): a stationary AR(1) of variance 1 around its industry.

    ``persistence`` is the correlation of consecutive years within an industry, ``share`` the share
    of the variance that lies between industries.
    """
    means = rng.normal(0, 1, industry.max() + 1)[industry]
    between = (means - means.mean()) / max(float(means.std()), 1e-12)
    own = np.empty((firms, years))
    own[:, 0] = rng.normal(size=firms)
    for year in range(1, years):
        shock = rng.normal(size=firms)
        own[:, year] = persistence * own[:, year - 1] + np.sqrt(1 - persistence**2) * shock
    mixed: NDArray[np.float64] = np.sqrt(share) * between[:, None] + np.sqrt(1 - share) * own
    return mixed


def accounts_record(
    seed: int,
    *,
    firms: int = 300,
    industries: int = 10,
    persistence: float = 0.7,
    share: float = 0.2,
    growth: float = 0.1,
) -> Record:
    """Simulate firms with sites and six years of accounts, in which nothing is wrong."""
    rng = np.random.default_rng(seed)
    industry = rng.integers(0, industries, firms)
    ids = pl.Series([f"F{i:05d}" for i in range(firms)])
    years = len(YEARS)
    size = levels(rng, firms, years, persistence=persistence, industry=industry, share=share)
    drift = rng.uniform(-growth, growth, years).cumsum()
    revenue = np.exp(8 + size + drift)
    employees = np.maximum(1, np.round(np.exp(5 + 0.8 * size)))
    part = 1 / (
        1
        + np.exp(
            -levels(rng, firms, years, persistence=persistence, industry=industry, share=share)
        )
    )
    founded = rng.integers(0, 36500, firms)
    return Record.of(
        firms=pl.DataFrame(
            {
                "firm_id": ids,
                "industry_scheme": "other",
                "industry_code": pl.Series(industry).cast(pl.String),
                "founded": [dt.date(1900, 1, 1) + dt.timedelta(int(d)) for d in founded],
            }
        ),
        sites=pl.DataFrame(
            {
                "site_id": ids,
                "firm_id": ids,
                "longitude": rng.uniform(119, 121, firms).round(4),
                "latitude": rng.uniform(29, 31, firms).round(4),
                "employees": np.round(employees[:, 0] * rng.uniform(0.8, 1.2, firms)),
            }
        ),
        accounts=pl.DataFrame(
            {
                "firm_id": ids.gather(np.repeat(np.arange(firms), years)),
                "start": [dt.date(y, 1, 1) for y in YEARS] * firms,
                "end": [dt.date(y + 1, 1, 1) for y in YEARS] * firms,
                "currency": "CNY",
                "revenue": revenue.ravel(),
                "employees": employees.ravel(),
                "digital_revenue": (revenue * part).ravel(),
                "value_added": (0.3 * revenue).ravel(),
            }
        ),
    )


def suspicions(record: Record) -> set[tuple[str, str | None]]:
    """Check a record and return the implausible rules and columns."""
    return {(p.rule, p.column) for p in check(record) if p.rule.startswith("plausibility.")}
