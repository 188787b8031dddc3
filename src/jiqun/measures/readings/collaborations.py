"""Ties and alliances between distinct firms, numbered, dated and cut into windows.

Paper: K3f, K3g (bilateral ties and multilateral alliances)
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.measures.readings.located_firms import REGION_LENGTHS
from jiqun.numerics.clustered import Incidence
from jiqun.record.record import Record
from jiqun.vocabulary.codes import INDUSTRY_SCHEME, REGION_SCHEME
from jiqun.vocabulary.text import Text

Ints = NDArray[np.int64]

WINDOW_YEARS = (1, 2, 3, 5, 10)
ENOUGH = 30
"""Relations that make a window worth measuring."""
MOSTLY = 0.75
"""Share of the dated relations that must fall into such windows."""
DIVISION = 2
"""Characters of an industry code that name a division in the usual lists."""
CITY = 4
"""Characters of a regional code that name a city (GB/T 2260) or a NUTS 2 region."""
WHOLE = "all"


@dataclass(frozen=True, slots=True)
class Collaborations:
    """Relations between firms of one record.

    Attributes
    ----------
    firms
        ``firm`` (number), ``firm_id``.
    ties
        One row a tie between two different firms: ``source``, ``target`` (numbers), ``kind``,
        ``window`` (None where undated).
    memberships
        One row a firm of an alliance of two and more: ``alliance`` (number), ``firm``, ``kind``,
        ``window``.
    windows
        Names of the windows in order of time, without the whole record.
    """

    firms: pl.DataFrame
    ties: pl.DataFrame
    memberships: pl.DataFrame
    windows: tuple[str, ...]


def collaborations(record: Record, years: int | None = None) -> Collaborations:
    """Give numbers to the firms, drop what joins a firm to itself, and cut time into windows.

    A relation belongs to the window in which it began. Windows are of ``years`` calendar
    years. Where that is None, they are of 1, 2, 3, 5 or 10, the shortest length at which three
    quarters of the dated relations fall into windows with at least 30; where none will do, or all
    fall into one, there are no windows.
    """
    firms = record["firms"].select("firm_id").unique().sort("firm_id").with_row_index("firm")
    firms = firms.with_columns(pl.col("firm").cast(pl.Int64))
    number = {"on": "firm_id", "how": "inner"}
    ties = (
        record["ties"]
        .filter(pl.col("source") != pl.col("target"))
        .join(firms.rename({"firm_id": "source", "firm": "from"}), on="source")
        .join(firms.rename({"firm_id": "target", "firm": "to"}), on="target")
        .sort("tie_id")
        .select(source="from", target="to", kind="kind", year=pl.col("start").dt.year())
    )
    began = record["alliances"].select("alliance_id", "kind", "start")
    members = (
        record["memberships"]
        .group_by("alliance_id", "firm_id")
        .agg(pl.col("joined").min())
        .join(firms, **number)  # type: ignore[arg-type]
        .join(began, on="alliance_id", how="left")
        .with_columns(first=pl.coalesce("start", pl.col("joined").min().over("alliance_id")))
        .filter(pl.len().over("alliance_id") > 1)
        .sort("alliance_id", "firm")
        .select(
            alliance=pl.col("alliance_id").rle_id().cast(pl.Int64),
            firm="firm",
            kind="kind",
            year=pl.col("first").dt.year(),
        )
    )
    dated = pl.concat([ties["year"], members.unique("alliance")["year"]]).drop_nulls()
    length = window_length(dated) if years is None else years
    return Collaborations(
        firms=firms,
        ties=_in_windows(ties, length),
        memberships=_in_windows(members, length),
        windows=_window_names(dated, length),
    )


def window_length(years: pl.Series) -> int | None:
    """Choose the length of windows in years; None where the record can't be cut."""
    for length in WINDOW_YEARS:
        sizes = (years // length).value_counts()["count"]
        large = sizes.filter(sizes >= ENOUGH)
        if large.len() > 1 and large.sum() >= MOSTLY * years.len():
            return length
    return None


def _window_name(year: pl.Expr, length: int) -> pl.Expr:
    first = year // length * length
    return first.cast(pl.String) if length == 1 else pl.format("{}-{}", first, first + length - 1)


def _in_windows(frame: pl.DataFrame, length: int | None) -> pl.DataFrame:
    if length is None:
        return frame.with_columns(window=pl.lit(None, pl.String)).drop("year")
    return frame.with_columns(
        window=pl.when(pl.col("year").is_not_null()).then(_window_name(pl.col("year"), length))
    ).drop("year")


def _window_names(years: pl.Series, length: int | None) -> tuple[str, ...]:
    if length is None:
        return ()
    frame = years.alias("year").to_frame().unique().sort("year")
    named = frame.select(window=_window_name(pl.col("year"), length))
    return tuple(named["window"].unique(maintain_order=True).to_list())


def tie_incidence(ties: pl.DataFrame, firms: int) -> Incidence:
    """Say which firms are in which tie, two to each."""
    position = np.arange(ties.height)
    both = np.concatenate([ties["source"].to_numpy(), ties["target"].to_numpy()])
    return Incidence(np.concatenate([position, position]), both, ties.height, firms)


def alliance_numbers(memberships: pl.DataFrame) -> Ints:
    """Give numbers to the alliances of a window from 0 in their order, one entry a membership."""
    return memberships["alliance"].rle_id().cast(pl.Int64).to_numpy()


@dataclass(frozen=True, slots=True)
class Groups:
    """Group of each numbered firm.

    Attributes
    ----------
    group
        Number of the group, −1 where the firm has none, shape (firms,).
    level
        What the groups are.
    """

    group: Ints
    level: Text


def industry_groups(record: Record, firms: pl.DataFrame) -> Groups:
    """Group firms by the division (first two characters) of the most frequent classification."""
    coded = record["firms"].drop_nulls("industry_code")
    scheme = _scheme(coded, "industry_scheme")
    known = INDUSTRY_SCHEME.terms.get(scheme or "")
    own = coded.filter(pl.col("industry_scheme").eq_missing(pl.lit(scheme, pl.String)))
    code = pl.col("industry_code")
    if known is None or scheme == "other":
        name = Text("whole codes as their source has them", "来源自有的完整代码")
        return Groups(_numbered(own, code, firms), name)
    level = Text("the first two characters of {name}", "{name}前两位").fill(name=known)
    own = own.filter(code.str.len_chars() >= DIVISION)
    return Groups(_numbered(own, code.str.slice(0, DIVISION), firms), level)


def region_groups(record: Record, firms: pl.DataFrame) -> Groups:
    """Group firms by region (city or NUTS 2 where codes have levels), else by country.

    A firm without a region code is where its sites are, if these are all in one group.
    """
    coded = _with_region(record)
    if coded.is_empty():
        country = record["firms"].drop_nulls("country")
        level = Text("countries, regions not being known", "国家或地区(区域不详)")
        return Groups(_numbered(country, pl.col("country"), firms), level)
    scheme = _scheme(coded, "region_scheme")
    own = coded.filter(pl.col("region_scheme").eq_missing(pl.lit(scheme, pl.String)))
    code = pl.col("region_code")
    name = REGION_SCHEME.terms.get(scheme or "", Text("an unnamed list", "未注明的标准"))
    if scheme not in REGION_LENGTHS:
        level = Text("whole codes of {name}", "{name}完整代码").fill(name=name)
        return Groups(_numbered(own, code, firms), level)
    own = own.filter(code.str.len_chars() >= CITY)
    level = Text("the first four characters of {name}", "{name}前四位").fill(name=name)
    return Groups(_numbered(own, code.str.slice(0, CITY), firms), level)


def _with_region(record: Record) -> pl.DataFrame:
    """Return regions of firms, ``firm_id``, ``region_scheme``, ``region_code``: own ones, else of sites."""
    columns = ["firm_id", "region_scheme", "region_code"]
    own = record["firms"].select(columns).drop_nulls("region_code")
    sites = record["sites"].select(columns).drop_nulls("region_code")
    return pl.concat([own, sites.join(own, on="firm_id", how="anti")])


def _scheme(coded: pl.DataFrame, column: str) -> str | None:
    if coded.is_empty():
        return None
    counts = coded[column].value_counts().sort(["count", column], descending=[True, False])
    scheme = counts[column][0]
    return None if scheme is None else str(scheme)


def _numbered(own: pl.DataFrame, code: pl.Expr, firms: pl.DataFrame) -> Ints:
    grouped = own.select("firm_id", group=code.rank("dense").cast(pl.Int64) - 1)
    one = grouped.group_by("firm_id").agg(
        group=pl.when(pl.col("group").n_unique() == 1).then(pl.col("group").first())
    )
    joined = firms.join(one, on="firm_id", how="left").sort("firm")
    return joined["group"].fill_null(-1).to_numpy().astype(np.int64)
