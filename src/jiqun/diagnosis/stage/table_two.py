"""The eighteen markers of Table 2 阶段标志, each met, not met, open, or not observable.

A marker is met where its whole interval lies nearer to what the reference card expects in its stage than
to what it expects before digitalization, and not met where the whole of it lies on the other side. A
record can meet markers of several stages: which stage that makes is for the diagnosis to weigh.

Paper: S1-S18 (the cells of Table 2)
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from jiqun.diagnosis.card import STATES, reference_card
from jiqun.diagnosis.findings import Evidence, StageDiagnosis
from jiqun.diagnosis.stage.markers import MARKERS, MIX
from jiqun.measures.estimate import Estimate
from jiqun.vocabulary.text import Text

Answer = Literal["met", "in_part", "not_met", "open", "not_observable"]
LEAST_DIFFERENCE = 0.06
"""Difference to the state before digitalization below which a marker tells nothing, on the card's scale."""
LOGARITHMIC = frozenset(m.name for m in MARKERS if m.logarithm)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of Table 2.

    Attributes
    ----------
    paper
        Id of the row of the paper.
    stage
        Stage that it marks.
    words
        What the paper says, shortened.
    markers
        Names of the numbers that it is read from.
    """

    paper: str
    stage: str
    words: Text
    markers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellAnswer:
    """What a record says about one cell.

    Attributes
    ----------
    cell
        The cell.
    answer
        ``open`` where an interval reaches over the line, or the card expects no difference.
    lines
        The evidence that was read, measured or not.
    """

    cell: Cell
    answer: Answer
    lines: tuple[Evidence, ...]


def _cell(paper: str, stage: str, words: Text, *markers: str) -> Cell:
    return Cell(paper=paper, stage=stage, words=words, markers=markers)


CELLS = (
    _cell(
        "S1",
        "basic_digitalization",
        Text("digital tools adopted, for an efficient supply chain", "引入数字化工具,以供应链效率提升为目标"),
        "on_platforms",
    ),
    _cell(
        "S2",
        "basic_digitalization",
        Text("simple applications within firms", "企业内的简单数字技术应用"),
        "modes",
    ),
    _cell(
        "S3",
        "basic_digitalization",
        Text("cooperation along the supply chain", "纵向供应链协作为主"),
        "vertical",
    ),
    _cell(
        "S4",
        "multiple_innovation",
        Text("business models spread to many industries", "商业模式从单行业向多行业延展"),
        "functions",
    ),
    _cell(
        "S5",
        "multiple_innovation",
        Text("applications between firms", "企业间的数字技术应用创新"),
        "modes",
        "joint",
    ),
    _cell(
        "S6",
        "multiple_innovation",
        Text("a network of many kinds of ties", "多维网络协作初具规模"),
        "kinds_of_tie",
    ),
    _cell(
        "S7",
        "ecosystem_building",
        Text("an open and flexible ecosystem", "更开放与灵活的生态系统"),
        "members",
        "working_soon",
    ),
    _cell(
        "S8",
        "ecosystem_building",
        Text("from one value chain to a value network", "从单一价值链转向价值网络"),
        "closed_loops",
        "multilateral",
    ),
    _cell(
        "S9",
        "ecosystem_building",
        Text("cooperation beyond industry and region", "企业合作超越行业与地域边界"),
        "cross_region",
    ),
    _cell(
        "S10",
        "platform_building",
        Text("an open platform that firms join quickly", "开放式数字平台,支持企业快速接入"),
        "on_platforms",
        "working_soon",
    ),
    _cell(
        "S11",
        "platform_building",
        Text("innovation of infrastructure, platforms and tools", "基础设施、平台与协作工具创新"),
        "infrastructure",
    ),
    _cell(
        "S12",
        "platform_building",
        Text("first cooperation supported by the platform", "平台支持初步协作"),
        "multilateral",
    ),
    _cell(
        "S13",
        "dynamic_innovation",
        Text("functions for many industries, network effects", "平台功能扩展至多行业,网络效应增强"),
        "functions",
        "installed_base",
    ),
    _cell(
        "S14",
        "dynamic_innovation",
        Text("incremental and radical innovation together", "渐进式创新与突破性创新结合"),
        "radical_and_incremental",
        "modes",
    ),
    _cell(
        "S15",
        "dynamic_innovation",
        Text("joint innovation across fields", "跨领域动态协作,联合创新"),
        "joint",
    ),
    _cell(
        "S16",
        "ecosystem_optimization",
        Text("a multilateral network around the platform", "平台企业主导,多边协作网络形成"),
        "members",
        "multilateral",
    ),
    _cell(
        "S17",
        "ecosystem_optimization",
        Text("a closed loop; the ecosystem drives innovation", "转向生态协作,闭环创新生态圈形成"),
        "closed_loops",
        "follow_on_by_others",
        "owner_initiates",
    ),
    _cell(
        "S18",
        "ecosystem_optimization",
        Text("wider integration and transparency", "更大范围资源整合与透明性"),
        "traceable",
    ),
)  # fmt: skip


def answers(stage: StageDiagnosis) -> tuple[CellAnswer, ...]:
    """Answer every cell from the markers of their last known window."""
    found = {line.element: line for line in stage.evidence}
    return tuple(_answered(cell, found) for cell in CELLS)


def _answered(cell: Cell, found: Mapping[str, Evidence]) -> CellAnswer:
    lines = tuple(found[name] for name in cell.markers if name in found)
    told = {_judged(line, cell.stage) for line in lines if line.status == "measured"}
    known = told - {"open"}
    answer: Answer
    if not told:
        answer = "not_observable"
    elif not known:
        answer = "open"
    elif len(known) > 1:
        answer = "in_part"
    else:
        answer = "met" if "met" in known else "not_met"
    return CellAnswer(cell=cell, answer=answer, lines=lines)


def _judged(line: Evidence, stage: str) -> Answer:
    """Judge one marker against one stage."""
    if line.element == MIX.name:
        if stage not in line.log_bayes_factor:
            return "open"
        return "met" if stage in line.points_to else "not_met"
    if line.estimate is None:
        return "open"
    return judged(line.element, line.estimate, stage)


def judged(marker: str, estimate: Estimate, stage: str) -> Answer:
    """Say on which side of the line between baseline and stage the interval lies."""
    card = reference_card().stages
    expected = card.shares.get(marker) or card.indices.get(marker)
    if expected is None or estimate.value is None:
        return "open"
    before, there = (float(expected.means[STATES.index(s)]) for s in ("baseline", stage))
    if abs(there - before) < LEAST_DIFFERENCE or estimate.low is None or estimate.high is None:
        return "open"
    line, upward = (before + there) / 2, there > before
    low, high = (_scaled(x, marker) for x in (estimate.low, estimate.high))
    if (low > line) if upward else (high < line):
        return "met"
    return "not_met" if ((high < line) if upward else (low > line)) else "open"


def _scaled(value: float, marker: str) -> float:
    """Return a value on the scale of the card."""
    if marker not in LOGARITHMIC:
        return value
    return math.log(value) if value > 0.0 else -math.inf
