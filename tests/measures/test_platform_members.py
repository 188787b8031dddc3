"""Members of platforms: by hand, owner left out, flat, moving alone.

Paper: S10, S16 (joiners), N2e (industries), Q14 (owner left out)
"""

from datetime import date

import polars as pl
import pytest

from jiqun.measures.platform_members import platform_members
from tests.measures.cluster_years import EARLY, LATE, baseline, get, platform


def test_by_hand_and_flat() -> None:
    """Two join each year and stay: ten by 2004, twenty by 2009, of three industries 2 : 1 : 1."""
    found = platform_members(baseline(**platform()), years=5)
    assert [get(found, "members per platform", w).value for w in (EARLY, LATE)] == [10, 20]
    for window in (EARLY, LATE):
        joiners = get(found, "joiners a year", window)
        assert joiners.value == pytest.approx(2.0, rel=0.01)
        assert joiners.n == 10
        assert get(found, "leavers a year", window).value == 0
    industries = get(found, "effective industries of members", LATE).value
    assert industries == pytest.approx(2 * 2**0.5)


def test_owner_does_not_count_even_where_its_role_is_another() -> None:
    tables = platform()
    tables["participations"] = tables["participations"].with_columns(role=pl.lit("complementor"))
    found = platform_members(baseline(**tables), years=5)
    assert get(found, "members per platform", LATE).value == 20


def test_several_stays_of_a_firm_are_one_joining() -> None:
    tables = platform()
    again = tables["participations"].head(1).with_columns(joined=date(2006, 6, 1))
    tables["participations"] = pl.concat([tables["participations"], again])
    assert get(platform_members(baseline(**tables), years=5), "joiners a year", LATE).n == 10


def test_inflow_moves_alone() -> None:
    tables = platform()
    flat = platform_members(baseline(**tables), years=5)
    late = tables["participations"].filter(pl.col("joined") >= date(2008, 1, 1)).head(4)
    crowd = [late.with_columns(firm_id=pl.format("f{}", pl.lit(20 + k))) for k in range(16)]
    tables["participations"] = pl.concat([tables["participations"], *(c.head(1) for c in crowd)])
    found = platform_members(baseline(**tables), years=5)
    for e, other in zip(found, flat, strict=True):
        if ("window", EARLY) in e.of:
            assert e == other
    grown = get(found, "joiners a year", LATE)
    assert grown.value == pytest.approx(26 / 5, rel=0.01)
    assert grown.low is not None
    assert grown.low > 2


def test_nothing_recorded() -> None:
    tables = platform()
    tables["participations"] = tables["participations"].filter(pl.col("role") == "owner")
    for record in (baseline(), baseline(**tables)):
        assert all(e.reason is not None and e.needs for e in platform_members(record))
