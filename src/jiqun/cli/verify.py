"""``jiqun verify``: simulate clusters, hide what they are, diagnose, and score."""

from pathlib import Path
from typing import Annotated

import typer

from jiqun.cli.options import Quiet, say
from jiqun.vocabulary.text import Text


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "verify",
        help=say(
            "Diagnose simulated clusters whose type and stage are known, and score.",
            "对类型与阶段已知的仿真集群作诊断并评分。",
        ),
    )(verify)


def verify(
    clusters: Annotated[
        int, typer.Option("--clusters", min=1, help=say("Clusters to score.", "评分的集群数。"))
    ] = 500,
    runs: Annotated[
        Path,
        typer.Option(
            "--runs",
            help=say(
                "File of runs; what is in it is not run again.", "运行结果文件;已有者不再运行。"
            ),
        ),
    ] = Path("verify.jsonl"),
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help=say("Page to write.", "要写出的页面。"))
    ] = None,
    workers: Annotated[
        int, typer.Option("--workers", min=1, max=64, help=say("Processes.", "进程数。"))
    ] = 1,
    *,
    build: Annotated[
        bool,
        typer.Option(
            "--build",
            help=say(
                "Run clusters for building, and write the reference card's simulated part.",
                "运行供校准用的集群,并写出参照卡的仿真部分。",
            ),
        ),
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Run what is not in the file yet, then score or, with --build, estimate."""
    from jiqun.cli.output import note
    from jiqun.diagnosis.loop.trial_runs import run_worlds
    from jiqun.record.exchange.whole_files import write_whole

    def progress(done: int) -> None:
        note(Text(f"{done} of {clusters}", f"{done}/{clusters}"), quiet=quiet)

    lines = run_worlds(
        range(clusters), "build" if build else "score", runs, workers=workers, progress=progress
    )
    pages = {"": _card(lines)} if build else _pages(lines)
    if out is None:
        typer.echo(pages[""], nl=False)
        return
    write_whole({out.with_suffix(end + out.suffix): text.encode() for end, text in pages.items()})
    note(Text(f"{out}: {len(lines)} clusters", f"{out}:{len(lines)} 个集群"), quiet=quiet)


def _pages(lines: list[dict[str, object]]) -> dict[str, str]:
    """Score on the card that ships with the program; the ending of the name, and the page."""
    from jiqun.diagnosis.card import reference_card
    from jiqun.diagnosis.loop.conclusions import conclusions
    from jiqun.diagnosis.loop.page import page

    card = reference_card()
    found = [c for line in lines for c in conclusions(line, card)]
    return {"": page(found, card, "en"), ".zh": page(found, card, "zh")}


def _card(lines: list[dict[str, object]]) -> str:
    """Write what the clusters show, as the file of the card that it becomes."""
    from jiqun.diagnosis.card import judgements
    from jiqun.diagnosis.loop.simulated_card import simulated_card

    return simulated_card(lines, judgements())
