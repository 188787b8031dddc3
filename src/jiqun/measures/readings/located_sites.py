"""Open sites with coordinates and the industry of their firm, at a level that leaves groups.

Paper: E1, E4 (agglomeration in geographical space)
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.measures.readings.located_firms import finest_level, industry_lengths
from jiqun.record.record import Record
from jiqun.vocabulary.codes import INDUSTRY_SCHEME
from jiqun.vocabulary.text import Text

ON_GLOBE = pl.col("longitude").is_between(-180.0, 180.0) & pl.col("latitude").is_between(
    -90.0, 90.0
)
OFF_GLOBE = Text(
    "no site has a longitude and a latitude in degrees; if the coordinates are the metres of a map "
    "projection, turn them into degrees (WGS 84) first",
    "没有场所具备以度为单位的经纬度;若坐标为地图投影的米制坐标,请先转换为经纬度(WGS 84)",
)

SHARED_COORDINATES = 0.2
"""Share of sites at the coordinates of another from which the reader is told."""


@dataclass(frozen=True, slots=True)
class LocatedSites:
    """Sites in use, one row a site, in the order of their ids.

    Attributes
    ----------
    points
        Longitude and latitude, degrees, shape (N, 2).
    industry
        Position in ``industries``, shape (N,).
    industries
        Codes in alphabetical order.
    employees
        Persons at each site, shape (N,); NaN where they are not known.
    choices
        Which level of codes was taken.
    warnings
        What was left out, and what the coordinates can't bear.
    """

    points: NDArray[np.float64]
    industry: NDArray[np.int64]
    industries: tuple[str, ...]
    employees: NDArray[np.float64]
    choices: Text
    warnings: tuple[Text, ...]


def located_sites(record: Record) -> LocatedSites | Text:
    """Read the sites that can be compared, or say why there are none.

    A site counts while the record gives neither it nor its firm a closing date. Codes are cut to the
    longest prefix at which half of the sites share theirs with at least 20 others; sites in another
    classification than the most frequent one are left out.
    """
    in_use = record["sites"].filter(pl.col("closed").is_null())
    placed = in_use.filter(pl.col("longitude").is_finite(), pl.col("latitude").is_finite())
    if placed.is_empty():
        return Text("no site in use has coordinates", "没有在用场所具备坐标")
    located = placed.filter(ON_GLOBE)
    if located.is_empty():
        return OFF_GLOBE
    off_globe = placed.height - located.height
    firms = record["firms"].filter(pl.col("closed").is_null()).drop_nulls("industry_code")
    joined = located.join(
        firms.select("firm_id", "industry_scheme", "industry_code"), on="firm_id"
    ).sort("site_id")
    if joined.is_empty():
        return Text(
            "no firm with a located site has an industry code", "有坐标场所的企业均无行业代码"
        )
    scheme = joined["industry_scheme"].mode().sort()[0]
    coded = joined.filter(pl.col("industry_scheme").eq_missing(pl.lit(scheme, pl.String)))
    level = finest_level(coded["industry_code"], industry_lengths(scheme, coded["industry_code"]))
    if level is not None:
        coded = coded.filter(pl.col("industry_code").str.len_chars() >= level)
        coded = coded.with_columns(pl.col("industry_code").str.slice(0, level))
    codes, industry = np.unique(coded["industry_code"].to_numpy().astype(str), return_inverse=True)
    points = coded.select("longitude", "latitude").to_numpy()
    name = INDUSTRY_SCHEME.terms.get(scheme, Text("an unnamed list", "未注明的标准"))
    choices = (
        Text("whole codes of {name}", "{name}完整代码").fill(name=name)
        if level is None
        else Text("first {n} characters of {name}", "{name}前{n}位").fill(n=level, name=name)
    )
    return LocatedSites(
        points=points,
        industry=industry.astype(np.int64),
        industries=tuple(str(code) for code in codes),
        employees=coded["employees"].cast(pl.Float64).fill_null(np.nan).to_numpy(),
        choices=choices,
        warnings=_warnings(points, in_use.height - coded.height - off_globe, off_globe),
    )


def _warnings(points: NDArray[np.float64], absent: int, off_globe: int) -> tuple[Text, ...]:
    found = []
    if off_globe:
        found.append(
            Text(
                "{n} sites have coordinates that are no longitude and latitude in degrees, and are left out.",
                "{n} 个场所的坐标不是以度为单位的经纬度,未计入。",
            ).fill(n=off_globe)
        )
    if absent:
        found.append(
            Text(
                "{n} sites in use lack coordinates, or an industry in the same classification, and are left out.",
                "{n} 个在用场所缺少坐标或同一分类下的行业代码,未计入。",
            ).fill(n=absent)
        )
    _, counts = np.unique(points, axis=0, return_counts=True)
    share = float(counts[counts > 1].sum() / len(points))
    if share > SHARED_COORDINATES:
        found.append(
            Text(
                "{share:.0%} of the sites have the coordinates of another: they may be those of a place "
                "and not of an address, and then short distances are not known.",
                "{share:.0%} 的场所与其他场所坐标相同,可能为地名坐标而非地址坐标,短距离因此不可知。",
            ).fill(share=share)
        )
    return tuple(found)
