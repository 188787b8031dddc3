"""The land under the map: coasts without political borders, as the report draws them."""

from functools import cache

import numpy as np

from jiqun.report.figures.coastline import rings
from jiqun.studio.views.sites import mercator


@cache
def land() -> bytes:
    """Return all coasts on the Mercator plane.

    Returns
    -------
    bytes
        Number of rings, points of each (int32), then x, y of every point (uint16, 1/65535 of the
        plane; at most 600 m on the ground).
    """
    every = rings()
    lengths = np.array([len(every), *(len(ring) for ring in every)], dtype="<i4")
    points = np.concatenate(every)
    x, y = mercator(points[:, 0], points[:, 1])
    placed = np.rint(np.stack([x, y], axis=1) * 65535).astype("<u2")
    return lengths.tobytes() + placed.tobytes()
