"""Twins 双生实验: how much of the difference of two clusters is the logic of their cores.

Two scenarios are crossed: the logic of the core, the firms (their industries, sizes, endowments) and the
places of one with those of the other, under many seeds. The spread of an outcome over all of these is
divided into Shapley shares of logic, firms, places and chance. If logic is not the largest, the paper's
central claim fails in the model.

Paper: K1c (the difference of core firms' logic is the key to the difference of paths)
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np
import polars as pl

from jiqun.experiments.census import Floats
from jiqun.experiments.ensemble import Progress, run_ensemble
from jiqun.experiments.executors import Executor
from jiqun.experiments.experiment import Experiment
from jiqun.experiments.sensitivity import late_means
from jiqun.experiments.store import RunStore
from jiqun.model.scenario_schema import Scenario
from jiqun.numerics.random import stream
from jiqun.numerics.shapley import shapley_shares
from jiqun.vocabulary.text import Text

FACTORS: dict[str, Text] = {
    "logic": Text("logic of the core", "核心企业逻辑"),
    "firms": Text("firms and industries", "企业与行业构成"),
    "places": Text("places", "区位"),
    "chance": Text("chance", "随机性"),
}
RESAMPLES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class TwinShare:
    """Share of one factor in the spread of one outcome, with its 95 % interval over seeds."""

    outcome: str
    factor: str
    share: float
    low: float
    high: float


def crossed(one: Scenario, other: Scenario, *, logic: int, firms: int, places: int) -> Scenario:
    """Return a scenario with each part from ``one`` (0) or ``other`` (1)."""
    pair = (one, other)
    by_firms = pair[firms]
    if by_firms.core is None or pair[logic].core is None:
        msg = "twins need a core in both scenarios"
        raise ValueError(msg)
    names = {region.name for region in pair[places].regions}
    groups = tuple(
        g.model_copy(update={"regions": tuple(r for r in g.regions if r in names) or tuple(names)})
        for g in by_firms.groups
    )
    core = by_firms.core.model_copy(update={"logic": pair[logic].core.logic})  # type: ignore[union-attr]  # checked above
    changes = {"regions": pair[places].regions, "groups": groups, "core": core}
    return by_firms.model_copy(update=changes)


def twin_shares(
    one: Scenario,
    other: Scenario,
    store: RunStore,
    executor: Executor,
    *,
    outcomes: tuple[str, ...],
    seeds: int,
    seed: int,
    workers: int,
    progress: Callable[[Progress], None] | None = None,
) -> tuple[TwinShare, ...]:
    """Return the share of each factor in each outcome.

    Parameters
    ----------
    one, other
        Two scenarios with a core.
    store, executor, workers, progress
        As in :func:`jiqun.experiments.ensemble.run_ensemble`.
    outcomes
        Names of outcomes of the census.
    seeds, seed
        How many, and the first.
    """
    scenarios = {
        f"{a}{b}{c}": crossed(one, other, logic=a, firms=b, places=c)
        for a, b, c in product((0, 1), repeat=3)
    }
    experiment = Experiment(scenarios=scenarios, seeds=tuple(range(seed, seed + seeds)))
    found = run_ensemble(experiment, store, executor, workers=workers, progress=progress).wide()
    rows = []
    for outcome in outcomes:
        each = [
            late_means(found.filter(pl.col("scenario") == name), outcome)[0] for name in scenarios
        ]
        table = np.array(each).reshape(2, 2, 2, seeds)
        rows += _with_intervals(outcome, table, seed)
    return tuple(rows)


def _with_intervals(outcome: str, table: Floats, seed: int) -> list[TwinShare]:
    """Return the shares with intervals over resampled seeds."""
    rng = stream(seed, "twins", outcome)
    shares = shapley_shares(table)
    draws = rng.integers(table.shape[3], size=(RESAMPLES, table.shape[3]))
    again = np.array([shapley_shares(table[..., draw]) for draw in draws])
    low, high = np.nanpercentile(again, (2.5, 97.5), axis=0)
    return [
        TwinShare(
            outcome=outcome,
            factor=factor,
            share=float(shares[n]),
            low=float(low[n]),
            high=float(high[n]),
        )
        for n, factor in enumerate(FACTORS)
    ]
