"""Modes of collaboration: hand-worked shares, windows, missing codes, the supplier list.

Paper: K3a, I1e, S3 (vertical share), I3c, S9 (across industries and regions), Z5, Q2 (participation)
"""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiqun.measures.collaboration_modes import collaboration_modes
from jiqun.measures.estimate import Estimate
from jiqun.record.record import Record
from tests.measures.records import alliance_tables, firm_table, record_of_firms, tie_table


def get(
    found: tuple[Estimate, ...], statistic: str, relation: str = "", window: str = "all"
) -> Estimate:
    wanted = {"statistic": statistic, "window": window} | (
        {"relation": relation} if relation else {}
    )
    return next(e for e in found if dict(e.of) == wanted)


def test_vertical_share_and_kinds_by_hand() -> None:
    """Three of four separate ties are supply; entropy of (3/4, 1/4) is .5623, its exponential 1.755."""
    ties = tie_table([(0, 1), (2, 3), (4, 5), (6, 7)], ["supply", "supply", "supply", "licence"])
    found = collaboration_modes(record_of_firms(8, ties=ties))
    vertical = get(found, "vertical share")
    assert vertical.value == 0.75
    assert vertical.n == 4
    assert vertical.low is not None
    assert vertical.high is not None
    assert vertical.low < 0.4
    assert vertical.high > 0.9
    assert get(found, "kinds of tie").value == pytest.approx(4 / 3**0.75)


def test_ties_across_by_hand() -> None:
    """Groups a a a b | a b b b: two of four ties cross; exchanging targets, 10 of 16 pairs do."""
    industry = ["17", "17", "17", "26", "17", "26", "26", "26"]
    region = ["330100"] * 4 + ["330200"] * 4
    ties = tie_table([(0, 4), (1, 5), (2, 6), (3, 7)])
    found = collaboration_modes(Record.of(firms=firm_table(industry, region), ties=ties))
    assert get(found, "cross-industry share", "ties").value == 0.5
    assert get(found, "cross-industry ratio to chance", "ties").value == pytest.approx(
        0.5 / (10 / 16)
    )
    assert get(found, "cross-region share", "ties").value == 1.0
    assert get(found, "cross-region ratio to chance", "ties").value == pytest.approx(1.0)
    assert (
        "first two characters of GB/T 4754-2017"
        in get(found, "cross-industry share", "ties").method.en
    )


def test_participation_by_hand() -> None:
    """Teams of 2, 3 and 4 and one collaboration tie: two of four, seven of eleven seats, mean 3."""
    tables = alliance_tables([[0, 1], [2, 3, 4], [5, 6, 7, 8], [9], []])
    ties = tie_table([(9, 10), (9, 11)], ["collaboration", "supply"])
    found = collaboration_modes(record_of_firms(12, ties=ties, **tables))
    assert get(found, "multilateral share of collaborations").value == 0.5
    assert get(found, "multilateral share of participations").value == pytest.approx(7 / 11)
    assert get(found, "mean size of alliances").value == 3.0
    for statistic in ("collaborations", "participations"):
        estimate = get(found, f"multilateral share of {statistic}")
        assert "not decomposability" in estimate.label.en.replace("participation, ", "")
        assert any("does not measure decomposability" in w.en for w in estimate.warnings)


def test_supplier_list_is_one_observation_and_says_so() -> None:
    found = collaboration_modes(record_of_firms(201, ties=tie_table((i, 0) for i in range(1, 201))))
    vertical = get(found, "vertical share")
    assert (vertical.value, vertical.high) == (1.0, 1.0)
    assert vertical.low is not None
    assert vertical.low < 0.02
    assert any("one buyer's suppliers" in warning.en for warning in vertical.warnings)


def test_windows_are_those_the_data_can_fill() -> None:
    """Forty ties in each of 2018 and 2020, all supply and then none: two windows of a year."""
    early = tie_table([(2 * i, 2 * i + 1) for i in range(40)], "supply", 2018)
    late = tie_table([(80 + 2 * i, 81 + 2 * i) for i in range(40)], "licence", 2020)
    late = late.with_columns(tie_id=pl.concat_str(pl.lit("late"), "tie_id"))
    found = collaboration_modes(record_of_firms(160, ties=pl.concat([early, late])))
    assert {dict(e.of)["window"] for e in found} == {"all", "2018", "2020"}
    assert get(found, "vertical share").value == 0.5
    assert get(found, "vertical share", window="2018").value == 1.0
    assert get(found, "vertical share", window="2020").value == 0.0


def test_thin_years_are_joined_and_undated_ties_are_in_the_whole_only() -> None:
    ties = pl.concat(
        [
            tie_table([(i, i + 1)], "supply", 2000 + i // 10).with_columns(tie_id=pl.lit(f"d{i}"))
            for i in range(100)
        ]
        + [tie_table([(i, i + 2) for i in range(5)])]
    )
    found = collaboration_modes(record_of_firms(120, ties=ties))
    assert [dict(e.of)["window"] for e in found if e.of[0] == ("statistic", "vertical share")] == [
        "all",
        "1998-2000",
        "2001-2003",
        "2004-2006",
        "2007-2009",
    ]
    assert get(found, "vertical share").n == 105
    assert get(found, "vertical share", window="2001-2003").n == 30


def test_alliance_is_dated_by_its_start_or_first_member() -> None:
    tables = alliance_tables([[2 * i, 2 * i + 1] for i in range(80)])
    joined = pl.when(pl.int_range(pl.len()) < 80).then(date(2018, 5, 1)).otherwise(date(2019, 5, 1))
    tables["memberships"] = tables["memberships"].with_columns(joined=joined)
    found = collaboration_modes(record_of_firms(160, **tables))
    assert get(found, "mean size of alliances", window="2018").n == 40


def test_unknown_codes_are_left_out_and_counted() -> None:
    firms = firm_table(["17", "26", None, "26"], ["330100"] * 4)
    found = collaboration_modes(Record.of(firms=firms, ties=tie_table([(0, 1), (2, 3)])))
    share = get(found, "cross-industry share", "ties")
    assert (share.value, share.n) == (1.0, 1)
    assert any("1 of 2 ties are left out" in warning.en for warning in share.warnings)
    ratio = get(found, "cross-region ratio to chance", "ties")
    assert ratio.reason is not None
    assert "random partners would never cross" in ratio.reason.en


def test_country_stands_in_for_an_unknown_region() -> None:
    firms = pl.DataFrame({"firm_id": ["f0", "f1", "f2", "f3"], "country": ["CN", "CN", "US", "JP"]})
    found = collaboration_modes(Record.of(firms=firms, ties=tie_table([(0, 1), (2, 3)])))
    assert get(found, "cross-region share", "ties").value == 0.5
    assert "countries" in get(found, "cross-region share", "ties").method.en


def test_ties_to_itself_are_no_collaboration() -> None:
    found = collaboration_modes(record_of_firms(3, ties=tie_table([(0, 0), (1, 2)])))
    assert get(found, "vertical share").n == 1


@pytest.mark.parametrize("record", [Record.of(), record_of_firms(0), record_of_firms(5)])
def test_nothing_recorded_nothing_measured(record: Record) -> None:
    found = collaboration_modes(record)
    assert len(found) == 13
    assert all(estimate.reason is not None and estimate.needs for estimate in found)


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 1000), st.permutations(range(12)))
def test_order_of_rows_and_names_of_firms_do_not_matter(seed: int, order: list[int]) -> None:
    industry = ["17", "26", "35", "65"] * 3
    ends = [(i, (i * i + 3) % 12) for i in range(12) if i != (i * i + 3) % 12]
    teams = [[0, 1, 2], [3, 4], [5, 6, 7, 8], [9, 10, 11], [0, 5]]
    record = Record.of(
        firms=firm_table(industry, ["330100"] * 12), ties=tie_table(ends), **alliance_tables(teams)
    )
    renamed = Record.of(
        firms=firm_table([industry[order.index(i)] for i in range(12)], ["330100"] * 12),
        ties=tie_table([(order[a], order[b]) for a, b in ends]).sample(
            fraction=1.0, shuffle=True, seed=seed
        ),
        **alliance_tables([[order[i] for i in team] for team in teams]),
    )
    for one, other in zip(collaboration_modes(record), collaboration_modes(renamed), strict=True):
        assert (one.id, one.n) == (other.id, other.n)
        assert one.value == pytest.approx(other.value)
        assert one.low == pytest.approx(other.low)


def test_sites_stand_in_for_the_region_of_a_firm_where_they_agree() -> None:
    """f2's sites are both in Ningbo; f3's are in two cities, so that its tie is left out."""
    firms = firm_table(["3510"] * 4, ["330100", "330200", None, None])
    sites = pl.DataFrame(
        {
            "site_id": ["1", "2", "3", "4"],
            "firm_id": ["f2", "f2", "f3", "f3"],
            "region_scheme": ["GBT2260"] * 4,
            "region_code": ["330203", "330205", "330100", "330200"],
        }
    )
    ties = tie_table([(0, 2), (1, 2), (0, 3)])
    found = collaboration_modes(Record.of(firms=firms, sites=sites, ties=ties))
    share = get(found, "cross-region share", "ties")
    assert (share.value, share.n) == (0.5, 2)
