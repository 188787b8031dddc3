"""Fitting a model to the series of a record 拟合: a table of runs, and what it says of the parameters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from jiqun.experiments.census import NAMES, YEAR, Floats
from jiqun.experiments.ensemble import Progress, run_ensemble
from jiqun.experiments.executors import Executor
from jiqun.experiments.experiment import Experiment
from jiqun.experiments.observed import PATTERNS, Observed, Pattern, simulated
from jiqun.experiments.problems import SERIES, refusal
from jiqun.experiments.store import RunStore
from jiqun.experiments.uncertainty import Uncertain, as_draws, latin_hypercube
from jiqun.model.scenario_schema import Scenario
from jiqun.numerics.regression_abc import Posterior, RegressionAbc
from jiqun.vocabulary.text import Text

FARTHEST = 10.0
"""Logs of an index are held within this; a cluster that has died is this far down."""
THIRDS = 3
DRAWS = 1000
"""Draws of a posterior: between quantiles of few draws lies less than they say (of 200, 94 for 95 %)."""


@dataclass(frozen=True, slots=True)
class Table:
    """Runs with known parameters.

    Attributes
    ----------
    scenario, uncertain
        What was run.
    unit
        Parameters between 0 and 1, shape (runs, parameters).
    series
        Pattern → values, shape (runs, years).
    """

    scenario: Scenario
    uncertain: tuple[Uncertain, ...]
    unit: Floats
    series: dict[str, Floats]


def run_table(
    scenario: Scenario,
    uncertain: Sequence[Uncertain],
    store: RunStore,
    executor: Executor,
    *,
    runs: int,
    years: int,
    seed: int,
    workers: int,
    progress: Callable[[Progress], None] | None = None,
) -> Table:
    """Run draws of the prior, each with a seed of its own, for some years."""
    draws = latin_hypercube(uncertain, runs, seed=seed)
    return run_draws(
        scenario,
        uncertain,
        draws,
        store,
        executor,
        years=years,
        seed=seed,
        workers=workers,
        progress=progress,
    )


def run_draws(
    scenario: Scenario,
    uncertain: Sequence[Uncertain],
    draws: Sequence[dict[str, float]],
    store: RunStore,
    executor: Executor,
    *,
    years: int,
    seed: int,
    workers: int,
    progress: Callable[[Progress], None] | None = None,
) -> Table:
    """Run given draws, draw k with seed ``seed + k``."""
    long_enough = scenario.model_copy(update={"periods": years * YEAR})
    experiment = Experiment(
        scenarios={scenario.name: long_enough},
        draws=tuple(draws),
        seeds=tuple(range(seed, seed + len(draws))),
        paired=True,
    )
    found = run_ensemble(experiment, store, executor, workers=workers, progress=progress)
    rows = found.wide().select(NAMES).to_numpy().reshape(len(draws), years, len(NAMES))
    each = [simulated(run) for run in rows]
    series = {p.name: np.array([_held(run[p.name]) for run in each]) for p in PATTERNS}
    unit = np.column_stack([u.unscaled(np.array([d[u.path] for d in draws])) for u in uncertain])
    return Table(long_enough, tuple(uncertain), unit, series)


def _held(values: Floats) -> Floats:
    """Return finite values: what cannot be said is 0, what is endless is far."""
    finite = np.nan_to_num(values, nan=0.0, posinf=FARTHEST, neginf=-FARTHEST)
    return np.clip(finite, -FARTHEST, FARTHEST)


def calibrated_to(observed: Observed) -> tuple[Pattern, ...]:
    """Return the patterns that a record has and that are not held out.

    Raises
    ------
    InputError
        Where it has none.
    """
    found = tuple(p for p in PATTERNS if p.name in observed.series and not p.held_out)
    if not found:
        message = Text(
            "The record has no series of four years or more: neither accounts nor dates of founding.",
            "记录中没有四年以上的序列:既无账目,也无成立日期。",
        )
        raise refusal(SERIES, message, table="accounts")
    return found


def statistics_of(values: Floats) -> Floats:
    """Return the means of the thirds of series, shape (…, years) → (…, 3), or each of fewer years."""
    years = values.shape[-1]
    if years <= THIRDS:
        return values
    parts = np.array_split(np.arange(years), THIRDS)
    return np.stack([values[..., part].mean(axis=-1) for part in parts], axis=-1)


@dataclass(frozen=True, slots=True)
class Fit:
    """What a table of runs says of an observation.

    Attributes
    ----------
    table
        The runs.
    patterns
        Series that were used.
    posterior
        Draws between 0 and 1, predictivity and accepted runs.
    strange
        Patterns of which the record shows what no run has shown.
    """

    table: Table
    patterns: tuple[Pattern, ...]
    posterior: Posterior
    strange: tuple[Pattern, ...]

    @property
    def draws(self) -> tuple[dict[str, float], ...]:
        """Draws of the posterior, by path."""
        return as_draws(self.table.uncertain, self.posterior.draws)


def fit(table: Table, observed: Observed, *, seed: int, draws: int = DRAWS) -> Fit:
    """Fit the parameters to the series of a record over the years that it has."""
    patterns = calibrated_to(observed)
    years = observed.years
    runs = [statistics_of(table.series[p.name][:, :years]) for p in patterns]
    seen = [statistics_of(_held(observed.series[p.name])) for p in patterns]
    abc = RegressionAbc(table.unit, np.hstack(runs), seed=seed)
    posterior = abc.posterior(np.concatenate(seen), draws=draws)
    owner = np.repeat(np.arange(len(patterns)), [s.size for s in seen])
    strange = tuple(patterns[n] for n in sorted({int(owner[s]) for s in posterior.strange}))
    return Fit(table, patterns, posterior, strange)
