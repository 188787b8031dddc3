r"""Produce 生产: goods from traditional factors and data.

.. math::

   \tilde D = D + c\,\max_p o_p P_p^{γ}, \qquad
   Y = A\,e^{-χ_δ(δ-δ_0)^2 - χ_ρ(ρ-ρ_0)^2}\,
       \left[(1-δ)F^ρ + δ\tilde D^ρ\right]^{1/ρ}\,(1 - τ(1-s) + τ_v v)

P is the pool of a platform with openness o, s the share of supply ties that are filled, v the share
of them that are twinned by a data link, each counted by :math:`\sqrt{c_ic_j}` (shared capacity, K2e). The two χ are what it costs to run a
technique far from the one that everybody knows (δ₀, ρ₀); a firm moves its own δ and ρ in
``innovate``, where a technique that yields more is kept. The elasticity of substitution σ = 1/(1-ρ)
is therefore an outcome of how much data firms have gathered beside their factors.

References
----------
León-Ledesma, M. A. & Satchi, M. (2019). Appropriate technology and balanced growth. Review of
Economic Studies 86(2), 807-835. doi:10.1093/restud/rdy002

Paper: K4a, K4c, K4d (data as complement or substitute), K2e (shared capacity), Z7.
"""

import math
from typing import NamedTuple

from jiqun.model.bounds import Exponent, NonNegative, Share
from jiqun.model.compiled import inlined, inside
from jiqun.model.laws import distance, log_output
from jiqun.model.state import BLOCK, HOMES, LINKS, NOBODY, SUPPLIERS
from jiqun.model.world import World


class Producing(NamedTuple):
    """Parameters.

    Attributes
    ----------
    share, exponent
        δ₀ and ρ₀, the technique that everybody knows.
    share_cost, exponent_cost
        χ_δ and χ_ρ.
    pool_power
        γ, diminishing returns of pooled data.
    chain
        τ, output lost without any supplier.
    twin
        τ_v, output gained where all supply ties are twinned by links of fully digital firms.
    freight
        Cost of carrying an input of one good over 100 km, where its industry is fully physical.
    quality_power, price_power
        η and ε, how demand answers to quality and price.
    markup
        Largest markup, of a firm unlike all others.
    likeness
        Distance in quality at which a firm is no longer taken for the same.
    """

    share: Share = 0.1
    exponent: Exponent = -0.6
    share_cost: NonNegative = 4.0
    exponent_cost: NonNegative = 0.4
    pool_power: Share = 0.65
    chain: Share = 0.2
    twin: NonNegative = 0.3
    freight: NonNegative = 0.1
    quality_power: NonNegative = 1.0
    price_power: NonNegative = 2.0
    markup: NonNegative = 0.9
    likeness: NonNegative = 0.5


@inside
def detour(rules: Producing, share: float, exponent: float) -> float:
    """Return the logarithm of output lost by a technique far from the known one."""
    a, b = share - rules.share, exponent - rules.exponent
    return rules.share_cost * a * a + rules.exponent_cost * b * b


@inside
def pooled(w: World, i: int) -> float:
    """Return the pooled data that a firm can use."""
    best = 0.0
    for h in range(HOMES):
        p = w.relations.home[i, h]
        if p != NOBODY:
            stock = math.pow(w.platforms.pooled[p], w.rules.produce.pool_power)
            best = max(best, w.platforms.openness[p] * stock)
    return float(w.firms.digital[i] * best)


@inlined
def supply(w: World, i: int) -> tuple[float, float, float]:
    """Return the share of supply ties filled and twinned, and the mean freight."""
    firms, relations = w.firms, w.relations
    filled, twinned, freight = 0, 0.0, 0.0
    for s in range(SUPPLIERS):
        j = relations.supplier[i, s]
        if j == NOBODY:
            continue
        filled += 1
        if w.switches.mirror:
            for n in range(LINKS):
                if relations.link[i, n] == j:
                    twinned += math.sqrt(firms.digital[i] * firms.digital[j])
        km = distance(firms.x[i], firms.y[i], firms.x[j], firms.y[j])
        freight += w.industries.physicality[firms.industry[j]] * km / 100.0
    mean = 0.0 if filled == 0 else w.rules.produce.freight * freight / filled
    return filled / SUPPLIERS, twinned / SUPPLIERS, mean


@inside
def produce(w: World, first: int, last: int) -> None:
    """Set capacity and price; sum employment by region and appeal by industry."""
    firms, rules = w.firms, w.rules.produce
    regions, industries = w.regions.size - 1, w.industries.size - 1
    sums = w.block_sum[first // BLOCK]
    sums[: regions + 3 * industries] = 0.0
    for r in range(first, last):
        i = w.lists.roster[r]
        share, exponent = firms.share[i], firms.exponent[i]
        firms.reachable[i] = firms.stock[i] + pooled(w, i)
        filled, twinned, freight = supply(w, i)
        yields = log_output(share, exponent, firms.factors[i], firms.reachable[i] + 1e-6)
        chained = 1.0 - rules.chain * (1.0 - filled) + rules.twin * twinned
        goods = firms.efficiency[i] * math.exp(yields - detour(rules, share, exponent)) * chained
        firms.output[i] = goods
        firms.wages[i] = w.regions.wage[firms.region[i]] * firms.factors[i]

        group = firms.industry[i]
        gap = abs(firms.quality[i] - w.industries.mean_quality[group])
        alike = math.exp(-gap / rules.likeness) if w.switches.homogeneous_competition else 0.0
        cost = firms.wages[i] / goods + freight
        firms.price[i] = cost * (1.0 + rules.markup * (1.0 - 0.8 * alike))
        appeal = goods * math.pow(firms.quality[i], rules.quality_power)
        appeal *= math.pow(firms.price[i], -rules.price_power)
        firms.appeal[i] = appeal
        sums[firms.region[i]] += firms.factors[i]
        sums[regions + group] += appeal
        sums[regions + industries + group] += firms.quality[i] * goods
        sums[regions + 2 * industries + group] += goods
