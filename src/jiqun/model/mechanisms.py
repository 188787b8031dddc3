"""Mechanisms 机制状态: year by year, what a run was made of while it went on.

Each column is read off the state and the log of a run, and says how one mechanism stands. Nothing
here names a kind of cluster or a stage: whoever wants to say what a run *was*, without asking a
diagnosis, defines it on these columns.

Paper: K1c, K2c, K2g, K3g, K4c, K4d, N2f, N3b, I2d, I3c, D1 (the mechanisms behind the claims).
"""

from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.model.event_log import WAS_SUCCESS, Noted, Spells, picked, used
from jiqun.model.processes.ally import MULTIPLICATIVE, WEAKEST_LINK
from jiqun.model.processes.govern import appeal, pull_of_data
from jiqun.model.processes.innovate import CONVERGENCE, DIGITAL_VALUE, EFFICIENCY
from jiqun.model.simulation import Simulation
from jiqun.model.state import BOUGHT, HOMES, LIVING, MEMBERS, NOBODY, PLATFORMS, Floats, Ints
from jiqun.model.world import World

YEAR = 4
"""Periods in a year."""
LEADERS = 5
"""Firms with most sales that are looked at as the leading ones."""
HALF = 0.5
NOT_SEEN = float("nan")


class Mechanisms(NamedTuple):
    """The state of one year. What could not be seen in it is not a number.

    Attributes
    ----------
    year
        Years since the start, the first is 0.
    firms, sales, digital_sales
        Firms at the end; sales of the year; share of digital services in them.
    wage, margin
        Wage (by employment); profit over sales.
    leading_logic, mean_logic
        λ of the leading firms, and of all, by sales.
    leading_digital_sales
        Share of digital services in the sales of the leading firms.
    leading_by_data
        Share of the sales of the leading firms that go to those whose λ is above one half or whose
        own sales are digital services by half or more.
    leading_sigma, mean_sigma
        Elasticity of substitution of the leading firms, and of all, by sales.
    leading_data_weight
        δ of the leading firms, by sales.
    digital
        Mean digital capability.
    on_platforms, platforms, functions, openness
        Share of firms on platforms; platforms; industries per platform; mean openness.
    pooled, pooled_in_use
        Data in the pools; their share in the data that firms can use.
    innovations, efficiency, convergence, digital_value
        Innovations of the year; shares of the three modes.
    alliances, alliance_size, multilateral
        Alliances begun in the year; mean members; share with three or more.
    beyond_chain, cross_region
        Among pairs of firms in alliances begun in the year: share whose industries do not buy from
        each other; share of two regions.
    ties_beyond_chain, ties_cross_region
        The same among all supply ties and data links that run.
    indivisible
        Share of the value of alliances that ended in the year which does not divide into pairs.
    initiated_by_owners
        Share of alliances begun in the year by owners of a platform.
    users, attracted_by_data
        Users; share of those now drawn to platforms that would not come without the data there.
    twins, precursors
        Among data links begun in the year: share between firms that traded before; among supply ties
        begun in the year: share between firms that were linked before.
    facilities, facility_distance
        Share of firms with a data facility; distance of linked firms' facilities over that of seats.
    entered, left
        Firms that entered and left in the year.
    """

    year: int
    firms: float
    sales: float
    digital_sales: float
    wage: float
    margin: float
    leading_logic: float
    mean_logic: float
    leading_digital_sales: float
    leading_by_data: float
    leading_sigma: float
    mean_sigma: float
    leading_data_weight: float
    digital: float
    on_platforms: float
    platforms: float
    functions: float
    openness: float
    pooled: float
    pooled_in_use: float
    innovations: float
    efficiency: float
    convergence: float
    digital_value: float
    alliances: float
    alliance_size: float
    multilateral: float
    beyond_chain: float
    cross_region: float
    ties_beyond_chain: float
    ties_cross_region: float
    indivisible: float
    initiated_by_owners: float
    users: float
    attracted_by_data: float
    twins: float
    precursors: float
    facilities: float
    facility_distance: float
    entered: float
    left: float


def yearly(run: Simulation, *, threads: int = 1) -> pl.DataFrame:
    """Run to the end of the scenario, recording, and return the state of each year.

    Parameters
    ----------
    run
        A run that has just begun; afterwards it has been run, and its record can be had.
    threads
        Threads to use; the result is the same for any number.

    Returns
    -------
    polars.DataFrame
        A row for each whole year, with the columns of :class:`Mechanisms`.
    """
    rows = []
    while run.period + YEAR <= run.scenario.periods:
        run.run(run.period + YEAR, threads=threads)
        rows.append(mechanisms(run))
    return pl.DataFrame(rows, schema=Mechanisms._fields, orient="row")


def mechanisms(run: Simulation) -> Mechanisms:
    """Return the state of the year that has just ended; the run has to have been recorded."""
    w, log, until = run.world, used(run.log), run.period
    living = w.lists.roster[: int(w.tally[LIVING])]
    year = until // YEAR - 1
    books = picked(log.accounts, log.accounts.year == year)
    here = picked(books, np.isin(books.firm, w.firms.key[living]))
    at = np.searchsorted(w.firms.key[living], here.firm)
    sales, digital = np.zeros(living.size), np.zeros(living.size)
    sales[at], digital[at] = here.revenue, here.digital
    total = float(sum(books.revenue.tolist()))
    found: dict[str, float] = {
        "firms": float(living.size),
        "sales": total,
        "entered": float(_in_year(log.firms.born, until).sum()),
        "left": float(_in_year(log.firms.closed, until).sum()),
        "digital_sales": _ratio(sum(books.digital.tolist()), total),
    }
    found |= _firms(w, living, sales, digital)
    found |= _on_platforms(w, living)
    found |= _innovations(log, until)
    found |= _alliances(w, log, until)
    found |= _relations(w, living)
    found |= _order(log, until)
    return Mechanisms(year=year, **found)


def _in_year(periods: Ints, until: int) -> NDArray[np.bool_]:
    """Return what began in the year before a period."""
    return (until - YEAR < periods) & (periods <= until)


def _ratio(part: float, whole: float) -> float:
    """Return a share, or that it was not seen."""
    return float(part / whole) if whole > 0 else NOT_SEEN


def _weighted(values: Floats, weights: Floats) -> float:
    """Return a weighted mean, or that it was not seen."""
    return _ratio(float((values * weights).sum()), float(weights.sum()))


def _firms(w: World, living: Ints, sales: Floats, digital: Floats) -> dict[str, float]:
    """Describe the leading firms and all firms."""
    f = w.firms
    first = np.argsort(-sales, kind="stable")[:LEADERS]
    lead, weight = living[first], sales[first]
    by_data = (f.logic[lead] > HALF) | (digital[first] >= HALF * weight)
    sigma = 1.0 / (1.0 - f.exponent)
    return {
        "wage": _weighted(w.regions.wage[f.region[living]], f.factors[living]),
        "margin": _ratio(
            float(f.profit[living].sum()), float((f.revenue + f.digital_revenue)[living].sum())
        ),
        "leading_logic": _weighted(f.logic[lead], weight),
        "mean_logic": _weighted(f.logic[living], sales),
        "leading_digital_sales": _ratio(float(digital[first].sum()), float(weight.sum())),
        "leading_by_data": _weighted(by_data.astype(np.float64), weight),
        "leading_sigma": _weighted(sigma[lead], weight),
        "mean_sigma": _weighted(sigma[living], sales),
        "leading_data_weight": _weighted(f.share[lead], weight),
        "digital": float(f.digital[living].mean()) if living.size else NOT_SEEN,
    }


def _on_platforms(w: World, living: Ints) -> dict[str, float]:
    """Describe the platforms: who is there, what they pool, and whom that draws."""
    f, platforms = w.firms, w.platforms
    running = np.flatnonzero(platforms.owner[:PLATFORMS] != NOBODY).astype(np.int32)
    homes = (w.relations.home[living] != NOBODY).any(axis=1)
    usable = float(f.reachable[living].sum())
    return {
        "on_platforms": float(homes.mean()) if living.size else NOT_SEEN,
        "platforms": float(running.size),
        "functions": _ratio(float(platforms.offers[running].sum()), float(running.size)),
        "openness": _ratio(float(platforms.openness[running].sum()), float(running.size)),
        "pooled": float(platforms.pooled[running].sum()),
        "pooled_in_use": _ratio(usable - float(f.stock[living].sum()), usable),
        "users": float(platforms.users[running].sum()),
        "attracted_by_data": _attracted_by_data(w, running),
    }


def _attracted_by_data(w: World, running: Ints) -> float:
    """Return the share of those drawn to platforms who would go elsewhere without the data there."""
    if running.size == 0:
        return 0.0
    drawn = np.array([appeal(w, int(p)) for p in running])
    effect = np.array([pull_of_data(w, int(p)) for p in running])
    elsewhere = float(w.rules.platform.elsewhere)
    full, without = float(drawn.sum()), float((drawn / effect).sum())
    return 1.0 - _ratio(without / (without + elsewhere), full / (full + elsewhere))


def _innovations(log: Noted, until: int) -> dict[str, float]:
    """Describe the innovations of the year."""
    modes = log.innovations.mode[log.innovations.period >= until - YEAR]
    shares = (EFFICIENCY, CONVERGENCE, DIGITAL_VALUE)
    return {"innovations": float(modes.size)} | {
        name: _ratio(float((modes == mode).sum()), float(modes.size))
        for name, mode in zip(("efficiency", "convergence", "digital_value"), shares, strict=True)
    }


def _alliances(w: World, log: Noted, until: int) -> dict[str, float]:
    """Describe the alliances that began or ended in the year."""
    first, every, who = until - YEAR, log.alliances, log.firms
    begun = picked(every, every.since >= first)
    ended = picked(every, (every.end >= first) & (every.outcome == WAS_SUCCESS))
    ended = picked(ended, np.argsort(ended.place))
    is_whole = (ended.technology == MULTIPLICATIVE) | (ended.technology == WEAKEST_LINK)
    ones, others = np.tril_indices(MEMBERS, -1)
    which, pair = np.nonzero(begun.member[:, ones] != NOBODY)
    m, n = begun.member[which, ones[pair]], begun.member[which, others[pair]]
    beyond = 1 - _trades(w)[who.industry[m], who.industry[n]]
    across = who.region[m] != who.region[n]
    by_owners = np.isin(begun.initiator, log.platforms.owner[log.platforms.opened != NOBODY])
    sizes, count = begun.headcount.astype(np.int64), float(begun.shape[0])
    return {
        "alliances": count,
        "alliance_size": _ratio(float(sizes.sum()), count),
        "multilateral": _ratio(float((sizes > 2).sum()), count),  # noqa: PLR2004 (a pair)
        "beyond_chain": _ratio(float(beyond.sum()), float(m.size)),
        "cross_region": _ratio(float(across.sum()), float(m.size)),
        "indivisible": _ratio(sum(ended.value[is_whole].tolist()), sum(ended.value.tolist())),
        "initiated_by_owners": _ratio(float(by_owners.sum()), count),
    }


def _trades(w: World) -> Ints:
    """Return whether two industries buy from each other in either direction, shape (k, k)."""
    industries = w.industries.size - 1
    trades = np.eye(industries, dtype=np.int32)
    for k in range(industries):
        for n in range(BOUGHT):
            trades[k, w.industries.buys[k, n]] = trades[w.industries.buys[k, n], k] = 1
    return trades


def _relations(w: World, living: Ints) -> dict[str, float]:
    """Describe the supply ties and data links that run, and the facilities."""
    f = w.firms
    ends = []
    for others in (w.relations.supplier[living], w.relations.link[living]):
        rows, columns = np.nonzero(others != NOBODY)
        ends.append((living[rows], others[rows, columns]))
    one, other = (np.concatenate([pair[n] for pair in ends]) for n in range(HOMES))
    beyond = 1 - _trades(w)[f.industry[one], f.industry[other]]
    i, j = ends[1]
    seats = np.hypot(f.x[i] - f.x[j], f.y[i] - f.y[j]).sum()
    facilities = np.hypot(f.facility_x[i] - f.facility_x[j], f.facility_y[i] - f.facility_y[j])
    return {
        "ties_beyond_chain": _ratio(float(beyond.sum()), float(one.size)),
        "ties_cross_region": _ratio(
            float((f.region[one] != f.region[other]).sum()), float(one.size)
        ),
        "facilities": float(f.facility[living].mean()) if living.size else NOT_SEEN,
        "facility_distance": _ratio(float(facilities.sum()), float(seats)),
    }


def _order(log: Noted, until: int) -> dict[str, float]:
    """Return which came first between two firms, where a link or a tie began in the year."""
    traded, linked = _first(log.ties), _first(log.links)
    links = [pair for pair, start in linked.items() if start > until - YEAR]
    ties = [pair for pair, start in traded.items() if start > until - YEAR]
    after = sum(traded.get(pair, until + 1) < linked[pair] for pair in links)
    before = sum(linked.get(pair, until + 1) < traded[pair] for pair in ties)
    return {
        "twins": _ratio(float(after), float(len(links))),
        "precursors": _ratio(float(before), float(len(ties))),
    }


def _first(spells: Spells) -> dict[tuple[int, int], int]:
    """Return the first period of each pair of firms, whoever chose the relation."""
    seen: dict[tuple[int, int], int] = {}
    pairs = np.sort(np.column_stack([spells.firm, spells.other])).tolist()
    for (one, other), start in zip(pairs, spells.start.tolist(), strict=True):
        seen[one, other] = min(start, seen.get((one, other), start))
    return seen
