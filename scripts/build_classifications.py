"""Build the tables of Chinese industry classifications from their transcriptions.

Usage: python scripts/build_classifications.py XLSX_FOLDER DIGITAL SECOND_2011 OUT

XLSX_FOLDER  GBT4754-2011.xlsx and GBT4754-2017.xlsx of SAH01/data-standardization (no licence; the
             standards are public documents): two columns, code and name.
DIGITAL      digital_economy_2021_middle.csv: major and middle classes of Order 33 of the National
             Bureau of Statistics (2021).
SECOND_2011  a second transcription of the 2011 classes, to check the first: sheet 行业小类 of
             assets/dict.xls in lianjintai/openapi-doc.
"""

import csv
import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

from python_calamine import CalamineWorkbook

Names = dict[str, str]
LEVELS = {1: "section", 2: "division", 3: "group", 4: "class"}
# Cells that the transcription of 2017 ran together, taken apart again.
MENDED = {
    "27702780": {"2770": "卫生材料及医药用品制造", "2780": "药用辅料及包装材料"},
    "80528053": {"8052": "足浴服务", "8053": "养生保健服务"},
}
RUN_TOGETHER = {
    "7271": {"727": "安全保护服务", "7271": "安全服务"},
    "9051": {"905": "文化体育娱乐活动与经纪代理服务", "9051": "文化活动服务"},
}
COUNTS = {"2011": (20, 96, 432, 1094), "2017": (20, 97, 473, 1381)}
"""The amended standard of 2017 has 1,382 classes: one is lacking in the transcription."""


def transcribed(path: Path) -> Names:
    """Read the workbook, each code as text."""
    names: Names = {}
    for cell, name in CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python():
        code = str(int(cell)) if isinstance(cell, float) else str(cell).strip()
        wording = str(name).strip().replace("（", "(").replace("）", ")")
        if code in MENDED:
            names |= MENDED[code]
        elif code in RUN_TOGETHER and path.stem.endswith("2017"):
            names |= RUN_TOGETHER[code]
        elif code != "code":
            names[code] = wording
    return names


def complete(names: Names) -> list[tuple[str, str, str, str]]:
    """Return code, name, parent and level; a group of one class that has no row of its own too."""
    rows: dict[str, tuple[str, str, str, str]] = {}
    section = ""
    for code, name in names.items():
        section = code if len(code) == 1 else section
        parent = {1: "", 2: section}.get(len(code), code[:-1])
        if len(code) == 4 and parent not in names and parent not in rows:
            rows[parent] = (parent, name, code[:2], LEVELS[3])
        rows[code] = (code, name, parent, LEVELS[len(code)])
    return list(rows.values())


def must(holds: bool, what: str) -> None:
    """Stop where something does not hold."""
    if not holds:
        sys.exit(f"does not hold: {what}")


def verify(rows: list[tuple[str, str, str, str]], year: str) -> None:
    """Stop where parents, ranges, duplicates or counts are not as they must be."""
    codes = [row[0] for row in rows]
    must(len(set(codes)) == len(codes), "every code once")
    must(all(re.fullmatch(r"[A-T]|\d{2,4}", code) for code in codes), "codes have their form")
    must(all(row[2] in codes for row in rows if row[2]), "every parent is there")
    divisions = [(row[2], int(row[0])) for row in rows if row[3] == "division"]
    must(divisions == sorted(divisions), "sections follow each other")
    must(all(b[1] - a[1] == 1 for a, b in pairwise(divisions)), "divisions have no gap")
    levels = Counter(row[3] for row in rows)
    must(tuple(levels[name] for name in LEVELS.values()) == COUNTS[year], f"counts of {year}")


def second_source(path: Path) -> Names:
    """Read the classes of 2011 as the second transcription has them."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("行业小类").to_python()[3:]
    found: Names = {}
    for row in rows:
        for code, name in zip(row[::2], row[1::2], strict=True):
            text = str(code).strip()
            found[text[1:] if len(text) > 1 else text.upper()] = str(name).strip()
    return found


def plain(name: str) -> str:
    """Return a name without what transcriptions differ in."""
    return re.sub(r"[\s（）()、,，;；]", "", name)


def write(path: Path, heading: list[str], rows: list[tuple[str, ...]]) -> None:
    """Write one table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([heading, *rows])


def digital_economy(path: Path) -> list[tuple[str, str, str, str]]:
    """Return code, name, parent and level of the major and middle classes."""
    with path.open(encoding="utf-8") as lines:
        listed = list(csv.DictReader(lines))
    rows: dict[str, tuple[str, str, str, str]] = {}
    for row in listed:
        rows.setdefault(row["major"], (row["major"], row["major_name"], "", "major"))
        rows[row["middle"]] = (row["middle"], row["middle_name"], row["major"], "middle")
    must(Counter(row[3] for row in rows.values()) == {"major": 5, "middle": 32}, "5 and 32")
    return list(rows.values())


def priors(digital: list[tuple[str, str, str, str]], gbt: Names) -> list[tuple[str, ...]]:
    """Return GB/T 4754-2017 code, class of the digital economy, extent and basis.

    Two things are known without the small classes: classes of both lists that have one name, and
    the four divisions that Order 33 says the core industries mainly consist of.
    """
    by_name: dict[str, list[str]] = {}
    for code, name in gbt.items():
        by_name.setdefault(plain(name), []).append(code)
    found = [
        (min(by_name[plain(name)], key=len), code, "whole", "same_name")
        for code, name, _, level in digital
        if level == "middle" and code < "05" and plain(name) in by_name
    ]
    stated = [("39", "01"), ("63", "03"), ("64", "03"), ("64", "04"), ("65", "03")]
    return sorted([*found, *((code, major, "main", "order_33") for code, major in stated)])


def main(folder: str, digital: str, second: str, out: str) -> None:
    """Write all tables."""
    target = Path(out)
    gbt: Names = {}
    for year in ("2011", "2017"):
        rows = complete(transcribed(Path(folder) / f"GBT4754-{year}.xlsx"))
        verify(rows, year)
        gbt = {row[0]: row[1] for row in rows}
        if year == "2011":
            other = second_source(Path(second))
            differing = {c for c, n in gbt.items() if plain(other.get(c, "")) != plain(n)}
            print("2011 against the second source:", sorted(differing) or "all alike", len(gbt))
        write(target / f"gbt4754_{year}.csv", ["code", "name", "parent", "level"], list(rows))
    classes = digital_economy(Path(digital))
    write(target / "digital_economy_2021.csv", ["code", "name", "parent", "level"], list(classes))
    found = priors(classes, gbt)
    write(
        target / "digital_priors.csv", ["gbt4754_2017", "digital_economy", "extent", "basis"], found
    )
    print(*found, sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
