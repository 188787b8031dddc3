"""``jiqun demo``: the main job from nothing, offline, on the bundled synthetic records."""

from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiqun.cli.options import Quiet, Seed, say
from jiqun.cli.study import studied, write_study

if TYPE_CHECKING:
    from jiqun.report.study import Study

COMPARISON = "demo_comparison.json"
"""What ``jiqun compare native_core paper --store RUNS --draws 20 --seeds 1 --no-structures --out FOLDER``
wrote: its 160 runs take minutes, so that the demo brings their result instead of making it."""
COMPARED = "synthetic-data"
"""The record whose report shows the comparison: a cluster of the kind that the scenario is of."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "demo", help=say("See what it does, on synthetic clusters.", "以模拟集群演示主要功能。")
    )(demo)


def demo(
    out: Annotated[
        Path, typer.Option("--out", "-o", help=say("Folder for the reports.", "报告文件夹。"))
    ] = Path("demo"),
    seed: Seed = 0,
    quiet: Quiet = False,
) -> None:
    """Study every bundled record; all of them are synthetic and say so."""
    for bundled in sorted(
        files("jiqun.cli").joinpath("demo_records").iterdir(), key=lambda f: f.name
    ):
        name = bundled.name.removesuffix(".jiqun.zip")
        with as_file(bundled) as record:
            found = studied(record, name=name, seed=seed, quiet=quiet)
        if name == COMPARED:
            found = _with_comparison(found, out / name, quiet=quiet)
        for path in write_study(found, out / name, quiet=quiet):
            typer.echo(str(path))


def _with_comparison(found: "Study", folder: Path, *, quiet: bool) -> "Study":
    """Add the policies that were compared before; the file stays in the folder, so that both can be rerun."""
    from jiqun.cli.report_files import ReportFiles
    from jiqun.record.exchange.whole_files import write_whole

    kept = folder / "comparison.json"
    write_whole({kept: files("jiqun.cli").joinpath(COMPARISON).read_bytes()})
    typer.echo(str(kept))
    return ReportFiles(comparison=kept).read().add_to(found, quiet=quiet)
