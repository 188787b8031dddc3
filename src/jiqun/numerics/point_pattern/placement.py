"""Where points are 位置: checked coordinates in a space whose straight distances can be counted.

Projected coordinates stay as they are. Longitude and latitude become points on a sphere in three
dimensions, where the straight chord c and the way over ground d are bound by d = 2R asin(c / 2R);
this is exact at the antimeridian and at the poles, and one loop serves both kinds.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Coordinates = Literal["projected", "longitude_latitude"]

EARTH_RADIUS = 6_371_008.8  # m, mean radius of the WGS 84 ellipsoid
LARGEST_DEGREES = (180.0, 90.0)  # longitude, latitude
PLANE = 2
NO_DIRECTION = 1e-9  # length of a mean direction that is rounding only


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Points in the order of their first coordinate, which lets loops stop early.

    Attributes
    ----------
    position
        Metres, shape (2, N) for projected coordinates, (3, N) for longitude and latitude.
    order
        Row of the input that each place holds, shape (N,).
    """

    position: NDArray[np.float64]
    order: NDArray[np.int64]

    @property
    def on_sphere(self) -> bool:
        """Whether distances are great-circle distances."""
        return bool(self.position.shape[0] != PLANE)

    @property
    def extent(self) -> float:
        """Diagonal of the box that holds all points: no straight distance is longer, m."""
        return float(np.linalg.norm(np.ptp(self.position, axis=1)))

    def straight(self, ground: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn distances over ground into straight distances, m."""
        if not self.on_sphere:
            return ground
        angle = np.minimum(ground / (2.0 * EARTH_RADIUS), np.pi / 2.0)
        return 2.0 * EARTH_RADIUS * np.sin(angle)

    def ground(self, straight: NDArray[np.float64]) -> NDArray[np.float64]:
        """Turn straight distances into distances over ground, m."""
        if not self.on_sphere:
            return straight
        return 2.0 * EARTH_RADIUS * np.arcsin(np.minimum(straight / (2.0 * EARTH_RADIUS), 1.0))

    def in_order(self, values: NDArray[np.generic]) -> NDArray[np.generic]:
        """Bring one value a point, in the order of the input, into the order of the places."""
        return values[self.order]


def place(points: ArrayLike, coordinates: Coordinates = "projected") -> Placement:
    """Check points and put them into the space in which pairs are counted.

    Parameters
    ----------
    points
        Shape (N, 2): x and y in metres, or longitude and latitude in degrees.
    coordinates
        Which of the two it is.

    Raises
    ------
    ValueError
        For another shape, a missing or infinite number, or degrees out of range; names the first
        row that is wrong.
    """
    array = np.asarray(points, dtype=np.float64)
    if array.ndim != PLANE or array.shape[1] != PLANE:
        msg = f"points: expected shape (N, 2), got {array.shape}"
        raise ValueError(msg)
    _refuse_rows(
        np.asarray(~np.isfinite(array).all(axis=1)), array, "is not a pair of finite numbers"
    )
    if coordinates == "projected":
        position = array.T
    elif coordinates == "longitude_latitude":
        outside = np.asarray((np.abs(array) > LARGEST_DEGREES).any(axis=1))
        _refuse_rows(outside, array, "is not a longitude and a latitude in degrees")
        position = _on_sphere(*np.radians(array.T))
    else:
        msg = f"coordinates: expected 'projected' or 'longitude_latitude', got {coordinates!r}"
        raise ValueError(msg)
    order = np.lexsort(position[::-1])
    return Placement(position=np.ascontiguousarray(position[:, order]), order=order)


def _on_sphere(
    longitude: NDArray[np.float64], latitude: NDArray[np.float64]
) -> NDArray[np.float64]:
    around = np.cos(latitude)
    return EARTH_RADIUS * np.stack(
        [around * np.cos(longitude), around * np.sin(longitude), np.sin(latitude)]
    )


def _refuse_rows(wrong: NDArray[np.bool_], array: NDArray[np.float64], fault: str) -> None:
    if wrong.any():
        row = int(np.argmax(wrong))
        msg = f"points: row {row}, {tuple(array[row].tolist())}, {fault} ({int(wrong.sum())} such rows)"
        raise ValueError(msg)


def project(
    longitude_latitude: ArrayLike,
) -> tuple[NDArray[np.float64], float]:
    """Project longitude and latitude onto a plane that keeps areas, centred on the points.

    Lambert's azimuthal equal-area projection of the sphere: for what needs a plane (grids, maps).

    Returns
    -------
    points
        Metres, shape (N, 2).
    distortion
        Largest relative error of a short distance at any of the points, 1 / cos(c / 2) - 1 for a
        point at the angle c from the centre; infinite where a point is opposite the centre.

    References
    ----------
    Snyder, J. P. (1987). Map projections: a working manual. USGS Professional Paper 1395, p. 182.
    """
    sphere = place(longitude_latitude, "longitude_latitude")
    unit = np.empty_like(sphere.position)
    unit[:, sphere.order] = sphere.position / EARTH_RADIUS
    centre = unit.mean(axis=1)
    if np.linalg.norm(centre) < NO_DIRECTION:
        centre = unit[:, 0]  # balanced around the globe: any centre serves
    centre = centre / np.linalg.norm(centre)
    east = np.array([-centre[1], centre[0], 0.0])
    if np.linalg.norm(east) < NO_DIRECTION:
        east = np.array([0.0, 1.0, 0.0])  # centred on a pole
    east = east / np.linalg.norm(east)
    north = np.cross(centre, east)
    half_cosine = np.sqrt(np.maximum((1.0 + centre @ unit) / 2.0, 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = EARTH_RADIUS / half_cosine
        points = np.stack([east @ unit, north @ unit], axis=1) * scale[:, None]
        distortion = float(np.max(1.0 / half_cosine - 1.0))
    return points, distortion
