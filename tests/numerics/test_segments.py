"""Stretches of constant make: against summing over every cut, and on series of known make."""

import itertools
import math

import numpy as np
import pytest
from scipy import stats

from jiqun.numerics.segments import log_marginal, multinomial_segments, normal_segments


def test_every_cut_is_counted() -> None:
    segment = np.triu(np.random.default_rng(1).normal(size=(6, 6)))
    found = log_marginal(segment, 6)
    for k in range(1, 7):
        ways = []
        for cuts in itertools.combinations(range(1, 6), k - 1):
            ends = [0, *cuts, 6]
            ways.append(math.exp(sum(segment[a, b - 1] for a, b in itertools.pairwise(ends))))
        assert found[k - 1] == pytest.approx(math.log(sum(ways) / len(ways)))


def test_counts_of_one_window_follow_the_dirichlet_multinomial() -> None:
    counts, a = np.array([[3.0, 1.0]]), np.array([1.0, 1.0])
    # Beta-binomial with a = b = 1 is uniform over 0 ... 4; without the coefficient 4 of one order.
    assert multinomial_segments(counts, a)[0, 0] == pytest.approx(math.log(1 / 5 / 4))


def test_values_follow_the_normal_distribution() -> None:
    """Two values of error 1 around a level of spread 2 about their mean: a bivariate normal."""
    y = np.array([1.0, 3.0])
    cov = np.eye(2) + 4.0
    exact = stats.multivariate_normal([2.0, 2.0], cov).logpdf(y)
    assert normal_segments(y, np.ones(2), 2.0)[0, 1] == pytest.approx(exact)


@pytest.mark.parametrize("stretches", [1, 2, 3])
def test_series_of_known_make(stretches: int) -> None:
    rng = np.random.default_rng(5)
    mix = [[0.9, 0.1], [0.5, 0.5], [0.1, 0.9]]
    counts = np.vstack([rng.multinomial(60, mix[k * stretches // 12]) for k in range(12)]).astype(
        float
    )
    found = log_marginal(multinomial_segments(counts, np.array([0.5, 0.5])), 5)
    assert found.max() - found[stretches - 1] < 1.0  # more stretches are never much better
    assert (found[stretches - 1] - found[: stretches - 1] > 5.0).all()  # and fewer are far worse
