"""Map 地图: where the sites are, over land without political borders."""

from functools import partial

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.report.block import Block, Field, Figure, Number, Paragraph, Rows, Value, count_of
from jiqun.report.figures.coastline import Window
from jiqun.report.figures.site_map import (
    MOST_POINTS,
    around_the_globe,
    site_map,
    unwrapped,
    window_around,
)
from jiqun.report.section import Section
from jiqun.report.study import Study
from jiqun.vocabulary.text import Text

Points = NDArray[np.float64]

NO_SITES = Text(
    "There is no map: no site has coordinates. Sites with longitude and latitude would allow one.",
    "没有地图:没有带坐标的场所。补充场所经纬度后即可绘制。",
)
GROUND = Text(
    "Grey is land, generalised (Natural Earth 1:50m, public domain), coordinates in WGS 84. No political "
    "border is drawn, and many small islands are too small to be seen.",
    "灰色为概化的陆地(Natural Earth 1:50m,公有领域),坐标为 WGS 84;图中不绘制任何行政或国家界线,"
    "面积很小的岛屿可能无法显示。",
)
LAND = Text(
    "Grey is land, generalised (Natural Earth 1:50m, public domain), coordinates in WGS 84.",
    "灰色为概化的陆地(Natural Earth 1:50m,公有领域),坐标为 WGS 84。",
)
DRAWN = Text("Dashed lines are from: {attribution}.", "虚线界线来源:{attribution}。")
APPROVED = Text("Map approval number (审图号): {number}.", "审图号:{number}。")
NOT_APPROVED = Text(
    "No map approval number was given (--map-approval); in China a published map of boundaries takes one.",
    "未提供审图号(--map-approval);在中国公开发布含界线的地图须经审核。",
)
POINTS = Text("One dot a site; darker where several coincide.", "每点为一处场所,重叠处颜色较深。")
FEW = Text(
    "Hexagons with fewer than five sites are left out, since this report is to be shared.",
    "本报告供共享,不显示场所不足五处的六边形。",
)
HEXAGONS = Text(
    "Each hexagon is coloured by the number of sites in it, darker for more.",
    "六边形按其中的场所数着色,颜色越深数量越多。",
)
ALT = Text(
    "Map of {n} sites between longitudes {west}° and {east}° and latitudes {south}° and {north}°; half of "
    "them lie within {radius} km of longitude {x}°, latitude {y}°.",
    "{n} 处场所的地图,经度 {west}° 至 {east}°,纬度 {south}° 至 {north}°;半数位于经度 {x}°、纬度 {y}° "
    "周围 {radius} 公里以内。",
)
FIELDS = (
    Field("longitude", Text("longitude, ° (WGS 84)", "经度(°,WGS 84)")),
    Field("latitude", Text("latitude, ° (WGS 84)", "纬度(°,WGS 84)")),
    Field("sites", Text("sites", "场所数")),
)
LEAST = 5
CENTRE_SHARE = 0.5
ZOOM_WORTH = 4.0
EARTH_KM = 6371.0088


def placed_sites(study: Study) -> Points:
    """Return longitude and latitude of the sites on the globe that have both, side by side."""
    sites = study.record["sites"].select("longitude", "latitude").drop_nulls()
    on_globe = pl.col("longitude").is_between(-180, 180) & pl.col("latitude").is_between(-90, 90)
    return unwrapped(sites.filter(on_globe).to_numpy().astype(np.float64))


def distances_km(points: Points, centre: Points) -> NDArray[np.float64]:
    """Return great-circle distances (haversine) to one place, km."""
    a, b = np.radians(points), np.radians(centre)
    half = np.sin((a - b) / 2) ** 2
    inner = half[:, 1] + np.cos(a[:, 1]) * np.cos(b[1]) * half[:, 0]
    distances: NDArray[np.float64] = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(inner, 0, 1)))
    return distances


def _alt(points: Points) -> Text:
    centre = np.median(points, axis=0)
    radius = float(np.median(distances_km(points, centre)))
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    west, east, x = (around_the_globe(float(degrees)) for degrees in (west, east, centre[0]))
    bounds = {"west": west, "south": south, "east": east, "north": north}
    centred = {"x": x, "y": centre[1]}
    rounded = {k: f"{v:.1f}" for k, v in (bounds | centred).items()}
    return ALT.fill(n=f"{len(points):,}", radius=f"{radius:,.0f}", **rounded)


def densest(points: Points) -> Points:
    """Return the half of the points that lies nearest to the median place."""
    distances = distances_km(points, np.median(points, axis=0))
    return points[distances <= np.quantile(distances, CENTRE_SHARE)]


def drawn(points: Points, *, least: int = 1) -> Rows:
    """Return what a map shows: each place, or how many there are in each tenth of a degree.

    Cells with fewer than ``least`` sites are left out.
    """
    many = len(points) > MOST_POINTS or least > 1
    places = np.round(points, 1 if many else 5)
    at, counts = np.unique(places, axis=0, return_counts=True)
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (*(Number(value=float(x), basis="count:sites") for x in place), count_of(int(n), "sites"))
        for place, n in zip(at, counts, strict=True)
        if n >= least
    )
    return Rows(fields=FIELDS, rows=rows)


def _figure(name: str, title: Text, points: Points, window: Window, study: Study) -> Figure:
    inside = points[
        np.all((points >= [window.west, window.south]) & (points <= [window.east, window.north]), 1)
    ]
    alt, least = _alt(inside), LEAST if study.shared else 1
    return Figure(
        name=name,
        title=title,
        alt=alt,
        draw=lambda language: site_map(
            points,
            window,
            alt.to(language),
            language,
            synthetic=study.synthetic,
            least=least,
            boundaries=study.boundaries.lines if study.boundaries is not None else (),
        ),
        data=drawn(inside, least=least),
        notes=_notes(len(inside) > MOST_POINTS, study),
    )


def _notes(many: bool, study: Study) -> tuple[Text, ...]:
    shown = HEXAGONS if many or study.shared else POINTS
    few = (FEW,) if study.shared else ()
    if study.boundaries is None:
        return (shown, *few, GROUND)
    lines = DRAWN.fill(attribution=study.boundaries.attribution)
    approval = study.boundaries.approval
    approved = (APPROVED.fill(number=approval),) if approval else (NOT_APPROVED,)
    return (shown, *few, LAND, lines, *approved)


def _map(study: Study) -> tuple[Block, ...]:
    points = placed_sites(study)
    if not len(points):
        return (Paragraph(text=NO_SITES),)
    whole = window_around(points)
    draw = partial(_figure, points=points, study=study)
    figures = [draw("sites", Text("Sites", "场所分布"), window=whole)]
    near = window_around(densest(points))
    if near.width * ZOOM_WORTH < whole.width:
        title = Text(
            "Sites, where the nearest half of them are", "场所分布:最集中的半数场所所在区域"
        )
        figures.append(draw("sites-near", title, window=near))
    without = study.record["sites"].height - len(points)
    told = Text("Sites without coordinates, not drawn: {n}.", "缺少坐标而未绘出的场所:{n} 处。")
    return (*figures, *([Paragraph(text=told.fill(n=f"{without:,}"))] if without else []))


MAP = Section(name="map", title=Text("Where", "空间分布"), build=_map)
