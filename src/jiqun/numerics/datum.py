"""Where is a point from a Chinese map on the globe? GCJ-02 and BD-09 ↔ WGS 84.

Map services in China publish coordinates that are shifted by some hundred metres: GCJ-02 by law,
BD-09 once more by Baidu. A record holds WGS 84 only, so importers convert. The official GCJ-02
transform is not public; this is the reconstruction that the field uses (two trigonometric
polynomials in degrees on the Krasovsky 1940 ellipsoid), whose inverse has no closed form and is
iterated to a fixed point.

Error: inverse and forward agree to 10⁻⁵ m. Against the official transform the reconstruction
itself cannot be checked; it says nothing about the error of the source's own coordinates.

Rule for where the shift applies: inside the rectangles of :data:`SHIFTED`, less those of
:data:`NOT_SHIFTED`. They hold the mainland, Hong Kong and Macao, leave out Taiwan, Korea and Japan,
and follow the other land borders to within about 200 km, closer where people live. A point is judged by its own coordinates,
whatever their datum, and left unchanged outside.

Paper: E1 (concentration in a region needs true places).
"""

from collections.abc import Callable
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

Datum = Literal["WGS84", "GCJ02", "BD09"]
Points = tuple[NDArray[np.float64], NDArray[np.float64]]
Forward = Callable[[NDArray[np.float64], NDArray[np.float64]], Points]

SEMI_MAJOR_AXIS = 6_378_245.0
"""Krasovsky 1940, metres."""
ECCENTRICITY_SQUARED = 0.00669342162296594323
"""Krasovsky 1940."""
ITERATIONS = 8
"""The shift changes by less than 2 % of a step (BD-09) or 0.5 % (GCJ-02), so 8 reach 10⁻⁵ m."""
BAIDU_FREQUENCY = 3000.0 * np.pi / 180.0
BAIDU_SHIFT = (0.0065, 0.006)
"""Degrees of longitude and latitude."""

Rectangle = tuple[float, float, float, float]
SHIFTED: tuple[Rectangle, ...] = (
    (79.4, 42.8, 96.4, 49.3),
    (109.6, 39.3, 135.0, 54.2),
    (73.1, 29.5, 124.2, 42.9),
    (82.9, 26.7, 97.1, 29.6),
    (97.0, 20.4, 122.9, 29.6),
    (107.9, 17.8, 111.8, 20.5),
)
"""West, south, east, north in degrees."""
NOT_SHIFTED: tuple[Rectangle, ...] = (
    (119.92, 21.7, 122.5, 25.4),
    (101.9, 20.0, 106.6, 22.2),
    (106.4, 20.4, 108.0, 21.5),
    (109.0, 50.4, 119.1, 55.9),
    (127.5, 49.6, 137.1, 55.9),
    (131.3, 42.5, 137.1, 44.9),
    (124.6, 39.0, 130.7, 40.9),
    (73.1, 29.5, 78.3, 35.4),
    (78.3, 29.5, 80.0, 30.9),
    (73.1, 40.6, 77.9, 42.9),
    (82.9, 26.7, 88.0, 27.75),
    (89.1, 26.7, 92.0, 27.75),
    (97.0, 20.4, 98.8, 23.4),
    (98.8, 20.4, 99.9, 21.7),
    (97.0, 25.0, 97.7, 27.5),
    (109.6, 45.5, 115.4, 50.4),
)
"""Taiwan; northern Laos and Vietnam; Russia's side of the Amur and Ussuri; Korea; the Punjab and
Kashmir; Kyrgyzstan; Nepal; Bhutan; Myanmar; eastern Mongolia."""


def is_shifted(longitude: ArrayLike, latitude: ArrayLike) -> NDArray[np.bool_]:
    """Tell which points lie where Chinese maps shift coordinates; missing points do not.

    Parameters
    ----------
    longitude, latitude
        Degrees, any common shape.
    """
    x, y = np.broadcast_arrays(
        np.asarray(longitude, dtype=np.float64), np.asarray(latitude, dtype=np.float64)
    )
    inside = np.zeros(x.shape, dtype=np.bool_)
    for value, rectangles in ((True, SHIFTED), (False, NOT_SHIFTED)):
        for west, south, east, north in rectangles:
            inside[(x >= west) & (x <= east) & (y >= south) & (y <= north)] = value
    return inside


def to_wgs84(longitude: ArrayLike, latitude: ArrayLike, datum: Datum) -> Points:
    """Convert points to WGS 84.

    Parameters
    ----------
    longitude, latitude
        Degrees in ``datum``, any common shape; NaN stays NaN.
    datum
        ``WGS84`` (returned as they are), ``GCJ02`` or ``BD09``.

    Returns
    -------
    longitude, latitude
        Degrees, WGS 84.

    Raises
    ------
    ValueError
        For a datum that is none of these.
    """
    x, y = _arrays(longitude, latitude, datum)
    inside = is_shifted(x, y)
    if datum == "BD09":
        x[inside], y[inside] = _undo(_gcj02_to_bd09, x[inside], y[inside])
    if datum != "WGS84":
        x[inside], y[inside] = _undo(_wgs84_to_gcj02, x[inside], y[inside])
    return x, y


def from_wgs84(longitude: ArrayLike, latitude: ArrayLike, datum: Datum) -> Points:
    """Convert points from WGS 84; parameters, result and errors as in :func:`to_wgs84`."""
    x, y = _arrays(longitude, latitude, datum)
    inside = is_shifted(x, y)
    if datum != "WGS84":
        x[inside], y[inside] = _wgs84_to_gcj02(x[inside], y[inside])
    if datum == "BD09":
        x[inside], y[inside] = _gcj02_to_bd09(x[inside], y[inside])
    return x, y


def _arrays(longitude: ArrayLike, latitude: ArrayLike, datum: str) -> Points:
    if datum not in get_args(Datum):
        msg = f"no such datum: {datum!r}; known are {', '.join(get_args(Datum))}"
        raise ValueError(msg)
    x, y = np.broadcast_arrays(
        np.asarray(longitude, dtype=np.float64), np.asarray(latitude, dtype=np.float64)
    )
    return x.copy(), y.copy()


def _waves(t: NDArray[np.float64], *terms: tuple[float, float]) -> NDArray[np.float64]:
    """Sum of 2/3 · amplitude · sin(π t · frequency), metres."""
    total = np.zeros_like(t)
    for amplitude, frequency in terms:
        total += amplitude * np.sin(np.pi * t * frequency)
    return total * (2.0 / 3.0)


def _wgs84_to_gcj02(longitude: NDArray[np.float64], latitude: NDArray[np.float64]) -> Points:
    x, y = longitude - 105.0, latitude - 35.0
    root = np.sqrt(np.abs(x))
    shared = 0.1 * x * y + _waves(x, (20.0, 6.0), (20.0, 2.0))
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y**2 + 0.2 * root + shared
    north += _waves(y, (20.0, 1.0), (40.0, 1 / 3), (160.0, 1 / 12), (320.0, 1 / 30))
    east = 300.0 + x + 2.0 * y + 0.1 * x**2 + 0.1 * root + shared
    east += _waves(x, (20.0, 1.0), (40.0, 1 / 3), (150.0, 1 / 12), (300.0, 1 / 30))
    phi = np.radians(latitude)
    w = 1.0 - ECCENTRICITY_SQUARED * np.sin(phi) ** 2
    meridian_radius = SEMI_MAJOR_AXIS * (1.0 - ECCENTRICITY_SQUARED) / w**1.5
    parallel_radius = SEMI_MAJOR_AXIS / np.sqrt(w) * np.cos(phi)
    return (
        longitude + np.degrees(east / parallel_radius),
        latitude + np.degrees(north / meridian_radius),
    )


def _gcj02_to_bd09(longitude: NDArray[np.float64], latitude: NDArray[np.float64]) -> Points:
    radius = np.hypot(longitude, latitude) + 2e-5 * np.sin(latitude * BAIDU_FREQUENCY)
    angle = np.arctan2(latitude, longitude) + 3e-6 * np.cos(longitude * BAIDU_FREQUENCY)
    return radius * np.cos(angle) + BAIDU_SHIFT[0], radius * np.sin(angle) + BAIDU_SHIFT[1]


def _undo(
    forward: Forward, longitude: NDArray[np.float64], latitude: NDArray[np.float64]
) -> Points:
    """Find the points that ``forward`` shifts onto the given ones."""
    x, y = longitude.copy(), latitude.copy()
    for _ in range(ITERATIONS):
        shifted_x, shifted_y = forward(x, y)
        x, y = x - (shifted_x - longitude), y - (shifted_y - latitude)
    return x, y
