"""A record cut out of a record 选取: some of its firms, or as it was known up to a day.

What becomes of a relation between a firm that is selected and one that is not depends on the
boundary. ``inside``: a tie needs both ends; an alliance is kept with its selected members where two
remain, or all it had. ``touching``: a tie needs one end and an alliance one member, and the partners
come along as rows of ``firms``, without their sites, accounts, data assets and participations.
A platform or an innovation is kept where a selected firm has part in it. What refers to no firm,
such as a policy, is kept. A reference to a row that is gone is cleared where it may be missing; else
its row goes too. How many rows of each table were kept is in the provenance.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

import polars as pl

from jiqun.record.problem import InputError, Rule
from jiqun.record.provenance import append
from jiqun.record.record import Record
from jiqun.record.schema import TABLES
from jiqun.vocabulary.text import Text

Boundary = Literal["inside", "touching"]
Tables = dict[str, pl.DataFrame]

MATCHES = Rule(
    id="selection.matches",
    title=Text("A selection matches at least one firm.", "选取条件至少匹配一家企业。"),
    remedy=Text(
        "Compare the codes with region_code of the firms and their sites and industry_code of the firms; "
        "codes match from their beginning.",
        "请对照企业与场所的 region_code 以及企业的 industry_code;代码按前缀匹配。",
    ),
)
RULES = (MATCHES,)

OF_CORE_ONLY = {
    "sites": "firm_id",
    "accounts": "firm_id",
    "participations": "firm_id",
    "data_assets": "owner",
}
WHOLE_INTERVAL = {"ties": "value", "alliances": "value", "policies": "cost"}
"""Amounts over a whole interval, not known before it ends."""
EVENT_DAY = {"interfaces": "date", "innovations": "date"}
PART_IN_PLATFORM = {"platforms": "operator", "participations": "firm_id", "data_assets": "owner"}
PARTNERS_IN = (
    ("ties", "source"),
    ("ties", "target"),
    ("memberships", "firm_id"),
    ("platforms", "operator"),
    ("innovators", "firm_id"),
)
NO_IDS = pl.Series(dtype=pl.String)
REFERRED_FIRST = ("firms", "sources", "platforms", "alliances", "innovations")
NATIONAL_CODE = 6
"""Digits of a GB/T 2260 code: two each for province, city and county, 00 where there is none."""


def select(
    record: Record,
    *,
    region: str | Iterable[str] | None = None,
    industry: str | Iterable[str] | None = None,
    firms: Iterable[str] | None = None,
    until: date | None = None,
    boundary: Boundary = "inside",
) -> Record:
    """Cut a record out of a record; all conditions given must hold.

    Parameters
    ----------
    record
        What to cut from.
    region
        Code or codes; a firm matches where its region code, or that of one of its sites, begins with
        one of them. Of a six-digit GB/T 2260 code the trailing 00 stand for any, so that 330100
        selects all of Hangzhou.
    industry
        Code or codes; a firm matches where its industry code begins with one of them, dots and
        blanks aside.
    firms
        Identifiers of firms.
    until
        The record as it was known up to this day. Rows that start on it or later are dropped. Ends
        after it become missing, and with them what is known only at the end: the outcome of an
        alliance becomes ``ongoing``, a cause of withdrawal and an amount over the whole interval
        become missing. Accounts are known once their period is over. What bears no date is kept.
    boundary
        What becomes of relations across the boundary; see the module.

    Returns
    -------
    Record
        In which every reference that held still holds. The step is in its provenance; without any
        condition the record itself comes back.

    Raises
    ------
    InputError
        Where no firm matches.
    """
    regions, industries = codes(region), codes(industry)
    ids = None if firms is None else frozenset(firms)
    if regions is None and industries is None and ids is None and until is None:
        return record
    matching = matching_firms(record, regions, industries, ids)
    if record["firms"].height and matching.is_empty():
        raise no_firm(regions, industries, ids)
    known = dict(record.tables) if until is None else known_by(record, until)
    cut = clear_dangling(known, cut_to(known, matching, boundary))
    parameters = {
        "region": regions,
        "industry": industries,
        "firms": None if ids is None else fingerprint(ids),
        "until": until,
        "boundary": boundary,
        "rows": {name: {"kept": cut[name].height, "of": record[name].height} for name in record},
    }
    given = {key: value for key, value in parameters.items() if value is not None}
    return append(Record.of(**cut), command="select", parameters=given)


def codes(given: str | Iterable[str] | None) -> list[str] | None:
    """Return codes in order, without dots and blanks; one may be given without a list."""
    if given is None:
        return None
    listed = [given] if isinstance(given, str) else given
    return sorted({code.replace(".", "").replace(" ", "") for code in listed} - {""})


def fingerprint(ids: frozenset[str]) -> dict[str, object]:
    """Name a set of firms in a few words, however large it is."""
    digest = hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()
    return {"count": len(ids), "sha256": digest}


def matching_firms(
    record: Record,
    regions: list[str] | None,
    industries: list[str] | None,
    ids: frozenset[str] | None,
) -> pl.Series:
    """Return the identifiers of the firms that meet every condition given."""
    conditions = [pl.lit(value=True)]
    if regions is not None:
        here = pl.any_horizontal(pl.lit(value=False), *map(in_region, regions))
        at_site = record["sites"].filter(here)["firm_id"].unique()
        conditions.append(here.fill_null(value=False) | one_of("firm_id", at_site))
    if industries is not None:
        begins = [pl.col("industry_code").str.starts_with(code) for code in industries]
        conditions.append(pl.any_horizontal(pl.lit(value=False), *begins))
    if ids is not None:
        conditions.append(pl.col("firm_id").is_in(sorted(ids)))
    return record["firms"].filter(pl.all_horizontal(conditions))["firm_id"]


def in_region(code: str) -> pl.Expr:
    """Say whether the region code of a firm or site lies within a region."""
    within = pl.col("region_code").str.starts_with(code)
    if len(code) != NATIONAL_CODE or not code.isdecimal():
        return within
    national = pl.col("region_scheme").eq_missing(None) | (pl.col("region_scheme") == "GBT2260")
    stem = code[:2] if code.endswith("0000") else code.removesuffix("00")
    return within | (national & pl.col("region_code").str.starts_with(stem))


def no_firm(
    regions: list[str] | None, industries: list[str] | None, ids: frozenset[str] | None
) -> InputError:
    """Say that a selection matches nothing."""
    asked = [f"region {', '.join(regions)}"] if regions is not None else []
    asked += [f"industry {', '.join(industries)}"] if industries is not None else []
    asked += [f"{len(ids)} firm ids"] if ids is not None else []
    text = Text("No firm matches {asked}.", "没有企业符合条件:{asked}。").fill(
        asked=" + ".join(asked)
    )
    return InputError((MATCHES.problem(table="firms", message=text),))


def known_by(record: Record, until: date) -> Tables:
    """Return the tables as they were known up to a day."""
    known = {name: known_rows(name, frame, until) for name, frame in record.tables.items()}
    return clear_dangling(record.tables, known)


def known_rows(name: str, frame: pl.DataFrame, until: date) -> pl.DataFrame:
    """Drop what began later and clear what was known only later."""
    interval = TABLES[name].interval
    if interval is None:
        day = EVENT_DAY.get(name)
        return frame if day is None else frame.filter((pl.col(day) < until).fill_null(value=True))
    start, end = interval
    frame = frame.filter((pl.col(start) < until).fill_null(value=True))
    later = (pl.col(end) > until).fill_null(value=False)
    if TABLES[name].column(end).required:
        return frame.filter(~later)
    cleared = [end, *([WHOLE_INTERVAL[name]] if name in WHOLE_INTERVAL else [])]
    cleared += ["withdrawal_cause"] if name == "memberships" else []
    changes = [pl.when(~later).then(pl.col(column)).alias(column) for column in cleared]
    if name == "alliances":
        decided = later & pl.col("outcome").is_not_null()
        ongoing = pl.when(decided).then(pl.lit("ongoing")).otherwise("outcome")
        changes.append(ongoing.alias("outcome"))
    return frame.with_columns(changes)


def ids_of(tables: Mapping[str, pl.DataFrame], name: str, column: str) -> pl.Series:
    """Return the distinct values of a column; none where the table was not observed."""
    return tables[name][column].drop_nulls().unique() if name in tables else NO_IDS


def minus(ids: pl.Series, others: pl.Series) -> pl.Series:
    """Return the identifiers that are not among others."""
    return ids.filter(~ids.is_in(others.implode()))


def one_of(column: str, ids: pl.Series) -> pl.Expr:
    """Say whether a column has one of some identifiers; a missing value has not.

    Not to be asked within groups, each of which would be handed all identifiers anew.
    """
    return pl.col(column).is_in(ids.implode()).fill_null(value=False)


def without(tables: Tables, name: str, condition: pl.Expr) -> None:
    """Drop the rows of one table, if it was observed, that meet a condition."""
    if name in tables:
        tables[name] = tables[name].filter(~condition)


def cut_to(tables: Tables, core: pl.Series, boundary: Boundary) -> Tables:
    """Keep what belongs to the firms of the core, and their partners where those come along."""
    cut = dict(tables)
    outside = minus(ids_of(tables, "firms", "firm_id"), core)
    if outside.is_empty():
        return cut
    touching = boundary == "touching"
    for name, column in OF_CORE_ONLY.items():
        without(cut, name, one_of(column, outside))
    without(cut, "ties", one_of("source", outside) & one_of("target", outside))
    too_few = cut_off(tables, outside, enough=1 if touching else 2)
    without(cut, "alliances", one_of("alliance_id", too_few))
    without(cut, "memberships", one_of("alliance_id", too_few))
    without(cut, "platforms", one_of("platform_id", foreign_platforms(tables, outside)))
    foreign = foreign_innovations(tables, outside, too_few)
    without(cut, "innovations", one_of("innovation_id", foreign))
    without(cut, "innovators", one_of("innovation_id", foreign))
    gone = minus(outside, partners(cut)) if touching else outside
    without(cut, "firms", one_of("firm_id", gone))
    return cut


def partners(tables: Tables) -> pl.Series:
    """Return the firms that the relations which were kept refer to."""
    named = [ids_of(tables, name, column) for name, column in PARTNERS_IN]
    return pl.concat([NO_IDS, *named]).unique()


def cut_off(tables: Tables, outside: pl.Series, *, enough: int) -> pl.Series:
    """Return the alliances that lose members and keep too few."""
    if "memberships" not in tables:
        return NO_IDS
    firm, lost = pl.col("firm_id"), pl.col("lost")
    counted = (
        tables["memberships"]
        .with_columns(lost=one_of("firm_id", outside))
        .group_by("alliance_id")
        .agg(lost.sum(), left=firm.filter(~lost).n_unique())
    )
    return counted.filter((lost > 0) & (pl.col("left") < enough))["alliance_id"]


def foreign_platforms(tables: Tables, outside: pl.Series) -> pl.Series:
    """Return the platforms in which only firms outside have part."""
    parts = [
        tables[name].select("platform_id", firm_id=column)
        for name, column in PART_IN_PLATFORM.items()
        if name in tables
    ]
    if "alliances" in tables and "memberships" in tables:
        carried = tables["alliances"].join(tables["memberships"], on="alliance_id")
        parts.append(carried.select("platform_id", "firm_id"))
    return only_outside(parts, "platform_id", outside)


def foreign_innovations(tables: Tables, outside: pl.Series, cut_alliances: pl.Series) -> pl.Series:
    """Return the innovations that only firms outside made, or nobody named but a lost alliance."""
    if "innovations" not in tables:
        return NO_IDS
    made = (
        [tables["innovators"].select("innovation_id", "firm_id")] if "innovators" in tables else []
    )
    foreign = only_outside(made, "innovation_id", outside)
    of_lost = tables["innovations"].filter(one_of("alliance_id", cut_alliances))["innovation_id"]
    nobodys = minus(of_lost, ids_of(tables, "innovators", "innovation_id"))
    return pl.concat([foreign, nobodys])


def only_outside(parts: list[pl.DataFrame], column: str, outside: pl.Series) -> pl.Series:
    """Return what has firms, all of them outside."""
    if not parts:
        return NO_IDS
    named = pl.concat(parts).drop_nulls().with_columns(foreign=one_of("firm_id", outside))
    foreign = named.group_by(column).agg(pl.col("foreign").all())
    return foreign.filter("foreign")[column]


def clear_dangling(before: Mapping[str, pl.DataFrame], after: Tables) -> Tables:
    """Drop rows, or clear references, that name a row which is no longer there.

    A reference that named nothing in the first place is left as it was, for the check to report.
    """
    order = (*REFERRED_FIRST, *(name for name in TABLES if name not in REFERRED_FIRST))
    whole = dict(after)
    for name in order:
        if name not in whole:
            continue
        references = [
            (c.name, c.required, c.references) for c in TABLES[name].columns if c.references
        ]
        for column, _, target in (r for r in references if r[1]):
            without(whole, name, one_of(column, dropped(before, whole, target)))
        for column, _, target in (r for r in references if not r[1]):
            gone = one_of(column, dropped(before, whole, target))
            cleared = pl.when(~gone).then(pl.col(column)).alias(column)
            whole[name] = whole[name].with_columns(cleared)
    return whole


def dropped(before: Mapping[str, pl.DataFrame], after: Tables, target: str) -> pl.Series:
    """Return the identifiers of ``table.column`` that were there before and no longer are."""
    name, _, column = target.partition(".")
    return minus(ids_of(before, name, column), ids_of(after, name, column))
