"""What is wrong with a record or an input 问题: where, what, by which rule, and what to do."""

from dataclasses import dataclass
from typing import Literal

from jiqun.vocabulary.text import Text

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One finding about one place.

    Attributes
    ----------
    rule
        Stable identifier ``family.rule``, as listed in the reference of rules.
    severity
        An ``error`` makes the record invalid; a ``warning`` is for the reader to judge.
    table
        Table of the record, or sheet or file that could not be matched to one.
    row
        Row as the user sees it: in a spreadsheet or CSV its own number (the heading is row 1), in
        a stored record counted from 1. None where the finding is about a column or a table.
    column
        Column of the record, or the heading where it could not be matched to one.
    value
        The offending value as it stands.
    message
        What is wrong, with the evidence.
    remedy
        What to do about it.
    source
        File or ``file#sheet`` that the row is from; empty for a stored record.
    """

    rule: str
    table: str
    message: Text
    remedy: Text
    severity: Severity = "error"
    row: int | None = None
    column: str | None = None
    value: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A requirement on a record or an input, declared once for checks and for the reference.

    Attributes
    ----------
    id
        ``family.rule``.
    title
        What must hold, or what is suspicious.
    remedy
        What to do where it does not hold.
    severity
        Whether breaking it makes the record invalid.
    """

    id: str
    title: Text
    remedy: Text
    severity: Severity = "error"

    def problem(
        self,
        *,
        table: str,
        message: Text,
        row: int | None = None,
        column: str | None = None,
        value: object = None,
        source: str = "",
        remedy: Text | None = None,
    ) -> Problem:
        """Report that the rule is broken at one place."""
        return Problem(
            rule=self.id,
            severity=self.severity,
            table=table,
            row=row,
            column=column,
            value=None if value is None else str(value),
            message=message,
            remedy=remedy or self.remedy,
            source=source,
        )


class InputError(Exception):
    """The input or the call is wrong; carries every problem found (exit status 2)."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(problem.message.en for problem in problems))
