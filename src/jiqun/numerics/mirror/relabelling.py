r"""Rates of both onsets under the observed labels and under relabelled ones.

For each stratum s (step and pair of groups), with a events among the n₁ exposed pairs at risk and c
among the n₀ others, n = n₀ + n₁, the Mantel-Haenszel rate ratio is

.. math:: \theta = \sum_s \frac{a_s n_{0s}}{n_s} \Big/ \sum_s \frac{c_s n_{1s}}{n_s}

Place to tie: at risk are pairs without a tie, exposed those co-located. Tie to place: at risk are
pairs that are not co-located, exposed those tied. The null hands the whole history of ties of each
firm to another firm of its block (part of a group) (the quadratic assignment procedure), which keeps both layers,
their degrees and their timing and cuts only what joins them.

References
----------
Mantel, N. & Haenszel, W. (1959). Statistical aspects of the analysis of data from retrospective
studies of disease. Journal of the National Cancer Institute 22(4), 719-748.
Krackhardt, D. (1988). Predicting with networks: nonparametric multiple regression analysis of dyadic
data. Social Networks 10(4), 359-381. doi:10.1016/0378-8733(88)90004-4
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.mirror.columns import Floats, Ints, Moves, Shorts, Spells, Ties
from jiqun.numerics.mirror.layers import Layers
from jiqun.numerics.mirror.pair_loops import count_pairs, meeting, together
from jiqun.numerics.point_pattern.compiled import compiled
from jiqun.numerics.point_pattern.workers import in_order
from jiqun.numerics.random import stream

CONTINUITY = 0.25
"""Added to both sums of a rate ratio, so that none exposed or none unexposed still gives a number."""

RATIOS = ("place", "open", "tie", "within_place", "within_tie")
"""Rate ratios of ties on place (all; without those that close a triangle) and of co-location on ties.

Then the same two within pairs: ties of pairs after and before they met, and onsets of co-location of
pairs after and before they tied. A hidden trait that makes a pair both meet and tie leaves these at 1.
"""
SUMS = (
    *(f"{ratio}_{side}" for ratio in RATIOS for side in ("exposed", "unexposed")),
    *("ties", "after_place", "places", "after_tie", "together", "landings"),
)
"""What one labelling is summed up as: the two sums of each rate ratio, then numbers of events.

Onsets of ties at risk, and those of co-located pairs; onsets of co-location, and those of tied pairs;
onsets of both in one step; moves that land at a partner's.
"""
COLUMN = {name: k for k, name in enumerate(SUMS)}
COUNTS = 14


@dataclass(frozen=True, slots=True)
class Fixed:
    """What no relabelling of ties changes, as ``count_pairs`` counts it, shape (4, G, T + 1)."""

    counts: Floats

    @property
    def located(self) -> Floats:
        """Pairs co-located at the start of each step, shape (G, T + 1)."""
        return np.asarray(self.counts[0])

    @property
    def onsets(self) -> Floats:
        """Onsets of co-location during each step, shape (G, T + 1)."""
        return np.asarray(self.counts[1])


def fixed(layers: Layers) -> Fixed:
    """Count co-located pairs and onsets of co-location by stratum."""
    counts = np.zeros((4, *layers.strata.possible.shape))
    count_pairs(layers.spells, layers.strata, counts)
    return Fixed(counts)


@compiled
def count_ties(
    spells: Spells,
    ties: Ties,
    rows: Shorts,
    moves: Moves,
    label: Shorts,
    shift: int,
    counts: Floats,
    landed: NDArray[np.uint8],
) -> float:
    """Count events and exposure of tied pairs by stratum; return onsets of both in one step.

    Parameters
    ----------
    spells, ties, moves
        The layers.
    rows
        Stratum's row of each tie, shape (E,).
    label
        Firm that takes the ties of each firm, shape (N,).
    shift
        Steps to add to the onset of every tie.
    counts
        Shape (14, G, T + 1), zero before. 0 and 1: onsets of ties, and those of co-located pairs; 2
        and 3: the same without onsets that close a triangle; 4: change in the number of tied pairs;
        5 and 6: tied pairs that are co-located, that become so; 7: change in the number of pairs that
        tie at any time; 8 and 9: such pairs co-located, and becoming so no later than they tie; 10 and
        11: onsets of ties of pairs that have yet to meet, and that have met and are co-located; 12
        and 13: tied pairs of these two kinds.
    landed
        Shape (M,), zero before: moves that land at a partner's.
    """
    steps = spells.steps
    state = np.zeros(steps + 1, np.uint8)
    both = 0.0
    for e in range(rows.size):
        i, j = label[ties.source[e]], label[ties.target[e]]
        since = max(spells.entry[i], spells.entry[j])
        until = min(spells.leave[i], spells.leave[j], steps - 1)
        if since > until:
            continue
        near = together(spells, i, j, state)
        row, t = rows[e], ties.onset[e] + shift
        start = min(max(since, t + 1), until + 1)
        counts[4, row, start] += 1.0
        counts[4, row, until + 1] -= 1.0
        counts[7, row, since] += 1.0
        counts[7, row, until + 1] -= 1.0
        if since <= t <= until:
            open_ = 0.0 if ties.closing[e] else 1.0
            counts[0, row, t] += 1.0
            counts[2, row, t] += open_
            if near:
                counts[1, row, t] += state[t]
                counts[3, row, t] += open_ * state[t]
                both += 1.0 if not state[t] and state[t + 1] else 0.0
        if near:
            _follow(state, since, until, t, counts[:, row])
            _land(moves, i, j, state, start, until, landed)
    return both


@compiled
def _follow(state: NDArray[np.uint8], since: int, until: int, tied: int, counts: Floats) -> None:
    """Count for a pair that ties when it is co-located, becomes so, and has met."""
    met = meeting(state, since)
    for s in range(since, until + 1):
        if state[s]:
            counts[5, s] += 1.0 if s > tied else 0.0
            counts[8, s] += 1.0
        elif state[s + 1]:
            counts[6 if s > tied else 9, s] += 1.0
        if met >= 0 and (s <= met or state[s]):
            after = 1 if s > met else 0
            if s == tied:
                counts[10 + after, s] += 1.0
            elif s > tied:
                counts[12 + after, s] += 1.0


@compiled
def _land(
    moves: Moves,
    i: int,
    j: int,
    state: NDArray[np.uint8],
    start: int,
    until: int,
    landed: NDArray[np.uint8],
) -> None:
    """Mark the moves that bring a tied pair together."""
    for s in range(start, until + 1):
        if not state[s] and state[s + 1]:
            for mover in (moves.number[i, s], moves.number[j, s]):
                if mover >= 0:
                    landed[mover] = 1


@compiled
def _add(
    sums: Floats, ratio: int, hits: float, misses: float, exposed: float, others: float
) -> None:
    """Add one stratum to the two sums of a rate ratio."""
    n = exposed + others
    if n > 0.0:
        sums[2 * ratio] += hits * others / n
        sums[2 * ratio + 1] += misses * exposed / n


@compiled
def sum_up(possible: Floats, pairs: Floats, counts: Floats, sums: Floats) -> None:
    """Turn counts by stratum into the sums of a labelling, in the order of ``SUMS``."""
    sums[:] = 0.0
    for row in range(possible.shape[0]):
        tied = ever = 0.0
        for t in range(possible.shape[1] - 1):
            tied += counts[4, row, t]
            ever += counts[7, row, t]
            c = counts[:, row, t]
            if c[0] > 0.0:
                free, located = possible[row, t] - tied, pairs[0, row, t] - c[5]
                _add(sums, 0, c[1], c[0] - c[1], located, free - located)
                _add(sums, 1, c[3], c[2] - c[3], located, free - located)
                _add(sums, 3, c[11], c[10], pairs[3, row, t] - c[13], pairs[2, row, t] - c[12])
                sums[10] += c[0]
                sums[11] += c[1]
            if pairs[1, row, t] > 0.0:
                apart, known = possible[row, t] - pairs[0, row, t], tied - c[5]
                _add(sums, 2, c[6], pairs[1, row, t] - c[6], known, apart - known)
                _add(sums, 4, c[6], c[9], known, ever - c[8] - known)
                sums[12] += pairs[1, row, t]
                sums[13] += c[6]


def observed(layers: Layers, known: Fixed, label: Shorts, shift: int) -> tuple[Floats, Floats]:
    """Return the counts by stratum, shape (14, G, T + 1), and the sums, shape (16,), of a labelling."""
    counts = np.zeros((COUNTS, *layers.strata.possible.shape))
    landed = np.zeros(layers.moves.firm.size, np.uint8)
    ties, sums = layers.ties, np.zeros(len(SUMS))
    rows = rows_of(layers)
    both = count_ties(layers.spells, ties, rows, layers.moves, label, shift, counts, landed)
    sum_up(layers.strata.possible, known.counts, counts, sums)
    sums[COLUMN["together"]] = both
    sums[COLUMN["landings"]] = landed.sum()
    return counts, sums


def rows_of(layers: Layers) -> Shorts:
    """Return the row of the strata that each tie is in, which relabelling does not change."""
    group = layers.strata.group
    row = layers.strata.row[group[layers.ties.source], group[layers.ties.target]]
    return np.ascontiguousarray(row)


def relabelled(
    layers: Layers,
    known: Fixed,
    shifts: Ints,
    permutations: int,
    seed: int,
    workers: int | None,
) -> Floats:
    """Return the sums under random labels within blocks, shape (permutations, shifts, 16).

    Firms without a site have no ties and exchange with nobody.
    """
    placed = np.flatnonzero(layers.spells.leave >= 0)
    block = layers.block[placed]
    in_blocks = placed[np.argsort(block, kind="stable")]

    def one(number: int) -> Floats:
        draw = stream(seed, "mirror order", "relabelling", str(number)).random(placed.size)
        label = np.arange(layers.firms, dtype=np.int32)
        label[in_blocks] = placed[np.lexsort((draw, block))]
        return np.stack([observed(layers, known, label, int(k))[1] for k in shifts])

    return np.stack(in_order(one, range(permutations), workers))


def log_ratio(sums: Floats, ratio: str) -> Floats:
    """Return log θ of one of ``RATIOS`` from the sums of any number of labellings, shape (..., 16)."""
    top, bottom = (sums[..., COLUMN[f"{ratio}_{side}"]] for side in ("exposed", "unexposed"))
    return np.asarray(np.log((top + CONTINUITY) / (bottom + CONTINUITY)))
