"""The paper on trial 论文检验: what this one record says for and against the paper's own claims.

The reference card is made from the paper's words, so that a verdict by it takes the paper for granted.
Here it does not: order against freedom, stretches without the card, findings that fit no type.

Paper: T1 (elements go with the type), Q4, Q17 ("three stages" is a hypothesis), S1-S18, P3
"""

import math
from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import Literal

from jiqun.diagnosis.diagnosis import Diagnosis
from jiqun.diagnosis.findings import Evidence, Trial
from jiqun.diagnosis.stage.table_two import answers
from jiqun.experiments.census import BY_NAME
from jiqun.experiments.comparison import Comparison, Duel
from jiqun.report.block import Block, Cell, Grid, Paragraph
from jiqun.report.formatting import number
from jiqun.report.naming import listed
from jiqun.report.section import Section
from jiqun.report.study import Study
from jiqun.vocabulary.text import Text, joined
from jiqun.vocabulary.typology import CLUSTER_TYPE, ELEMENT, STAGE, STAGES_OF

Answer = Literal["for", "against", "open", "silent"]
ANSWERS: dict[Answer, Text] = {
    "for": Text("+ speaks for it", "+ 支持"),
    "against": Text("− speaks against it", "− 不支持"),
    "open": Text("? undecided", "? 不能确定"),
    "silent": Text("– cannot be asked here", "– 此处无法检验"),
}
CLEAR = 1.1
"""Log Bayes factor from which evidence is called clear: odds of 3 to 1."""
PAPERS = (3, 4)
"""Stretches that the paper leads one to expect: three stages, alone or after traditional beginnings."""
HOW = Text(
    "The paper’s claims are hypotheses, and one record is one case: it can speak against a general claim, and "
    "hardly for it. Odds of 3 to 1 are called clear.",
    "论文的论断是假说,一份记录只是一个案例:可以构成反例,却难以证实一般论断。优势比达到 3:1 视为明确。",
)
CAPTION = Text("The paper’s claims, held to this record", "以本记录检验论文的论断")
HEADS = (
    Text("claim (row of the paper)", "论断(论文条目)"),
    Text("what the record says", "记录所示"),
    Text("answer", "结论"),
)
ORDER = Text("Stages follow one another in one order (Q17)", "各阶段依次出现(Q17)")
ORDERED = Text(
    "The course of the markers over {windows} windows is {odds} times as probable where stages come one after "
    "the other as where a cluster goes freely between them.",
    "{windows} 个时段的标志走向,在阶段依次出现的假设下的概率为自由变化假设下的 {odds} 倍。",
)
NUMBER = Text("There are three stages (Q4, Q17)", "共有三个阶段(Q4、Q17)")
STRETCHES = Text(
    "Without the reference card, the record falls most probably into {k} stretches; three or four (three stages, "
    "alone or after traditional beginnings) are {odds} times as probable as the best other number.",
    "不依据参照卡,记录最可能分为 {k} 段;三段或四段(三个阶段,或其前另有传统阶段)的概率为其余段数中最佳者的 "
    "{odds} 倍。",
)
FEWER = Text(
    "Fewer stretches may only mean that the record begins late or ends early.",
    "段数较少也可能只是记录起始较晚或结束较早。",
)
TOO_SHORT = Text(
    "Fewer than six windows could be read, or no type that has stages is likeliest.",
    "可读时段不足六个,或可能性最大的类型没有阶段。",
)
TOGETHER = Text("Elements of Table 1 go together with the type (T1)", "表 1 各要素与类型一致(T1)")
COUNTED = Text(
    "Of {n} elements that tell the types apart, {agree} point to the likeliest type, {type}; {against} do not: "
    "{names}.",
    "能区分类型的 {n} 项要素中,{agree} 项指向可能性最大的类型({type}),{against} 项不指向:{names}。",
)
ALL_AGREE = Text(
    "All {n} elements that tell the types apart point to the likeliest type, {type}.",
    "能区分类型的 {n} 项要素全部指向可能性最大的类型({type})。",
)
TOO_FEW = Text(
    "Fewer than two elements tell the types apart in this record.",
    "本记录中能区分类型的要素不足两项。",
)
FITS = Text("Its types describe what is found (Table 1)", "其类型能够描述所见(表 1)")
ODD = Text(
    "{n} of {of} findings would be more probable by chance than under any of the types: {names}.",
    "{of} 项发现中有 {n} 项在任何类型下都不如随机情形更可能:{names}。",
)
ALL_FIT = Text(
    "Each of {of} findings fits at least one of the types.", "{of} 项发现均至少符合一种类型。"
)
NO_FINDING = Text("No finding could be weighed.", "没有可权衡的发现。")
MARKS = Text("Markers of Table 2 are met stage by stage (S1-S18)", "表 2 的标志逐阶段达成(S1-S18)")
MET = Text("{stage}: {met} of {known} met", "{stage}:{known} 项中达成 {met} 项")
FEW_MARKS = Text("Markers of fewer than two stages could be read.", "能够读取标志的阶段不足两个。")
MATCH = Text(
    "Policy that matches the diagnosed type does better (P3)", "按诊断类型施策效果更好(P3)"
)
MATCHED = Text(
    "In the model, policy by diagnosed type gains {mean} percentage points on the same policy with the type told "
    "by chance ({low} to {high}).",
    "在模型中,按诊断类型施策比类型随机的同一政策多 {mean} 个百分点({low} 至 {high})。",
)
NOT_COMPARED = Text(
    "No comparison of policies with its control was given (jiqun compare).",
    "未提供带对照的政策比较(jiqun compare)。",
)
CHANCE = "~chance"
Row = tuple[Text, Text, Answer]


def _odds(log_odds: float) -> Text:
    times = math.exp(min(max(log_odds, -30.0), 30.0))
    return Text(number(times, "en"), number(times, "zh"))


def _clear(log_odds: float) -> Answer:
    if log_odds > CLEAR:
        return "for"
    return "against" if log_odds < -CLEAR else "open"


def _order(found: Trial | None) -> Row:
    if found is None:
        return (ORDER, TOO_SHORT, "silent")
    told = ORDERED.fill(windows=found.windows, odds=_odds(found.ordered))
    return (ORDER, told, _clear(found.ordered))


def _number(found: Trial | None) -> Row:
    if found is None:
        return (NUMBER, TOO_SHORT, "silent")
    own = max(found.stretches[k] for k in PAPERS)
    odds = own - max(v for k, v in found.stretches.items() if k not in PAPERS)
    told = STRETCHES.fill(k=found.likeliest, odds=_odds(odds))
    if found.likeliest < min(PAPERS):
        told = joined((told, FEWER))
        return (NUMBER, told, "open")
    return (NUMBER, told, _clear(odds))


def _elements(lines: Sequence[Evidence]) -> Text:
    return listed(tuple(dict.fromkeys(ELEMENT.terms[line.element] for line in lines)))


def _together(found: Diagnosis) -> Row:
    likeliest = found.type.likeliest
    telling = [line for line in found.type.evidence if line.points_to]
    by = {line.element for line in telling}
    against = [line for line in telling if likeliest not in line.points_to]
    off = {line.element for line in against}
    told = {"n": len(by), "type": CLUSTER_TYPE.terms[likeliest]}
    if len(by) <= 1:
        return (TOGETHER, TOO_FEW, "silent")
    if not against:
        return (TOGETHER, ALL_AGREE.fill(**told), "for")
    counted = COUNTED.fill(**told, agree=len(by - off), against=len(off), names=_elements(against))
    return (TOGETHER, counted, "against" if len(off) > len(by - off) else "open")


def _fits(found: Diagnosis) -> Row:
    weighed = [line for line in found.type.evidence if line.log_bayes_factor]
    odd = [line for line in weighed if line.log_fit < 0.0]
    if not weighed:
        return (FITS, NO_FINDING, "silent")
    if not odd:
        return (FITS, ALL_FIT.fill(of=len(weighed)), "for")
    names = listed(tuple(line.title for line in odd))
    total = sum(line.log_fit for line in weighed)
    told = ODD.fill(n=len(odd), of=len(weighed), names=names)
    return (FITS, told, "against" if total < -CLEAR else "open")


def _markers(found: Diagnosis) -> Row:
    path = max(STAGES_OF, key=lambda code: found.type.probabilities[code])
    stages = STAGES_OF[path]
    known = [a for a in answers(found.stage) if a.answer in {"met", "in_part", "not_met"}]
    counts = {
        stage: [a.answer != "not_met" for a in known if a.cell.stage == stage] for stage in stages
    }
    read = {stage: each for stage, each in counts.items() if each}
    if len(read) <= 1:
        return (MARKS, FEW_MARKS, "silent")
    told = listed(
        tuple(
            MET.fill(stage=STAGE.terms[stage], met=sum(each), known=len(each))
            for stage, each in read.items()
        )
    )
    shares = [sum(each) / len(each) for each in read.values()]
    if any(_skipped(a, b) for a, b in combinations(read.values(), 2)):
        return (MARKS, told, "against")
    falls = all(a >= b for a, b in pairwise(shares))
    return (MARKS, told, "for" if falls and shares[0] > shares[-1] else "open")


def _skipped(before: Sequence[bool], after: Sequence[bool]) -> bool:
    """Say whether all of a stage is met and nothing of one before it, on two markers each or more."""
    return min(len(before), len(after)) > 1 and all(after) and not any(before)


def _against_chance(found: Comparison) -> tuple[Duel, float] | None:
    """Return the duel of a policy by diagnosis with its control by chance, and its sign."""
    for duel in found.duels:
        for one, other, sign in ((duel.one, duel.other, 1.0), (duel.other, duel.one, -1.0)):
            if other == f"{one}{CHANCE}":
                return duel, sign
    return None


def _matched(found: Comparison | None) -> Row:
    pair = None if found is None else _against_chance(found)
    if pair is None or pair[0].low is None or pair[0].high is None:
        return (MATCH, NOT_COMPARED, "silent")
    duel, sign = pair
    sign = -sign if found is not None and BY_NAME[found.criterion].better == "less" else sign
    low, high = sorted((sign * (duel.low or 0.0), sign * (duel.high or 0.0)))
    ends = {"mean": f"{sign * duel.mean:.1f}", "low": f"{low:.1f}", "high": f"{high:.1f}"}
    verdict: Answer = "for" if low > 0.0 else "against" if high < 0.0 else "open"
    return (MATCH, MATCHED.fill(**ends), verdict)


def _paper(study: Study) -> tuple[Block, ...]:
    found = study.diagnosis
    if found is None:
        return ()
    trial = found.stage.trial
    rows = (
        _order(trial),
        _number(trial),
        _together(found),
        _fits(found),
        _markers(found),
        _matched(study.comparison),
    )
    told: tuple[tuple[Cell, ...], ...] = tuple((a, b, ANSWERS[c]) for a, b, c in rows)
    grid = Grid(caption=CAPTION, heads=HEADS, rows=told, sheet="paper")
    return (Paragraph(text=HOW), grid)


PAPER = Section(name="paper", title=Text("The paper on trial", "论文检验"), build=_paper)
