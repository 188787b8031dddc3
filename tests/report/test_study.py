"""The study: what is in the record, what stands for a measure, what is told of problems."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiqun.measures import Measurement
from jiqun.measures.estimate import Estimate
from jiqun.record.record import Record
from jiqun.report.formatting import day, mark, number
from jiqun.report.grouping import group_problems
from jiqun.report.labels import told_apart
from jiqun.report.naming import fields_label
from jiqun.report.sections.measures import SHOWN, Notes, best_founded, comparable
from jiqun.report.study import headline, study
from jiqun.report.summary import summarise
from jiqun.report.synthetic import is_synthetic
from jiqun.vocabulary.text import Text
from tests.report.study_samples import a_problem, a_study, an_estimate, firms_only, small_record


def test_the_summary_counts() -> None:
    found = summarise(small_record())
    assert (found.firms, found.kinds) == (3, {"firm": 2, "university": 1})
    assert (found.first, found.last) == (date(2000, 5, 1), date(2005, 1, 1))
    assert found.rows["ties"] == 2
    assert "alliances" in found.absent
    assert "sources" not in found.absent
    assert "industry_code" in found.empty_columns["firms"]
    assert "founded" not in found.empty_columns["firms"]


def test_an_empty_record_has_a_summary() -> None:
    found = summarise(Record.of())
    assert (found.firms, found.first, found.kinds) == (0, None, {})


def test_a_study_checks_and_measures() -> None:
    record = firms_only().replace(
        ties=pl.DataFrame({"tie_id": ["t"], "source": ["f0"], "target": ["nobody"]})
    )
    found = study(record, name="x", seed=1)
    assert any(p.table == "ties" and p.column == "target" for p in found.problems)
    assert study(record, name="x", problems=()).problems == ()
    assert len(found.measurement) > 0
    assert found.synthetic is False


def test_the_headline_is_what_rests_on_most_not_what_is_largest() -> None:
    label = Text("x", "某")
    small = Estimate(measure="m", label=label, of=(("a", "1"),), value=9.0, low=1.0, high=99.0, n=3)
    large = Estimate(measure="m", label=label, of=(("a", "2"),), value=1.0, low=0.9, high=1.1, n=80)
    bare = Estimate(measure="m", label=label, of=(("a", "3"),), value=1.0, n=500)
    whole = Estimate(measure="m", label=label, value=2.0, n=1)
    assert headline((small, large, bare)) == (large,)
    assert headline((small, large, whole)) == (whole,)


def test_what_only_follows_from_the_source_is_no_key_figure() -> None:
    label = Text("x", "某")
    star = Estimate(measure="m", label=label, value=1.0, low=0.01, high=1.0, n=765)
    none = Estimate(measure="m", label=label, value=0.0, low=0.0, high=0.001, n=765)
    kinds = Estimate(measure="m", label=label, value=1.0, n=765)
    balanced = Estimate(
        measure="m", label=label, of=(("a", "1"),), value=1.0, low=0.8, high=1.3, n=9
    )
    assert headline((star, none, kinds)) == ()
    assert headline((star, none, kinds, balanced)) == (balanced,)


def test_what_is_not_measured_is_no_key_figure() -> None:
    found = a_study()
    assert {e.measure for e in found.key_figures} == {"location_quotient", "core_firms"}
    assert [e.measure for e in found.not_measured] == ["collaboration_modes"]


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        ({"sources": pl.DataFrame({"source_id": ["synthetic-1"]})}, True),
        ({"firms": pl.DataFrame({"firm_id": ["a"], "source_id": ["synthetic"]})}, True),
        ({"provenance": pl.DataFrame({"step": [1], "command": ["synthetic_cluster"]})}, True),
        ({"provenance": pl.DataFrame({"step": [1], "command": ["simulate"]})}, True),
        ({"provenance": pl.DataFrame({"step": [1], "command": ["import table"]})}, False),
        ({"provenance": pl.DataFrame({"step": [1], "command": [None]})}, False),
        ({"sources": pl.DataFrame({"source_id": ["register"]})}, False),
        ({}, False),
    ],
)
def test_synthetic_is_told_by_source_or_command(
    tables: dict[str, pl.DataFrame], expected: bool
) -> None:
    assert is_synthetic(Record.of(**tables)) is expected


def test_problems_are_grouped_by_rule_and_place_errors_first() -> None:
    from dataclasses import replace

    often = [a_problem(row=i) for i in range(5)]
    error = replace(a_problem(rule="keys.unique"), severity="error")
    groups = group_problems([*often, error])
    assert [(g.example.rule, g.count) for g in groups] == [("keys.unique", 1), ("ties.loop", 5)]
    assert groups[1].places == ((0, "b"), (1, "b"), (2, "b"))


def test_labels_that_are_shared_say_what_sets_them_apart() -> None:
    label = Text("share", "份额")
    of = [(("kind", "k"), ("window", w)) for w in ("all", "2014")]
    alike = [Estimate(measure="m", label=label, of=pairs, value=1.0) for pairs in of]
    found = told_apart([*alike, an_estimate("3", 1.0)])
    assert [e.label.en for e in found] == [
        "share (whole period)",
        "share (period 2014)",
        "quotient of industry 3",
    ]
    assert found[1].label.zh == "份额(时段 2014)"


def test_where_rows_are_too_many_those_of_most_observations_come_first() -> None:
    label = Text("x", "某")
    many = [
        Estimate(measure="m", label=label, of=(("a", str(i)),), value=100.0 - i, n=i)
        for i in range(SHOWN + 1)
    ]
    whole = Estimate(measure="m", label=label, value=0.0, n=0)
    assert best_founded([*many, whole])[:2] == (whole, many[-1])
    assert best_founded(many[:3]) == tuple(many[:3])


def test_notes_tell_each_line_once() -> None:
    estimates = [an_estimate(str(i), 1.0) for i in range(5)]
    notes = Notes.of(estimates)
    assert [line.en.split(".")[0] for line in notes.told(estimates)] == [
        f"Note {i}" for i in (1, 2, 3, 4)
    ]
    assert {notes.keys(e) for e in estimates} == {"1 2 3 4"}


def test_only_intervals_of_one_meaning_share_an_axis() -> None:
    from dataclasses import replace

    band = replace(an_estimate("2", 1.0), interval=Text("what chance gives", "随机情形的范围"))
    first, third = an_estimate("1", 1.0), an_estimate("3", 2.0)
    assert comparable([first, band, third]) == [first, third]


def test_needs_are_told_in_words_and_as_on_disk() -> None:
    needs = ("ties.kind", "ties.start", "memberships", "unknown.thing")
    assert fields_label(needs).to("zh") == "双边关系：关系类别、开始日期；成员关系；unknown：thing"
    told = fields_label(needs, on_disk=True)
    assert told.to("zh").startswith("双边关系：关系类别（ties.kind）、开始日期（ties.start）；")
    assert told.en.endswith("; Memberships (memberships); unknown: thing (unknown.thing)")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.0, "0"),
        (0.12345, "0.123"),
        (12.345, "12.3"),
        (-0.5, "-0.5"),
        (999.6, "1,000"),
        (1234567.8, "1,234,568"),
        (17.0, "17"),
        (0.00001234, "0.0000123"),
        (2.62e-9, "<0.000001"),
        (-2.62e-9, ">-0.000001"),
        (float("inf"), "∞"),
        (float("-inf"), "−∞"),
    ],
)
def test_numbers_have_three_significant_digits(value: float, expected: str) -> None:
    assert number(value, "en") == expected


def test_days_are_written_as_each_language_does() -> None:
    assert day(date(2024, 3, 5), "en") == "5 March 2024"
    assert day(date(2024, 3, 5), "zh") == "2024年3月5日"


@given(tenth=st.integers(-1800, 1800))
def test_neighbouring_marks_differ(tenth: int) -> None:
    assert mark(tenth / 10, "en") != mark((tenth + 1) / 10, "en")


def test_a_measurement_without_numbers_has_no_key_figure() -> None:
    assert a_study(measurement=Measurement({})).key_figures == ()
