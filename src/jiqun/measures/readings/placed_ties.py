"""Ties between firms with a place each, with the stratum that partners may be exchanged in.

Paper: E5 (dependence on distance), K2f, K2i (distance in either type)
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.measures.readings.collaborations import industry_groups, window_length
from jiqun.measures.readings.located_sites import ON_GLOBE
from jiqun.measures.readings.tie_layers import Layer, ties_by_layer, told_of_alliances
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SMALLEST = 5
"""Ties of a stratum below which exchanging partners says nothing."""
NEVER = 10**9


@dataclass(frozen=True, slots=True)
class PlacedTies:
    """Ties of one layer; one entry a tie.

    Attributes
    ----------
    source, target
        Numbers of the firms, shape (E,).
    stratum
        Sector of the target and period, shape (E,).
    day
        First day as days since 1970, shape (E,); ``NEVER`` where unknown.
    points
        Longitude and latitude of all firms, shape (N, 2); NaN without a place.
    joined
        Day on which each firm first joined a platform, shape (N,); ``NEVER`` where it did not.
    sectors
        What the sectors are.
    periods
        Years in a period; None where time is not divided.
    left_out
        Ties of the layer without a place at both ends, and in strata too small.
    told
        Which of the ties are pairs of an alliance.
    """

    source: Ints
    target: Ints
    stratum: Ints
    day: Ints
    points: Floats
    joined: Ints
    sectors: Text
    periods: int | None
    left_out: tuple[int, int]
    told: tuple[Text, ...]


def placed_ties(record: Record) -> dict[Layer, PlacedTies]:
    """Read the ties of each layer that has any between firms with a place.

    The place of a firm is its headquarters, else the site with the most employees, else the first by
    identifier.
    """
    firms = record["firms"].select("firm_id").unique().sort("firm_id").with_row_index("firm")
    firms = firms.with_columns(pl.col("firm").cast(pl.Int64))
    points = _points(record, firms)
    industry = industry_groups(record, firms)
    joined = _joined(record, firms)
    ties = (
        ties_by_layer(record)
        .join(firms.rename({"firm_id": "source", "firm": "from"}), on="source")
        .join(firms.rename({"firm_id": "target", "firm": "to"}), on="target")
        .sort("tie_id")
        .with_columns(day=pl.col("start").dt.epoch("d").cast(pl.Int64).fill_null(NEVER))
    )
    length = window_length(ties["start"].dt.year().drop_nulls())
    period = pl.lit(0) if length is None else (pl.col("start").dt.year() // length).fill_null(-1)
    ties = ties.with_columns(period=period.cast(pl.Int64))
    found: dict[Layer, PlacedTies] = {}
    layers: tuple[Layer, ...] = ("physical", "virtual", "untold")
    for layer in layers:
        mine = ties.filter(pl.col("layer") == layer)
        source, target = mine["from"].to_numpy(), mine["to"].to_numpy()
        placed = np.isfinite(points[source, 0]) & np.isfinite(points[target, 0])
        keys = np.stack([industry.group[target], mine["period"].to_numpy()], axis=1)[placed]
        if not keys.size:
            continue
        _, stratum, counts = np.unique(keys, axis=0, return_inverse=True, return_counts=True)
        large = counts[stratum] >= SMALLEST
        found[layer] = PlacedTies(
            source=source[placed][large],
            target=target[placed][large],
            stratum=stratum[large].astype(np.int64),
            day=mine["day"].to_numpy()[placed][large],
            points=points,
            joined=joined,
            sectors=industry.level,
            periods=length,
            left_out=(int((~placed).sum()), int((~large).sum())),
            told=told_of_alliances(record, mine) if layer == "virtual" else (),
        )
    return found


def _points(record: Record, firms: pl.DataFrame) -> Floats:
    located = (
        record["sites"]
        .filter(ON_GLOBE)
        .with_columns(seat=(pl.col("kind") == "headquarters").fill_null(value=False))
        .sort(
            ["firm_id", "seat", "employees", "site_id"],
            descending=[False, True, True, False],
            nulls_last=True,
        )
        .unique("firm_id", keep="first", maintain_order=True)
        .select("firm_id", "longitude", "latitude")
    )
    joined = firms.join(located, on="firm_id", how="left").sort("firm")
    return joined.select("longitude", "latitude").to_numpy().astype(np.float64)


def _joined(record: Record, firms: pl.DataFrame) -> Ints:
    first = record["participations"].drop_nulls("joined").group_by("firm_id")
    days = first.agg(day=pl.col("joined").min().dt.epoch("d").cast(pl.Int64))
    joined = firms.join(days, on="firm_id", how="left").sort("firm")
    return joined["day"].fill_null(NEVER).to_numpy().astype(np.int64)


def period_name(ties: PlacedTies) -> Text:
    """Say what the periods are."""
    if ties.periods is None:
        return Text("the whole record", "整个记录")
    return Text("periods of {y} years", "{y} 年一期").fill(y=ties.periods)
