r"""Layers of links between firms in compressed rows, each with its own expectation.

A layer is a list of pairs with weights; a group (a tie, or an alliance of any size) is what is drawn
again in a bootstrap. Layer :math:`l` enters with the weight :math:`w_l` and is compared with the
configuration model of its own strengths :math:`k^l`:

.. math::  Q = \sum_l w_l \sum_{ij} \Bigl(A^l_{ij} - \gamma_l \frac{k^l_i k^l_j}{2 m_l}\Bigr)
               \delta(c_i, c_j)

References
----------
Mucha, P. J., Richardson, T., Macon, K., Porter, M. A. & Onnela, J.-P. (2010). Community structure in
time-dependent, multiscale, and multiplex networks. Science 328, 876-878.
doi:10.1126/science.1184819
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.point_pattern.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Small = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """Links of one kind.

    Attributes
    ----------
    first, second
        Firms of each pair, shape (P,).
    weight
        Weight of each pair, shape (P,).
    group
        Tie or alliance that each pair is from, ascending; shape (P,).
    sizes
        Firms of each group, shape (G,).
    """

    first: Small
    second: Small
    weight: Floats
    group: Small
    sizes: Small

    @property
    def groups(self) -> int:
        """Number of ties and alliances."""
        return int(self.sizes.size)

    def strengths(self, firms: int, drawn: Floats | None = None) -> Floats:
        """Sum up the weights at each firm, shape (firms,); ``drawn``: how often each group counts."""
        weight = self.weight if drawn is None else self.weight * drawn[self.group]
        both = np.bincount(self.first, weight, firms)
        return np.asarray(both + np.bincount(self.second, weight, firms), dtype=np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """All layers over the same firms.

    Attributes
    ----------
    firms
        Number of firms N.
    layers
        The layers, in a fixed order.
    offsets, neighbours, pair
        Compressed rows: neighbours of each firm, and the number of the pair that links them,
        counting through all layers; shapes (N + 1,), (2P,), (2P,).
    """

    firms: int
    layers: tuple[Layer, ...]
    offsets: Ints
    neighbours: Small
    pair: Small


def network(firms: int, layers: tuple[Layer, ...]) -> Network:
    """Put layers side by side in compressed rows."""
    first = np.concatenate([np.zeros(0, np.int32), *(layer.first for layer in layers)])
    second = np.concatenate([np.zeros(0, np.int32), *(layer.second for layer in layers)])
    offsets, neighbours, pair = _rows(first, second, firms)
    return Network(firms=firms, layers=layers, offsets=offsets, neighbours=neighbours, pair=pair)


def weighed(
    whole: Network,
    weights: Floats,
    resolutions: Floats,
    drawn: tuple[Floats, ...] | None = None,
) -> tuple[NDArray[np.float32], Floats]:
    r"""Weight every pair, and scale every firm's strengths.

    Parameters
    ----------
    whole
        The layers.
    weights, resolutions
        :math:`w_l` and :math:`\gamma_l`, shape (L,).
    drawn
        How often each group of each layer counts; once by default.

    Returns
    -------
    tuple
        Weight of each pair, shape (P,); strengths s with
        :math:`s_i \cdot s_j = \sum_l w_l \gamma_l k^l_i k^l_j / 2 m_l`, shape (N, L).
    """
    pairs: list[NDArray[np.float32]] = [np.zeros(0, np.float32)]
    strengths = np.zeros((whole.firms, len(whole.layers)))
    for place, layer in enumerate(whole.layers):
        times = None if drawn is None else drawn[place]
        weight = layer.weight if times is None else layer.weight * times[layer.group]
        pairs.append((weights[place] * weight).astype(np.float32))
        strength = layer.strengths(whole.firms, times)
        total = strength.sum()
        if total > 0:
            scale = np.sqrt(weights[place] * resolutions[place] / total)
            strengths[:, place] = strength * scale
    return np.concatenate(pairs), strengths


@compiled
def _rows(first: Small, second: Small, firms: int) -> tuple[Ints, Small, Small]:
    """Sort both directions of every pair by firm (counting sort)."""
    offsets = np.zeros(firms + 1, np.int64)
    for p in range(first.size):
        offsets[first[p] + 1] += 1
        offsets[second[p] + 1] += 1
    for i in range(firms):
        offsets[i + 1] += offsets[i]
    place = offsets[:-1].copy()
    neighbours = np.empty(2 * first.size, np.int32)
    pair = np.empty(2 * first.size, np.int32)
    for p in range(first.size):
        i, j = first[p], second[p]
        neighbours[place[i]], pair[place[i]] = j, p
        place[i] += 1
        neighbours[place[j]], pair[place[j]] = i, p
        place[j] += 1
    return offsets, neighbours, pair
