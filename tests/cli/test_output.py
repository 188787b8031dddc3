"""What a user sees of a problem, and what a spreadsheet does with it."""

import csv
from io import StringIO

import pytest

from jiqun.cli.output import SHOWN_PER_RULE, counted, problems_csv, show_problems
from jiqun.record.problem import Problem
from jiqun.vocabulary.text import Text


def problem(value: str, *, row: int = 7, severity: str = "error") -> Problem:
    return Problem(
        rule="keys.duplicate",
        severity="error" if severity == "error" else "warning",
        table="firms",
        row=row,
        column="firm_id",
        value=value,
        message=Text("twice", "重复"),
        remedy=Text("keep one", "保留其一"),
    )


@pytest.mark.parametrize("payload", ["=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "\t=1"])
def test_a_hostile_value_is_text_in_a_spreadsheet(payload: str) -> None:
    (row,) = csv.DictReader(StringIO(problems_csv([problem(payload)])))
    assert row["value"] == "'" + payload
    assert row["row"] == "7"


def test_errors_come_first_and_every_line_names_the_place(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show_problems([problem("b", row=3, severity="warning"), problem("a")], to_stderr=False)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("error  firms, row 7, firm_id = “a”: twice")
    assert lines[1].strip() == "→ keep one"
    assert lines[-1] == "1 error, 1 warning"


def test_many_of_one_rule_are_counted_not_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    show_problems([problem("a", row=row) for row in range(SHOWN_PER_RULE + 5)], to_stderr=False)
    out = capsys.readouterr().out
    assert "… and 5 more of keys.duplicate" in out
    assert counted([problem("a")] * 25).en == "25 errors, 0 warnings"


def test_a_control_character_does_not_reach_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show_problems([problem("\x1b[31mred\n" + "x" * 500)], to_stderr=False)
    line = capsys.readouterr().out.splitlines()[0]
    assert "\x1b" not in line
    assert len(line) < 120
