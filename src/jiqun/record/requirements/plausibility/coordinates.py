"""Coordinates 坐标堆积: firms do not share one point by the dozen.

Addresses that a geocoder knows only to the town all come out at its centre. Alarm: points that
``FIRMS`` = 10 firms or more share exactly hold ``SHARE`` = 5 % of the located firms at least. Office
towers do so too, which is why the points are named. Coordinates written to four decimals never
collide so in a simulated cluster (0 of 400).
"""

from collections.abc import Iterator

import polars as pl

from jiqun.record.problem import Problem, Rule
from jiqun.record.requirements.plausibility.screen import Screen
from jiqun.record.requirements.query import Tables
from jiqun.vocabulary.text import Text

RULE = Rule(
    id="plausibility.shared_coordinates",
    title=Text("Firms do not share one point by the dozen.", "没有大量企业共用同一坐标点。"),
    remedy=Text(
        "Locate the addresses anew, to the street; until then read measures of distance with care.",
        "请重新地理编码至街道;在此之前,对基于距离的测度请谨慎解读。",
    ),
    severity="warning",
)
FIRMS = 10
SHARE = 0.05
NAMED = 3

MESSAGE = Text(
    "{held} of {n} located firms ({share}%) share {points} points of 10 firms and more, as places "
    "known only by their region's centre do: {named}. Measures of distance and agglomeration take "
    "them for neighbours.",
    "已定位的 {n} 家企业中有 {held} 家({share}%)集中在 {points} 个各有 10 家及以上企业的坐标点,"
    "疑为以区域中心代替实际位置:{named}。距离与集聚测度会将其视为近邻。",
)


def find(tables: Tables, panel: pl.DataFrame) -> Iterator[Problem]:
    """Report points that many firms share."""
    del panel
    point = ["longitude", "latitude"]
    located = tables.rows["sites"].select("firm_id", *point).drop_nulls()
    n = located.select(pl.col("firm_id").n_unique()).collect(engine="streaming").item()
    shared = (
        located.group_by(point)
        .agg(firms=pl.col("firm_id").n_unique())
        .filter(pl.col("firms") >= FIRMS)
        .sort("firms", *point, descending=[True, False, False])
        .collect(engine="streaming")
    )
    held = shared["firms"].sum()
    if n == 0 or held < SHARE * n:
        return
    named = "; ".join(
        f"{longitude:g}°, {latitude:g}°: {firms}"
        for longitude, latitude, firms in shared.head(NAMED).iter_rows()
    )
    message = MESSAGE.fill(
        held=held, n=n, share=f"{100 * held / n:.0f}", points=len(shared), named=named
    )
    yield RULE.problem(table="sites", column="longitude", value=held, message=message)


SCREEN = Screen(rule=RULE, needs=("sites",), find=find)
