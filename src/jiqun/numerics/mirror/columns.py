"""The two layers 两层: where firms are and who is tied to whom, in steps of time.

A step is one unit of time (a month, a quarter, a year); steps run from 0 to T - 1. What happens during
a step changes the state from the start of the next one on: a site opened in step s is in use at the
starts of s + 1, s + 2, ...; a tie that begins in step s is there from the start of s + 1. An event is
explained only by the state at the start of its step, so that neither of two events in one step
explains the other.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Shorts = NDArray[np.int32]

BEFORE = -(2**30)
"""Step of what began before the record does."""


class Spells(NamedTuple):
    """Sites in use, those of one firm after each other.

    ``offsets`` (N + 1,) bounds the spells of each firm; ``position`` (S, 3) is in metres; ``first`` and
    ``last`` (S,) are the steps at whose start the site is in use; ``owner`` (S,). ``order`` (S,) lists
    the spells by their first coordinate, which ``along`` (S,) repeats. ``entry`` and ``leave`` (N,) are
    the first and last step at whose start the firm has a site; ``reach`` is the straight distance up
    to which two sites are co-located.
    """

    offsets: Ints
    position: Floats
    first: Shorts
    last: Shorts
    owner: Shorts
    order: Ints
    along: Floats
    entry: Shorts
    leave: Shorts
    reach: float
    steps: int


class Ties(NamedTuple):
    """First tie of each pair: ``source``, ``target``, step of ``onset``, all (E,).

    ``closing`` says whether the two had a tied partner in common before.
    """

    source: Shorts
    target: Shorts
    onset: Ints
    closing: NDArray[np.bool_]


class Strata(NamedTuple):
    """Pairs of groups of firms that have ties at all.

    ``group`` (N,); ``row`` (B, B) is the number of a pair of groups, -1 where it has no tie; ``pairs``
    (G, 2) the groups of each row; ``present`` (B, T + 1) counts firms at the start of each step and
    ``possible`` (G, T + 1) the pairs of firms.
    """

    group: Shorts
    row: Shorts
    pairs: Ints
    present: Ints
    possible: Floats


class Moves(NamedTuple):
    """New sites of firms that had one already: ``firm``, ``step``, ``spell``, all (M,).

    ``number`` (N, T) finds the move of a firm in a step, -1 for none; a firm that opens several sites
    in a step moves once.
    """

    firm: Shorts
    step: Shorts
    spell: Ints
    number: Shorts
