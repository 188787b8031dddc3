"""``jiqun export``: a record as a workbook or as HIF JSON."""

from pathlib import Path
from typing import Annotated

import typer

from jiqun.cli.options import RecordPath, say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "export",
        help=say("Write a record as .xlsx or as .hif.json.", "将记录导出为 .xlsx 或 .hif.json。"),
    )(export)


def export(
    record: RecordPath,
    out: Annotated[
        Path,
        typer.Option(
            "--out", "-o", help=say("NAME.xlsx or NAME.hif.json.", "NAME.xlsx 或 NAME.hif.json。")
        ),
    ],
) -> None:
    """Export; the ending of the name says the form."""
    from jiqun.record.exchange.hif import write_hif
    from jiqun.record.exchange.workbook import write_workbook
    from jiqun.record.storage import read

    if out.suffix == ".xlsx":
        write_workbook(read(record), out)
    elif out.suffix == ".json":
        write_hif(read(record), out)
    else:
        raise typer.BadParameter(
            say(f"{out}: .xlsx or .hif.json", f"{out}:须为 .xlsx 或 .hif.json")
        )
    typer.echo(str(out))
