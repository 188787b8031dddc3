"""A community at one place is told from one that is scattered, and from one that is where all firms are."""

import numpy as np
import pytest

from jiqun.numerics.communities import Map

THIRD = 1.0 / 3.0


@pytest.fixture
def place() -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    """A town of a fifth of the firms, the others anywhere, one firm without a place."""
    rng = np.random.default_rng(0)
    drawn = rng.random((3000, 2)) * 1e6
    drawn[:600] = 5e5 + rng.normal(0, 5e3, (600, 2))
    drawn[-1] = np.nan
    return drawn


def test_firms_at_one_place_are_gathered(
    place: "np.ndarray[tuple[int, int], np.dtype[np.float64]]",
) -> None:
    place[1000:1030] = 2e5 + np.random.default_rng(1).normal(0, 3e3, (30, 2))
    circle = Map(place).circle(
        np.concatenate([place[1000:1030], place[2000:2030], place[-1:]]), THIRD
    )
    assert circle is not None
    assert circle.share == pytest.approx(0.5, abs=0.05)
    assert circle.overall < 0.02
    assert circle.p_value < 1e-9


def test_firms_drawn_at_random_are_not_even_where_there_is_a_town(
    place: "np.ndarray[tuple[int, int], np.dtype[np.float64]]",
) -> None:
    rng, map_ = np.random.default_rng(2), Map(place)
    drawn = [rng.choice(2999, 60, replace=False) for _ in range(100)]
    circles = [map_.circle(place[firms], 0.2) for firms in drawn]
    found = [circle.p_value for circle in circles if circle is not None]
    assert found
    assert np.mean(np.array(found) < 0.05) <= 0.05


@pytest.mark.parametrize("firms", [np.zeros((0, 2)), np.full((4, 2), np.nan)])
def test_no_place_no_circle(firms: "np.ndarray[tuple[int, int], np.dtype[np.float64]]") -> None:
    assert Map(firms).circle(firms, THIRD) is None
    everywhere = Map(np.random.default_rng(3).random((50, 2)))
    assert everywhere.circle(firms, THIRD) is None
