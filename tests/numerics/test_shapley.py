"""Shapley shares: hand-worked, and a product that is shared equally."""

import numpy as np
import pytest

from jiqun.numerics.shapley import shapley_shares


def test_a_sum_is_shared_by_its_variances() -> None:
    """Y = 3a + b with a, b in {0, 1}: variances 9/4 and 1/4."""
    a, b = np.meshgrid([0.0, 1.0], [0.0, 1.0], indexing="ij")
    np.testing.assert_allclose(shapley_shares(3 * a + b), [0.9, 0.1])


def test_what_two_make_together_is_shared_equally() -> None:
    """Y = a·b with a, b in {−1, 1}: neither makes anything alone."""
    a, b, c = np.meshgrid([-1.0, 1.0], [-1.0, 1.0], [0.0, 5.0, 9.0], indexing="ij")
    np.testing.assert_allclose(shapley_shares(a * b), [0.5, 0.5, 0.0], atol=1e-12)
    shares = shapley_shares(a * b + 0.1 * c)
    assert shares.sum() == pytest.approx(1.0)
    assert shares[0] == pytest.approx(shares[1])


def test_what_does_not_vary_has_no_shares() -> None:
    assert np.isnan(shapley_shares(np.ones((2, 3)))).all()
