"""Alliances as what they are 协作网络: sets of firms, drawn as incidences and never as cliques.

Three firms that all join one alliance are not three pairs; drawing the pairs would assert just what
the measure of decomposability is there to find out. The page gets firms, alliances and who is in
which, and bilateral ties as a layer of their own.

Paper: K3f, K3g (an alliance is not the sum of its pairs).
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from jiqun.studio.library import OpenRecord

FIRMS = ("firm_id", "name", "kind")


@dataclass(frozen=True, slots=True)
class Network:
    """Alliances of one day with their members, and the ties among those members.

    Attributes
    ----------
    firms
        firm_id, name, kind, alliances (how many of those shown).
    alliances
        alliance_id, kind, outcome, start, end, members.
    memberships
        alliance_id, firm_id, role.
    ties
        source, target, kind, channel.
    alliances_in_all, ties_in_all
        As many as there are on that day; what is left out can be said.
    """

    firms: pl.DataFrame
    alliances: pl.DataFrame
    memberships: pl.DataFrame
    ties: pl.DataFrame
    alliances_in_all: int
    ties_in_all: int


def on(day: date | None, start: str, end: str) -> pl.Expr:
    """Say which rows hold on a day; with no day, all."""
    if day is None:
        return pl.lit(value=True)
    begun = pl.col(start).is_null() | (pl.col(start) <= day)
    return begun & (pl.col(end).is_null() | (pl.col(end) > day))


def network_of(record: OpenRecord, *, day: date | None, most: int) -> Network:
    """Return the largest alliances of a day, at most ``most``, and everyone in them."""
    memberships = _rows(record, "memberships", ("alliance_id", "firm_id", "role", "joined", "left"))
    memberships = memberships.filter(on(day, "joined", "left")).unique(
        ["alliance_id", "firm_id"], maintain_order=True
    )
    alliances = _rows(record, "alliances", ("alliance_id", "kind", "outcome", "start", "end"))
    sizes = memberships.group_by("alliance_id").len("members")
    standing = alliances.filter(on(day, "start", "end")).join(sizes, on="alliance_id", how="left")
    standing = standing.with_columns(pl.col("members").fill_null(0))
    shown = standing.sort(["members", "alliance_id"], descending=[True, False]).head(most)
    inside = memberships.join(shown.select("alliance_id"), on="alliance_id")
    ties = _rows(record, "ties", ("source", "target", "kind", "channel", "start", "end")).filter(
        on(day, "start", "end")
    )
    counts = inside.group_by("firm_id").len("alliances")
    among = counts.select("firm_id")
    return Network(
        firms=_rows(record, "firms", FIRMS).join(counts, on="firm_id").sort("firm_id"),
        alliances=shown,
        memberships=inside.select("alliance_id", "firm_id", "role").sort("alliance_id", "firm_id"),
        ties=ties.join(among, left_on="source", right_on="firm_id", how="semi")
        .join(among, left_on="target", right_on="firm_id", how="semi")
        .select("source", "target", "kind", "channel")
        .sort("source", "target")
        .head(20 * most),
        alliances_in_all=standing.height,
        ties_in_all=ties.height,
    )


def _rows(record: OpenRecord, table: str, names: tuple[str, ...]) -> pl.DataFrame:
    """Read columns of a table; one that was not observed has no rows."""
    if table in record.tables:
        return record.columns(table, *names)
    return pl.DataFrame(schema=dict.fromkeys(names, pl.String))
