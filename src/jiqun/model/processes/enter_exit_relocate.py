r"""Enter, exit, relocate 进入、退出、迁移: firms fail, spin off, and move their seats.

A firm leaves with probability h, and with probability h_b once it owes more than a quarter of its
wages. Entrants per period number :math:`e\sum_i \max(0, π_i/F_i)` on average, as firms that do well
are left and imitated, and each platform draws further ones, :math:`e_p\,o\,\ln(1+P)`. An entrant comes out of
the best of four firms, whose industry, place and logic it takes over with noise. A firm weighs a
move of its seat beside one of its partners by what it changes in freight, in wages and in data.

References
----------
Klepper, S. (2007). Disagreements, spinoffs, and the evolution of Detroit as the capital of the U.S.
automobile industry. Management Science 53(4), 616-631. doi:10.1287/mnsc.1060.0683

Paper: D2 (death), T11 (complementors follow data and rules), K2h (siting), T5 (proximity).
"""

import math
from typing import NamedTuple

import numpy as np

from jiqun.model.bounds import NonNegative, Share
from jiqun.model.compiled import inlined, inside
from jiqun.model.laws import affordable, distance, objective, strength
from jiqun.model.processes.ally import FAILED, LOST_A_MEMBER, decomposable
from jiqun.model.processes.govern import rehome
from jiqun.model.processes.mirror import MOVES_SEAT, STAYS, flow_gain
from jiqun.model.state import (
    BIRTH_CASH,
    BOUGHT,
    ENTERED,
    EXIT_CASH,
    FREE,
    HOMES,
    LEFT,
    LINKS,
    LIVING,
    MEMBERS,
    NEXT_KEY,
    NOBODY,
    PLATFORMS,
    ROLES,
    SUPPLIERS,
)
from jiqun.model.world import ENTER, EXIT, RELOCATE, World
from jiqun.numerics.addressed import address, below, normal, uniform


class Turnover(NamedTuple):
    """Parameters.

    Attributes
    ----------
    exit
        h, probability that any firm closes in a period.
    insolvency
        h_b, probability that a firm which owes too much closes in a period.
    entry
        e, entrants per period and unit of a firm's profit per factor.
    platform_entry
        e_p, entrants per period drawn by an open platform per e-fold of pooled data.
    entrant
        Factors of an entrant, 100 persons.
    cash
        Cash that an entrant brings, money.
    noise
        Standard deviation of what an entrant takes over.
    change
        Probability that an entrant is in an industry that its origin buys from.
    spread
        Standard deviation of its distance from where it comes from, km.
    relocation
        Probability that a firm considers moving in a period.
    moving_cost
        Cost of a move, money per 100 persons.
    horizon
        Periods that a firm looks ahead.
    """

    exit: Share = 0.002
    insolvency: Share = 0.25
    entry: NonNegative = 0.15
    platform_entry: NonNegative = 0.1
    entrant: NonNegative = 0.5
    cash: NonNegative = 1.0
    noise: NonNegative = 0.1
    change: Share = 0.2
    spread: NonNegative = 5.0
    relocation: Share = 0.01
    moving_cost: NonNegative = 0.3
    horizon: NonNegative = 8.0


@inside
def freight_gain(w: World, i: int, x: float, y: float) -> float:
    """Return the money per period that a seat at (x, y) would save in freight."""
    firms, saved = w.firms, 0.0
    for s in range(SUPPLIERS):
        j = w.relations.supplier[i, s]
        if j != NOBODY:
            now = distance(firms.x[i], firms.y[i], firms.x[j], firms.y[j])
            then = distance(x, y, firms.x[j], firms.y[j])
            saved += w.industries.physicality[firms.industry[j]] * (now - then) / 100.0
    return float(w.rules.produce.freight * saved / SUPPLIERS * firms.revenue[i])


@inside
def relocate(w: World, period: int, first: int, last: int) -> None:
    """Decide on moves of seats; they are made when all have decided."""
    firms, rules = w.firms, w.rules.turnover
    draws = address(w.seed, period, RELOCATE)
    for r in range(first, last):
        i = w.lists.roster[r]
        key = firms.key[i]
        cost = rules.moving_cost * firms.factors[i]
        if firms.moving[i] != STAYS or uniform(draws, key, 0) >= rules.relocation:
            continue
        which = below(draws, key, 1, SUPPLIERS + LINKS)
        if which < SUPPLIERS:
            j = w.relations.supplier[i, which]
        else:
            j = w.relations.link[i, which - SUPPLIERS]
        if j == NOBODY or not affordable(firms, i, cost):
            continue
        x = firms.x[j] + rules.spread * normal(draws, key, 2)
        y = firms.y[j] + rules.spread * normal(draws, key, 14)
        dearer = w.regions.wage[firms.region[j]] - w.regions.wage[firms.region[i]]
        money = freight_gain(w, i, x, y) - dearer * firms.factors[i]
        data = 0.0
        if not firms.facility[i] and w.switches.data_siting:
            data = flow_gain(w, i, x, y)
        gain = rules.horizon * objective(firms.logic[i], money, data, w.rules.worth) - cost
        if gain > 0.0:
            firms.moving[i] = MOVES_SEAT
            firms.to_x[i], firms.to_y[i], firms.to_region[i] = x, y, firms.region[j]
            firms.spending[i] += cost


@inside
def leave(w: World, period: int, first: int, last: int) -> None:
    """Close the firms that fail; those around them notice in ``settle``."""
    firms, rules = w.firms, w.rules.turnover
    draws = address(w.seed, period, EXIT)
    for r in range(first, last):
        i = w.lists.roster[r]
        hazard = rules.exit
        if firms.cash[i] < -0.25 * firms.wages[i]:
            hazard = max(hazard, rules.insolvency)
        if uniform(draws, firms.key[i], 0) < hazard:
            firms.alive[i] = 0


@inlined
def forget(w: World, i: int) -> None:
    """Drop relations with firms that have closed, and what is left of an alliance with them."""
    relations, alliances, alive = w.relations, w.alliances, w.firms.alive
    for s in range(SUPPLIERS):
        j = relations.supplier[i, s]
        if j != NOBODY and not alive[j]:
            relations.supplier[i, s] = NOBODY
    for s in range(LINKS):
        j = relations.link[i, s]
        if j != NOBODY and not alive[j]:
            relations.link[i, s] = NOBODY
    size, member = 0, alliances.member[i]
    if alliances.headcount[i] == 0:
        return
    for m in range(alliances.headcount[i]):
        if alive[member[m]]:
            member[size] = member[m]
            size += 1
    if size == alliances.headcount[i]:
        return
    for m in range(size, MEMBERS):
        member[m] = NOBODY
    decomposes = decomposable(alliances.technology[i])
    goes_on = decomposes and size > 1 and alive[i]
    alliances.event[i] = LOST_A_MEMBER if goes_on else FAILED
    alliances.headcount[i] = size if goes_on else 0


@inside
def settle(w: World, period: int, first: int, last: int) -> None:
    """Carry out what firms decided, and clear away what is gone; each firm in its own row."""
    firms = w.firms
    for r in range(first, last):
        i = w.lists.roster[r]
        forget(w, i)
        rehome(w, period, i)
        if firms.moving[i] == STAYS:
            continue
        if firms.moving[i] == MOVES_SEAT:
            firms.x[i], firms.y[i], firms.region[i] = (
                firms.to_x[i],
                firms.to_y[i],
                firms.to_region[i],
            )
            if not firms.facility[i]:
                firms.facility_x[i], firms.facility_y[i] = firms.to_x[i], firms.to_y[i]
        else:
            firms.facility[i] = 1
            firms.facility_x[i], firms.facility_y[i] = firms.to_x[i], firms.to_y[i]


@inside
def bury(w: World) -> None:
    """Take closed firms off the roster and give their slots back."""
    firms, roster, count = w.firms, w.lists.roster, w.tally
    kept, free = 0, w.free
    for r in range(count[LIVING]):
        i = roster[r]
        if firms.alive[i]:
            roster[kept] = i
            kept += 1
            continue
        for h in range(HOMES):
            w.relations.home[i, h] = NOBODY
        w.alliances.headcount[i] = 0
        w.total[EXIT_CASH] += firms.cash[i]
        free[count[FREE]] = i
        count[FREE] += 1
        count[LEFT] += 1
    count[LIVING] = kept


@inside
def origin(w: World, draws: np.uint64, n: int) -> int:
    """Return the most profitable per factor of four firms drawn for the n-th entrant."""
    best = w.lists.roster[below(draws, n, 0, w.tally[LIVING])]
    firms = w.firms
    for d in range(1, 4):
        j = w.lists.roster[below(draws, n, d, w.tally[LIVING])]
        if firms.profit[j] / firms.factors[j] > firms.profit[best] / firms.factors[best]:
            best = j
    return int(best)


@inside
def clear_slot(w: World, i: int) -> None:
    """Empty everything that the last firm in a slot left behind."""
    firms, relations = w.firms, w.relations
    relations.supplier[i, :] = NOBODY
    relations.link[i, :] = NOBODY
    relations.home[i, :] = NOBODY
    relations.candidate[i, :] = NOBODY
    relations.joining[i], relations.leaving[i], relations.opening[i] = NOBODY, NOBODY, -1.0
    w.alliances.headcount[i], w.alliances.event[i] = 0, 0
    firms.attraction[i, :] = 0.0
    firms.mode[i], firms.innovated[i], firms.parent[i] = NOBODY, NOBODY, NOBODY
    firms.contributed[i], firms.reachable[i], firms.service[i] = 0.0, 0.0, 0.0
    firms.revenue[i], firms.digital_revenue[i], firms.profit[i] = 0.0, 0.0, 0.0
    firms.growth[i], firms.output[i], firms.price[i], firms.wages[i] = 0.0, 0.0, 0.0, 0.0
    firms.spending[i], firms.spent[i], firms.data_spending[i] = 0.0, 0.0, 0.0
    firms.research[i], firms.fees_paid[i], firms.fees_received[i] = 0.0, 0.0, 0.0
    firms.transfer[i], firms.joint_data[i] = 0.0, 0.0
    firms.facility[i], firms.moving[i], firms.followers[i] = 0, 0, 0
    relations.customer[i] = NOBODY


@inside
def spin_off(w: World, period: int, i: int, j: int, draws: np.uint64, n: int) -> None:
    """Found a firm in slot i out of firm j."""
    firms, rules = w.firms, w.rules.turnover
    clear_slot(w, i)
    firms.key[i] = w.tally[NEXT_KEY]
    w.tally[NEXT_KEY] += 1
    firms.alive[i], firms.born[i] = 1, period
    firms.industry[i], firms.region[i] = firms.industry[j], firms.region[j]
    if uniform(draws, n, 4) < rules.change:
        wanted = w.industries.buys[firms.industry[j]]
        firms.industry[i] = wanted[below(draws, n, 5, BOUGHT)]
    firms.x[i] = firms.x[j] + rules.spread * normal(draws, n, 10)
    firms.y[i] = firms.y[j] + rules.spread * normal(draws, n, 22)
    firms.facility_x[i], firms.facility_y[i] = firms.x[i], firms.y[i]
    for role in range(ROLES):
        skill = firms.capability[j, role] + 2.0 * rules.noise * normal(draws, n, 34 + 12 * role)
        firms.capability[i, role] = min(1.0, max(0.0, skill))
    logic = firms.logic[j] + rules.noise * normal(draws, n, 90)
    if not w.switches.inheritance:
        logic = uniform(draws, n, 6)
    firms.logic[i] = min(1.0, max(0.0, logic))
    firms.next_logic[i] = firms.logic[i]
    firms.digital[i] = 0.5 * firms.digital[j]
    firms.next_digital[i] = firms.digital[i]
    firms.stock[i], firms.factors[i] = 0.2 * strength(firms.stock[j]), rules.entrant
    firms.service[i] = 0.2 * strength(firms.service[j])
    firms.efficiency[i], firms.quality[i] = firms.efficiency[j], firms.quality[j]
    firms.share[i], firms.exponent[i] = firms.share[j], firms.exponent[j]
    firms.cash[i] = rules.cash
    w.total[BIRTH_CASH] += rules.cash


@inside
def expected_entrants(w: World) -> float:
    """Return the mean number of entrants in a period."""
    firms, living, rules = w.firms, w.tally[LIVING], w.rules.turnover
    expected = 0.0
    for r in range(living):
        i = w.lists.roster[r]
        expected += rules.entry * max(0.0, firms.profit[i] / firms.factors[i])
    for p in range(PLATFORMS):
        if w.platforms.owner[p] != NOBODY and w.switches.data_effect:
            expected += (
                rules.platform_entry
                * w.platforms.openness[p]
                * math.log(1.0 + w.platforms.pooled[p])
            )
    return float(expected)


@inside
def enter(w: World, period: int) -> None:
    """Bury the closed and found the new, as many as have room."""
    bury(w)
    count = w.tally
    if count[LIVING] == 0:
        return
    draws = address(w.seed, period, ENTER)
    expected = min(expected_entrants(w), 0.05 * count[LIVING])
    born = math.floor(expected + uniform(draws, 0, 99))
    for n in range(born):
        if count[FREE] == 0 or not w.switches.entry:
            return
        j = origin(w, draws, n)
        count[FREE] -= 1
        i = w.free[count[FREE]]
        spin_off(w, period, i, j, draws, n)
        w.lists.roster[count[LIVING]] = i
        count[LIVING] += 1
        count[ENTERED] += 1
