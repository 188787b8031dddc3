"""Who initiates: by hand, flat, moving apart from rule-setting.

Paper: N3b, S17, Q20 (initiation spreads, rules stay)
"""

from datetime import date

import polars as pl
import pytest

from jiqun.measures.initiation_share import initiation_share
from jiqun.measures.rule_setting_concentration import rule_setting_concentration
from jiqun.record.record import Record
from tests.measures.cluster_years import EARLY, LATE, baseline, get, platform
from tests.measures.records import firm_table

OPERATOR = "by the platform's operator"


def test_by_hand() -> None:
    """p's operator begins one of three there, and half of another; f1 begins two of five known."""
    seats = [
        ("a", "f0", "initiator"),
        ("a", "f1", "member"),
        ("b", "f1", "initiator"),
        ("b", "f0", "lead"),
        ("c", "f0", "lead"),
        ("c", "f2", "lead"),
        ("d", "f1", "lead"),
        ("d", "f2", "member"),
        ("e", "f3", "initiator"),
        ("g", "f3", "member"),
    ]
    record = Record.of(
        firms=firm_table(["17"] * 4, ["330100"] * 4),
        platforms=pl.DataFrame({"platform_id": ["p"], "operator": ["f0"]}),
        participations=pl.DataFrame({"platform_id": ["p"] * 2, "firm_id": ["f1", "f2"]}),
        alliances=pl.DataFrame(
            {"alliance_id": list("abcdeg"), "platform_id": ["p", "p", "p", None, None, "p"]}
        ),
        memberships=pl.DataFrame(seats, schema=["alliance_id", "firm_id", "role"], orient="row"),
    )
    found = initiation_share(record)
    assert get(found, OPERATOR).value == pytest.approx((1 + 0 + 0.5) / 3)
    same = get(found, "concentration")
    assert same.n == 5
    assert same.value == pytest.approx((2 * 1 + 2 * 1) / 20)  # a and c by f0, b and d by f1
    outside = get(found, "outside platforms")  # only c and d join two members of platforms
    assert (outside.value, outside.n) == (1.0, 1)


def test_initiation_spreads_while_rules_stay() -> None:
    tables = platform()
    flat = initiation_share(baseline(**tables), years=5)
    assert [get(flat, OPERATOR, w).value for w in (EARLY, LATE)] == [1.0, 1.0]
    rules = rule_setting_concentration(baseline(**tables), years=5)
    late = pl.col("alliance_id").is_in([f"b{k}" for k in range(10, 20)])
    swapped = (
        pl.when(pl.col("role") == "initiator").then(pl.lit("member")).otherwise(pl.lit("initiator"))
    )
    tables["memberships"] = tables["memberships"].with_columns(
        role=pl.when(late).then(swapped).otherwise("role")
    )
    found = initiation_share(baseline(**tables), years=5)
    assert [get(found, OPERATOR, w).value for w in (EARLY, LATE)] == [1.0, 0.0]
    assert rule_setting_concentration(baseline(**tables), years=5) == rules


def test_a_cluster_without_platforms_has_initiators_all_the_same() -> None:
    found = initiation_share(baseline(), years=5)
    assert get(found, OPERATOR, EARLY).reason is not None
    values = [get(found, "concentration", w).value for w in (EARLY, LATE)]
    assert values == [pytest.approx(4 * 5 * 4 / (20 * 19))] * 2
    assert all(
        e.reason is not None and "role" in str(e.needs)
        for e in initiation_share(Record.of())
        if ("statistic", "outside platforms") not in e.of
    )


def test_undated_alliances_count_in_the_whole_only() -> None:
    record = baseline()
    undated = record["alliances"].with_columns(start=pl.lit(None, pl.Date))
    found = initiation_share(record.replace(alliances=undated), years=5)
    assert get(found, "concentration").n == 40
    assert get(found, "concentration", LATE).reason is not None
    assert date(2009, 3, 1) in record["alliances"]["start"].to_list()
