"""Dates: each form by hand, Excel's two calendars, and what must not be guessed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiqun.importers.parsing.dates import parse_date, parse_dates
from jiqun.importers.parsing.rules import DATE_AMBIGUOUS, DATE_UNREADABLE, Failure

DAY = dt.date(2023, 5, 1)


@pytest.mark.parametrize(
    "cell",
    [
        "2023-05-01", "2023/5/1", "2023.5.1", "20230501", "2023年5月1日", "二〇二三年五月一日",
        "２０２３年５月１日", " 2023-05-01 ", "2023-05-01 10:30", "2023-05-01T00:00:00Z", "1 May 2023",
        "May 1, 2023", "1-May-2023", 45047.0, "45047", 20230501.0, dt.date(2023, 5, 1),
        dt.datetime(2023, 5, 1, 12, 30, tzinfo=dt.UTC), "2023年05月01日",
    ],
)  # fmt: skip
def test_forms_of_one_day(cell: object) -> None:
    assert parse_date(cell) == (DAY, False)


@pytest.mark.parametrize("cell", ["2023年5月", "2023-05", "202305", "二〇二三年五月", "May 2023"])
def test_a_month_counts_from_its_first_day(cell: str) -> None:
    assert parse_date(cell) == (DAY, True)


@pytest.mark.parametrize("cell", ["2023", 2023.0, "2023年"])
def test_a_year_counts_from_its_first_day(cell: object) -> None:
    assert parse_date(cell) == (dt.date(2023, 1, 1), True)


def test_serials_follow_the_calendar_of_the_workbook() -> None:
    """Excel's own pair: 1 May 2023 is 45047 counted from 1900 and 43585 counted from 1904."""
    assert parse_date(45047.0) == (DAY, False)
    assert parse_date(43585.0, epoch_1904=True) == (DAY, False)


@pytest.mark.parametrize(
    "cell", ["2023-02-30", "1/2/03", "yesterday", "2023-13-01", 7.0, True, "99999999", dt.time(0)]
)
def test_what_is_no_day_is_refused(cell: object) -> None:
    found = parse_date(cell)
    assert isinstance(found, Failure)
    assert found.rule is DATE_UNREADABLE


def test_a_column_decides_the_order_of_day_and_month() -> None:
    parsed = parse_dates(["3/4/2023", "13/4/2023"])
    assert parsed.values.to_list() == [dt.date(2023, 4, 3), dt.date(2023, 4, 13)]
    parsed = parse_dates(["3/4/2023", "4/13/2023"])
    assert parsed.values.to_list() == [dt.date(2023, 3, 4), dt.date(2023, 4, 13)]


@pytest.mark.parametrize("cells", [["3/4/2023"], ["3/4/2023", "13/4/2023", "4/13/2023"]])
def test_an_undecided_order_is_asked_for(cells: list[str]) -> None:
    parsed = parse_dates(cells)
    assert parsed.failures[0].rule is DATE_AMBIGUOUS
    assert parsed.values[0] is None
    assert parse_dates(["3/4/2023"], order="mdy").values[0] == dt.date(2023, 3, 4)


def test_empty_cells_and_words_for_nothing_are_missing() -> None:
    parsed = parse_dates(["", None, "-", "N/A", "无", "2023-05-01"])
    assert parsed.values.to_list() == [None, None, None, None, None, DAY]
    assert (parsed.missing, parsed.failures) == (3, {})
    assert parse_dates([]).values.len() == 0


@given(st.dates(dt.date(1500, 1, 1), dt.date(2100, 12, 31)))
def test_every_written_form_reads_back(day: dt.date) -> None:
    forms = (day.isoformat(), f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}")
    assert parse_dates(forms).values.to_list() == [day] * len(forms)
