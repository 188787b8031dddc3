"""Twins 双生实验: how much of the difference of two clusters is the logic of their cores.

Two scenarios are crossed: the logic of the core, the firms (their industries, sizes, endowments) and the
places of one with those of the other, under many seeds. The spread of an outcome over all of these is
divided into Shapley shares of logic, firms, places and chance. If logic is not the largest of the first
three, the paper's central claim fails in the model for that outcome.

Paper: K1c (the difference of core firms' logic is the key to the difference of paths)
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import product
from typing import Literal

import numpy as np
import polars as pl

from jiqun.experiments.census import BY_NAME, Floats
from jiqun.experiments.ensemble import Progress, run_ensemble
from jiqun.experiments.executors import Executor
from jiqun.experiments.experiment import Experiment
from jiqun.experiments.problems import TWINS, refusal
from jiqun.experiments.sensitivity import late_means
from jiqun.experiments.store import RunStore
from jiqun.model.scenario_schema import Scenario
from jiqun.numerics.random import stream
from jiqun.numerics.shapley import shapley_shares
from jiqun.vocabulary.text import Language, Text

FACTORS: dict[str, Text] = {
    "logic": Text("logic of the core", "核心企业逻辑"),
    "firms": Text("firms and industries", "企业与行业构成"),
    "places": Text("places", "区位"),
    "chance": Text("chance", "随机性"),
}
CAUSES = tuple(factor for factor in FACTORS if factor != "chance")
PATHS = ("digital_share", "digital", "data", "users", "sigma", "alliance_members")
"""Outcomes in which the paths of the two types differ."""
RESAMPLES = 500
INTERVAL = (2.5, 97.5)
Standing = Literal["largest", "not_largest", "undetermined", "no_spread"]
STANDINGS: dict[Standing, Text] = {
    "largest": Text("logic makes more than firms and places", "逻辑的份额大于企业构成与区位"),
    "not_largest": Text("logic is not the largest", "逻辑并非最大份额"),
    "undetermined": Text("undetermined", "未定"),
    "no_spread": Text("the outcome does not vary", "该结果没有差异"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TwinShare:
    """Share of one factor in the spread of one outcome, with its 95 % interval over seeds.

    ``share``, ``low`` and ``high`` are None where the outcome does not vary.
    """

    outcome: str
    factor: str
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Twins:
    """What makes the difference of two clusters.

    Attributes
    ----------
    one, other
        Names of the scenarios.
    seeds, runs
        How much was run.
    shares
        A row an outcome and factor.
    standing
        Outcome → whether logic makes more than firms and places do, by the intervals of the differences.
    """

    one: str
    other: str
    seeds: int
    runs: int
    shares: tuple[TwinShare, ...]
    standing: dict[str, Standing]

    def of(self, outcome: str) -> tuple[TwinShare, ...]:
        """Return the shares in one outcome."""
        return tuple(row for row in self.shares if row.outcome == outcome)

    def to_dict(self, language: Language = "en") -> dict[str, object]:
        """Return it as it stands in ``jiqun twins --json``."""
        return {
            "one": self.one,
            "other": self.other,
            "seeds": self.seeds,
            "runs": self.runs,
            "labels": {name: BY_NAME[name].label.to(language) for name in self.standing},
            "factors": {name: label.to(language) for name, label in FACTORS.items()},
            "shares": [asdict(row) for row in self.shares],
            "standing": dict(self.standing),
        }


def crossed(one: Scenario, other: Scenario, *, logic: int, firms: int, places: int) -> Scenario:
    """Return a scenario with each part from ``one`` (0) or ``other`` (1).

    Raises
    ------
    InputError
        Where one of them has no core.
    """
    pair = (one, other)
    by_firms = pair[firms]
    if by_firms.core is None or pair[logic].core is None:
        coreless = next(scenario for scenario in pair if scenario.core is None)
        message = Text(f"{coreless.name} has no core.", f"{coreless.name} 没有核心企业。")
        raise refusal(TWINS, message, table=coreless.name, column="core")
    names = {region.name for region in pair[places].regions}
    groups = tuple(
        g.model_copy(update={"regions": tuple(r for r in g.regions if r in names) or tuple(names)})
        for g in by_firms.groups
    )
    core = by_firms.core.model_copy(update={"logic": pair[logic].core.logic})  # type: ignore[union-attr]  # checked above
    changes = {"regions": pair[places].regions, "groups": groups, "core": core}
    return by_firms.model_copy(update=changes)


def twins(
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
) -> Twins:
    """Cross two scenarios and divide the spread of each outcome.

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

    Raises
    ------
    InputError
        Where one of them has no core, or from store and executor.
    """
    scenarios = {
        f"{a}{b}{c}": crossed(one, other, logic=a, firms=b, places=c)
        for a, b, c in product((0, 1), repeat=3)
    }
    experiment = Experiment(scenarios=scenarios, seeds=range(seed, seed + seeds))
    found = run_ensemble(experiment, store, executor, workers=workers, progress=progress).wide()
    rows: list[TwinShare] = []
    standing: dict[str, Standing] = {}
    for outcome in outcomes:
        each = [
            late_means(found.filter(pl.col("scenario") == name), outcome)[0] for name in scenarios
        ]
        table = np.array(each).reshape(2, 2, 2, seeds)
        shares, again = shapley_shares(table), _resampled(table, seed, outcome)
        rows += _rows(outcome, shares, again)
        standing[outcome] = _standing(again)
    return Twins(
        one=one.name,
        other=other.name,
        seeds=seeds,
        runs=experiment.size,
        shares=tuple(rows),
        standing=standing,
    )


def _resampled(table: Floats, seed: int, outcome: str) -> Floats:
    """Return the shares over resampled seeds that have a spread, shape (resamples, factors)."""
    rng = stream(seed, "twins", outcome)
    draws = rng.integers(table.shape[3], size=(RESAMPLES, table.shape[3]))
    again = np.array([shapley_shares(table[..., draw]) for draw in draws])
    return np.asarray(again[np.isfinite(again).all(axis=1)])


def _rows(outcome: str, shares: Floats, again: Floats) -> list[TwinShare]:
    """Return a row a factor."""
    if not len(again):
        return [
            TwinShare(outcome=outcome, factor=factor, share=None, low=None, high=None)
            for factor in FACTORS
        ]
    low, high = np.percentile(again, INTERVAL, axis=0)
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


def _standing(again: Floats) -> Standing:
    """Judge logic beside the largest of the other causes, by the interval of the difference."""
    if not len(again):
        return "no_spread"
    others = [n for n, factor in enumerate(FACTORS) if factor in CAUSES[1:]]
    low, high = np.percentile(again[:, 0] - again[:, others].max(axis=1), INTERVAL)
    return "largest" if low > 0.0 else "not_largest" if high < 0.0 else "undetermined"


def as_text(found: Twins, language: Language) -> str:
    """Return the shares as one Markdown table, and what they say of the paper's claim."""
    title = Text(
        "What makes the difference of {one} and {other} ({runs} runs, {seeds} seeds)",
        "{one} 与 {other} 的差异由何而来({runs} 次运行,{seeds} 个种子)",
    ).fill(one=found.one, other=found.other, runs=found.runs, seeds=found.seeds)
    first = Text("outcome, last five years", "结果(末五年)").to(language)
    last = Text("K1c: is logic the key?", "K1c:逻辑是否为关键?").to(language)
    heads = [first, *(label.to(language) for label in FACTORS.values()), last]
    lines = [f"## {title.to(language)}", "", f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for outcome, standing in found.standing.items():
        cells = [
            "–"
            if row.share is None or row.low is None or row.high is None
            else f"{row.share:.0%} ({row.low:.0%} … {row.high:.0%})"
            for row in found.of(outcome)
        ]
        told = [BY_NAME[outcome].label.to(language), *cells, STANDINGS[standing].to(language)]
        lines.append(f"| {' | '.join(told)} |")
    return "\n".join(lines) + "\n"
