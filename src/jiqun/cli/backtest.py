"""``jiqun backtest``: how forecasts of this record's last years would have done."""

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
    app.command("backtest", help=say("Score past forecasts.", "对过往预测评分。"))(backtest)


def backtest(
    record: RecordPath,
    *,
    scenario: ScenarioOption,
    store: Store,
    years: Annotated[
        int,
        typer.Option(
            "--years", min=1, max=50, help=say("Years forecast at a time.", "每次预测年数。")
        ),
    ] = 3,
    origins: Annotated[
        int,
        typer.Option("--origins", min=1, help=say("Rounds, each a year later.", "轮数,逐年后移。")),
    ] = 3,
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
    """Hide the last years, forecast them, and score the model beside naive methods."""
    from jiqun.cli.ensembles import give_answer, running
    from jiqun.experiments.fitting import calibrated_to, run_table
    from jiqun.experiments.forecast_text import backtest_text
    from jiqun.experiments.forecasting import backtest as run
    from jiqun.experiments.forecasting import demand_years
    from jiqun.experiments.observed import observe
    from jiqun.experiments.uncertainty import load_uncertainty
    from jiqun.model.scenario import load
    from jiqun.record.storage import read
    from jiqun.report.forecast_figures import backtest_figure

    chosen, observed = load(scenario), observe(read(record))
    calibrated_to(observed)
    demand_years(observed, years=years, origins=origins)
    uncertain = load_uncertainty(parameters, chosen)
    with running(store, executor, workers, quiet=quiet) as at:
        table = run_table(
            chosen,
            uncertain,
            at.store,
            at.executor,
            runs=runs,
            years=observed.years,
            seed=seed,
            workers=at.workers,
            progress=at.line.show,
        )
    found = run(table, observed, years=years, origins=origins, seed=seed)
    give_answer(
        found,
        lambda language: backtest_text(found, language),
        lambda: (backtest_figure(found),),
        out,
        as_json=as_json,
    )
