"""Likely duplicates: proposed with a reason, never applied unasked, quickly."""

import time
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from jiqun.importers.merges import apply_merges, as_csv, core, propose_merges
from jiqun.importers.table import IMPORTER
from jiqun.record.record import Record, conform
from tests.importers.table_files import CREDIT_CODE, write_csv, write_folder


def firms(**columns: list[str | None]) -> pl.DataFrame:
    length = len(next(iter(columns.values())))
    ids: dict[str, list[str | None]] = {"firm_id": [f"f{i}" for i in range(length)]}
    return conform("firms", pl.DataFrame({**ids, **columns}))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("杭州数源科技有限公司", "杭州数源科技"),
        ("杭州数源科技股份有限公司", "杭州数源科技"),
        ("杭州数源科技（集团）有限公司", "杭州数源科技"),
        ("ＡＣＭＥ Co., Ltd.", "acme"),
        ("The Acme Holdings Inc", "acme"),
    ],
)
def test_legal_forms_are_stripped(name: str, expected: str) -> None:
    assert pl.select(core(pl.lit(name))).item() == expected


def test_names_that_differ_in_legal_form_are_proposed() -> None:
    proposed = propose_merges(
        firms(name=["杭州数源科技有限公司", "杭州数源科技股份有限公司", "宁波甬江机械厂"])
    )
    assert [(m.keep, m.drop, m.score) for m in proposed] == [("f0", "f1", 0.97)]
    assert proposed[0].reason.zh


def test_one_registration_number_is_one_firm() -> None:
    proposed = propose_merges(
        firms(name=["甲甲", "乙乙"], x_registration=[CREDIT_CODE, CREDIT_CODE.lower()])
    )
    assert [m.score for m in proposed] == [1.0]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("第一机床厂有限公司", "第二机床厂有限公司"),
        ("Acme 1 Ltd", "Acme 2 Ltd"),
        ("杭州数源科技", "苏州天工软件"),
        ("", ""),
    ],
)
def test_numbered_and_different_firms_are_not_proposed(first: str, second: str) -> None:
    assert propose_merges(firms(name=[first, second])) == ()


def test_a_slip_in_a_long_name_is_proposed() -> None:
    names = ["International Business Machinery Works", "International Busines Machinery Works"]
    assert len(propose_merges(firms(name=[*names]))) == 1


def test_namesakes_of_two_regions_are_not_proposed() -> None:
    assert (
        propose_merges(firms(name=["甲科技有限公司", "甲科技"], region_code=["330100", "440300"]))
        == ()
    )


def test_nothing_to_compare() -> None:
    assert propose_merges(firms(name=["甲"])) == ()
    assert propose_merges(firms(name=[None, None])) == ()
    assert propose_merges(firms(name=["甲"]).clear()) == ()


def test_merging_moves_references_and_fills_gaps() -> None:
    record = Record.of(
        firms=pl.DataFrame(
            {"firm_id": ["a", "b", "c"], "name": ["A", "A Ltd", "C"], "country": [None, "CN", "DE"]}
        ),
        ties=pl.DataFrame({"tie_id": ["1", "2"], "source": ["b", "c"], "target": ["c", "a"]}),
    )
    merged = apply_merges(record, {"b": "a"})
    assert merged["firms"].select("firm_id", "name", "country").rows() == [
        ("a", "A", "CN"),
        ("c", "C", "DE"),
    ]
    assert merged["ties"]["source"].to_list() == ["a", "c"]


def test_merges_are_applied_only_when_asked(tmp_path: Path) -> None:
    sheets = {
        "firms": [
            ["企业编号", "企业名称"],
            ["1", "杭州数源科技有限公司"],
            ["2", "杭州数源科技股份有限公司"],
            ["3", "C"],
        ],
        "ties": [["供应商", "客户"], ["2", "3"]],
    }
    source = write_folder(tmp_path / "in", sheets)
    unasked = IMPORTER.read(source, options={})
    assert unasked.record["firms"].height == 3
    review = tmp_path / "review.csv"
    review.write_text(as_csv(unasked.merges), encoding="utf-8")
    asked = IMPORTER.read(source, options={"merge": str(review)})
    assert asked.record["firms"]["firm_id"].to_list() == ["1", "3"]
    assert asked.record["ties"]["source"].to_list() == ["1"]
    wrong = write_csv(tmp_path / "wrong.csv", [["keep", "drop"], ["1", "99"]])
    refused = IMPORTER.read(source, options={"merge": str(wrong)})
    assert [p.rule for p in refused.problems if p.severity == "error"] == ["table.merge_file"]


def test_ten_thousand_firms_take_seconds() -> None:
    """Blocking keeps the pairs few: far below the 5·10⁷ of all against all."""
    rng = np.random.default_rng(5)
    letters = rng.integers(0x4E00, 0x9FA5, (10_000, 6))
    names = ["".join(map(chr, row)) + "科技有限公司" for row in letters.tolist()]
    names[9_000:] = [n.replace("有限公司", "股份有限公司") for n in names[:1_000]]
    start = time.perf_counter()
    proposed = propose_merges(firms(name=[*names]))
    assert time.perf_counter() - start < 30
    assert len(proposed) == 1_000
