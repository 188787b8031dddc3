"""Are the firms of a community at one place, more than firms at large are there?

A clump of related industries is told from a town by its industries; in a large record with few industries
it seldom can. Firms that links hold together need no industries: a circle that holds many of them and
few of all firms is their place.

References
----------
Kulldorff, M. (1997). A spatial scan statistic. Communications in Statistics: Theory and Methods 26(6),
1481-1496. doi:10.1080/03610929708831995 (circles round the points, several radii, one error rate)
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import spatial, stats

Floats = NDArray[np.float64]

CENTRES = 64
"""Firms of a community round which circles are drawn."""
RADII = 2.0 ** np.arange(-11, -3)
"""Radii, in units of the longer side of the map: from a two-thousandth to a sixteenth."""


@dataclass(frozen=True, slots=True)
class Circle:
    """The circle that tells a community most from all firms.

    Attributes
    ----------
    share, overall
        Share of its located firms, and of all located firms, that are inside.
    p_value
        Chance that any of the circles tried holds as many of the community.
    """

    share: float
    overall: float
    p_value: float


class Map:
    """Where all firms of a record are, to compare communities with."""

    def __init__(self, place: Floats) -> None:
        """Take the coordinates of all firms in metres, NaN where unknown, shape (N, 2)."""
        self.located = place[np.isfinite(place[:, 0])]
        extent = float(np.ptp(self.located, axis=0).max()) if self.located.size else 0.0
        self.radii = extent * RADII
        self.tree = spatial.cKDTree(self.located)

    def circle(self, place: Floats, least: float) -> Circle | None:
        """Find the circle for the firms at these places, shape (n, 2); NaN is left out.

        None where no circle holds ``least`` of them, a share.
        """
        mine = place[np.isfinite(place[:, 0])]
        if mine.shape[0] == 0 or not self.radii.any():
            return None
        centres = mine[:: -(-mine.shape[0] // CENTRES)]
        apart = np.sqrt(((centres[:, None] - mine[None]) ** 2).sum(axis=2))
        tried = self.radii.size * centres.shape[0]
        found = []
        for radius in self.radii:
            inside = (apart <= radius).sum(axis=1)
            best = int(inside.argmax())
            if inside[best] < least * mine.shape[0]:
                continue
            of_all = int(self.tree.query_ball_point(centres[best], radius, return_length=True))
            share, overall = inside[best] / mine.shape[0], of_all / self.located.shape[0]
            p = float(stats.binom.sf(inside[best] - 1, mine.shape[0], overall))
            found.append(Circle(float(share), float(overall), min(p * tried, 1.0)))
        return min(found, key=lambda each: each.p_value, default=None)
