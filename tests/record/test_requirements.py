"""The requirements as a whole: sound records pass, order does not matter, everything is bilingual."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiqun.record.record import Record
from jiqun.record.requirements import RULES, check, check_folder, check_frames
from jiqun.record.storage import read, write
from tests.record.sound_records import (
    append,
    found,
    frame,
    places,
    plant,
    random_record,
    sound_record,
)

SIZES = st.fixed_dictionaries(
    {"firms": st.integers(0, 12), "ties": st.integers(0, 20), "alliances": st.integers(0, 5)}
)


def test_a_sound_record_has_no_problem() -> None:
    assert check(sound_record()) == ()


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), sizes=SIZES)
def test_a_generated_record_has_no_problem(seed: int, sizes: dict[str, int]) -> None:
    assert check(random_record(seed, **sizes)) == ()


@pytest.mark.parametrize("name", list(sound_record()))
def test_tables_without_rows_are_no_problem_of_their_own(name: str) -> None:
    """Only what refers to the emptied table is reported."""
    record = sound_record()
    emptied = record.replace(**{name: record[name].clear()})
    assert {p.table for p in check(emptied)}.isdisjoint({name} - {"firms"})
    assert check(Record.of(firms=record["firms"].clear())) == ()


@pytest.mark.parametrize("name", [n for n in sound_record() if n != "firms"])
def test_a_table_alone_beside_its_firms_is_checked_without_the_others(name: str) -> None:
    record = sound_record()
    assert check(Record.of(**{"firms": record["firms"], name: record[name]})) == ()


def broken_record() -> Record:
    """Return a record that breaks rules of many families in several rows."""
    record = plant(sound_record(), "ties", 1, target="a", kind="gift", value=float("nan"))
    record = plant(record, "ties", 3, source="nobody", end=dt.date(199, 1, 2), start=None)
    record = plant(record, "memberships", 2, left=None)
    record = plant(record, "sites", 1, longitude=30.2, latitude=120.1)
    record = append(
        record,
        "firms",
        firm_id="A",
        name="甲 公司",
        country="CN",
        region_scheme="GBT2260",
        region_code="330100",
    )
    return append(record, "accounts", firm_id="a", start=None, end=None, revenue=-1.0)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 1000))
def test_row_order_does_not_matter(seed: int) -> None:
    """Which rows of which table break which rule follows the rows, wherever they stand.

    A pair of rows that may be one firm is reported at the later of the two, so those rows are
    compared as a pair.
    """
    record = broken_record()
    shuffled = {}
    origin = {}
    for name in record:
        rows = (
            record[name].with_row_index("was", offset=1).sample(fraction=1, shuffle=True, seed=seed)
        )
        origin[name] = dict(enumerate(rows["was"], 1))
        shuffled[name] = rows.drop("was")

    def moved(record: Record, *, back: bool) -> set[tuple[object, ...]]:
        pairs = ("duplicates.", "keys.duplicate")
        return {
            (p.rule, p.table, p.column, None if p.rule.startswith(pairs) else row)
            for p in check(record)
            for row in [origin[p.table][p.row] if back and p.row is not None else p.row]
        }

    assert moved(Record.of(**shuffled), back=True) == moved(record, back=False)
    assert len(check(record)) >= 10


def test_problems_come_by_table_row_column_and_rule() -> None:
    problems = check(broken_record())
    order = list(sound_record())
    keys = [(order.index(p.table), p.row or 0) for p in problems]
    assert keys == sorted(keys)
    assert problems == check(broken_record())


def test_every_problem_speaks_both_languages_with_its_evidence() -> None:
    for problem in check(broken_record()):
        for text in (problem.message, problem.remedy):
            assert "{" not in text.en
            assert "{" not in text.zh
        assert any("\u4e00" <= character <= "\u9fff" for character in problem.message.zh)


def test_rules_are_listed_once_and_in_both_languages() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert all(rule.id.count(".") == 1 for rule in RULES)
    assert all(
        rule.title.zh != rule.title.en and rule.remedy.zh != rule.remedy.en for rule in RULES
    )
    assert all(rule.severity == "warning" for rule in RULES if rule.id.startswith("plausibility."))


def test_a_record_without_firms_is_refused() -> None:
    assert found(Record.of()) == [("shape.firms", "firms", None, None)]


def test_a_limit_closes_with_how_many_more_there_are() -> None:
    firms = pl.DataFrame({"firm_id": [f"f{i}" for i in range(10)], "country": ["china"] * 10})
    record = Record.of(firms=firms)
    assert len(check(record)) == 10
    limited = check(record, limit=3)
    assert places(limited) == [
        ("columns.format", "firms", row, "country") for row in (1, 2, 3, None)
    ]
    assert limited[-1].message.en == (
        "country (country): 7 more findings of this rule; the first 3 are shown."
    )
    assert check(record, limit=10) == check(record)


def test_the_limit_is_that_of_a_rule_and_column_however_the_rule_is_broken() -> None:
    """Two ties that start before both of their firms were founded: four findings, two shown."""
    firms = frame("firm_id founded", ("a", dt.date(2000, 3, 1)), ("b", dt.date(2001, 3, 1)))
    start = dt.date(1999, 3, 1)
    ties = frame("tie_id source target start", ("1", "a", "b", start), ("2", "a", "b", start))
    record = Record.of(firms=firms, ties=ties)
    assert [p.row for p in check(record)] == [1, 1, 2, 2]
    limited = check(record, limit=2)
    assert [p.row for p in limited] == [1, 1, None]
    assert "2 more findings" in limited[-1].message.en


def test_a_value_too_long_to_show_is_cut_in_the_message_only() -> None:
    record = Record.of(firms=frame("firm_id kind", ("a", "x" * 5000)))
    (problem,) = check(record)
    assert problem.value == "x" * 5000
    assert len(problem.message.en) < 400


def test_braces_in_values_do_no_harm() -> None:
    (problem,) = check(Record.of(firms=frame("firm_id kind", ("a", "{value.__class__}"))))
    assert "{value.__class__}" in problem.message.en


def test_frames_may_be_lazy_and_extended() -> None:
    record = Record.of(firms=frame("firm_id x_note", ("a", "free text")))
    assert check_frames({"firms": record["firms"].lazy()}) == ()


@pytest.mark.parametrize("name", ["a.jiqun", "a.jiqun.zip"])
def test_a_stored_record_is_checked_as_one_in_memory(tmp_path: Path, name: str) -> None:
    write(broken_record(), tmp_path / name)
    problems = check_folder(tmp_path / name)
    assert problems == check(read(tmp_path / name))
    assert len(problems) == len(check(broken_record()))
