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
Golub, G. H. & Varga, R. S. (1961). Chebyshev semi-iterative methods, successive overrelaxation
iterative methods, and second order Richardson iterative methods. Numerische Mathematik 3, 147-156.
doi:10.1007/BF01386013
"""

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.addressed import address, below, pair
from jiqun.numerics.point_pattern.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Small = NDArray[np.int32]

SHARPNESS = 10
"""q: how nearly the norm over the members of a collaboration is that of its largest."""
SPREAD = 15
"""p > q: how evenly coreness may be spread; the iteration contracts by (q − 1) / (p − 1)."""
FREE = -1
TIES = 1
"""Stratum in which each pair of firms is joined at most once."""
SLOWEST = (SHARPNESS - 1) / (SPREAD - 1)
STRIDE = 2 / (2 - SLOWEST)
RADIUS = SLOWEST / (2 - SLOWEST)
TOLERANCE = 1e-4
"""Step in the logarithm of x at which the iteration stops."""
ITERATIONS = 200


def coreness(offsets: Ints, members: Small, weight: Floats, start: Floats) -> Floats:
    r"""Share out all collaborations among the firms that are most central in each.

    .. math::
        \max_{x > 0} \sum_e w_e \Bigl(\sum_{i \in e} x_i^q\Bigr)^{1/q}
        \quad \text{subject to} \quad \sum_i x_i^p = 1

    (Tudisco & Higham 2023, with one weight a collaboration). For p > q > 1 the maximum
    is unique and the iteration below reaches it from any start. At the maximum :math:`x_i^p` is the
    share of the objective that firm i carries, and these shares are what is returned.

    Parameters
    ----------
    offsets, members
        Firms of each collaboration in compressed rows, shapes (E + 1,) and (M,).
    weight
        Weight of each collaboration, shape (E,); those of weight 0 do not count.
    start
        Shares to start from, such as those of a similar network or numbers of collaborations;
        shape (N,), one for each firm.

    Returns
    -------
    ndarray
        Shares, shape (N,), adding up to 1; 0 for a firm without collaborations.
    """
    return _coreness(offsets, members, weight, start)


@compiled
def _coreness(offsets: Ints, members: Small, weight: Floats, start: Floats) -> Floats:
    """Iterate to the fixed point, on logarithms.

    The plain step multiplies errors by eigenvalues in [0, (q − 1)/(p − 1)], all real, and forgets the
    scale of x; Chebyshev's two-step combination (Golub & Varga 1961) needs a third as many steps.
    """
    active = np.flatnonzero(_pull(offsets, members, weight, np.ones(start.size)) > 0)
    log_x, before, power = np.zeros(start.size), np.zeros(start.size), np.zeros(start.size)
    for i in active:
        log_x[i] = np.log(max(start[i], 1e-12)) / SPREAD
    relax = 1.0
    for turn in range(ITERATIONS):
        for i in active:
            power[i] = np.exp(SHARPNESS * log_x[i])
        pull = _pull(offsets, members, weight, power)
        change = 0.0
        for i in active:
            step = ((SHARPNESS - 1) * log_x[i] + np.log(pull[i])) / (SPREAD - 1) - log_x[i]
            change = max(change, abs(step))
            following = log_x[i] + STRIDE * step
            following = before[i] + relax * (following - before[i]) if turn else following
            before[i], log_x[i] = log_x[i], following
        relax = 1.0 / (1.0 - RADIUS**2 * (relax / 4 if turn else 0.5))
        if change < TOLERANCE:
            break
    carried = np.zeros(start.size)
    for i in active:
        carried[i] = np.exp(SPREAD * log_x[i])
    return np.asarray(carried / max(carried.sum(), 1e-300))


@compiled
def _pull(offsets: Ints, members: Small, weight: Floats, power: Floats) -> Floats:
    """Return the sum of w (Σ x^q)^(1/q − 1) over the collaborations of each firm."""
    pull = np.zeros(power.size)
    for e in range(weight.size):
        if weight[e] == 0.0:
            continue
        total = 0.0
        for m in range(offsets[e], offsets[e + 1]):
            total += power[members[m]]
        inside = weight[e] * total ** (1.0 / SHARPNESS - 1.0) if total > 0 else 0.0
        for m in range(offsets[e], offsets[e + 1]):
            pull[members[m]] += inside
    return pull


def shuffle(offsets: Ints, members: Small, stratum: Ints, trades: int, seed: int) -> Small:
    """Exchange members between collaborations, keeping all sizes and all numbers per firm.

    Each round pairs the collaborations of a stratum at random; the two of a pair share out anew, at
    random, the firms that they do not have in common. Rounds of such trades reach every arrangement with the
    same sizes and numbers alike often. In the stratum ``TIES`` no two firms are ever joined twice: a
    trade that would do so is not made.

    Parameters
    ----------
    offsets, members
        Firms of each collaboration, a firm in one only once, shapes (E + 1,) and (M,).
    stratum
        Collaborations trade only within a stratum: small numbers from 0, shape (E,). Those of
        ``TIES`` have two firms each.
    trades
        Rounds of trades.
    seed
        Seed of the trades.

    Returns
    -------
    ndarray
        The new members, shape (M,).
    """
    order = np.argsort(stratum, kind="stable")
    bounds = np.append(np.flatnonzero(np.diff(stratum[order], prepend=-1)), order.size)
    held = members.copy()
    _trade(offsets, held, order, bounds.astype(np.int64), stratum, trades, seed)
    return held


@compiled
def _trade(
    offsets: Ints, members: Small, order: Ints, bounds: Ints, stratum: Ints, trades: int, seed: int
) -> None:
    """Carry out the rounds in place; ``order`` lists the collaborations stratum by stratum."""
    pool = np.empty(max(2, members.size), np.int32)
    for turn in range(trades):
        pairing, dealing = address(seed, turn, 0), address(seed, turn, 1)
        for s in range(bounds.size - 1):
            first, last = bounds[s], bounds[s + 1]
            for place in range(last - 1, first, -1):
                other = first + below(pairing, place, 0, place - first + 1)
                order[place], order[other] = order[other], order[place]
            if stratum[order[first]] == TIES:
                _switch_ties(offsets, members, order[first:last], dealing)
                continue
            for place in range(first + 1, last, 2):
                _share_out(offsets, members, order[place - 1], order[place], pool, dealing, place)


@compiled
def _switch_ties(offsets: Ints, members: Small, order: Ints, dealing: np.uint64) -> None:
    """Deal the four firms of two ties to two new ties, unless one of these is there already."""
    places = 16
    while places < 4 * order.size:
        places *= 2
    key, there = np.full(places, FREE), np.zeros(places, np.bool_)
    for edge in order:
        there[_slot(key, members[offsets[edge]], members[offsets[edge] + 1])] = True
    for place in range(1, order.size, 2):
        a, b = offsets[order[place - 1]], offsets[order[place]]
        choice = below(dealing, place, 0, 3)
        i, j, k, n = members[a], members[a + 1], members[b], members[b + 1]
        if choice == 0 or _share_a_firm(i, j, k, n):
            continue
        if choice == 1:
            k, n = n, k
        one, other = _slot(key, i, n), _slot(key, k, j)
        if there[one] or there[other]:
            continue
        there[_slot(key, i, j)], there[_slot(key, k, n)] = False, False
        there[one], there[other] = True, True
        members[a + 1], members[b], members[b + 1] = n, k, j


@compiled
def _share_a_firm(i: int, j: int, k: int, n: int) -> bool:
    """Say whether two ties share a firm: dealing their firms anew would change nothing."""
    return i == k or i == n or j == k or j == n  # noqa: PLR1714 - compiled


@compiled
def _slot(key: Ints, one: int, other: int) -> int:
    """Find the place of a pair in the hash table, entering it where it is not yet there."""
    word = pair(one, other)
    place = word & (key.size - 1)
    while key[place] != FREE and key[place] != word:
        place = (place + 1) & (key.size - 1)
    key[place] = word
    return place


@compiled
def _share_out(
    offsets: Ints, members: Small, a: int, b: int, pool: Small, dealing: np.uint64, trade: int
) -> None:
    """Deal the firms that only one of two collaborations has to both, at random."""
    free_a = _apart(offsets, members, a, b)
    free_b = _apart(offsets, members, b, a)
    of_a, of_b = free_a - offsets[a], free_b - offsets[b]
    if of_a == 0 or of_b == 0:
        return
    pool[:of_a] = members[offsets[a] : free_a]
    pool[of_a : of_a + of_b] = members[offsets[b] : free_b]
    for place in range(of_a + of_b - 1, 0, -1):
        other = below(dealing, trade, place, place + 1)
        pool[place], pool[other] = pool[other], pool[place]
    members[offsets[a] : free_a] = pool[:of_a]
    members[offsets[b] : free_b] = pool[of_a : of_a + of_b]


@compiled
def _apart(offsets: Ints, members: Small, a: int, b: int) -> int:
    """Move the firms of a that b has not to the front of a; return where they end."""
    end = offsets[a]
    for m in range(offsets[a], offsets[a + 1]):
        common = False
        for k in range(offsets[b], offsets[b + 1]):
            common |= members[k] == members[m]
        if not common:
            members[m], members[end] = members[end], members[m]
            end += 1
    return int(end)
