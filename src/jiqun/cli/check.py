"""``jiqun check``: every problem of a record at once."""

from pathlib import Path
from typing import Annotated

import typer

from jiqun.cli.options import AsJson, RecordPath, say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check", help=say("Show every problem of a record.", "列出记录的全部问题。"))(check)


def check(
    record: RecordPath,
    problems_file: Annotated[
        Path | None,
        typer.Option(
            "--problems", help=say("Write all problems to this CSV.", "将全部问题写入该 CSV。")
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check; exit status 2 where a problem is an error."""
    from jiqun.cli.output import (
        problem_as_dict,
        problems_csv,
        show_json,
        show_problems,
    )
    from jiqun.record.exchange.whole_files import write_whole
    from jiqun.record.requirements import check_folder
    from jiqun.record.storage import verify

    problems = (*verify(record), *check_folder(record))
    if problems_file is not None:
        write_whole({problems_file: problems_csv(problems).encode()})
    if as_json:
        show_json({"record": str(record), "problems": [problem_as_dict(p) for p in problems]})
    else:
        show_problems(problems, to_stderr=False)
    if any(problem.severity == "error" for problem in problems):
        raise typer.Exit(2)
