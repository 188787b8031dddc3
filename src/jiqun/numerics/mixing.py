r"""How often relations cross a boundary between groups, against partners drawn at random.

The null keeps how many relations each firm has and gives each a partner at random. What it expects
follows from the margins in closed form, so nothing needs to be drawn.

References
----------
Newman, M. E. J. (2003). Mixing patterns in networks. Physical Review E 67, 026126.
doi:10.1103/PhysRevE.67.026126
Chodrow, P. S. (2020). Configuration models of random hypergraphs. Journal of Complex Networks 8(3),
cnaa018. doi:10.1093/comnet/cnaa018
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Mixing:
    """Relations that cross a boundary.

    Attributes
    ----------
    share
        Weighted share that crosses.
    expected
        That share under random partners; 0 where all firms are in one group.
    weight
        Weight of each relation, shape (relations,).
    share_influence, ratio_influence
        Each relation's part in the error of ``share`` and of ``share / expected``, shape (relations,).
    """

    share: float
    expected: float
    weight: Floats
    share_influence: Floats
    ratio_influence: Floats

    @property
    def ratio(self) -> float:
        """How many times more often than random partners would."""
        return self.share / self.expected


def _mixing(crossing: Floats, chance: Floats, weight: Floats, expected: float) -> Mixing:
    """Put observed crossings (amount) and the two margins' chances (amount, summed) together."""
    total = weight.sum()
    share = float(crossing.sum() / total)
    from_share = (crossing - share * weight) / total
    if expected <= 0.0:
        return Mixing(share, 0.0, weight, from_share, np.zeros_like(from_share))
    from_margins = (chance - chance.sum() / total * weight) / total
    ratio = (from_share - share / expected * from_margins) / expected
    return Mixing(share, expected, weight, from_share, ratio)


def _without_gaps(stratum: Ints) -> Ints:
    """Give strata numbers from 0 without gaps, in their order."""
    present = np.bincount(stratum) > 0
    return (np.cumsum(present) - 1)[stratum]


def _counts(stratum: Ints, label: Ints, strata: int, labels: int) -> Floats:
    """Count labels by stratum, shape (strata, labels)."""
    cell = stratum * labels + label
    return np.bincount(cell, minlength=strata * labels).reshape(strata, labels).astype(float)


def _met(stratum: Ints, a: Ints, b: Ints, labels: int) -> Floats:
    r"""Add up, by stratum, :math:`\sum_l a_l b_l` over labels without a dense table."""
    strata = int(stratum.max()) + 1
    keys_a, count_a = np.unique(stratum * labels + a, return_counts=True)
    keys_b, count_b = np.unique(stratum * labels + b, return_counts=True)
    both, at_a, at_b = np.intersect1d(keys_a, keys_b, assume_unique=True, return_indices=True)
    products = (count_a[at_a] * count_b[at_b]).astype(float)
    return np.bincount(both // labels, products, strata).astype(float)


def tie_mixing(source: Ints, target: Ints, group: Ints, stratum: Ints) -> Mixing:
    """Compare ties with ties whose targets are exchanged at random within a stratum.

    Parameters
    ----------
    source, target
        Firms of each tie, shape (N,), N > 0.
    group
        Group of each firm, shape (firms,).
    stratum
        Ties exchange targets only with ties of the same stratum (kind and period), shape (N,).
    """
    stratum = _without_gaps(stratum)
    from_group, to_group = group[source], group[target]
    groups, firms, strata = int(group.max()) + 1, group.size, int(stratum.max()) + 1
    size = np.bincount(stratum, minlength=strata).astype(float)
    out_of = _counts(stratum, from_group, strata, groups)
    into = _counts(stratum, to_group, strata, groups)
    itself = _met(stratum, source, target, firms)
    alike = (out_of * into).sum(axis=1) - itself
    possible = size**2 - itself
    same = np.divide(alike, possible, out=np.zeros(strata), where=possible > 0)
    chance = (
        2.0 - into[stratum, from_group] / size[stratum] - out_of[stratum, to_group] / size[stratum]
    )
    crossing = (from_group != to_group).astype(float)
    return _mixing(
        crossing, chance, np.ones(source.size), float(1 - (size * same).sum() / size.sum())
    )


def alliance_mixing(alliance: Ints, firm: Ints, group: Ints, stratum: Ints) -> Mixing:
    """Compare partners in alliances with members exchanged at random within a stratum.

    Every membership counts once: what counts is the share of its fellow members across the boundary.

    Parameters
    ----------
    alliance, firm
        One entry a membership, shape (L,); each alliance, 0 to its number − 1, has at least two.
    group
        Group of each firm, shape (firms,).
    stratum
        Alliances exchange members only within a stratum (kind and period), shape (alliances,).
    """
    stratum = _without_gaps(stratum)
    alliances, groups, strata = stratum.size, int(group.max()) + 1, int(stratum.max()) + 1
    size = np.bincount(alliance, minlength=alliances).astype(float)
    own_group, own_stratum = group[firm], stratum[alliance]
    keys, count = np.unique(alliance * groups + own_group, return_counts=True)
    alike_inside = np.bincount(keys // groups, count.astype(float) ** 2, alliances)
    crossing = (size**2 - alike_inside) / (size - 1.0)
    seats = _counts(own_stratum, own_group, strata, groups)
    total = seats.sum(axis=1)
    itself = _met(own_stratum, firm, firm, group.size)
    possible = total**2 - itself
    alike = (seats**2).sum(axis=1) - itself
    same = np.divide(alike, possible, out=np.zeros(strata), where=possible > 0)
    elsewhere = 1.0 - seats[own_stratum, own_group] / total[own_stratum]
    chance = 2.0 * np.bincount(alliance, elsewhere, alliances).astype(float)
    expected = float(1 - (total * same).sum() / total.sum())
    return _mixing(crossing, chance, size, expected)
