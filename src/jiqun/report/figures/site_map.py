"""A map of sites over land without political borders: points, or hexagons where there are many."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from jiqun.report.figures.coastline import Window, land
from jiqun.report.figures.scale import ticks
from jiqun.report.figures.svg import (
    BLUE,
    GREY,
    LAND,
    RULE,
    SEA,
    SHORE,
    WIDTH,
    coordinate,
    element,
    line,
    picture,
    text,
)
from jiqun.report.formatting import mark, number
from jiqun.vocabulary.text import Language, Text

Points = NDArray[np.float64]

MOST_POINTS = 1500
HEXAGON = 9.0
MARGIN, SMALLEST_SPAN = 0.08, 0.1
LOWEST, TALLEST, EDGE = 280.0, 600.0, 26.0
KM_PER_DEGREE = 111.195
WIDEST_WITH_SCALE = 40.0
STEEPEST_PARALLEL = 60.0
HALF_WAY_ROUND = 180.0
POINT = 4.0


@dataclass(frozen=True, slots=True)
class Projection:
    """Equirectangular, true to scale along the middle parallel of its window; px per degree."""

    window: Window
    across: float
    up: float

    @classmethod
    def of(cls, window: Window, width: float) -> "Projection":
        """Fit a window to a width in px."""
        middle = min(abs(window.south + window.north) / 2, STEEPEST_PARALLEL)
        across = width / window.width
        return cls(window, across, across / float(np.cos(np.radians(middle))))

    @property
    def width(self) -> float:
        """Width of the window, px."""
        return self.window.width * self.across

    @property
    def height(self) -> float:
        """Height of the window, px."""
        return self.window.height * self.up

    def place(self, points: Points) -> Points:
        """Turn longitude and latitude into px from the top left."""
        x = (points[:, 0] - self.window.west) * self.across
        y = (self.window.north - points[:, 1]) * self.up
        return np.stack([x, y], axis=1)


def unwrapped(points: Points) -> Points:
    """Let places on both sides of the antimeridian lie side by side: longitudes up to 540°.

    Longitudes stay as they are unless an empty half of the globe lies between them.
    """
    longitude = np.sort(points[:, 0])
    gaps = np.diff(longitude)
    if not gaps.size or gaps.max() <= HALF_WAY_ROUND:
        return points
    east_of = longitude[gaps.argmax()]
    return points + np.where(points[:, :1] <= east_of, [360.0, 0.0], 0.0)


def window_around(points: Points) -> Window:
    """Return the window that shows all points with a margin, in the shape of the figure."""
    west, south = points.min(axis=0)
    east, north = points.max(axis=0)
    squeeze = float(np.cos(np.radians(min(abs(south + north) / 2, STEEPEST_PARALLEL))))
    width = max(east - west, SMALLEST_SPAN) * (1 + 2 * MARGIN)
    height = max(north - south, SMALLEST_SPAN) * (1 + 2 * MARGIN)
    width = max(width, height * WIDTH / TALLEST / squeeze)
    height = max(height, width * squeeze * LOWEST / WIDTH)
    width, height = min(width, 360.0), min(height, 180.0)
    most = 180.0 if east <= 180.0 else 540.0  # noqa: PLR2004 (beyond it: around the antimeridian)
    x = float(np.clip((west + east) / 2, -180 + width / 2, most - width / 2))
    y = float(np.clip((south + north) / 2, -90 + height / 2, 90 - height / 2))
    return Window(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def ground(projection: Projection) -> Markup:
    """Draw sea and land."""
    strokes = []
    for ring in land(projection.window):
        at = np.rint(projection.place(ring) * 2) / 2
        at = at[np.concatenate([[True], np.any(np.diff(at, axis=0) != 0, axis=1)])]
        if len(at) > 2:  # noqa: PLR2004 (two points enclose nothing)
            strokes.append("M" + "L".join(f"{coordinate(x)} {coordinate(y)}" for x, y in at) + "Z")
    sea = element(
        "rect", width=coordinate(projection.width), height=coordinate(projection.height), fill=SEA
    )
    return sea + element(
        "path", d="".join(strokes), fill=LAND, fill_rule="evenodd", stroke=SHORE, stroke_width=0.6
    )


def around_the_globe(longitude: float) -> float:
    """Return a longitude of an unwrapped window as -180° to 180°."""
    return longitude if longitude <= HALF_WAY_ROUND else longitude - 2 * HALF_WAY_ROUND


def _degrees(value: float, positive: Text, negative: Text, language: Language) -> str:
    side = (positive if value >= 0 else negative).fill(n=mark(abs(value), language))
    return side.to(language)


NORTH, SOUTH = Text("{n}° N", "北纬{n}°"), Text("{n}° S", "南纬{n}°")
EAST, WEST = Text("{n}° E", "东经{n}°"), Text("{n}° W", "西经{n}°")


def graticule(projection: Projection, language: Language) -> list[Markup]:
    """Draw meridians and parallels with their degrees."""
    window, height = projection.window, projection.height
    drawn = []
    for longitude in ticks(window.west, window.east, 5):
        x = (longitude - window.west) * projection.across
        drawn.append(line(x, 0, x, height, stroke=RULE, stroke_width=0.6))
        label = _degrees(around_the_globe(longitude), EAST, WEST, language)
        if EDGE < x < projection.width - EDGE:
            drawn.append(text(label, x, height + 16, anchor="middle", fill=GREY, font_size=11))
    for latitude in ticks(window.south, window.north, 4):
        y = (window.north - latitude) * projection.up
        drawn.append(line(0, y, projection.width, y, stroke=RULE, stroke_width=0.6))
        if y > EDGE:
            label = _degrees(latitude, NORTH, SOUTH, language)
            drawn.append(text(label, 4, y - 3, fill=GREY, font_size=11))
    return drawn


def scale_bar(projection: Projection, y: float, language: Language) -> list[Markup]:
    """Draw a bar of a round length; none where the scale differs too much within the window."""
    if projection.window.width > WIDEST_WITH_SCALE:
        return []
    px_per_km = projection.up / KM_PER_DEGREE
    length = max(t for t in ticks(0.0, projection.width / 4 / px_per_km, 3) if t > 0)
    x = 14.0
    label = Text("{n} km", "{n} 公里").fill(n=mark(length, language)).to(language)
    end = x + length * px_per_km
    return [
        line(x, y, end, y, stroke="#222", stroke_width=2),
        text(label, end + 6, y + 4, font_size=12),
    ]


def _points(at: Points) -> list[Markup]:
    dots = [
        element("circle", cx=coordinate(x), cy=coordinate(y), r=coordinate(POINT)) for x, y in at
    ]
    look = {"fill": BLUE, "fill_opacity": 0.55, "stroke": "#fff", "stroke_width": 0.7}
    return [element("g", *dots, **look)]


def hexagons(at: Points, size: float) -> tuple[Points, NDArray[np.int64]]:
    """Bin points in px into hexagons with a corner up; centres, shape (bins, 2), and counts.

    Each point goes to the nearer of the candidate centres of two staggered grids, which is the
    hexagon that holds it.
    """
    step = np.array([np.sqrt(3.0) * size, 3.0 * size])
    straight = np.rint(at / step) * step
    staggered = (np.floor(at / step) + 0.5) * step
    nearer = ((at - straight) ** 2).sum(axis=1) <= ((at - staggered) ** 2).sum(axis=1)
    centres, counts = np.unique(
        np.where(nearer[:, None], straight, staggered).round(3), axis=0, return_counts=True
    )
    return centres, counts


def _hexagon(x: float, y: float, size: float) -> str:
    angles = np.radians(np.arange(30, 390, 60))
    corners = zip(x + size * np.cos(angles), y + size * np.sin(angles), strict=True)
    return "M" + "L".join(f"{coordinate(a)} {coordinate(b)}" for a, b in corners) + "Z"


RAMP = ("#C6DBEF", "#85B7DC", "#3F8FC5", "#0B62A0", "#08306B")


def _bins(at: Points, y: float, language: Language, least: int) -> list[Markup]:
    centres, counts = hexagons(at, HEXAGON)
    centres, counts = centres[counts >= least], counts[counts >= least]
    if not counts.size:
        return []
    top = int(counts.max())
    bounds = np.unique(np.ceil(np.geomspace(1, top, len(RAMP) + 1)).astype(int))[1:]
    level = np.searchsorted(bounds, counts)
    drawn = []
    for k in range(len(bounds)):
        cells = "".join(_hexagon(cx, cy, HEXAGON) for cx, cy in centres[level == k])
        drawn.append(element("path", d=cells, fill=RAMP[k], stroke="#fff", stroke_width=0.4))
    x, lower = WIDTH - 96.0 * len(bounds), 1
    for k, upper in enumerate(bounds.tolist()):
        words = number(lower, language)
        words += "" if upper == lower else f"–{number(upper, language)}"
        look = {"fill": RAMP[k], "stroke": GREY, "stroke_width": 0.5}
        drawn.append(element("path", d=_hexagon(x + 8, y, 7), **look))
        drawn.append(text(words, x + 20, y + 4, font_size=12))
        x, lower = x + 90, upper + 1
    return drawn


def _boundary(projection: Projection, boundary: Points) -> Markup:
    """Draw one line of the user's own, where the window cuts it."""
    window = projection.window
    low, high = boundary.min(axis=0), boundary.max(axis=0)
    if (high < [window.west, window.south]).any() or (low > [window.east, window.north]).any():
        return Markup("")
    at = projection.place(boundary)
    path = "M" + "L".join(f"{coordinate(x)} {coordinate(y)}" for x, y in at)
    look = {"fill": "none", "stroke": GREY, "stroke_width": 1, "stroke_dasharray": "5 2"}
    return element(
        "svg",
        element("path", d=path, **look),
        width=coordinate(projection.width),
        height=coordinate(projection.height),
        overflow="hidden",
    )


def site_map(
    points: Points,
    window: Window,
    alt: str,
    language: Language,
    *,
    synthetic: bool,
    least: int = 1,
    boundaries: Sequence[Points] = (),
) -> Markup:
    """Draw the sites that fall in a window; ``points`` has shape (sites, 2), degrees.

    With ``least`` above 1 no single site is drawn, only hexagons that hold so many. ``boundaries`` are
    lines of the user's own.
    """
    projection = Projection.of(window, WIDTH)
    legend = projection.height + 34
    at = projection.place(points)
    inside = np.all((at >= 0) & (at <= [WIDTH, projection.height]), axis=1)
    many = int(inside.sum()) > MOST_POINTS or least > 1
    marks = _bins(at[inside], legend, language, least) if many else _points(at[inside])
    return picture(
        legend + (38 if synthetic else 18),
        alt,
        [
            ground(projection),
            *(_boundary(projection, boundary) for boundary in boundaries),
            *graticule(projection, language),
            *marks,
            *scale_bar(projection, legend, language),
        ],
        synthetic=synthetic,
    )
