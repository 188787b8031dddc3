"""What one shift of the dates gives: both directions against relabelled ties, and the judgement."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from jiqun.numerics.mirror.columns import Floats
from jiqun.numerics.mirror.influence import (
    PLACE_TO_TIE,
    TIE_TO_PLACE,
    Influence,
    influence,
)
from jiqun.numerics.mirror.judgement import Evidence, Reason, Verdict, judge
from jiqun.numerics.mirror.layers import Layers
from jiqun.numerics.mirror.relabelling import COLUMN, RATIOS, Fixed, log_ratio

ENOUGH = 3
"""Firms of a block that can exchange their ties to any effect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """One layer's onsets on the state of the other.

    Attributes
    ----------
    crude
        Mantel-Haenszel rate ratio of the exposed to the others.
    ratio, low, high
        The same over its geometric mean under relabelled ties, with its interval.
    p_value
        Of as large a ratio or larger, under relabelled ties.
    events, exposed
        Onsets at risk, and those of exposed pairs.
    by_chance
        Exposed ones under relabelled ties, mean.
    attributable, attributable_low, attributable_high
        Share of the onsets of ties (for co-location: of the moves) that is due to the other layer,
        beyond relabelled ties.
    """

    crude: float
    ratio: float
    low: float
    high: float
    p_value: float
    events: int
    exposed: int
    by_chance: float
    attributable: float
    attributable_low: float
    attributable_high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that is found for one shift of the dates; fields as in ``MirrorOrder``."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    place_to_tie: Direction
    tie_to_place: Direction
    asymmetry: float
    asymmetry_p: float
    simultaneous: int
    evidence: Evidence
    influence: Influence


def findings(
    layers: Layers,
    known: Fixed,
    counts: Floats,
    sums: Floats,
    null: Floats,
    *,
    shift: int,
    level: float,
) -> Findings:
    """Put the observed sums, shape (16,), beside those of relabelled ties, shape (P, 16), and judge."""
    weigh = influence(layers, known, counts, sums, shift)
    deviate = float(stats.norm.isf(0.5 - level / 2.0))
    ratios = {name: log_ratio(np.vstack([sums, null]), name) for name in RATIOS}
    place, tie = _both(layers, ratios, weigh, (sums, null), deviate)
    difference = ratios["place"] - ratios["tie"]
    difference = difference - difference[1:].mean()
    half = deviate * weigh.error_of_difference
    ends = float(difference[0]) - half, float(difference[0]) + half
    evidence = _evidence(layers, (place, tie), ratios, ends, _together(sums, null), 1.0 - level)
    verdict, reasons = judge(evidence)
    return Findings(
        verdict=verdict,
        reasons=reasons,
        place_to_tie=place,
        tie_to_place=tie,
        asymmetry=float(difference[0]),
        asymmetry_p=one_sided(np.abs(difference)),
        simultaneous=int(sums[COLUMN["together"]]),
        evidence=evidence,
        influence=weigh,
    )


def _evidence(
    layers: Layers,
    sides: tuple[Direction, Direction],
    ratios: dict[str, Floats],
    difference: tuple[float, float],
    together: tuple[float, float],
    alpha: float,
) -> Evidence:
    """Gather what the verdict rests on."""
    place, tie = sides
    return Evidence(
        ties=place.events,
        moves=layers.moves.firm.size,
        any_onset=tie.events > 0,
        mixable=mixable(layers),
        p_place=place.p_value,
        p_tie=tie.p_value,
        p_open=one_sided(ratios["open"]),
        p_within_place=one_sided(ratios["within_place"]),
        p_within_tie=one_sided(ratios["within_tie"]),
        most_ties=place.attributable_high,
        most_moves=tie.attributable_high,
        difference_low=difference[0],
        difference_high=difference[1],
        p_together=together[0],
        share_together=together[1],
        alpha=alpha + 1e-12,
    )


def _both(
    layers: Layers,
    ratios: dict[str, Floats],
    weigh: Influence,
    labellings: tuple[Floats, Floats],
    deviate: float,
) -> tuple[Direction, Direction]:
    """Put both directions beside relabelled ties: shares of ties in one, of moves in the other."""
    place = _direction(
        ratios["place"],
        weigh.error(PLACE_TO_TIE) * deviate,
        labellings,
        ("ties", "after_place", "after_place"),
        total=float(labellings[0][COLUMN["ties"]]),
        deviate=deviate,
    )
    tie = _direction(
        ratios["tie"],
        weigh.error(TIE_TO_PLACE) * deviate,
        labellings,
        ("places", "after_tie", "landings"),
        total=float(layers.moves.firm.size),
        deviate=deviate,
    )
    return place, tie


def one_sided(values: Floats) -> float:
    """Return the share of all values, the first one included, that are at least the first."""
    return float(np.mean(values >= values[0] - 1e-12))


def mixable(layers: Layers) -> float:
    """Return the share of the ties' ends in blocks with enough firms to exchange labels."""
    sizes = np.bincount(layers.block[layers.spells.leave >= 0], minlength=layers.firms)
    ends = np.concatenate([layers.ties.source, layers.ties.target])
    return float((sizes[layers.block[ends]] >= ENOUGH).mean()) if ends.size else 0.0


def _direction(
    ratios: Floats,
    half: float,
    labellings: tuple[Floats, Floats],
    columns: tuple[str, str, str],
    *,
    total: float,
    deviate: float,
) -> Direction:
    sums, null = labellings
    events, exposed, due = (COLUMN[name] for name in columns)
    centre = float(ratios[0] - ratios[1:].mean())
    share, low, high = excess(float(sums[due]), null[:, due], total, deviate)
    return Direction(
        crude=float(np.exp(ratios[0])),
        ratio=float(np.exp(centre)),
        low=float(np.exp(centre - half)),
        high=float(np.exp(centre + half)),
        p_value=one_sided(ratios),
        events=int(sums[events]),
        exposed=int(sums[exposed]),
        by_chance=float(null[:, exposed].mean()),
        attributable=share,
        attributable_low=low,
        attributable_high=high,
    )


def excess(count: float, null: Floats, total: float, deviate: float) -> tuple[float, float, float]:
    """Return the share of events beyond chance, with its interval.

    The variance is that of the count under relabelled ties, at least 1, and of the excess itself as
    a count.

    Parameters
    ----------
    count
        Events of the kind.
    null
        The same under relabelled ties, shape (P,).
    total
        All events.
    deviate
        Normal deviate of the interval.
    """
    chance = float(null.mean())
    room = max(total - chance, 1.0)
    over = count - chance
    spread = np.sqrt(max(float(null.var()), 1.0) + abs(over))
    share, half = over / room, float(deviate * spread / room)
    return share, share - half, share + half


def _together(sums: Floats, null: Floats) -> tuple[float, float]:
    """Return the p-value of simultaneous onsets, and their share in the excess of all three kinds."""
    names = ("together", "after_place", "after_tie")
    over = [max(float(sums[COLUMN[n]] - null[:, COLUMN[n]].mean()), 0.0) for n in names]
    share = over[0] / sum(over) if sum(over) > 0.0 else 0.0
    both = COLUMN["together"]
    return one_sided(np.concatenate([sums[[both]], null[:, both]])), share
