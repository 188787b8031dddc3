"""Join latency: by hand, censored joiners, moving alone, applications.

Paper: S10 (quick joining), N1e
"""

from datetime import date

import polars as pl
import pytest

from jiqun.measures.join_latency import join_latency
from tests.measures.cluster_years import EARLY, LATE, baseline, get, platform


def test_by_hand_and_flat() -> None:
    """Everyone's first alliance on the platform comes 31 days after joining."""
    found = join_latency(baseline(**platform()), years=5)
    for window in ("all", EARLY, LATE):
        assert get(found, "working within a year", window).value == 1.0
        assert get(found, "median", window).value == pytest.approx(31 / 365.25)


def test_those_who_wait_still_are_censored_and_not_left_out() -> None:
    """Half of the later joiners never work with others: the share within a year falls to a half."""
    tables = platform()
    idle = [f"b{k}" for k in range(10, 20, 2)]
    tables["alliances"] = tables["alliances"].filter(~pl.col("alliance_id").is_in(idle))
    tables["memberships"] = tables["memberships"].filter(~pl.col("alliance_id").is_in(idle))
    until = pl.DataFrame({"source_id": ["s"], "retrieved": [date(2012, 1, 1)]})
    found = join_latency(baseline(**tables, sources=until), years=5)
    assert get(found, "working within a year", EARLY).value == 1.0
    late = get(found, "working within a year", LATE)
    assert (late.value, late.n) == (0.5, 10)
    assert late.low is not None
    assert late.high is not None
    assert 0.15 < late.low < 0.5 < late.high < 0.9


def test_an_alliance_before_joining_or_elsewhere_does_not_count() -> None:
    tables = platform()
    later = tables["participations"].with_columns(joined=pl.col("joined").dt.offset_by("3mo"))
    found = join_latency(baseline(**{**tables, "participations": later}))
    assert get(found, "working within a year").value == 0.0


def test_without_applications_on_record() -> None:
    for record in (baseline(), baseline(**platform())):
        estimate = get(join_latency(record), "application to admission")
        assert estimate.needs[0] == "participations.applied"
    assert all(e.reason is not None for e in join_latency(baseline()))


def test_time_from_application_to_joining() -> None:
    """Early applicants wait ten days, late ones forty; one who joined before applying is left out."""
    tables = platform()
    late = pl.col("joined").dt.year() >= 2005
    waited = pl.when(late).then(pl.lit("-40d")).otherwise(pl.lit("-10d"))
    asked = tables["participations"].with_columns(applied=pl.col("joined").dt.offset_by(waited))
    found = join_latency(baseline(**{**tables, "participations": asked}), years=5)
    early, later, every = (get(found, "application to admission", w) for w in (EARLY, LATE, "all"))
    assert early.value == pytest.approx(10 / 365.25)
    assert later.value == pytest.approx(40 / 365.25)
    first = pl.int_range(pl.len()) == 0
    after = pl.when(first).then(pl.col("joined").dt.offset_by("1d")).otherwise("applied")
    wrong = join_latency(
        baseline(**{**tables, "participations": asked.with_columns(applied=after)})
    )
    assert every.n is not None
    assert get(wrong, "application to admission").n == every.n - 1
