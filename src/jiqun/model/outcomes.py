"""What a run led to, in numbers of the model's own; the measures read the record instead.

Every number is a description of the final state or of the log. None names a kind of cluster.

Paper: K1c, K2c, K3g, K4c, K4d, N2a (what the ledger of mechanisms looks at).
"""

import math
from dataclasses import dataclass

import numpy as np

from jiqun.model.processes.ally import MULTIPLICATIVE, WEAKEST_LINK
from jiqun.model.processes.innovate import CONVERGENCE, DIGITAL_VALUE
from jiqun.model.simulation import Simulation
from jiqun.model.state import LIVING, NOBODY

NOT_SEEN = math.nan


@dataclass(frozen=True, slots=True)
class Outcome:
    """Numbers of one run.

    Attributes
    ----------
    growth
        Sales of the last year over those of the first.
    firms
        Firms at the end.
    digital_sales
        Share of digital services in the sales of the last year.
    sigma
        Elasticity of substitution of the three firms with most sales, the largest first by weight.
    virtual_first
        Among pairs that had both a supply tie and a data link, the share whose link came first.
    alliance_size
        Mean number of members over all alliances.
    indivisible
        Share of alliances whose value does not divide into members or pairs.
    digital_value
        Share of convergence and digital value among innovations.
    users
        Users at the end.
    facility_distance
        Mean distance of linked firms' data facilities over that of their seats.
    """

    growth: float
    firms: float
    digital_sales: float
    sigma: float
    virtual_first: float
    alliance_size: float
    indivisible: float
    digital_value: float
    users: float
    facility_distance: float


def outcome(run: Simulation) -> Outcome:
    """Describe a run that was recorded."""
    w, log = run.world, run.log
    living = w.lists.roster[: int(w.tally[LIVING])]
    years = run.period // 4
    sales, digital = np.zeros(years + 1), np.zeros(years + 1)
    for (_, year), row in log.accounts.items():
        sales[year] += row[0]
        digital[year] += row[1]
    last = max(years - 1, 0)
    modes = np.array([row[2] for row in log.innovations], dtype=np.int64)
    sizes = [len(a.members) for a, *_ in log.alliances]
    return Outcome(
        growth=float(sales[last] / sales[0]) if sales[0] > 0 else NOT_SEEN,
        firms=float(living.size),
        digital_sales=float(digital[last] / sales[last]) if sales[last] > 0 else NOT_SEEN,
        sigma=_leading_sigma(run),
        virtual_first=_virtual_first(run),
        alliance_size=float(np.mean(sizes)) if sizes else NOT_SEEN,
        indivisible=_indivisible(run),
        digital_value=_share(modes == DIGITAL_VALUE) + _share(modes == CONVERGENCE),
        users=float(w.platforms.users.sum()),
        facility_distance=_facility_distance(run),
    )


def _share(chosen: np.ndarray) -> float:
    """Return a share, or that it was not seen."""
    return float(chosen.mean()) if chosen.size else NOT_SEEN


def _leading_sigma(run: Simulation) -> float:
    """Return the mean elasticity of the three firms with most sales."""
    w = run.world
    living = w.lists.roster[: int(w.tally[LIVING])]
    if living.size == 0:
        return NOT_SEEN
    income = (w.firms.revenue + w.firms.digital_revenue)[living]
    first = living[np.argsort(-income, kind="stable")[:3]]
    return float(np.mean(1.0 / (1.0 - w.firms.exponent[first])))


def _virtual_first(run: Simulation) -> float:
    """Return the share of twice-related pairs that were linked before they traded."""
    log = run.log
    first: list[dict[tuple[int, int], int]] = []
    for ended, going in ((log.ties, log.open_ties), (log.links, log.open_links)):
        seen: dict[tuple[int, int], int] = {}
        starts = [(a, b, start) for a, b, start, _ in ended]
        starts += [(a, b, start) for (a, b), start in going.items()]
        for a, b, start in starts:
            pair = (min(a, b), max(a, b))
            seen[pair] = min(start, seen.get(pair, start))
        first.append(seen)
    order = [
        first[1][p] < first[0][p]
        for p in first[0].keys() & first[1].keys()
        if first[1][p] != first[0][p]
    ]
    return float(np.mean(order)) if order else NOT_SEEN


def _indivisible(run: Simulation) -> float:
    """Return the share of alliances that ran on one product of all roles."""
    technologies = [a.technology for a, *_ in run.log.alliances]
    whole = [t in {MULTIPLICATIVE, WEAKEST_LINK} for t in technologies]
    return float(np.mean(whole)) if whole else NOT_SEEN


def _facility_distance(run: Simulation) -> float:
    """Return how much nearer linked firms' facilities are than their seats."""
    w = run.world
    f = w.firms
    living = w.lists.roster[: int(w.tally[LIVING])]
    rows, columns = np.nonzero(w.relations.link[living] != NOBODY)
    i = living[rows]
    j = w.relations.link[i, columns]
    seats = np.hypot(f.x[i] - f.x[j], f.y[i] - f.y[j])
    facilities = np.hypot(f.facility_x[i] - f.facility_x[j], f.facility_y[i] - f.facility_y[j])
    return float(facilities.mean() / seats.mean()) if i.size and seats.mean() > 0 else NOT_SEEN
