"""``jiqun report``: a report in the forms and languages that people hand on."""

from pathlib import Path
from typing import Annotated

import typer

from jiqun.cli import report_files as files
from jiqun.cli.language import LANGUAGE, WANTED
from jiqun.cli.options import Quiet, RecordPath, Seed, say
from jiqun.cli.study import record_name, studied
from jiqun.vocabulary.text import LANGUAGES, Language, Text

NOT_BOTH = Text(
    "--since matches firms by their identifiers, which --share takes away: add --names.",
    "--since 按企业编号匹配,而 --share 会隐去编号:请加 --names。",
)
NO_FIGURES = Text(
    "No figure was written: the report of this record has none. It takes coordinates, dates or measures with "
    "intervals; the section “Not measured” of the report says what is lacking.",
    "未写出图形:本记录的报告没有任何图。绘图需要坐标、日期或带区间的指标;所缺数据见报告“未能测量的内容”一节。",
)
To = Annotated[
    str,
    typer.Option(
        "--to",
        help=say(
            "Forms, comma-separated: html, pdf, docx, xlsx, figures, parquet, dta.",
            "格式,以逗号分隔:html、pdf、docx、xlsx、figures、parquet、dta。",
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
    since: files.Since = None,
    comparison: files.Compared = None,
    forecast: files.Ahead = None,
    backtest: files.Scored = None,
    last_forecast: files.LastForecast = None,
    share: Annotated[
        bool,
        typer.Option(
            "--share",
            help=say(
                "For others: no names, no single places, no cell of fewer than five.",
                "供共享:隐去名称与单个位置,不显示不足五个的单元。",
            ),
        ),
    ] = False,
    names: Annotated[
        bool,
        typer.Option("--names", help=say("Keep names in a shared report.", "共享报告保留名称。")),
    ] = False,
    boundaries: files.Lines = None,
    attribution: Annotated[
        str, typer.Option("--attribution", help=say("Their source.", "界线来源。"))
    ] = "",
    map_approval: Annotated[
        str, typer.Option("--map-approval", help=say("Map approval number.", "审图号。"))
    ] = "",
    font: files.Fonts = None,
    seed: Seed = 0,
    quiet: Quiet = False,
) -> None:
    """Report on one record, in English and Chinese unless --lang names one of them."""
    from jiqun.cli.output import note
    from jiqun.report.sharing import shared
    from jiqun.report.writing import refuse_wrong, write_report

    forms = [form.strip() for form in to.split(",") if form.strip()]
    refuse_wrong(forms, font or ())
    if share and since is not None and not names:
        raise typer.BadParameter(NOT_BOTH.to(LANGUAGE))
    given = files.ReportFiles(
        since=since,
        comparison=comparison,
        forecast=forecast,
        backtest=backtest,
        last_forecast=last_forecast,
        boundaries=boundaries,
        attribution=attribution,
        approval=map_approval,
        fonts=tuple(font or ()),
    ).read()
    name = record_name(record)
    found = studied(record, name=name, seed=seed, quiet=quiet, names=names or not share)
    found = given.add_to(found, quiet=quiet)
    if share:
        found = shared(found)
    note(Text(f"{name}: writing the report …", f"{name}:撰写报告……"), quiet=quiet)
    written = write_report(
        found,
        out or record.with_name(f"{name}-report"),
        to=forms,
        languages=languages(),
        own_fonts=font or (),
    )
    for path in written:
        typer.echo(str(path))
    if "figures" in forms and not any(path.parent.name == "figures" for path in written):
        note(NO_FIGURES, quiet=False)
