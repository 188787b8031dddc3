"""Diversity of industries: by hand, flat, and moving with the industries of partners alone.

Paper: N2e, S4, S13 (industries), N3d (three industries)
"""

import polars as pl
import pytest

from jiqun.measures.industry_diversity import industry_diversity
from jiqun.record.record import Record
from tests.measures.cluster_years import EARLY, LATE, alliances, baseline, get, ties
from tests.measures.records import alliance_tables, firm_table, tie_table


def test_by_hand() -> None:
    """Ties 17-17, 17-26: seats 3 to 1. All firms 2, 1, 1. An alliance of three industries, one of one."""
    firms = firm_table(["17", "17", "26", "35", None], ["330100"] * 5)
    found = industry_diversity(
        Record.of(
            firms=firms,
            ties=tie_table([(0, 1), (0, 2)]),
            **alliance_tables([[0, 2, 3], [0, 1], [4, 0]]),
        )
    )
    assert get(found, "effective industries, order 0", relation="ties").value == 2
    order1 = get(found, "effective industries, order 1", relation="ties").value
    assert order1 == pytest.approx(4 / 3**0.75)
    assert get(found, "effective industries, order 2", relation="ties").value == pytest.approx(1.6)
    ratio = get(found, "ratio to all firms", relation="ties").value
    assert ratio == pytest.approx(4 / 3**0.75 / (2 * 2**0.5))
    three = get(found, "three industries and more", relation="alliances")
    assert three.n == 3
    assert three.value == pytest.approx(1 / 3)


def test_no_codes_no_number() -> None:
    firms = firm_table([None] * 4, ["330100"] * 4)
    found = industry_diversity(Record.of(firms=firms, ties=tie_table([(0, 1)])))
    assert all(e.reason is not None for e in found)


def test_flat_at_first_and_moving_when_partners_are_of_one_industry() -> None:
    def ratio(found: tuple, window: str) -> float:  # type: ignore[type-arg]
        value = get(found, "ratio to all firms", window, relation="ties").value
        assert value is not None
        return value

    flat = industry_diversity(baseline(), years=5)
    assert ratio(flat, EARLY) == ratio(flat, LATE) == pytest.approx(1.0)
    alike = pl.col("start").dt.year() < 2005
    narrow = ties().with_columns(
        source=pl.when(alike).then(pl.lit("f0")).otherwise("source"),
        target=pl.when(alike)
        .then(pl.format("f{}", 4 + pl.int_range(pl.len()) % 8 * 4))
        .otherwise("target"),
    )
    found = industry_diversity(baseline(ties=narrow), years=5)
    assert ratio(found, EARLY) < 0.5 < ratio(found, LATE)
    assert [e for e in found if ("relation", "alliances") in e.of] == [
        e for e in flat if ("relation", "alliances") in e.of
    ]


def test_three_industries_moves_alone() -> None:
    tables = alliances()
    third = tables["memberships"].filter(
        pl.col("alliance_id") >= "a2005", pl.col("role") == "member"
    )
    for firms, high in ((("f2", "f3"), True), (("f4", "f8"), False)):
        more = pl.concat([third.with_columns(firm_id=pl.lit(firm)) for firm in firms])
        found = industry_diversity(
            baseline(**{**tables, "memberships": pl.concat([tables["memberships"], more])}), years=5
        )
        late = get(found, "three industries and more", LATE, relation="alliances").value
        assert get(found, "three industries and more", EARLY, relation="alliances").value == 0
        assert late is not None
        assert (late > 0) is high
