"""Ties, mirror, sites, platforms joined, moves: with whom and where firms go on."""

import math

from jiqun.model.processes.mirror import MOVES_SEAT, OPENS_FACILITY, STAYS
from jiqun.model.state import HOMES, LINKS, PLATFORMS, SUPPLIERS
from jiqun.model.world import MIRROR, PLATFORM, RELOCATE, SITE, TIE
from reference.draws import Draws
from reference.entities import (
    Firm,
    Platform,
    State,
    distance,
    shared_platform,
    strength,
)


def tie(s: State, period: int) -> None:
    """End supply ties, and open the one that gains most."""
    rules, draws = s.rules.tie, s.draws(period, TIE)
    for firm in s.firms:
        free = None
        for place, supplier in enumerate(firm.suppliers):
            if supplier is None:
                free = place
                continue
            age = period - firm.supplier_since[place]
            if draws.uniform(firm.key, place) < rules.ending / (1.0 + age / rules.habit):
                firm.suppliers[place] = None
        if free is None:
            continue
        best, most = None, 0.0
        for j in (*firm.links, *firm.candidates):
            if j is None or j.industry not in firm.industry.buys or j in firm.suppliers:
                continue
            gain = _supply_gain(s, firm, j)
            if gain > most:
                best, most = j, gain
        chance = 1.0 - math.exp(-rules.rate * most / firm.factors)
        if draws.uniform(firm.key, SUPPLIERS) < chance:
            firm.suppliers[free], firm.supplier_since[free] = best, period


def _supply_gain(s: State, firm: Firm, j: Firm) -> float:
    """Return what a supplier brings, in the firm's objective."""
    rules = s.rules.produce
    freight = rules.freight * j.industry.physicality * firm.seat_distance(j) / 100.0
    money = firm.revenue * (rules.chain / SUPPLIERS - freight / SUPPLIERS)
    if s.switches.mirror and j in firm.links:
        joint = math.sqrt(firm.digital * j.digital)
        money += firm.revenue * rules.twin / SUPPLIERS * joint
    return firm.value(money, 0.0, s.rules.worth)


def flow(s: State, firm: Firm, j: Firm, x: float, y: float) -> float:
    """Return the data that a link to j brings with a facility at (x, y)."""
    rules = s.rules.mirror
    joint = math.sqrt(firm.digital * j.digital) * strength(j.stock)
    km = distance(x, y, j.facility_x, j.facility_y)
    return rules.flow * joint * (1.0 + rules.near * math.exp(-km / rules.near_reach))


def flow_gain(s: State, firm: Firm, x: float, y: float) -> float:
    """Return what a facility at (x, y) adds to the flows of all links."""
    gain = 0.0
    for j in firm.links:
        if j is not None:
            gain += flow(s, firm, j, x, y)
            gain -= flow(s, firm, j, firm.facility_x, firm.facility_y)
    return gain


def mirror(s: State, period: int) -> None:
    """End data links, let data flow, and open the link that gains most."""
    rules, draws = s.rules.mirror, s.draws(period, MIRROR)
    for firm in s.firms:
        considered = False
        for place in range(LINKS):
            j, luck = firm.links[place], draws.uniform(firm.key, place)
            if j is not None:
                age = period - firm.link_since[place]
                if luck < rules.ending / (1.0 + age / rules.habit):
                    firm.links[place] = None
                else:
                    firm.joint_data += flow(s, firm, j, firm.facility_x, firm.facility_y)
            elif not considered and luck < rules.chance:
                considered = True
                best = _best_partner(s, firm)
                if best is not None:
                    firm.links[place], firm.link_since[place] = best, period
                    firm.spending += rules.cost * (1.0 - math.sqrt(firm.digital * best.digital))


def _best_partner(s: State, firm: Firm) -> Firm | None:
    """Return the known firm to which a link gains most, if it pays."""
    best, most = None, 0.0
    for j in (*firm.suppliers, firm.customer, *firm.candidates):
        if j is None or j in firm.links:
            continue
        gain = _link_gain(s, firm, j)
        if gain > most:
            best, most = j, gain
    return best


def _link_gain(s: State, firm: Firm, j: Firm) -> float:
    """Return what a link brings over the horizon, less its cost."""
    rules, joint = s.rules.mirror, math.sqrt(firm.digital * j.digital)
    money = 0.0
    if j in firm.suppliers and s.switches.mirror:
        money = s.rules.produce.twin / SUPPLIERS * joint * firm.revenue
    data = flow(s, firm, j, firm.facility_x, firm.facility_y)
    cost, p = rules.cost * (1.0 - joint), shared_platform(firm, j)
    if p is not None:
        cost *= 1.0 - 0.5 * p.modularity
    return rules.horizon * firm.value(money, data, s.rules.worth) - cost


def site(s: State, period: int) -> None:
    """Decide on data facilities."""
    rules, draws = s.rules.mirror, s.draws(period, SITE)
    cost = rules.site_cost * (1.0 - float(s.levers.coordination[period]))
    for firm in s.firms:
        firm.moving, key = STAYS, firm.key
        if draws.uniform(key, 0) >= rules.site_chance:
            continue
        j = firm.links[draws.below(key, 1, LINKS)]
        if j is None or not firm.affords(cost):
            continue
        middle_x, middle_y, spread = j.facility_x, j.facility_y, rules.site_spread
        if not s.switches.data_siting:
            g = s.regions[draws.below(key, 26, len(s.regions))]
            middle_x, middle_y, spread = g.x, g.y, g.spread
        x = middle_x + spread * draws.normal(key, 2)
        y = middle_y + spread * draws.normal(key, 14)
        data = rules.horizon * flow_gain(s, firm, x, y)
        gain = firm.value(0.0, data, s.rules.worth) - cost
        if gain > 0.0 or not s.switches.data_siting:
            firm.moving, firm.to_x, firm.to_y = OPENS_FACILITY, x, y
            firm.spending += cost


def insight(firm: Firm) -> float:
    """Return how far data and capability let a firm run relations on a platform."""
    return firm.digital * strength(firm.stock)


def stay_gain(s: State, firm: Firm, p: Platform) -> float:
    """Return what a period on a platform brings, in the firm's objective."""
    rules, trade = s.rules.platform, s.rules.market
    related = [j for j in firm.related() if j is not None]
    there = sum(p in j.homes for j in related)
    money = -rules.membership
    if related:
        money += rules.relations * insight(firm) * firm.revenue * there / len(related)
    if s.switches.direct_effect:
        money += rules.direct * math.log(1.0 + p.members)
    spent = trade.spending_per_user * p.users
    sold = spent * firm.service / (p.services + firm.service + trade.outside_service)
    money += (1.0 - p.fee) * sold
    pooled = math.pow(p.pooled, s.rules.produce.pool_power)
    data = rules.data_use * firm.digital * p.openness * pooled
    return firm.value(money, data, s.rules.worth)


def join(s: State, period: int) -> None:
    """Decide which platform to join, leave or open."""
    rules, draws = s.rules.platform, s.draws(period, PLATFORM)
    for firm in s.firms:
        firm.joining, firm.leaving, firm.opening, key = None, None, -1.0, firm.key
        if not s.switches.platforms:
            continue
        if draws.uniform(key, 0) < rules.join_chance:
            firm.joining = _consider(s, firm, _heard_of(s, firm, draws))
        h = draws.below(key, 2, HOMES)
        p = firm.homes[h]
        if p is not None and p.owner is not firm and draws.uniform(key, 3) < rules.join_chance:
            firm.leaving = h if stay_gain(s, firm, p) < 0.0 else None
        for _ in firm.on():
            firm.spending += rules.membership
        owns = any(q.owner is firm for q in firm.on())
        if not owns and draws.uniform(key, 4) < rules.open_chance and firm.affords(rules.open_cost):
            firm.opening = _best_openness(s, firm)


def _heard_of(s: State, firm: Firm, draws: Draws) -> Platform | None:
    """Return a platform of an acquaintance, or any one, or none."""
    known = [*firm.related(), *firm.candidates]
    which = draws.below(firm.key, 1, 2 * len(known))
    if which >= len(known):
        p = s.platforms[draws.below(firm.key, 5, PLATFORMS)]
        return p if p.owner is not None else None
    j = known[which]
    if j is None:
        return None
    first = j.homes[0]
    return j.homes[1] if first is None or first in firm.homes else first


def _consider(s: State, firm: Firm, p: Platform | None) -> Platform | None:
    """Return the platform if joining it is possible and pays."""
    rules, homes = s.rules.platform, firm.homes
    free = homes[0] is None or (homes[1] is None and s.switches.multi_homing)
    if not free or p is None or p in homes:
        return None
    if firm.industry.number not in p.offers or firm.digital < p.admission:
        return None
    cost = rules.join_cost * (1.0 - p.modularity)
    if rules.horizon * stay_gain(s, firm, p) > cost and firm.affords(cost):
        firm.spending += cost
        return p
    return None


def _best_openness(s: State, firm: Firm) -> float:
    """Return the openness that promises an owner most, or -1."""
    rules, trade, books = s.rules.platform, s.rules.market, s.rules.accumulate_data
    taken = 0.0
    for p in s.platforms:
        taken += p.services
    expected = rules.visitors * firm.service * rules.elsewhere / (rules.elsewhere + taken)
    best, most = -1.0, rules.open_cost
    for tenth in range(1, 10):
        o = tenth / 10.0
        users = expected * o
        money = trade.spending_per_user * users * (1.0 - trade.support)
        money += rules.direct * math.log(1.0 + o * firm.followers)
        money += (rules.relations * insight(firm) * o - rules.leak * o * o) * firm.revenue
        money -= rules.running
        given = books.pooling * o * o * firm.followers * rules.data_use
        traces = books.user_data * firm.digital * users
        gain = rules.horizon * firm.value(money, given + traces, s.rules.worth)
        if gain > most:
            best, most = o, gain
    return best


def relocate(s: State, period: int) -> None:
    """Decide on moves of seats."""
    rules, draws = s.rules.turnover, s.draws(period, RELOCATE)
    for firm in s.firms:
        key, cost = firm.key, rules.moving_cost * firm.factors
        if firm.moving != STAYS or draws.uniform(key, 0) >= rules.relocation:
            continue
        j = [*firm.suppliers, *firm.links][draws.below(key, 1, SUPPLIERS + LINKS)]
        if j is None or not firm.affords(cost):
            continue
        x = j.x + rules.spread * draws.normal(key, 2)
        y = j.y + rules.spread * draws.normal(key, 14)
        saved = 0.0
        for supplier in firm.suppliers:
            if supplier is not None:
                then = distance(x, y, supplier.x, supplier.y)
                shorter = firm.seat_distance(supplier) - then
                saved += supplier.industry.physicality * shorter / 100.0
        freight = s.rules.produce.freight * saved / SUPPLIERS * firm.revenue
        money = freight - (j.region.wage - firm.region.wage) * firm.factors
        moves_data = not firm.facility and s.switches.data_siting
        data = flow_gain(s, firm, x, y) if moves_data else 0.0
        if rules.horizon * firm.value(money, data, s.rules.worth) - cost > 0.0:
            firm.moving, firm.to_x, firm.to_y, firm.to_region = MOVES_SEAT, x, y, j.region
            firm.spending += cost
