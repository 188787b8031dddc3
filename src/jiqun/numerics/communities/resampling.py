r"""Membership by repeated draws: in which share of them does a firm belong to a community?

Each draw keeps 70 % of the ties and alliances. Its communities are matched with those of the whole
network by the share they have in common (Jaccard). A firm belongs to a community in a draw where it is
put into its match, and also where its links to it are more than chance has it (P ≤ 0.01 under the
configuration model, at least two links): so a firm may belong to several. The share of draws is its
membership. With fewer kept it would be too modest, with more too sure; ``verification/clusters.py`` shows
how often members are right.

References
----------
Lancichinetti, A. & Fortunato, S. (2012). Consensus clustering in complex networks. Scientific Reports 2,
336. doi:10.1038/srep00336
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.communities.layers import Network
from jiqun.numerics.point_pattern.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Small = NDArray[np.int32]

ALSO = 0.01
LEAST_LINKS = 2.0
NONE = -1


@dataclass(frozen=True, slots=True)
class Matched:
    """Communities of one draw, matched with those of the whole.

    Attributes
    ----------
    whole
        Community of the whole that each community of the draw is matched with, shape (D,).
    chosen
        Community of the draw that matches each of the whole best, ``NONE`` if none does, shape (C,).
    """

    whole: Small
    chosen: Small


def matched(drawn: Small, whole: Small, count: int) -> Matched:
    """Match every community of a draw with the one of the whole that it overlaps most with."""
    keys, common = np.unique(drawn.astype(np.int64) * count + whole, return_counts=True)
    draw, base = keys // count, keys % count
    size_drawn, size_whole = np.bincount(drawn), np.bincount(whole, minlength=count)
    jaccard = common / (size_drawn[draw] + size_whole[base] - common)
    to_whole = np.full(size_drawn.size, NONE, np.int32)
    best = _first_of_each(draw, base, jaccard)
    to_whole[draw[best]] = base[best]
    chosen = np.full(count, NONE, np.int32)
    again = best[_first_of_each(base[best], draw[best], jaccard[best])]
    chosen[base[again]] = draw[again]
    return Matched(to_whole, chosen)


def _first_of_each(key: Ints, other: Ints, value: Floats) -> Ints:
    """Return the row with the largest value of each key; among equals the smallest other."""
    order = np.lexsort((other, -value, key))
    ordered = key[order]
    return np.asarray(order[np.concatenate(([True], ordered[1:] != ordered[:-1]))[: key.size]])


def further(
    whole: Network, community: Small, count: int, drawn: tuple[Floats, ...], links: tuple[bool, ...]
) -> Ints:
    """Find the communities that firms are linked with more than chance has it, besides their own.

    Parameters
    ----------
    whole
        The layers.
    community, count
        Community of each firm, ``NONE`` for firms without, shape (N,), and how many there are.
    drawn
        Which groups of each layer were kept.
    links
        Which layers are links between firms.

    Returns
    -------
    ndarray
        ``firm · count + community`` of each further membership.
    """
    weights, strengths, totals = [], [], []
    placed = community >= 0
    for layer, times, counts in zip(whole.layers, drawn, links, strict=True):
        weight = layer.weight * times[layer.group] * counts
        weights.append(weight.astype(np.float32))
        if counts:
            strength = layer.strengths(whole.firms, times)
            sums = np.bincount(community[placed], strength[placed], count)
            strengths.append(strength)
            totals.append(sums / max(float(strength.sum()), 1.0))
    if not strengths:
        return np.zeros(0, np.int64)
    found = np.empty(whole.neighbours.size, np.int64)
    filled = _further(
        whole.offsets,
        whole.neighbours,
        whole.pair,
        np.concatenate(weights),
        community,
        np.stack(strengths, axis=1),
        np.stack(totals, axis=1),
        found,
    )
    return found[:filled].copy()


@compiled
def _further(
    offsets: Ints,
    neighbours: Small,
    pair: Small,
    weight: NDArray[np.float32],
    community: Small,
    strength: Floats,
    share: Floats,
    found: Ints,
) -> int:
    """Walk over all firms; fill ``found`` and return how many."""
    count = share.shape[0]
    link, touched = np.zeros(count), np.empty(count, np.int32)
    filled = 0
    for i in range(community.size):
        seen = 0
        for p in range(offsets[i], offsets[i + 1]):
            c = community[neighbours[p]]
            if c >= 0 and c != community[i] and weight[pair[p]] > 0:
                if link[c] == 0.0:
                    touched[seen] = c
                    seen += 1
                link[c] += weight[pair[p]]
        for t in range(seen):
            c = touched[t]
            number = link[c]
            link[c] = 0.0
            if number < LEAST_LINKS - 1e-6:
                continue
            due = 0.0
            for a in range(strength.shape[1]):
                due += strength[i, a] * share[c, a]
            if _poisson_tail(number, due) <= ALSO:
                found[filled] = np.int64(i) * count + c
                filled += 1
    return filled


@compiled
def _poisson_tail(number: float, due: float) -> float:
    """Return P(X ≥ number) of a Poisson law, with the number rounded down."""
    term = np.exp(-due)
    below = 0.0
    for k in range(int(number + 1e-6)):
        below += term
        term *= due / (k + 1)
    return max(1.0 - below, 0.0)
