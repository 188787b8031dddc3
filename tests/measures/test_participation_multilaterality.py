"""How many take part, which is not what they are worth together.

Paper: Z5, Q2 (participation and value are two measures)
"""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiqun.measures.estimate import Estimate
from jiqun.measures.participation_multilaterality import participation_multilaterality
from tests.measures.records import alliance_tables, random_teams, record_of_firms, tie_table


def values(found: tuple[Estimate, ...]) -> list[float | None]:
    return [e.value for e in found]


def test_by_hand() -> None:
    """A group of three, an alliance of two of them, and a tie of a fourth firm with one."""
    record = record_of_firms(
        6, **alliance_tables([[0, 1, 2], [0, 1]]), ties=tie_table([(3, 0)], "collaboration")
    )
    found = participation_multilaterality(record, seed=0)
    assert values(found) == pytest.approx([(9 + 4 + 4) / 7, 2 / 4, 3 / 4])
    assert [e.n for e in found] == [3, 4, 4]
    assert all("decomposability" in e.warnings[0].en for e in found)


def test_supply_ties_are_no_collaborations() -> None:
    record = record_of_firms(3, ties=tie_table([(0, 1)], "supply"))
    assert not any(e.measured for e in participation_multilaterality(record, seed=0))


def test_a_record_of_groups_alone_is_marked() -> None:
    found = participation_multilaterality(
        record_of_firms(4, **alliance_tables([[0, 1, 2]])), seed=0
    )
    assert values(found) == [3.0, 1.0, 1.0]
    assert found[0].low is None
    assert all(len(e.warnings) == 2 for e in found)


@given(st.integers(0, 5000))
def test_against_counting_sets(seed: int) -> None:
    generator = np.random.default_rng(seed)
    teams = random_teams(generator, 12, np.ones(15))
    found = participation_multilaterality(record_of_firms(15, **alliance_tables(teams)), seed=0)
    together = {frozenset(p) for t in teams for p in combinations(t, 2)}
    alone = {frozenset(t) for t in teams if len(t) == 2}
    firms = {i for t in teams for i in t}
    in_groups = {i for t in teams if len(t) > 2 for i in t}
    assert values(found) == pytest.approx(
        [
            sum(len(t) ** 2 for t in teams) / sum(len(t) for t in teams),
            len(together - alone) / len(together),
            len(in_groups) / len(firms),
        ]
    )


def test_intervals_cover_what_a_large_record_has() -> None:
    """Teams of two to six drawn at random: mean size seen 90 / 20 = 4.5; 95 % of 40 records, at least 33."""
    hits = 0
    for seed in range(40):
        teams = random_teams(np.random.default_rng(seed), 60, np.ones(200))
        size = participation_multilaterality(
            record_of_firms(200, **alliance_tables(teams)), seed=0
        )[0]
        assert size.low is not None
        assert size.high is not None
        hits += size.low <= 4.5 <= size.high
    assert hits >= 33
