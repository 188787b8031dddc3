"""Ties by layer: physical, virtual, or of a channel that the record does not tell.

Paper: E4 (two spaces at once), K2b (physical and virtual layer), K3g (alliances on platforms), Q7 (no
virtual layer yet)
"""

from typing import Literal

import polars as pl

from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

Layer = Literal["physical", "virtual", "untold"]

LAYERS: dict[Layer, Text] = {
    "physical": Text("physical ties", "线下关系"),
    "virtual": Text("virtual ties", "线上关系"),
    "untold": Text("ties of unknown channel", "渠道不详的关系"),
}
BY_KIND: dict[str, Layer] = {"data_flow": "virtual", "api": "virtual", "supply": "physical"}
"""Kinds of tie that say what flows, where the record gives no channel."""
VIRTUAL_ALLIANCES = ("open_source_project", "data_sharing")
"""Kinds of alliance that run online whether or not a platform is named."""
MOST_MEMBERS = 30
"""In a larger alliance most members hardly meet: its pairs are not taken for ties."""
COLUMNS = ("tie_id", "source", "target", "start", "layer", "alliance_id")


def ties_by_layer(record: Record) -> pl.DataFrame:
    """Return the ties between two different firms of the record, with their layer.

    A tie is of the layer that its channel says; without a channel, data flows and interface calls are
    virtual, supplies physical, and other kinds could be either. Each two members of an alliance that a
    platform carries, that shares data or that is an open-source project have a virtual tie from the day
    on which both are in it, unless it has more than 30 members.

    Returns
    -------
    polars.DataFrame
        ``tie_id``, ``source``, ``target``, ``start``, ``layer``, ``alliance_id`` (missing for ties), in
        the order of ``tie_id``.
    """
    known = record["firms"].select("firm_id")
    ties = (
        record["ties"]
        .filter(pl.col("source") != pl.col("target"))
        .with_columns(
            layer=pl.coalesce(
                "channel",
                pl.col("kind").replace_strict(BY_KIND, default=None, return_dtype=pl.String),
                pl.lit("untold"),
            ),
            alliance_id=pl.lit(None, pl.String),
        )
    )
    return (
        pl.concat([ties.select(COLUMNS), _pairs(_members(record))])
        .join(known, left_on="source", right_on="firm_id", how="semi")
        .join(known, left_on="target", right_on="firm_id", how="semi")
        .sort("tie_id")
    )


def _members(record: Record) -> pl.DataFrame:
    """Return the members of virtual alliances: ``alliance_id``, ``firm_id``, ``day`` of joining."""
    online = record["alliances"].filter(
        pl.col("platform_id").is_not_null() | pl.col("kind").is_in(VIRTUAL_ALLIANCES)
    )
    return (
        record["memberships"]
        .join(online.unique("alliance_id").select("alliance_id", "start"), on="alliance_id")
        .group_by("alliance_id", "firm_id")
        .agg(day=pl.coalesce(pl.col("joined").min(), pl.col("start").first()))
        .sort("alliance_id", "firm_id")
    )


def _pairs(members: pl.DataFrame) -> pl.DataFrame:
    """Return each two members of the alliances that are not too large as a virtual tie."""
    few = members.filter(pl.len().over("alliance_id") <= MOST_MEMBERS)
    pairs = few.join(few, on="alliance_id", suffix="_other").filter(
        pl.col("firm_id") < pl.col("firm_id_other")
    )
    return pairs.select(
        tie_id=pl.concat_str("alliance_id", "firm_id", "firm_id_other", separator="\x1f"),
        source="firm_id",
        target="firm_id_other",
        start=pl.max_horizontal("day", "day_other"),
        layer=pl.lit("virtual"),
        alliance_id="alliance_id",
    ).select(COLUMNS)


def told_of_alliances(record: Record, ties: pl.DataFrame) -> tuple[Text, ...]:
    """Say how many of some ties are pairs of an alliance, and how many alliances were too large."""
    pairs = int(ties["alliance_id"].is_not_null().sum())
    sizes = _members(record).group_by("alliance_id").len()
    large = sizes.filter(pl.col("len") > MOST_MEMBERS).height
    told = []
    if pairs:
        told.append(
            Text(
                "{n} of the {all} virtual ties are pairs of members of one alliance that a platform carries, "
                "that shares data or is an open-source project.",
                "{all} 条线上关系中有 {n} 条为同一联盟(由平台承载、共享数据或属开源项目)的成员对。",
            ).fill(n=pairs, all=ties.height)
        )
    if large:
        told.append(
            Text(
                "{n} such alliances of more than {m} members are not counted as ties between all of them.",
                "另有 {n} 个此类联盟成员超过 {m} 家,未视为成员两两之间的关系。",
            ).fill(n=large, m=MOST_MEMBERS)
        )
    return tuple(told)
