r"""Move by move: does a firm that opens a new site land at a partner's, more than by chance?

The rate of co-location is per pair, and one move makes a firm a neighbour of everybody at the place,
which dilutes it. Here each move counts once. It lands if one of the new sites is within r of a site
of a partner (tied before the step, not co-located at its start); by chance it would do so with the
probability q that a site drawn from those then in use by firms of its group would.

.. math:: \varphi = \sum_m (l_m - q_m) \Big/ \sum_m (1 - q_m)

is the share of moves that lead to a partner, where the others go anywhere.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from jiqun.numerics.addressed import address, below
from jiqun.numerics.mirror.columns import Floats, Ints, Moves, Spells
from jiqun.numerics.mirror.layers import Layers
from jiqun.numerics.mirror.pair_loops import together
from jiqun.numerics.point_pattern.compiled import compiled

CANDIDATES = 200
"""Sites drawn for each move."""
FEW = 10
"""Sites in use in the group below which sites of all firms are drawn from."""
ATTEMPTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Landings:
    """Moves against random location.

    Attributes
    ----------
    moves
        New sites of firms that had one, M.
    landed
        Moves that land at a partner's site.
    by_chance
        Moves that would do so if they went to sites drawn at random, summed probability.
    share, low, high
        Share of moves that lead to a partner beyond chance, with its interval; 0 without moves.
    p_value
        Of as many landings or more under random location.
    """

    moves: int
    landed: int
    by_chance: float
    share: float
    low: float
    high: float
    p_value: float


def landings(layers: Layers, shift: int, seed: int, level: float) -> Landings:
    """Compare all moves with random location among the sites in use."""
    spells, moves = layers.spells, layers.moves
    if moves.firm.size == 0:
        return Landings(moves=0, landed=0, by_chance=0.0, share=0.0, low=0.0, high=0.0, p_value=1.0)
    offsets, partners, dates = _partners(layers, shift)
    in_group, bounds = _by_group(layers)
    landed, chance = np.zeros(moves.firm.size), np.zeros(moves.firm.size)
    _land(
        spells, moves, offsets, partners, dates, in_group, bounds,
        layers.strata.group, seed, landed, chance,
    )  # fmt: skip
    excess, room = float((landed - chance).sum()), float((1.0 - chance).sum())
    share = excess / max(room, 1.0)
    rest = landed - chance - share * (1.0 - chance)
    by_firm = np.bincount(moves.firm, rest, layers.firms)
    half = float(stats.norm.isf(0.5 - level / 2.0)) * np.sqrt((by_firm**2).sum()) / max(room, 1.0)
    spread = float(np.sqrt((chance * (1.0 - chance)).sum()))
    p_value = float(stats.norm.sf((excess - 0.5) / spread)) if spread > 0.0 else float(excess <= 0)
    return Landings(
        moves=moves.firm.size,
        landed=int(landed.sum()),
        by_chance=float(chance.sum()),
        share=share,
        low=share - half,
        high=share + half,
        p_value=p_value,
    )


def _partners(layers: Layers, shift: int) -> tuple[Ints, Ints, Ints]:
    ties = layers.ties
    ends = np.concatenate([ties.source, ties.target]).astype(np.int64)
    others = np.concatenate([ties.target, ties.source]).astype(np.int64)
    dates = np.concatenate([ties.onset, ties.onset]) + shift
    order = np.lexsort((others, ends))
    offsets = np.searchsorted(ends[order], np.arange(layers.firms + 1)).astype(np.int64)
    return offsets, others[order], dates[order]


def _by_group(layers: Layers) -> tuple[Ints, Ints]:
    """List spells by group of their firm, and where each group begins."""
    group = layers.strata.group[layers.spells.owner]
    order = np.argsort(group, kind="stable").astype(np.int64)
    groups = layers.strata.present.shape[0]
    return order, np.searchsorted(group[order], np.arange(groups + 1)).astype(np.int64)


@compiled
def _near_partner(spells: Spells, site: int, step: int, circle: NDArray[np.int64]) -> bool:
    """Say whether a site lies within reach of a site that one of the firms uses at a step's start."""
    limit = spells.reach * spells.reach
    for firm in circle:
        for b in range(spells.offsets[firm], spells.offsets[firm + 1]):
            if not spells.first[b] <= step <= spells.last[b]:
                continue
            square = 0.0
            for k in range(3):
                gap = spells.position[site, k] - spells.position[b, k]
                square += gap * gap
            if square <= limit:
                return True
    return False


@compiled
def _distant(spells: Spells, i: int, step: int, partners: Ints, dates: Ints, circle: Ints) -> int:
    """List the partners of a firm that are there at a step's start, but not near; return how many."""
    state = np.zeros(spells.steps + 1, np.uint8)
    count = 0
    for p in range(partners.size):
        j = partners[p]
        apart = not (together(spells, i, j, state) and state[step])
        if dates[p] < step and spells.entry[j] <= step <= spells.leave[j] and apart:
            circle[count] = j
            count += 1
    return count


@compiled
def _land(
    spells: Spells,
    moves: Moves,
    offsets: Ints,
    partners: Ints,
    dates: Ints,
    in_group: Ints,
    bounds: Ints,
    group: NDArray[np.int32],
    seed: int,
    landed: Floats,
    chance: Floats,
) -> None:
    """Fill in for each move whether it landed at a partner's, and the probability by chance."""
    circle = np.empty(partners.size, np.int64)
    for m in range(moves.firm.size):
        i, step = moves.firm[m], moves.step[m]
        mine = slice(offsets[i], offsets[i + 1])
        count = _distant(spells, i, step, partners[mine], dates[mine], circle)
        if count == 0:
            continue
        for a in range(spells.offsets[i], spells.offsets[i + 1]):
            if spells.first[a] == step + 1 and _near_partner(spells, a, step, circle[:count]):
                landed[m] = 1.0
        low, high = bounds[group[i]], bounds[group[i] + 1]
        if high - low < FEW:
            low, high = 0, in_group.size
        drawn = hits = tries = 0
        luck = address(seed, m, 0)
        while drawn < CANDIDATES and tries < ATTEMPTS * CANDIDATES:
            site = in_group[low + below(luck, i, tries, high - low)]
            tries += 1
            if spells.owner[site] != i and spells.first[site] <= step <= spells.last[site]:
                drawn += 1
                hits += _near_partner(spells, site, step, circle[:count])
        chance[m] = hits / max(drawn, 1)
