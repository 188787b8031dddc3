"""The ledger of mechanisms 机制账本: switch one off with the same luck, and see what vanishes.

A row runs variants of scenarios with the same seeds, so that a difference within a seed is the work
of the switch. Its verdict follows from an interval alone: *holds*, *fails* or *undetermined*. Rows
were written down before they were run, and a row that fails is published as failing.

Paper: K1c, K3g, K2c, K2g, K4c, K4d, N2f, P3 (the six that carry the paper).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from jiqun.model.outcomes import outcome
from jiqun.model.scenario import bundled
from jiqun.model.scenario_schema import Policy, Scenario
from jiqun.model.simulation import Simulation
from jiqun.model.state import Floats
from jiqun.model.switches import Switches
from jiqun.numerics.random import stream
from jiqun.vocabulary.text import Text

Verdict = Literal["holds", "fails", "undetermined"]
Results = Mapping[str, Mapping[str, Floats]]
"""Variant → name of an outcome → its value in each run, shape (seeds,)."""

LEVEL = 0.95
RESAMPLES = 2000
HALF = 0.5
BUDGET = 3.0
"""Money per period of each policy compared."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A number with its interval over seeds."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One proposition of the paper that the model can carry.

    Attributes
    ----------
    id
        Row of the paper's matrix.
    claim
        What the paper says.
    change
        What is switched.
    number
        What is looked at.
    of
        Results → the number of a resample of the seeds.
    judge
        Interval → verdict.
    """

    id: str
    claim: Text
    change: Text
    number: Text
    of: Callable[[Results], float]
    judge: Callable[[Interval], Verdict]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row with what was found."""

    row: Row
    found: Interval
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


def variants() -> dict[str, Scenario]:
    """Return every scenario that the ledger runs, by name."""
    incumbent, native = bundled("incumbent_core"), bundled("native_core")
    traditional = bundled("traditional")

    def with_logic(scenario: Scenario, logic: float) -> Scenario:
        if scenario.core is None:
            return scenario
        core = scenario.core.model_copy(update={"logic": logic})
        return scenario.model_copy(update={"core": core})

    def switched(scenario: Scenario, switches: Switches) -> Scenario:
        return scenario.model_copy(update={"switches": switches})

    def under(scenario: Scenario, lever: Literal["templates", "scenario_opening"]) -> Scenario:
        policy = Policy(lever=lever, start=8, stop=scenario.periods, budget=BUDGET)
        return scenario.model_copy(update={"policy": (policy,)})

    return {
        "traditional": traditional,
        "incumbent": incumbent,
        "native": native,
        "incumbent, digital logic": with_logic(incumbent, 0.9),
        "native, industrial logic": with_logic(native, 0.1),
        "incumbent, pair sum": switched(incumbent, Switches(pair_sum=1)),
        "native, pair sum": switched(native, Switches(pair_sum=1)),
        "native, random siting": switched(native, Switches(data_siting=0)),
        "native, no data effect": switched(native, Switches(data_effect=0)),
        "incumbent, templates": under(incumbent, "templates"),
        "incumbent, scenarios": under(incumbent, "scenario_opening"),
        "native, templates": under(native, "templates"),
        "native, scenarios": under(native, "scenario_opening"),
    }


def run_variants(
    chosen: Mapping[str, Scenario],
    *,
    seeds: int,
    periods: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> dict[str, dict[str, Floats]]:
    """Run every variant with the seeds 0, 1, … and return its outcomes."""
    results: dict[str, dict[str, Floats]] = {}
    for name, scenario in chosen.items():
        if progress is not None:
            progress(name)
        rows = []
        for seed in range(seeds):
            run = Simulation.begin(scenario, seed=seed)
            run.run(scenario.periods if periods is None else periods)
            rows.append(outcome(run))
        fields = rows[0].__dataclass_fields__
        results[name] = {f: np.array([getattr(row, f) for row in rows]) for f in fields}
    return results


def mean(results: Results, variant: str, name: str) -> float:
    """Return the mean of an outcome over the seeds in which it was seen."""
    values = results[variant][name]
    seen = values[~np.isnan(values)]
    return float(seen.mean()) if seen.size else float("nan")


def ratio(one: float, other: float) -> float:
    """Return one over the other, or that it cannot be said where the other is nothing."""
    return one / other if other != 0.0 else float("nan")


def gap_closed(results: Results, name: str) -> float:
    """Return how much of the gap between the two scenarios the logic of the core alone makes.

    The mean of both directions: an incumbent core given the natives' logic, and the reverse.
    """
    low, high = (mean(results, v, name) for v in ("incumbent", "native"))
    up = mean(results, "incumbent, digital logic", name) - low
    down = high - mean(results, "native, industrial logic", name)
    return ratio(0.5 * (up + down), high - low)


def advantage(results: Results, suffix: str = "") -> float:
    """Return the growth of the native scenario over that of the incumbent one, less one."""
    native, incumbent = (mean(results, v + suffix, "growth") for v in ("native", "incumbent"))
    return ratio(native, incumbent) - 1.0


def matched_edge(results: Results) -> float:
    """Return what matched policy adds to mean growth over mismatched policy of equal budget."""

    def gain(variant: str, policy: str) -> float:
        grown = mean(results, f"{variant}, {policy}", "growth")
        return ratio(grown, mean(results, variant, "growth"))

    matched = gain("incumbent", "templates") + gain("native", "scenarios")
    crossed = gain("incumbent", "scenarios") + gain("native", "templates")
    return 0.5 * (matched - crossed)


def _logic_row(name: str, label: Text) -> Row:
    return Row(
        id="K1c",
        claim=Text(
            "The logic of the core firms is the key to the difference of paths.",
            "核心企业行为逻辑的差异是演化路径差异的关键。",
        ),
        change=Text("Only the logic of the core is exchanged.", "仅交换核心企业的主导逻辑。"),
        number=Text("share of the gap closed in {label}", "{label}差距中被弥合的比例").fill(
            label=label
        ),
        of=lambda results: gap_closed(results, name),
        judge=above(HALF),
    )


ROWS: tuple[Row, ...] = (
    _logic_row("digital_sales", Text("digital sales", "数字业务占比")),
    _logic_row("virtual_first", Text("order of the mirror", "镜像次序")),
    _logic_row("sigma", Text("elasticity of substitution", "替代弹性")),
    Row(
        id="K3g",
        claim=Text(
            "The value of alliances does not divide into pairs.", "联盟价值不可分解为双边关系。"
        ),
        change=Text("Value is summed pair by pair.", "联盟价值改为逐对加总。"),
        number=Text("share of the growth advantage that is left", "增长优势的剩余比例"),
        of=lambda r: ratio(advantage(r, ", pair sum"), advantage(r)),
        judge=below(HALF),
    ),
    Row(
        id="K2c",
        claim=Text("With natives, virtual precedes physical.", "数字原生企业先虚拟后实体。"),
        change=Text("None.", "无。"),
        number=Text("share of pairs linked before they traded", "先有数据联系后有交易的比例"),
        of=lambda r: mean(r, "native", "virtual_first"),
        judge=above(HALF),
    ),
    Row(
        id="K2g",
        claim=Text("Existing data flows place the sites.", "既有数据流动关系决定线下布局。"),
        change=Text("Data facilities are placed at random.", "数据设施随机选址。"),
        number=Text(
            "distance of linked facilities, with over without siting by data",
            "有数据联系的设施间距:按数据选址与随机选址之比",
        ),
        of=lambda r: ratio(
            mean(r, "native", "facility_distance"),
            mean(r, "native, random siting", "facility_distance"),
        ),
        judge=below(1.0),
    ),
    Row(
        id="K4c",
        claim=Text("With incumbents, data complement.", "在位企业主导时数据为互补要素。"),
        change=Text("None.", "无。"),
        number=Text("σ of the leading firms, incumbent core", "在位企业情景主导企业的 σ"),
        of=lambda r: mean(r, "incumbent", "sigma"),
        judge=below(1.0),
    ),
    Row(
        id="K4d",
        claim=Text("With natives, data substitute.", "数字原生企业主导时数据为替代要素。"),
        change=Text("None.", "无。"),
        number=Text("σ of the leading firms, native core", "原生企业情景主导企业的 σ"),
        of=lambda r: mean(r, "native", "sigma"),
        judge=above(1.0),
    ),
    Row(
        id="N2f",
        claim=Text("User data and attraction reinforce each other.", "用户数据形成自我强化循环。"),
        change=Text("Data no longer attract users.", "数据不再吸引用户。"),
        number=Text("share of users that is left", "用户数的剩余比例"),
        of=lambda r: ratio(mean(r, "native, no data effect", "users"), mean(r, "native", "users")),
        judge=below(HALF),
    ),
    Row(
        id="P3",
        claim=Text("Policy should differ by type.", "应实施差异化政策。"),
        change=Text("The two policies are exchanged.", "交换两类政策。"),
        number=Text("growth that matched policy adds", "匹配政策增加的增长"),
        of=matched_edge,
        judge=above(0.0),
    ),
)


def judged(results: Results, *, seeds: int) -> tuple[Entry, ...]:
    """Return each row with its number, its interval over resampled seeds, and its verdict."""
    rng = stream(0, "ledger", "bootstrap")
    draws = rng.integers(0, seeds, (RESAMPLES, seeds))
    entries = []
    for row in ROWS:
        values = np.array([row.of(_resampled(results, draw)) for draw in draws])
        seen = values[~np.isnan(values)]
        tail = 50.0 * (1.0 - LEVEL)
        low, high = np.percentile(seen, (tail, 100.0 - tail)) if seen.size else (np.nan, np.nan)
        found = Interval(row.of(results), float(low), float(high))
        entries.append(Entry(row, found, row.judge(found)))
    return tuple(entries)


def _resampled(results: Results, draw: np.ndarray) -> Results:
    """Return the results of the seeds drawn, the same ones in every variant."""
    return {v: {name: x[draw] for name, x in of.items()} for v, of in results.items()}


def as_table(entries: tuple[Entry, ...], *, language: Literal["en", "zh"]) -> str:
    """Return the ledger as a Markdown table."""
    head = Text(
        "| row | claim | switched | number | value | 95 % interval | verdict |",
        "| 编号 | 命题 | 机制改动 | 观察量 | 数值 | 95% 区间 | 结论 |",
    )
    lines = [head.to(language), "|---" * 7 + "|"]
    for entry in entries:
        row, found = entry.row, entry.found
        texts = (t.to(language) for t in (row.claim, row.change, row.number))
        numbers = f"{found.value:.3g} | {found.low:.3g} … {found.high:.3g}"
        verdict = VERDICTS[entry.verdict].to(language)
        lines.append(f"| {row.id} | {' | '.join(texts)} | {numbers} | {verdict} |")
    return "\n".join(lines) + "\n"


VERDICTS: dict[Verdict, Text] = {
    "holds": Text("holds", "成立"),
    "fails": Text("fails", "不成立"),
    "undetermined": Text("undetermined", "未定"),
}
