"""``jiqun study``: check, measure and report in one go."""

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiqun.cli.options import Quiet, RecordPath, Seed, say
from jiqun.vocabulary.text import Text

if TYPE_CHECKING:
    from jiqun.record.problem import Problem
    from jiqun.report.study import Study


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("study", help=say("Check, measure and report.", "检查、测度并生成报告。"))(study)


def study(
    record: RecordPath,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            help=say(
                "Folder; else NAME-study beside the record.", "文件夹;缺省为记录旁的 NAME-study。"
            ),
        ),
    ] = None,
    seed: Seed = 0,
    quiet: Quiet = False,
) -> None:
    """Study one record; the report is written in both languages."""
    name = record_name(record)
    folder = out or record.with_name(f"{name}-study")
    for path in study_record(record, name=name, folder=folder, seed=seed, quiet=quiet):
        typer.echo(str(path))


def record_name(record: Path) -> str:
    """Return what a record is called, by its path."""
    return re.sub(r"\.jiqun(\.zip)?$", "", record.name)


def study_record(path: Path, *, name: str, folder: Path, seed: int, quiet: bool) -> list[Path]:
    """Study the record at ``path`` and write what was found; return the files.

    Raises
    ------
    InputError
        Where the record breaks a rule: nothing is measured on a wrong record.
    """
    from jiqun.cli.output import note

    found = studied(path, name=name, seed=seed, quiet=quiet)
    note(Text(f"{name}: writing the report …", f"{name}:撰写报告……"), quiet=quiet)
    return _write(found, folder)


def studied(path: Path, *, name: str, seed: int, quiet: bool, names: bool = True) -> "Study":
    """Read, check, measure and diagnose the record at ``path``; ``names`` False masks who is who.

    Raises
    ------
    InputError
        Where the record breaks a rule.
    """
    from jiqun.cli.output import note
    from jiqun.record.problem import InputError
    from jiqun.record.requirements import check
    from jiqun.record.storage import fingerprint, read
    from jiqun.report.sharing import masked
    from jiqun.report.study import study as run

    note(Text(f"{name}: reading and checking …", f"{name}:读取与检查……"), quiet=quiet)
    record = read(path)
    problems = check(record)
    errors: tuple[Problem, ...] = tuple(p for p in problems if p.severity == "error")
    if errors:
        raise InputError(errors)
    note(Text(f"{name}: measuring …", f"{name}:测度……"), quiet=quiet)
    if names:
        return run(record, name=name, seed=seed, problems=problems)
    found = run(masked(record, seed=seed), name=name, seed=seed, problems=problems)
    return replace(found, fingerprint=fingerprint(record), names=False)


def _write(found: "Study", folder: Path) -> list[Path]:
    """Write the report in both languages, the estimates, their curves and the problems."""
    from jiqun.cli.output import problems_csv
    from jiqun.record.exchange.whole_files import write_whole
    from jiqun.report.writing import write_report

    files = {"estimates.csv": found.measurement.to_frame().write_csv()}
    files["problems.csv"] = problems_csv(found.problems)
    curves = found.measurement.to_curves()
    if curves.height:
        files["curves.csv"] = curves.write_csv()
    pages = write_report(found, folder)
    write_whole({folder / name: text.encode() for name, text in files.items()})
    return [*pages, *(folder / name for name in files)]
