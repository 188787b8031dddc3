"""``jiqun report``: a report in the forms and languages that people hand on."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiqun.cli.language import LANGUAGE, WANTED
from jiqun.cli.options import Quiet, RecordPath, Seed, say
from jiqun.cli.study import record_name, studied
from jiqun.vocabulary.text import LANGUAGES, Language, Text

if TYPE_CHECKING:
    from jiqun.report.boundaries import Boundaries
    from jiqun.report.study import Study

NO_DAYS = Text("{name} names no day to compare with.", "{name} 没有可供比较的日期。")
NO_SOURCE = Text(
    "--boundaries needs --attribution: whom the boundaries are from.",
    "--boundaries 须以 --attribution 注明界线来源。",
)
NOT_BOTH = Text(
    "--since matches firms by their identifiers, which --share takes away: add --names.",
    "--since 按企业编号匹配,而 --share 会隐去编号:请加 --names。",
)
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


def _lines(path: Path | None, attribution: str, approval: str) -> "Boundaries | None":
    """Read the boundaries; they need a source."""
    from jiqun.report.boundaries import read_boundaries

    if path is None:
        return None
    if not attribution.strip():
        raise typer.BadParameter(NO_SOURCE.to(LANGUAGE))
    return read_boundaries(path, attribution=attribution, approval=approval)


def compared(found: "Study", last: Path, *, quiet: bool) -> "Study":
    """Add what changed since last year's record."""
    from jiqun.cli.output import note
    from jiqun.record.storage import read
    from jiqun.report.since import since

    name = record_name(last)
    note(Text(f"comparing with {name} …", f"与 {name} 比较……"), quiet=quiet)
    changed = since(found.record, read(last), name=name, seed=found.seed)
    if changed is None:
        raise typer.BadParameter(NO_DAYS.fill(name=name).to(LANGUAGE))
    return replace(found, since=changed)


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
    since: Annotated[
        Path | None,
        typer.Option(
            "--since", help=say("Last year's record, to compare with.", "用于比较的去年记录。")
        ),
    ] = None,
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
    boundaries: Annotated[
        Path | None,
        typer.Option(
            "--boundaries",
            help=say("GeoJSON of boundaries to draw on maps.", "在地图上绘制的界线(GeoJSON)。"),
        ),
    ] = None,
    attribution: Annotated[
        str, typer.Option("--attribution", help=say("Their source.", "界线来源。"))
    ] = "",
    map_approval: Annotated[
        str, typer.Option("--map-approval", help=say("Map approval number.", "审图号。"))
    ] = "",
    font: Fonts = None,
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
    lines = _lines(boundaries, attribution, map_approval)
    name = record_name(record)
    found = studied(record, name=name, seed=seed, quiet=quiet, names=names or not share)
    if since is not None:
        found = compared(found, since, quiet=quiet)
    if share:
        found = shared(found)
    found = replace(found, boundaries=lines)
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
