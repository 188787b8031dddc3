"""``jiqun forecast``: where a record goes from here, with intervals."""

from typing import Annotated

import typer

from jiqun.cli.options import (
    AsJson,
    ExecutorName,
    OutFolder,
    Parameters,
    Quiet,
    RecordPath,
    ScenarioOption,
    Seed,
    Store,
    Workers,
    say,
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("forecast", help=say("Forecast from the end of a record.", "由记录末端向前预测。"))(
        forecast
    )


def forecast(
    record: RecordPath,
    *,
    scenario: ScenarioOption,
    store: Store,
    years: Annotated[
        int, typer.Option("--years", min=1, max=50, help=say("Years to come.", "预测年数。"))
    ] = 5,
    parameters: Parameters = "broad",
    runs: Annotated[
        int,
        typer.Option(
            "--runs", min=100, max=1_000_000, help=say("Draws of the prior.", "先验抽样数。")
        ),
    ] = 1000,
    out: OutFolder = None,
    seed: Seed = 0,
    executor: ExecutorName = "local",
    workers: Workers = None,
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Run the prior over past and future, fit to the past, and show the future."""
    from jiqun.cli.ensembles import give_answer, running
    from jiqun.experiments.fitting import calibrated_to, run_table
    from jiqun.experiments.forecast_text import forecast_text
    from jiqun.experiments.forecasting import forecast as run
    from jiqun.experiments.observed import observe
    from jiqun.experiments.uncertainty import load_uncertainty
    from jiqun.model.scenario import load
    from jiqun.record.storage import read
    from jiqun.report.forecast_figures import forecast_figure

    chosen, observed = load(scenario), observe(read(record))
    calibrated_to(observed)
    uncertain = load_uncertainty(parameters, chosen)
    with running(store, executor, workers, quiet=quiet) as at:
        table = run_table(
            chosen,
            uncertain,
            at.store,
            at.executor,
            runs=runs,
            years=observed.years + years,
            seed=seed,
            workers=at.workers,
            progress=at.line.show,
        )
    found = run(table, observed, years=years, seed=seed)
    give_answer(
        found,
        lambda language: forecast_text(found, language),
        lambda: (forecast_figure(found),),
        out,
        as_json=as_json,
    )
