"""``jiqun simulate``: run a scenario of the model and write what it leaves as a record."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiqun.cli.language import LANGUAGE
from jiqun.cli.options import Quiet, Seed, say
from jiqun.vocabulary.text import Text

if TYPE_CHECKING:
    from jiqun.model.world import World


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "simulate",
        help=say(
            "Run a scenario of the model and write its record.", "运行模型情景,并写出其记录。"
        ),
    )(simulate)


def simulate(
    scenario: Annotated[
        str,
        typer.Argument(
            metavar="SCENARIO",
            help=say(
                "A YAML file, or one of traditional, incumbent_core, native_core, decline, hybrid, "
                "two_platforms, owner_leaves, no_core, ties_cut.",
                "YAML 文件,或 traditional、incumbent_core、native_core、decline、hybrid、"
                "two_platforms、owner_leaves、no_core、ties_cut。",
            ),
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help=say("Record to write.", "要写出的记录。")),
    ] = None,
    seed: Seed = 0,
    threads: Annotated[
        int,
        typer.Option(
            "--threads", min=1, max=256, help=say("Threads; same result.", "线程数;结果不变。")
        ),
    ] = 1,
    quiet: Quiet = False,
) -> None:
    """Run, show how it goes, and write the record."""
    from jiqun.cli.output import note
    from jiqun.model.scenario import load
    from jiqun.model.simulation import simulate as run
    from jiqun.record.storage import write

    chosen = load(scenario)
    path = out or Path(f"{chosen.name}.jiqun.zip")

    def show(period: int, world: "World") -> None:
        if not quiet and sys.stderr.isatty():
            typer.echo(f"\r{_line(period, chosen.periods, world).to(LANGUAGE)}", err=True, nl=False)

    record = run(chosen, seed=seed, threads=threads, progress=show)
    if not quiet and sys.stderr.isatty():
        typer.echo("", err=True)
    write(record, path)
    note(_written(path, record["firms"].height, chosen.periods, seed), quiet=quiet)


def _line(period: int, periods: int, world: "World") -> Text:
    """Say how far a run is."""
    living = world.lists.roster[: int(world.tally[0])]
    sales = float((world.firms.revenue + world.firms.digital_revenue)[living].sum())
    return Text(
        f"period {period} of {periods}: {living.size} firms, sales {sales:.1f}   ",
        f"第 {period}/{periods} 期:企业 {living.size} 家,销售额 {sales:.1f}   ",
    )


def _written(path: Path, firms: int, periods: int, seed: int) -> Text:
    """Say what was written."""
    return Text(
        f"{path}: {firms} synthetic firms over {periods} quarters, seed {seed}. "
        f"Next: jiqun study {path}",
        f"{path}:合成企业 {firms} 家,{periods} 个季度,随机种子 {seed}。下一步:jiqun study {path}",
    )
