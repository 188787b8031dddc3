"""The layers of a record in which clusters are looked for: ties, digital ties, alliances, places.

Paper: E4 (physical, transaction and virtual layer)
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.measures.readings.collaborations import industry_groups
from jiqun.measures.readings.located_sites import ON_GLOBE, SHARED_COORDINATES
from jiqun.numerics.communities import (
    Clumps,
    Industries,
    Layer,
    alliance_layer,
    clumps,
    related_industries,
    tie_layer,
)
from jiqun.numerics.point_pattern import project
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

Floats = NDArray[np.float64]
Small = NDArray[np.int32]

DIGITAL_KINDS = ("data_flow", "api")
LINKS = ("ties", "digital_ties", "alliances")
MOSTLY = 0.5

NO_PLACES = Text(
    "No site in use has coordinates: physical clusters cannot be found, and no cluster is told virtual "
    "from physical.",
    "没有在用场所具备坐标:无法识别实体集聚,也无法区分实体与虚拟。",
)
NO_INDUSTRIES = Text(
    "Fewer than half of the located firms have an industry: a clump of firms is told from a town only by "
    "the ties inside it.",
    "半数以上有坐标的企业缺少行业代码:仅能依靠内部关系区分企业集聚与一般城镇。",
)
COARSE = Text(
    "More than {s:.0%} of the sites share their coordinates with another, and industries are not known: "
    "places as coarse as that show towns, and geography is left out.",
    "超过 {s:.0%} 的场所与其他场所坐标相同,且行业不详:如此粗略的坐标只能反映城镇,故不计地理层。",
)
NO_ALLIANCES = Text(
    "No alliance of two and more firms is recorded: clusters that live on them are not seen.",
    "记录中没有两家及以上企业的联盟:依托联盟的集群无从发现。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterLayers:
    """Layers over the numbered firms of a record.

    Attributes
    ----------
    firm_ids
        In alphabetical order; a firm's number is its place.
    links
        Ties, digital ties and alliances, in this order; without pairs where not recorded.
    geography
        Clumps of firms, and the nearest neighbours in them.
    by_industry
        Whether clumps are of related industries against all firms, and not of firms against area.
    place
        Coordinates of each firm in metres, NaN where unknown, shape (N, 2).
    industry
        Industry of each firm, −1 where unknown, shape (N,), and its names.
    warnings
        What is not recorded and what follows.
    """

    firm_ids: tuple[str, ...]
    links: tuple[Layer, ...]
    geography: Clumps
    by_industry: bool
    place: Floats
    industry: Small
    industry_names: tuple[str, ...]
    warnings: tuple[Text, ...]


def cluster_layers(record: Record) -> ClusterLayers:
    """Read all layers; relations with firms that are not in the record are left out."""
    firms = record["firms"].select("firm_id").unique().sort("firm_id")
    numbered = firms.with_row_index("firm").with_columns(pl.col("firm").cast(pl.Int64))
    industry, names = _industries(record, numbered)
    links = _links(record, numbered)
    points, located = _sites(record, numbered)
    warnings: list[Text] = [] if links[-1].groups else [NO_ALLIANCES]
    known = located.size > 0 and float((industry[located] >= 0).mean()) >= MOSTLY
    if located.size == 0:
        warnings.append(NO_PLACES)
    elif not known:
        warnings.append(NO_INDUSTRIES)
        if _shared(points) > SHARED_COORDINATES:
            warnings.append(COARSE.fill(s=SHARED_COORDINATES))
            points, located = points[:0], located[:0]
    related = related_industries(industry, links)
    alike = Industries(of=industry, related=related) if known else None
    place = np.full((numbered.height, 2), np.nan)
    place[located[::-1]] = points[::-1]
    return ClusterLayers(
        firm_ids=tuple(numbered["firm_id"].to_list()),
        links=links,
        geography=clumps(points, located, numbered.height, alike),
        by_industry=known,
        place=place,
        industry=industry,
        industry_names=names,
        warnings=tuple(warnings),
    )


def _links(record: Record, numbered: pl.DataFrame) -> tuple[Layer, ...]:
    """Read the layers of ties and alliances."""
    digital = (pl.col("channel") == "virtual") | pl.col("kind").is_in(DIGITAL_KINDS)
    ties = (
        record["ties"]
        .select("source", "target", digital=digital.fill_null(value=False))
        .join(numbered.rename({"firm_id": "source", "firm": "from"}), on="source")
        .join(numbered.rename({"firm_id": "target", "firm": "to"}), on="target")
    )
    members = record["memberships"].join(numbered, on="firm_id")
    members = members.with_columns(alliance=pl.col("alliance_id").rank("dense").cast(pl.Int64))
    layers = [
        tie_layer(part["from"].to_numpy(), part["to"].to_numpy(), numbered.height)
        for part in (ties.filter(~pl.col("digital")), ties.filter(pl.col("digital")))
    ]
    alliance = members["alliance"].to_numpy().astype(np.int64)
    return (*layers, alliance_layer(alliance, members["firm"].to_numpy().astype(np.int64)))


def _sites(record: Record, numbered: pl.DataFrame) -> tuple[Floats, Small]:
    """Return the sites in use in a plane that keeps areas, m, and the firm of each."""
    sites = (
        record["sites"]
        .filter(pl.col("closed").is_null())
        .filter(ON_GLOBE)
        .join(numbered, on="firm_id")
        .sort("firm", "site_id")
    )
    if sites.is_empty():
        return np.zeros((0, 2)), np.zeros(0, np.int32)
    points, _ = project(sites.select("longitude", "latitude").to_numpy())
    return points, sites["firm"].to_numpy().astype(np.int32)


def _shared(points: Floats) -> float:
    """Return the share of points at the coordinates of another."""
    _, counts = np.unique(points, axis=0, return_counts=True)
    return float(counts[counts > 1].sum() / len(points))


def _industries(record: Record, numbered: pl.DataFrame) -> tuple[Small, tuple[str, ...]]:
    """Give numbers to the industries of the most frequent classification, and name them by their codes."""
    groups = industry_groups(record, numbered).group
    codes = (
        record["firms"].unique("firm_id").sort("firm_id")["industry_code"].fill_null("").to_list()
    )
    found = np.unique(groups[groups >= 0])
    first = {int(group): codes[int(np.argmax(groups == group))] for group in found}
    names = [_common(first[int(g)], codes, np.flatnonzero(groups == g)) for g in found]
    number = np.searchsorted(found, groups)
    return np.where(groups >= 0, number, -1).astype(np.int32), tuple(names)


def _common(code: str, codes: list[str], firms: NDArray[np.int64]) -> str:
    """Return the beginning that the codes of a group share."""
    for firm in firms:
        while not codes[firm].startswith(code):
            code = code[:-1]
    return code
