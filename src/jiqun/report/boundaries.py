"""Boundaries 界线: none of our own; what is drawn is from the user's file, with its source and approval.

A map of boundaries is a statement, and in some places an act that takes approval. So the program ships no
boundary and draws only what it is given, with a place for the attribution and, in China, the 审图号.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from jiqun.record.problem import InputError, Rule
from jiqun.vocabulary.text import Text

LARGEST = 64 * 2**20
FILE = Rule(
    id="report.boundaries",
    title=Text(
        "The file of boundaries is GeoJSON in WGS 84.", "界线文件为 WGS 84 坐标的 GeoJSON。"
    ),
    remedy=Text(
        "Export it as GeoJSON (longitude, latitude in degrees), below 64 MB.",
        "请导出为 GeoJSON(经纬度,单位为度),小于 64 MB。",
    ),
)
UNREADABLE = Text(
    "“{path}” is no GeoJSON that can be read: {reason}.", "无法读取“{path}”:{reason}。"
)
NO_LINES = Text("it holds no line or polygon", "其中没有线或面")
OUTSIDE = Text("its coordinates are no degrees", "坐标不是经纬度")
TOO_LARGE = Text("it is larger than 64 MB", "文件超过 64 MB")
BROKEN = Text("it is not well-formed", "格式有误")
LINES = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}
"""Kind of geometry → how deep its lines lie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundaries:
    """Lines to draw on maps.

    Attributes
    ----------
    lines
        Longitude and latitude, shape (points, 2) each.
    attribution
        Whom they are from.
    approval
        Number under which the map was approved (审图号); empty where there is none.
    """

    lines: tuple[NDArray[np.float64], ...]
    attribution: str
    approval: str


def read_boundaries(path: Path, *, attribution: str, approval: str = "") -> Boundaries:
    """Read boundaries from a GeoJSON file.

    Raises
    ------
    InputError
        Where the file is no GeoJSON with lines or polygons in degrees.
    OSError
        Where it cannot be read.
    """
    if path.stat().st_size > LARGEST:
        raise _refused(path, TOO_LARGE)
    try:
        lines = tuple(_lines(json.loads(path.read_text(encoding="utf-8"))))
    except (ValueError, TypeError, KeyError, RecursionError, AttributeError) as error:
        raise _refused(path, BROKEN) from error
    if not lines:
        raise _refused(path, NO_LINES)
    if any((np.abs(line) > [180.0, 90.0]).any() for line in lines):
        raise _refused(path, OUTSIDE)
    return Boundaries(lines=lines, attribution=attribution, approval=approval)


def _refused(path: Path, reason: Text) -> InputError:
    message = UNREADABLE.fill(path=path.name, reason=reason)
    return InputError((FILE.problem(table="", message=message, source=path.name),))


def _lines(node: dict[str, object]) -> Iterator[NDArray[np.float64]]:
    kind = node["type"]
    if kind == "FeatureCollection":
        for feature in node["features"]:  # type: ignore[attr-defined]  # JSON
            yield from _lines(feature)
    elif kind == "Feature":
        yield from _lines(node["geometry"]) if node["geometry"] else ()  # type: ignore[arg-type]  # JSON
    elif kind == "GeometryCollection":
        for geometry in node["geometries"]:  # type: ignore[attr-defined]  # JSON
            yield from _lines(geometry)
    elif kind in LINES:
        yield from _at_depth(node["coordinates"], LINES[str(kind)])


def _at_depth(coordinates: object, depth: int) -> Iterator[NDArray[np.float64]]:
    if depth == 0:
        points = np.array([place[:2] for place in coordinates], dtype=np.float64)  # type: ignore[attr-defined]
        yield points.reshape(-1, 2)
        return
    for part in coordinates:  # type: ignore[attr-defined]  # JSON
        yield from _at_depth(part, depth - 1)
