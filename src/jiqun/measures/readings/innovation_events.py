"""Innovations with their makers: who, of which industries, on what they build.

Paper: E11 (recombination by distinct actors), M0 (events that carry a mode), Q12 (wakes)
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.measures.readings.collaborations import industry_groups
from jiqun.measures.readings.marker import incidence_of
from jiqun.measures.readings.windows import Floats, days
from jiqun.numerics.clustered import Incidence
from jiqun.numerics.wakes import Wakes, wakes
from jiqun.record.record import Record

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class InnovationEvents:
    """Innovations in alphabetical order of their identifiers, N of them.

    Attributes
    ----------
    table
        The table ``innovations`` with ``event``, its number.
    makers
        ``event``, ``firm`` (identifier): named innovators, else the members of its alliance.
    day
        Date of each, NaN where unknown, shape (N,).
    incidence
        Which makers are in which; an innovation without makers stands for itself.
    count
        Makers of each, shape (N,).
    industries
        Different industries among the makers whose industry is known, shape (N,).
    builds_on
        Number of what it builds on, −1 where nothing, shape (N,).
    wakes
        The trees that they make up.
    by_others
        Whether it builds on an innovation with which it shares no maker, both being known, shape (N,).
    """

    table: pl.DataFrame
    makers: pl.DataFrame
    day: Floats
    incidence: Incidence
    count: Ints
    industries: Ints
    builds_on: Ints
    wakes: Wakes
    by_others: NDArray[np.bool_]


def innovation_events(record: Record) -> InnovationEvents:
    """Read the innovations of a record."""
    table = record["innovations"].unique("innovation_id").sort("innovation_id")
    table = table.with_columns(event=pl.int_range(pl.len(), dtype=pl.Int64))
    makers = _makers(record, table)
    day = days(table["date"])
    number = table.select(builds_on="innovation_id", parent="event")
    joined = table.join(number, on="builds_on", how="left", maintain_order="left")
    parent = joined["parent"].fill_null(-1).to_numpy().astype(np.int64)
    counts = makers.group_by("event").agg(
        count=pl.len(), industries=pl.col("group").filter(pl.col("group") >= 0).n_unique()
    )
    counted = table.select("event").join(counts, on="event", how="left", maintain_order="left")
    count = counted["count"].fill_null(0).to_numpy().astype(np.int64)
    trees = wakes(parent, day)
    parent = np.where(trees.cut, -1, parent)
    return InnovationEvents(
        table=table,
        makers=makers.select("event", "firm"),
        day=day,
        incidence=incidence_of(makers, table.height),
        count=count,
        industries=counted["industries"].fill_null(0).to_numpy().astype(np.int64),
        builds_on=parent,
        wakes=trees,
        by_others=_by_others(makers, parent, count),
    )


def _makers(record: Record, table: pl.DataFrame) -> pl.DataFrame:
    """Return ``event``, ``firm``, ``group`` (industry, −1 where unknown)."""
    event = table.select("innovation_id", "event", "alliance_id")
    named = record["innovators"].select("innovation_id", firm="firm_id")
    own = event.join(named, on="innovation_id").select("event", "firm")
    members = record["memberships"].select("alliance_id", firm="firm_id")
    unnamed = event.drop_nulls("alliance_id").join(own, on="event", how="anti")
    allied = unnamed.join(members, on="alliance_id").select("event", "firm")
    makers = pl.concat([own, allied]).drop_nulls().unique().sort("event", "firm")
    firms = record["firms"].select("firm_id").unique().sort("firm_id")
    firms = firms.with_columns(firm=pl.int_range(pl.len(), dtype=pl.Int64))
    group = industry_groups(record, firms).group
    grouped = firms.select(firm="firm_id").with_columns(group=pl.Series(group, dtype=pl.Int64))
    return makers.join(grouped, on="firm", how="left", maintain_order="left").with_columns(
        pl.col("group").fill_null(-1)
    )


def _by_others(makers: pl.DataFrame, parent: Ints, count: Ints) -> NDArray[np.bool_]:
    """Say which build on what others made."""
    links = pl.DataFrame({"event": np.arange(parent.size), "parent": parent})
    links = links.filter(pl.col("parent") >= 0)
    both = makers.select("event", "firm").join(links, on="event")
    shared = both.join(makers.select("firm", parent="event"), on=["parent", "firm"], how="semi")[
        "event"
    ].unique()
    known = (parent >= 0) & (count > 0) & (count[np.maximum(parent, 0)] > 0)
    own = np.zeros(parent.size, dtype=bool)
    own[shared.to_numpy()] = True
    return known & ~own
