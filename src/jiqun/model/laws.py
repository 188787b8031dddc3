"""Laws that several processes share: distance, compatibility, and the one objective of a firm."""

import math

from jiqun.model.compiled import inside
from jiqun.model.state import HOMES, NOBODY, Firms, Floats, Relations

NEAR_COBB_DOUGLAS = 1e-6
"""Below this |ρ| the CES is its limit, the Cobb-Douglas."""


@inside
def objective(logic: float, money: float, data: float, worth: float) -> float:
    r"""Value an outcome as the firm does: :math:`(1-λ)\,Δπ + λ\,ν\,ΔD`.

    This is the only place where dominant logic acts. It weighs what every firm could see in the
    same outcome: money from cost and throughput (K1d), and data and connection (K1f, K1g).

    Parameters
    ----------
    logic
        λ of the firm, 0 to 1.
    money, data
        Gain in money and in data that the decision is expected to bring.
    worth
        ν, money for a unit of data.
    """
    return (1.0 - logic) * money + logic * worth * data


@inside
def strength(data: float) -> float:
    """Return D/(1+D): what a stock of data can do, with diminishing returns, 0 to 1."""
    return data / (1.0 + data)


@inside
def distance(x: float, y: float, other_x: float, other_y: float) -> float:
    """Return the distance of two places, km."""
    return math.sqrt((x - other_x) * (x - other_x) + (y - other_y) * (y - other_y))


@inside
def cognitive_distance(capability: Floats, i: int, j: int) -> float:
    """Return the distance of two firms' skills, 0 (alike) to 1 (nothing in common)."""
    total = 0.0
    for role in range(capability.shape[1]):
        gap = capability[i, role] - capability[j, role]
        total += gap * gap
    return math.sqrt(total / capability.shape[1])


@inside
def shared_platform(relations: Relations, i: int, j: int) -> int:
    """Return a platform that both take part in, or nobody's."""
    for a in range(HOMES):
        if relations.home[i, a] == NOBODY:
            continue
        for b in range(HOMES):
            if relations.home[i, a] == relations.home[j, b]:
                return int(relations.home[i, a])
    return NOBODY


@inside
def log_output(share: float, exponent: float, factors: float, data: float) -> float:
    r"""Return the logarithm of the CES :math:`[(1-δ)F^ρ + δD^ρ]^{1/ρ}` (factors, data > 0)."""
    f, d = math.log(factors), math.log(data)
    if abs(exponent) < NEAR_COBB_DOUGLAS:
        return (1.0 - share) * f + share * d
    top = max(exponent * f, exponent * d)
    inside = (1.0 - share) * math.exp(exponent * f - top) + share * math.exp(exponent * d - top)
    return (top + math.log(inside)) / exponent


@inside
def affordable(firms: Firms, i: int, cost: float) -> bool:
    """Say whether a firm's cash covers one more spending in this period."""
    return bool(firms.cash[i] - firms.spending[i] >= cost)
