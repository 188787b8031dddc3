"""Pictures of compared policies: how each goes on over the years, and where each falls short.

Paper: P3 (policies compared), Q22 (harm, who loses)
"""

from jiqun.experiments.census import BY_NAME
from jiqun.experiments.comparison import Comparison
from jiqun.experiments.structures import STRUCTURES
from jiqun.report.block import Field, Figure, Number, Rows, Value
from jiqun.report.figures.fan_chart import Fan, Words, fan_chart
from jiqun.report.figures.regret_map import Block, regret_map
from jiqun.report.formatting import number
from jiqun.vocabulary.text import Text, joined

FAN = Text("{label} over the years, by policy", "各政策下{label}的逐年走势")
MIDDLE = Text("mean of runs", "运行均值")
BAND = Text("nine of ten runs", "九成运行")
BASELINE = Text("mean of “{policy}”", "“{policy}”的均值")
YEAR = Text("year of the run", "运行年数")
ENDING = Text(
    "{policy}: {mean} in the last year ({low} to {high}).",
    "{policy}:末年 {mean}({low} 至 {high})。",
)
FAN_FIELDS = (
    Field("policy", Text("policy", "政策")),
    Field("year", YEAR),
    Field("mean", MIDDLE),
    Field("low", Text("low end of nine in ten runs", "九成运行下限")),
    Field("high", Text("high end of nine in ten runs", "九成运行上限")),
)
REGRET = Text("Where each policy falls short of the best", "各政策在何处不及最优")
AS_DRAWN = Text("worlds as drawn", "抽取的情形")
UNIT = Text("% of the same worlds without policy", "%(相对于相同情形无政策时)")
SHORT = Text(
    "{policy} is best in {best} of {worlds} worlds, and at most {most}% short of the best.",
    "{policy}:在 {worlds} 种情形中的 {best} 种下最优,至多比最优者低 {most}%。",
)
REGRET_FIELDS = (
    Field("structure", Text("structure", "结构假设")),
    Field("world", Text("world", "情形")),
    Field("policy", Text("policy", "政策")),
    Field("regret", Text("regret, %", "后悔值(%)")),
)


def fan_figure(found: Comparison, *, synthetic: bool = False) -> Figure:
    """Return a panel a policy, controls left out, each beside the mean of the baseline."""
    shown = [s.policy for s in found.standings]
    beside = tuple((year, mean) for year, mean, _, _ in found.series[found.baseline])
    fans = [
        Fan(
            title=found.titles[name],
            middle=tuple((year, mean) for year, mean, _, _ in found.series[name]),
            bands=(tuple((year, low, high) for year, _, low, high in found.series[name]),),
            beside=beside if name != found.baseline else (),
        )
        for name in shown
    ]
    told = BASELINE.fill(policy=found.titles[found.baseline])
    words = Words(axis=YEAR, middle=MIDDLE, bands=(BAND,), beside=told)
    alt = joined(_ending(name, found) for name in shown)
    return Figure(
        name="policy_paths",
        title=FAN.fill(label=BY_NAME[found.criterion].label),
        alt=alt,
        draw=lambda language: fan_chart(
            fans, words, alt.to(language), language, shared=True, synthetic=synthetic
        ),
        data=Rows(fields=FAN_FIELDS, rows=tuple(r for name in shown for r in _path(name, found))),
        notes=found.warnings,
    )


def _ending(name: str, found: Comparison) -> Text:
    _, mean, low, high = found.series[name][-1]
    told = {"mean": f"{mean:.4g}", "low": f"{low:.4g}", "high": f"{high:.4g}"}
    return ENDING.fill(policy=found.titles[name], **told)


def _path(name: str, found: Comparison) -> list[tuple[Value, ...]]:
    basis = f"comparison:{name}:{found.criterion}"
    return [
        (
            found.titles[name],
            str(int(row[0])),
            *(Number(value=value, basis=basis) for value in row[1:]),
        )
        for row in found.series[name]
    ]


def regret_figure(found: Comparison, *, synthetic: bool = False) -> Figure | None:
    """Return the regret map; None for a comparison that keeps no regrets."""
    if not found.regrets:
        return None
    shown = [s.policy for s in found.standings]
    titles = {s.name: s.title for s in STRUCTURES} | {"": AS_DRAWN}
    blocks = [
        Block(title=titles[structure], rows=tuple(lost[name] for name in shown))
        for structure, lost in found.regrets.items()
    ]
    labels = [found.titles[name] for name in shown]
    alt = joined(_shortfall(name, found) for name in shown)
    rows = tuple(
        (titles[structure], str(world), found.titles[name], _regret(structure, name, value))
        for structure, lost in found.regrets.items()
        for name in shown
        for world, value in enumerate(lost[name])
    )
    return Figure(
        name="regret_map",
        title=REGRET,
        alt=alt,
        draw=lambda language: regret_map(
            labels, blocks, UNIT, alt.to(language), language, synthetic=synthetic
        ),
        data=Rows(fields=REGRET_FIELDS, rows=rows),
    )


def _regret(structure: str, policy: str, value: float) -> Number:
    return Number(value=value, basis=f"comparison:{policy}:regret:{structure or 'drawn'}")


def _shortfall(name: str, found: Comparison) -> Text:
    lost = [value for by_policy in found.regrets.values() for value in by_policy[name]]
    best = sum(value <= 0.0 for value in lost)
    most = Text(number(max(lost), "en"), number(max(lost), "zh"))
    return SHORT.fill(policy=found.titles[name], best=best, worlds=len(lost), most=most)
