"""``jiqun twins``: how much of the difference of two clusters is the logic of their cores."""

from typing import Annotated

import typer

from jiqun.cli.options import (
    AsJson,
    Criterion,
    ExecutorName,
    OutFolder,
    Quiet,
    ScenarioName,
    Seed,
    Store,
    Workers,
    say,
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "twins",
        help=say(
            "What makes the difference of two scenarios: the core's logic, firms, places or chance.",
            "两个情景的差异由何而来:核心企业逻辑、企业构成、区位或随机性。",
        ),
    )(twins)


def twins(
    scenario: ScenarioName,
    other: Annotated[
        str,
        typer.Argument(
            metavar="OTHER",
            help=say("The scenario that it is crossed with.", "与之交叉的另一情景。"),
        ),
    ],
    *,
    store: Store,
    criterion: Criterion = "sales",
    seeds: Annotated[
        int,
        typer.Option(
            "--seeds", min=2, max=10_000, help=say("Runs of each crossing.", "每种交叉的运行数。")
        ),
    ] = 20,
    out: OutFolder = None,
    seed: Seed = 0,
    executor: ExecutorName = "local",
    workers: Workers = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Cross the two, and divide the spread of the criterion and of what the paths differ in."""
    from jiqun.cli.ensembles import give_answer, refuse_unknown, running
    from jiqun.experiments.twins import PATHS, as_text
    from jiqun.experiments.twins import twins as run
    from jiqun.model.scenario import load
    from jiqun.report.driver_figures import twins_figure

    refuse_unknown(criterion)
    one, two = load(scenario), load(other)
    with running(store, executor, workers, quiet=quiet) as at:
        found = run(
            one,
            two,
            at.store,
            at.executor,
            outcomes=tuple(dict.fromkeys((criterion, *PATHS))),
            seeds=seeds,
            seed=seed,
            workers=at.workers,
            progress=at.line.show,
        )
    give_answer(
        found,
        lambda language: as_text(found, language),
        lambda: (twins_figure(found),),
        out,
        as_json=as_json,
    )
