"""Curves beside estimates: what they refuse, and how they are written out."""

import math
from dataclasses import replace

import pytest

from jiqun.measures import Measurement
from jiqun.measures.curve_points import COLUMNS, CurvePoints, runs
from jiqun.measures.estimate import Estimate
from jiqun.vocabulary.text import Text

CURVE = CurvePoints(
    axis=Text("distance, km", "距离(公里)"),
    quantity=Text("density", "密度"),
    at=(0.0, 1.0, 2.0),
    value=(0.5, 0.3, 0.1),
    expected=(0.2, 0.2, 0.2),
    low=(0.15, 0.15, 0.15),
    high=(0.25, 0.25, 0.25),
    global_low=(0.12, 0.12, 0.12),
    global_high=(0.35, 0.35, 0.35),
    departs=True,
)


def test_what_makes_no_curve_is_refused() -> None:
    with pytest.raises(ValueError, match="value: 2 numbers for 3 points"):
        replace(CURVE, value=(0.1, 0.2))
    with pytest.raises(ValueError, match="low: a point without a number"):
        replace(CURVE, low=(0.1, math.nan, 0.1))
    with pytest.raises(ValueError, match="high: a point without a number"):
        replace(CURVE, high=(0.1, math.inf, 0.1))
    with pytest.raises(ValueError, match="points of an axis ascend"):
        replace(CURVE, at=(0.0, 2.0, 2.0))


def test_curves_are_written_a_point_a_row() -> None:
    drawn = Estimate(
        measure="m", of=(("industry", "13"),), label=CURVE.axis, value=1.0, curve=CURVE
    )
    bare = Estimate(measure="m", label=CURVE.axis, value=1.0)
    table = Measurement({"m": (drawn, bare)}).to_curves("zh")
    assert table.columns == ["id", "measure", "of", "axis", "quantity", *COLUMNS]
    assert table.select(COLUMNS).rows() == list(CURVE.rows())
    assert set(table["axis"]) == {"距离（公里）"}
    assert set(table["id"]) == {drawn.id}
    assert Measurement({"m": (bare,)}).to_curves().is_empty()


def test_runs_are_told_by_their_ends() -> None:
    at = (0.0, 1.0, 2.0, 3.0, 4.0)
    assert runs(at, [True, True, False, True, False]) == ((0.0, 1.0), (3.0, 3.0))
    assert runs(at, [False] * 5) == ()
    assert runs(at, [True] * 5) == ((0.0, 4.0),)
