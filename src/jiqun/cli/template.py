"""``jiqun template``: the workbook to fill in."""

from pathlib import Path
from typing import Annotated

import typer

from jiqun.cli.language import LANGUAGE
from jiqun.cli.options import say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "template", help=say("Write the spreadsheet to fill in.", "生成待填写的电子表格。")
    )(template)


def template(
    out: Annotated[
        Path, typer.Argument(metavar="OUT.xlsx", help=say("Where to write it.", "写入位置。"))
    ],
    force: Annotated[
        bool, typer.Option("--force", help=say("Replace a file that is there.", "覆盖已有文件。"))
    ] = False,
) -> None:
    """Write the workbook, without touching one that a person may have filled in."""
    from jiqun.record.exchange.template import write_template

    if out.suffix.lower() != ".xlsx":
        raise typer.BadParameter(say(f"{out} should end in .xlsx", f"{out} 应以 .xlsx 结尾"))
    if out.exists() and not force:
        raise typer.BadParameter(
            say(f"{out} is there already; --force replaces it", f"{out} 已存在;--force 可覆盖")
        )
    write_template(out, language=LANGUAGE)
    typer.echo(str(out))
