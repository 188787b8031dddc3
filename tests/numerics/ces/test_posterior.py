"""From sums of squares to σ: a parabola worked by hand, open ends, probabilities.

Paper: K4c, K4d (on which side of 1), Q10 (near 1)
"""

import numpy as np
import pytest
from scipy import stats

from jiqun.numerics.ces.grid import Profile
from jiqun.numerics.ces.information import Information
from jiqun.numerics.ces.posterior import PRIOR, Posterior, posterior
from jiqun.numerics.ces.technology import Floats

MANY = 10**7
"""Degrees of freedom at which Student's t is normal."""


def around(peak: float, error: float, rows: int = 100, temper: float = 1.0) -> Posterior:
    """A profile whose statistic is ((ln σ - peak)/error)²."""
    x = np.linspace(-np.log(10), np.log(10), 47)
    statistic: Floats = ((x - peak) / error) ** 2
    profile = Profile(x, np.exp(statistic / rows), np.zeros((47, 2)))
    return posterior(profile, rows, Information(temper, MANY), 0.9)


@pytest.mark.parametrize("peak", [-0.9, 0.0, 0.37])
def test_a_parabola_gives_the_normal_answers(peak: float) -> None:
    found = around(peak, 0.3)
    assert found.sigma == pytest.approx(np.exp(peak), rel=1e-6)
    ends = peak + 0.3 * stats.norm.ppf([0.05, 0.95])
    assert np.log([found.low, found.high]) == pytest.approx(ends, abs=1e-3)
    # Normal likelihood times normal prior.
    precision = 1 / 0.3**2 + 1 / PRIOR**2
    after = stats.norm(peak / 0.3**2 / precision, precision**-0.5)
    assert found.p_below_one == pytest.approx(after.cdf(0), abs=4e-3)
    near = after.cdf(np.log(1.25)) - after.cdf(-np.log(1.25))
    assert found.p_near_one == pytest.approx(near, abs=5e-3)


def test_a_tempered_likelihood_has_a_wider_interval() -> None:
    plain, tempered = around(0.5, 0.2), around(0.5, 0.2, temper=0.25)
    assert np.log(tempered.high / tempered.low) == pytest.approx(
        2 * np.log(plain.high / plain.low), rel=1e-2
    )
    assert plain.p_below_one < tempered.p_below_one < 0.5


def test_open_ends() -> None:
    above = around(1.5, 1.0)
    assert above.high == np.inf
    assert above.low > 0
    nothing = around(0.0, 50.0)
    assert (nothing.low, nothing.high) == (0.0, np.inf)
    assert nothing.p_below_one == pytest.approx(0.5, abs=1e-6)


def test_a_single_cluster_leaves_the_prior() -> None:
    x = np.linspace(-np.log(10), np.log(10), 47)
    profile = Profile(x, np.exp((x - 1) ** 2), np.zeros((47, 2)))
    found = posterior(profile, 100, Information(0.0, 1), 0.9)
    assert (found.low, found.high) == (0.0, np.inf)
    assert found.p_below_one == pytest.approx(0.5, abs=1e-6)
