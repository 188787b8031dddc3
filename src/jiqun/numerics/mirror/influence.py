r"""What each firm does to the two rate ratios: standard errors and leverage.

With m = a + θc, the log rate ratio's influence is, up to its denominator, n₀/n for an event of an
exposed pair, -θ n₁/n for one of an unexposed pair, and for being at risk in a stratum n₁m/n², less m/n
where the pair is exposed. Pairs that share a firm depend on each other, so variances add up influences
by firm and take off what then counts twice.

References
----------
Greenland, S. & Robins, J. M. (1985). Estimation of a common effect parameter from sparse follow-up
data. Biometrics 41(1), 55-68. doi:10.2307/2530643
Aronow, P. M., Samii, C. & Assenova, V. A. (2015). Cluster-robust variance estimation for dyadic data.
Political Analysis 23(4), 564-577. doi:10.1093/pan/mpv018
"""

from dataclasses import dataclass

import numpy as np

from jiqun.numerics.mirror.columns import Floats, Shorts, Spells, Ties
from jiqun.numerics.mirror.layers import Layers
from jiqun.numerics.mirror.pair_loops import together, weigh_pairs
from jiqun.numerics.mirror.relabelling import COLUMN, CONTINUITY, Fixed, rows_of
from jiqun.numerics.point_pattern.compiled import compiled

PLACE_TO_TIE, TIE_TO_PLACE = 0, 1


@dataclass(frozen=True, slots=True)
class Influence:
    """Influence of firms on the two log rate ratios.

    Attributes
    ----------
    firms
        Change of the log ratio per firm, to first order, shape (2, N): ties on place, place on ties.
    squares
        Sum of the squared influences of the single events, shape (2,).
    """

    firms: Floats
    squares: Floats

    def error(self, direction: int) -> float:
        """Return the standard error of one log rate ratio."""
        return float(np.sqrt(_variance(self.firms[direction], self.squares[direction])))

    @property
    def error_of_difference(self) -> float:
        """Standard error of the difference of the two log rate ratios."""
        difference = self.firms[PLACE_TO_TIE] - self.firms[TIE_TO_PLACE]
        return float(np.sqrt(_variance(difference, float(self.squares.sum()))))


def _variance(firms: Floats, squares: float) -> float:
    return max(float((firms**2).sum()) - squares, squares)


@dataclass(frozen=True, slots=True)
class _Weights:
    """Weights by stratum, each of shape (2, G, T + 1), for the two directions."""

    at_risk: Floats
    exposed: Floats
    hit: Floats
    miss: Floats


def influence(layers: Layers, known: Fixed, counts: Floats, sums: Floats, shift: int) -> Influence:
    """Return the influence of every firm under the observed labels.

    Parameters
    ----------
    layers, known
        The record, and its counts of co-located pairs.
    counts, sums
        As :func:`jiqun.numerics.mirror.relabelling.observed` returns them.
    shift
        Steps added to the onset of every tie.
    """
    weights, squares = _weights(layers, known, counts, sums)
    total = np.zeros((2, layers.firms))
    _add_at_risk(layers, weights, total)
    # Pairs as if none were tied, then the tied ones put right.
    while_located = np.stack([weights.exposed[0], -weights.at_risk[1]])
    at_onset = np.stack([np.zeros_like(weights.miss[0]), weights.miss[1]])
    weigh_pairs(layers.spells, layers.strata, while_located, at_onset, total)
    _weigh_ties(
        layers.spells,
        layers.ties,
        rows_of(layers),
        shift,
        weights.at_risk,
        weights.exposed,
        weights.hit,
        weights.miss,
        total,
    )
    tops = sums[[COLUMN["place_exposed"], COLUMN["tie_exposed"]]] + CONTINUITY
    return Influence(total / tops[:, None], squares / tops**2)


def _weights(layers: Layers, known: Fixed, counts: Floats, sums: Floats) -> tuple[_Weights, Floats]:
    tied = counts[4].cumsum(axis=1)
    possible = layers.strata.possible
    at_risk = np.stack([possible - tied, possible - known.located])
    exposed = np.stack([known.located, tied]) - counts[5]
    events = np.stack([counts[0], known.onsets])
    hits = np.stack([counts[1], counts[6]])
    names = (("place_exposed", "place_unexposed"), ("tie_exposed", "tie_unexposed"))
    theta = np.array(
        [(sums[COLUMN[a]] + CONTINUITY) / (sums[COLUMN[b]] + CONTINUITY) for a, b in names]
    )[:, None, None]
    n = np.where(at_risk > 0.0, at_risk, np.inf)
    all_events = hits + theta * (events - hits)
    hit, miss = 1.0 - exposed / n, -theta * exposed / n
    hit[~np.isfinite(n)] = 0.0
    squares = (hits * hit**2 + (events - hits) * miss**2).sum(axis=(1, 2))
    return _Weights(exposed * all_events / n**2, -all_events / n, hit, miss), squares


def _add_at_risk(layers: Layers, weights: _Weights, total: Floats) -> None:
    """Add the weight of all possible pairs of each firm over the steps that it is there."""
    strata, spells = layers.strata, layers.spells
    by_block = np.zeros((2, *strata.present.shape))
    one, other = strata.pairs.T
    same = (one == other)[:, None]
    partners = np.where(same, strata.present[one] - 1.0, strata.present[other])
    for d in range(2):
        np.add.at(by_block[d], one, partners * weights.at_risk[d])
        apart = ~same[:, 0]
        np.add.at(by_block[d], other[apart], (strata.present[one] * weights.at_risk[d])[apart])
    by_block[:, :, spells.steps] = 0.0
    run = np.zeros((2, by_block.shape[1], spells.steps + 2))
    run[:, :, 1:] = by_block.cumsum(axis=2)
    here = np.flatnonzero(spells.leave >= 0)
    block = strata.group[here]
    total[:, here] += run[:, block, spells.leave[here] + 1] - run[:, block, spells.entry[here]]


@compiled
def _weigh_ties(
    spells: Spells,
    ties: Ties,
    rows: Shorts,
    shift: int,
    at_risk: Floats,
    exposed: Floats,
    hit: Floats,
    miss: Floats,
    total: Floats,
) -> None:
    """Add the weights of tied pairs, and take off what they had as if untied."""
    steps = spells.steps
    state = np.zeros(steps + 1, np.uint8)
    for e in range(rows.size):
        i, j, row = ties.source[e], ties.target[e], rows[e]
        since = max(spells.entry[i], spells.entry[j])
        until = min(spells.leave[i], spells.leave[j], steps - 1)
        if since > until:
            continue
        near = together(spells, i, j, state)
        t = ties.onset[e] + shift
        one = two = 0.0
        if since <= t <= until:
            one += hit[0, row, t] if near and state[t] else miss[0, row, t]
        for s in range(max(since, t + 1), until + 1):
            one -= at_risk[0, row, s]
            if near and state[s]:
                one -= exposed[0, row, s]
                continue
            two += exposed[1, row, s]
            if near and state[s + 1]:
                two += hit[1, row, s] - miss[1, row, s]
        for firm in (i, j):
            total[0, firm] += one
            total[1, firm] += two
