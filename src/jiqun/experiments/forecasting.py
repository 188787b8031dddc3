"""Forecast 预测 and back-test 回测: from where a record ends, forward; and how that would have done before.

Runs that are near the record so far are carried on from its last value: what they add in the years
after is what the forecast adds, widened by the model's own errors on the years that are known. A
back-test hides the last years, forecasts them from what was known, and scores the model, widened and by
itself, beside methods that know nothing of clusters. Losing to one of those is said.

Paper: P3 (dynamic policy needs an outlook), Q22
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

import numpy as np

from jiqun.experiments.census import Floats
from jiqun.experiments.fitting import Fit, Table
from jiqun.experiments.observed import FEWEST_YEARS, PATTERNS, Observed
from jiqun.experiments.problems import SERIES, refusal
from jiqun.experiments.widening import Forecaster, Paths, past_years
from jiqun.numerics.forecast_scores import covers, crps, energy_score
from jiqun.numerics.naive_forecasts import independent_firms, linear_trend, persistence
from jiqun.numerics.random import stream
from jiqun.vocabulary.text import Language, Text

MEMBERS = 200
"""Paths of a forecast."""
COVERAGE = (0.5, 0.8, 0.95)
LABELS = {pattern.name: pattern.label for pattern in PATTERNS}
FEW_PAST = 6
"""Past forecasts below which a reader is told how few they are."""
METHODS: dict[str, Text] = {
    "model": Text("model", "模型"),
    "model_alone": Text("model by itself, not widened", "模型本身(未校正区间)"),
    "persistence": Text("persistence", "维持现状"),
    "linear_trend": Text("linear trend", "线性趋势"),
    "independent_firms": Text("independent firms", "企业相互独立"),
}
NAIVE = tuple(method for method in METHODS if method not in {"model", "model_alone"})
"""Methods that know nothing of clusters."""


def series_paths(observed: Observed, years: int, *, seed: int) -> dict[str, dict[str, Floats]]:
    """Return the paths of the naive methods that read a series alone: method → pattern → paths."""
    found: dict[str, dict[str, Floats]] = {"persistence": {}, "linear_trend": {}}
    for name, past in observed.series.items():
        for method, function in (("persistence", persistence), ("linear_trend", linear_trend)):
            rng = stream(seed, "naive", method, name, str(observed.years))
            found[method][name] = function(past, years, members=MEMBERS, rng=rng)
    return found


def naive_paths(observed: Observed, years: int, *, seed: int) -> dict[str, dict[str, Floats]]:
    """Return the paths of each naive method: method → pattern → paths.

    Where no sizes of firms are known, nothing is said by firms that are independent.
    """
    found = series_paths(observed, years, seed=seed)
    alone = {}
    sizes = {"sales": observed.sizes, "firms": (observed.sizes > 0.0).astype(np.float64)}
    told = sizes.keys() & observed.series.keys() if len(observed.sizes) else set()
    for name in sorted(told):
        rng = stream(seed, "naive", "independent_firms", name, str(observed.years))
        totals = independent_firms(sizes[name], years, members=MEMBERS, rng=rng)
        last = np.log(sizes[name][:, -1].sum())
        alone[name] = observed.series[name][-1] + totals - last
    return found | {"independent_firms": alone} if alone else found


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastRow:
    """One year of one series: median, and the middle 50, 80 and 95 per cent."""

    pattern: str
    year: int
    median: float
    low50: float
    high50: float
    low80: float
    high80: float
    low95: float
    high95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Where a record goes from here.

    Attributes
    ----------
    scenario
        Name.
    history
        Pattern → (year, value) so far.
    rows
        A row a pattern and year to come, widened by past errors.
    warnings
        What a reader must know.
    alone
        The same as the model says by itself.
    """

    scenario: str
    history: Mapping[str, tuple[tuple[int, float], ...]]
    rows: tuple[ForecastRow, ...]
    warnings: tuple[Text, ...]
    alone: tuple[ForecastRow, ...] = ()

    def to_dict(self, language: Language = "en") -> dict[str, object]:
        """Return it as it stands in ``jiqun forecast --json``."""
        return {
            "scenario": self.scenario,
            "labels": {name: LABELS[name].to(language) for name in self.history},
            "history": {name: [list(p) for p in points] for name, points in self.history.items()},
            "forecast": [asdict(row) for row in self.rows],
            "alone": [asdict(row) for row in self.alone],
            "warnings": [warning.to(language) for warning in self.warnings],
            "words": {"warnings": [warning.both() for warning in self.warnings]},
        }


def forecast(table: Table, observed: Observed, *, years: int, seed: int) -> Forecast:
    """Forecast the series of a record.

    Parameters
    ----------
    table
        Runs of the prior over the years of the record and those to come.
    observed
        The record so far.
    years
        Years to come.
    seed
        Seed of the fit.
    """
    model = Forecaster(table, seed)
    return Forecast(
        scenario=table.scenario.name,
        history=observed.history,
        rows=forecast_rows(model.widened(observed, years), observed),
        warnings=_warnings(model.fitted(observed), len(past_years(observed))),
        alone=forecast_rows(model.alone(observed, years), observed),
    )


_ENDS = ("median", "low50", "high50", "low80", "high80", "low95", "high95")


def forecast_rows(paths: Paths, observed: Observed) -> tuple[ForecastRow, ...]:
    """Sum up paths that go on from a record, a row a pattern and year."""
    first, rows = observed.first_year + observed.years, []
    for name, members in paths.items():
        ends = np.percentile(members, (50.0, 25.0, 75.0, 10.0, 90.0, 2.5, 97.5), axis=0)
        for n in range(members.shape[1]):
            numbers = dict(zip(_ENDS, ends[:, n].tolist(), strict=True))
            rows.append(ForecastRow(pattern=name, year=first + n, **numbers))
    return tuple(rows)


def _warnings(found: Fit, past: int) -> tuple[Text, ...]:
    """Return what a reader must know."""
    warnings = [
        Text(
            "A forecast of a model: see jiqun backtest for how such forecasts would have done.",
            "模型预测:此类预测的历史表现请用 jiqun backtest 查看。",
        ),
        Text(
            "Intervals are widened, and medians moved, by the model's own errors in {past} past years.",
            "区间与中位数已按模型在过去 {past} 年的自身误差校正。",
        ).fill(past=past),
    ]
    if past < FEW_PAST:
        warnings.append(
            Text(
                "So few past errors say little: intervals rest mostly on how much the series itself "
                "changes from year to year.",
                "过往误差如此之少,信息有限:区间主要依据序列自身的逐年变化幅度。",
            )
        )
    if not any(quality.identified for quality in found.posterior.predictivity):
        warnings.append(
            Text(
                "The record says nothing of the parameters; the forecast is that of the prior.",
                "该记录未提供参数信息;预测等同于先验预测。",
            )
        )
    warnings += [
        Text(
            "No run has shown what the record shows in: {label}.",
            "没有任何运行再现记录中的:{label}。",
        ).fill(label=pattern.label)
        for pattern in found.strange
    ]
    return tuple(warnings)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """How one method did for one series.

    Attributes
    ----------
    method, pattern
        Names.
    crps
        Mean over origins and years; less is better.
    covered50, covered80, covered95
        Share of values within the middle part.
    values
        Number of forecast values.
    """

    method: str
    pattern: str
    crps: float
    covered50: float
    covered80: float
    covered95: float
    values: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """How forecasts would have done.

    Attributes
    ----------
    scenario, origins, years
        What was run; last years known in each round; years forecast.
    scores
        A row a method and series.
    energy
        Method → energy score over the series that all methods forecast.
    lost_to
        Series → naive methods with a lower score than the model.
    """

    scenario: str
    origins: tuple[int, ...]
    years: int
    scores: tuple[ScoreRow, ...]
    energy: Mapping[str, float]
    lost_to: Mapping[str, tuple[str, ...]]

    def to_dict(self, language: Language = "en") -> dict[str, object]:
        """Return it as it stands in ``jiqun backtest --json``."""
        return {
            "scenario": self.scenario,
            "origins": list(self.origins),
            "years": self.years,
            "labels": {name: LABELS[name].to(language) for name in self.lost_to},
            "scores": [asdict(row) for row in self.scores],
            "energy": dict(self.energy),
            "lost_to": {name: list(methods) for name, methods in self.lost_to.items()},
        }


def demand_years(observed: Observed, *, years: int, origins: int) -> None:
    """Refuse to hide more than leaves a series to forecast from.

    Raises
    ------
    InputError
        Where fewer than four years would be left.
    """
    left = observed.years - years - origins + 1
    if left < FEWEST_YEARS:
        message = Text(
            f"The record has {observed.years} years; hiding {years + origins - 1} leaves {max(left, 0)}.",
            f"记录共 {observed.years} 年;隐去 {years + origins - 1} 年后仅剩 {max(left, 0)} 年。",
        )
        raise refusal(SERIES, message, table="accounts", column="start")


def backtest(
    table: Table,
    observed: Observed,
    *,
    years: int,
    origins: int,
    seed: int,
    done: Callable[[int], None] | None = None,
) -> Backtest:
    """Hide the last years, forecast them from what was known, and score.

    Parameters
    ----------
    table
        Runs of the prior over all years of the record.
    observed
        The whole record; the last ``years + origins - 1`` years are hidden, one less in each round.
    years
        Years forecast in each round.
    origins
        Rounds.
    seed
        Seed of fits and naive methods.
    done
        Called with the last year known after each round.
    """
    model = Forecaster(table, seed)

    def methods(known: Observed) -> Mapping[str, Paths]:
        own = {"model": model.widened(known, years), "model_alone": model.alone(known, years)}
        return own | naive_paths(known, years, seed=seed)

    return score_rounds(
        methods, observed, years=years, origins=origins, scenario=table.scenario.name, done=done
    )


def score_rounds(
    methods: Callable[[Observed], Mapping[str, Paths]],
    observed: Observed,
    *,
    years: int,
    origins: int,
    scenario: str,
    done: Callable[[int], None] | None = None,
) -> Backtest:
    """Score methods that forecast from what was known in each round; ``backtest`` says the rest."""
    lengths = [observed.years - years - n for n in range(origins)][::-1]
    scored: dict[tuple[str, str], list[tuple[float, ...]]] = {}
    joint: dict[str, list[float]] = {}
    for length in lengths:
        came = {name: v[length : length + years] for name, v in observed.series.items()}
        _score_round(methods(observed.until(length)), came, scored, joint)
        if done is not None:
            done(observed.first_year + length - 1)
    rows = tuple(_score_row(method, name, found) for (method, name), found in scored.items())
    return Backtest(
        scenario=scenario,
        origins=tuple(observed.first_year + length - 1 for length in lengths),
        years=years,
        scores=rows,
        energy={method: float(np.mean(values)) for method, values in joint.items()},
        lost_to=_lost(rows),
    )


def _score_round(
    methods: Mapping[str, Paths],
    came: Mapping[str, Floats],
    scored: dict[tuple[str, str], list[tuple[float, ...]]],
    joint: dict[str, list[float]],
) -> None:
    """Score one round of all methods."""
    for method, paths in methods.items():
        for name, members in paths.items():
            for year, value in enumerate(came[name].tolist()):
                own = members[:, year]
                held = (float(covers(own, value, level=level)) for level in COVERAGE)
                scored.setdefault((method, name), []).append((crps(own, value), *held))
    shared = [name for name in came if all(name in paths for paths in methods.values())]
    if not shared:
        return
    for method, paths in methods.items():
        together = np.hstack([paths[name] for name in shared])
        values = np.concatenate([came[name] for name in shared])
        joint.setdefault(method, []).append(energy_score(together, values))


def _score_row(method: str, name: str, found: list[tuple[float, ...]]) -> ScoreRow:
    score, half, most, nearly = np.array(found).mean(axis=0).tolist()
    return ScoreRow(
        method=method,
        pattern=name,
        crps=score,
        covered50=half,
        covered80=most,
        covered95=nearly,
        values=len(found),
    )


def _lost(rows: tuple[ScoreRow, ...]) -> dict[str, tuple[str, ...]]:
    """Return for each series which naive methods did better than the model."""
    own = {row.pattern: row.crps for row in rows if row.method == "model"}
    return {
        name: tuple(
            r.method for r in rows if r.pattern == name and r.crps < score and r.method in NAIVE
        )
        for name, score in own.items()
    }
