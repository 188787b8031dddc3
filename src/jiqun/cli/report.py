"""``jiqun report``: a report in the forms and languages that people hand on."""

from pathlib import Path
from typing import Annotated

import typer

from jiqun.cli.language import WANTED
from jiqun.cli.options import Quiet, RecordPath, Seed, say
from jiqun.cli.study import record_name, studied
from jiqun.vocabulary.text import LANGUAGES, Language, Text

To = Annotated[
    str,
    typer.Option(
        "--to",
        help=say(
            "Forms, comma-separated: html, pdf, docx, xlsx, figures, parquet.",
            "格式,以逗号分隔:html、pdf、docx、xlsx、figures、parquet。",
        ),
    ),
]
Fonts = Annotated[
    list[Path] | None,
    typer.Option(
        "--font",
        help=say(
            "Font file for characters that the bundled font lacks; may be repeated.",
            "补充自带字体所缺字符的字体文件,可重复。",
        ),
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "report",
        help=say(
            "Write a report: page, PDF, Word, workbook.", "生成报告:网页、PDF、Word、工作簿。"
        ),
    )(report)


def languages() -> tuple[Language, ...]:
    """Return the language asked for with ``--lang``, else both."""
    return tuple(x for x in LANGUAGES if WANTED in {None, x})


def report(
    record: RecordPath,
    *,
    to: To = "html",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            help=say(
                "Folder; else NAME-report beside the record.", "文件夹;缺省为记录旁的 NAME-report。"
            ),
        ),
    ] = None,
    font: Fonts = None,
    seed: Seed = 0,
    quiet: Quiet = False,
) -> None:
    """Report on one record, in English and Chinese unless --lang names one of them."""
    from jiqun.cli.output import note
    from jiqun.report.writing import write_report

    name = record_name(record)
    found = studied(record, name=name, seed=seed, quiet=quiet)
    note(Text(f"{name}: writing the report …", f"{name}:撰写报告……"), quiet=quiet)
    written = write_report(
        found,
        out or record.with_name(f"{name}-report"),
        to=[form.strip() for form in to.split(",") if form.strip()],
        languages=languages(),
        own_fonts=font or (),
    )
    for path in written:
        typer.echo(str(path))
