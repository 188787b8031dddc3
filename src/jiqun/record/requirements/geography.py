"""Geography 地理坐标: a site has both coordinates, in the right order, where its firm is.

Paper: E1, E4, K2h (where firms are, for every measure of agglomeration).
"""

import polars as pl

from jiqun.record.problem import Rule
from jiqun.record.requirements.country_boxes import COUNTRY_BOXES
from jiqun.record.requirements.query import ROW, Check, Tables, View, plain
from jiqun.vocabulary.text import Text

HALF = Rule(
    id="geography.half",
    title=Text("A site has both coordinates or none.", "场所的经纬度同时填写或同时留空。"),
    remedy=Text("Fill in the other coordinate, or empty both.", "请补全另一坐标,或一并留空。"),
)
NULL_ISLAND = Rule(
    id="geography.zero",
    title=Text("No site lies at 0°, 0°.", "没有场所位于 0°、0°。"),
    remedy=Text("Leave both coordinates empty where they are not known.", "坐标未知时请留空。"),
)
SWAPPED = Rule(
    id="geography.swapped",
    title=Text("Longitude and latitude are not exchanged.", "经度与纬度未颠倒。"),
    remedy=Text("Exchange the two coordinates.", "请对调经度与纬度。"),
)
ABROAD = Rule(
    id="geography.abroad",
    title=Text(
        "A headquarters lies in the country of its firm.", "企业总部位于企业所在国家或地区。"
    ),
    remedy=Text(
        "Check the coordinates and the firm's country; they may both be right.",
        "请核对坐标与企业所属国家或地区;两者也可能均无误。",
    ),
    severity="warning",
)
MISSING_HALF = Text(
    "{{column}} is empty but {other} is {{given}}.", "“{{column}}”为空,而{other}为 {{given}}。"
)
AT_ZERO = Text(
    "The site lies at 0°, 0°, in the sea off Africa: a missing position written as zero.",
    "场所位于 0°、0°(非洲以西海面),应为缺失坐标被写作零。",
)
ONLY_SWAPPED_IS_VALID = Text(
    "{column} is {value} and the longitude {longitude}: only exchanged are they a place on earth.",
    "“{column}”为 {value},经度为 {longitude};仅对调后才是有效坐标。",
)
SWAPPED_IS_HOME = Text(
    "{column} {value} with longitude {longitude} is far from {country}, the country of the firm; "
    "exchanged, the two lie in it.",
    "“{column}”{value}、经度 {longitude} 不在企业所属国家或地区 {country} 境内,对调后则在其境内。",
)
NOT_HOME = Text(
    "{column} {value} with latitude {latitude} is outside {country}, the country of the firm.",
    "“{column}”{value}、纬度 {latitude} 不在企业所属国家或地区 {country} 范围内。",
)
MARGIN = 1.0
"""Degrees that a box is widened by: for offshore sites and coarse coordinates."""

LONGITUDE, LATITUDE = pl.col("longitude"), pl.col("latitude")
ZERO = (LONGITUDE == 0) & (LATITUDE == 0)
POLE, DATE_LINE = 90, 180
ONLY_SWAPPED = LATITUDE.abs().is_between(POLE, DATE_LINE, closed="right") & (
    LONGITUDE.abs() <= POLE
)


def _within(longitude: pl.Expr, latitude: pl.Expr) -> pl.Expr:
    return longitude.is_between(pl.col("west") - MARGIN, pl.col("east") + MARGIN) & (
        latitude.is_between(pl.col("south") - MARGIN, pl.col("north") + MARGIN)
    )


def _beside_country(tables: Tables) -> pl.LazyFrame:
    boxes = pl.LazyFrame(
        [(country, *map(float, box)) for country, box in COUNTRY_BOXES.items()],
        schema={
            "country": pl.String,
            **dict.fromkeys(("west", "south", "east", "north"), pl.Float64),
        },
        orient="row",
    )
    homes = tables.named["firms"].select("firm_id", "country").join(boxes, on="country")
    placed = LONGITUDE.is_finite() & LATITUDE.is_finite() & ~ZERO & ~ONLY_SWAPPED
    return (
        tables.rows["sites"]
        .filter(placed)
        .select(ROW, "firm_id", "longitude", "latitude", "kind")
        .join(homes, on="firm_id")
        .filter(~_within(LONGITUDE, LATITUDE))
    )


def _half(column: str, other: str, label: Text) -> Check:
    return Check(
        rule=HALF,
        view=plain("sites"),
        column=column,
        message=MISSING_HALF.fill(other=label),
        broken=pl.col(column).is_null() & pl.col(other).is_not_null(),
        evidence={"given": pl.col(other)},
    )


BESIDE_COUNTRY = View(table="sites", needs=("sites", "firms"), frame=_beside_country)
HOME_IF_SWAPPED = _within(LATITUDE, LONGITUDE)
IS_HEADQUARTERS = (pl.col("kind") == "headquarters").fill_null(value=False)

RULES = (HALF, NULL_ISLAND, SWAPPED, ABROAD)
CHECKS = (
    _half("longitude", "latitude", Text("the latitude", "纬度")),
    _half("latitude", "longitude", Text("the longitude", "经度")),
    Check(rule=NULL_ISLAND, view=plain("sites"), column="longitude", message=AT_ZERO, broken=ZERO),
    Check(
        rule=SWAPPED,
        view=plain("sites"),
        column="latitude",
        message=ONLY_SWAPPED_IS_VALID,
        broken=ONLY_SWAPPED,
        evidence={"longitude": LONGITUDE},
    ),
    Check(
        rule=SWAPPED,
        view=BESIDE_COUNTRY,
        column="latitude",
        message=SWAPPED_IS_HOME,
        broken=HOME_IF_SWAPPED,
        evidence={"longitude": LONGITUDE, "country": pl.col("country")},
    ),
    Check(
        rule=ABROAD,
        view=BESIDE_COUNTRY,
        column="longitude",
        message=NOT_HOME,
        broken=IS_HEADQUARTERS & ~HOME_IF_SWAPPED,
        evidence={"latitude": LATITUDE, "country": pl.col("country")},
    ),
)
