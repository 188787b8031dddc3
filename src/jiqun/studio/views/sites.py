"""Sites on the map 场所: as points for few, as counts in cells of the Mercator plane for many.

A million circles take a second to draw without a graphics card, and tell no more than their density.
"""

import math
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.studio.library import OpenRecord

ALWAYS, NEVER = -(2**31), 2**31 - 1
"""Days since 1970 where the record names no day of opening or closing."""
STEEPEST = 85.05112878
"""Degrees of latitude at which the Mercator plane ends."""

Floats = NDArray[np.float64]
Days = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Sites:
    """The located sites of a record, side by side.

    Attributes
    ----------
    x, y
        Place on the Mercator plane, 0 … 1 from west to east and from north to south.
    opened, closed
        Days since 1970; a site stands in ``[opened, closed)``.
    row
        Row of the table.
    unlocated
        Sites without coordinates.
    """

    x: Floats
    y: Floats
    opened: Days
    closed: Days
    row: NDArray[np.uint32]
    unlocated: int

    @property
    def count(self) -> int:
        """Number of located sites."""
        return self.x.size

    def standing(self, day: int) -> NDArray[np.bool_]:
        """Say which sites stand on a day."""
        return (self.opened <= day) & (day < self.closed)

    def days(self) -> tuple[int, int] | None:
        """Return the first and last day on which anything opens or closes."""
        named = np.concatenate([self.opened, self.closed])
        named = named[(named != ALWAYS) & (named != NEVER)]
        return (int(named.min()), int(named.max())) if named.size else None

    def within(self, west: float, north: float, east: float, south: float) -> NDArray[np.bool_]:
        """Say which sites lie in a window of the plane."""
        return (self.x >= west) & (self.x < east) & (self.y >= north) & (self.y < south)

    def packed(self) -> bytes:
        """Return x, y as float32 and opened, closed as int32, one column after the other."""
        columns = (self.x.astype("<f4"), self.y.astype("<f4"))
        return b"".join(
            column.tobytes()
            for column in (*columns, self.opened.astype("<i4"), self.closed.astype("<i4"))
        )

    def cells(self, chosen: NDArray[np.bool_], across: int) -> bytes:
        """Count sites in square cells, ``across`` of them around the world.

        Returns
        -------
        bytes
            Column, row and count of each cell that is not empty: three int32 each.
        """
        keys = (self.y[chosen] * across).astype(np.int64) * across
        keys += (self.x[chosen] * across).astype(np.int64)
        cells, counts = np.unique(keys, return_counts=True)
        table = np.stack([cells % across, cells // across, counts], axis=1)
        return table.astype("<i4").tobytes()


def mercator(longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
    """Project degrees (WGS 84) onto the unit square; what is nearer the poles is put on its edge."""
    steep = np.radians(np.clip(latitude, -STEEPEST, STEEPEST))
    x = np.clip((longitude + 180.0) / 360.0, 0.0, np.nextafter(1.0, 0.0))
    y = 0.5 - np.log(np.tan(math.pi / 4 + steep / 2)) / (2 * math.pi)
    return x, np.clip(y, 0.0, np.nextafter(1.0, 0.0))


def sites_of(record: OpenRecord) -> Sites:
    """Return the located sites, kept for the next question."""
    return record.once("sites", lambda: _read(record))


def _read(record: OpenRecord) -> Sites:
    """Read places and days."""
    if "sites" not in record.tables:
        none = np.zeros(0)
        days = np.zeros(0, dtype=np.int32)
        return Sites(none, none, days, days, np.zeros(0, dtype=np.uint32), 0)
    day = pl.col("opened", "closed").cast(pl.Int32)
    table = (
        record.tables["sites"]
        .with_row_index("row")
        .select("row", "longitude", "latitude", day)
        .collect()
    )
    located = table.filter(pl.col("longitude").is_finite() & pl.col("latitude").is_finite())
    x, y = mercator(located["longitude"].to_numpy(), located["latitude"].to_numpy())
    return Sites(
        x,
        y,
        located["opened"].fill_null(ALWAYS).to_numpy(),
        located["closed"].fill_null(NEVER).to_numpy(),
        located["row"].to_numpy(),
        table.height - located.height,
    )
