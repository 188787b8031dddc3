"""Methods 方法: the formula and the works behind each measure that gave a number."""

from jiqun.report.bibliography import citation, used
from jiqun.report.block import Block, Download, Equation, Field, Heading, Items, Paragraph, Rows
from jiqun.report.equations import EQUATIONS
from jiqun.report.naming import measure_question, measure_title
from jiqun.report.section import Section
from jiqun.report.study import Study
from jiqun.vocabulary.text import Text

HOW = Text(
    "How each number was made stands beside it under “Measures in full”. Here are the formulas and the "
    "works that the methods are from; jq.citation(study) gives them as BibTeX, with the data and the program.",
    "每个数值的计算方法见“指标明细”。此处列出公式与方法出处;jq.citation(study) 以 BibTeX 给出这些文献、"
    "数据来源与程序的引用条目。",
)
BIBTEX = Text("What to cite, as BibTeX", "引用条目(BibTeX)")
FIELDS = (Field("bibtex", Text("BibTeX entry", "BibTeX 条目")),)


def _measure(name: str, works: tuple[str, ...]) -> list[Block]:
    formula = EQUATIONS.get(name)
    return [
        Heading(text=measure_title(name)),
        *(Paragraph(text=question) for question in measure_question(name)),
        *((Equation(formula=formula),) if formula is not None else ()),
        *((Items(items=tuple((words,) for words in works)),) if works else ()),
    ]


def _methods(study: Study) -> tuple[Block, ...]:
    found = {name: tuple(r.words for r in works) for name, works in used(study).items()}
    told = {name: works for name, works in found.items() if works or name in EQUATIONS}
    if not told:
        return ()
    entries = tuple((entry,) for entry in citation(study).strip().split("\n\n"))
    return (
        Paragraph(text=HOW),
        *(block for name, works in told.items() for block in _measure(name, works)),
        Download(
            name="bibtex", title=BIBTEX, data=Rows(fields=FIELDS, rows=entries), total=len(entries)
        ),
    )


METHODS = Section(
    name="methods", title=Text("Methods and references", "方法与参考文献"), build=_methods
)
