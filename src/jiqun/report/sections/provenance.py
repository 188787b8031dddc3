"""Provenance 溯源: what made the record and the report, and how to make them again."""

from importlib.metadata import version
from shlex import quote

from jiqun.record.schema import TABLES
from jiqun.report.block import Block, Grid, Items, Paragraph, Value
from jiqun.report.section import Section
from jiqun.report.study import Study
from jiqun.vocabulary.text import Text

SOFTWARE = Text(
    "This report was made by jiqun {version} with seed {seed}. The same record, version and seed give the "
    "same bytes.",
    "本报告由 jiqun {version} 以随机种子 {seed} 生成;相同的记录、版本和种子生成完全相同的文件。",
)
RERUN = Text(
    "To make it again, with the same files at hand (add --to for the form, such as --to xlsx for the workbook, and --lang for one language): ",
    "以同样的文件重新生成(以 --to 选格式,如 --to xlsx 得工作簿;以 --lang 选单一语言):",
)
RESTS_ON = Text("What the report rests on", "报告所依据的文件")
RECORD = Text("record", "记录")
INPUT_HEADS = (Text("given as", "用途"), Text("file", "文件"), Text("sha256", "sha256"))
FINGERPRINT = Text(
    "Of a record, the sha256 of its datapackage.json, which holds the sha256 of each table: any other row "
    "gives another one.",
    "记录的 sha256 取自其 datapackage.json,其中含各表的 sha256;任何一行不同,该值即不同。",
)
NO_STEPS = Text("The record does not say what made it.", "记录未说明其形成过程。")
CAPTION = Text("Steps that made the record", "记录的形成步骤")


def rerun(study: Study) -> str:
    """Return the command that makes the same report again, in any form."""
    words = ["jiqun", "report", f"{study.name}.jiqun", "--seed", str(study.seed)]
    if study.shared:
        words += ["--share", "--names"] if study.names else ["--share"]
    for each in study.inputs:
        words += [each.option, each.name]
    if study.boundaries is not None:
        words += ["--attribution", study.boundaries.attribution]
        approval = study.boundaries.approval
        words += ["--map-approval", approval] if approval else []
    return " ".join(map(quote, words))


def _rests_on(study: Study) -> tuple[Block, ...]:
    """Name the record and every other file that the report rests on, each with its checksum."""
    if not study.fingerprint:
        return ()
    rows: tuple[tuple[Value, ...], ...] = (
        (RECORD, f"{study.name}.jiqun", study.fingerprint),
        *((each.option, each.name, each.sha256) for each in study.inputs),
    )
    return (Grid(caption=RESTS_ON, heads=INPUT_HEADS, rows=rows, notes=(FINGERPRINT,)),)


def _provenance(study: Study) -> tuple[Block, ...]:
    software = SOFTWARE.fill(version=version("jiqun"), seed=study.seed)
    made: tuple[Block, ...] = (Paragraph(text=software), Items(items=((RERUN, rerun(study)),)))
    made += _rests_on(study)
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
