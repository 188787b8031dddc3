"""The checks of the record, with their rows told as the person's own file numbers them."""

import re
from collections.abc import Mapping
from dataclasses import replace

from jiqun.record.problem import Problem
from jiqun.record.record import Record
from jiqun.record.requirements import check
from jiqun.vocabulary.text import Text

Places = list[tuple[str, int]]
"""(source, row in the file) of each row of a table."""
OTHER_ROW = re.compile(r"(?<=\b[Rr]ow )\d+\b|(?<=第 )\d+(?= 行)")
STANDS_FOR = {"registration": ("firm_id",), "year": ("start", "end")}
"""Column of a problem → columns of the record that hold the same value."""


def check_record(
    record: Record, places: Mapping[str, Places], found: tuple[Problem, ...]
) -> tuple[Problem, ...]:
    """Add what is wrong with the record to what was found on reading, each thing once.

    A finding about a cell that could not be read is dropped, for it was reported already.
    """
    known = {
        (problem.table, problem.source, problem.row, column)
        for problem in found
        if problem.severity == "error" and problem.column
        for column in (problem.column, *STANDS_FOR.get(problem.column, ()))
    }
    translated = (_translate(problem, places) for problem in check(record))
    return found + tuple(
        problem
        for problem in translated
        if problem.row is None
        or (problem.table, problem.source, problem.row, problem.column) not in known
    )


def _translate(problem: Problem, places: Mapping[str, Places]) -> Problem:
    where = places.get(problem.table)
    if where is None or problem.row is None or not 0 < problem.row <= len(where):
        return problem
    source, row = where[problem.row - 1]
    return replace(
        problem, source=source, row=row, message=_renumbered(problem.message, where, source)
    )


def _renumbered(message: Text, where: Places, here: str) -> Text:
    """Tell the other rows of the table that a message names as the files number them."""

    def place(match: re.Match[str]) -> str:
        number = int(match[0])
        if not 0 < number <= len(where):
            return match[0]
        source, row = where[number - 1]
        return str(row) if source == here else f"{row} ({source})"

    return Text(
        OTHER_ROW.sub(place, message.en),
        OTHER_ROW.sub(place, message.zh),
        typeset=OTHER_ROW.sub(place, message.typeset),
    )
