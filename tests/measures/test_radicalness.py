"""Radicalness: by hand, both kinds side by side, moving alone.

Paper: S14, N2c (incremental and breakthrough together), I2c
"""

from datetime import date

import polars as pl
import pytest

from jiqun.measures.innovation_modes import innovation_modes
from jiqun.measures.radicalness import radicalness
from tests.measures.cluster_years import EARLY, LATE, baseline, get, innovations


def with_radicalness(*levels: float | None) -> dict[str, pl.DataFrame]:
    """Give the innovations of 2005 and after these levels in turn."""
    tables = innovations()
    turn = pl.lit(pl.Series(levels, dtype=pl.Float64)).gather(pl.int_range(pl.len()) % len(levels))
    tables["innovations"] = tables["innovations"].with_columns(
        radicalness=pl.when(pl.col("date") >= date(2005, 1, 1)).then(turn).otherwise("radicalness")
    )
    return tables


def test_by_hand() -> None:
    """A third each of 0, .5 and 1: mean .5, shares a third, together 4/9."""
    found = radicalness(baseline(**with_radicalness(0.0, 0.5, 1.0)), years=5)
    values = [
        get(found, s, LATE).value
        for s in ("mean", "radical share", "incremental share", "both together")
    ]
    assert values == pytest.approx([0.5, 1 / 3, 1 / 3, 4 / 9])
    together = get(found, "both together", LATE)
    assert together.low is not None
    assert together.high is not None
    assert 0 < together.low < 4 / 9 < together.high <= 1


def test_middling_is_not_both() -> None:
    """Two clusters of one mean, .5: all middling, and half and half."""
    middling = radicalness(baseline(**with_radicalness(0.5)), years=5)
    both = radicalness(baseline(**with_radicalness(0.0, 1.0)), years=5)
    assert get(middling, "mean", LATE).value == get(both, "mean", LATE).value == 0.5
    assert get(middling, "both together", LATE).value == 0.0
    assert get(both, "both together", LATE).value == 1.0


def test_flat_at_first_and_moving_alone() -> None:
    flat = radicalness(baseline(), years=5)
    assert [get(flat, "mean", w).value for w in (EARLY, LATE)] == pytest.approx([0.1, 0.1])
    record = baseline(**with_radicalness(0.9))
    assert get(radicalness(record, years=5), "radical share", LATE).value == 1.0
    assert innovation_modes(record, years=5) == innovation_modes(baseline(), years=5)


def test_business_models_are_counted_by_the_year() -> None:
    tables = innovations()
    tables["innovations"] = tables["innovations"].with_columns(
        output=pl.when(pl.col("innovation_id") == "i2007-0")
        .then(pl.lit("business_model"))
        .otherwise("output")
    )
    found = radicalness(baseline(**tables), years=5)
    assert get(found, "business models a year", EARLY).value == 0
    assert get(found, "business models a year", LATE).value == pytest.approx(0.2, rel=0.01)


def test_not_stated() -> None:
    tables = innovations()
    tables["innovations"] = tables["innovations"].with_columns(radicalness=None, output=None)
    assert all(e.reason is not None and e.needs for e in radicalness(baseline(**tables), years=5))
