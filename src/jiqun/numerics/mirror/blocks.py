"""Blocks of firms that may exchange their ties: alike in how often they move."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

CLASSES = np.array([1, 2, 4, 7, 11, 17, 26, 40, 61, 92, 139, 209, 314, 472, 709, 1064])
"""Fewest moves of each class: the most of a class are one and a half times its fewest."""


def mobility_blocks(group: ArrayLike, moves: ArrayLike) -> NDArray[np.int64]:
    """Divide groups of firms by how often they move.

    A firm that moves often meets many firms, and if it also ties often (a large one, say), pairs that
    it is in both meet and tie, though neither follows from the other. So ties are exchanged only
    among firms of the same group that move about as often; a hub that has no like keeps its own.

    Parameters
    ----------
    group
        Shape (N,), numbered from 0.
    moves
        How often each firm moves, shape (N,).

    Returns
    -------
    numpy.ndarray
        Block of each firm, numbered from 0, shape (N,).
    """
    often = np.searchsorted(CLASSES, np.asarray(moves, dtype=np.int64), side="right")
    key = np.asarray(group, dtype=np.int64) * (CLASSES.size + 1) + often
    return np.asarray(np.unique(key, return_inverse=True)[1], dtype=np.int64)
