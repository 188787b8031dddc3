"""What a run led to, in numbers of the model's own; the measures read the record instead.

Every number describes the last years of a run, or its course as a whole. None names a kind of cluster.

Paper: K1c, K2c, K3g, K4c, K4d, N2a, D2 (what the ledger of mechanisms looks at).
"""

import datetime as dt
import math

import numpy as np
import polars as pl

from jiqun.model.mechanisms import Mechanisms, yearly
from jiqun.model.simulation import Simulation
from jiqun.record.record import Record

LAST = 5
"""Years at the end over which the state of mechanisms is averaged."""
EARLY = slice(8, 13)
"""Years of a run that show how fast it began."""
NEAR = 5.0
"""Sites that are nearer than this are at one place, km."""
PER_DEGREE = 111.195
NOT_SEEN = float("nan")
Pair = tuple[str, str]


def outcome(run: Simulation) -> dict[str, float]:
    """Run to the end and describe the run; what could not be seen is not a number.

    Parameters
    ----------
    run
        A run that has just begun.

    Returns
    -------
    dict
        ``growth`` (sales of the last year over the first), ``after_peak`` (over the best year),
        ``early_users`` and ``early_sales`` (years 8 to 12), ``virtual_first`` (among pairs of firms
        that have a data link and are related physically, by trade or at one place, the share whose
        link came first), and the mean over the last five years of each column of
        :class:`~jiqun.model.mechanisms.Mechanisms`.
    """
    years = yearly(run)
    found = {name: mean(years[name].to_numpy()[-LAST:]) for name in Mechanisms._fields[1:]}
    sales = years["sales"].to_numpy()
    best = float(sales.max()) if sales.size else 0.0
    found["growth"] = float(sales[-1] / sales[0]) if best > 0.0 and sales[0] > 0.0 else NOT_SEEN
    found["after_peak"] = float(sales[-1]) / best if best > 0.0 else NOT_SEEN
    found["early_users"] = mean(years["users"].to_numpy()[EARLY])
    found["early_sales"] = mean(sales[EARLY])
    found["virtual_first"] = virtual_first(run.record())
    return found


def mean(values: np.ndarray) -> float:
    """Return the mean of what was seen."""
    seen = values[~np.isnan(values.astype(float))]
    return float(seen.mean()) if seen.size else NOT_SEEN


def virtual_first(record: Record) -> float:
    """Return the share of linked and physically related pairs whose data link came first."""
    ties = record["ties"]
    linked, traded = (_first(ties, channel) for channel in ("virtual", "physical"))
    places = _places(record["sites"])
    earlier = []
    for pair, link in linked.items():
        met = _first_near(places.get(pair[0], []), places.get(pair[1], []))
        physical = min(traded.get(pair, dt.date.max), met)
        if physical not in {dt.date.max, link}:
            earlier.append(link < physical)
    return float(np.mean(earlier)) if earlier else NOT_SEEN


def _first(ties: pl.DataFrame, channel: str) -> dict[Pair, dt.date]:
    """Return the first day of each pair's relation in one channel."""
    seen: dict[Pair, dt.date] = {}
    rows = ties.filter(pl.col("channel") == channel)
    for one, other, start in rows.select("source", "target", "start").iter_rows():
        pair = (min(one, other), max(one, other))
        seen[pair] = min(start, seen.get(pair, dt.date.max))
    return seen


Place = tuple[float, float, dt.date, dt.date]
"""East and north in km, first and last day."""


def _places(sites: pl.DataFrame) -> dict[str, list[Place]]:
    """Return the sites of each firm."""
    places: dict[str, list[Place]] = {}
    columns = ("firm_id", "longitude", "latitude", "opened", "closed")
    for firm, east, north, opened, closed in sites.select(columns).iter_rows():
        x = east * PER_DEGREE * math.cos(math.radians(north))
        span = (opened or dt.date.min, closed or dt.date.max)
        places.setdefault(firm, []).append((x, north * PER_DEGREE, *span))
    return places


def _first_near(one: list[Place], other: list[Place]) -> dt.date:
    """Return the first day on which two firms had sites at one place, or the last day of all."""
    met = dt.date.max
    for x, y, opened, closed in one:
        for u, v, begun, ended in other:
            both = max(opened, begun)
            if math.hypot(x - u, y - v) < NEAR and both < min(closed, ended):
                met = min(met, both)
    return met
