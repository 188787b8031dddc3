"""Patterns 典型事实: what real clusters show, the number that the model should give, and what it gives.

Each pattern is computed on records, so that a real record can be held against it as well. Which ones
parameters were set by (*calibrate*) and which were only scored (*hold out*) was written down before.

References
----------
Axtell, R. L. (2001). Zipf distribution of U.S. firm sizes. Science 293. doi:10.1126/science.1062081
Fu, D. et al. (2005). The growth of business firms: theoretical framework and empirical evidence. PNAS
102(52). doi:10.1073/pnas.0509543102
Disdier, A.-C. & Head, K. (2008). The puzzling persistence of the distance effect on bilateral trade.
Review of Economics and Statistics 90(1). doi:10.1162/rest.90.1.37
Tomasello, M. V. et al. (2016). The rise and fall of R&D networks. Industrial and Corporate Change.
doi:10.1093/icc/dtw041
Gabaix, X. & Ibragimov, R. (2011). Rank - 1/2. Journal of Business & Economic Statistics 29(1).
doi:10.1198/jbes.2009.06157

Paper: E5, K3i, N2a, T5 (what distance, alliances and platforms are held against).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from jiqun.model.pattern_numbers import (
    adoption_gap,
    alliance_years,
    bass_imitation,
    body_of_growth,
    cross_region_trend,
    distance_slope_of_alliances,
    distance_slope_of_ties,
    failed_platforms,
    life_of_failed_platforms,
    size_tail,
    squares_over_triangles,
    staff_of_owners,
    tail_of_growth,
    tie_years,
    ties_gone,
    volatility_slope,
)
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

Scenario = Literal["traditional", "incumbent_core", "native_core"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One pattern: what it is, the range that counts as met, in which scenario, and its role."""

    label: Text
    low: float
    high: float
    scenario: Scenario
    calibrated: bool
    of: Callable[[Record], float]

    def met(self, value: float) -> bool:
        """Say whether a number lies in the range."""
        return self.low <= value <= self.high


PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        label=Text("tail exponent of firm size (about 1)", "企业规模尾部指数(约 1)"),
        low=0.8,
        high=1.3,
        scenario="incumbent_core",
        calibrated=True,
        of=size_tail,
    ),
    Pattern(
        label=Text("mean life of a supply tie, years (about 6)", "供应关系平均寿命,年(约 6)"),
        low=4.5,
        high=7.5,
        scenario="incumbent_core",
        calibrated=True,
        of=tie_years,
    ),
    Pattern(
        label=Text("elasticity of trade to distance (about -0.9)", "贸易的距离弹性(约 -0.9)"),
        low=-1.2,
        high=-0.6,
        scenario="incumbent_core",
        calibrated=True,
        of=distance_slope_of_ties,
    ),
    Pattern(
        label=Text("mean length of an alliance, years (about 2)", "联盟平均存续,年(约 2)"),
        low=1.5,
        high=2.5,
        scenario="native_core",
        calibrated=True,
        of=alliance_years,
    ),
    Pattern(
        label=Text(
            "platform use of large over small firms (56% to 23%)",
            "大企业与小企业平台使用率之比(56% 对 23%)",
        ),
        low=1.6,
        high=3.4,
        scenario="incumbent_core",
        calibrated=True,
        of=adoption_gap,
    ),
    Pattern(
        label=Text("Bass imitation of joining, a year (about 0.38)", "Bass 模仿系数,年(约 0.38)"),
        low=0.2,
        high=0.6,
        scenario="native_core",
        calibrated=True,
        of=bass_imitation,
    ),
    Pattern(
        label=Text(
            "mean life of platforms that failed, years (just under 5)",
            "失败平台平均寿命,年(略低于 5)",
        ),
        low=3.5,
        high=6.0,
        scenario="native_core",
        calibrated=True,
        of=life_of_failed_platforms,
    ),
    Pattern(
        label=Text(
            "body of growth rates: mean absolute over standard deviation (Laplace 0.71, normal 0.80)",
            "增长率主体:平均绝对值与标准差之比(拉普拉斯 0.71,正态 0.80)",
        ),
        low=0.60,
        high=0.76,
        scenario="incumbent_core",
        calibrated=False,
        of=body_of_growth,
    ),
    Pattern(
        label=Text("tail exponent of growth rates (about 3)", "增长率尾部指数(约 3)"),
        low=2.0,
        high=4.0,
        scenario="incumbent_core",
        calibrated=False,
        of=tail_of_growth,
    ),
    Pattern(
        label=Text(
            "volatility of growth against size (about -0.2)", "增长波动与规模的弹性(约 -0.2)"
        ),
        low=-0.3,
        high=-0.1,
        scenario="incumbent_core",
        calibrated=False,
        of=volatility_slope,
    ),
    Pattern(
        label=Text(
            "supply ties gone after five years (about half)", "五年后消失的供应关系(约一半)"
        ),
        low=0.4,
        high=0.6,
        scenario="incumbent_core",
        calibrated=False,
        of=ties_gone,
    ),
    Pattern(
        label=Text(
            "elasticity of joint innovation to distance (negative, smaller than trade's)",
            "合作创新的距离弹性(为负,小于贸易)",
        ),
        low=-0.6,
        high=-0.05,
        scenario="native_core",
        calibrated=False,
        of=distance_slope_of_alliances,
    ),
    Pattern(
        label=Text(
            "excess of closed squares over that of triangles in supply (above 1)",
            "供应网络中四边形超额与三角形超额之比(大于 1)",
        ),
        low=1.0,
        high=np.inf,
        scenario="incumbent_core",
        calibrated=False,
        of=squares_over_triangles,
    ),
    Pattern(
        label=Text("platforms that fail (209 of 252)", "失败平台占比(252 家中 209 家)"),
        low=0.7,
        high=0.95,
        scenario="native_core",
        calibrated=False,
        of=failed_platforms,
    ),
    Pattern(
        label=Text(
            "staff of platform owners at equal sales (half)", "等销售额下平台企业用工(一半)"
        ),
        low=0.35,
        high=0.7,
        scenario="native_core",
        calibrated=False,
        of=staff_of_owners,
    ),
    Pattern(
        label=Text(
            "share of ties to other regions, last over first five years (rising)",
            "跨区域联系占比:末五年与首五年之比(上升)",
        ),
        low=1.05,
        high=np.inf,
        scenario="native_core",
        calibrated=False,
        of=cross_region_trend,
    ),
)


@dataclass(frozen=True, slots=True)
class Score:
    """A pattern with what the model gave: mean over runs, and their tenth to ninetieth hundredth."""

    pattern: Pattern
    value: float
    low: float
    high: float
    met: bool


def scored(records: Mapping[str, Sequence[Record]]) -> tuple[Score, ...]:
    """Score every pattern on the records of its scenario; it is met where the mean is in range."""
    scores = []
    for pattern in PATTERNS:
        found = np.array([pattern.of(record) for record in records[pattern.scenario]])
        seen = found[np.isfinite(found)]
        if seen.size == 0:
            scores.append(Score(pattern, np.nan, np.nan, np.nan, met=False))
            continue
        low, high = np.percentile(seen, (10, 90))
        value = float(seen.mean())
        scores.append(Score(pattern, value, float(low), float(high), met=pattern.met(value)))
    return tuple(scores)


def as_table(scores: Sequence[Score], *, language: Literal["en", "zh"]) -> str:
    """Return the scores as a Markdown table, calibrated ones first."""
    head = Text(
        "| pattern | range | model | 10 … 90% of runs | met |",
        "| 典型事实 | 目标区间 | 模型 | 各次运行的 10 … 90% | 是否符合 |",
    )
    roles = Text("calibrated", "用于校准"), Text("held out", "留出检验")
    lines = [head.to(language), "|---" * 5 + "|"]
    for calibrated, role in zip((True, False), roles, strict=True):
        lines.append(f"| **{role.to(language)}** | | | | |")
        for s in scores:
            if s.pattern.calibrated is calibrated:
                met = Text("yes", "是") if s.met else Text("**no**", "**否**")
                span = f"{s.pattern.low:g} … {s.pattern.high:g}"
                lines.append(
                    f"| {s.pattern.label.to(language)} | {span} | {s.value:.2f} | "
                    f"{s.low:.2f} … {s.high:.2f} | {met.to(language)} |"
                )
    return "\n".join(lines) + "\n"
