"""The alliances of a record to choose from: largest first, found by id or by a member's name."""

import polars as pl

from jiqun.studio.library import OpenRecord

COLUMNS = {"alliance_id": pl.String, "members": pl.UInt32, "kind": pl.String, "start": pl.Date}


def alliances_of(record: OpenRecord, like: str) -> pl.DataFrame:
    """Return alliance_id, members, kind, start of the alliances that match, largest first."""
    if "memberships" not in record.tables:
        return pl.DataFrame(schema=COLUMNS)
    seats = record.columns("memberships", "alliance_id", "firm_id").unique()
    found = seats.group_by("alliance_id").len("members")
    if like:
        found = found.join(_matching(record, seats, like), on="alliance_id", how="semi")
    if "alliances" in record.tables:
        about = record.columns("alliances", "alliance_id", "kind", "start")
        found = found.join(about, on="alliance_id", how="left")
    else:
        unknown = (pl.lit(None, COLUMNS[name]).alias(name) for name in ("kind", "start"))
        found = found.with_columns(unknown)
    return found.select(*COLUMNS).sort(["members", "alliance_id"], descending=[True, False])


def _matching(record: OpenRecord, seats: pl.DataFrame, like: str) -> pl.DataFrame:
    """Return the seats whose alliance, firm or firm's name holds some words."""
    names = record.columns("firms", "firm_id", "name")
    named = seats.join(names, on="firm_id", how="left")
    columns = pl.col("alliance_id", "firm_id", "name").str.to_lowercase()
    return named.filter(pl.any_horizontal(columns.str.contains(like.lower(), literal=True)))
