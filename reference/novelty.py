"""Innovate and ally: modes, techniques, what is new and its best use, alliances and their failure."""

from __future__ import annotations

import math

from jiqun.model.processes.ally import (
    ADDITIVE,
    FAILED,
    LOST_A_MEMBER,
    MULTIPLICATIVE,
    NOTHING,
    PAIRS,
    STARTED,
    SUCCEEDED,
    WAKE,
    WEAKEST_LINK,
)
from jiqun.model.processes.innovate import CONVERGENCE, DIGITAL_VALUE, EFFICIENCY
from jiqun.model.state import MEMBERS, MODES, NOBODY, ROLES
from jiqun.model.world import ALLY, INNOVATE
from reference.draws import Draws, pair
from reference.entities import (
    Alliance,
    Firm,
    State,
    cognitive_distance,
    shared_platform,
    strength,
)
from reference.knowing import users_per_service
from reference.trade import detour, log_output, open_scenarios


def learn(s: State, firm: Firm, mode: int, money: float, data: float) -> None:
    """Move the attraction of a mode towards what it brought."""
    rules = s.rules.innovate
    gain = rules.horizon * firm.value(money, data, s.rules.worth)
    firm.attraction[mode] = (1.0 - rules.memory) * firm.attraction[mode] + rules.memory * gain


def innovate(s: State, period: int) -> None:
    """Do research in the mode that earned most, and try a technique."""
    rules, draws = s.rules.innovate, s.draws(period, INNOVATE)
    for firm in s.firms:
        firm.service *= 1.0 - rules.service_decay
        cost = rules.cost * firm.factors
        if firm.alliance is not None or not firm.affords(cost):
            continue
        if draws.uniform(firm.key, 0) >= rules.chance:
            continue
        firm.spending += cost
        firm.research += cost
        if s.switches.technique:
            _try_technique(s, firm, draws)
        mode = _chosen(s, firm, draws.uniform(firm.key, 1))
        if mode == EFFICIENCY:
            _improve(s, firm)
        elif mode == CONVERGENCE:
            _converge(s, firm, period, draws)
        else:
            firm.mode = DIGITAL_VALUE


def _chosen(s: State, firm: Firm, luck: float) -> int:
    """Pick a mode with a probability that grows with what it earned per factor."""
    rules, weights = s.rules.innovate, []
    for mode in range(MODES):
        scaled = rules.choice * firm.attraction[mode] / firm.factors
        weight = math.exp(min(20.0, max(-20.0, scaled))) + rules.curiosity
        weights.append(weight if s.switches.modes[mode] else 0.0)
    level = luck * (0.0 + weights[0] + weights[1] + weights[2])
    for mode in range(MODES - 1):
        level -= weights[mode]
        if level < 0.0:
            return mode
    return DIGITAL_VALUE


def _try_technique(s: State, firm: Firm, draws: Draws) -> None:
    """Keep a technique near the present one if it yields more."""
    width, data = s.rules.innovate.technique, firm.reachable + 1e-6
    share = min(0.9, max(0.01, firm.share + width * draws.normal(firm.key, 4)))
    exponent = min(0.9, max(-4.0, firm.exponent + 4.0 * width * draws.normal(firm.key, 16)))

    def yields(a: float, b: float) -> float:
        return log_output(a, b, firm.factors, data) - detour(s, a, b)

    if yields(share, exponent) > yields(firm.share, firm.exponent):
        firm.share, firm.exponent = share, exponent


def _improve(s: State, firm: Firm) -> None:
    """Move efficiency towards the digital frontier."""
    rules = s.rules.innovate
    frontier = rules.frontier_level * (1.0 + rules.frontier * firm.digital)
    step = rules.efficiency * max(0.0, frontier - firm.efficiency)
    learn(s, firm, EFFICIENCY, rules.margin * firm.revenue * step / firm.efficiency, 0.0)
    if step > 0.01 * firm.efficiency:
        firm.efficiency += step
        firm.mode = EFFICIENCY
        if firm.innovated != NOBODY:
            firm.parent, firm.parent_time = firm.key, firm.innovated


def _renewal(s: State, firm: Firm, novelty: float) -> float:
    """Return the quality that goods gain by something new."""
    return s.rules.innovate.quality * novelty / math.sqrt(firm.factors)


def best_use(s: State, period: int, firm: Firm, novelty: float) -> tuple[float, float, bool]:
    """Return money and data per period in the best use, and whether that is a service."""
    trade, reached = s.rules.market, users_per_service(s, firm)
    elsewhere = s.all_service + trade.outside_service
    price = trade.spending_per_user * reached + open_scenarios(s, period) / elsewhere
    money = (1.0 - trade.support) * price * novelty
    data = s.rules.accumulate_data.user_data * firm.digital * reached * novelty
    better = _renewal(s, firm, novelty) / firm.quality
    goods = s.rules.innovate.margin * firm.revenue * s.rules.produce.quality_power * better
    if firm.value(money, data, s.rules.worth) > firm.value(goods, 0.0, s.rules.worth):
        return money, data, True
    return goods, 0.0, False


def put_to_use(s: State, firm: Firm, novelty: float, *, service: bool) -> None:
    """Offer what is new as a service, or build it into the goods."""
    if service:
        firm.service += novelty
    else:
        firm.quality += _renewal(s, firm, novelty)


def _converge(s: State, firm: Firm, period: int, draws: Draws) -> None:
    """Recombine with a known firm of another industry."""
    rules, known = s.rules.innovate, [*firm.candidates, *firm.suppliers, *firm.links]
    start = draws.below(firm.key, 2, len(known))
    others = [j for j in known[start:] + known[:start] if j and j.industry is not firm.industry]
    lost = -rules.cost * firm.factors / rules.horizon
    if not others:
        learn(s, firm, CONVERGENCE, lost, 0.0)
        return
    partner = others[0]
    u, usable = cognitive_distance(firm, partner), strength(firm.reachable)
    chance = rules.convergence * 4.0 * u * (1.0 - u) * (0.5 + 0.5 * usable)
    if draws.uniform(firm.key, 3) >= chance:
        learn(s, firm, CONVERGENCE, lost, 0.0)
        return
    data = rules.learning * strength(partner.stock) * firm.digital * partner.digital
    novelty = rules.novelty * firm.digital * usable
    money, traces, service = best_use(s, period, firm, novelty)
    learn(s, firm, CONVERGENCE, money, traces + data / rules.horizon)
    put_to_use(s, firm, novelty, service=service)
    firm.joint_data += data
    firm.mode = CONVERGENCE
    if s.switches.wakes and partner.innovated != NOBODY:
        firm.parent, firm.parent_time = partner.key, partner.innovated


def compatibility(s: State, period: int, one: Firm, other: Firm) -> float:
    """Return how well the data of two firms fit."""
    rules, p = s.rules.ally, shared_platform(one, other)
    fit = rules.compatibility + rules.digital * math.sqrt(one.digital * other.digital)
    if p is not None:
        fit += rules.modular * p.modularity
    fit += rules.circulation * float(s.levers.circulation[period])
    fit -= rules.strangeness * cognitive_distance(one, other)
    return min(1.0, max(0.0, fit))


def decomposable(technology: int) -> bool:
    """Say whether an alliance outlives the failure of a pair."""
    return technology in {ADDITIVE, PAIRS}


def pairs(members: list[Firm]) -> list[tuple[Firm, Firm]]:
    """Return each pair, the later member first."""
    return [(one, other) for a, one in enumerate(members) for other in members[:a]]


def joint_value(s: State, period: int, members: list[Firm], technology: int) -> float:
    """Return what the members make together if nothing fails."""
    rules, size = s.rules.ally, len(members)
    recent = [m.innovated != NOBODY and m.innovated >= period - WAKE for m in members]
    share = sum(recent) / size if s.switches.wakes else 0.0
    value = rules.value * (1.0 + rules.wake * share)
    alone, product, weakest = 0.0, 1.0, 1.0
    for role in range(ROLES):
        has = [m.capability[role] * (m.digital * strength(m.reachable)) for m in members]
        for part in has:
            alone += part / ROLES
        product *= max([0.0, *has])
        weakest = min(weakest, max([0.0, *has]))
    if decomposable(technology):
        return value * alone
    if technology == MULTIPLICATIVE:
        return value * rules.multiplicative * size * math.sqrt(math.sqrt(product))
    return value * rules.weakest_link * size * weakest


def prospect(s: State, period: int, members: list[Firm], technology: int, who: Firm) -> float:
    """Return what one member expects in its own objective."""
    rules, size, holds = s.rules.ally, len(members), 1.0
    if not decomposable(technology):
        hazard = 0.0
        for one, other in pairs(members):
            hazard += rules.failure * (1.0 - compatibility(s, period, one, other))
        holds = math.exp(-hazard * rules.duration)
    others, ahead = _data_of_others(members, who), s.rules.innovate.horizon
    part = holds * joint_value(s, period, members, technology) / size
    money, data, _ = best_use(s, period, who, part)
    money = ahead * money - rules.coordination * (size - 1)
    data = ahead * data + holds * rules.data_share * others
    return who.value(money, data, s.rules.worth)


def _data_of_others(members: list[Firm], who: Firm) -> float:
    """Return the strength of the others' data."""
    total = 0.0
    for m in members:
        if m is not who:
            total += strength(m.stock)
    return total


def best_technology(s: State, period: int, members: list[Firm], who: Firm) -> int:
    """Return the technology that promises a member most."""
    if s.switches.pair_sum:
        return PAIRS
    menu = (ADDITIVE, MULTIPLICATIVE, WEAKEST_LINK)
    return max(menu, key=lambda technology: prospect(s, period, members, technology, who))


def gather(s: State, period: int, firm: Firm) -> list[Firm]:
    """Add known firms while that raises the initiator's objective and they gain too."""
    members, held = [firm], 0.0
    for j in (*firm.links, *firm.suppliers, firm.customer, *firm.candidates):
        limit = MEMBERS if s.switches.multilateral else 2
        if j is None or j in members or len(members) >= limit:
            continue
        wider = [*members, j]
        technology = best_technology(s, period, wider, firm)
        value = prospect(s, period, wider, technology, firm)
        if value > held and prospect(s, period, wider, technology, j) > 0.0:
            members, held = wider, value
    return members


def ally(s: State, period: int) -> None:
    """Begin alliances."""
    rules = s.rules
    for firm in s.firms:
        firm.event = NOTHING
        if firm.mode != DIGITAL_VALUE:
            continue
        firm.mode = NOBODY
        members = gather(s, period, firm)
        if len(members) == 1:
            lost = rules.innovate.cost * firm.factors / rules.innovate.horizon
            learn(s, firm, DIGITAL_VALUE, -lost, 0.0)
            continue
        technology = best_technology(s, period, members, firm)
        firm.alliance = Alliance(members, period, technology)
        firm.event = STARTED
        firm.spending += rules.ally.coordination * (len(members) - 1)


def cooperate(s: State, period: int) -> None:
    """Take the alliances through a period."""
    rules, draws = s.rules.ally, s.draws(period, ALLY)
    for firm in s.firms:
        alliance = firm.alliance
        if alliance is None or alliance.since == period:
            continue
        broken = _broken(s, period, firm, alliance, draws)
        if broken is not None:
            _fail(s, firm, alliance, broken)
        elif draws.uniform(firm.key, 0) < 1.0 / rules.duration:
            _succeed(s, period, firm, alliance)


def _broken(
    s: State, period: int, firm: Firm, alliance: Alliance, draws: Draws
) -> tuple[Firm, Firm] | None:
    """Return the first pair whose interface fails."""
    for one, other in pairs(alliance.members):
        hazard = s.rules.ally.failure * (1.0 - compatibility(s, period, one, other))
        if draws.uniform(pair(one.key, other.key), firm.key + 1) < hazard:
            return one, other
    return None


def _fail(s: State, firm: Firm, alliance: Alliance, broken: tuple[Firm, Firm]) -> None:
    """Lose the less capable of a pair, or the whole alliance."""
    one, other = broken
    if decomposable(alliance.technology):
        gone = one if one.digital < other.digital else other
        if firm in broken:
            gone = other if one is firm else one
        alliance.members.remove(gone)
        firm.event = LOST_A_MEMBER
    if not decomposable(alliance.technology) or len(alliance.members) == 1:
        firm.event, firm.alliance = FAILED, None
        lost = -s.rules.ally.coordination / s.rules.innovate.horizon
        learn(s, firm, DIGITAL_VALUE, lost, 0.0)


def _succeed(s: State, period: int, firm: Firm, alliance: Alliance) -> None:
    """Divide what was made, and book the innovation with the initiator."""
    members, size = alliance.members, len(alliance.members)
    value = joint_value(s, period, members, alliance.technology)
    for m in members:
        known = s.rules.ally.data_share * _data_of_others(members, m)
        m.joint_data += known
        money, data, service = best_use(s, period, m, value / size)
        put_to_use(s, m, value / size, service=service)
        learn(s, m, DIGITAL_VALUE, money, data + known / s.rules.innovate.horizon)
    firm.mode = DIGITAL_VALUE
    makers = [m for m in members[1:] if m.innovated != NOBODY]
    if s.switches.wakes and makers:
        firm.parent, firm.parent_time = makers[0].key, makers[0].innovated
    firm.event, firm.alliance = SUCCEEDED, None
