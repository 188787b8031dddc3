"""Firms with an industry, a region and a size, at the finest levels that the record can bear.

Paper: E1, E2 (concentration of industries in regions)
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.record.record import Record
from jiqun.vocabulary.codes import INDUSTRY_SCHEME, REGION_SCHEME
from jiqun.vocabulary.text import Text, same

ENOUGH = 20
"""Firms that make a group large enough to be told from others."""

COVERED = 0.8
"""Share of firms that must have employment, or a code that long, for it to be used."""

INDUSTRY_LENGTHS = {
    "GBT4754-2017": (2, 3, 4),
    "GBT4754-2011": (2, 3, 4),
    "ISIC4": (2, 3, 4),
    "ISIC5": (2, 3, 4),
    "NACE2": (2, 3, 4),
    "NACE2.1": (2, 3, 4),
    "NAICS2012": (2, 3, 4, 5, 6),
    "NAICS2017": (2, 3, 4, 5, 6),
    "NAICS2022": (2, 3, 4, 5, 6),
    "DE2021": (2, 4, 6),
}
"""Lengths of an industry code that name a level of its own; codes of other lists are used whole."""

REGION_LENGTHS = {"GBT2260": (2, 4, 6), "NUTS": (2, 3, 4, 5)}
"""Lengths of a regional code that name a level of its own; other codes are used whole."""

PERSONS = Text("persons", "人数")
FIRMS = Text("firms", "企业数")


@dataclass(frozen=True, slots=True)
class LocatedFirms:
    """Existing firms that have an industry, a region and a size; one row a firm and region.

    Attributes
    ----------
    size
        Persons employed, or 1 where firms are counted, shape (N,).
    region, industry
        Positions in ``regions`` and ``industries``, shape (N,).
    regions, industries
        Codes in alphabetical order.
    unit
        What ``size`` counts.
    choices
        Where the sizes are from, and which level of codes was taken.
    at_sites
        Rows that stand for the open sites of a firm in a region, the others for its seat.
    warnings
        What was left out.
    """

    size: NDArray[np.float64]
    region: NDArray[np.int64]
    industry: NDArray[np.int64]
    regions: tuple[str, ...]
    industries: tuple[str, ...]
    unit: Text
    choices: Text
    at_sites: int
    warnings: tuple[Text, ...]

    @property
    def counted(self) -> bool:
        """Whether firms are counted, employment not being known."""
        return self.unit is FIRMS

    @property
    def employment(self) -> NDArray[np.float64]:
        """Sizes added up by region and industry, shape (R, I)."""
        shape = (len(self.regions), len(self.industries))
        cell = self.region * shape[1] + self.industry
        return np.bincount(cell, self.size, shape[0] * shape[1]).reshape(shape).astype(float)


def located_firms(record: Record) -> LocatedFirms | Text:
    """Read the firms that can be compared, or say why there are none.

    A firm counts while the record gives it no closing date: in each region where it has an open site
    with a region code, sites in one region together; without such a site, in the region of its seat. Its
    size there is what the sites employ, else its share of what its latest account says, in equal parts,
    else one; whichever is known for four fifths of the rows. Codes are cut to the longest prefix at which
    half of the firms share theirs with at least 20; firms in another classification than the most
    frequent one are left out.

    Returns
    -------
    LocatedFirms or Text
        The firms, or the reason why regions and industries cannot be compared.
    """
    everyone = record["firms"].filter(pl.col("closed").is_null())
    coded = _placed(record, everyone).drop_nulls(["industry_code", "region_code"])
    if coded.is_empty():
        return Text(
            "no firm has both an industry code and a region code, its own or a site's",
            "没有企业同时具备行业代码和(自身或其场所的)区域代码",
        )
    industry_scheme = _most_frequent(coded["industry_scheme"])
    region_scheme = _most_frequent(coded["region_scheme"])
    firms = coded.filter(
        pl.col("industry_scheme").eq_missing(pl.lit(industry_scheme, pl.String)),
        pl.col("region_scheme").eq_missing(pl.lit(region_scheme, pl.String)),
    )
    industry_level = finest_level(
        firms["industry_code"], industry_lengths(industry_scheme, firms["industry_code"])
    )
    region_level = finest_level(firms["region_code"], REGION_LENGTHS.get(region_scheme or "", ()))
    firms = _cut(_cut(firms, "industry_code", industry_level), "region_code", region_level)
    firms, unit, size_source = _with_size(record, _together(firms))
    levels = Text(
        "industries by {i}, regions by {r}; size of a firm: {s}",
        "行业按{i},区域按{r};企业规模:{s}",
    ).fill(
        i=_level_name(industry_scheme, industry_level, INDUSTRY_SCHEME.terms),
        r=_level_name(region_scheme, region_level, REGION_SCHEME.terms),
        s=size_source,
    )
    return _encode(firms, unit, levels, everyone.height - firms["firm_id"].n_unique())


def _placed(record: Record, firms: pl.DataFrame) -> pl.DataFrame:
    """Return each firm at its open sites with a region code, else at its seat, with persons there."""
    own = firms.select(
        "firm_id", "industry_scheme", "industry_code", "region_scheme", "region_code"
    )
    is_real = pl.col("employees").is_finite() & (pl.col("employees") > 0)
    sites = record["sites"].filter(pl.col("closed").is_null())
    sites = sites.select(
        "firm_id",
        "region_scheme",
        "region_code",
        persons=pl.when(is_real).then(pl.col("employees")),
        at_site=pl.lit(value=True),
    )
    coded = sites.drop_nulls("region_code")
    at_sites = own.drop("region_scheme", "region_code").join(coded, on="firm_id")
    all_persons = sites.drop_nulls("persons").group_by("firm_id").agg(pl.col("persons").sum())
    at_seats = (
        own.join(coded, on="firm_id", how="anti")
        .join(all_persons, on="firm_id", how="left")
        .with_columns(at_site=pl.lit(value=False))
    )
    return pl.concat([at_seats, at_sites.select(at_seats.columns)])


def _together(firms: pl.DataFrame) -> pl.DataFrame:
    """Make one row of the sites of a firm in a region; persons are unknown where none are known."""
    known = pl.col("persons").is_not_null()
    return (
        firms.group_by("firm_id", "industry_code", "region_code")
        .agg(
            persons=pl.when(known.any()).then(pl.col("persons").sum()),
            at_site=pl.col("at_site").any(),
        )
        .sort("firm_id", "region_code")
        .with_columns(parts=pl.len().over("firm_id"))
    )


def industry_lengths(scheme: str | None, codes: pl.Series) -> Sequence[int]:
    """Return the prefix lengths that name levels of an industry classification.

    Codes of digits from an unnamed list are taken for hierarchical, as all official ones are; names
    and codes of a source's own list are not cut.
    """
    if scheme is None and codes.str.contains(r"^[0-9]{2,6}$").all():
        return range(2, 7)
    return INDUSTRY_LENGTHS.get(scheme or "", ())


def finest_level(codes: pl.Series, lengths: Sequence[int]) -> int | None:
    """Find the longest prefix that still leaves groups of firms large enough.

    Parameters
    ----------
    codes
        One code a firm.
    lengths
        Prefix lengths to choose from, ascending.

    Returns
    -------
    int or None
        The length; None where whole codes are to be used. Where no length leaves large groups, the
        shortest that tells two groups apart.
    """
    usable = []
    for length in lengths:
        long_enough = codes.filter(codes.str.len_chars() >= length).str.slice(0, length)
        if long_enough.len() < COVERED * codes.len():
            break
        sizes = long_enough.value_counts()["count"]
        in_large = sizes.filter(sizes >= ENOUGH).sum()
        if sizes.len() > 1:
            usable.append((length, in_large >= long_enough.len() / 2))
    enough = [length for length, is_enough in usable if is_enough]
    return max(enough) if enough else usable[0][0] if usable else None


def _most_frequent(schemes: pl.Series) -> str | None:
    counts = schemes.value_counts().sort(["count", schemes.name], descending=[True, False])
    scheme = counts[schemes.name][0]
    return None if scheme is None else str(scheme)


def _cut(firms: pl.DataFrame, column: str, length: int | None) -> pl.DataFrame:
    if length is None:
        return firms
    return firms.filter(pl.col(column).str.len_chars() >= length).with_columns(
        pl.col(column).str.slice(0, length)
    )


def _level_name(scheme: str | None, length: int | None, names: object) -> Text:
    known = names if isinstance(names, dict) else {}
    name = known.get(scheme, Text("an unnamed list", "未注明的标准"))
    if length is None:
        return Text("whole codes of {name}", "{name}完整代码").fill(name=name)
    return Text("the first {n} characters of {name}", "{name}前{n}位").fill(n=length, name=name)


def _with_size(record: Record, firms: pl.DataFrame) -> tuple[pl.DataFrame, Text, Text]:
    """Add a size to the firms, from the best source that covers enough of them."""
    accounts = record["accounts"].filter(
        pl.col("employees").is_finite() & (pl.col("employees") > 0)
    )
    latest = (
        accounts.sort("firm_id", "start", "employees")
        .group_by("firm_id")
        .agg(employees=pl.col("employees").last())
    )
    sources = (
        (
            firms.drop_nulls("persons").with_columns(size=pl.col("persons")),
            Text("persons at its open sites", "其在用场所的从业人数"),
        ),
        (
            firms.join(latest, on="firm_id").with_columns(
                size=pl.col("employees") / pl.col("parts")
            ),
            Text("persons in its latest account", "其最近一期账目的从业人数"),
        ),
    )
    for sized, name in sources:
        if sized.height >= COVERED * firms.height:
            return sized, PERSONS, name
    one_each = firms.with_columns(size=pl.lit(1.0))
    return one_each, FIRMS, Text("one each, employment not being known", "从业人数不详,每家计为一")


def _encode(firms: pl.DataFrame, unit: Text, choices: Text, absent: int) -> LocatedFirms | Text:
    firms = firms.sort("firm_id", "region_code")
    regions, region = np.unique(firms["region_code"].to_numpy().astype(str), return_inverse=True)
    industries, industry = np.unique(
        firms["industry_code"].to_numpy().astype(str), return_inverse=True
    )
    if regions.size < 2:  # noqa: PLR2004 - a comparison takes two
        return Text(
            "all firms are in one region, {r}; a comparison needs at least two",
            "所有企业都在同一区域 {r},比较至少需要两个区域",
        ).fill(r=same(str(regions[0])))
    if industries.size < 2:  # noqa: PLR2004 - a comparison takes two
        return Text(
            "all firms are in one industry, {i}; a comparison needs at least two",
            "所有企业都属于同一行业 {i},比较至少需要两个行业",
        ).fill(i=same(str(industries[0])))
    left_out = Text(
        "{n} existing firms are left out: no code, a code too short, another classification or no "
        "employment.",
        "{n} 家存续企业未计入:缺少代码、代码过短、采用其他分类标准或缺少从业人数。",
    ).fill(n=absent)
    return LocatedFirms(
        size=firms["size"].to_numpy(),
        region=region.astype(np.int64),
        industry=industry.astype(np.int64),
        regions=tuple(regions.tolist()),
        industries=tuple(industries.tolist()),
        unit=unit,
        choices=choices,
        at_sites=int(firms["at_site"].sum()),
        warnings=(left_out,) if absent else (),
    )
