"""Supplier lists of one buyer, a row a year and place: firms, dated sites and supply ties.

The open list of Apple's suppliers, 2012-2018 and 2020-2022, is in this form (CommonWealth Magazine,
MIT). What becomes what:

- supplier → firm. Spellings that differ in case, blanks, width or punctuation alone are one firm;
  any further likeness is proposed as a merge. Country and region of a firm stay missing, for the
  list gives places of production and not seats.
- years in a row on the list → one supply tie from the supplier to the buyer.
- a place, in years in a row → one site without coordinates, with its country, and its GB/T 2260
  code where the text names a division; the text itself is an extension column.

Dates. A list of year y counts for [y, y+1) in calendar years. A year that no row has (2019) was not
published, so it does not end a run: 2018 and 2020 are in a row. What is on the last list has no end.

Streets and provinces. Up to 2018 places are street addresses, from 2020 provinces. A street that is
on the last detailed list is followed by its province where the supplier has one there on the first
coarse list, and is closed on that list's first day with a note; else it is closed when its own
list ends. So a supplier's presence in a province is continuous, and no place counts twice.

Left out: rows without supplier or year, and rows that repeat an earlier one. The list is of one
buyer: no ties among suppliers, no alliances, no industries.

Paper: K3a (chain transactions), K3f (bilateral ties), E1 (places).
"""

import datetime as dt
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import polars as pl

from jiqun.importers.imported import Imported, Importer
from jiqun.importers.merges import propose_merges
from jiqun.importers.parsing.coded import country_terms
from jiqun.importers.parsing.open_data import (
    DOUBTFUL,
    DUPLICATE,
    NOTICE,
    UNUSABLE,
    Ledger,
    Row,
    checksum,
    frame_of,
    rows_of,
    runs,
    the_file,
)
from jiqun.importers.parsing.wording import is_missing, key
from jiqun.record.record import Record
from jiqun.vocabulary.regions import find
from jiqun.vocabulary.text import Text

COLUMNS = ("year", "supplier_name", "country", "supplier_address")
SOURCE_ID = "supplier-list"
CITATION = (
    "CommonWealth Magazine 天下雜誌, apple-supplier-list: suppliers that Apple publishes each year"
)
SHORT_FORMS = {"usa": "US", "korea": "KR", "czech": "CZ", "hongkong": "HK", "macau": "MO"}
"""Countries as the list names them; Korea is the Republic, where all its addresses lie."""
COARSE_WORDS = 3
"""A year whose places have at most so many words, in the median, names provinces and no streets."""
SUPERSEDED = "from here on the list names the province only"


@dataclass(frozen=True, slots=True)
class Place:
    """One supplier at one place, as one list has it."""

    firm: str
    year: int
    country: str
    region: str
    text: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two places one."""
        return self.firm, self.country, key(self.text) or "-"

    @property
    def area(self) -> tuple[str, str, str]:
        """The supplier, the country and in China the province."""
        return self.firm, self.country, self.region[:2]


def read(source: Path, *, options: Mapping[str, str]) -> Imported:
    """Read the list; ``buyer`` in the options names the buying firm."""
    buyer = options.get("buyer", "Apple Inc.")
    source = the_file(source)
    rows, ledger = rows_of(source, COLUMNS)
    places, names = _places(rows, ledger)
    years = sorted({place.year for place in places})
    _tell_gaps(years, ledger)
    _tell_places(places, ledger)
    record = Record.of(
        firms=_firms(names, buyer),
        sites=_sites(places, years),
        ties=_ties(places, years, key(buyer)),
        sources=pl.DataFrame(
            {"source_id": [SOURCE_ID], "citation": [CITATION], "licence": ["MIT"]}
        ),
    )
    return Imported(
        record=record,
        problems=tuple(ledger.problems),
        rows=(ledger.count(),),
        merges=propose_merges(record["firms"]),
        inputs={source.name: checksum(source)},
    )


def _places(rows: Iterable[Row], ledger: Ledger) -> tuple[list[Place], dict[str, str]]:
    """Read the rows; also return the latest spelling of each firm's name."""
    places: list[Place] = []
    names: dict[str, tuple[int, str]] = {}
    seen: dict[tuple[object, ...], int] = {}
    for number, row in rows:
        place = _place(number, row, ledger)
        if place is None:
            continue
        identity = (place.year, *place.key)
        if identity in seen:
            told = Text("The row repeats row {first}.", "该行与第 {first} 行重复。")
            ledger.leave_out(DUPLICATE, number, told.fill(first=seen[identity]))
            continue
        seen[identity] = number
        places.append(place)
        spelling = (place.year, re.sub(r"\s+", " ", row["supplier_name"]))
        names[place.firm] = max(names.get(place.firm, spelling), spelling)
    return places, {firm: name for firm, (_, name) in sorted(names.items())}


def _place(number: int, row: Mapping[str, str], ledger: Ledger) -> Place | None:
    firm = key(row["supplier_name"])
    if not firm or not re.fullmatch(r"(19|20)\d\d", row["year"]):
        told = Text("The row lacks a supplier or a year.", "该行缺少供应商名称或年份。")
        ledger.leave_out(UNUSABLE, number, told, column="year", value=row["year"])
        return None
    word = key(row["country"])
    country = SHORT_FORMS.get(word) or country_terms().get(word, "")
    if not country:
        told = Text("Which country “{name}” is, is not known.", "无法识别国家或地区“{name}”。")
        ledger.note(
            DOUBTFUL, told.fill(name=row["country"]), row=number, column="country", value=word
        )
    address = re.sub(r"\s+", " ", row["supplier_address"])
    text = "" if is_missing(address) else address
    region = (find(text) or "") if country == "CN" else ""
    return Place(firm, int(row["year"]), country, region, text)


def _tell_gaps(years: list[int], ledger: Ledger) -> None:
    for before, after in pairwise(years):
        if after - before > 1:
            told = Text(
                "No list for {gap}: a supplier on the lists of {before} and {after} counts as a "
                "supplier in between.",
                "缺少 {gap} 年名单:同时出现在 {before} 年与 {after} 年名单中的供应商,视为其间仍在供应。",
            )
            gap = f"{before + 1}-{after - 1}" if after - before > 2 else f"{before + 1}"  # noqa: PLR2004
            ledger.note(NOTICE, told.fill(gap=gap, before=before, after=after), column="year")


def _tell_places(places: Iterable[Place], ledger: Ledger) -> None:
    chinese = [place for place in places if place.country == "CN"]
    told = Text(
        "Sites have no coordinates. Of {n} places in China, {m} name no division of GB/T 2260 that "
        "can be told.",
        "场所无坐标。{n} 处中国场所中,{m} 处无法辨认行政区划。",
    )
    unknown = sum(not place.region for place in chinese)
    ledger.note(NOTICE, told.fill(n=len(chinese), m=unknown), column="supplier_address")


def _firms(names: Mapping[str, str], buyer: str) -> pl.DataFrame:
    listed = {**names, key(buyer): buyer}
    return pl.DataFrame(
        {
            "firm_id": list(listed),
            "name": list(listed.values()),
            "kind": ["firm"] * len(listed),
            "source_id": [SOURCE_ID] * len(listed),
        }
    ).sort("firm_id")


def _ties(places: Iterable[Place], years: list[int], buyer: str) -> pl.DataFrame:
    listed: dict[str, set[int]] = defaultdict(set)
    for place in places:
        if place.firm != buyer:
            listed[place.firm].add(years.index(place.year))
    rows: list[dict[str, object]] = [
        {
            "tie_id": f"{firm}>{buyer}@{years[first]}",
            "source": firm,
            "target": buyer,
            "kind": "supply",
            "channel": "physical",
            "start": dt.date(years[first], 1, 1),
            "end": _end(years, last),
            "source_id": SOURCE_ID,
        }
        for firm in sorted(listed)
        for first, last in runs(listed[firm])
    ]
    return frame_of("ties", rows)


def _end(years: list[int], last: int) -> dt.date | None:
    """Return the first day after a run of lists; None where it reaches the last list."""
    return None if last == len(years) - 1 else dt.date(years[last] + 1, 1, 1)


def _sites(places: list[Place], years: list[int]) -> pl.DataFrame:
    detailed = _detailed(places, years)
    change = next((i for i, year in enumerate(years) if year not in detailed), len(years))
    at_change = {p.area for p in places if change < len(years) and p.year == years[change]}
    by_place: dict[tuple[str, str, str], list[Place]] = defaultdict(list)
    for place in places:
        by_place[place.key].append(place)
    rows = []
    for identity in sorted(by_place):
        one = by_place[identity][0]
        positions = [years.index(place.year) for place in by_place[identity]]
        for first, last in runs(positions):
            closed, note = _end(years, last), None
            if last == change - 1 and one.area in at_change:
                closed, note = dt.date(years[change], 1, 1), SUPERSEDED
            rows.append(_site(one, years[first], closed, note))
    return frame_of("sites", rows)


def _site(place: Place, year: int, closed: dt.date | None, note: str | None) -> dict[str, object]:
    opened = dt.date(year, 1, 1)
    digest = hashlib.sha256("|".join((*place.key, str(year))).encode()).hexdigest()
    return {
        "site_id": digest[:16],
        "firm_id": place.firm,
        "opened": opened,
        "closed": closed,
        "source_id": SOURCE_ID,
        "x_address": place.text or None,
        "country": place.country or None,
        "region_scheme": "GBT2260" if place.region else None,
        "region_code": place.region or None,
        "x_note": note,
    }


def _detailed(places: Iterable[Place], years: list[int]) -> set[int]:
    """Return the years whose list gives streets."""
    words: dict[int, list[int]] = {year: [] for year in years}
    for place in places:
        if place.text:
            words[place.year].append(len(place.text.split()))
    medians = {year: sorted(n)[len(n) // 2] if n else 0 for year, n in words.items()}
    return {year for year, median in medians.items() if median > COARSE_WORDS}


IMPORTER = Importer(
    name="supplier-list",
    title=Text("List of one buyer's suppliers", "单一采购方的供应商名单"),
    meaning=Text(
        "CSV with year, supplier_name, country, supplier_address (Apple's published lists): firms, "
        "a supply tie for each stretch of years, dated sites without coordinates. A year that no "
        "list covers does not end a tie.",
        "含 year、supplier_name、country、supplier_address 列的 CSV(如苹果公布的名单):生成企业、"
        "按连续年份的供应关系和带起止日期但无坐标的场所。无名单的年份不视为中断。",
    ),
    read=read,
    options={"buyer": Text("Name of the buyer (Apple Inc.).", "采购方名称(默认 Apple Inc.)。")},
)
