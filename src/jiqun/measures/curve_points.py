"""A curve beside an estimate 曲线: what the one number of the estimate sums up."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import pairwise

from jiqun.vocabulary.text import Text

Numbers = tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoints:
    """A statistic at each point of an axis, with what chance gives there.

    An :class:`~jiqun.measures.estimate.Estimate` stays one number with its doubt. Where that number
    sums up a curve, the estimate carries the curve itself, so that a report can draw it and a table
    can hold it without measuring again. Tuples and not arrays: estimates are compared, hashed and
    written out by value.

    Attributes
    ----------
    axis
        What is told along the axis, with its unit: ``distance, km``.
    quantity
        What is told at each point, with its unit.
    at
        Points of the axis, ascending.
    value
        The statistic at each.
    expected
        Its mean under the null hypothesis.
    low, high
        Local band: the middle ``level`` of the null hypothesis at each point by itself.
    global_low, global_high
        Global band: left at any point by a share 1 - ``level`` of null curves.
    departs
        Whether the curve departs from chance where all curves of the measure are judged together.
    """

    axis: Text
    quantity: Text
    at: Numbers
    value: Numbers
    expected: Numbers
    low: Numbers
    high: Numbers
    global_low: Numbers
    global_high: Numbers
    departs: bool

    def __post_init__(self) -> None:
        """Refuse columns of different lengths and numbers that are none."""
        for name in COLUMNS:
            column: Numbers = getattr(self, name)
            if len(column) != len(self.at):
                msg = f"{name}: {len(column)} numbers for {len(self.at)} points"
                raise ValueError(msg)
            if not all(math.isfinite(x) for x in column):
                msg = f"{name}: a point without a number is left out, not drawn"
                raise ValueError(msg)
        if any(b <= a for a, b in pairwise(self.at)):
            msg = "at: points of an axis ascend"
            raise ValueError(msg)

    def rows(self) -> tuple[Numbers, ...]:
        """Return one row per point, in the order of ``COLUMNS``."""
        return tuple(zip(*(getattr(self, name) for name in COLUMNS), strict=True))


COLUMNS: tuple[str, ...] = tuple(f.name for f in fields(CurvePoints) if f.type == Numbers)
"""Names of the columns of numbers, in order."""


def runs(at: Sequence[float], chosen: Sequence[bool]) -> tuple[tuple[float, float], ...]:
    """Return first and last point of each run of chosen points."""
    turns = [k for k, (a, b) in enumerate(pairwise([False, *chosen, False])) if a != b]
    return tuple((at[a], at[b - 1]) for a, b in zip(turns[::2], turns[1::2], strict=True))
