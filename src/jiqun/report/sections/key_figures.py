"""Key figures 主要指标: each with interval, what the interval means, n, method and references."""

from jiqun.report import block
from jiqun.report.block import Block, Paragraph
from jiqun.report.section import Section
from jiqun.report.study import Study
from jiqun.vocabulary.text import Text

CHOICE = Text(
    "Where a measure gives many numbers and none for the whole record, the one that rests on the most "
    "observations is shown here; “Measures in full” has all of them, also those that only follow from "
    "how the source was made, such as the share of the one kind of tie that it lists.",
    "若某指标给出多个数值且没有针对整个记录的数值,此处显示观测数最多的一个;全部数值见“指标明细”一节,"
    "其中也包括仅由来源的编制方式决定的数值,例如来源只收录一类关系时该类关系的份额。",
)
NONE = Text(
    "No measure could be computed from this record; the section “Not measured” says why.",
    "本记录无法计算任何指标,原因见“未能测量的内容”一节。",
)


def _key_figures(study: Study) -> tuple[Block, ...]:
    if not study.key_figures:
        return (Paragraph(text=NONE),)
    return (Paragraph(text=CHOICE), block.KeyFigures(estimates=study.key_figures))


KEY_FIGURES = Section(name="key-figures", title=Text("Key figures", "主要指标"), build=_key_figures)
