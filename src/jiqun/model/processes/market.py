r"""Market 市场: finite demand, shared by appeal; wages by crowding; digital services by users.

Spending E on an industry is shared by appeal, and what the cluster does not attract goes to the
outside, which improves at the rate g:

.. math::

   s_i = \frac{Y_i q_i^{η} p_i^{-ε}}{\sum_j Y_j q_j^{η} p_j^{-ε} + X_0(1+g)^t}, \qquad
   R_i = p_i\min(Y_i,\ s_i E/p_i), \qquad w_r = w_0 (L_r/\bar L_r)^{ψ}

Users u of a platform spend b each on the services v of its participants, and open scenarios add a
demand S for the services of anybody:

.. math::

   R^d_i = \sum_p (1-f_p)\,b\,u_p \frac{v_i}{V_p + v_0} + S\,\frac{v_i}{V + v_0}

Demand is finite in each market, so that no firm and no cluster can grow without end.

References
----------
Anderson, S. P., de Palma, A. & Thisse, J.-F. (1992). Discrete Choice Theory of Product
Differentiation. MIT Press.

Paper: D1, D2 (homogeneous competition, labour cost), T9, P3c (scenarios), K4g (data as a source of
surplus), N1a (services that scale).
"""

import math
from typing import NamedTuple

from jiqun.model.bounds import NonNegative, Positive, Share
from jiqun.model.compiled import inside
from jiqun.model.laws import affordable
from jiqun.model.state import ALL_SERVICE, BLOCK, HOMES, LIVING, NOBODY, PLATFORMS, Floats
from jiqun.model.world import World


class Trading(NamedTuple):
    """Parameters.

    Attributes
    ----------
    wage
        w₀, money for 100 persons and a period, where nobody is crowded.
    crowding
        ψ, elasticity of wages to employment over the region's capacity.
    demand_growth
        Growth of demand in a period.
    outside_growth
        g, growth of the outside's appeal in a period.
    outside_service
        v₀, digital services on offer elsewhere.
    spending_per_user
        b, money that a user spends on digital services in a period.
    scenario
        S, demand for digital services from scenarios open to everybody, money per period.
    support
        Cost of serving, per money of digital sales.
    price_power, quality_power
        ε and η, as in ``produce``, used to weigh the outside.
    expansion
        Change of factors per unit of excess demand.
    expansion_limit
        Largest change of factors in a period.
    expansion_cost
        Cost of adding factors, money per 100 persons.
    dividend
        Share of cash beyond a year of wages that is paid out in a period.
    growth_memory
        Weight of this period in the smoothed growth of sales.
    """

    wage: Positive = 0.6
    crowding: NonNegative = 0.25
    demand_growth: NonNegative = 0.002
    outside_growth: NonNegative = 0.012
    outside_service: Positive = 2.0
    spending_per_user: NonNegative = 0.3
    scenario: NonNegative = 1.0
    support: Share = 0.3
    expansion: NonNegative = 0.1
    expansion_limit: Share = 0.03
    expansion_cost: NonNegative = 0.5
    dividend: Share = 0.1
    growth_memory: Share = 0.2


@inside
def clear(w: World, period: int) -> None:
    """Add up the blocks: wages of regions, appeal and mean quality of industries."""
    rules = w.rules.market
    regions, industries = w.regions.size - 1, w.industries.size - 1
    blocks = (w.tally[LIVING] + BLOCK - 1) // BLOCK
    for g in range(regions):
        w.regions.employed[g] = 0.0
        for b in range(blocks):
            w.regions.employed[g] += w.block_sum[b, g]
        crowd = w.regions.employed[g] / w.regions.capacity[g] if w.switches.wage_feedback else 1.0
        w.regions.wage[g] = rules.wage * math.pow(max(crowd, 0.05), rules.crowding)
    grown = math.pow(1.0 + rules.outside_growth, float(period))
    for k in range(industries):
        appeal, quality, goods = 0.0, 0.0, 0.0
        for b in range(blocks):
            appeal += w.block_sum[b, regions + k]
            quality += w.block_sum[b, regions + industries + k]
            goods += w.block_sum[b, regions + 2 * industries + k]
        w.industries.attracted[k] = appeal + w.industries.outside[k] * grown
        if goods > 0.0:
            w.industries.mean_quality[k] = quality / goods


@inside
def open_scenarios(w: World, period: int) -> float:
    """Return the demand for digital services from scenarios that are open to everybody."""
    opened = w.levers.scenario[period]
    return float(opened + w.rules.market.scenario if w.switches.scenarios else opened)


@inside
def service_sales(w: World, period: int, i: int) -> tuple[float, float]:
    """Return the digital sales of a firm and the fees on them."""
    firms, platforms, rules = w.firms, w.platforms, w.rules.market
    offer = firms.service[i]
    gross, fees = 0.0, 0.0
    for h in range(HOMES):
        p = w.relations.home[i, h]
        if p != NOBODY:
            spent = rules.spending_per_user * platforms.users[p]
            sold = spent * offer / (platforms.services[p] + rules.outside_service)
            gross += sold
            if platforms.owner[p] != i:
                fees += platforms.fee[p] * sold
    gross += open_scenarios(w, period) * offer / (w.total[ALL_SERVICE] + rules.outside_service)
    return gross, fees


@inside
def expand(w: World, i: int, wanted: float) -> None:
    """Adjust factors to the demand that met capacity, within what cash allows."""
    firms, rules = w.firms, w.rules.market
    excess = rules.expansion * (wanted / firms.output[i] - 1.0)
    change = min(rules.expansion_limit, max(-rules.expansion_limit, excess)) * firms.factors[i]
    cost = rules.expansion_cost * max(0.0, change)
    if change > 0.0 and not affordable(firms, i, cost + firms.wages[i]):
        return
    firms.spending[i] += cost
    firms.factors[i] += change


@inside
def market(w: World, period: int, first: int, last: int) -> None:
    """Sell, pay, and move cash; sum the fees that each platform is due."""
    firms, rules = w.firms, w.rules.market
    sums = w.block_sum[first // BLOCK]
    sums[:PLATFORMS] = 0.0
    grown = math.pow(1.0 + rules.demand_growth, float(period))
    for r in range(first, last):
        i = w.lists.roster[r]
        group = firms.industry[i]
        demand, attracted = w.industries.demand[group], w.industries.attracted[group]
        spent = demand * grown * firms.appeal[i] / attracted
        wanted = spent / firms.price[i]
        before = firms.revenue[i] + firms.digital_revenue[i]
        firms.revenue[i] = firms.price[i] * min(firms.output[i], wanted)
        gross, fees = service_sales(w, period, i)
        firms.digital_revenue[i], firms.fees_paid[i] = gross, fees
        book_fees(w, i, gross, sums)
        expand(w, i, wanted)
        support = rules.support * gross
        firms.spending[i] += support
        income = firms.revenue[i] + gross
        if before > 0.0:
            step = rules.growth_memory * (income / before - 1.0 - firms.growth[i])
            firms.growth[i] += step
        settle_cash(w, period, i, income)


@inside
def book_fees(w: World, i: int, gross: float, sums: Floats) -> None:
    """Add what a firm owes to the platforms that it sold on."""
    if gross <= 0.0:
        return
    rules = w.rules.market
    for h in range(HOMES):
        p = w.relations.home[i, h]
        if p != NOBODY and w.platforms.owner[p] != i:
            spent = rules.spending_per_user * w.platforms.users[p]
            sold = spent * w.firms.service[i] / (w.platforms.services[p] + rules.outside_service)
            sums[p] += w.platforms.fee[p] * sold


@inside
def settle_cash(w: World, period: int, i: int, income: float) -> None:
    """Book the profit of the period, pay levies and dividends, receive grants."""
    firms, rules = w.firms, w.rules.market
    outlay = firms.wages[i] + firms.spending[i] + firms.fees_paid[i]
    firms.profit[i] = income - outlay
    firms.cash[i] += firms.profit[i]
    spare = firms.cash[i] - 4.0 * firms.wages[i]
    levy = w.levers.levy[period] * income
    firms.transfer[i] = firms.transfer[i] - levy - rules.dividend * max(0.0, spare)
    firms.cash[i] += firms.transfer[i]
    firms.spent[i], firms.spending[i] = firms.spending[i], 0.0


@inside
def pay_owners(w: World) -> None:
    """Pay each owner the fees of its platform."""
    blocks = (w.tally[LIVING] + BLOCK - 1) // BLOCK
    for p in range(PLATFORMS):
        i = w.platforms.owner[p]
        if i == NOBODY:
            continue
        due = 0.0
        for b in range(blocks):
            due += w.block_sum[b, p]
        w.firms.fees_received[i] += due
        w.firms.profit[i] += due
        w.firms.cash[i] += due
