"""Give neighbours neighbouring numbers: a large network is then read several times as fast.

A walk along the links of a firm reads what is known of its partners, which lies anywhere in the memory;
with the firms of a community side by side most of it is at hand.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.communities.layers import Layer, Network, network

Small = NDArray[np.int32]


def renumbered(whole: Network, order: Small) -> Network:
    """Return the network with the firms in another order; ``order``: which firm takes each place."""
    place = np.empty(whole.firms, np.int32)
    place[order] = np.arange(whole.firms, dtype=np.int32)
    return network(whole.firms, tuple(_sorted(layer, place) for layer in whole.layers))


def _sorted(layer: Layer, place: Small) -> Layer:
    """Give new numbers to the firms of a layer, and to its groups by their first firm."""
    first, second = place[layer.first], place[layer.second]
    lowest = np.full(layer.groups, np.iinfo(np.int32).max, np.int32)
    np.minimum.at(lowest, layer.group, np.minimum(first, second))
    groups = np.argsort(lowest, kind="stable")
    rank = np.empty(layer.groups, np.int32)
    rank[groups] = np.arange(layer.groups, dtype=np.int32)
    pairs = np.argsort(rank[layer.group], kind="stable")
    return replace(
        layer,
        first=first[pairs],
        second=second[pairs],
        weight=layer.weight[pairs],
        group=rank[layer.group[pairs]],
        sizes=layer.sizes[groups],
    )
