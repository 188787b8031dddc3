"""From rates to a verdict 判定: which comes first, or why the record cannot tell.

A direction holds where relabelling explains it in fewer than 5 % of cases. It is ruled out where it
doesn't hold and at most a tenth of the events (ties; moves) could be due to it. Where neither is so,
or where something other than the two directions would give the same figures, there is no verdict.
"""

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["physical first", "virtual first", "mutual", "no mirror", "undetermined"]
Reason = Literal[
    "too few ties",
    "founding-time co-location",
    "too few moves",
    "small blocks",
    "simultaneous onsets",
    "ties not ruled out",
    "moves not ruled out",
    "unblocked homophily",
    "triadic closure",
    "recording lag",
    "hub leverage",
]

FEWEST = 20
"""Onsets of ties, and moves, below which nothing is said."""
NEGLIGIBLE = 0.1
"""Share of the events due to a direction below which it is ruled out."""
SIMULTANEOUS = 0.3
"""Share of the coupled onsets in one and the same step from which their order is not known."""
MIXABLE = 0.8
"""Share of the ties' ends that must be in blocks large enough to exchange labels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a verdict rests on, for one shift of the dates.

    Attributes
    ----------
    ties, moves
        Onsets of ties at risk; moves.
    any_onset
        Whether any pair became co-located after both had been there.
    mixable
        Share of the ties' ends in blocks of three and more firms.
    p_place, p_tie
        Of the rate of ties on place and of co-location on ties.
    p_open
        Of the rate of ties on place without ties that close a triangle.
    p_within_place, p_within_tie
        Of the two rates within pairs: after against before they met, after against before they tied.
    most_ties, most_moves
        Largest share of ties, and of moves, that may be due to the other layer.
    difference_low, difference_high
        Interval of the difference of the log rate ratios.
    p_together
        Of the number of simultaneous onsets.
    share_together
        Share of simultaneous ones in all onsets beyond chance.
    alpha
        Probability of a false rejection in one direction.
    """

    ties: int
    moves: int
    any_onset: bool
    mixable: float
    p_place: float
    p_tie: float
    p_open: float
    p_within_place: float
    p_within_tie: float
    most_ties: float
    most_moves: float
    difference_low: float
    difference_high: float
    p_together: float
    share_together: float
    alpha: float


def judge(found: Evidence) -> tuple[Verdict, tuple[Reason, ...]]:
    """Return the verdict of one shift of the dates, with every reason against having one."""
    place, tie = found.p_place <= found.alpha, found.p_tie <= found.alpha
    reasons = _too_thin(found) or _confounded(found, place=place, tie=tie)
    if reasons:
        return "undetermined", reasons
    verdicts: dict[tuple[bool, bool], Verdict] = {
        (True, True): "mutual",
        (True, False): "physical first",
        (False, True): "virtual first",
        (False, False): "no mirror",
    }
    return verdicts[place, tie], ()


def _too_thin(found: Evidence) -> tuple[Reason, ...]:
    reasons: list[Reason] = []
    if found.ties < FEWEST:
        reasons.append("too few ties")
    if not found.any_onset:
        reasons.append("founding-time co-location")
    elif found.moves < FEWEST:
        reasons.append("too few moves")
    if found.mixable < MIXABLE:
        reasons.append("small blocks")
    if reasons:
        return tuple(reasons)
    if found.p_place > found.alpha and found.most_ties >= NEGLIGIBLE:
        reasons.append("ties not ruled out")
    if found.p_tie > found.alpha and found.most_moves >= NEGLIGIBLE:
        reasons.append("moves not ruled out")
    return tuple(reasons)


def _confounded(found: Evidence, *, place: bool, tie: bool) -> tuple[Reason, ...]:
    """Name what else would give these figures.

    A hidden trait of pairs that makes them both meet and tie raises both rates, by the same factor
    where few pairs are tied. So only a difference between the two rates speaks against it and, for one
    direction alone, a rate that rises within pairs after the other layer's onset.
    """
    reasons: list[Reason] = []
    if found.p_together <= found.alpha and found.share_together >= SIMULTANEOUS:
        reasons.append("simultaneous onsets")
    alike = found.difference_low <= 0.0 <= found.difference_high
    steady = (place and not tie and found.p_within_place > found.alpha) or (
        tie and not place and found.p_within_tie > found.alpha
    )
    if (place or tie) and (alike or steady):
        reasons.append("unblocked homophily")
    if place and found.p_open > found.alpha:
        reasons.append("triadic closure")
    return tuple(reasons)
