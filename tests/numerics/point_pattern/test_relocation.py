"""Null hypotheses: what moves, what stays, and that every site has its turn."""

import numpy as np
import pytest

from jiqun.numerics.point_pattern.pattern import Pattern, pattern_of
from jiqun.numerics.point_pattern.relocation import Null, NullTest, relocations, samples
from tests.numerics.point_pattern.patterns import mask, uneven_sites

SITES = 40


def pattern() -> Pattern:
    cases = mask(8, SITES, 1)
    return pattern_of(
        uneven_sites(SITES, 1),
        cases,
        [1e3],
        neighbours=~cases & mask(20, SITES, 2),
        weights=np.arange(1.0, SITES + 1.0),
        coordinates="projected",
    )


def drawn(null: Null) -> tuple[int, np.random.SeedSequence]:
    """The first batch of draws."""
    test = NullTest(null=null, simulations=20, level=0.95, seed=3, workers=1)
    return test.batches()[0]


def test_firms_that_move_take_their_sizes_along() -> None:
    p = pattern()
    for draw in relocations(p, "random_location", drawn("random_location")):
        assert sorted(draw.sizes[draw.cases]) == sorted(p.sizes[p.cases])
        assert sorted(draw.sizes) == sorted(p.sizes)
        assert not set(draw.cases) & set(draw.neighbours)


def test_labels_that_move_leave_the_sizes_where_they_are() -> None:
    p = pattern()
    for draw in relocations(p, "random_labelling", drawn("random_labelling")):
        np.testing.assert_array_equal(draw.sizes, p.sizes)


def test_the_other_population_stays() -> None:
    p = pattern()
    for draw in relocations(p, "population_independence", drawn("population_independence")):
        np.testing.assert_array_equal(draw.neighbours, np.flatnonzero(p.looked_for))
        np.testing.assert_array_equal(draw.sizes[draw.neighbours], p.sizes[draw.neighbours])
        assert sorted(draw.sizes[draw.cases]) == sorted(p.sizes[p.cases])


@pytest.mark.statistical
def test_every_site_is_drawn_as_often() -> None:
    """12,800 draws of 8 of 40: each site 2,560 times with a standard deviation of 45."""
    test = NullTest(null="random_location", simulations=12_800, level=0.95, seed=3, workers=1)
    chosen = np.vstack([samples(SITES, 8, batch) for batch in test.batches()])
    assert chosen.shape == (12_800, 8)
    assert (np.diff(chosen, axis=1) > 0).all()
    assert np.abs(np.bincount(chosen.ravel(), minlength=SITES) - 2560).max() < 4 * 45
