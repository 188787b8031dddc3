"""Products and roots that do not depend on a library's threads."""

import numpy as np
import pytest

from jiqun.numerics.point_pattern.products import (
    covariance,
    product,
    product_of_singles,
    root_of,
    weighted,
)


def test_products_are_those_of_numpy() -> None:
    rng = np.random.default_rng(1)
    a, b = rng.normal(size=(7, 11)), rng.normal(size=(11, 5))
    a[a < 0] = 0.0
    np.testing.assert_allclose(product(a, b), a @ b, rtol=1e-12)
    np.testing.assert_allclose(product(b.T, a.T), b.T @ a.T, rtol=1e-12)
    single = product_of_singles(a.astype(np.float32), b.astype(np.float32))
    np.testing.assert_allclose(single, a @ b, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(weighted(a, b[:, 0]), a @ b[:, 0], rtol=1e-12)
    np.testing.assert_allclose(covariance(a, 6.0), np.cov(a, rowvar=False), rtol=1e-12)


@pytest.mark.parametrize("reach", [0.5, 3.0, 30.0])
def test_the_root_of_smooth_curves_makes_up_their_correlation(reach: float) -> None:
    """At a reach of 30 of 60 steps most of the 60 directions have no variance of their own."""
    steps = np.arange(60.0)
    correlation = np.exp(-0.5 * ((steps[:, None] - steps) / reach) ** 2)
    root = root_of(correlation)
    np.testing.assert_allclose(root @ root.T, correlation, atol=2e-5)
    np.testing.assert_allclose((root**2).sum(axis=1), 1.0)


def test_what_has_no_variance_has_no_root() -> None:
    assert root_of(np.zeros((3, 3))).shape == (3, 0)
