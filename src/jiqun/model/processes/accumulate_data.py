r"""Accumulate data 数据积累: use leaves data, effort gathers more, members pool part of it.

.. math::

   D' = (1-d)D + g\,c\,Y + g_u\,c\,u_i + b\,e + \text{due from partners}, \qquad
   e = F\min\!\left(\bar e, \frac{H\,U(m\,R\,δ/(1+D),\,1)}{k}\right)

with output Y, sales R and the users :math:`u_i = \sum_p u_p v_i/(V_p + v_0)` whom the firm's services
reach: use leaves data with whoever serves. Effort e maximises the firm's
objective less its cost :math:`\tfrac12 k e^2/F`: a unit of data brings money through its weight δ in production, and it is data. Members
give the pool of a platform the share s·o of what is new (o: openness); data is not used up by that.

References
----------
Jones, C. I. & Tonetti, C. (2020). Nonrivalry and the economics of data. American Economic Review
110(9), 2819-2858. doi:10.1257/aer.20191330

Paper: T10 (pooled data), N2f (user data), I2d (the chain's database), Z6 (data as a resource).
"""

from typing import NamedTuple

from jiqun.model.bounds import NonNegative, Positive, Share
from jiqun.model.compiled import inside
from jiqun.model.laws import affordable, objective
from jiqun.model.state import BLOCK, HOMES, LIVING, NOBODY, PLATFORMS
from jiqun.model.world import World


class Accumulating(NamedTuple):
    """Parameters.

    Attributes
    ----------
    decay
        d, share of data that becomes outdated in a period.
    use
        g, data left by making one good at full digital capability.
    user_data
        g_u, data left in a period by one user with whoever serves it.
    gathered
        b, data gathered per unit of effort.
    cost
        k, marginal cost per unit of effort, money.
    effort_limit
        ē, effort that 100 persons can make in a period.
    horizon
        H, periods that a firm looks ahead.
    margin
        m, share of sales that is expected to remain of what data adds.
    pooling
        s, share of new data that members give to a fully open platform.
    pool_decay
        Share of pooled data that becomes outdated in a period.
    """

    decay: Share = 0.06
    use: NonNegative = 0.08
    user_data: NonNegative = 0.15
    gathered: NonNegative = 0.5
    cost: Positive = 1.0
    effort_limit: NonNegative = 0.4
    horizon: Positive = 8.0
    margin: Share = 0.25
    pooling: Share = 0.5
    pool_decay: Share = 0.06


@inside
def reach_of_services(w: World, i: int) -> float:
    """Return how many users a unit of a firm's services would reach where it takes part."""
    reached, elsewhere = 0.0, w.rules.market.outside_service
    for h in range(HOMES):
        p = w.relations.home[i, h]
        if p != NOBODY:
            reached += w.platforms.users[p] / (w.platforms.services[p] + elsewhere)
    return float(reached)


@inside
def accumulate_data(w: World, period: int, first: int, last: int) -> None:
    """Move data and take over next period's capability and logic; sum what is pooled."""
    firms, relations, platforms = w.firms, w.relations, w.platforms
    rules = w.rules.accumulate_data
    sums = w.block_sum[first // BLOCK]
    sums[:PLATFORMS] = 0.0
    circulation = w.levers.circulation[period]
    for r in range(first, last):
        i = w.lists.roster[r]
        firms.digital[i], firms.logic[i] = firms.next_digital[i], firms.next_logic[i]
        users = firms.service[i] * reach_of_services(w, i)
        stock = firms.stock[i]
        money = rules.margin * firms.revenue[i] * firms.share[i] / (1.0 + stock)
        value = rules.horizon * objective(firms.logic[i], money, 1.0, w.rules.worth)
        effort = firms.factors[i] * min(rules.effort_limit, value / rules.cost)
        cost = 0.5 * rules.cost * effort * effort / firms.factors[i]
        if not affordable(firms, i, cost):
            effort, cost = 0.0, 0.0
        firms.spending[i] += cost
        firms.data_spending[i] += cost
        fresh = firms.joint_data[i]
        if w.switches.data_accumulation:
            fresh += firms.digital[i] * (rules.use * firms.output[i] + rules.user_data * users)
        fresh += rules.gathered * effort * firms.digital[i]
        firms.joint_data[i] = 0.0
        firms.stock[i] = (1.0 - rules.decay) * stock + fresh

        firms.contributed[i] = 0.0
        for h in range(HOMES):
            p = relations.home[i, h]
            if p != NOBODY and w.switches.pooling:
                given = rules.pooling * min(1.0, platforms.openness[p] + circulation) * fresh
                firms.contributed[i] += given
                sums[p] += given


@inside
def pool(w: World) -> None:
    """Add what the members gave to the pools."""
    blocks = (w.tally[LIVING] + BLOCK - 1) // BLOCK
    for p in range(PLATFORMS):
        given = 0.0
        for b in range(blocks):
            given += w.block_sum[b, p]
        kept = 1.0 - w.rules.accumulate_data.pool_decay
        w.platforms.pooled[p] = kept * w.platforms.pooled[p] + given
