"""Labels that tell the numbers of one measure apart, by what each is of."""

from collections.abc import Sequence
from dataclasses import replace

from jiqun.measures.estimate import Estimate
from jiqun.vocabulary.codes import INNOVATION_MODE
from jiqun.vocabulary.text import Text, joined, same

WORDS = {
    "industry": Text("industry", "行业"),
    "region": Text("region", "区域"),
    "firm": Text("firm", "企业"),
    "alliance": Text("alliance", "联盟"),
    "platform": Text("platform", "平台"),
    "relation": Text("relation", "关系"),
    "statistic": Text("statistic", "统计量"),
    "window": Text("period", "时段"),
    "year": Text("year", "年份"),
    "radius": Text("radius", "半径"),
    "role": Text("role", "角色"),
    "axis": Text("axis", "维度"),
    "mode": Text("mode", "方式"),
    "given": Text("recorded as", "注明为"),
    "rule": Text("rule says", "规则判为"),
}
MODES = {**INNOVATION_MODE.terms, "undecided": Text("undecided", "无法判定")}
VALUES = {"mode": MODES, "given": MODES, "rule": MODES}
"""Key → names of its values, where they are codes."""
SAID = Text("{key} {value}", "{key}{value}")
WHOLE = {("window", "all"): Text("whole period", "整个时段")}
PAIR = Text("{key} {value}", "{key} {value}")
LABEL = Text("{label} ({pairs})", "{label}({pairs})")


def _pair(key: str, value: str) -> Text:
    word, name = WORDS.get(key, same(key)), VALUES.get(key, {}).get(value)
    told = PAIR.fill(key=word, value=value) if name is None else SAID.fill(key=word, value=name)
    return WHOLE.get((key, value), told)


def _differing(group: Sequence[Estimate]) -> set[str]:
    """Return the keys that do not have one and the same value in all estimates of a group."""
    pairs = [set(e.of) for e in group]
    shared = pairs[0].intersection(*pairs)
    return {key for key, _ in pairs[0].union(*pairs) - shared}


def told_apart(estimates: Sequence[Estimate]) -> tuple[Estimate, ...]:
    """Return the estimates, and to labels that several share add what sets each apart."""
    groups: dict[Text, list[Estimate]] = {}
    for e in estimates:
        groups.setdefault(e.label, []).append(e)
    differing = {label: _differing(group) for label, group in groups.items() if len(group) > 1}
    return tuple(_with_pairs(e, differing.get(e.label, set())) for e in estimates)


def _with_pairs(estimate: Estimate, keys: set[str]) -> Estimate:
    told = [_pair(key, value) for key, value in estimate.of if key in keys]
    if not told:
        return estimate
    return replace(estimate, label=LABEL.fill(label=estimate.label, pairs=joined(told, ", ", ",")))
