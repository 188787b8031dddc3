"""Which period do amounts belong to? From a year column, the heading, or what the person says."""

from dataclasses import replace

import polars as pl

from jiqun.importers.table.cells import Columns
from jiqun.importers.table.fragment import YEAR, Fragment
from jiqun.importers.table.options import Options
from jiqun.importers.table.rules import HEADING_OPTION, PERIOD
from jiqun.record.problem import Problem
from jiqun.vocabulary.text import Text


def settle_periods(
    fragment: Fragment, columns: Columns, options: Options
) -> tuple[Fragment, list[Problem]]:
    """Give rows of accounts the calendar year that they are for."""
    frame = fragment.frame
    if fragment.table != "accounts" or "start" in frame.columns:
        return fragment, []
    headed = {h.units.year for h in columns.layout.columns.values() if h.units.year}
    problems: list[Problem] = []
    if YEAR in frame.columns:
        years = pl.col(YEAR)
        problems = _rows_without(fragment, columns)
    elif len(headed) > 1:
        return fragment, [_several(fragment, headed)]
    elif headed or options.year:
        years = pl.lit(options.year or headed.pop())
    else:
        message = Text(
            "{source} has amounts or employees but no year.",
            "{source} 有金额或从业人数,但未注明年份。",
        ).fill(source=fragment.source)
        problem = PERIOD.problem(
            table="accounts", source=fragment.source, column="start", message=message
        )
        return fragment, [problem]
    days = [
        pl.date(years + shift, 1, 1).alias(name)
        for name, shift in (("start", 0), ("end", 1))
        if name not in frame.columns
    ]
    return replace(fragment, frame=frame.with_columns(days)), problems


def _rows_without(fragment: Fragment, columns: Columns) -> list[Problem]:
    """Report rows whose year is empty; one that could not be read was reported already."""
    known = {problem.row for problem in columns.problems if problem.column == "year"}
    message = Text("Row {row} names no year.", "第 {row} 行未填年份。")
    return [
        PERIOD.problem(
            table="accounts",
            source=fragment.source,
            row=row,
            column="year",
            message=message.fill(row=row),
            remedy=Text("Fill in the year.", "请填写年份。"),
        )
        for row, year in zip(fragment.rows, fragment.frame[YEAR].to_list(), strict=True)
        if year is None and row not in known
    ]


def _several(fragment: Fragment, years: set[int]) -> Problem:
    message = Text(
        "The headings of {source} name several years: {years}.",
        "{source} 的表头涉及多个年份:{years}。",
    ).fill(source=fragment.source, years=", ".join(map(str, sorted(years))))
    remedy = Text(
        "Put each year into rows of its own with a column 年份 (year); " + HEADING_OPTION.remedy.en,
        "请将各年份拆分为单独的行并添加“年份”列;" + HEADING_OPTION.remedy.zh,
    )
    return PERIOD.problem(
        table="accounts", source=fragment.source, column="start", message=message, remedy=remedy
    )
