"""The numbers of the patterns, each computed from a record alone.

What began with the record has no known start; where a life is asked for, it counts as time at risk
from then on (exponential lives: years at risk over ends).

Paper: E5, K3i, N2a, T5 (distance, alliances, platforms).
"""

import datetime as dt
import math

import numpy as np
import polars as pl

from jiqun.model.state import Floats
from jiqun.record.record import Record

NOT_SEEN = float("nan")
DAYS = 365.25
PER_DEGREE = 111.195
EDGES = np.array([2.0, 5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 320.0])
"""Limits of the classes of distance, km."""
FEW = 20
"""Below this, nothing is estimated."""
LARGE, TAIL = 0.75, 0.2
"""Who counts as large (by staff); which part of a distribution is its tail."""


def years_between(record: Record) -> tuple[dt.date, dt.date]:
    """Return the first and last day of the accounts."""
    accounts = record["accounts"]
    return accounts["start"].to_list()[0], max(accounts["end"].to_list())


def last_accounts(record: Record) -> pl.DataFrame:
    """Return the accounts of the last year."""
    accounts = record["accounts"]
    return accounts.filter(pl.col("end") == accounts["end"].max())


def hill(values: Floats, part: float) -> float:
    """Return the tail exponent by the regression of log(rank - 1/2) on log size."""
    top = np.sort(values[values > 0])[::-1][: max(int(part * values.size), 10)]
    if top.size < 10 or top[0] == top[-1]:  # noqa: PLR2004 (too few to fit a line)
        return NOT_SEEN
    return -float(np.polyfit(np.log(top), np.log(np.arange(top.size) + 0.5), 1)[0])


def size_tail(record: Record) -> float:
    """Return the tail exponent of sales in the last year."""
    return hill(last_accounts(record)["revenue"].to_numpy(), TAIL)


def mean_years(spells: pl.DataFrame, begin: str, end: str, last: dt.date) -> float:
    """Return years at risk over the number of ends."""
    known = spells.drop_nulls(begin)
    until = known[end].fill_null(last)
    at_risk = float((until - known[begin]).dt.total_days().to_numpy().sum()) / DAYS
    ended = known.height - known[end].null_count()
    return at_risk / ended if ended >= FEW else NOT_SEEN


def supply(record: Record) -> pl.DataFrame:
    """Return the supply ties."""
    return record["ties"].filter(pl.col("kind") == "supply")


def tie_years(record: Record) -> float:
    """Return the mean life of a supply tie, years."""
    return mean_years(supply(record), "start", "end", years_between(record)[1])


def ties_gone(record: Record) -> float:
    """Return the share of the ties of mid-record that have gone five years later."""
    first, last = years_between(record)
    middle = first + (last - first) / 2
    later = middle + dt.timedelta(days=5 * DAYS)
    there = supply(record).filter(
        (pl.col("start") <= middle) & (pl.col("end").is_null() | (pl.col("end") > middle))
    )
    gone = there.filter(pl.col("end").is_not_null() & (pl.col("end") <= later))
    return gone.height / there.height if there.height >= FEW else NOT_SEEN


def alliance_years(record: Record) -> float:
    """Return the mean length of an alliance, years."""
    return mean_years(record["alliances"], "start", "end", years_between(record)[1])


def seats(record: Record) -> dict[str, tuple[float, float]]:
    """Return the first seat of each firm, km east and north."""
    sites = record["sites"].filter(pl.col("kind") == "headquarters")
    rows = sites.select("firm_id", "longitude", "latitude").unique("firm_id", keep="first")
    return {
        firm: (x * PER_DEGREE * math.cos(math.radians(y)), y * PER_DEGREE)
        for firm, x, y in rows.iter_rows()
    }


def distance_slope(record: Record, pairs: list[tuple[str, str]]) -> float:
    """Return the slope of log (pairs over possible pairs) on log distance, weighted by pairs."""
    place = seats(record)
    at = np.array(list(place.values()))
    every = np.hypot(*(at[:, None, :] - at[None, :, :]).transpose(2, 0, 1))
    possible, _ = np.histogram(every[np.triu_indices(len(at), 1)], EDGES)
    km = [math.dist(place[a], place[b]) for a, b in pairs if a in place and b in place]
    there, _ = np.histogram(km, EDGES)
    use = (there > 0) & (possible > 0)
    if there.sum() < FEW or use.sum() < 3:  # noqa: PLR2004 (a line through two points says nothing)
        return NOT_SEEN
    middle = np.log(np.sqrt(EDGES[:-1] * EDGES[1:]))[use]
    odds = np.log(there[use] / possible[use])
    return float(np.polyfit(middle, odds, 1, w=np.sqrt(there[use]))[0])


def distance_slope_of_ties(record: Record) -> float:
    """Return the elasticity of supply ties to distance."""
    return distance_slope(record, list(supply(record).select("source", "target").iter_rows()))


def distance_slope_of_alliances(record: Record) -> float:
    """Return the elasticity of joint innovation to distance, over all pairs of members."""
    members = record["memberships"].select("alliance_id", "firm_id")
    both = members.join(members, on="alliance_id", suffix="_b")
    both = both.filter(pl.col("firm_id") < pl.col("firm_id_b"))
    return distance_slope(record, list(both.select("firm_id", "firm_id_b").iter_rows()))


def adoption_gap(record: Record) -> float:
    """Return platform use of the largest quarter of firms over that of the others, last year."""
    firms = last_accounts(record).select("firm_id", "employees")
    there = record["participations"].filter(pl.col("left").is_null())["firm_id"].unique()
    large = firms["employees"] >= firms["employees"].quantile(LARGE)
    uses = firms["firm_id"].is_in(there.to_list())
    if not uses.any():
        return NOT_SEEN
    one, other = float(uses.filter(large).mean() or 0), float(uses.filter(~large).mean() or 0)  # type: ignore[arg-type]
    return one / other if other > 0 else NOT_SEEN


def bass_imitation(record: Record) -> float:
    """Return q of the Bass model of firms that first join a platform, per year (Bass 1969, OLS)."""
    joined = record["participations"].group_by("firm_id").agg(pl.col("joined").min())
    first, last = years_between(record)
    years = (last.year - first.year) + 1
    when = np.array([day.year - first.year for day in joined["joined"].drop_nulls()], dtype=int)
    new = np.bincount(when, minlength=years)[:years].astype(float)
    if new.sum() < FEW:
        return NOT_SEEN
    before = np.concatenate([[0.0], np.cumsum(new)[:-1]])
    terms = np.column_stack([np.ones(years), before, before**2])
    a, b, c = np.linalg.lstsq(terms, new, rcond=None)[0]
    root = b * b - 4.0 * a * c
    if c >= 0.0 or root < 0.0:
        return NOT_SEEN
    ceiling = (-b - math.sqrt(root)) / (2.0 * c)
    return float(-c * ceiling)


def failed(record: Record) -> pl.DataFrame:
    """Return the platforms that were closed."""
    return record["platforms"].filter(pl.col("closed").is_not_null())


def failed_platforms(record: Record) -> float:
    """Return the share of platforms that were closed."""
    every = record["platforms"].height
    return failed(record).height / every if every else NOT_SEEN


def life_of_failed_platforms(record: Record) -> float:
    """Return the mean life of the platforms that were closed, years."""
    gone = failed(record).drop_nulls("opened")
    days = (gone["closed"] - gone["opened"]).dt.total_days().to_numpy()
    return float(days.mean()) / DAYS if days.size else NOT_SEEN


def growth(record: Record) -> pl.DataFrame:
    """Return log growth of sales of each firm and year, with log sales of the year before."""
    accounts = record["accounts"].sort("firm_id", "start").filter(pl.col("revenue") > 0)
    before = pl.col("revenue").shift(1).over("firm_id")
    rows = accounts.select(
        "firm_id", g=pl.col("revenue").log() - before.log(), size=before.log(), year="start"
    ).drop_nulls()
    # What befalls all firms in a year is taken out, and the first years, when few quarters are known.
    return rows.with_columns(g=pl.col("g") - pl.col("g").median().over("year"))


def body_of_growth(record: Record) -> float:
    """Return mean absolute over standard deviation of growth within three median deviations."""
    g = growth(record)["g"].to_numpy()
    spread = float(np.median(np.abs(g)))
    body = g[np.abs(g) < 6.0 * spread]
    return float(np.abs(body).mean() / body.std()) if body.size >= FEW else NOT_SEEN


def tail_of_growth(record: Record) -> float:
    """Return the tail exponent of the size of growth rates."""
    return hill(np.abs(growth(record)["g"].to_numpy()), 0.05)


def volatility_slope(record: Record) -> float:
    """Return the slope of log standard deviation of growth on log size, over ten classes."""
    rows = growth(record)
    order = np.argsort(rows["size"].to_numpy(), kind="stable")
    classes = np.array_split(order, 10)
    if len(classes[0]) < FEW:
        return NOT_SEEN
    g, size = rows["g"].to_numpy(), rows["size"].to_numpy()
    spread = np.log([g[c].std() for c in classes])
    return float(np.polyfit([size[c].mean() for c in classes], spread, 1)[0])


def squares_over_triangles(record: Record) -> float:
    r"""Return the excess of four-cycles over that of three-cycles in the supply ties that run.

    Excess: observed over what random networks of the same degrees have, :math:`κ^k/2k` cycles of length
    k with :math:`κ = (\langle d^2\rangle - \langle d\rangle)/\langle d\rangle`.
    """
    ties = supply(record).filter(pl.col("end").is_null())
    firms = {f: n for n, f in enumerate(sorted({*ties["source"], *ties["target"]}))}
    a = np.zeros((len(firms), len(firms)))
    for one, other in ties.select("source", "target").iter_rows():
        a[firms[one], firms[other]] = a[firms[other], firms[one]] = 1.0
    degree = a.sum(axis=1)
    if degree.size < FEW:
        return NOT_SEEN
    kappa = float((degree**2).mean() / degree.mean() - 1.0)
    paths = a @ a
    triangles = float(np.trace(paths @ a)) / 6.0
    above = paths[np.triu_indices(len(firms), 1)]
    squares = float((above * (above - 1.0) / 2.0).sum()) / 2.0
    if triangles == 0.0:
        return NOT_SEEN
    return (squares / (kappa**4 / 8.0)) / (triangles / (kappa**3 / 6.0))


def staff_of_owners(record: Record) -> float:
    """Return the staff of platform owners over that of others at equal sales, last year."""
    rows = last_accounts(record).filter((pl.col("revenue") > 0) & (pl.col("employees") > 0))
    owners = rows["firm_id"].is_in(record["platforms"]["operator"].unique().to_list()).to_numpy()
    if not 2 <= owners.sum() < rows.height - 2:  # noqa: PLR2004 (both kinds are needed)
        return NOT_SEEN
    sales = np.log(rows["revenue"].to_numpy())
    terms = np.column_stack([np.ones(rows.height), sales, owners.astype(float)])
    fit = np.linalg.lstsq(terms, np.log(rows["employees"].to_numpy()), rcond=None)[0]
    return float(np.exp(fit[2]))


def cross_region_trend(record: Record) -> float:
    """Return the share of ties begun across regions, last over first five years."""
    regions = dict(record["firms"].select("firm_id", "region_code").iter_rows())
    first, last = years_between(record)
    span = dt.timedelta(days=5 * DAYS)
    shares = []
    for begin, end in ((first + dt.timedelta(days=1), first + span), (last - span, last)):
        ties = record["ties"].filter((pl.col("start") >= begin) & (pl.col("start") < end))
        across = [regions[a] != regions[b] for a, b in ties.select("source", "target").iter_rows()]
        shares.append(float(np.mean(across)) if across else NOT_SEEN)
    return shares[1] / shares[0] if shares[0] > 0 else NOT_SEEN
