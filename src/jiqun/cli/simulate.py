"""``jiqun simulate``: run a scenario of the model and write what it leaves as a record."""

import datetime as dt
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiqun.cli.language import LANGUAGE
from jiqun.cli.options import Quiet, Seed, say
from jiqun.vocabulary.text import Text, joined

if TYPE_CHECKING:
    from jiqun.model.scenario_schema import Scenario
    from jiqun.model.start.real_start import RealStart
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
    *,
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
    from_record: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="RECORD",
            help=say(
                "Begin with the firms, places, relations and platforms of this record.",
                "以该记录中的企业、位置、关系与平台为起点。",
            ),
        ),
    ] = None,
    at: Annotated[
        dt.datetime | None,
        typer.Option(
            "--at",
            formats=["%Y-%m-%d"],
            help=say("Day of the record to begin with.", "以记录中该日的状况为起点。"),
        ),
    ] = None,
    thin: Annotated[
        list[str] | None,
        typer.Option(
            "--thin",
            metavar="TABLE[=YEARS]",
            help=say(
                "Leave a table out of the record, or keep every so many years: ties, accounts=5.",
                "在记录中省略某表,或每若干年保留一年:如 ties、accounts=5。",
            ),
        ),
    ] = None,
    checkpoint: Annotated[
        Path | None,
        typer.Option(
            "--checkpoint",
            help=say(
                "File to save the run to every five years. Where it exists, the run goes on from it.",
                "每五年保存一次运行状态的文件;若已存在,则从中继续。",
            ),
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Run, show how it goes, and write the record."""
    from jiqun.cli.output import note
    from jiqun.model.scenario import load
    from jiqun.model.simulate import simulate as run
    from jiqun.model.start.from_record import started
    from jiqun.model.thinning import Thinning
    from jiqun.record.storage import read, write

    chosen = load(scenario)
    thinning = Thinning.asked(thin or ())
    start = None
    if from_record is not None:
        chosen, start = started(read(from_record), chosen, at=None if at is None else at.date())
        note(_begins(chosen, start), quiet=quiet)
    path = out or Path(f"{chosen.name}.jiqun.zip")
    shown = not quiet and sys.stderr.isatty()
    line = _Progress(chosen.periods)
    try:
        record = run(
            chosen,
            seed=seed,
            threads=threads,
            start=start,
            thinning=thinning,
            checkpoint=checkpoint,
            progress=line.show if shown else None,
        )
    except KeyboardInterrupt:
        note(_stopped(checkpoint), quiet=quiet)
        raise typer.Exit(130) from None
    if shown:
        typer.echo("", err=True)
    write(record, path)
    note(_written(path, record["firms"].height, chosen.periods, seed), quiet=quiet)


class _Progress:
    """One line that is written over: how far a run is, and how long it will take."""

    def __init__(self, periods: int) -> None:
        self.periods = periods
        self.begun: tuple[float, int] | None = None

    def show(self, period: int, world: "World") -> None:
        """Show the state after a year."""
        now = time.monotonic()
        first = self.begun or (now, period)
        self.begun = first
        done = period - first[1]
        left = (now - first[0]) / done * (self.periods - period) if done else None
        living = world.lists.roster[: int(world.tally[0])]
        sales = float((world.firms.revenue + world.firms.digital_revenue)[living].sum())
        text = Text(
            f"period {period} of {self.periods}: {living.size} firms, sales {sales:.1f}",
            f"第 {period}/{self.periods} 期:企业 {living.size} 家,销售额 {sales:.1f}",
        ).to(LANGUAGE)
        if left is not None:
            text += say(f", {left:.0f} s left", f",约剩 {left:.0f} 秒")
        typer.echo(f"\r{text}   ", err=True, nl=False)


def _begins(scenario: "Scenario", start: "RealStart") -> Text:
    """Say with what a run from a record begins, and what was drawn."""
    firms, ties = len(start.origin.names), len(start.suppliers) + len(start.partners)
    lines = [
        Text(
            f"Begins {scenario.start_year} with {firms} firms, {ties} relations and "
            f"{len(start.platforms)} platforms of the record.",
            f"自 {scenario.start_year} 年起,以记录中的 {firms} 家企业、{ties} 条关系、"
            f"{len(start.platforms)} 个平台开始。",
        ),
        *start.notes,
    ]
    return joined(lines, "\n  ", "\n  ")


def _stopped(checkpoint: Path | None) -> Text:
    """Say what is left of a run that was stopped."""
    if checkpoint is not None and checkpoint.exists():
        return Text(
            f"\nStopped. The same command goes on from {checkpoint}.",
            f"\n已停止。再次运行同一命令,将从 {checkpoint} 继续。",
        )
    return Text(
        "\nStopped; nothing was written. With --checkpoint FILE a run can go on later.",
        "\n已停止,未写出任何文件。使用 --checkpoint 文件 可在以后继续。",
    )


def _written(path: Path, firms: int, periods: int, seed: int) -> Text:
    """Say what was written."""
    return Text(
        f"{path}: {firms} synthetic firms over {periods} quarters, seed {seed}. "
        f"Next: jiqun study {path}",
        f"{path}:合成企业 {firms} 家,{periods} 个季度,随机种子 {seed}。下一步:jiqun study {path}",
    )
