"""Land without political borders, cut to a window of longitude and latitude.

Natural Earth 1:50m land, public domain; ``scripts/build_coastline.py`` makes the file.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

CLOSED = 3
"""Fewer points than this enclose no area."""


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the world, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        """Degrees of longitude."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """Degrees of latitude."""
        return self.north - self.south


@cache
def rings() -> tuple[Points, ...]:
    """Return all land rings, each of shape (points, 2): longitude, latitude in degrees."""
    with (
        as_file(files("jiqun.report.figures") / "coastline.npz") as path,
        np.load(path) as stored,
    ):
        points = np.cumsum(stored["steps"].astype(np.int32), axis=0) / int(stored["per_degree"])
        ends = np.cumsum(stored["lengths"])[:-1]
    return tuple(np.split(points, ends))


def keep_half(ring: Points, axis: int, bound: float, sign: float) -> Points:
    """Cut a ring at a line: the side with ``sign * (coordinate - bound) >= 0`` stays."""
    depth = sign * (ring[:, axis] - bound)
    after, depth_after = np.roll(ring, -1, axis=0), np.roll(depth, -1)
    inside, crosses = depth >= 0, (depth >= 0) != (depth_after >= 0)
    share = np.divide(depth, depth - depth_after, out=np.zeros_like(depth), where=crosses)
    crossing = ring + share[:, None] * (after - ring)
    kept = np.stack([inside, crosses], axis=1).ravel()
    result: Points = np.stack([ring, crossing], axis=1).reshape(-1, 2)[kept]
    return result


def land(window: Window) -> tuple[Points, ...]:
    """Return the land inside the window (Sutherland & Hodgman 1974, doi:10.1145/360767.360802).

    A window may run on beyond 180° E; the land there is that 360° to the west of it.
    """
    sides = (
        (0, window.west, 1.0),
        (0, window.east, -1.0),
        (1, window.south, 1.0),
        (1, window.north, -1.0),
    )
    found = []
    corner, opposite = (window.west, window.south), (window.east, window.north)
    turns = (0.0,) if window.east <= 180.0 else (0.0, 360.0)  # noqa: PLR2004 (the antimeridian)
    for ring in (r + np.array((turn, 0.0)) for turn in turns for r in rings()):
        if np.any(ring.max(axis=0) < corner) or np.any(ring.min(axis=0) > opposite):
            continue
        cut = ring
        for axis, bound, sign in sides:
            if len(cut) >= CLOSED:
                cut = keep_half(cut, axis, bound, sign)
        if len(cut) >= CLOSED:
            found.append(cut)
    return tuple(found)
