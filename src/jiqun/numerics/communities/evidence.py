r"""Do links that a community has not seen fall inside it more often than chance has it?

Of the ties and alliances held out, let D be the number of memberships (two a tie, k an alliance
of k) and :math:`D_c` those of the community's firms, :math:`p = D_c / D`. At random a group of k joins
two or more of its firms with probability

.. math::  q_k(p) = 1 - (1 - p)^k - k p (1 - p)^{k - 1},

and near firms link more often anyway: where sites are known, :math:`q` is multiplied by the factor by
which pairs at the distances found inside the community link more than pairs at large (the larger of two:
distances in metres, and in units of the way to near neighbours). The number of
held-out groups that join two or more firms is compared with a Poisson law whose mean is the sum
of :math:`q`, which has no lighter upper tail than a sum of independent trials.

References
----------
Chodrow, P. S. (2020). Configuration models of random hypergraphs. Journal of Complex Networks 8(3),
cnaa018. doi:10.1093/comnet/cnaa018
Meinshausen, N., Meier, L. & Bühlmann, P. (2009). p-values for high-dimensional regression. Journal of
the American Statistical Association 104(488), 1671-1681. doi:10.1198/jasa.2009.tm08647 (twice the
median of p-values from many splits is one)
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import spatial, special

from jiqun.numerics.communities.layers import Layer
from jiqun.numerics.point_pattern.compiled import compiled
from jiqun.numerics.point_pattern.workers import available_cores

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Small = NDArray[np.int32]

CLASSES = 24
"""Classes of distance, each twice as wide as the one before; the last holds what has no place."""
CENTRES = 512
HALF = 0.5
NEIGHBOUR = 16
SAMPLED = 256
"""Pairs of a community whose distances are looked at."""


@dataclass(frozen=True, slots=True)
class Held:
    """Held-out groups of one layer, by community.

    Attributes
    ----------
    joined
        Groups with two or more firms of the community, shape (C,).
    due
        As many as chance and distance make expect, shape (C,).
    """

    joined: Floats
    due: Floats

    def __add__(self, other: "Held") -> "Held":
        """Add up two layers."""
        return Held(self.joined + other.joined, self.due + other.due)

    def tail(self) -> Floats:
        """Return P(as many or more by chance) for each community."""
        tail = np.ones(self.joined.size)
        some = (self.joined > 0) & (self.due > 0)
        tail[some] = special.gammainc(self.joined[some], self.due[some])
        return tail


def held_evidence(
    community: Small, count: int, layer: Layer, kept: Floats, firms: int, factor: Floats
) -> tuple[Held, Held]:
    """Count and expect what the groups not kept join.

    Parameters
    ----------
    community, count
        Community of each firm, shape (N,), and how many there are.
    layer
        Ties or alliances.
    kept
        1 for the groups that the communities were made from, 0 for the others, shape (G,).
    firms
        Number of firms.
    factor
        How much oftener pairs at the community's distances link than pairs at large, shape (C,).

    Returns
    -------
    tuple of Held
        Expected from strengths alone, and with the factor.
    """
    held = kept == 0.0
    inside = np.flatnonzero(community[layer.first] == community[layer.second])
    inside = inside[held[layer.group[inside]]]
    key = np.unique(layer.group[inside].astype(np.int64) * count + community[layer.first[inside]])
    joined = np.bincount(key % count, minlength=count).astype(np.float64)
    # The strength of a firm is the number of its groups, since the pairs of k firms weigh 1/(k-1).
    sizes, groups = np.unique(layer.sizes[held], return_counts=True)
    members = np.bincount(community, layer.strengths(firms, held.astype(float)), count)
    share = members / max(float(members.sum()), 1.0)
    due, due_near = np.zeros(count), np.zeros(count)
    for size, number in zip(sizes, groups, strict=True):
        missed = (1 - share) ** size + size * share * (1 - share) ** (size - 1)
        met = np.maximum(1.0 - missed, 0.0)
        due += number * met
        due_near += number * np.minimum(met * factor, 1.0)
    return Held(joined, due), Held(joined, due_near)


@dataclass(frozen=True, slots=True)
class Decay:
    """How links thin out with distance.

    Attributes
    ----------
    place
        Coordinates of each firm, m, NaN where unknown, shape (N, 2).
    unit
        What a distance is measured in at each firm, m, shape (N,); between two, the geometric mean.
    shortest
        Upper end of the first class of distance, in these units.
    factor
        Links of each class over those expected from strengths alone, shape (CLASSES,).
    """

    place: Floats
    unit: Floats
    shortest: float
    factor: Floats

    def within(self, community: Small, count: int, strength: Floats, seed: int) -> Floats:
        """Return the mean factor over pairs inside each community, at least 1, shape (count,)."""
        order = np.argsort(community, kind="stable").astype(np.int32)
        first = np.searchsorted(community[order], np.arange(count + 1))
        mean = _mean_factor(
            order, first, strength, self.place, self.unit, self.shortest, self.factor, SAMPLED, seed
        )
        return np.asarray(np.maximum(mean, 1.0))


def units(place: Floats) -> tuple[Floats, ...]:
    """Return what distances are measured in at each firm: metres, and steps to neighbours.

    A step is the distance to a firm's 16th neighbour: where partners are the nearest firms, however far
    these are, links thin out with steps and not with metres. Too few firms with a place: none.
    """
    located = np.flatnonzero(np.isfinite(place[:, 0]))
    if located.size <= NEIGHBOUR:
        return ()
    step = np.ones(place.shape[0])
    tree = spatial.cKDTree(place[located])
    step[located] = tree.query(place[located], k=[NEIGHBOUR + 1], workers=available_cores())[0][
        :, 0
    ]
    return np.ones(place.shape[0]), np.maximum(step, _extent(place) * 1e-6)


def _extent(place: Floats) -> float:
    """Return the longer side of the map, m."""
    located = place[np.isfinite(place[:, 0])]
    return max(float(np.ptp(located, axis=0).max()), 1.0)


def centres_of(layer: Layer, firms: int, generator: np.random.Generator) -> Small:
    """Draw 512 firms by their strength; none where the layer has no links."""
    if not layer.groups:
        return np.zeros(0, np.int32)
    strength = layer.strengths(firms)
    return generator.choice(firms, CENTRES, p=strength / strength.sum()).astype(np.int32)


def decays(
    place: Floats, each: tuple[Floats, ...], layer: Layer, centres: Small
) -> tuple[Decay, ...]:
    """Measure how the links of a layer thin out with distance, in each of the units.

    The expected number of each class is counted from the centres to all other firms.
    """
    if not layer.groups or not each:
        return ()
    strength = layer.strengths(place.shape[0])
    located, extent = np.isfinite(place[:, 0]), _extent(place)
    found = []
    for unit in each:
        widest = extent / float(np.median(unit[located]))
        shortest = widest / 2.0 ** (CLASSES - 6)
        seen = _classes(layer.first, layer.second, layer.weight, place, unit, shortest)
        due = _reached(centres, strength, place, unit, shortest)
        due *= layer.weight.sum() / due.sum()
        found.append(Decay(place, unit, shortest, (seen + 1.0) / (due + 1.0)))
    return tuple(found)


@compiled
def _class_of(place: Floats, unit: Floats, i: int, j: int, shortest: float) -> int:
    """Return the class of a distance: the least c with distance ≤ shortest · 2^c."""
    dx, dy = place[i, 0] - place[j, 0], place[i, 1] - place[j, 1]
    square = (dx * dx + dy * dy) / (unit[i] * unit[j] * (shortest * shortest))
    if not np.isfinite(square):
        return CLASSES - 1
    if square <= 1.0:
        return 0
    # The square is mantissa · 2^exponent; twice the class is its exponent, rounded up to an even number.
    mantissa, exponent = math.frexp(square)
    double = exponent if mantissa > HALF else exponent - 1
    return min((double + 1) // 2, CLASSES - 2)


@compiled
def _classes(
    first: Small, second: Small, weight: Floats, place: Floats, unit: Floats, shortest: float
) -> Floats:
    """Add up the weights of pairs in each class of distance."""
    total = np.zeros(CLASSES)
    for p in range(first.size):
        total[_class_of(place, unit, first[p], second[p], shortest)] += weight[p]
    return total


@compiled
def _reached(
    centres: Small, strength: Floats, place: Floats, unit: Floats, shortest: float
) -> Floats:
    """Add up the strengths of all firms around the centres in each class of distance."""
    total = np.zeros(CLASSES)
    for i in centres:
        for j in range(strength.size):
            if j != i and strength[j] > 0:
                total[_class_of(place, unit, i, j, shortest)] += strength[j]
    return total


@compiled
def _mean_factor(
    order: Small,
    first: Ints,
    strength: Floats,
    place: Floats,
    unit: Floats,
    shortest: float,
    factor: Floats,
    sampled: int,
    seed: int,
) -> Floats:
    """Average over pairs drawn inside each community, weighed by their strengths."""
    mean = np.ones(first.size - 1)
    for c in range(first.size - 1):
        size = first[c + 1] - first[c]
        state = np.uint64(seed + 7919 * c + 1)
        total, weights = 0.0, 0.0
        for _ in range(sampled if size > 1 else 0):
            state = state * np.uint64(6364136223846793005) + np.uint64(1442695040888963407)
            i = order[first[c] + np.int64((state >> np.uint64(33)) % np.uint64(size))]
            state = state * np.uint64(6364136223846793005) + np.uint64(1442695040888963407)
            j = order[first[c] + np.int64((state >> np.uint64(33)) % np.uint64(size))]
            both = strength[i] * strength[j] if i != j else 0.0
            total += both * factor[_class_of(place, unit, i, j, shortest)]
            weights += both
        if weights > 0:
            mean[c] = total / weights
    return mean
