"""``jiqun calibrate``: which parameters of a scenario a record speaks of.

With ``--out`` the draws of the posterior are in ``posterior.csv``, for ``compare --posterior``.
"""

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
    app.command("calibrate", help=say("Calibrate a scenario to a record.", "以记录校准情景。"))(
        calibrate
    )


def calibrate(
    record: RecordPath,
    *,
    scenario: ScenarioOption,
    store: Store,
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
    """Run the prior, fit, check against what was held out, and write the draws."""
    import polars as pl

    from jiqun.cli.ensembles import give_answer, running
    from jiqun.experiments.calibration import as_text
    from jiqun.experiments.calibration import calibrate as run
    from jiqun.experiments.observed import observe
    from jiqun.experiments.uncertainty import load_uncertainty
    from jiqun.model.scenario import load
    from jiqun.record.exchange.whole_files import write_whole
    from jiqun.record.storage import read
    from jiqun.report.driver_figures import predictivity_figure

    chosen, observed = load(scenario), observe(read(record))
    uncertain = load_uncertainty(parameters, chosen)
    with running(store, executor, workers, quiet=quiet) as at:
        found = run(
            observed,
            chosen,
            uncertain,
            at.store,
            at.executor,
            runs=runs,
            seed=seed,
            workers=at.workers,
            progress=at.line.show,
        )
    if out is not None:
        draws = pl.DataFrame(found.draws).write_csv()
        write_whole({out / "posterior.csv": draws.encode()})
    give_answer(
        found,
        lambda language: as_text(found, language),
        lambda: (predictivity_figure(found),),
        out,
        as_json=as_json,
    )
