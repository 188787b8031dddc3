r"""What settings are tried on: links that were kept to partition by, links held out to judge by.

In a large network only some of its firms are partitioned, the communities of a coarse partition taken as
they come. Their links with each other, and the expectation :math:`k_i k_j / 2m` of the whole network, stay
as they are, so that a resolution means the same in the part and in the whole.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.communities.layers import Layer, Network, network, weighed

Floats = NDArray[np.float64]
Single = NDArray[np.float32]
Small = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOut:
    """Links of one layer that were held out.

    Attributes
    ----------
    first, second, weight
        Pairs between the firms that are partitioned.
    strength
        Held-out strength of each of these firms, shape (N,).
    total
        Weight of all pairs held out, whatever their firms.
    """

    first: Small
    second: Small
    weight: Floats
    strength: Floats
    total: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One split into kept and held out.

    Attributes
    ----------
    rows
        The network of the firms that are partitioned.
    pairs
        Weight of the kept pairs of each layer, in the order of the rows.
    strengths
        As :func:`weighed` returns them at weights and resolution 1, shape (N, L).
    held
        What was held out, of the layers that judge.
    """

    rows: Network
    pairs: tuple[Single, ...]
    strengths: Floats
    held: tuple[HeldOut, ...]


def trial(
    whole: Network, judges: tuple[bool, ...], kept: tuple[Floats, ...], part: Small | None
) -> Trial:
    """Split the links of a network, or of some of its firms (``part``, ascending)."""
    ones = np.ones(len(whole.layers))
    weight, strengths = weighed(whole, ones, ones, kept)
    bounds = np.cumsum([0, *(layer.first.size for layer in whole.layers)])
    pairs = [weight[a:b] for a, b in pairwise(bounds)]
    place = np.full(whole.firms, -1, np.int32)
    chosen = np.arange(whole.firms, dtype=np.int32) if part is None else part
    place[chosen] = np.arange(chosen.size, dtype=np.int32)
    among = [(place[x.first] >= 0) & (place[x.second] >= 0) for x in whole.layers]
    rows = whole
    if part is not None:
        inner = zip(whole.layers, among, strict=True)
        rows = network(chosen.size, tuple(_between(layer, at, place) for layer, at in inner))
    layers = zip(whole.layers, kept, among, judges, strict=True)
    return Trial(
        rows=rows,
        pairs=tuple(p[at] for p, at in zip(pairs, among, strict=True)),
        strengths=strengths[chosen],
        held=tuple(
            _held(layer, drawn, at, place, chosen) for layer, drawn, at, judge in layers if judge
        ),
    )


def _between(layer: Layer, among: NDArray[np.bool_], place: Small) -> Layer:
    """Keep the pairs of the firms that are partitioned, with their new numbers."""
    return replace(
        layer,
        first=place[layer.first[among]],
        second=place[layer.second[among]],
        weight=layer.weight[among],
        group=layer.group[among],
    )


def _held(
    layer: Layer, drawn: Floats, among: NDArray[np.bool_], place: Small, chosen: Small
) -> HeldOut:
    """Take what was not kept."""
    out = drawn[layer.group] == 0.0
    both = among & out
    return HeldOut(
        first=place[layer.first[both]],
        second=place[layer.second[both]],
        weight=layer.weight[both],
        strength=layer.strengths(place.size, 1.0 - drawn)[chosen],
        total=float(layer.weight[out].sum()),
    )


def some_firms(community: Small, least: int, generator: np.random.Generator) -> Small:
    """Take whole communities, as they come, until there are so many firms; ascending."""
    size = np.bincount(community)
    order = generator.permutation(size.size)
    enough = int(np.searchsorted(np.cumsum(size[order]), least)) + 1
    chosen = np.zeros(size.size, np.bool_)
    chosen[order[:enough]] = True
    return np.flatnonzero(chosen[community]).astype(np.int32)
