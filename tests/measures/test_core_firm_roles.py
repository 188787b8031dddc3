"""Roles of core firms: each from its own table, none inferred from another.

Paper: K1a, K1b (initiator, innovation), Q24 (four roles apart)
"""

import datetime as dt

import polars as pl
import pytest

from jiqun.measures.core_firm_roles import core_firm_roles
from jiqun.measures.estimate import Estimate
from jiqun.record.record import Record
from tests.measures.records import alliance_tables, record_of_firms, tie_table

ROLES = ["leadership", "innovation core", "chain master", "platform owner", "demonstrator"]


def by_role(found: tuple[Estimate, ...]) -> dict[tuple[str, str], Estimate]:
    return {(dict(e.of)["role"], dict(e.of).get("firm", "")): e for e in found}


def test_each_role_says_which_table_it_needs() -> None:
    found = core_firm_roles(Record.of())
    assert [dict(e.of)["role"] for e in found] == ROLES
    assert all(e.reason is not None and e.needs for e in found)


def test_leader_is_the_initiator_and_else_the_lead() -> None:
    tables = alliance_tables([[0, 1], [0, 2], [1, 2]])
    roles = ["initiator", "lead", "lead", "member", "member", "member"]
    tables["memberships"] = tables["memberships"].with_columns(role=pl.Series(roles))
    found = by_role(core_firm_roles(record_of_firms(3, **tables)))
    leader = found["leadership", "f0"]
    # The third alliance tells nobody's role, so that two events are left, both led by f0.
    assert (leader.value, leader.n) == (1.0, 2)
    assert ("leadership", "f1") not in found
    assert leader.warnings


def test_leadership_is_dated() -> None:
    """f0 leads both alliances of 2020, f1 the one of 2021; one without a day is in the whole only."""
    tables = alliance_tables([[0, 1], [0, 2], [1, 2], [2, 0]])
    roles = ["lead", "member"] * 4
    tables["memberships"] = tables["memberships"].with_columns(role=pl.Series(roles))
    starts = [dt.date(2020, 3, 1), dt.date(2020, 9, 1), dt.date(2021, 1, 1), None]
    tables["alliances"] = tables["alliances"].with_columns(start=pl.Series(starts, dtype=pl.Date))
    found = core_firm_roles(record_of_firms(3, **tables), years=1)
    led = {
        (of.get("window"), of["firm"]): estimate.value
        for estimate in found
        if (of := dict(estimate.of))["role"] == "leadership"
    }
    assert led == {
        ("all", "f0"): 0.5,
        ("all", "f1"): 0.25,
        ("all", "f2"): 0.25,
        ("2020", "f0"): 1.0,
        ("2021", "f1"): 1.0,
    }


def test_a_window_without_a_leader_is_not_measured() -> None:
    tables = alliance_tables([[0, 1], [0, 1]])
    tables["memberships"] = tables["memberships"].with_columns(
        role=pl.Series(["lead", "member", "member", "member"])
    )
    starts = [dt.date(2020, 3, 1), dt.date(2021, 1, 1)]
    tables["alliances"] = tables["alliances"].with_columns(start=pl.Series(starts))
    last = core_firm_roles(record_of_firms(2, **tables), years=1)[-1]
    assert dict(last.of) == {"role": "leadership", "window": "2021"}
    assert last.reason is not None


def test_chain_master_is_the_buyer_and_not_the_supplier() -> None:
    ties = tie_table([(1, 0), (2, 0), (3, 0), (0, 4)], ["supply"] * 4)
    found = by_role(core_firm_roles(record_of_firms(5, ties=ties)))
    assert found["chain master", "f0"].value == 0.75
    assert found["chain master", "f4"].value == 0.25
    assert ("chain master", "f1") not in found


def test_platform_owner_counts_the_participations_of_others() -> None:
    platforms = pl.DataFrame({"platform_id": ["p", "q"], "operator": ["f0", "f1"]})
    seats = [("p", "f0"), ("p", "f2"), ("p", "f3"), ("q", "f2"), ("p", "f2")]
    participations = pl.DataFrame(
        {
            "platform_id": [p for p, _ in seats],
            "firm_id": [f for _, f in seats],
            "role": ["owner", "complementor", "complementor", "complementor", "component"],
        }
    )
    record = record_of_firms(4, platforms=platforms, participations=participations)
    found = by_role(core_firm_roles(record))
    assert found["platform owner", "f0"].value == pytest.approx(2 / 3)
    assert found["platform owner", "f1"].value == pytest.approx(1 / 3)


def test_demonstrator_is_followed_by_others_and_not_by_itself() -> None:
    innovations = pl.DataFrame(
        {"innovation_id": ["a", "b", "c", "d"], "builds_on": [None, "a", "a", "b"]}
    )
    innovators = pl.DataFrame(
        {"innovation_id": ["a", "b", "c", "d"], "firm_id": ["f0", "f0", "f1", "f2"]}
    )
    record = record_of_firms(3, innovations=innovations, innovators=innovators)
    found = by_role(core_firm_roles(record))
    assert found["demonstrator", "f0"].value == 1.0
    assert found["demonstrator", "f0"].n == 2
    assert found["innovation core", "f0"].value == 0.5


def test_equal_shares_are_shown_together() -> None:
    innovators = pl.DataFrame(
        {"innovation_id": [f"i{i}" for i in range(5)], "firm_id": [f"f{i}" for i in range(5)]}
    )
    found = by_role(core_firm_roles(record_of_firms(5, innovators=innovators)))
    assert len([key for key in found if key[0] == "innovation core"]) == 5


def test_ties_with_one_supplier_are_dependent() -> None:
    """Twenty orders from one supplier say less than twenty from twenty."""
    many = tie_table([(i, 0) for i in range(1, 21)] + [(i, 30) for i in range(1, 21)])
    one = tie_table([(1, 0)] * 20 + [(2, 30)] * 20)
    wide, narrow = (
        by_role(core_firm_roles(record_of_firms(31, ties=ties)))["chain master", "f0"]
        for ties in (one, many)
    )
    assert wide.low is not None
    assert narrow.low is not None
    assert wide.value == narrow.value == 0.5
    assert wide.low < narrow.low


def test_a_firm_is_shown_by_its_name_and_addressed_by_its_id() -> None:
    ties = tie_table([(1, 0), (2, 0)], ["supply"] * 2)
    record = record_of_firms(3, ties=ties)
    named = record.replace(
        firms=record["firms"].with_columns(name=pl.Series(["Weaver {1}", "f1", None]))
    )
    found = by_role(core_firm_roles(named))["chain master", "f0"]
    assert found.label.en.startswith("Chain master: Weaver {1} (f0), share of")
    unnamed = by_role(core_firm_roles(record))["chain master", "f0"]
    assert unnamed.id == found.id
