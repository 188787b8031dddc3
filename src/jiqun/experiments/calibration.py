"""Calibrate 校准: which parameters could have left this record, and which it says nothing of.

A parameter that runs with known truth show to be unpredictable from such series is *not identified*, and
keeps its prior. What the record showed and was not used is then held against runs of the posterior.

Paper: Q22 (policy needs a model that resembles the record)
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass

import numpy as np

from jiqun.experiments.ensemble import Progress
from jiqun.experiments.executors import Executor
from jiqun.experiments.fitting import Fit, Table, calibrated_to, fit, run_draws, run_table
from jiqun.experiments.observed import PATTERNS, Observed
from jiqun.experiments.store import RunStore
from jiqun.experiments.uncertainty import Uncertain
from jiqun.model.scenario_schema import Scenario
from jiqun.vocabulary.text import Language, Text

CHECKED = 100
"""Runs of the posterior that held-out patterns are compared with."""
MIDDLE = (5.0, 95.0)
INTERVAL = (2.5, 97.5)
LATER = 1_000_000
"""Seeds of the runs of the posterior follow those of the prior at this distance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterRow:
    """What the record says of one parameter.

    Attributes
    ----------
    path
        Dotted path.
    prior_low, prior_high
        Range that it was drawn from.
    predictivity, predictivity_low, predictivity_high
        Cross-validated R² with its 95 % interval: 0 nothing is known, 1 everything.
    identified
        Whether the lower end exceeds 0.1.
    median, low, high
        Of the posterior (95 %); None where it is not identified.
    """

    path: str
    prior_low: float
    prior_high: float
    predictivity: float
    predictivity_low: float
    predictivity_high: float
    identified: bool
    median: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """Whether runs of the posterior show what the record shows, in the last third of its years.

    ``low`` and ``high`` hold nine of ten runs.
    """

    pattern: str
    label: Text
    held_out: bool
    observed: float
    low: float
    high: float
    inside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What a record says of the parameters of a scenario."""

    scenario: str
    runs: int
    years: int
    parameters: tuple[ParameterRow, ...]
    checks: tuple[CheckRow, ...]
    draws: tuple[dict[str, float], ...]
    warnings: tuple[Text, ...]

    def to_dict(self, language: Language = "en") -> dict[str, object]:
        """Return it as it stands in ``jiqun calibrate --json``."""
        return {
            "scenario": self.scenario,
            "runs": self.runs,
            "years": self.years,
            "parameters": [asdict(row) for row in self.parameters],
            "checks": [asdict(row) | {"label": row.label.to(language)} for row in self.checks],
            "draws": len(self.draws),
            "warnings": [warning.to(language) for warning in self.warnings],
        }


def calibrate(
    observed: Observed,
    scenario: Scenario,
    uncertain: tuple[Uncertain, ...],
    store: RunStore,
    executor: Executor,
    *,
    runs: int,
    seed: int,
    workers: int,
    progress: Callable[[Progress], None] | None = None,
) -> Calibration:
    """Calibrate a scenario to the series of a record.

    Parameters
    ----------
    observed
        From :func:`jiqun.experiments.observed.observe`.
    scenario, uncertain
        What is run, and the prior.
    store, executor, workers, progress
        As in :func:`jiqun.experiments.ensemble.run_ensemble`.
    runs
        Draws of the prior.
    seed
        Seed of everything.

    Raises
    ------
    InputError
        Where the record has no series.
    """
    calibrated_to(observed)
    table = run_table(
        scenario,
        uncertain,
        store,
        executor,
        runs=runs,
        years=observed.years,
        seed=seed,
        workers=workers,
        progress=progress,
    )
    found = fit(table, observed, seed=seed)
    again = run_draws(
        scenario,
        uncertain,
        found.draws[:CHECKED],
        store,
        executor,
        years=observed.years,
        seed=seed + LATER,
        workers=workers,
        progress=progress,
    )
    return _calibration(found, observed, again)


def _calibration(found: Fit, observed: Observed, again: Table) -> Calibration:
    """Put together what was found, with the checks of runs of the posterior."""
    checks = tuple(
        _check(p.name, p.label, observed.series[p.name], again.series[p.name], held_out=p.held_out)
        for p in PATTERNS
        if p.name in observed.series
    )
    return Calibration(
        scenario=found.table.scenario.name,
        runs=len(found.table.unit),
        years=observed.years,
        parameters=_parameters(found),
        checks=checks,
        draws=found.draws,
        warnings=_warnings(found, checks),
    )


def _parameters(found: Fit) -> tuple[ParameterRow, ...]:
    """Return a row a parameter."""
    rows = []
    for n, uncertain in enumerate(found.table.uncertain):
        quality = found.posterior.predictivity[n]
        low, high = uncertain.scaled(np.percentile(found.posterior.draws[:, n], INTERVAL))
        middle = np.median(found.posterior.draws[:, n], keepdims=True)
        median = float(uncertain.scaled(middle)[0])
        rows.append(
            ParameterRow(
                path=uncertain.path,
                prior_low=uncertain.low,
                prior_high=uncertain.high,
                predictivity=quality.value,
                predictivity_low=quality.low,
                predictivity_high=quality.high,
                identified=quality.identified,
                median=median if quality.identified else None,
                low=float(low) if quality.identified else None,
                high=float(high) if quality.identified else None,
            )
        )
    return tuple(rows)


def _check(
    name: str, label: Text, observed: np.ndarray, runs: np.ndarray, *, held_out: bool
) -> CheckRow:
    """Compare the last third of the years."""
    late = slice(len(observed) - max(len(observed) // 3, 1), None)
    seen = float(observed[late].mean())
    low, high = np.percentile(runs[:, late].mean(axis=1), MIDDLE)
    return CheckRow(
        pattern=name,
        label=label,
        held_out=held_out,
        observed=seen,
        low=float(low),
        high=float(high),
        inside=bool(low <= seen <= high),
    )


def _warnings(found: Fit, checks: tuple[CheckRow, ...]) -> tuple[Text, ...]:
    """Return what a reader must know."""
    warnings = []
    if not any(quality.identified for quality in found.posterior.predictivity):
        warnings.append(
            Text(
                "No parameter is identified: this record leaves the prior as it was.",
                "没有参数可识别:该记录未改变先验。",
            )
        )
    unseen = Text(
        "No run has shown what the record shows in: {label}. The scenario does not fit.",
        "没有任何运行再现记录中的:{label}。该情景不相符。",
    )
    missed = Text(
        "The calibrated model misses the record in: {label}.",
        "校准后的模型未能再现记录中的:{label}。",
    )
    warnings += [unseen.fill(label=pattern.label) for pattern in found.strange]
    warnings += [missed.fill(label=check.label) for check in checks if not check.inside]
    return tuple(warnings)


def as_text(found: Calibration, language: Language) -> str:
    """Return a calibration as Markdown tables."""
    head = Text(
        "| parameter | prior | predictivity (R²) | posterior median | 95% |",
        "| 参数 | 先验区间 | 可预测度(R²) | 后验中位数 | 95% 区间 |",
    )
    none = Text("not identified", "不可识别").to(language)
    lines = [head.to(language), "|---|---|---|---|---|"]
    for row in found.parameters:
        quality = (
            f"{row.predictivity:.2f} ({row.predictivity_low:.2f} … {row.predictivity_high:.2f})"
        )
        told = (
            f"{none} | –"
            if row.median is None
            else f"{row.median:.4g} | {row.low:.4g} … {row.high:.4g}"
        )
        prior = f"{row.prior_low:.4g} … {row.prior_high:.4g}"
        lines.append(f"| {row.path} | {prior} | {quality} | {told} |")
    second = Text(
        "| pattern, last third of the years | held out | record | 9 of 10 runs | shown |",
        "| 模式(末三分之一年份) | 留出 | 记录 | 九成运行 | 再现 |",
    )
    yes, no = Text("yes", "是").to(language), Text("no", "否").to(language)
    lines += ["", second.to(language), "|---|---|---|---|---|"]
    for check in found.checks:
        lines.append(
            f"| {check.label.to(language)} | {yes if check.held_out else no} | {check.observed:.3g} "
            f"| {check.low:.3g} … {check.high:.3g} | {yes if check.inside else no} |"
        )
    lines += ["", *(f"! {warning.to(language)}" for warning in found.warnings)]
    return "\n".join(lines) + "\n"
