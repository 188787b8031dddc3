"""``jiqun ablate``: the ledger of mechanisms, row by row, with what fails."""

import dataclasses
from pathlib import Path
from typing import Annotated

import typer

from jiqun.cli.language import LANGUAGE
from jiqun.cli.options import AsJson, Quiet, say
from jiqun.vocabulary.text import Text


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "ablate",
        help=say(
            "Switch mechanisms of the model off, and say which claims hold in it.",
            "逐一关闭模型机制,并说明各命题在模型中是否成立。",
        ),
    )(ablate)


def ablate(
    seeds: Annotated[
        int,
        typer.Option("--seeds", min=2, help=say("Seeds for each variant.", "每个变体的种子数。")),
    ] = 20,
    periods: Annotated[
        int | None,
        typer.Option("--periods", min=8, max=120, help=say("Quarters; 120.", "季度数;默认 120。")),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help=say("Page to write.", "要写出的页面。"))
    ] = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Run all variants with the same seeds and judge every row."""
    from jiqun.cli.output import note, show_json
    from jiqun.model.ledger import as_table, judged, run_variants
    from jiqun.model.ledger_rows import ROWS
    from jiqun.model.ledger_variants import variants
    from jiqun.record.exchange.whole_files import write_whole

    def progress(variant: str) -> None:
        note(Text(f"runs: {variant}", f"运行:{variant}"), quiet=quiet)

    needed = {name for row in ROWS for name in row.needs}
    chosen = {name: scenario for name, scenario in variants().items() if name in needed}
    results = run_variants(chosen, seeds=seeds, periods=periods, progress=progress)
    entries = judged(ROWS, results, seeds=seeds)
    if as_json:
        show_json(
            [
                {"row": e.row.id, "number": e.row.vanishes.label.to(LANGUAGE), "verdict": e.verdict}
                | dataclasses.asdict(e.found)
                for e in entries
            ]
        )
        return
    table = as_table(entries, language=LANGUAGE)
    if out is None:
        typer.echo(table, nl=False)
        return
    write_whole({out: table.encode()})
    note(Text(f"{out}: {len(entries)} rows", f"{out}:{len(entries)} 行"), quiet=quiet)
