"""Perceive, adopt, grant, accumulate data: what firms know of others, and what they gather."""

import math

from jiqun.model.processes.perceive import SEARCHES
from jiqun.model.state import NOBODY, PLATFORMS
from jiqun.model.world import ADOPT, FOUND, PERCEIVE
from reference.draws import Draws
from reference.entities import Firm, State, shared_platform


def index(s: State) -> None:
    """List who is where and who buys from whom, and sum what is offered."""
    for region in s.regions:
        region.firms = []
    for industry in s.industries:
        industry.firms = []
    for p in s.platforms:
        p.participants, p.services = [], 0.0
    s.all_service = 0.0
    for firm in s.firms:
        firm.region.firms.append(firm)
        firm.industry.firms.append(firm)
        firm.followers, firm.customer = 0, None
        s.all_service += firm.service
        for p in firm.on():
            p.participants.append(firm)
            p.services += firm.service
    for p in s.platforms:
        p.members = len(p.participants)
    for firm in s.firms:
        _note_buyer(firm)


def _note_buyer(firm: Firm) -> None:
    """Let the suppliers of a firm know it; the buyer with most sales is the main customer."""
    for supplier in firm.suppliers:
        if supplier is not None:
            supplier.followers += 1
            known = supplier.customer
            if known is None or firm.revenue > known.revenue:
                supplier.customer = firm


def sees(firm: Firm, other: Firm, luck: float) -> bool:
    """Say whether one firm sees another: on one platform surely, else by distance."""
    if other is firm:
        return False
    if shared_platform(firm, other) is not None:
        return True
    return luck < math.exp(-firm.seat_distance(other) / firm.reach)


def perceive(s: State, period: int) -> None:
    """Close the books of the last period, and look at four firms."""
    rules, draws = s.rules.perceive, s.draws(period, PERCEIVE)
    for firm in s.firms:
        if firm.mode != NOBODY:
            firm.innovated = period - 1
        firm.mode = firm.parent = firm.parent_time = NOBODY
        firm.data_spending = firm.research = firm.fees_received = firm.transfer = 0.0
        home, key = firm.homes[0], firm.key
        openness = 0.0 if home is None else home.openness
        firm.reach = rules.reach * (
            1.0 + rules.stretch * firm.digital + rules.platform_stretch * openness
        )
        nearby = firm.region.firms[draws.below(key, 0, len(firm.region.firms))]
        first = nearby if sees(firm, nearby, draws.uniform(key, 1)) else None

        related = firm.related()
        second = related[draws.below(key, 2, len(related))]
        if second is not None:
            second = second.related()[draws.below(key, 3, len(related))]
        third = None
        if home is not None:
            third = home.participants[draws.below(key, 4, home.members)]
        firm.candidates = [
            first,
            None if second is firm else second,
            None if third is firm else third,
            _maker(firm, draws),
        ]


def _maker(firm: Firm, draws: Draws) -> Firm | None:
    """Return the first that is seen of three makers of what the firm needs."""
    for n in range(SEARCHES):
        wanted = firm.industry.buys[draws.below(firm.key, 5 + 3 * n, len(firm.industry.buys))]
        if wanted.firms:
            maker = wanted.firms[draws.below(firm.key, 6 + 3 * n, len(wanted.firms))]
            if sees(firm, maker, draws.uniform(firm.key, 7 + 3 * n)):
                return maker
    return None


_, CAPABILITY, CHANCE = range(3)
"""By what firms are chosen; else by sales."""


def grant(s: State, period: int) -> None:
    """Pay grants to the firms that stand highest; of equals, to the oldest."""
    amount, rule = float(s.levers.grant[period]), int(s.levers.rule[period])
    if amount <= 0.0:
        return

    def standing(firm: Firm) -> float:
        if rule == CHANCE:
            return s.draws(0, FOUND).uniform(firm.key, 99)
        return firm.digital if rule == CAPABILITY else firm.revenue + firm.digital_revenue

    for firm in sorted(s.firms, key=lambda f: -standing(f))[: int(s.levers.chosen[period])]:
        firm.transfer += amount


def _sales(firm: Firm) -> float:
    return firm.revenue + firm.digital_revenue


def demonstrator(firm: Firm) -> Firm | None:
    """Return the known firm, of those that sell more, that earns most per factor, if more than it."""
    best, most = None, firm.profit / firm.factors
    for other in (*firm.candidates, *firm.related()):
        if other is not None and _sales(other) > _sales(firm):
            earns = other.profit / other.factors
            if earns > most:
                best, most = other, earns
    return best


def adopt(s: State, period: int) -> None:
    """Set next period's digital capability c and logic."""
    rules, draws = s.rules.adopt, s.draws(period, ADOPT)
    template = float(s.levers.template[period])
    public = float(s.levers.infrastructure[period])
    for firm in s.firms:
        c, example = firm.digital, demonstrator(firm)
        price = rules.cost * math.pow(firm.factors, rules.cost_power)
        if firm.factors < rules.small:
            price *= 1.0 - template
        money = rules.money_per_capability * firm.revenue
        data = rules.data_per_capability * firm.output
        gain = rules.horizon * firm.value(money, data, s.rules.worth)
        effort = min(1.0, gain / (price + 1e-9))
        cost = 0.5 * price * effort * effort
        if not firm.affords(cost):
            effort, cost = 0.0, 0.0
        firm.spending += cost
        firm.data_spending += cost

        ground = firm.region.infrastructure + public
        capacity = c + rules.absorption + rules.infrastructure * ground
        grown = c + (1.0 - c) * rules.effort * effort * capacity
        if example is not None and s.switches.imitation:
            grown += rules.imitation * max(0.0, example.digital - c)
        firm.next_digital = min(1.0, max(0.0, grown - rules.decay * c))

        firm.next_logic = firm.logic
        reconsiders = draws.uniform(firm.key, 0) < rules.logic_chance
        if (
            example is not None
            and example.growth > firm.growth
            and reconsiders
            and s.switches.logic_imitation
        ):
            firm.next_logic = firm.logic + rules.logic_imitation * (example.logic - firm.logic)


def users_per_service(s: State, firm: Firm) -> float:
    """Return how many users a unit of services reaches on the firm's platforms."""
    reached = 0.0
    for p in firm.on():
        reached += p.users / (p.services + s.rules.market.outside_service)
    return reached


def accumulate_data(s: State, period: int) -> None:
    """Gather data, and pool part of what is new."""
    rules, circulation = s.rules.accumulate_data, float(s.levers.circulation[period])
    given = [0.0] * PLATFORMS
    for firm in s.firms:
        firm.digital, firm.logic = firm.next_digital, firm.next_logic
        users = firm.service * users_per_service(s, firm)
        money = rules.margin * firm.revenue * firm.share / (1.0 + firm.stock)
        value = rules.horizon * firm.value(money, 1.0, s.rules.worth)
        effort = firm.factors * min(rules.effort_limit, value / rules.cost)
        cost = 0.5 * rules.cost * effort * effort / firm.factors
        if not firm.affords(cost):
            effort, cost = 0.0, 0.0
        firm.spending += cost
        firm.data_spending += cost
        fresh = firm.joint_data
        if s.switches.data_accumulation:
            fresh += firm.digital * (rules.use * firm.output + rules.user_data * users)
        fresh += rules.gathered * effort * firm.digital
        firm.joint_data = 0.0
        firm.stock = (1.0 - rules.decay) * firm.stock + fresh
        firm.contributed = 0.0
        for p in firm.on() if s.switches.pooling else ():
            part = rules.pooling * min(1.0, p.openness + circulation) * fresh
            firm.contributed += part
            given[p.number] += part
    for p in s.platforms:
        p.pooled = (1.0 - rules.pool_decay) * p.pooled + given[p.number]
