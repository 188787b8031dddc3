"""How results, problems and progress are shown: results on stdout, everything else on stderr."""

import csv
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from io import StringIO, TextIOWrapper
from pathlib import PurePath

import typer

from jiqun.cli.language import LANGUAGE
from jiqun.record.problem import Problem
from jiqun.vocabulary.text import Text

SHOWN_PER_RULE = 20
_ERROR, _WARNING = Text("error", "错误"), Text("warning", "警告")


def note(text: Text, *, quiet: bool = False) -> None:
    """Tell the user how the work goes."""
    if not quiet:
        typer.echo(text.to(LANGUAGE), err=True)


def show_json(document: object) -> None:
    """Print one JSON document."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2, sort_keys=False))


def problem_as_dict(problem: Problem) -> dict[str, object]:
    """Return a problem as it stands in ``--json``."""
    return {
        "rule": problem.rule,
        "severity": problem.severity,
        "source": problem.source,
        "table": problem.table,
        "row": problem.row,
        "column": problem.column,
        "value": problem.value,
        "message": problem.message.to(LANGUAGE),
        "remedy": problem.remedy.to(LANGUAGE),
    }


def problems_csv(problems: Iterable[Problem]) -> str:
    """Return problems as CSV, one a row, for a spreadsheet.

    A cell that a spreadsheet would run as a formula is written with a leading apostrophe.
    """
    out = StringIO()
    fields = ["severity", "source", "table", "row", "column", "value", "message", "remedy", "rule"]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(fields)
    for problem in problems:
        row = problem_as_dict(problem)
        writer.writerow([_inert(row[field]) for field in fields])
    return out.getvalue()


def _inert(cell: object) -> object:
    """Keep a text from being taken for a formula."""
    if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + cell
    return "" if cell is None else cell


def _place(problem: Problem) -> str:
    """Say where a problem is."""
    row = Text(f"row {problem.row}", f"第 {problem.row} 行").to(LANGUAGE)
    parts = [
        problem.source,
        "" if problem.table in {problem.source, PurePath(problem.source).stem} else problem.table,
        "" if problem.row is None else row,
        problem.column or "",
    ]
    where = ", ".join(part for part in parts if part)
    return where if problem.value is None else f"{where} = {_shortened(problem.value)}"


def _shortened(value: str, width: int = 60) -> str:
    """Return a value on one line, printable and not longer than a line."""
    line = "".join(c if c.isprintable() else "�" for c in value)
    return f"“{line if len(line) <= width else line[: width - 1] + '…'}”"


def show_problems(problems: Sequence[Problem], *, to_stderr: bool = True) -> None:
    """Print problems, errors first, at most some of each rule, with how many more there are."""
    shown: Counter[str] = Counter()
    for problem in sorted(problems, key=lambda p: p.severity != "error"):
        shown[problem.rule] += 1
        if shown[problem.rule] <= SHOWN_PER_RULE:
            _show_problem(problem, to_stderr=to_stderr)
    for rule, count in shown.items():
        if count > SHOWN_PER_RULE:
            more = Text(
                f"… and {count - SHOWN_PER_RULE} more of {rule}",
                f"…… 另有 {count - SHOWN_PER_RULE} 处 {rule}",
            )
            typer.echo(more.to(LANGUAGE), err=to_stderr)
    typer.echo(counted(problems).to(LANGUAGE), err=to_stderr)


def _show_problem(problem: Problem, *, to_stderr: bool) -> None:
    """Print one problem in two lines."""
    is_error = problem.severity == "error"
    word = (_ERROR if is_error else _WARNING).to(LANGUAGE)
    if _coloured(to_stderr=to_stderr):
        word = typer.style(word, fg="red" if is_error else "yellow")
    typer.echo(
        f"{word}  {_place(problem)}: {problem.message.to(LANGUAGE)}  [{problem.rule}]",
        err=to_stderr,
    )
    typer.echo(f"    → {problem.remedy.to(LANGUAGE)}", err=to_stderr)


def _coloured(*, to_stderr: bool) -> bool:
    """Say whether the terminal wants colour."""
    stream = sys.stderr if to_stderr else sys.stdout
    return stream.isatty() and "NO_COLOR" not in os.environ


def counted(problems: Sequence[Problem]) -> Text:
    """Return one line with the number of errors and warnings."""
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    return Text(
        f"{_number(errors, 'error')}, {_number(warnings, 'warning')}",
        f"{errors} 个错误,{warnings} 个警告",
    )


def _number(count: int, of: str) -> str:
    """Count in English."""
    return f"{count} {of}" if count == 1 else f"{count} {of}s"


def speak_any_language() -> None:
    """Show what a terminal or file cannot hold as an escape, rather than fail on it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
