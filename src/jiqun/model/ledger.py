"""The ledger of mechanisms 机制账本: switch one off with the same luck, and see what vanishes.

A row runs variants of scenarios with the same seeds, so that a difference within a seed is the work
of the switch. Its verdict follows from an interval alone: *holds*, *fails* or *undetermined*; where
a row also says what must stay, both have to hold. A switch that changes no number of any run is a
defect, and is called one. Rows were written down before they were run, and a row that fails is
published as failing.

Paper: K1c, K3g, K2c, K2g, K4c, K4d, N2f, P3 (the six that carry the paper; the rows have the others).
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from jiqun.model.outcomes import mean, outcome
from jiqun.model.scenario_schema import Scenario
from jiqun.model.simulation import Simulation
from jiqun.model.state import Floats
from jiqun.numerics.random import stream
from jiqun.vocabulary.text import Text

Verdict = Literal["holds", "fails", "undetermined", "no_effect"]
Results = Mapping[str, Mapping[str, Floats]]
"""Variant → name of an outcome → its value in each run, shape (seeds,)."""

LEVEL = 0.95
RESAMPLES = 2000


@dataclass(frozen=True, slots=True)
class Interval:
    """A number with its interval over seeds."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """Something that a row looks at: what it is, how it follows from the runs, how it is judged."""

    label: Text
    of: Callable[[Results], float]
    judge: Callable[[Interval], Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One proposition of the paper that the model can carry.

    Attributes
    ----------
    id
        Row of the paper's matrix.
    claim, change
        What the paper says; what is switched.
    needs
        Variants that have to be run.
    vanishes, stays
        What has to vanish (or come out), and what has to stay, if the row says so.
    pair
        A scenario and the same with the switch; where no number differs, the switch is a defect.
    """

    id: str
    claim: Text
    change: Text
    needs: tuple[str, ...]
    vanishes: Number
    stays: Number | None = None
    pair: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A row with what was found."""

    row: Row
    found: Interval
    stayed: Interval | None
    verdict: Verdict


def above(limit: float) -> Callable[[Interval], Verdict]:
    """Judge that a number has to be above a limit."""

    def judge(found: Interval) -> Verdict:
        if found.low > limit:
            return "holds"
        return "fails" if found.high < limit else "undetermined"

    return judge


def below(limit: float) -> Callable[[Interval], Verdict]:
    """Judge that a number has to be below a limit."""

    def judge(found: Interval) -> Verdict:
        if found.high < limit:
            return "holds"
        return "fails" if found.low > limit else "undetermined"

    return judge


def run_variant(scenario: Scenario, *, seeds: int, periods: int | None = None) -> dict[str, Floats]:
    """Run one variant with the seeds 0, 1, … and return its outcomes."""
    if periods is not None:
        scenario = scenario.model_copy(update={"periods": periods})
    rows = [outcome(Simulation.begin(scenario, seed=seed)) for seed in range(seeds)]
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def run_variants(
    chosen: Mapping[str, Scenario],
    *,
    seeds: int,
    periods: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> dict[str, dict[str, Floats]]:
    """Run every variant with the same seeds and return the outcomes of each."""
    results: dict[str, dict[str, Floats]] = {}
    for name, scenario in chosen.items():
        if progress is not None:
            progress(name)
        results[name] = run_variant(scenario, seeds=seeds, periods=periods)
    return results


def average(results: Results, variant: str, name: str) -> float:
    """Return the mean of an outcome over the seeds in which it was seen."""
    return mean(results[variant][name])


def ratio(one: float, other: float) -> float:
    """Return one over the other, or that it cannot be said where the other is nothing."""
    return one / other if other != 0.0 else float("nan")


def judged(rows: Iterable[Row], results: Results, *, seeds: int) -> tuple[Entry, ...]:
    """Return each row with its numbers, their intervals over resampled seeds, and its verdict."""
    draws = stream(0, "ledger", "bootstrap").integers(0, seeds, (RESAMPLES, seeds))
    entries = []
    for row in rows:
        needed = {name: results[name] for name in row.needs}
        found = _interval(row.vanishes, needed, draws)
        stayed = None if row.stays is None else _interval(row.stays, needed, draws)
        entries.append(Entry(row, found, stayed, _verdict(row, found, stayed, needed)))
    return tuple(entries)


def _interval(number: Number, results: Results, draws: np.ndarray) -> Interval:
    """Return a number with the interval of the means of resampled seeds."""
    values = np.array([number.of(_resampled(results, draw)) for draw in draws])
    seen = values[~np.isnan(values)]
    tail = 50.0 * (1.0 - LEVEL)
    low, high = np.percentile(seen, (tail, 100.0 - tail)) if seen.size else (np.nan, np.nan)
    return Interval(number.of(results), float(low), float(high))


def _verdict(row: Row, found: Interval, stayed: Interval | None, results: Results) -> Verdict:
    """Return the verdict of a row: the worse of what has to vanish and what has to stay."""
    if row.pair is not None and unchanged(results[row.pair[0]], results[row.pair[1]]):
        return "no_effect"
    first = row.vanishes.judge(found)
    if row.stays is None or stayed is None or first != "holds":
        return first
    return row.stays.judge(stayed)


def unchanged(one: Mapping[str, Floats], other: Mapping[str, Floats]) -> bool:
    """Say whether two variants have the same numbers in every run."""
    return all(np.array_equal(one[name], other[name], equal_nan=True) for name in one)


def _resampled(results: Results, draw: np.ndarray) -> Results:
    """Return the results of the seeds drawn, the same ones in every variant."""
    return {v: {name: x[draw] for name, x in of.items()} for v, of in results.items()}


def as_table(entries: tuple[Entry, ...], *, language: Literal["en", "zh"]) -> str:
    """Return the ledger as a Markdown table."""
    head = Text(
        "| row | claim | switched | number | value | 95% interval | has to stay | verdict |",
        "| 编号 | 命题 | 机制改动 | 观察量 | 数值 | 95% 区间 | 应保持不变 | 结论 |",
    )
    lines = [head.to(language), "|---" * 8 + "|"]
    for entry in entries:
        row = entry.row
        texts = (t.to(language) for t in (row.claim, row.change, row.vanishes.label))
        kept = "–"
        if row.stays is not None and entry.stayed is not None:
            kept = f"{row.stays.label.to(language)}: {_shown(entry.stayed)}"
        numbers = f"{_number(entry.found.value)} | {_span(entry.found)} | {kept}"
        verdict = VERDICTS[entry.verdict].to(language)
        lines.append(f"| {row.id} | {' | '.join(texts)} | {numbers} | {verdict} |")
    return "\n".join(lines) + "\n"


def _span(found: Interval) -> str:
    if math.isnan(found.low):
        return "–"
    return f"{_number(found.low)} … {_number(found.high)}"


def _number(value: float) -> str:
    """Return a number, or a dash where the runs were too short to see it."""
    return "–" if math.isnan(value) else f"{value:.3g}"


def _shown(found: Interval) -> str:
    return f"{_number(found.value)} ({_span(found)})"


VERDICTS: dict[Verdict, Text] = {
    "holds": Text("holds", "成立"),
    "fails": Text("fails", "不成立"),
    "undetermined": Text("undetermined", "未定"),
    "no_effect": Text("the switch changes nothing: a defect", "开关无任何影响:缺陷"),
}
