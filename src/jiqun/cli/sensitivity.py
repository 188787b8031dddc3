"""``jiqun sensitivity``: what drives an outcome of a scenario."""

from typing import Annotated

import typer

from jiqun.cli.options import (
    AsJson,
    Criterion,
    ExecutorName,
    OutFolder,
    Parameters,
    Quiet,
    ScenarioName,
    Seed,
    Store,
    Workers,
    say,
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("sensitivity", help=say("What drives an outcome.", "分析结果的驱动因素。"))(
        sensitivity
    )


def sensitivity(
    scenario: ScenarioName,
    *,
    store: Store,
    criterion: Criterion = "sales",
    parameters: Parameters = "broad",
    trajectories: Annotated[
        int,
        typer.Option("--trajectories", min=2, help=say("Morris trajectories.", "Morris 轨迹数。")),
    ] = 20,
    sobol: Annotated[
        int,
        typer.Option(
            "--sobol",
            min=0,
            help=say(
                "Base sample of Sobol, a power of two; 0 for none.",
                "Sobol 基础样本数(2 的幂);0 表示不做。",
            ),
        ),
    ] = 64,
    seeds: Annotated[
        int,
        typer.Option(
            "--seeds", min=1, max=10_000, help=say("Runs of each draw.", "每组参数的运行数。")
        ),
    ] = 2,
    out: OutFolder = None,
    seed: Seed = 0,
    executor: ExecutorName = "local",
    workers: Workers = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Screen, then divide the variance."""
    from jiqun.cli.ensembles import give_answer, refuse_unknown, running
    from jiqun.experiments.sensitivity import Design, as_text
    from jiqun.experiments.sensitivity import sensitivity as run
    from jiqun.experiments.uncertainty import load_uncertainty
    from jiqun.model.scenario import load
    from jiqun.report.driver_figures import morris_figure, sobol_figure

    refuse_unknown(criterion)
    if sobol & (sobol - 1):
        raise typer.BadParameter(say("--sobol has to be a power of two", "--sobol 须为 2 的幂"))
    chosen = load(scenario)
    uncertain = load_uncertainty(parameters, chosen)
    with running(store, executor, workers, quiet=quiet) as at:
        found = run(
            chosen,
            uncertain,
            at.store,
            at.executor,
            outcome=criterion,
            design=Design(trajectories=trajectories, sobol=sobol, seeds=seeds),
            seed=seed,
            workers=at.workers,
            progress=at.line.show,
        )
    give_answer(
        found,
        lambda language: as_text(found, language),
        lambda: (morris_figure(found), sobol_figure(found)),
        out,
        as_json=as_json,
    )
