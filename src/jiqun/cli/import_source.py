"""``jiqun import``: a source in one of the formats becomes a record, or a list of problems."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiqun.cli.language import LANGUAGE
from jiqun.cli.options import AsJson, Quiet, say
from jiqun.vocabulary.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jiqun.importers.imported import Imported, Merge
    from jiqun.record.problem import Problem


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "import", help=say("Turn a source into a checked record.", "将数据来源转换为经检查的记录。")
    )(import_source)


def import_source(
    *,
    format_name: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT", help=say("Format; “list” shows all.", "格式;“list”列出全部。")
        ),
    ],
    source: Annotated[
        Path | None, typer.Argument(metavar="SOURCE", help=say("File or folder.", "文件或文件夹。"))
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            help=say("NAME.jiqun or NAME.jiqun.zip.", "NAME.jiqun 或 NAME.jiqun.zip。"),
        ),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="OPTION=VALUE", help=say("Option of the format.", "格式选项。")
        ),
    ] = None,
    problems_file: Annotated[
        Path | None,
        typer.Option(
            "--problems", help=say("Write all problems to this CSV.", "将全部问题写入该 CSV。")
        ),
    ] = None,
    annotated: Annotated[
        Path | None,
        typer.Option(
            "--annotate",
            help=say(
                "Write a copy of your workbook with the problems marked.",
                "写出标注问题的工作簿副本。",
            ),
        ),
    ] = None,
    merges_file: Annotated[
        Path | None,
        typer.Option(
            "--merges",
            help=say("Write likely duplicates to this CSV.", "将疑似重复企业写入该 CSV。"),
        ),
    ] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Import, show every problem, and store the record only where none is an error."""
    from jiqun.cli.output import show_problems
    from jiqun.importers.reading import import_record
    from jiqun.record.exchange.whole_files import write_whole
    from jiqun.record.problem import InputError
    from jiqun.record.storage import write

    if format_name == "list":
        _list_formats()
        return
    if source is None or out is None:
        missing = "SOURCE" if source is None else "--out"
        raise typer.BadParameter(say(f"{missing} is missing", f"缺少 {missing}"))
    options = _parsed(settings or [])
    hand_back = partial(_hand_back, source, problems_file, annotated, options)
    try:
        imported = import_record(format_name, source, options=options)
    except InputError as error:
        hand_back(error.problems, as_json=as_json)
        raise
    is_valid = all(problem.severity != "error" for problem in imported.problems)
    hand_back(imported.problems)
    if merges_file is not None:
        from jiqun.importers.merges import as_csv

        write_whole({merges_file: as_csv(imported.merges).encode()})
    if is_valid:
        write(imported.record, out)
    if as_json:
        _show_as_json(imported.problems, imported, out if is_valid else None)
    else:
        if imported.problems and not (quiet and is_valid):
            show_problems(imported.problems)
        _show_rows(imported, out if is_valid else None, quiet=quiet)
    if not is_valid:
        raise typer.Exit(2)


def _hand_back(
    source: Path,
    problems_file: Path | None,
    annotated: Path | None,
    options: dict[str, str],
    problems: "Sequence[Problem]",
    *,
    as_json: bool = False,
) -> None:
    """Give the problems where the user wants them, also those of a file that can't be read."""
    if as_json:
        _show_as_json(problems)
    if not source.exists():
        return
    if problems_file is not None:
        from jiqun.cli.output import problems_csv
        from jiqun.record.exchange.whole_files import write_whole

        write_whole({problems_file: problems_csv(problems).encode()})
    if annotated is not None:
        from jiqun.importers.table.annotate import annotate

        annotate(source, problems, annotated, language=LANGUAGE, options=options)


def _parsed(settings: list[str]) -> dict[str, str]:
    """Split ``option=value`` pairs."""
    bad = [setting for setting in settings if "=" not in setting]
    if bad:
        raise typer.BadParameter(
            say(
                f"--set wants OPTION=VALUE, not {', '.join(bad)}",
                f"--set 须写作 选项=值,而不是 {', '.join(bad)}",
            )
        )
    return dict(setting.split("=", 1) for setting in settings)


def _list_formats() -> None:
    """Show every format with its options."""
    from jiqun.importers import IMPORTERS

    for importer in IMPORTERS.values():
        typer.echo(f"{importer.name}  {importer.title.to(LANGUAGE)}")
        typer.echo(f"    {importer.meaning.to(LANGUAGE)}")
        for option, meaning in importer.options.items():
            typer.echo(f"    --set {option}=…  {meaning.to(LANGUAGE)}")


def _show_rows(imported: "Imported", out: Path | None, *, quiet: bool) -> None:
    """Say where the rows went and what was written."""
    from jiqun.cli.output import note

    # Our template has fifteen sheets, most of which a person leaves empty.
    filled = [count for count in imported.rows if count.read]
    for count in filled or imported.rows[:1]:
        note(
            Text(
                f"{count.source}: {count.read} rows read, {count.kept} kept, {count.reported} reported",
                f"{count.source}:读取 {count.read} 行,保留 {count.kept} 行,报告 {count.reported} 行",
            ),
            quiet=quiet,
        )
    if imported.merges:
        note(
            Text(
                f"{len(imported.merges)} pairs of firms may be one; none was merged (see --merges)",
                f"{len(imported.merges)} 对企业疑似重复,均未合并(见 --merges)",
            ),
            quiet=quiet,
        )
    if out is None:
        note(Text("No record was written.", "未写入记录。"))
    else:
        typer.echo(str(out))


def _show_as_json(
    problems: "Sequence[Problem]", imported: "Imported | None" = None, out: Path | None = None
) -> None:
    """Print the outcome as one document."""
    from jiqun.cli.output import problem_as_dict, show_json

    show_json(
        {
            "record": None if out is None else str(out),
            "rows": [
                {"source": c.source, "read": c.read, "kept": c.kept, "reported": c.reported}
                for c in (imported.rows if imported else ())
            ],
            "problems": [problem_as_dict(problem) for problem in problems],
            "merges": [_merge_as_dict(merge) for merge in (imported.merges if imported else ())],
        }
    )


def _merge_as_dict(merge: "Merge") -> dict[str, object]:
    """Return one proposal as it stands in JSON and CSV."""
    return {
        "keep": merge.keep,
        "drop": merge.drop,
        "score": round(merge.score, 4),
        "reason": merge.reason.to(LANGUAGE),
    }
