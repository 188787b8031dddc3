"""Codes have their names beside them, and only where the list is known."""

import polars as pl

from jiqun.measures.estimate import Estimate
from jiqun.record.record import Record
from jiqun.report.code_names import industry_title, look_ups, named
from jiqun.vocabulary.text import Text


def record(scheme: str | None) -> Record:
    return Record.of(
        firms=pl.DataFrame(
            {
                "firm_id": ["a", "b"],
                "industry_scheme": [scheme, scheme],
                "industry_code": ["6513", "17"],
                "region_scheme": ["GBT2260", "GBT2260"],
                "region_code": ["330110", "330110"],
            },
            schema_overrides={"industry_scheme": pl.String},
        )
    )


def quotient(code: str) -> Estimate:
    label = Text(
        "quotient of industry {i} in region {r}, 65130 km",
        "行业 {i} 在区域 {r} 的区位商,65130 公里",
    )
    return Estimate(
        measure="q",
        label=label.fill(i=code, r="330110"),
        of=(("industry", code), ("region", "330110")),
        value=1.0,
    )


def test_names_stand_beside_codes_in_both_languages() -> None:
    looks = look_ups(record("GBT4754-2017"))
    told = named(quotient("6513"), looks)
    assert told.label.en == (
        "quotient of industry 6513 (应用软件开发) in region 330110 (余杭区), 65130 km"
    )
    assert (
        told.label.to("zh")
        == "行业 6513（应用软件开发）在区域 330110（余杭区）的区位商，65130 公里"
    )
    assert told.id == quotient("6513").id
    assert industry_title(record("GBT4754-2017"), "17") == "17 纺织业"


def test_unknown_codes_and_lists_stay_codes() -> None:
    assert named(quotient("9999"), look_ups(record("GBT4754-2017"))).label.en.startswith(
        "quotient of industry 9999 in region 330110 (余杭区)"
    )
    assert "industry" not in look_ups(record("other"))
    assert "industry" not in look_ups(record(None))
    assert industry_title(record(None), "17") == "17"
