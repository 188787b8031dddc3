"""Produce and market: capacity, prices, sales, wages, fees and cash."""

import math

from jiqun.model.laws import NEAR_COBB_DOUGLAS
from jiqun.model.state import LINKS, SUPPLIERS
from reference.entities import Firm, State


def log_output(share: float, exponent: float, factors: float, data: float) -> float:
    """Return the logarithm of the CES, without leaving the range of numbers."""
    f, d = math.log(factors), math.log(data)
    if abs(exponent) < NEAR_COBB_DOUGLAS:
        return (1.0 - share) * f + share * d
    top = max(exponent * f, exponent * d)
    terms = (1.0 - share) * math.exp(exponent * f - top) + share * math.exp(exponent * d - top)
    return (top + math.log(terms)) / exponent


def detour(s: State, share: float, exponent: float) -> float:
    """Return the logarithm of output lost by a technique that not everybody knows."""
    rules = s.rules.produce
    a, b = share - rules.share, exponent - rules.exponent
    return rules.share_cost * a * a + rules.exponent_cost * b * b


def produce(s: State) -> None:
    """Set capacity Y and price, then clear wages, appeal and mean quality."""
    rules = s.rules.produce
    for firm in s.firms:
        pools = [p.openness * math.pow(p.pooled, rules.pool_power) for p in firm.on()]
        firm.reachable = firm.stock + firm.digital * max([0.0, *pools])
        yields = log_output(firm.share, firm.exponent, firm.factors, firm.reachable + 1e-6)
        filled, twinned, freight = _supply(s, firm)
        chained = 1.0 - rules.chain * (1.0 - filled) + rules.twin * twinned
        lost = detour(s, firm.share, firm.exponent)
        firm.output = firm.efficiency * math.exp(yields - lost) * chained
        firm.wages = firm.region.wage * firm.factors

        gap = abs(firm.quality - firm.industry.mean_quality)
        alike = math.exp(-gap / rules.likeness) if s.switches.homogeneous_competition else 0.0
        cost = firm.wages / firm.output + freight
        firm.price = cost * (1.0 + rules.markup * (1.0 - 0.8 * alike))


def _supply(s: State, firm: Firm) -> tuple[float, float, float]:
    """Return the shares of supply ties filled and twinned, and the mean freight."""
    suppliers = [j for j in firm.suppliers if j is not None]
    twinned, freight = 0.0, 0.0
    for j in suppliers:
        for n in range(LINKS):
            if s.switches.mirror and firm.links[n] is j:
                twinned += math.sqrt(firm.digital * j.digital)
        freight += j.industry.physicality * firm.seat_distance(j) / 100.0
    mean = s.rules.produce.freight * freight / len(suppliers) if suppliers else 0.0
    return len(suppliers) / SUPPLIERS, twinned / SUPPLIERS, mean


def appeal(s: State, firm: Firm) -> float:
    """Return what draws buyers to a firm's goods."""
    rules = s.rules.produce
    drawn = firm.output * math.pow(firm.quality, rules.quality_power)
    return drawn * math.pow(firm.price, -rules.price_power)


def clear(s: State, period: int) -> None:
    """Set wages by crowding, and the appeal and mean quality of each industry."""
    rules = s.rules.market
    for region in s.regions:
        employed = 0.0
        for firm in s.firms:
            if firm.region is region:
                employed += firm.factors
        crowd = employed / region.capacity if s.switches.wage_feedback else 1.0
        region.wage = rules.wage * math.pow(max(crowd, 0.05), rules.crowding)
    grown = math.pow(1.0 + rules.outside_growth, float(period))
    for industry in s.industries:
        drawn, quality, goods = 0.0, 0.0, 0.0
        for firm in industry.firms:
            drawn += appeal(s, firm)
            quality += firm.quality * firm.output
            goods += firm.output
        industry.attracted = drawn + industry.outside * grown
        if goods > 0.0:
            industry.mean_quality = quality / goods


def open_scenarios(s: State, period: int) -> float:
    """Return the demand for services from scenarios open to everybody."""
    opened = float(s.levers.scenario[period])
    return opened + s.rules.market.scenario if s.switches.scenarios else opened


def market(s: State, period: int) -> None:
    """Sell goods and services, adjust factors, and settle cash."""
    rules = s.rules.market
    grown = math.pow(1.0 + rules.demand_growth, float(period))
    for p in s.platforms:
        p.due = 0.0
    for firm in s.firms:
        industry = firm.industry
        spent = industry.demand * grown * appeal(s, firm) / industry.attracted
        wanted = spent / firm.price
        before = firm.revenue + firm.digital_revenue
        firm.revenue = firm.price * min(firm.output, wanted)
        firm.digital_revenue = _services(s, firm, period)
        _expand(s, firm, wanted)
        firm.spending += rules.support * firm.digital_revenue
        income = firm.revenue + firm.digital_revenue
        if before > 0.0:
            firm.growth += rules.growth_memory * (income / before - 1.0 - firm.growth)
        _settle(s, firm, period, income)
    for p in s.platforms:
        if p.owner is not None:
            p.owner.fees_received += p.due
            p.owner.profit += p.due
            p.owner.cash += p.due


def _services(s: State, firm: Firm, period: int) -> float:
    """Return sales of services, and book the fees on them."""
    rules, gross, fees = s.rules.market, 0.0, 0.0
    for p in firm.on():
        spent = rules.spending_per_user * p.users
        sold = spent * firm.service / (p.services + rules.outside_service)
        gross += sold
        if p.owner is not firm:
            fees += p.fee * sold
            p.due += p.fee * sold
    elsewhere = s.all_service + rules.outside_service
    firm.fees_paid = fees
    return gross + open_scenarios(s, period) * firm.service / elsewhere


def _expand(s: State, firm: Firm, wanted: float) -> None:
    """Adjust factors to demand, as far as cash allows."""
    rules = s.rules.market
    excess = rules.expansion * (wanted / firm.output - 1.0)
    limited = min(rules.expansion_limit, max(-rules.expansion_limit, excess))
    change = limited * firm.factors
    cost = rules.expansion_cost * max(0.0, change)
    if change <= 0.0 or firm.affords(cost + firm.wages):
        firm.spending += cost
        firm.factors += change


def _settle(s: State, firm: Firm, period: int, income: float) -> None:
    """Book profit, levy, dividends and grants."""
    firm.profit = income - (firm.wages + firm.spending + firm.fees_paid)
    firm.cash += firm.profit
    spare = firm.cash - 4.0 * firm.wages
    levy = float(s.levers.levy[period]) * income
    firm.transfer = firm.transfer - levy - s.rules.market.dividend * max(0.0, spare)
    firm.cash += firm.transfer
    firm.spent, firm.spending = firm.spending, 0.0
