"""Problems of one rule and place told once, with how often they occur."""

from collections.abc import Sequence
from dataclasses import dataclass

from jiqun.record.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemGroup:
    """Problems that share rule, severity, table and column.

    Attributes
    ----------
    example
        The first of them.
    count
        How many there are.
    places
        Row and value of the first few.
    """

    example: Problem
    count: int
    places: tuple[tuple[int | None, str | None], ...]

    @property
    def basis(self) -> str:
        """What the count is a count of."""
        return f"problems.{self.example.rule}.{self.example.table}.{self.example.column or ''}"


PLACES = 3


def group_problems(problems: Sequence[Problem]) -> tuple[ProblemGroup, ...]:
    """Group problems, errors first, then the more frequent, then in the order of finding."""
    groups: dict[tuple[str, str, str, str | None], list[Problem]] = {}
    for p in problems:
        groups.setdefault((p.rule, p.severity, p.table, p.column), []).append(p)
    made = [
        ProblemGroup(
            example=group[0],
            count=len(group),
            places=tuple((p.row, p.value) for p in group[:PLACES]),
        )
        for group in groups.values()
    ]
    return tuple(sorted(made, key=lambda g: (g.example.severity != "error", -g.count)))
