"""``jiqun scan``: what should not leave the house with a record."""

from typing import TYPE_CHECKING

import typer

from jiqun.cli.language import LANGUAGE
from jiqun.cli.options import AsJson, RecordPath, say
from jiqun.vocabulary.text import Text

if TYPE_CHECKING:
    from jiqun.record.problem import Problem

FOUND = Text(
    "{n} places look like data of persons: remove them before the record is handed on.",
    "{n} 处疑似个人信息:对外提供前请删除。",
)
CLEAN = Text(
    "No number of a person was found. Names of firms and places of sites are in the record; "
    "jiqun report --share leaves them out.",
    "未发现个人号码。记录含企业名称与场所位置;jiqun report --share 可将其隐去。",
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "scan",
        help=say(
            "Warn of identity numbers and phones in a record.", "检查记录中的身份证号与手机号。"
        ),
    )(scan)


def scan(record: RecordPath, *, as_json: AsJson = False) -> None:
    """Look for numbers of persons in every text; exit status 2 where there are any."""
    from jiqun.cli.output import problem_as_dict, show_json, show_problems
    from jiqun.record.requirements import check_folder

    found: tuple[Problem, ...] = tuple(
        p for p in check_folder(record) if p.rule.startswith("personal.")
    )
    if as_json:
        show_json({"record": str(record), "problems": [problem_as_dict(p) for p in found]})
    elif found:
        show_problems(found, to_stderr=False)
        typer.echo(FOUND.fill(n=len(found)).to(LANGUAGE))
    else:
        typer.echo(CLEAN.to(LANGUAGE))
    if found:
        raise typer.Exit(2)
