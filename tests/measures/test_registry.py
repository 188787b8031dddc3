"""The registry of measures: names, streams, lazy imports, and the table of results."""

import subprocess
import sys
from datetime import date

import polars as pl
import pytest

from jiqun.measures import MEASURES, Measurement, measure
from jiqun.measures.estimate import Estimate
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text
from tests.measures.cluster_years import EARLY, LATE, baseline
from tests.measures.records import alliance_tables, record_of_firms, tie_table


def test_empty_record_gets_a_reason_from_every_measure() -> None:
    found = measure(Record.of())
    assert list(found) == list(MEASURES)
    for name, estimates in found.items():
        assert estimates, name
        for estimate in estimates:
            assert estimate.measure == name
            assert estimate.reason is not None
            assert estimate.needs


def test_unknown_names_are_refused_with_those_that_exist() -> None:
    with pytest.raises(ValueError, match=r"no such measure: nonsense; measures: .*core_firms"):
        measure(Record.of(), only=["core_firms", "nonsense"])


def test_negative_seed_is_refused() -> None:
    with pytest.raises(ValueError, match="must not be negative"):
        measure(Record.of(), seed=-1)


def test_choice_of_measures_changes_no_number() -> None:
    teams = [[i % 20, (3 * i + 1) % 20, (7 * i + 2) % 20] for i in range(60)]
    teams = [sorted(set(team)) for team in teams if len(set(team)) > 1]
    record = record_of_firms(20, **alliance_tables(teams))
    alone = measure(record, only=["core_firms"], seed=3)
    assert list(alone) == ["core_firms"]
    assert alone["core_firms"] == measure(record, seed=3)["core_firms"]


def test_frame_has_one_row_an_estimate_in_either_language() -> None:
    record = record_of_firms(6, ties=tie_table([(0, 1), (2, 3), (4, 5)]))
    found = measure(record)
    for language in ("en", "zh"):
        frame = found.to_frame(language)
        assert frame.height == sum(len(estimates) for estimates in found.values())
        assert frame["id"].is_unique().all()
        assert (frame["value"].is_null() == frame["reason"].is_not_null()).all()
    assert measure(record, only=[]).to_frame().schema == found.to_frame().schema
    assert found.to_frame("zh")["label"][0] == "区位商"


def test_frame_of_one_estimate() -> None:
    warned = Estimate(
        measure="m",
        label=Text("a", "甲"),
        value=1.0,
        low=0.5,
        high=2.0,
        warnings=(Text("b", "乙"),),
    )
    frame = Measurement({"m": (warned,)}).to_frame("zh")
    row = frame.select("id", "value", "low", "high", "level", "warnings").row(0)
    assert row == ("m", 1.0, 0.5, 2.0, 0.95, "乙")
    assert frame.schema["n"] == pl.Int64


def test_importing_the_registry_imports_no_measure() -> None:
    program = (
        "import sys, jiqun.measures; "
        "print(*[m for m in sys.modules if m.startswith('jiqun.measures.') or m == 'scipy'])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    declared = {
        f"jiqun.measures.{name}"
        for name in ("registry", "stage_markers", "estimate", "curve_points")
    }
    assert set(shown.stdout.split()) == declared


def test_windows_are_asked_for_by_their_length() -> None:
    found = measure(baseline(), window=5)
    assert set(found) == {name for name, entry in MEASURES.items() if entry.windowed}
    tidy = found.to_tidy("zh")
    assert tidy.select("measure", "statistic", "of", "window").is_unique().all()
    assert set(tidy["window"]) == {"all", EARLY, LATE}
    cut = tidy.filter(pl.col("window") == EARLY)
    assert set(cut.select("first_year", "last_year").iter_rows()) == {(2000, 2004)}
    assert tidy.filter(pl.col("window") == "all")["first_year"].is_null().all()


def test_windows_that_cannot_be_made_are_refused() -> None:
    with pytest.raises(ValueError, match="location_quotient is not measured over windows"):
        measure(baseline(), only=["location_quotient"], window=5)
    with pytest.raises(ValueError, match="at least one year"):
        measure(baseline(), only=["innovation_modes"], window=0)
    ancient = pl.DataFrame({"alliance_id": ["b"], "start": [date(1, 1, 1)]})
    with pytest.raises(ValueError, match="runs from 1 to 2009"):
        measure(baseline(alliances=ancient), only=["innovation_modes"], window=1)
