"""``jiqun demo``: the main job from nothing, offline, on the bundled synthetic records."""

from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import typer

from jiqun.cli.options import Quiet, Seed, say
from jiqun.cli.study import studied, write_study


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
        for path in write_study(found, out / name, quiet=quiet):
            typer.echo(str(path))
