"""Provenance 溯源: what made the record and the report, and how to make them again."""

from importlib.metadata import version
from shlex import quote

from jiqun.record.schema import TABLES
from jiqun.report.block import Block, Grid, Items, Paragraph
from jiqun.report.section import Section
from jiqun.report.study import Study
from jiqun.vocabulary.text import Text

SOFTWARE = Text(
    "This report was made by jiqun {version} with seed {seed}. The same record, version and seed give the "
    "same bytes.",
    "本报告由 jiqun {version} 以随机种子 {seed} 生成;相同的记录、版本和种子生成完全相同的文件。",
)
RERUN = Text("To make it again: ", "重新生成:")
NO_STEPS = Text("The record does not say what made it.", "记录未说明其形成过程。")
CAPTION = Text("Steps that made the record", "记录的形成步骤")


def rerun(study: Study) -> str:
    """Return the command that makes the same report again."""
    words = ["jiqun", "report", f"{study.name}.jiqun", "--seed", str(study.seed)]
    if study.since is not None:
        words += ["--since", f"{study.since.name}.jiqun"]
    if study.shared:
        words.append("--share")
    if study.boundaries is not None:
        words += ["--boundaries", "FILE.geojson", "--attribution", study.boundaries.attribution]
        approval = study.boundaries.approval
        words += ["--map-approval", approval] if approval else []
    return " ".join(map(quote, words))


def _provenance(study: Study) -> tuple[Block, ...]:
    software = SOFTWARE.fill(version=version("jiqun"), seed=study.seed)
    made = (Paragraph(text=software), Items(items=((RERUN, rerun(study)),)))
    steps = study.record["provenance"]
    if not steps.height:
        return (*made, Paragraph(text=NO_STEPS))
    columns = TABLES["provenance"].columns
    rows = tuple(
        tuple(None if row[c.name] is None else str(row[c.name]) for c in columns)
        for row in steps.sort("step", "input", nulls_last=True).iter_rows(named=True)
    )
    return (*made, Grid(caption=CAPTION, heads=tuple(c.label for c in columns), rows=rows))


PROVENANCE = Section(
    name="provenance", title=Text("Provenance and how to rerun", "溯源与复现"), build=_provenance
)
