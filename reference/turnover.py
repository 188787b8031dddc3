"""Leave, govern, settle, enter: firms and platforms come and go."""

import math

from jiqun.model.processes.ally import FAILED, LOST_A_MEMBER
from jiqun.model.processes.govern import TRIAL
from jiqun.model.processes.mirror import MOVES_SEAT, STAYS
from jiqun.model.state import HOMES, ROLES
from jiqun.model.world import ENTER, EXIT, GOVERN
from reference.draws import Draws
from reference.entities import Firm, Platform, State, strength
from reference.novelty import decomposable
from reference.relating import stay_gain


def leave(s: State, period: int) -> None:
    """Let firms fail."""
    rules, draws = s.rules.turnover, s.draws(period, EXIT)
    for firm in s.firms:
        hazard = rules.exit
        if firm.cash < -0.25 * firm.wages:
            hazard = max(hazard, rules.insolvency)
        if draws.uniform(firm.key, 0) < hazard:
            firm.alive = False


def appeal(s: State, p: Platform) -> float:
    """Return what draws users to a platform."""
    rules, drawn = s.rules.platform, p.services
    if s.switches.direct_effect:
        drawn *= math.pow(1.0 + p.users / rules.user_scale, rules.user_effect)
    if s.switches.cross_effect:
        drawn *= math.pow(1.0 + p.members / rules.member_scale, rules.member_effect)
    if s.switches.data_effect:
        drawn *= math.pow(1.0 + p.pooled / rules.data_scale, rules.data_effect)
    return drawn


def govern(s: State, period: int) -> None:
    """Close platforms, move users, extend what runs, open what was decided on."""
    draws = s.draws(period, GOVERN)
    for p in s.platforms:
        if p.owner is None:
            continue
        asks = period >= p.since + TRIAL
        asks = asks and draws.uniform(p.serial, 2) < s.rules.platform.close_chance
        if not p.owner.alive or p.owner.cash < 0.0 or (asks and not _pays(s, p, p.owner)):
            p.owner = None
            p.users = p.pooled = p.services = 0.0
            p.members = 0
    _move_users(s, period)
    for p in s.platforms:
        if p.owner is not None:
            _extend(s, p, p.owner, draws)
    for firm in s.firms:
        if firm.opening > 0.0 and firm.alive:
            _launch(s, period, firm)


def _pays(s: State, p: Platform, owner: Firm) -> bool:
    """Say whether a platform brings its owner more than it costs."""
    rules = s.rules.platform
    cost = rules.running + rules.upkeep * p.users - owner.fees_received
    return stay_gain(s, owner, p) > owner.value(cost, 0.0, s.rules.worth)


def _move_users(s: State, period: int) -> None:
    """Let users leave and arrive."""
    rules = s.rules.platform
    running = [p for p in s.platforms if p.owner is not None]
    there, drawn = 0.0, rules.elsewhere
    for p in running:
        there += p.users
        drawn += appeal(s, p)
    newcomers = rules.arrival * max(0.0, rules.population - there)
    for p in running:
        assert p.owner is not None
        arriving = newcomers * appeal(s, p) / drawn
        public = p.owner.region.infrastructure + float(s.levers.infrastructure[period])
        limit = p.infrastructure + rules.served * public - p.members
        p.users = max(0.0, min((1.0 - rules.churn) * p.users + arriving, limit))
        p.owner.spending += rules.running + rules.upkeep * p.users


def _extend(s: State, p: Platform, owner: Firm, draws: Draws) -> None:
    """Buy capacity, and add an industry."""
    rules = s.rules.platform
    if p.users + p.members > 0.8 * p.infrastructure:
        more = 0.25 * p.infrastructure + 1.0
        if owner.affords(more / rules.served):
            owner.spending += more / rules.served
            p.infrastructure += more
    if not s.switches.functions or draws.uniform(p.serial, 0) >= rules.function_chance:
        return
    new = s.industries[draws.below(p.serial, 1, len(s.industries))]
    served = [k for k in s.industries if k.number in p.offers]
    near = sum(new in k.buys or k in new.buys for k in served)
    density = near / len(served) if served else 0.0
    related = not s.switches.relatedness or draws.uniform(p.serial, 3) < density
    if related and new.number not in p.offers and owner.affords(rules.function_cost):
        owner.spending += rules.function_cost
        p.offers.add(new.number)
        p.modularity = min(0.9, p.modularity + 0.05)


def _launch(s: State, period: int, firm: Firm) -> None:
    """Open a platform, if there is a place that nobody takes part in any more."""
    rules = s.rules.platform
    empty = [p for p in s.platforms if p.owner is None and not p.participants]
    if not firm.affords(rules.open_cost) or not empty:
        return
    p = empty[0]
    p.owner, p.serial, p.since = firm, s.next_platform, period
    s.next_platform += 1
    p.openness, p.modularity, p.fee = firm.opening, 0.5 * firm.opening, rules.fee
    p.admission, p.infrastructure, p.users, p.pooled = 0.05, rules.served, 1.0, 0.0
    p.offers = {firm.industry.number, *(k.number for k in firm.industry.buys)}
    firm.spending += rules.open_cost
    firm.homes[1 if firm.homes[0] is not None else 0] = p


def settle(s: State) -> None:
    """Carry out what was decided, and clear away what is gone."""
    for firm in s.firms:
        firm.suppliers = [j if j is not None and j.alive else None for j in firm.suppliers]
        firm.links = [j if j is not None and j.alive else None for j in firm.links]
        _lose_dead_members(firm)
        _rehome(firm)
        if firm.moving == STAYS:
            continue
        if firm.moving == MOVES_SEAT:
            assert firm.to_region is not None
            firm.x, firm.y, firm.region = firm.to_x, firm.to_y, firm.to_region
        else:
            firm.facility = 1
        if firm.moving != MOVES_SEAT or not firm.facility:
            firm.facility_x, firm.facility_y = firm.to_x, firm.to_y


def _lose_dead_members(firm: Firm) -> None:
    """Go on without closed members where that is possible."""
    alliance = firm.alliance
    if alliance is None:
        return
    left = [m for m in alliance.members if m.alive]
    if len(left) == len(alliance.members):
        return
    alliance.members = left
    if decomposable(alliance.technology) and len(left) > 1 and firm.alive:
        firm.event = LOST_A_MEMBER
    else:
        firm.event, firm.alliance = FAILED, None


def _rehome(firm: Firm) -> None:
    """Leave closed platforms, and leave and join as decided."""
    firm.homes = [p if p is not None and p.owner is not None else None for p in firm.homes]
    if firm.leaving is not None:
        p = firm.homes[firm.leaving]
        if p is not None and p.owner is not firm:
            firm.homes[firm.leaving] = None
    if firm.joining is None or firm.joining.owner is None:
        return
    for h in range(HOMES):
        if firm.homes[h] is None:
            firm.homes[h] = firm.joining
            return


def enter(s: State, period: int) -> None:
    """Bury the closed and found the new."""
    rules, draws = s.rules.turnover, s.draws(period, ENTER)
    s.firms = [firm for firm in s.firms if firm.alive]
    if not s.firms:
        return
    expected = 0.0
    for firm in s.firms:
        expected += rules.entry * max(0.0, firm.profit / firm.factors)
    for p in s.platforms:
        if p.owner is not None and s.switches.data_effect:
            expected += rules.platform_entry * p.openness * math.log(1.0 + p.pooled)
    expected = min(expected, 0.05 * len(s.firms))
    for n in range(math.floor(expected + draws.uniform(0, 99))):
        if len(s.firms) == s.room or not s.switches.entry:
            return
        drawn = [s.firms[draws.below(n, d, len(s.firms))] for d in range(4)]
        parent = max(drawn, key=lambda firm: firm.profit / firm.factors)
        s.firms.append(_spin_off(s, period, parent, draws, n))


def _spin_off(s: State, period: int, parent: Firm, draws: Draws, n: int) -> Firm:
    """Found a firm that takes over industry, place and logic, with noise."""
    rules, industry = s.rules.turnover, parent.industry
    if draws.uniform(n, 4) < rules.change:
        industry = industry.buys[draws.below(n, 5, len(industry.buys))]
    x = parent.x + rules.spread * draws.normal(n, 10)
    y = parent.y + rules.spread * draws.normal(n, 22)
    skills = [
        parent.capability[role] + 2.0 * rules.noise * draws.normal(n, 34 + 12 * role)
        for role in range(ROLES)
    ]
    logic = parent.logic + rules.noise * draws.normal(n, 90)
    if not s.switches.inheritance:
        logic = draws.uniform(n, 6)
    logic = min(1.0, max(0.0, logic))
    s.next_key += 1
    return Firm(
        key=s.next_key - 1,
        industry=industry,
        region=parent.region,
        capability=[min(1.0, max(0.0, skill)) for skill in skills],
        born=period,
        x=x,
        y=y,
        facility_x=x,
        facility_y=y,
        logic=logic,
        next_logic=logic,
        digital=0.5 * parent.digital,
        next_digital=0.5 * parent.digital,
        stock=0.2 * strength(parent.stock),
        factors=rules.entrant,
        service=0.2 * strength(parent.service),
        efficiency=parent.efficiency,
        quality=parent.quality,
        share=parent.share,
        exponent=parent.exponent,
        cash=rules.cash,
    )
