"""Alliances 联盟: who was in which, as an incidence plot of the busiest firms and their latest alliances.

Paper: K3f, K3g (pairs, or more than pairs)
"""

import polars as pl

from jiqun.report.block import Block, Field, Figure, Paragraph, Rows
from jiqun.report.figures.incidence import Alliance, incidence
from jiqun.report.section import Section
from jiqun.report.study import Study
from jiqun.vocabulary.text import Text, same

MOST_FIRMS, MOST_ALLIANCES = 24, 40
TWO = 2
NONE = Text(
    "There is no picture of alliances: none with two and more firms is recorded.",
    "没有联盟图:记录中没有两家及以上企业的联盟。",
)
MEANING = Text(
    "A row is a firm, a column an alliance, a dot a member; the line joins the members of one alliance. Pairs are "
    "not drawn: whether an alliance is more than its pairs is what decomposability asks.",
    "每行为一家企业,每列为一个联盟,圆点表示成员,竖线连接同一联盟的成员。图中不绘制成员对:"
    "联盟是否超出其成员对之和,正是可分解性所要回答的问题。",
)
SHOWN = Text(
    "Shown: the latest {a} of the {alliances} alliances that have two or more of the {busiest} firms with most "
    "alliances, those of the same firms once; {f} of these firms are in one of them. In all {firms} firms are in "
    "alliances; “+n”: members without a row.",
    "图中为至少含参与联盟最多的 {busiest} 家企业中两家的 {alliances} 个联盟(成员相同者计一次)中最近的 {a} 个,"
    "涉及其中 {f} 家;参与联盟的企业共 {firms} 家。“+n”为未列出的成员数。",
)
ALT = Text(
    "Incidence plot of {f} firms and {a} alliances; {busiest} is in most of them ({n}); the largest alliance has "
    "{k} members.",
    "{f} 家企业与 {a} 个联盟的关联图;{busiest} 参与最多({n} 个);最大的联盟有 {k} 名成员。",
)


def _memberships(study: Study) -> pl.DataFrame:
    """Return each firm of each alliance of two and more once, with the alliance's year and size."""
    began = study.record["alliances"].unique("alliance_id").select("alliance_id", "start")
    return (
        study.record["memberships"]
        .group_by("alliance_id", "firm_id")
        .agg(pl.col("joined").min())
        .join(began, on="alliance_id", how="left")
        .with_columns(
            start=pl.coalesce("start", pl.col("joined").min().over("alliance_id")),
            size=pl.len().over("alliance_id"),
        )
        .filter(pl.col("size") >= TWO)
        .sort("alliance_id", "firm_id")
    )


def _shown(seats: pl.DataFrame) -> tuple[list[str], pl.DataFrame, int]:
    """Choose firms and alliances: rows, memberships in columns, and alliances that could be shown.

    A group that meets daily would fill the picture by itself, so that only its latest alliance is drawn.
    """
    counts = seats.group_by("firm_id").len().sort(["len", "firm_id"], descending=[True, False])
    busiest = counts.head(MOST_FIRMS)["firm_id"]
    among = seats.filter(pl.col("firm_id").is_in(busiest.implode()))
    joint = among.filter(pl.len().over("alliance_id") >= TWO)
    able = seats.filter(pl.col("alliance_id").is_in(joint["alliance_id"].unique().implode()))
    groups = able.group_by("alliance_id").agg(pl.col("firm_id").sort(), pl.col("start").first())
    order = groups.sort("start", "alliance_id", nulls_last=False)
    order = order.unique("firm_id", keep="last", maintain_order=True)
    chosen = order.tail(MOST_ALLIANCES)["alliance_id"]
    held = joint.filter(pl.col("alliance_id").is_in(chosen.implode()))
    return _in_order(held, chosen.to_list()), held, order.height


def _in_order(held: pl.DataFrame, alliances: list[str]) -> list[str]:
    """Order the rows by the mean column of their firms, so that lines are short."""
    place = {name: k for k, name in enumerate(alliances)}
    mean = held.with_columns(k=pl.col("alliance_id").replace_strict(place, return_dtype=pl.Int64))
    return (
        mean.group_by("firm_id").agg(pl.col("k").mean()).sort("k", "firm_id")["firm_id"].to_list()
    )


def _columns(held: pl.DataFrame, rows: list[str]) -> tuple[Alliance, ...]:
    """Make the columns, in order of time."""
    row = {firm: k for k, firm in enumerate(rows)}
    grouped = held.group_by("alliance_id").agg("firm_id", pl.col("start", "size").first())
    return tuple(
        Alliance(
            name=str(name),
            year=None if start is None else start.year,
            rows=tuple(sorted(row[firm] for firm in firms)),
            others=int(size) - len(firms),
        )
        for name, firms, start, size in grouped.sort("start", "alliance_id").iter_rows()
    )


def _names(study: Study, firms: list[str]) -> tuple[Text, ...]:
    """Name firms shortly: by name, or by id where no name is recorded."""
    named = study.record["firms"].unique("firm_id").select("firm_id", "name").drop_nulls()
    known = dict(named.iter_rows())
    return tuple(same(known.get(firm, firm)) for firm in firms)


def _data(held: pl.DataFrame) -> Rows:
    """Return the dots as a table."""
    rows = held.sort("start", "alliance_id", "firm_id").select("alliance_id", "start", "firm_id")
    fields = (
        Field("alliance_id", Text("alliance", "联盟")),
        Field("start", Text("start", "开始日期")),
        Field("firm_id", Text("firm", "企业")),
    )
    return Rows(fields=fields, rows=tuple(rows.iter_rows()))


def _alliances(study: Study) -> tuple[Block, ...]:
    seats = _memberships(study)
    if seats.is_empty():
        return (Paragraph(text=NONE),)
    rows, held, possible = _shown(seats)
    if not rows:
        return (Paragraph(text=NONE),)
    columns = _columns(held, rows)
    names = _names(study, rows)
    times = held["firm_id"].value_counts().sort(["count", "firm_id"], descending=[True, False])
    alt = ALT.fill(
        f=len(rows),
        a=len(columns),
        busiest=names[rows.index(times["firm_id"][0])],
        n=times["count"][0],
        k=held["size"].max(),
    )
    firms = seats["firm_id"].n_unique()
    told = SHOWN.fill(
        f=len(rows),
        firms=firms,
        busiest=min(firms, MOST_FIRMS),
        a=len(columns),
        alliances=possible,
    )
    return (
        Figure(
            name="alliances",
            title=Text("Who is in which alliance", "企业与联盟的参与关系"),
            alt=alt,
            draw=lambda language: incidence(
                names, columns, alt.to(language), language, synthetic=study.synthetic
            ),
            data=_data(held),
            notes=(MEANING, told),
        ),
    )


ALLIANCES = Section(name="alliances", title=Text("Alliances", "联盟"), build=_alliances)
