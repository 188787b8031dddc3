r"""Mirror 镜像: data links between firms, and data facilities placed where the data flow.

A link brings data in every period,

.. math::  g\sqrt{c_ic_j}\,\frac{D_j}{1+D_j}\,(1 + κ\,e^{-d_{ij}/\ell}),

d being the distance of the two data facilities (or seats), and a link to one's own supplier also lets
capacity be shared (``produce``). A firm looks at its
suppliers, its main customer and those that it sees, and links to the one with the highest gain in its
own objective, if that exceeds the cost :math:`k(1-\sqrt{c_ic_j})(1-\tfrac12 o)` (o: modularity of a
shared platform). To whom the first kind of gain matters more, links go where data are; to whom the
second, they twin the ties that are there: the order of the mirror follows from the objective. A facility is placed beside a partner in data,
and placed anew beside another, where what it adds to the flows of all links exceeds its cost.

References
----------
Haythornthwaite, C. (2005). Social networks and Internet connectivity effects. Information,
Communication & Society 8(2), 125-147. doi:10.1080/13691180500146185

Paper: K2b-K2d, K2g-K2i (mirror and its order, siting by data flows), Z3, Z4, P3d.
"""

import math
from typing import NamedTuple

from jiqun.model.bounds import NonNegative, Positive, Share
from jiqun.model.compiled import inside
from jiqun.model.laws import affordable, distance, objective, shared_platform, strength
from jiqun.model.state import CANDIDATES, LINKS, NOBODY, SUPPLIERS
from jiqun.model.world import MIRROR, SITE, World
from jiqun.numerics.addressed import address, below, normal, uniform

STAYS, OPENS_FACILITY, MOVES_SEAT = range(3)


class Mirroring(NamedTuple):
    """Parameters.

    Attributes
    ----------
    chance
        Probability that a firm considers a link in a free place in a period.
    flow
        g, data that a link brings in a period.
    near
        κ, what proximity of the two data facilities adds to the flow.
    near_reach
        ℓ, distance at which that has fallen to 1/e, km.
    cost
        k, cost of linking two analogue firms, money.
    horizon
        Periods that a firm looks ahead.
    ending
        Probability that a new link ends in a period.
    habit
        Age at which that probability has halved, periods.
    site_chance
        Probability that a firm considers a data facility in a period.
    site_cost
        Cost of a data facility, money.
    site_spread
        Standard deviation of its distance from the partner chosen, km, in each direction.
    """

    chance: Share = 0.3
    flow: NonNegative = 0.3
    near: NonNegative = 1.0
    near_reach: Positive = 15.0
    cost: NonNegative = 0.5
    horizon: Positive = 8.0
    ending: Share = 0.04
    habit: Positive = 12.0
    site_chance: Share = 0.1
    site_cost: NonNegative = 0.1
    site_spread: NonNegative = 2.0


@inside
def flow(w: World, i: int, j: int, x: float, y: float) -> float:
    """Return the data that a link of i to j brings, with i's facility at (x, y)."""
    firms, rules = w.firms, w.rules.mirror
    joint = math.sqrt(firms.digital[i] * firms.digital[j]) * strength(firms.stock[j])
    km = distance(x, y, firms.facility_x[j], firms.facility_y[j])
    return rules.flow * joint * (1.0 + rules.near * math.exp(-km / rules.near_reach))


@inside
def linked(w: World, i: int, j: int) -> bool:
    """Say whether firm i has a link to firm j."""
    for s in range(LINKS):
        if w.relations.link[i, s] == j:
            return True
    return False


@inside
def link_gain(w: World, i: int, j: int) -> float:
    """Return what a link to j would bring firm i in its own objective, less its cost."""
    firms, rules = w.firms, w.rules.mirror
    money, joint = 0.0, math.sqrt(firms.digital[i] * firms.digital[j])
    for s in range(SUPPLIERS):
        if w.relations.supplier[i, s] == j and w.switches.mirror:
            money = w.rules.produce.twin / SUPPLIERS * joint * firms.revenue[i]
    data = flow(w, i, j, firms.facility_x[i], firms.facility_y[i])
    cost = rules.cost * (1.0 - joint)
    p = shared_platform(w.relations, i, j)
    if p != NOBODY:
        cost *= 1.0 - 0.5 * w.platforms.modularity[p]
    return rules.horizon * objective(firms.logic[i], money, data, w.rules.worth) - cost


@inside
def best_partner(w: World, i: int) -> int:
    """Return the known firm whose data would gain firm i most, or nobody where none pays."""
    best, most = NOBODY, 0.0
    for n in range(SUPPLIERS + 1 + CANDIDATES):
        if n < SUPPLIERS:
            j = w.relations.supplier[i, n]
        elif n == SUPPLIERS:
            j = w.relations.customer[i]
        else:
            j = w.relations.candidate[i, n - SUPPLIERS - 1]
        if j == NOBODY or linked(w, i, j):
            continue
        gain = link_gain(w, i, j)
        if gain > most:
            best, most = int(j), gain
    return best


@inside
def mirror(w: World, period: int, first: int, last: int) -> None:
    """End data links, open new ones, and let data flow along them."""
    firms, relations, rules = w.firms, w.relations, w.rules.mirror
    draws = address(w.seed, period, MIRROR)
    for r in range(first, last):
        i = w.lists.roster[r]
        key = firms.key[i]
        considered = False
        for s in range(LINKS):
            j, luck = relations.link[i, s], uniform(draws, key, s)
            if j != NOBODY:
                age = period - relations.link_since[i, s]
                if luck < rules.ending / (1.0 + age / rules.habit):
                    relations.link[i, s] = NOBODY
                else:
                    x, y = firms.facility_x[i], firms.facility_y[i]
                    firms.joint_data[i] += flow(w, i, j, x, y)
                continue
            if considered or luck >= rules.chance:
                continue
            considered = True
            j = best_partner(w, i)
            if j == NOBODY:
                continue
            relations.link[i, s] = j
            relations.link_since[i, s] = period
            firms.spending[i] += rules.cost * (1.0 - math.sqrt(firms.digital[i] * firms.digital[j]))


@inside
def flow_gain(w: World, i: int, x: float, y: float) -> float:
    """Return what a facility at (x, y) would add to the flows of all links of firm i."""
    firms, gain = w.firms, 0.0
    for s in range(LINKS):
        j = w.relations.link[i, s]
        if j != NOBODY:
            gain += flow(w, i, j, x, y)
            gain -= flow(w, i, j, firms.facility_x[i], firms.facility_y[i])
    return gain


@inside
def site(w: World, period: int, first: int, last: int) -> None:
    """Decide on data facilities; they are opened when all have decided."""
    firms, relations, rules = w.firms, w.relations, w.rules.mirror
    draws = address(w.seed, period, SITE)
    for r in range(first, last):
        i = w.lists.roster[r]
        key = firms.key[i]
        firms.moving[i] = STAYS
        cost = rules.site_cost * (1.0 - w.levers.coordination[period])
        if uniform(draws, key, 0) >= rules.site_chance:
            continue
        j = relations.link[i, below(draws, key, 1, LINKS)]
        if j == NOBODY or not affordable(firms, i, cost):
            continue
        if w.switches.data_siting:
            x = firms.facility_x[j] + rules.site_spread * normal(draws, key, 2)
            y = firms.facility_y[j] + rules.site_spread * normal(draws, key, 14)
        else:
            g = below(draws, key, 26, w.regions.size - 1)
            x = w.regions.x[g] + w.regions.spread[g] * normal(draws, key, 2)
            y = w.regions.y[g] + w.regions.spread[g] * normal(draws, key, 14)
        data = rules.horizon * flow_gain(w, i, x, y)
        gain = objective(firms.logic[i], 0.0, data, w.rules.worth) - cost
        if gain > 0.0 or not w.switches.data_siting:
            firms.moving[i] = OPENS_FACILITY
            firms.to_x[i], firms.to_y[i] = x, y
            firms.spending[i] += cost
