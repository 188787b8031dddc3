"""Wakes of innovation: what was built on what, as dated trees.

References
----------
Boland, R. J., Lyytinen, K. & Yoo, Y. (2007). Wakes of innovation in project networks. Organization
Science 18(4), 631-647. doi:10.1287/orsc.1070.0304
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

NO_PARENT = -1


@dataclass(frozen=True, slots=True)
class Wakes:
    """Trees of innovations, each built on at most one earlier one.

    Attributes
    ----------
    root
        First innovation of the wake that each belongs to, shape (N,).
    depth
        Steps from it, shape (N,).
    cut
        Whether a link was left out because it led to a later innovation or round in a circle.
    """

    root: Ints
    depth: Ints
    cut: NDArray[np.bool_]


def wakes(parent: Ints, day: Floats) -> Wakes:
    """Follow every innovation back to the one that it began with.

    Paths are halved until all point at roots (pointer jumping), so the cost is N log N at any depth.

    Parameters
    ----------
    parent
        What each builds on, −1 where nothing, shape (N,).
    day
        Date of each, NaN where unknown, shape (N,). A link to a later innovation is cut.

    Returns
    -------
    Wakes
        Innovations that only lead round in a circle are roots of their own.
    """
    place = np.arange(parent.size)
    linked = parent >= 0
    earlier = np.where(linked, day[np.maximum(parent, 0)], np.nan)
    cut = linked & ((earlier > day) | (parent == place))
    pointer = np.where(linked & ~cut, parent, place)
    depth = (pointer != place).astype(np.int64)
    for _ in range(int(np.ceil(np.log2(max(parent.size, 2)))) + 1):
        depth = depth + depth[pointer]
        pointer = pointer[pointer]
    circling = pointer[pointer] != pointer
    in_circle = circling | (depth >= max(parent.size, 1))
    return Wakes(
        np.where(in_circle, place, pointer),
        np.where(in_circle, 0, depth),
        cut | (in_circle & linked),
    )
