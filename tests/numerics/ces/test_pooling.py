"""Partial pooling: normal likelihoods against the textbook's answer, agreement, disagreement, bad input.

Paper: K4c, K4d
"""

from dataclasses import replace

import numpy as np
import pytest

from jiqun.numerics.ces.fit import Fit, fitted
from jiqun.numerics.ces.grid import Profile
from jiqun.numerics.ces.information import Information
from jiqun.numerics.ces.pooling import pooled
from jiqun.numerics.ces.posterior import posterior
from tests.numerics.ces.worlds import World

X = np.linspace(-np.log(10), np.log(10), 47)
MANY = 10**7


def around(peak: float, error: float) -> Fit:
    """A cluster whose likelihood of ln σ is normal."""
    profile = Profile(X, np.exp(((X - peak) / error) ** 2 / 100), np.zeros((47, 2)))
    known = Information(1.0, MANY)
    return Fit(profile, known, posterior(profile, 100, known, 0.9))


def test_clusters_that_agree_lend_each_other_precision() -> None:
    """Twelve clusters at σ = 0.6, each by itself with an error of 0.5 in ln σ."""
    found = pooled([around(np.log(0.6), 0.5)] * 12)
    assert found.middle == pytest.approx(0.6, rel=0.1)
    for one in found.clusters:
        assert one.sigma == pytest.approx(0.6, rel=0.1)
        assert one.low < 0.6 < one.high
        assert np.log(one.high / one.low) < 0.75 * 2 * 1.645 * 0.5
        assert one.p_below_one > one.alone > 0.5


def test_clusters_that_differ_lend_little() -> None:
    """Half at 0.3, half at 3, each precise: nothing moves, and τ is about ln √10."""
    fits = [around(s * np.log(3.3), 0.1) for s in (-1, 1)] * 6
    found = pooled(fits)
    assert found.spread > 0.8
    assert [c.sigma for c in found.clusters[:2]] == pytest.approx([1 / 3.3, 3.3], rel=0.06)
    assert found.clusters[0].p_below_one > 0.999
    assert found.clusters[1].p_below_one < 0.001


def test_the_order_does_not_matter() -> None:
    fits = [around(p, 0.4) for p in np.linspace(-1, 0.5, 9)]
    one, other = pooled(fits).clusters, pooled(fits[::-1]).clusters
    assert [c.sigma for c in one] == pytest.approx([c.sigma for c in other[::-1]])


def test_thin_clusters_come_nearer_to_the_truth() -> None:
    """Twelve clusters of ten firms in five years, ln σ ~ N(ln 0.6, 0.2)."""
    rng = np.random.default_rng(4)
    truth = np.log(0.6) + rng.normal(0.0, 0.2, 12)
    world = World(firms=10, years=5, noise=0.2)
    fits = []
    for c, log_sigma in enumerate(truth):
        made = replace(world, sigma=float(np.exp(log_sigma))).draw(c, 8).panel
        fits.append(fitted(made))
    found = pooled(fits).clusters
    alone = np.array([np.log(f.posterior.sigma) for f in fits])
    together = np.array([np.log(c.sigma) for c in found])
    assert np.abs(together - truth).mean() < np.abs(alone - truth).mean()
    assert (
        np.mean([c.low <= np.exp(t) <= c.high for c, t in zip(found, truth, strict=True)]) >= 0.75
    )
    assert np.mean([c.p_below_one for c in found]) > np.mean([c.alone for c in found])


def test_too_few_clusters() -> None:
    with pytest.raises(ValueError, match="at least 8 clusters, got 7"):
        pooled([around(0.0, 0.5)] * 7)
