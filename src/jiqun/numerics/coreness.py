r"""Coreness of firms in collaborations of any size, and collaborations shuffled with degrees kept.

References
----------
Tudisco, F. & Higham, D. J. (2023). Core-periphery detection in hypergraphs. SIAM Journal on
Mathematics of Data Science 5(1), 1-21. doi:10.1137/22M1480926
Strona, G., Nappo, D., Boccacci, F., Fattorini, S. & San-Miguel-Ayanz, J. (2014). A fast and unbiased
procedure to randomize ecological binary matrices with fixed row and column totals. Nature
Communications 5, 4114. doi:10.1038/ncomms5114
Carstens, C. J., Hamann, M., Meyer, U., Penschuck, M., Tran, H. & Wagner, D. (2018). Parallel and
I/O-efficient randomisation of massive networks using global curveball trades. European Symposium on
Algorithms, LIPIcs 112, 11. doi:10.4230/LIPIcs.ESA.2018.11
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SHARPNESS = 10
"""q: how nearly the norm over the members of a collaboration is that of its largest."""
SPREAD = 15
"""p > q: how evenly coreness may be spread; the iteration contracts by (q − 1) / (p − 1)."""
TOLERANCE = 1e-4
ITERATIONS = 200


def coreness(
    relation: Ints, firm: Ints, weight: Floats, firms: int, start: Floats | None = None
) -> Floats:
    r"""Share out all collaborations among the firms that are most central in each.

    .. math::
        \max_{x > 0} \sum_e w_e \Bigl(\sum_{i \in e} x_i^q\Bigr)^{1/q}
        \quad \text{subject to} \quad \sum_i x_i^p = 1

    (Tudisco & Higham 2023, with one weight a collaboration). For p > q > 1 the maximum
    is unique and the iteration below reaches it from any start. At the maximum :math:`x_i^p` is the
    share of the objective that firm i carries, and these shares are what is returned.

    Parameters
    ----------
    relation, firm
        One entry for each firm of each collaboration, shape (L,).
    weight
        Weight of each collaboration, shape (relations,); those of weight 0 do not count.
    firms
        Number of firms.
    start
        Shares to start from, such as those of a similar network, shape (firms,).

    Returns
    -------
    ndarray
        Shares, shape (firms,), adding up to 1; 0 for a firm without collaborations.
    """
    active = np.bincount(firm, weight[relation], firms) > 0
    if not active.any():
        return np.zeros(firms)
    share = np.bincount(firm, weight[relation], firms) if start is None else start.copy()
    share = np.where(active, np.maximum(share, 1e-12), 0.0)
    x = (share / share.sum()) ** (1.0 / SPREAD)
    for _ in range(ITERATIONS):
        power = x**SHARPNESS
        sums = np.bincount(relation, power[firm], weight.size)
        inside = np.where(sums > 0, sums, 1.0) ** (1.0 / SHARPNESS - 1.0) * weight
        pull = np.bincount(firm, inside[relation], firms)
        gradient = np.divide(power, x, out=np.zeros(firms), where=active) * pull
        updated = gradient ** (1.0 / (SPREAD - 1))
        updated /= (updated**SPREAD).sum() ** (1.0 / SPREAD)
        change = np.abs(updated - x)[active] / updated[active]
        x = updated
        if change.max() < TOLERANCE:
            break
    carried = x**SPREAD
    return np.asarray(carried / carried.sum(), dtype=np.float64)


def shuffle(
    relation: Ints, firm: Ints, stratum: Ints, trades: int, generator: np.random.Generator
) -> Ints:
    """Exchange members between collaborations, keeping all sizes and all numbers per firm.

    Each round pairs the collaborations of a stratum at random; the two of a pair share out anew, at
    random, the firms that they do not have in common. Rounds of such trades reach every arrangement with the
    same sizes and numbers alike often.

    Parameters
    ----------
    relation, firm
        One entry for each firm of each collaboration, shape (L,); a firm is in one only once.
    stratum
        Collaborations trade only within a stratum, shape (relations,).
    trades
        Rounds of trades.
    generator
        Source of random numbers.

    Returns
    -------
    ndarray
        The new collaboration of each entry, shape (L,).
    """
    held = relation.copy()
    firms = int(firm.max()) + 1 if firm.size else 0
    for _ in range(trades):
        pair = _pairs(stratum, generator)[held]
        key = pair * firms + firm
        order = np.argsort(key)
        again = key[order][1:] == key[order][:-1]
        common = np.zeros(firm.size, dtype=bool)
        common[order[1:][again]] = True
        common[order[:-1][again]] = True
        free = np.flatnonzero(~common)
        in_order = free[np.argsort(pair[free], kind="stable")]
        at_random = free[np.argsort(pair[free] + generator.random(free.size))]
        seats = held[in_order]
        held[at_random] = seats
    return held


def _pairs(stratum: Ints, generator: np.random.Generator) -> Ints:
    """Pair the members of each stratum at random; one may stay alone. Returns the pair of each."""
    order = np.argsort(stratum + generator.random(stratum.size))
    ordered = stratum[order]
    first = np.searchsorted(ordered, ordered)
    # Each stratum starts at an even place of its own, so that no pair spans two strata.
    place = np.arange(stratum.size) - first + 2 * first
    pair = np.empty(stratum.size, dtype=np.int64)
    pair[order] = place // 2
    return pair
