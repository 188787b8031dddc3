"""Glossary 术语表: the words of the report in both languages."""

from jiqun.record.schema import TABLES
from jiqun.report.block import Block, Cell, Grid, Term
from jiqun.report.naming import measure_question, measure_title
from jiqun.report.section import Section
from jiqun.report.study import Study
from jiqun.vocabulary.text import Text

TERMS = (
    (
        Text("record", "记录"),
        Text("The dated tables that this report is made from.", "生成本报告所依据的带日期的表。"),
    ),
    (
        Text("estimate", "估计"),
        Text(
            "A number with its doubt, or the reason why there is none.",
            "带有不确定性的数值,或没有数值的原因。",
        ),
    ),
    (
        Text("interval", "区间"),
        Text(
            "A range beside a number. What it means is told with each: it may be where the true value is "
            "likely to lie, or what chance alone would give.",
            "数值旁的范围,其含义随指标注明:可能是真值所在的范围,也可能是纯属偶然时会出现的范围。",
        ),
    ),
    (
        Text("observations (n)", "观测数(n)"),
        Text(
            "How many firms, ties or other rows a number rests on.",
            "数值所依据的企业、关系或其他行的数量。",
        ),
    ),
    (
        Text("digital industrial cluster", "数字产业集群"),
        Text(
            "Firms and related institutions concentrated in geographic space and in network space, resting "
            "on digital platforms and data.",
            "依托数字平台和数据、在地理空间与网络空间集聚的企业及相关机构。",
        ),
    ),
    (
        Text("bilateral tie", "双边关系"),
        Text("A relation of two firms, such as supply.", "两家企业之间的关系,如供应。"),
    ),
    (
        Text("multilateral alliance", "多边协同创新联盟"),
        Text(
            "A joint undertaking that its members carry together.",
            "由各成员共同支撑的联合创新组织。",
        ),
    ),
)
HEADS = (Text("in English", "英文"), Text("in Chinese", "中文"), Text("meaning", "含义"))
CAPTION = Text("Words used", "用语")


def _glossary(study: Study) -> tuple[Block, ...]:
    tables = tuple((TABLES[t].label, TABLES[t].meaning) for t in study.summary.rows)
    measures = tuple(
        (measure_title(name), question)
        for name in study.measurement
        for question in measure_question(name)
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (Term(words=term.en, language="en"), Term(words=term.to("zh"), language="zh"), meaning)
        for term, meaning in (*TERMS, *tables, *measures)
    )
    return (Grid(caption=CAPTION, heads=HEADS, rows=rows),)


GLOSSARY = Section(name="glossary", title=Text("Glossary", "术语表"), build=_glossary)
