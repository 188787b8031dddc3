"""Shape 结构: what must be there before any row is judged."""

from collections.abc import Mapping

import polars as pl

from jiqun.record.problem import Problem, Rule
from jiqun.record.requirements.query import ROW
from jiqun.vocabulary.text import Text

FIRMS = Rule(
    id="shape.firms",
    title=Text("The record has a table of firms.", "记录含有企业表。"),
    remedy=Text(
        "Add the table firms: one row for each firm.", "请添加企业表(firms),每家企业一行。"
    ),
)
NO_FIRMS = Text("The record has no table of firms.", "记录中没有企业表。")
RULES = (FIRMS,)


def numbered(frames: Mapping[str, pl.LazyFrame]) -> dict[str, pl.LazyFrame]:
    """Give each table the numbers of its rows, from 1."""
    return {name: frame.with_row_index(ROW, offset=1) for name, frame in frames.items()}


def problems(frames: Mapping[str, pl.LazyFrame]) -> list[Problem]:
    """Report a record without firms."""
    return [] if "firms" in frames else [FIRMS.problem(table="firms", message=NO_FIRMS)]
