r"""Adopt 采用: digital capability grows by own effort, by imitation, and on infrastructure.

.. math::

   c' = c + (1-c)\,a\,e\,(c + \bar a + a_g G) + a_m \max(0, c_j - c) - \kappa c, \qquad
   e = \min\!\left(1, \frac{H\,U(\Delta\pi, \Delta D)}{k\,F^{s}}\right)

Effort e maximises the gain over H periods in the firm's own objective U less the cost
:math:`\tfrac12 k F^s e^2`, which rises less than in proportion to size (s < 1). What effort achieves
depends on what is there: absorptive capacity is the firm's own c and what infrastructure G lends it.
Where a e stays below the rate κ at which capability becomes outdated, a firm stays analogue. What a
unit of c brings is the same for every firm in the same place: money, as the digital frontier of
efficiency rises, and data, as use leaves traces. j is the known firm with the highest profit per
factor among those that sell more than the firm itself: its demonstration is followed in c, and where
it grew faster also in logic, :math:`λ' = λ + μ(λ_j - λ)`. Who is small is not seen as an example.

References
----------
Cohen, W. M. & Levinthal, D. A. (1990). Absorptive capacity: a new perspective on learning and
innovation. Administrative Science Quarterly 35(1), 128-152. doi:10.2307/2393553
Haunschild, P. R. & Miner, A. S. (1997). Modes of interorganizational imitation. Administrative
Science Quarterly 42(3), 472-500. doi:10.2307/2393735
Bass, F. M. (1969). A new product growth for model consumer durables. Management Science 15(5),
215-227. doi:10.1287/mnsc.15.5.215

Paper: T3, I1a (adoption of tools), P2, P2b, P2c (demonstration, radiation, change of logic), P3a
(templates).
"""

import math
from typing import NamedTuple

from jiqun.model.bounds import NonNegative, Positive, Share
from jiqun.model.compiled import inlined, inside
from jiqun.model.laws import affordable, objective
from jiqun.model.state import CANDIDATES, LINKS, NOBODY, SUPPLIERS, Firms
from jiqun.model.world import ADOPT, World
from jiqun.numerics.addressed import address, uniform


class Adopting(NamedTuple):
    """Parameters.

    Attributes
    ----------
    effort
        a, growth of c per period and unit of absorptive capacity at full effort.
    absorption
        ā, absorptive capacity without any digital capability.
    cost
        k, marginal cost of full effort for 100 persons, money.
    cost_power
        s, elasticity of that cost to size.
    horizon
        H, periods that a firm looks ahead.
    money_per_capability
        Share of sales that a unit of c is expected to save.
    data_per_capability
        Data that a unit of c is expected to leave per good made.
    imitation
        a_m, share of the gap to the demonstrator closed in a period.
    infrastructure
        a_g, absorptive capacity lent by a unit of public infrastructure.
    decay
        κ, share of c that becomes outdated.
    logic_imitation
        μ, share of the gap in logic closed when a demonstrator is followed.
    logic_chance
        Probability that a firm reconsiders its logic in a period.
    small
        Factors below which templates are offered, 100 persons.
    """

    effort: Share = 0.07
    absorption: NonNegative = 0.02
    cost: Positive = 0.35
    cost_power: Share = 0.35
    horizon: Positive = 8.0
    money_per_capability: NonNegative = 0.008
    data_per_capability: NonNegative = 0.08
    imitation: Share = 0.04
    infrastructure: NonNegative = 0.01
    decay: Share = 0.03
    logic_imitation: Share = 0.3
    logic_chance: Share = 0.02
    small: NonNegative = 2.0


@inside
def sales(firms: Firms, i: int) -> float:
    """Return all sales of a firm."""
    return float(firms.revenue[i] + firms.digital_revenue[i])


@inside
def better(firms: Firms, best: int, most: float, own: float, j: int) -> tuple[int, float]:
    """Return whichever firm earns most per factor, of those that sell more than firm i, and what."""
    if j == NOBODY or sales(firms, j) <= own:
        return best, most
    earned = firms.profit[j] / firms.factors[j]
    return (j, earned) if earned > most else (best, most)


@inlined
def demonstrator(w: World, i: int) -> int:
    """Return the known firm whose example firm i follows, or nobody."""
    firms, relations = w.firms, w.relations
    best, most, own = NOBODY, firms.profit[i] / firms.factors[i], sales(firms, i)
    for s in range(CANDIDATES):
        best, most = better(firms, best, most, own, relations.candidate[i, s])
    for s in range(SUPPLIERS):
        best, most = better(firms, best, most, own, relations.supplier[i, s])
    for s in range(LINKS):
        best, most = better(firms, best, most, own, relations.link[i, s])
    return better(firms, best, most, own, relations.customer[i])[0]


@inside
def adopt(w: World, period: int, first: int, last: int) -> None:
    """Set next period's digital capability and logic."""
    firms, rules = w.firms, w.rules.adopt
    draws = address(w.seed, period, ADOPT)
    template = w.levers.template[period]
    public = w.levers.infrastructure[period]
    for r in range(first, last):
        i = w.lists.roster[r]
        c, logic = firms.digital[i], firms.logic[i]
        j = demonstrator(w, i)

        money = rules.money_per_capability * firms.revenue[i]
        data = rules.data_per_capability * firms.output[i]
        price = rules.cost * math.pow(firms.factors[i], rules.cost_power)
        if firms.factors[i] < rules.small:
            price *= 1.0 - template
        gain = rules.horizon * objective(logic, money, data, w.rules.worth)
        effort = min(1.0, gain / (price + 1e-9))
        cost = 0.5 * price * effort * effort
        if not affordable(firms, i, cost):
            effort, cost = 0.0, 0.0
        firms.spending[i] += cost
        firms.data_spending[i] += cost

        ground = w.regions.infrastructure[firms.region[i]] + public
        capacity = c + rules.absorption + rules.infrastructure * ground
        grown = c + (1.0 - c) * rules.effort * effort * capacity
        if j != NOBODY and w.switches.imitation:
            grown += rules.imitation * max(0.0, firms.digital[j] - c)
        firms.next_digital[i] = min(1.0, max(0.0, grown - rules.decay * c))

        firms.next_logic[i] = logic
        follows = j != NOBODY and firms.growth[j] > firms.growth[i]
        lucky = uniform(draws, firms.key[i], 0) < rules.logic_chance
        if follows and lucky and w.switches.logic_imitation:
            firms.next_logic[i] = logic + rules.logic_imitation * (firms.logic[j] - logic)
