"""Census 统计快照: what is kept of a run, one row a year.

Every outcome is a sum, a share or a spread over the living firms of one period (a quarter); how they
are taken is in :mod:`jiqun.experiments.counting`. 30 years of these numbers take about 4 kB.

Paper: Q22 (who gains and who loses), Z13, Z14 (core firms), P3a (small firms).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from jiqun.model.scenario_schema import Scenario
from jiqun.model.state import LIVING
from jiqun.model.world import World
from jiqun.vocabulary.text import Text

Floats = NDArray[np.float64]
YEAR = 4
"""Periods in a year."""
LEADING = 3
"""Firms with most sales whose elasticity is averaged."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One number of a census: name, label, unit, and whether more of it is better."""

    name: str
    label: Text
    unit: Text
    better: Literal["more", "less", "neither"] = "neither"


MONEY = Text("money/quarter", "货币单位/季")
FIRMS = Text("firms", "家")
SHARE = Text("share", "占比")
OUTCOMES: tuple[Outcome, ...] = (
    Outcome("sales", Text("sales of the cluster", "集群销售额"), MONEY, "more"),
    Outcome("digital_share", Text("share of digital services in sales", "数字业务占比"), SHARE),
    Outcome("core_sales", Text("sales of the founding core", "初始核心企业销售额"), MONEY, "more"),
    Outcome("small_sales", Text("sales of small firms", "小企业销售额"), MONEY, "more"),
    Outcome("outside_sales", Text("sales of the outside region", "区域外销售额"), MONEY, "more"),
    Outcome("profit", Text("profit of the cluster", "集群利润"), MONEY, "more"),
    Outcome("firms", Text("firms", "企业数"), FIRMS, "more"),
    Outcome("entered", Text("entries so far", "累计进入企业数"), FIRMS),
    Outcome("left", Text("exits so far", "累计退出企业数"), FIRMS, "less"),
    Outcome(
        "factors", Text("traditional factors in use", "传统要素投入"), Text("100 persons", "百人")
    ),
    Outcome("digital", Text("mean digital capability", "平均数字能力"), SHARE, "more"),
    Outcome(
        "small_digital",
        Text("mean digital capability of small firms", "小企业平均数字能力"),
        SHARE,
        "more",
    ),
    Outcome("data", Text("data stock", "数据存量"), Text("data", "数据单位")),
    Outcome("users", Text("users of platforms", "平台用户数"), Text("users", "户")),
    Outcome(
        "sigma",
        Text("substitution elasticity of the leading firms", "主导企业替代弹性"),
        Text("1", "1"),
    ),
    Outcome(
        "size_spread",
        Text("spread of log sales between firms", "企业销售额对数离散度"),
        Text("1", "1"),
    ),
    Outcome(
        "top_share", Text("share of the four largest firms in sales", "前四大企业销售占比"), SHARE
    ),
    Outcome("ties", Text("supply ties per firm", "户均供应关系数"), Text("ties", "条")),
    Outcome("alliance_members", Text("firms in alliances started here", "联盟成员总数"), FIRMS),
)
NAMES: tuple[str, ...] = tuple(outcome.name for outcome in OUTCOMES)
BY_NAME: dict[str, Outcome] = {outcome.name: outcome for outcome in OUTCOMES}


@dataclass(frozen=True, slots=True)
class Groups:
    """Who counts as core and as small, fixed before the first period.

    Attributes
    ----------
    core
        Keys of the founding core firms, shape (core,).
    small
        Traditional factors below which a firm is small: the median at the start.
    spent
        Spending on goods in the first period, and its growth in a period.
    """

    core: NDArray[np.int64]
    small: float
    spent: tuple[float, float]


def groups_of(scenario: Scenario, w: World) -> Groups:
    """Return who is core and small in a world before its first period."""
    living = w.lists.roster[: int(w.tally[LIVING])]
    first, core = 0, np.empty(0, dtype=np.int64)
    for group in scenario.groups:
        if scenario.core is not None and scenario.core.group == group.name:
            core = np.arange(first, first + scenario.core.firms)
        first += group.firms
    factors = w.firms.factors[living]
    spent = float(w.industries.demand[: len(scenario.industries)].sum())
    return Groups(
        w.firms.key[core] if core.size else core,
        float(np.median(factors)) if factors.size else 0.0,
        (spent, scenario.rules.market.demand_growth),
    )
