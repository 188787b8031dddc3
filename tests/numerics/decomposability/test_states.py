"""Which other pairs surround a pair.

Paper: K3j (adjacent and disjoint pairs)
"""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from jiqun.numerics.decomposability.states import PairStates, size_classes, surroundings
from tests.numerics.decomposability.worlds import pair_states


def _states(rows: list[tuple[int, int, int, float]]) -> PairStates:
    alliance, one, other, before = (np.array(c) for c in zip(*rows, strict=True))
    return PairStates(alliance, one, other, before, np.full(len(rows), np.nan), alliance)


def test_a_foursome_by_hand() -> None:
    """Firms A, B, C, D = 0 … 3; only C-D has failed, A-C is half well."""
    found = surroundings(
        _states(
            [
                (0, 0, 1, 1.0),
                (0, 0, 2, 0.5),
                (0, 0, 3, 1.0),
                (0, 1, 2, 1.0),
                (0, 1, 3, 0.8),
                (0, 2, 3, 0.0),
            ]
        )
    )
    assert found.weakest.tolist() == [0.0] * 6
    assert found.adjacent.tolist() == [0.5, 0.0, 0.0, 0.0, 0.0, 0.5]
    assert found.disjoint.tolist() == [0.0, 0.8, 1.0, 1.0, 0.5, 1.0]
    assert found.members.tolist() == [4] * 6


def test_what_is_absent_is_not_a_number() -> None:
    found = surroundings(_states([(0, 0, 1, 1.0), (1, 0, 1, 0.0), (1, 0, 2, 1.0)]))
    assert np.isnan(found.adjacent).tolist() == [True, False, False]
    assert np.isnan(found.disjoint).all()
    assert found.pairs.tolist() == [1, 2, 2]
    assert found.weakest.tolist() == [1.0, 0.0, 0.0]


def test_large_alliances_share_classes_of_size() -> None:
    assert size_classes(np.array([3, 8, 9, 16, 17, 3])).tolist() == [0, 1, 2, 2, 3, 0]


@given(st.integers(0, 10_000), st.integers(1, 6))
def test_the_weakest_is_the_least_of_own_adjacent_and_disjoint(seed: int, alliances: int) -> None:
    states = pair_states(np.random.default_rng(seed), alliances, kind="nothing")
    found = surroundings(states)
    three = np.vstack([states.before, found.adjacent, found.disjoint])
    assert np.array_equal(np.nanmin(three, axis=0), found.weakest)
