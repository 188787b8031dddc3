"""Ties by layer: physical, virtual, or of a channel that the record does not tell.

Paper: E4 (two spaces at once), K2b (physical and virtual layer), Q7 (no virtual layer yet)
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


def ties_by_layer(record: Record) -> pl.DataFrame:
    """Return the ties between two different firms of the record, with their layer.

    A tie is of the layer that its channel says; without a channel, data flows and interface calls are
    virtual, supplies physical, and other kinds could be either.

    Returns
    -------
    polars.DataFrame
        ``tie_id``, ``source``, ``target``, ``start``, ``layer``, in the order of ``tie_id``.
    """
    known = record["firms"].select("firm_id")
    return (
        record["ties"]
        .filter(pl.col("source") != pl.col("target"))
        .join(known, left_on="source", right_on="firm_id", how="semi")
        .join(known, left_on="target", right_on="firm_id", how="semi")
        .with_columns(
            layer=pl.coalesce(
                "channel",
                pl.col("kind").replace_strict(BY_KIND, default=None, return_dtype=pl.String),
                pl.lit("untold"),
            )
        )
        .sort("tie_id")
        .select("tie_id", "source", "target", "start", "layer")
    )
