"""``jiqun compare``: policies in one scenario, at one budget, with how sure that is."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiqun.cli.language import LANGUAGE
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

if TYPE_CHECKING:
    from jiqun.experiments.comparison import Comparison
    from jiqun.model.scenario_schema import Scenario
    from jiqun.report.block import Figure


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "compare",
        help=say("Compare policies under uncertainty.", "在不确定条件下比较政策。"),
    )(compare)


def compare(
    scenario: ScenarioName,
    policies: Annotated[
        str,
        typer.Argument(
            metavar="POLICIES",
            help=say(
                "A YAML file, or paper: the paper's policies.", "YAML 文件,或 paper(论文中的政策)。"
            ),
        ),
    ] = "paper",
    *,
    store: Store,
    seed: Seed = 0,
    draws: Annotated[
        int,
        typer.Option("--draws", min=1, max=1_000_000, help=say("Drawn worlds.", "抽取的情形数。")),
    ] = 50,
    seeds: Annotated[
        int,
        typer.Option("--seeds", min=1, max=10_000, help=say("Runs in each.", "每种情形的运行数。")),
    ] = 4,
    parameters: Parameters = "broad",
    posterior: Annotated[
        Path | None,
        typer.Option(
            "--posterior",
            help=say(
                "Draws from jiqun calibrate (CSV or Parquet), instead of --parameters.",
                "由 jiqun calibrate 得到的抽样(CSV 或 Parquet),取代 --parameters。",
            ),
        ),
    ] = None,
    criterion: Criterion = "sales",
    structures: Annotated[
        bool,
        typer.Option(
            "--structures/--no-structures",
            help=say("Try other mechanisms too.", "同时检验其他机制假设。"),
        ),
    ] = True,
    out: OutFolder = None,
    executor: ExecutorName = "local",
    workers: Workers = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Run, show a first answer, then all of it."""
    from jiqun.cli.ensembles import give_answer, refuse_unknown, running
    from jiqun.experiments.compare import Question
    from jiqun.experiments.compare import compare as run
    from jiqun.experiments.comparison_text import as_text
    from jiqun.experiments.policy_file import load_policies
    from jiqun.model.scenario import load

    refuse_unknown(criterion)
    chosen = load(scenario)
    question = Question(
        scenario=chosen,
        policies=load_policies(policies, periods=chosen.periods),
        draws=_draws(chosen, parameters, posterior, draws, seed),
        seeds=range(seed, seed + seeds),
        criterion=criterion,
        structures=structures,
    )

    with running(store, executor, workers, quiet=quiet) as at:

        def first(found: "Comparison") -> None:
            at.line.end()
            if not quiet:
                typer.echo(as_text(found, LANGUAGE, short=True), err=True)

        found = run(
            question,
            at.store,
            at.executor,
            workers=at.workers,
            progress=at.line.show,
            first_answer=first,
        )
    give_answer(
        found,
        lambda language: as_text(found, language),
        lambda: _figures(found),
        out,
        as_json=as_json,
    )


def _draws(
    scenario: "Scenario", parameters: str, posterior: Path | None, count: int, seed: int
) -> tuple[dict[str, float], ...]:
    """Return the drawn worlds: of a posterior where there is one."""
    from jiqun.experiments.uncertainty import latin_hypercube, load_draws, load_uncertainty

    if posterior is not None:
        return load_draws(posterior, scenario, count)
    return latin_hypercube(load_uncertainty(parameters, scenario), count, seed=seed)


def _figures(found: "Comparison") -> "tuple[Figure | None, ...]":
    """Draw the comparison."""
    from jiqun.report.policy_figures import fan_figure, regret_figure

    return fan_figure(found), regret_figure(found)
