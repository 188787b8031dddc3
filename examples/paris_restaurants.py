"""The restaurants of Paris as a record, and the figure of the tutorial.

``python examples/paris_restaurants.py dfRestaurantParis.csv.gz paris`` writes ``paris/paris.jiqun`` to
measure and to study, and the two drawings that ``docs/tutorials/paris_restaurants.md`` shows. The data
(INSEE) come with the R package btb; coordinates are Lambert-93, in metres, and a record has degrees.
"""

import sys
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

import jiqun as jq
from jiqun.measures.curve_points import CurvePoints
from jiqun.numerics.point_pattern import Curve
from jiqun.report.figures.band_curve import band_curve
from jiqun.vocabulary.text import LANGUAGES, Text

Floats = NDArray[np.float64]

EXPONENT, CONSTANT = 0.7256077650532670, 11_754_255.4261  # of Lambert-93 on GRS 80, m
POLE = (700_000.0, 12_655_612.0499)  # m
ECCENTRICITY, CENTRAL_MERIDIAN = 0.0818191910428158, 3.0
NOT_A_TYPE = ("x", "y", "restaurant")
FILE_OF = {"en": "paris_restaurants.svg", "zh": "paris_restaurants.zh_CN.svg"}
ALT = Text(
    "Indian restaurants of Paris: more pairs of them than chance gives up to 400 m, fewer from 2,800 m.",
    "巴黎的印度餐馆:400 米以内的餐馆对多于偶然,2,800 米以外少于偶然。",
)


def degrees(lambert: Floats) -> Floats:
    """Turn Lambert-93 metres, shape (N, 2), into longitude and latitude.

    References
    ----------
    Snyder, J. P. (1987). Map projections: a working manual. USGS Professional Paper 1395, pp. 107-109.
    """
    east, south = lambert[:, 0] - POLE[0], POLE[1] - lambert[:, 1]
    longitude = np.degrees(np.arctan2(east, south) / EXPONENT) + CENTRAL_MERIDIAN
    isometric = np.log(CONSTANT / np.hypot(east, south)) / EXPONENT
    latitude = 2.0 * np.arctan(np.exp(isometric)) - np.pi / 2.0
    for _ in range(8):
        wave = ECCENTRICITY * np.sin(latitude)
        flattened = ((1.0 + wave) / (1.0 - wave)) ** (ECCENTRICITY / 2.0)
        latitude = 2.0 * np.arctan(flattened * np.exp(isometric)) - np.pi / 2.0
    return np.stack([longitude, np.degrees(latitude)], axis=1)


def record_of(table: pl.DataFrame) -> jq.Record:
    """Make each restaurant a firm with one site; its type is its industry."""
    types = table.select(pl.exclude(NOT_A_TYPE))
    flags = types.to_numpy() == 1
    names = np.array([*types.columns, "other"])
    kind = names[np.where(flags.any(axis=1), flags.argmax(axis=1), len(types.columns))]
    longitude, latitude = degrees(table.select("x", "y").to_numpy()).T
    firm = [f"r{k:05d}" for k in range(table.height)]
    return jq.Record.of(
        firms=pl.DataFrame({"firm_id": firm, "industry_code": kind, "industry_scheme": "other"}),
        sites=pl.DataFrame(
            {"site_id": firm, "firm_id": firm, "longitude": longitude, "latitude": latitude}
        ),
    )


def points_of(curve: Curve) -> CurvePoints:
    """Hand a curve with its band to the figures of the report."""
    band = curve.band
    if band is None:
        msg = "a curve without a band can't be compared with chance"
        raise ValueError(msg)
    columns = {
        "value": curve.observed,
        "expected": band.expected,
        "low": band.low,
        "high": band.high,
        "global_low": band.global_low,
        "global_high": band.global_high,
    }
    return CurvePoints(
        axis=Text("distance between two restaurants, km", "两家餐馆间的距离(公里)"),
        quantity=Text("density of distances, per km", "距离的密度(每公里)"),
        at=tuple((curve.radii / 1000.0).tolist()),
        **{name: tuple((column * 1000.0).tolist()) for name, column in columns.items()},
        departs=curve.verdict != "neither",
    )


def main(source: Path, out: Path) -> None:
    """Write the record and the drawings."""
    table = pl.read_csv(source)
    points, indian = table.select("x", "y").to_numpy(), table["indian"].to_numpy() == 1
    out.mkdir(parents=True, exist_ok=True)
    jq.write(record_of(table), out / "paris.jiqun")
    curve = points_of(jq.kd(points, indian, np.arange(0.0, 3001.0, 100.0), seed=1))
    places = degrees(points[indian])
    for language in LANGUAGES:
        drawn = band_curve(curve, places, ALT.to(language), language, synthetic=False)
        (out / FILE_OF[language]).write_text(f"{drawn}\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
