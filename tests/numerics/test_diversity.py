"""Hill numbers and concentration: closed forms and derivatives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiqun.numerics.diversity import concentration, hill_number

KIND = np.array([0, 0, 0, 1, 1, 2])
EVENT = np.array([0, 0, 1, 1, 2, 3])


def test_by_hand() -> None:
    """Shares 1/2, 1/3, 1/6."""
    p = np.array([3, 2, 1]) / 6
    assert hill_number(KIND, EVENT, 4, 0).value == 3
    assert hill_number(KIND, EVENT, 4, 1).value == pytest.approx(np.exp(-(p @ np.log(p))))
    assert hill_number(KIND, EVENT, 4, 2).value == pytest.approx(36 / 14)
    assert concentration(KIND).value == pytest.approx((6 + 2) / 30)
    with pytest.raises(ValueError, match="orders are 0, 1 and 2"):
        hill_number(KIND, EVENT, 4, 3)


@pytest.mark.parametrize("order", [1, 2])
def test_influence_is_the_derivative_by_an_event(order: int) -> None:
    """Repeat every event a thousand times, and one of them once more."""
    many = 1000
    kind = np.tile(KIND, many)
    found = hill_number(KIND, EVENT, 4, order)
    for event in range(4):
        more = np.concatenate([kind, KIND[event == EVENT]])
        grown = hill_number(more, np.zeros(more.size, dtype=np.int64), 1, order).value
        assert found.influence[event] == pytest.approx((grown - found.value) * many, abs=5e-3)


@given(st.lists(st.integers(0, 5), min_size=2, max_size=40))
def test_orders_fall_and_concentration_is_a_chance(kinds: list[int]) -> None:
    kind = np.array(kinds)
    values = [hill_number(kind, np.arange(kind.size), kind.size, q).value for q in (0, 1, 2)]
    assert values[0] >= values[1] - 1e-9 >= values[2] - 2e-9 >= 1 - 3e-9
    assert 0 <= concentration(kind).value <= 1
    assert concentration(kind).influence.sum() == pytest.approx(0, abs=1e-12)
