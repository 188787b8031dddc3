"""Modes of innovation: shares, rules against given modes, wakes, hand-worked.

Paper: M0, M1-M3 (modes), S2, S5 (within and between firms), N3d, Q12 (wakes)
"""

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiqun.measures.innovation_modes import innovation_modes
from jiqun.numerics.wakes import wakes
from jiqun.record.record import Record
from tests.measures.cluster_years import EARLY, LATE, baseline, get, innovations
from tests.measures.records import firm_table


def five() -> Record:
    """Five innovations: a process; its follow-up by two industries; a platform's user on that; two more."""
    return Record.of(
        firms=firm_table(["1711", "2611", "3511"], ["330100"] * 3),
        innovations=pl.DataFrame(
            {
                "innovation_id": ["i0", "i1", "i2", "i3", "i4"],
                "date": [date(2001 + i, 1, 1) for i in range(5)],
                "mode": ["efficiency", "convergence", "convergence", None, None],
                "output": ["process", "product", "service", "business_model", "product"],
                "builds_on": [None, "i0", "i1", None, None],
            }
        ),
        innovators=pl.DataFrame(
            {
                "innovation_id": ["i0", "i1", "i1", "i2", "i3", "i4"],
                "firm_id": ["f0", "f0", "f1", "f2", "f1", "f2"],
            }
        ),
        platforms=pl.DataFrame({"platform_id": ["p"]}),
        participations=pl.DataFrame(
            {"platform_id": ["p"], "firm_id": ["f2"], "role": ["complementor"]}
        ),
    )


def test_by_hand() -> None:
    found = innovation_modes(five())
    shares = [
        get(found, "share of mode", mode=m).value
        for m in ("efficiency", "convergence", "digital_value")
    ]
    assert shares == [0.25, 0.5, 0.25]  # i3 by rule, i4 undecided and left out
    assert [w.en[:2] for w in get(found, "share of mode", mode="efficiency").warnings] == [
        "1 ",
        "1 ",
    ]
    assert get(found, "made jointly").value == 0.2
    assert get(found, "follow-on share").value == 0.4
    assert get(found, "follow-ons by others").value == 0.5  # i1 shares f0 with i0
    assert get(found, "depth of wakes").value == pytest.approx(0.6)  # 0 + 1 + 2 + 0 + 0


def test_confusion_table_says_where_the_rules_disagree() -> None:
    """i2 is given as convergence; the rules see a platform's user building on others."""
    found = innovation_modes(five())
    row = {
        call: get(found, "confusion", given="convergence", rule=call).value
        for call in ("efficiency", "convergence", "digital_value", "undecided")
    }
    assert row == {"efficiency": 0, "convergence": 0.5, "digital_value": 0.5, "undecided": 0}
    nothing = get(found, "confusion", given="digital_value", rule="undecided")
    assert nothing.reason is not None


def test_links_to_the_future_and_circles_are_cut() -> None:
    tables = innovations()
    tables["innovations"] = tables["innovations"].with_columns(
        builds_on=pl.lit("i2009-5"), date=pl.col("date")
    )
    found = innovation_modes(baseline(**tables))
    assert get(found, "follow-on share").value == pytest.approx(5 / 60)  # of the last year only


def test_members_stand_in_for_innovators() -> None:
    record = baseline()
    made = record["innovations"].with_columns(alliance_id=pl.lit("a2000-0"))
    record = record.replace(innovations=made, innovators=record["innovators"].head(0))
    assert get(innovation_modes(record), "made jointly").value == 1.0


def test_flat_at_first_and_moving_when_modes_change() -> None:
    tables = innovations()
    for estimate in innovation_modes(baseline(), years=5):
        if estimate.of[0][1] == "share of mode":
            assert estimate.value == float(("mode", "efficiency") in estimate.of)
    later = pl.col("date") >= date(2005, 1, 1)
    tables["innovations"] = tables["innovations"].with_columns(
        mode=pl.when(later).then(pl.lit("convergence")).otherwise("mode")
    )
    found = innovation_modes(baseline(**tables), years=5)
    early, late = (get(found, "share of mode", w, mode="convergence") for w in (EARLY, LATE))
    assert (early.value, late.value) == (0.0, 1.0)
    assert early.high is not None
    assert late.low is not None
    assert early.high < late.low


@given(st.lists(st.integers(-1, 19), min_size=1, max_size=20), st.integers(0, 5))
def test_wakes_are_trees(parents: list[int], seed: int) -> None:
    parent = np.array([p if p < len(parents) else -1 for p in parents], dtype=np.int64)
    day = np.random.default_rng(seed).integers(0, 6, parent.size).astype(float)
    found = wakes(parent, day)
    linked = (parent >= 0) & ~found.cut
    assert (day[parent[linked]] <= day[linked]).all()
    np.testing.assert_array_equal(found.depth[linked], found.depth[parent[linked]] + 1)
    np.testing.assert_array_equal(found.root[linked], found.root[parent[linked]])
    assert (found.depth[~linked] == 0).all()
    np.testing.assert_array_equal(found.root[~linked], np.flatnonzero(~linked))
