"""D of structure: teams that meet again fall below 1, records that remember pairs only do not.

Paper: K3f, Q11 (structure corroborates only)
"""

import numpy as np
import pytest

from jiqun.numerics.decomposability.seats import DECOYS, hidden_seats
from jiqun.numerics.decomposability.structure import share, structure
from jiqun.numerics.hypergraph.pair_null import pair_null
from jiqun.numerics.hypergraph.structure import Hypergraph
from tests.numerics.decomposability.latent_teams import FIRMS, teams
from tests.numerics.hypergraph.test_pair_null import graph_of


def test_a_seat_is_described_by_the_past_alone() -> None:
    """Firm 0 met 1 twice and 2 once, 1 and 2 together once; what follows does not count."""
    past = [[0, 1, 2], [0, 1], [3, 4], [5, 6], [7, 8], [3, 5, 7]]
    later = [[0, 1, 2]] * 3
    asked = [0, 1, 2]
    seats, _, which = hidden_seats(graph_of([*past, asked, *later], 9), most=10, seed=0)
    row = seats[which.tolist().index(len(past))][0]
    graph = graph_of([*past, asked, *later], 9)
    assert graph.edges == 10
    # Whoever of 0, 1, 2 is hidden met the other two together once, which was all of them.
    assert row[10] == pytest.approx(np.log(2))
    assert row[11] == 1.0
    assert row[12] == pytest.approx(np.log(2))
    # 0 and 1 met twice, 2 met each once: least and most meetings say who was hidden.
    assert (round(float(np.expm1(row[2]))), round(float(np.expm1(row[3])))) in {(1, 2), (1, 1)}
    assert seats.shape[1] == 1 + DECOYS


@pytest.mark.parametrize(
    ("pairs", "groups", "value"),
    [(1.0, 2.0, 0.5), (2.0, 1.0, 1.0), (-1.0, 2.0, 0.0), (0.0, 0.5, 0.0)],
)
def test_share(pairs: float, groups: float, value: float) -> None:
    assert share(pairs, groups) == value
    assert np.isnan(share(pairs, 0.0))


@pytest.fixture(scope="module")
def recurring() -> Hypergraph:
    return teams(700, 80, np.random.default_rng(1))


def test_teams_that_meet_again_are_told_from_their_pairs(recurring: Hypergraph) -> None:
    found = structure(recurring, np.random.default_rng(2), draws=199)
    assert found is not None
    assert found.high < found.null.min()
    assert found.p_value == 0.05


def test_a_record_that_remembers_pairs_only_is_not(recurring: Hypergraph) -> None:
    found = structure(pair_null(recurring, seed=9), np.random.default_rng(2), draws=199)
    assert found is not None
    assert found.value > 0.95
    assert found.high >= found.null.min()


def test_groups_at_random_give_no_number() -> None:
    generator = np.random.default_rng(4)
    groups = [generator.choice(FIRMS, 4, replace=False).tolist() for _ in range(400)]
    found = structure(graph_of(groups, FIRMS), generator, draws=199)
    assert found is not None
    assert np.isnan(found.value)
    assert found.bits < 0.1


def test_one_day_has_no_past() -> None:
    graph = graph_of([[0, 1, 2]] * 3, 3)
    same_day = graph.where(graph.start == 0)
    assert structure(same_day, np.random.default_rng(0)) is None
