"""Which came first, place or tie 孰先: two rates, one null, and a verdict that may be none."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from jiqun.numerics.mirror.columns import Ints
from jiqun.numerics.mirror.evidence import Direction, Findings, findings
from jiqun.numerics.mirror.influence import PLACE_TO_TIE, TIE_TO_PLACE
from jiqun.numerics.mirror.judgement import Reason, Verdict
from jiqun.numerics.mirror.landing import Landings, landings
from jiqun.numerics.mirror.layers import Layers, layers
from jiqun.numerics.mirror.relabelling import fixed, observed, relabelled
from jiqun.numerics.point_pattern.placement import Coordinates

FEWEST_PERMUTATIONS = 19


@dataclass(frozen=True, slots=True, kw_only=True)
class MirrorOrder:
    """Whether ties follow places, places follow ties, both or neither.

    Attributes
    ----------
    verdict, reasons
        The verdict, and every reason why there is none.
    place_to_tie, tie_to_place
        The two directions.
    asymmetry, asymmetry_low, asymmetry_high
        Log of the ratio of the two rate ratios: above 0 place leads, below 0 the tie does.
    asymmetry_p
        Two-sided, against relabelled ties.
    landings
        The view move by move.
    simultaneous
        Pairs that met and tied in one and the same step; they count for neither direction.
    simultaneous_share
        Their share in all onsets that coincide or follow each other beyond chance.
    simultaneous_p
        Of as many or more under relabelled ties.
    open_p
        As the p-value of ``place_to_tie``, without ties that close a triangle.
    by_shift
        Verdict with all ties dated so many steps later, for each shift up to the lag.
    leverage
        Firm and verdict without it, for the firms that weigh most in the directions that hold.
    firms, ties, steps
        Firms with a site, pairs of them with a tie, and steps.
    permutations
        Relabellings.
    level
        Of the intervals.
    """

    verdict: Verdict
    reasons: tuple[Reason, ...]
    place_to_tie: Direction
    tie_to_place: Direction
    asymmetry: float
    asymmetry_low: float
    asymmetry_high: float
    asymmetry_p: float
    landings: Landings
    simultaneous: int
    simultaneous_share: float
    simultaneous_p: float
    open_p: float
    by_shift: tuple[tuple[int, Verdict], ...]
    leverage: tuple[tuple[int, Verdict], ...]
    firms: int
    ties: int
    steps: int
    permutations: int
    level: float


def mirror_order(
    *,
    firm: ArrayLike,
    points: ArrayLike,
    opened: ArrayLike,
    closed: ArrayLike,
    source: ArrayLike,
    target: ArrayLike,
    onset: ArrayLike,
    group: ArrayLike,
    block: ArrayLike,
    steps: int,
    radius: float,
    coordinates: Coordinates = "projected",
    lag: int = 0,
    permutations: int = 999,
    level: float = 0.95,
    seed: int,
    workers: int | None = None,
) -> MirrorOrder:
    """Test both directions of the mirror between places and ties.

    Parameters
    ----------
    firm, points, opened, closed
        Sites, shapes (S,), (S, 2), (S,), (S,): number of the firm; metres, or degrees with
        ``coordinates="longitude_latitude"``; step of the opening, negative where it was before the
        record began; step of the closing, ``steps`` where still in use.
    source, target, onset
        Ties, shape (E,): the two firms, and the step in which the tie began, negative where it was
        before the record began. Direction and repetition of ties count for nothing.
    group
        Group of each firm (industry, cohort, ...), numbered from 0, shape (N,): rates are compared
        within pairs of groups.
    block
        Part of the group within which ties are relabelled (firms that move as often, say), numbered
        from 0, shape (N,); see :func:`mobility_blocks`.
    steps
        Steps of the record, T.
    radius
        Distance up to which two sites are co-located, m; to be fixed before looking.
    coordinates
        What the points are.
    lag
        Steps by which dates of ties may be wrong against dates of sites.
    permutations
        Relabellings, at least 19.
    level
        Of the intervals; a direction holds at p ≤ 1 - level.
    seed
        Of the relabellings.
    workers
        Threads; None for all cores. The result is the same for any number.

    Returns
    -------
    MirrorOrder

    Raises
    ------
    ValueError
        For firms out of range, self-ties, no steps, a negative lag, or too few permutations.
    """
    _check(permutations, lag)
    record = layers(
        firm, points, opened, closed, source, target, onset, group, block,
        steps=steps, radius=radius, coordinates=coordinates,
    )  # fmt: skip
    return _decide(record, _Test(permutations, level, seed, workers), lag)


def _check(permutations: int, lag: int) -> None:
    if permutations < FEWEST_PERMUTATIONS:
        msg = f"permutations: at least {FEWEST_PERMUTATIONS} are needed, got {permutations}"
        raise ValueError(msg)
    if lag < 0:
        msg = f"lag: expected a number of steps, got {lag}"
        raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class _Test:
    permutations: int
    level: float
    seed: int
    workers: int | None

    def run(self, record: Layers, shifts: Ints) -> list[Findings]:
        """Return what is found at each shift of the dates of ties."""
        known = fixed(record)
        own = np.arange(record.firms, dtype=np.int32)
        null = relabelled(record, known, shifts, self.permutations, self.seed, self.workers)
        return [
            findings(
                record,
                known,
                *observed(record, known, own, int(shift)),
                null[:, position],
                shift=int(shift),
                level=self.level,
            )
            for position, shift in enumerate(shifts)
        ]

    def without_the_heaviest(
        self, record: Layers, base: Findings
    ) -> tuple[tuple[int, Verdict], ...]:
        """Judge again without the firm that weighs most in each direction that holds."""
        holding = [
            direction
            for direction, side in (
                (PLACE_TO_TIE, base.place_to_tie),
                (TIE_TO_PLACE, base.tie_to_place),
            )
            if side.p_value <= 1.0 - self.level
        ]
        heaviest = sorted({int(np.argmax(np.abs(base.influence.firms[d]))) for d in holding})
        now = np.zeros(1, dtype=np.int64)
        return tuple((f, self.run(record.without(f), now)[0].verdict) for f in heaviest)


def _decide(record: Layers, test: _Test, lag: int) -> MirrorOrder:
    """Judge at all shifts of the dates and without the heaviest firms, and write up the first."""
    shifts = np.array([0, *(k for k in range(-lag, lag + 1) if k)], dtype=np.int64)
    by_shift = test.run(record, shifts)
    base = by_shift[0]
    verdict, reasons = base.verdict, base.reasons
    leverage = () if reasons else test.without_the_heaviest(record, base)
    if not reasons:
        flips = any(other.verdict != verdict for other in by_shift)
        moved = any(other != verdict for _, other in leverage)
        reasons = (
            *(("recording lag",) if flips else ()),
            *(("hub leverage",) if moved else ()),
        )
        verdict = "undetermined" if reasons else verdict
    ordered = sorted(zip(shifts.tolist(), (f.verdict for f in by_shift), strict=True))
    return _write_up(record, test, base, verdict, reasons, tuple(ordered), leverage)


def _write_up(
    record: Layers,
    test: _Test,
    base: Findings,
    verdict: Verdict,
    reasons: tuple[Reason, ...],
    by_shift: tuple[tuple[int, Verdict], ...],
    leverage: tuple[tuple[int, Verdict], ...],
) -> MirrorOrder:
    return MirrorOrder(
        verdict=verdict,
        reasons=reasons,
        place_to_tie=base.place_to_tie,
        tie_to_place=base.tie_to_place,
        asymmetry=base.asymmetry,
        asymmetry_low=base.evidence.difference_low,
        asymmetry_high=base.evidence.difference_high,
        asymmetry_p=base.asymmetry_p,
        landings=landings(record, 0, test.seed, test.level),
        simultaneous=base.simultaneous,
        simultaneous_share=base.evidence.share_together,
        simultaneous_p=base.evidence.p_together,
        open_p=base.evidence.p_open,
        by_shift=by_shift,
        leverage=leverage,
        firms=int((record.spells.leave >= 0).sum()),
        ties=record.ties.onset.size,
        steps=record.spells.steps,
        permutations=test.permutations,
        level=test.level,
    )
