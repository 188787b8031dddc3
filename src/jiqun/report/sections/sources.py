"""Sources 来源: whom to cite, and under which terms the data may be used."""

import polars as pl

from jiqun.record.schema import TABLES
from jiqun.report.block import Block, Cell, Grid, Paragraph, count_of
from jiqun.report.section import Section
from jiqun.report.study import Study
from jiqun.vocabulary.text import Text

MOST = 100
NO_SOURCES = Text(
    "The record names no source. Whether its data may be passed on is not known.",
    "记录未注明任何来源,其数据能否转用不得而知。",
)
UNNAMED = Text("not given", "未注明")
CUT = Text("The first {shown} of {total} sources.", "仅列前 {shown} 个来源,共 {total} 个。")
LAND = Text(
    "Coastline: Natural Earth 1:50m land, public domain (naturalearthdata.com). Colours: Okabe & Ito "
    "(2008). Words and numbers: jiqun, Apache-2.0; the data keep the terms of their sources.",
    "海岸线:Natural Earth 1:50m 陆地数据,公有领域(naturalearthdata.com);配色:Okabe 与 Ito（2008）;"
    "文字与计算:jiqun（Apache-2.0 许可）;数据仍受其来源许可约束。",
)
PAPER = Text(
    "Concepts: Xia Jiechang & Tao Jiu (2025), on the innovation and evolution of digital industrial "
    "clusters, Research on Financial and Economic Issues 2025(1): 3–14, doi:10.19654/j.cnki.cjwtyj.2025.01.001.",
    "概念框架:夏杰长、陶鸠(2025),数字产业集群创新与演化研究,财经问题研究 2025 年第 1 期:3–14 页，"
    "doi:10.19654/j.cnki.cjwtyj.2025.01.001。",
)
CAPTION = Text("Sources of the record", "记录的数据来源")


def _rows_by_source(study: Study) -> dict[str, int]:
    named = [
        study.record[t].get_column("source_id")
        for t in study.record
        if t != "sources" and "source_id" in TABLES[t].names
    ]
    counted = pl.concat([pl.Series("source_id", [], pl.String()), *named]).value_counts()
    return dict(counted.drop_nulls().iter_rows())


def _sources(study: Study) -> tuple[Block, ...]:
    ours = (Paragraph(text=LAND), Paragraph(text=PAPER))
    sources = study.record["sources"].sort("source_id")
    if not sources.height:
        return (Paragraph(text=NO_SOURCES, notice=True), *ours)
    used = _rows_by_source(study)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            row["source_id"],
            row["citation"] or UNNAMED,
            row["licence"] or UNNAMED,
            row["retrieved"],
            count_of(used.get(row["source_id"], 0), f"source_id={row['source_id']}"),
        )
        for row in sources.head(MOST).iter_rows(named=True)
    )
    columns = TABLES["sources"].columns
    heads = (*(c.label for c in columns), Text("rows", "行数"))
    total = sources.height
    cut = (CUT.fill(shown=MOST, total=total),) if total > MOST else ()
    return (Grid(caption=CAPTION, heads=heads, rows=rows, notes=cut), *ours)


SOURCES = Section(name="sources", title=Text("Sources and licences", "来源与许可"), build=_sources)
