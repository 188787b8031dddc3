"""Key elements 关键要素: how probable each type is, and the ledger of what speaks for which.

Paper: T1 (the type rests on who innovates digitally and how), B5-B10 (Table 1)
"""

from collections.abc import Sequence

from jiqun.diagnosis.diagnosis import Diagnosis
from jiqun.diagnosis.findings import Evidence
from jiqun.report.block import Block, Cell, Field, Figure, Grid, Number, Paragraph, Rows, Value
from jiqun.report.figures.ledger import ledger
from jiqun.report.naming import fields_label
from jiqun.report.section import Section
from jiqun.report.study import Study
from jiqun.report.wording import gap
from jiqun.vocabulary.text import Text, capitalised, joined
from jiqun.vocabulary.typology import CLUSTER_TYPE, ELEMENT

STATUS = {
    "measured": Text("measured", "已测度"),
    "not_measured": Text("not measured", "未能测度"),
    "not_yet_observable": Text("not yet observable", "尚不可观测"),
}
TELLS_NOTHING = Text("does not tell the types apart", "不能区分类型")
POINTS = Text("points {strength} to: {types}", "{strength}指向:{types}")
CONTRADICTS = Text("contradicts the likeliest type", "与可能性最大的类型相矛盾")
NEEDED = Text("{reason} Needs: {needs}.", "{reason}所需数据:{needs}。")
NEEDS_ONLY = Text("Needs: {needs}.", "所需数据:{needs}。")
HOW = Text(
    "The five elements are those of the paper's Table 1. Each finding is turned into a log Bayes factor "
    "against a threshold of its own and tempered, since elements depend on each other; their sum with an "
    "even prior gives the probabilities. What contradicts the likeliest type comes first.",
    "五项要素依据论文表 1。每项发现按其自身阈值化为对数贝叶斯因子,因要素相互依存而加以调和;"
    "与均匀先验相加得到概率。与可能性最大的类型相矛盾者列于最前。",
)
PROBABILITIES = Text("How probable each type is", "各类型的概率")
PROBABILITY_HEADS = (Text("type", "类型"), Text("probability", "概率"))
LEDGER = Text("The ledger of evidence", "证据台账")
HEADS = (
    Text("element", "要素"),
    Text("what was found", "发现"),
    Text("what it points to", "指向"),
    Text("rests on", "依据"),
)
FINDING = Text("{element}: {title}", "{element}:{title}")
FIGURE = Text("How far each finding speaks for each type", "各项发现对各类型的支持程度")
ALT = Text(
    "{n} findings that can be weighed. The strongest, “{title}”, speaks for {types}. {against}",
    "共 {n} 项可权衡的发现。最强者“{title}”指向{types}。{against}",
)
NONE_AGAINST = Text("None contradicts the likeliest type.", "没有发现与可能性最大的类型相矛盾。")
SOME_AGAINST = Text("Against the likeliest type: {n}.", "其中 {n} 项与可能性最大的类型相矛盾。")
FIELDS = (
    Field("element", Text("element", "要素")),
    Field("title", Text("finding", "发现")),
    *(Field(code, term) for code, term in CLUSTER_TYPE.terms.items()),
    Field(
        "weight",
        Text("weight", "权重"),
        Text("Share of the log Bayes factor counted.", "计入的份额。"),
    ),
)


def names(codes: Sequence[str], terms: dict[str, Text]) -> Text:
    """List codes by their names."""
    return joined((terms[c] for c in codes), ", ", "、")


def pointing(line: Evidence, terms: dict[str, Text]) -> Text:
    """Say what a line of evidence speaks for, and whether it contradicts the verdict."""
    if line.status != "measured":
        return STATUS[line.status]
    if not line.points_to:
        return TELLS_NOTHING
    told = POINTS.fill(strength=line.strength, types=names(line.points_to, terms))
    if not line.contradicts:
        return told
    return joined((CONTRADICTS, told), "; ", ";")


def closed(reason: Text) -> Text:
    """Return a reason as a sentence: measures give it without a full stop, elements with one."""
    return Text(f"{reason.en.rstrip('.')}.", f"{reason.to('zh').rstrip('。')}。")


def lacking(line: Evidence) -> Text:
    """Say why a line was not measured and what it needs."""
    needs = fields_label(line.needs)
    if not line.needs:
        return line.reason
    if not line.reason.en:
        return NEEDS_ONLY.fill(needs=needs)
    return NEEDED.fill(reason=closed(line.reason), needs=needs)


def _row(line: Evidence) -> tuple[Cell, ...]:
    head = FINDING.fill(element=capitalised(ELEMENT.terms[line.element]), title=line.title)
    found = line.finding if line.status == "measured" else lacking(line)
    estimate = line.estimate if line.estimate is not None and line.estimate.measured else None
    rests: Cell = (estimate, gap(estimate), estimate.label) if estimate is not None else None
    return (head, found, pointing(line, dict(CLUSTER_TYPE.terms)), rests)


def _basis(line: Evidence) -> str:
    return line.estimate.id if line.estimate is not None else f"count:diagnosis.{line.element}"


def _data(line: Evidence) -> tuple[Value, ...]:
    factors = tuple(
        Number(value=line.log_bayes_factor[t], basis=_basis(line)) for t in CLUSTER_TYPE.codes
    )
    weight = Number(value=line.weight, basis=_basis(line))
    return (ELEMENT.terms[line.element], line.title, *factors, weight)


def _figure(weighed: tuple[Evidence, ...], study: Study) -> Figure:
    spread = [max(e.log_bayes_factor.values()) - min(e.log_bayes_factor.values()) for e in weighed]
    strongest = weighed[spread.index(max(spread))]
    against = sum(line.contradicts for line in weighed)
    alt = ALT.fill(
        n=len(weighed),
        title=strongest.title,
        types=names(strongest.points_to, dict(CLUSTER_TYPE.terms)),
        against=SOME_AGAINST.fill(n=against) if against else NONE_AGAINST,
    )
    return Figure(
        name="ledger",
        title=FIGURE,
        alt=alt,
        draw=lambda language: ledger(
            weighed, alt.to(language), language, synthetic=study.synthetic
        ),
        data=Rows(fields=FIELDS, rows=tuple(map(_data, weighed))),
    )


def probabilities(found: Diagnosis) -> Grid:
    """Return the table of types with their probabilities."""
    shown = sorted(found.type.probabilities.items(), key=lambda pair: -pair[1])
    return Grid(
        caption=PROBABILITIES,
        heads=PROBABILITY_HEADS,
        rows=tuple(
            (
                CLUSTER_TYPE.terms[code],
                Number(value=float(f"{share:.3g}"), basis=f"count:diagnosis.type.{code}"),
            )
            for code, share in shown
        ),
    )


def _elements(study: Study) -> tuple[Block, ...]:
    found = study.diagnosis
    if found is None:
        return ()
    weighed = tuple(line for line in found.type.evidence if line.log_bayes_factor)
    return (
        Paragraph(text=HOW),
        *((probabilities(found), _figure(weighed, study)) if weighed else ()),
        Grid(
            caption=LEDGER,
            heads=HEADS,
            rows=tuple(map(_row, found.type.evidence)),
            sheet="evidence",
        ),
    )


ELEMENTS = Section(name="elements", title=Text("Key elements", "关键要素"), build=_elements)
