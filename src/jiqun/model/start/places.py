"""Places of a record: seats and data facilities as kilometres from their middle, regions around them."""

import datetime as dt
import math
from dataclasses import dataclass

import numpy as np
import polars as pl

from jiqun.model.scenario_schema import Region, Scenario
from jiqun.model.state import NOBODY, Floats, Ints
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

KM_PER_DEGREE = 111.195
MOST = 400
"""Regions that are told apart; firms of further ones are drawn into these."""
ROOM = 1.3
"""Employment without crowding over employment at the start."""


@dataclass(frozen=True, slots=True)
class Located:
    """Where firms are; not a number where the record does not say."""

    columns: dict[str, Floats]
    origin: tuple[float, float]
    notes: tuple[Text, ...]


def located(record: Record, firms: pl.DataFrame, number: dict[str, int], day: dt.date) -> Located:
    """Return the seats and data facilities on a day, km east and north of their mean."""
    sites = record["sites"].filter(
        pl.col("firm_id").is_in(list(number))
        & pl.col("longitude").is_not_null()
        & pl.col("latitude").is_not_null()
        & (pl.col("opened").is_null() | (pl.col("opened") <= day))
        & (pl.col("closed").is_null() | (pl.col("closed") > day))
    )
    empty = np.full(firms.height, np.nan)
    columns = {name: empty.copy() for name in ("x", "y", "facility_x", "facility_y", "facility")}
    origin = (120.0, 30.0)
    if sites.height:
        origin = (
            float(sites["longitude"].to_numpy().mean()),
            float(sites["latitude"].to_numpy().mean()),
        )
        facility = (sites["kind"] == "data_facility").fill_null(value=False)
        seats = sites.filter(~facility).unique("firm_id", keep="first", maintain_order=True)
        _fill(columns, seats, number, origin, ("x", "y"))
        columns["facility_x"], columns["facility_y"] = columns["x"].copy(), columns["y"].copy()
        halls = sites.filter(facility).unique("firm_id", keep="first", maintain_order=True)
        _fill(columns, halls, number, origin, ("facility_x", "facility_y"))
        columns["facility"][[number[f] for f in halls["firm_id"]]] = 1.0
    missing = int(np.isnan(columns["x"]).sum())
    notes = [Text(f"place drawn for {missing} firms", f"{missing} 家企业的位置为抽取")]
    return Located(columns, origin, tuple(notes if missing else []))


def _fill(
    columns: dict[str, Floats],
    sites: pl.DataFrame,
    number: dict[str, int],
    origin: tuple[float, float],
    names: tuple[str, str],
) -> None:
    """Write the places of some sites, projected about the origin."""
    rows = [number[f] for f in sites["firm_id"]]
    per_degree = KM_PER_DEGREE * math.cos(math.radians(origin[1]))
    columns[names[0]][rows] = (sites["longitude"].to_numpy() - origin[0]) * per_degree
    columns[names[1]][rows] = (sites["latitude"].to_numpy() - origin[1]) * KM_PER_DEGREE


def regions_of(
    firms: pl.DataFrame, where: Located, scenario: Scenario
) -> tuple[tuple[Region, ...], Ints]:
    """Return the regions, the largest first, and the region of each firm or nobody."""
    codes = firms["region_code"]
    counts = (
        codes.drop_nulls()
        .value_counts(sort=True)
        .sort("count", "region_code", descending=[True, False])
    )
    names = counts["region_code"].to_list()[:MOST] or ["all"]
    place = {name: n for n, name in enumerate(names)}
    alone = 0 if len(names) == 1 else NOBODY
    region = np.array([place.get(c, alone) for c in codes.to_list()], dtype=np.int32)
    x, y = where.columns["x"], where.columns["y"]
    whole = scenario.groups[0].factors * firms.height
    made = []
    for n, name in enumerate(names):
        mine = (region == n) & ~np.isnan(x)
        share = max(1, int((region == n).sum())) / firms.height
        made.append(
            Region(
                name=name,
                x=float(x[mine].mean()) if mine.any() else 0.0,
                y=float(y[mine].mean()) if mine.any() else 0.0,
                spread=float(np.hypot(x[mine].std(), y[mine].std())) if mine.any() else 5.0,
                capacity=ROOM * share * whole + 1.0,
            )
        )
    return tuple(made), region
