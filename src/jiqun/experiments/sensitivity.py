"""Sensitivity 敏感性分析: what drives an outcome: Morris first, then Sobol, both with intervals.

Morris's elementary effects are cheap and tell which parameters do nothing; the rest are given to Sobol's
indices, which tell shares of the variance, alone (first order) and together with others (total). Each
value is a mean over seeds; what seeds alone do is told beside it.

References
----------
Morris, M. D. (1991). Technometrics 33(2), 161-174. https://doi.org/10.2307/1269043
Saltelli, A. et al. (2010). Computer Physics Communications 181(2), 259-270.
https://doi.org/10.1016/j.cpc.2009.09.018
Iwanaga, T., Usher, W. & Herman, J. (2022). SALib 2.0. https://doi.org/10.18174/sesmo.18155
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import polars as pl
from SALib.analyze import morris as morris_analysis
from SALib.analyze import sobol as sobol_analysis
from SALib.sample import morris as morris_sample
from SALib.sample import sobol as sobol_sample

from jiqun.experiments.census import BY_NAME, Floats
from jiqun.experiments.ensemble import Progress, run_ensemble
from jiqun.experiments.executors import Executor
from jiqun.experiments.experiment import Experiment
from jiqun.experiments.store import RunStore
from jiqun.experiments.uncertainty import Uncertain, as_draws
from jiqun.model.scenario_schema import Scenario
from jiqun.vocabulary.text import Language, Text

LATE = 5
"""The outcome is the mean over the last so many years."""
LEVELS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class MorrisRow:
    """Elementary effects of one parameter over its whole range, in the unit of the outcome.

    Attributes
    ----------
    path
        Dotted path.
    mu
        Mean effect with its sign: the bar of a tornado chart.
    mu_star, mu_star_reach
        Mean of absolute effects, and half the width of its 95 % interval.
    sigma
        Spread of effects: large where the parameter works together with others.
    """

    path: str
    mu: float
    mu_star: float
    mu_star_reach: float
    sigma: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SobolRow:
    """Shares of the variance of one parameter, each with half the width of its 95 % interval."""

    path: str
    first: float
    first_reach: float
    total: float
    total_reach: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """What drives an outcome.

    Attributes
    ----------
    scenario, outcome
        Names.
    morris
        A row a parameter, the strongest first.
    sobol
        A row for each of the strongest; empty where none were asked for.
    chance
        Share of the variance over all runs that seeds make alone.
    runs
        Number of runs.
    """

    scenario: str
    outcome: str
    morris: tuple[MorrisRow, ...]
    sobol: tuple[SobolRow, ...]
    chance: float
    runs: int

    def to_dict(self, language: Language = "en") -> dict[str, object]:
        """Return it as it stands in ``jiqun sensitivity --json``."""
        return {
            "scenario": self.scenario,
            "outcome": self.outcome,
            "label": BY_NAME[self.outcome].label.to(language),
            "morris": [asdict(row) for row in self.morris],
            "sobol": [asdict(row) for row in self.sobol],
            "chance": self.chance,
            "runs": self.runs,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """How much is run.

    Attributes
    ----------
    trajectories
        Morris trajectories; runs are (parameters + 1) × trajectories × seeds.
    sobol
        Base sample of Sobol, a power of two, or 0 for none; runs are (strongest + 2) × sobol × seeds.
    strongest
        Parameters that are given to Sobol.
    seeds
        Seeds that each value is a mean over.
    """

    trajectories: int = 20
    sobol: int = 64
    strongest: int = 6
    seeds: int = 2


def sensitivity(
    scenario: Scenario,
    uncertain: Sequence[Uncertain],
    store: RunStore,
    executor: Executor,
    *,
    outcome: str,
    design: Design,
    seed: int,
    workers: int,
    progress: Callable[[Progress], None] | None = None,
) -> Sensitivity:
    """Tell what drives an outcome of a scenario.

    Parameters
    ----------
    scenario, uncertain
        What is run, and over which ranges.
    store, executor, workers, progress
        As in :func:`jiqun.experiments.ensemble.run_ensemble`.
    outcome
        Name of an outcome of the census.
    design
        How much is run.
    seed
        Seed of everything.
    """
    seeds, runs = tuple(range(seed, seed + design.seeds)), 0

    def values(chosen: Sequence[Uncertain], unit: Floats) -> Floats:
        nonlocal runs
        draws = as_draws(chosen, unit)
        experiment = Experiment(scenarios={scenario.name: scenario}, draws=draws, seeds=seeds)
        runs += experiment.size
        found = run_ensemble(experiment, store, executor, workers=workers, progress=progress)
        return late_means(found.wide(), outcome)

    problem = _problem(uncertain)
    points = morris_sample.sample(problem, design.trajectories, num_levels=LEVELS, seed=seed + 1)
    screened = values(uncertain, points)
    rows = _morris(problem, points, screened.mean(axis=1), seed)
    chosen = [u for u in uncertain if u.path in {r.path for r in rows[: design.strongest]}]
    shares: tuple[SobolRow, ...] = ()
    if design.sobol:
        smaller = _problem(chosen)
        base = sobol_sample.sample(smaller, design.sobol, calc_second_order=False, seed=seed + 1)
        shares = _sobol(smaller, values(chosen, base).mean(axis=1), seed)
    return Sensitivity(
        scenario=scenario.name,
        outcome=outcome,
        morris=rows,
        sobol=shares,
        chance=_chance(screened),
        runs=runs,
    )


def _chance(values: Floats) -> float:
    """Return the share of the variance over all runs that seeds make; ``values`` (draws, seeds)."""
    whole = float(values.var())
    return float(values.var(axis=1).mean()) / whole if whole > 0.0 else 0.0


def late_means(wide: pl.DataFrame, outcome: str) -> Floats:
    """Return the mean of the last years, shape (draws, seeds); 0 where there was nothing to see."""
    last = int(wide["year"].max())  # type: ignore[arg-type]  # a run has a year
    means = (
        wide.filter(pl.col("year") > last - LATE)
        .group_by("draw", "seed", maintain_order=True)
        .agg(pl.col(outcome).fill_nan(None).mean().fill_null(0.0))
        .sort("draw", "seed")
    )
    return means[outcome].to_numpy().reshape(means["draw"].n_unique(), -1)


def _problem(uncertain: Sequence[Uncertain]) -> dict[str, object]:
    """Describe the parameters to SALib, each between 0 and 1."""
    names = [u.path for u in uncertain]
    return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}


def _morris(
    problem: dict[str, object], points: Floats, values: Floats, seed: int
) -> tuple[MorrisRow, ...]:
    """Return elementary effects, the strongest first."""
    found = morris_analysis.analyze(problem, points, values, num_levels=LEVELS, seed=seed + 1)
    rows = [
        MorrisRow(
            path=str(found["names"][n]),
            mu=float(found["mu"][n]),
            mu_star=float(found["mu_star"][n]),
            mu_star_reach=float(found["mu_star_conf"][n]),
            sigma=float(found["sigma"][n]),
        )
        for n in range(len(found["names"]))
    ]
    return tuple(sorted(rows, key=lambda row: (-row.mu_star, row.path)))


def _sobol(problem: dict[str, object], values: Floats, seed: int) -> tuple[SobolRow, ...]:
    """Return shares of the variance; an outcome that does not vary has none."""
    if float(np.ptp(values)) == 0.0:
        return ()
    standard = (values - values.mean()) / values.std()
    found = sobol_analysis.analyze(problem, standard, calc_second_order=False, seed=seed + 1)
    names = problem["names"]
    rows = [
        SobolRow(
            path=name,
            first=float(found["S1"][n]),
            first_reach=float(found["S1_conf"][n]),
            total=float(found["ST"][n]),
            total_reach=float(found["ST_conf"][n]),
        )
        for n, name in enumerate(names if isinstance(names, list) else [])
    ]
    return tuple(sorted(rows, key=lambda row: (-row.total, row.path)))


def as_text(found: Sensitivity, language: Language) -> str:
    """Return a sensitivity analysis as Markdown tables."""
    title = Text(
        "What drives {label} (mean of the last five years, {runs} runs)",
        "{label}的驱动因素(末五年均值,{runs} 次运行)",
    ).fill(label=BY_NAME[found.outcome].label, runs=found.runs)
    morris = Text(
        "| parameter, from low to high | mean effect | absolute effect | ± 95% | spread |",
        "| 参数(由低到高) | 平均效应 | 绝对效应 | ± 95% | 离散度 |",
    )
    sobol = Text(
        "| parameter | share alone | ± 95% | share with others | ± 95% |",
        "| 参数 | 单独份额 | ± 95% | 含交互份额 | ± 95% |",
    )
    chance = Text(
        "Chance (the seed) makes {share} of the variance over these runs.",
        "随机性(种子)占这些运行方差的 {share}。",
    ).fill(share=f"{found.chance:.0%}")
    lines = [f"## {title.to(language)}", "", morris.to(language), "|---|---|---|---|---|"]
    lines += [
        f"| {r.path} | {r.mu:+.4g} | {r.mu_star:.4g} | {r.mu_star_reach:.2g} | {r.sigma:.3g} |"
        for r in found.morris
    ]
    if found.sobol:
        lines += ["", sobol.to(language), "|---|---|---|---|---|"]
        lines += [
            f"| {r.path} | {r.first:.2f} | {r.first_reach:.2f} | {r.total:.2f} | {r.total_reach:.2f} |"
            for r in found.sobol
        ]
    return "\n".join([*lines, "", chance.to(language)]) + "\n"
