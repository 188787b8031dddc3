"""Thinning 精简: which tables of a run are kept in its record, and for which years.

A run notes everything; a thinned record is smaller, and what it lacks counts as not observed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from jiqun.record.problem import InputError, Problem, Rule
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

LEAVES = ("ties", "sites", "interfaces", "functions", "data_assets", "accounts", "policies")
"""Tables to which no other table refers."""
YEARLY = ("accounts", "data_assets")
"""Tables of which every so many years can be kept."""
ASKED = Rule(
    id="thin.asked",
    title=Text(
        "What is thinned is a table that nothing refers to.", "可精简的表须不被其他表引用。"
    ),
    remedy=Text(
        f"Write one of {', '.join(LEAVES)}, or accounts=5 to keep every fifth year.",
        f"可写:{'、'.join(LEAVES)};或 accounts=5,表示每五年保留一年。",
    ),
)
RULES = (ASKED,)


@dataclass(frozen=True, slots=True)
class Thinning:
    """What is left out: whole tables, and years between those that are kept."""

    without: frozenset[str] = frozenset()
    every: dict[str, int] = field(default_factory=dict)

    @classmethod
    def asked(cls, words: Sequence[str]) -> "Thinning":
        """Read what a user asked for, such as ``ties`` or ``accounts=5``.

        Raises
        ------
        InputError
            With everything that cannot be thinned so.
        """
        without, every, problems = set(), {}, list[Problem]()
        for word in words:
            table, _, years = word.partition("=")
            if table in LEAVES and not years:
                without.add(table)
            elif table in YEARLY and years.isdecimal() and int(years) > 0:
                every[table] = int(years)
            else:
                message = Text(f"{word} cannot be thinned.", f"无法精简 {word}。")
                problems.append(ASKED.problem(table="--thin", value=word, message=message))
        if problems:
            raise InputError(tuple(problems))
        return cls(frozenset(without), every)

    def of(self, record: Record, *, start_year: int) -> Record:
        """Return a record without what is left out; years count from the first of the run."""
        kept = {name: record[name] for name in record if name not in self.without}
        for name, years in self.every.items():
            year = pl.col("start").dt.year() - start_year
            kept[name] = record[name].filter(year % years == 0)
        return Record(kept)
