"""Does A-B suffer when C leaves?

Paper: K3i, K3j (what the withdrawal of a third firm does)
"""

from datetime import date

import numpy as np
import polars as pl
import pytest

from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.withdrawals import (
    change_of_states,
    histories,
    matched,
    withdrawals,
)
from jiqun.measures.third_party_effect import third_party_effect
from jiqun.record.record import Record
from tests.measures.records import record_of_firms
from tests.measures.test_decomposability import interface_rows

BEFORE, DAY, AFTER, LAST = (date(year, 1, 1) for year in (2019, 2020, 2021, 2024))


def foursomes(
    harm: float, *, cause: str | None = "insolvency", seed: int = 0, states: bool = True
) -> Record:
    """80 alliances of four; from every other one the fourth firm leaves, and ``harm`` pairs fail."""
    generator = np.random.default_rng(seed)
    seats, rows = [], []
    for e in range(80):
        team = [f"f{i}" for i in generator.choice(60, 4, replace=False)]
        left = e % 2 == 0
        for position, firm in enumerate(team):
            goes = left and position == 3
            seats.append(
                (f"a{e:02d}", firm, BEFORE, DAY if goes else None, cause if goes else None)
            )
        for one, other in ((0, 1), (0, 2), (1, 2)):
            rows.append((f"a{e:02d}", team[one], team[other], BEFORE, "coordinated"))
            failed = generator.random() < 0.2 + harm * left
            rows.append(
                (f"a{e:02d}", team[one], team[other], AFTER, "failed" if failed else "coordinated")
            )
        rows.append((f"a{e:02d}", team[0], team[3], BEFORE, "coordinated"))
    tables = {
        "memberships": pl.DataFrame(
            seats,
            schema={
                "alliance_id": pl.String,
                "firm_id": pl.String,
                "joined": pl.Date,
                "left": pl.Date,
                "withdrawal_cause": pl.String,
            },
            orient="row",
        ),
        "alliances": pl.DataFrame(
            {
                "alliance_id": [f"a{e:02d}" for e in range(80)] + ["z"],
                "start": [BEFORE] * 81,
                "end": [None] * 80 + [LAST],
            }
        ),
    }
    if states:
        tables["interfaces"] = interface_rows(rows)
    return record_of_firms(60, **tables)


def named(found: tuple[Estimate, ...], what: str, cause: str = "outside") -> Estimate:
    (one,) = (e for e in found if e.of == (("statistic", what), ("cause", cause)))
    return one


@pytest.mark.parametrize(("harm", "shows"), [(0.5, True), (0.0, False)])
def test_pairs_that_fail_when_a_third_firm_leaves(harm: float, shows: bool) -> None:
    found = named(third_party_effect(foursomes(harm), seed=0), "pairs")
    assert found.low is not None
    assert found.high is not None
    assert found.low <= -harm <= found.high
    assert (found.high < 0) == shows
    assert found.n == 40


def test_members_that_follow() -> None:
    """After every withdrawal, half of the three others leave as well."""
    record = foursomes(0.0)
    seats = record["memberships"].sort("alliance_id", "firm_id")
    staying = pl.col("left").is_null() & (
        pl.col("alliance_id").str.slice(1).cast(pl.Int64) % 2 == 0
    )
    follows = staying & (pl.int_range(pl.len()) % 2 == 0)
    seats = seats.with_columns(
        left=pl.when(follows).then(pl.lit(AFTER)).otherwise("left"),
        withdrawal_cause=pl.when(follows).then(pl.lit("strategy")).otherwise("withdrawal_cause"),
    )
    changed = Record.of(**{t: record[t] for t in ("firms", "alliances")}, memberships=seats)
    found = named(third_party_effect(changed, seed=0), "members")
    share = follows_share(seats)
    assert found.value == pytest.approx(share)
    assert found.low is not None
    assert found.low > 0.3


def follows_share(seats: pl.DataFrame) -> float:
    """Mean over alliances of the share of the three that left in 2021."""
    treated = seats.filter(pl.col("alliance_id").str.slice(1).cast(pl.Int64) % 2 == 0)
    late = (pl.col("left") == AFTER).sum() / (pl.len() - (pl.col("left") == DAY).sum())
    return float(treated.group_by("alliance_id").agg(share=late)["share"].mean())  # type: ignore[arg-type]


def test_a_dispute_is_no_outside_cause() -> None:
    found = third_party_effect(foursomes(0.5, cause="dispute"), seed=0)
    assert not named(found, "pairs").measured
    stated = named(found, "pairs", "stated")
    assert stated.value is not None
    assert "firms leave what is failing" in stated.warnings[0].en


@pytest.mark.parametrize("cause", [None, "unknown", "completed", "dissolved"])
def test_without_a_cause_nothing_is_measured(cause: str | None) -> None:
    found = third_party_effect(foursomes(0.5, cause=cause), seed=0)
    assert not any(e.measured for e in found)
    assert all("memberships.withdrawal_cause" in e.needs for e in found)


def test_without_states_only_members_can_be_followed() -> None:
    found = third_party_effect(foursomes(0.0, states=False), seed=0)
    pairs = named(found, "pairs")
    assert pairs.reason is not None
    assert "0 withdrawals" in pairs.reason.en
    members = named(found, "members")
    assert members.reason is not None
    assert "the same happened everywhere" in members.reason.en


def test_an_empty_record_is_not_measured() -> None:
    assert [e.measured for e in third_party_effect(record_of_firms(3), seed=0)] == [False] * 4
    assert [e.measured for e in third_party_effect(Record.of(), seed=0)] == [False] * 4


def test_who_counts_as_a_withdrawal() -> None:
    """Two who leave together, the last but one, and those of an alliance that ends do not count."""
    seats = [
        ("a", "f0", None, None), ("a", "f1", None, None), ("a", "f2", DAY, "strategy"),
        ("b", "f0", None, None), ("b", "f1", None, None),
        ("b", "f2", DAY, "strategy"), ("b", "f3", DAY, "strategy"),
        ("c", "f0", None, None), ("c", "f1", DAY, "strategy"),
        ("d", "f0", None, None), ("d", "f1", None, None), ("d", "f2", DAY, "strategy"),
    ]  # fmt: skip
    kinds = {"alliance_id": pl.String, "firm_id": pl.String, "left": pl.Date}
    memberships = pl.DataFrame(seats, schema={**kinds, "withdrawal_cause": pl.String}, orient="row")
    alliances = pl.DataFrame({"alliance_id": list("abcd"), "end": [None, None, None, DAY]})
    record = record_of_firms(4, memberships=memberships, alliances=alliances)
    found = withdrawals(histories(record), outside=True)
    assert [(w.alliance, w.firm) for w in found] == [(0, 2)]


def test_every_control_stands_beside_one_withdrawal() -> None:
    found = histories(foursomes(0.5))
    events = withdrawals(found, outside=True)
    sets = matched(found, events, change_of_states, np.random.default_rng(0))
    assert sets.treated.sum() == 40
    assert np.unique(sets.unit).size == sets.unit.size == 80
    assert set(sets.unit[sets.treated]) == {w.alliance for w in events}


def test_the_same_seed_gives_the_same_numbers() -> None:
    record = foursomes(0.5)
    assert third_party_effect(record, seed=3) == third_party_effect(record, seed=3)
