"""Since last year: each difference in its three parts, which add up.

Paper: Q15 (a type is a probability over time)
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

import jiqun as jq
from jiqun.record.record import Record
from jiqun.record.selection import select
from jiqun.record.storage import read
from jiqun.report.block import Grid, Paragraph
from jiqun.report.sections.since import SINCE
from jiqun.report.since import Change, Since, since
from tests.report.study_samples import a_diagnosis, a_study, an_estimate, firms_only

BUNDLED = Path(jq.__file__).parent / "cli" / "demo_records" / "synthetic-data.jiqun.zip"
CUT = date(2018, 1, 1)


@pytest.fixture(scope="module")
def now() -> Record:
    return read(BUNDLED)


def less_measured(record: Record) -> Record:
    """Leave every other supply tie out, as a source that was poorer then would."""
    ties = record["ties"].with_row_index()
    kept = ties.filter((pl.col("index") % 2 == 0) | (pl.col("kind") != "supply")).drop("index")
    return record.replace(ties=kept)


@pytest.fixture(scope="module")
def found(now: Record) -> Since:
    earlier = less_measured(select(now, until=CUT))
    told = since(now, earlier, name="last")
    assert told is not None
    return told


def test_the_parts_add_up(found: Since) -> None:
    whole = [c for c in found.changes if c.measuring is not None and c.membership is not None]
    assert len(whole) > 5
    for change in whole:
        assert change.now.value is not None
        assert change.then.value is not None
        parts = (change.measuring or 0.0) + (change.behaviour or 0.0) + (change.membership or 0.0)
        assert parts == pytest.approx(change.now.value - change.then.value, abs=1e-12)


def test_what_is_only_measured_better_is_told_as_measuring(found: Since) -> None:
    """Half of the supply ties were missing then: the vertical share moved by measuring."""
    moved = [c for c in found.changes if c.now.measure == "collaboration_modes" and c.measuring]
    assert moved
    untouched = [c for c in found.changes if c.now.measure == "platform_members"]
    assert untouched
    assert all(c.measuring == pytest.approx(0.0, abs=1e-9) for c in untouched)


def test_firms_are_matched(now: Record, found: Since) -> None:
    earlier = set(select(now, until=CUT)["firms"]["firm_id"])
    assert found.stayed == len(earlier)
    assert (found.entered, found.left) == (now["firms"].height - len(earlier), 0)
    assert found.rows["ties"][0] < found.rows["ties"][1]


def test_only_intervals_that_lie_apart_are_beyond_doubt() -> None:
    then, close, far = an_estimate("1", 1.0), an_estimate("1", 1.4), an_estimate("1", 3.0)
    change = Change(then=then, now=close, measuring=0.0, behaviour=0.4, membership=0.0)
    assert not change.apart
    assert replace(change, now=far).apart
    assert not replace(change, now=replace(far, low=None, high=None)).apart


def test_the_section_says_whether_last_years_verdict_holds(found: Since) -> None:
    study = replace(a_study(diagnosis=a_diagnosis()), since=found)
    blocks = SINCE.build(study)
    (verdicts, changes, rows) = [b for b in blocks if isinstance(b, Grid)]
    assert len(verdicts.rows) == 3
    assert changes.sheet == "since"
    assert rows.rows
    revised = replace(found, again=replace(found.again, type=a_diagnosis("hybrid").type))
    told = [b for b in SINCE.build(replace(study, since=revised)) if isinstance(b, Paragraph)]
    assert any("comes from measuring, not from the cluster" in b.text.en for b in told)


def test_without_an_earlier_record_there_is_no_section() -> None:
    assert SINCE.build(a_study(diagnosis=a_diagnosis())) == ()
    assert since(firms_only(), firms_only(), name="last") is None
