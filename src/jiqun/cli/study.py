"""``jiqun study``: check, measure and report in one go."""

import re
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiqun.cli.language import LANGUAGE
from jiqun.cli.options import Quiet, RecordPath, Seed, Workers, say
from jiqun.vocabulary.text import Text

if TYPE_CHECKING:
    from jiqun.model.scenario_schema import Scenario
    from jiqun.record.problem import Problem
    from jiqun.report.study import Study

WORLDS = 10
"""Drawn worlds of the comparison in ``jiqun study``: enough to see doubt, few enough to wait for."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("study", help=say("Check, measure and report.", "检查、测度并生成报告。"))(study)


def study(
    record: RecordPath,
    *,
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
    scenario: Annotated[
        str | None,
        typer.Option(
            "--scenario",
            help=say(
                "Compare the paper's policies in this scenario too, in ten worlds: takes minutes.",
                "同时在该情景的十种情形下比较论文所述政策,需数分钟。",
            ),
        ),
    ] = None,
    workers: Workers = None,
    seed: Seed = 0,
    quiet: Quiet = False,
) -> None:
    """Study one record; the report is written in both languages."""
    from jiqun.model.scenario import load

    name = record_name(record)
    folder = out or record.with_name(f"{name}-study")
    chosen = None if scenario is None else load(scenario)
    found = studied(record, name=name, seed=seed, quiet=quiet)
    if chosen is not None:
        found = with_policies(found, chosen, folder, workers=workers, quiet=quiet)
    for path in write_study(found, folder, quiet=quiet):
        typer.echo(str(path))


def record_name(record: Path) -> str:
    """Return what a record is called, by its path."""
    return re.sub(r"\.jiqun(\.zip)?$", "", record.name)


def with_policies(
    found: "Study", scenario: "Scenario", folder: Path, *, workers: int | None, quiet: bool
) -> "Study":
    """Add the paper's policies, compared in a scenario; runs and results stay in the folder.

    The study reads the comparison back from its file, as ``jiqun report --comparison`` does, so that
    its provenance gives the same report again.
    """
    from jiqun.cli.ensembles import running
    from jiqun.cli.report_files import ReportFiles
    from jiqun.experiments.compare import Question, compare
    from jiqun.experiments.comparison_text import as_text
    from jiqun.experiments.policy_file import load_policies
    from jiqun.experiments.uncertainty import latin_hypercube, load_uncertainty
    from jiqun.report.answer_folder import write_answer

    question = Question(
        scenario=scenario,
        policies=load_policies("paper", periods=scenario.periods),
        draws=latin_hypercube(load_uncertainty("broad", scenario), WORLDS, seed=found.seed),
        seeds=(found.seed,),
        structures=False,
    )
    with running(folder / "runs", "local", workers, quiet=quiet) as at:
        made = compare(question, at.store, at.executor, workers=at.workers, progress=at.line.show)
    text = partial(as_text, made)
    for path in write_answer(made, text, (), folder, name="comparison", language=LANGUAGE):
        typer.echo(str(path))
    given = ReportFiles(comparison=folder / "comparison.json").read()
    return given.add_to(found, quiet=quiet)


def write_study(found: "Study", folder: Path, *, quiet: bool) -> list[Path]:
    """Write what was found; return the files."""
    from jiqun.cli.output import note

    name = found.name
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
