"""The levers as the desk offers them, and a policy as a script."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jiqun.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class LeverWords:
    """One lever: its name in a scenario, its title, what it does, and where its slider ends.

    ``most`` is a budget in money per period; the sales of a bundled scenario are of the order of 100.
    """

    name: str
    title: Text
    meaning: Text
    most: float = 12.0


LEVERS = (
    LeverWords(
        "infrastructure",
        Text("Digital infrastructure", "数字基础设施"),
        Text(
            "Public networks and data centres in every region.", "在各区域建设公共网络与数据中心。"
        ),
    ),
    LeverWords(
        "core_cultivation",
        Text("Cultivation of core firms", "核心企业培育"),
        Text("Grants to a few chosen firms.", "对少数选定企业给予资助。"),
    ),
    LeverWords(
        "templates",
        Text("Templates for small firms", "中小企业数字化模板"),
        Text(
            "What worked elsewhere, packaged: it cuts the cost of adoption.",
            "将成熟做法打包推广,降低数字化成本。",
        ),
    ),
    LeverWords(
        "scenario_opening",
        Text("Opening of scenarios", "应用场景开放"),
        Text("Public demand for digital services.", "以公共需求带动数字服务。"),
    ),
    LeverWords(
        "data_circulation",
        Text("Rules for data circulation", "数据流通规则"),
        Text("Takes down barriers to sharing data.", "降低数据共享壁垒。"),
    ),
    LeverWords(
        "offline_virtual_coordination",
        Text("Offline-virtual coordination", "线上线下协同"),
        Text(
            "Pays part of data facilities near partners.", "分担在合作伙伴附近设立数据设施的成本。"
        ),
    ),
)


def python_for(order: Mapping[str, Any]) -> str:
    """Return a script that runs what the desk was asked for."""
    policy = ",\n        ".join(
        f"Policy(lever={json.dumps(s['lever'])}, start={order['start']}, "
        f"stop={max(order['periods'], order['start'] + 1)}, budget={s['budget']!r})"
        for s in order["policy"]
        if s["budget"] > 0
    )
    levers = f"(\n        {policy},\n    )" if policy else "()"
    return f"""\
from jiqun.model.scenario import bundled
from jiqun.model.scenario_schema import Policy
from jiqun.studio.desk import run, sized

scenario = bundled({json.dumps(order["scenario"])})
policy = {levers.replace("    ", "  ") if policy else levers}
for seed in range({order["seed"]}, {order["seed"] + order["runs"]}):
    baseline = run(sized(scenario, {order["size"]!r}, {order["periods"]}, ()), seed, bool)
    changed = run(sized(scenario, {order["size"]!r}, {order["periods"]}, policy), seed, bool)
    print(seed, baseline["sales"][-1], changed["sales"][-1])
"""
