"""Concentration of rule-setting: by hand, moving alone, nothing to rule.

Paper: S16, Q20, E8 (who sets the rules)
"""

from datetime import date

import polars as pl
import pytest

from jiqun.measures.initiation_share import initiation_share
from jiqun.measures.rule_setting_concentration import rule_setting_concentration
from jiqun.record.record import Record
from tests.measures.cluster_years import EARLY, LATE, baseline, get, platform
from tests.measures.records import firm_table


def test_by_hand() -> None:
    """Three memberships under f0 (two platforms), one under f1, one under nobody known."""
    record = Record.of(
        firms=firm_table(["17"] * 8, ["330100"] * 8),
        platforms=pl.DataFrame(
            {"platform_id": ["p", "q", "r", "s"], "operator": ["f0", "f0", "f1", None]}
        ),
        participations=pl.DataFrame(
            {
                "platform_id": ["p", "p", "q", "r", "s", "p"],
                "firm_id": ["f2", "f3", "f4", "f5", "f6", "f0"],
            }
        ),
    )
    found = rule_setting_concentration(record)
    assert get(found, "concentration").value == pytest.approx(3 * 2 / (4 * 3))
    assert get(found, "largest operator").value == 0.75
    assert get(found, "largest operator").n == 4


def test_moves_alone_when_a_second_operator_takes_over() -> None:
    tables = platform()
    flat = rule_setting_concentration(baseline(**tables), years=5)
    assert [get(flat, "concentration", w).value for w in (EARLY, LATE)] == [1.0, 1.0]
    assert any("every platform" in w.en for w in get(flat, "concentration", LATE).warnings)
    initiation = get(initiation_share(baseline(**tables), years=5), "concentration", LATE)
    second = tables["platforms"].with_columns(
        platform_id=pl.lit("q"), operator=pl.lit("f38"), opened=date(2005, 1, 1)
    )
    tables["platforms"] = pl.concat([tables["platforms"], second])
    late = pl.col("joined") >= date(2005, 1, 1)
    tables["participations"] = tables["participations"].with_columns(
        platform_id=pl.when(late).then(pl.lit("q")).otherwise("platform_id")
    )
    found = rule_setting_concentration(baseline(**tables), years=5)
    assert get(found, "concentration", EARLY).value == 1.0
    assert get(found, "concentration", LATE).value == pytest.approx(2 * 10 * 9 / (20 * 19))
    moved = get(initiation_share(baseline(**tables), years=5), "concentration", LATE)
    assert moved == initiation


def test_nothing_to_rule() -> None:
    for record in (baseline(), baseline(**platform(operator=None))):
        assert all(e.reason is not None for e in rule_setting_concentration(record, years=5))
