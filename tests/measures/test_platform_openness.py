"""Openness of platforms: by hand, which platforms count, moving alone.

Paper: S6, S7, E7, X3 (interfaces, admission, fee), Q16
"""

from datetime import date

import polars as pl
import pytest

from jiqun.measures.platform_openness import platform_openness
from tests.measures.cluster_years import EARLY, LATE, baseline, get, platform


def test_by_hand_and_moving_alone() -> None:
    """A second platform, wide open, from 2005 on: mean openness .4, then .7; fee as before."""
    tables = platform()
    flat = platform_openness(baseline(**tables), years=5)
    assert [get(flat, "openness", w).value for w in (EARLY, LATE)] == [0.4, 0.4]
    second = tables["platforms"].with_columns(
        platform_id=pl.lit("q"), openness=pl.lit(1.0), opened=date(2005, 1, 1)
    )
    tables["platforms"] = pl.concat([tables["platforms"], second])
    found = platform_openness(baseline(**tables), years=5)
    assert [get(found, "openness", w).value for w in (EARLY, LATE)] == pytest.approx([0.4, 0.7])
    assert [get(found, "fee", w).value for w in (EARLY, LATE)] == pytest.approx([0.1, 0.1])
    assert get(found, "fee", LATE).low is None  # both charge the same
    assert get(found, "openness", LATE).n == 2


def test_a_platform_without_opening_day_counts_from_its_first_member() -> None:
    tables = platform(opened=None)
    tables["participations"] = tables["participations"].filter(pl.col("joined") >= date(2005, 1, 1))
    found = platform_openness(baseline(**tables), years=5)
    assert get(found, "openness", EARLY).reason is not None
    assert get(found, "openness", LATE).value == 0.4


def test_not_stated_and_no_platform() -> None:
    found = platform_openness(baseline(**platform(fee=None)))
    reason = get(found, "fee").reason
    assert reason is not None
    assert reason.en == "no platform states it"
    assert get(found, "openness").value == 0.4
    assert all(e.reason is not None for e in platform_openness(baseline(), years=5))
