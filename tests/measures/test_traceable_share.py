"""Traceable share: a stated column, data alongside against chance, moving alone.

Paper: I3d, S18 (transparent chain)
"""

from datetime import date

import numpy as np
import polars as pl
import pytest

from jiqun.measures.traceable_share import traceable_share
from tests.measures.cluster_years import EARLY, LATE, baseline, get, ties
from tests.measures.records import tie_table

BESIDE = "data alongside"


def with_flows(year: int, ends: list[tuple[int, int]]) -> pl.DataFrame:
    flows = tie_table(ends, "api", year).with_columns(tie_id=pl.concat_str(pl.lit("x"), "tie_id"))
    return pl.concat([ties(), flows], how="diagonal")


def test_the_column_is_needed_and_read() -> None:
    assert get(traceable_share(baseline()), "traceable share").needs[0] == "ties.traceable"
    later = pl.col("start") >= date(2005, 1, 1)
    words = (
        pl.when(later)
        .then(pl.lit("yes"))
        .when(pl.col("tie_id").str.ends_with("5"))
        .then(pl.lit(None, pl.String))
        .otherwise(pl.lit("no"))
    )
    found = traceable_share(baseline(ties=ties().with_columns(traceable=words)), years=5)
    early, late = (get(found, "traceable share", w) for w in (EARLY, LATE))
    assert early.value == 0.0
    assert early.n == 5 * 14  # what says neither is left out
    assert late.value is not None
    assert late.value == pytest.approx(80 / (80 + 14))  # those of 2004 are still there


def test_data_alongside_by_hand() -> None:
    """Two of sixteen pairs exchange data, one of them backwards; a third flow is elsewhere."""
    found = traceable_share(baseline(ties=with_flows(2000, [(0, 20), (21, 1), (30, 31)])))
    assert get(found, BESIDE).value == pytest.approx(2 / 16)
    # Per tie 0-20 and 1-21: sent · received / 3 = 1/3; the others 0.
    expected = 2 / 16 * -np.expm1(-1 / 3)
    assert get(found, "data alongside, times chance").value == pytest.approx(2 / 16 / expected)


def test_flat_at_first_and_moving_with_data_alongside() -> None:
    found = traceable_share(
        baseline(ties=with_flows(2005, [(i, i + 20) for i in range(16)])), years=5
    )
    assert [get(found, BESIDE, w).value for w in (EARLY, LATE)] == [0.0, 1.0]
    elsewhere = traceable_share(
        baseline(ties=with_flows(2005, [(i, i + 21) for i in range(16)])), years=5
    )
    assert [get(elsewhere, BESIDE, w).value for w in (EARLY, LATE)] == [0.0, 0.0]


def test_without_flows_or_supply() -> None:
    reason = get(traceable_share(baseline(), years=5), BESIDE, LATE).reason
    assert reason is not None
    assert "cannot tell which" in reason.en
    licences = ties().with_columns(kind=pl.lit("licence"))
    assert all(e.reason is not None for e in traceable_share(baseline(ties=licences)))
