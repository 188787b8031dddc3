"""Digital revenue's share of revenue, from the accounts that give both.

Paper: K4g (data itself as a source of surplus)
"""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from jiqun.numerics.clustered import Incidence, clustered_error, share_interval
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its interval.

    Attributes
    ----------
    value, low, high
        The share and the ends of its interval.
    rows
        Accounts that it rests on.
    """

    value: float
    low: float
    high: float
    rows: int


def digital_revenue_share(record: Record, level: float) -> Share | Text:
    """Divide the sum of digital revenue by that of revenue, or say why it cannot be done.

    Parameters
    ----------
    record
        Reads ``accounts``; a period that a firm has at two price bases counts once.
    level
        Probability that the interval is to have.
    """
    both = (
        record["accounts"]
        .filter(
            pl.col("revenue").is_finite() & (pl.col("revenue") > 0),
            pl.col("digital_revenue").is_between(0.0, pl.col("revenue")),
            pl.col("firm_id").is_not_null(),
        )
        .sort("firm_id", "start", "price_basis")
        .unique(["firm_id", "start", "currency"], keep="first", maintain_order=True)
    )
    if both.is_empty():
        return Text(
            "no account gives both revenue and digital revenue",
            "没有账目同时给出营业收入与数字业务收入",
        )
    if both["currency"].n_unique() > 1:
        return Text(
            "revenue is in several currencies, which cannot be added up",
            "营业收入涉及多种币种,不能相加",
        )
    revenue, part = (both[c].to_numpy() for c in ("revenue", "digital_revenue"))
    _, firm = np.unique(both["firm_id"].to_numpy().astype(str), return_inverse=True)
    share = float(part.sum() / revenue.sum())
    rows = Incidence(np.arange(firm.size), firm.astype(np.int64), firm.size, int(firm.max()) + 1)
    error = clustered_error((part - share * revenue) / revenue.sum(), rows, revenue)
    least = np.sqrt(share * (1.0 - share) / firm.size)  # firms may all have the same share
    error = replace(error, error=max(error.error, float(least)))
    low, high = share_interval(share, rows, error, level)
    return Share(share, low, high, both.height)
