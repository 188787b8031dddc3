"""Platforms and who takes part in them, numbered and dated, their owners apart.

Paper: K2a (platform as carrier of activity), Q14 (the owner's own business left out)
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.measures.readings.windows import YEAR, Flags, Floats, Window, days
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NO_PLATFORM = Text("no platform is recorded", "未记录任何数字平台")
IN_SERVICE = Text("platforms in service", "在运营的平台")
PLATFORMS_ALONE = Text("each platform counts as independent", "各平台视为独立")


@dataclass(frozen=True, slots=True)
class Platforms:
    """Platforms in alphabetical order, and the firms on them.

    Attributes
    ----------
    table
        The table ``platforms`` with ``platform``, its number.
    opened, closed
        Days, NaN where unknown, shape (P,).
    members
        One row a firm that takes part other than as owner or operator: ``platform``, ``firm_id``,
        ``joined`` (its first day there), ``left`` (its last, missing while it stays), ``applied`` (the
        day of the first application, missing where there is none on record).
    joined, left
        The same as days, shape (members,).
    """

    table: pl.DataFrame
    opened: Floats
    closed: Floats
    members: pl.DataFrame
    joined: Floats
    left: Floats

    def in_service(self, window: Window) -> Flags:
        """Say which were in service at some time within a window."""
        return window.lasting(self.begun, self.closed)

    def years(self, window: Window) -> float:
        """Add up the years that platforms were in service within a window."""
        start = np.fmax(self.begun, window.start)
        end = np.fmin(self.closed, window.end)
        return float(np.nansum(np.maximum(end - start, 0.0)) / YEAR)

    @property
    def begun(self) -> Floats:
        """First day of each: its opening, else that of its first member, else NaN."""
        first = np.full(self.opened.size, np.inf)
        known = np.isfinite(self.joined)
        np.minimum.at(first, self.of_member[known], self.joined[known])
        return np.where(np.isnan(self.opened) & np.isfinite(first), first, self.opened)

    @property
    def of_member(self) -> NDArray[np.int64]:
        """Platform of each member, shape (members,)."""
        return self.members["platform"].to_numpy().astype(np.int64)


def platforms(record: Record) -> Platforms:
    """Read the platforms of a record."""
    table = record["platforms"].unique("platform_id").sort("platform_id")
    table = table.with_columns(platform=pl.int_range(pl.len(), dtype=pl.Int64))
    number = table.select("platform_id", "platform", "operator")
    members = (
        record["participations"]
        .filter((pl.col("role") != "owner").fill_null(value=True))
        .join(number, on="platform_id")
        .filter((pl.col("firm_id") != pl.col("operator")).fill_null(value=True))
        .group_by("platform", "firm_id")
        .agg(
            pl.col("joined").min(),
            pl.col("applied").min(),
            left=pl.when(pl.col("left").is_not_null().all()).then(pl.col("left").max()),
        )
        .sort("platform", "firm_id")
    )
    return Platforms(
        table=table,
        opened=days(table["opened"]),
        closed=days(table["closed"]),
        members=members,
        joined=days(members["joined"]),
        left=days(members["left"]),
    )
