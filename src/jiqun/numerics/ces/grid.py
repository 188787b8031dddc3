"""The elasticities at which the likelihood is profiled."""

from dataclasses import dataclass

import numpy as np

from jiqun.numerics.ces.least_squares import Columns, profile
from jiqun.numerics.ces.panel import Panel
from jiqun.numerics.ces.technology import Floats

LOWEST, HIGHEST, POINTS = 0.1, 10.0, 47


def exponents(points: int = POINTS) -> Floats:
    """Return r at so many elasticities, evenly spaced in ln σ between 0.1 and 10; the middle is 0."""
    sigma = np.exp(np.linspace(np.log(LOWEST), np.log(HIGHEST), points))
    sigma[points // 2] = 1.0
    r: Floats = 1.0 - 1.0 / sigma
    return r


@dataclass(frozen=True, slots=True)
class Profile:
    """Least sums of squares at each elasticity.

    Attributes
    ----------
    log_sigma
        ln σ, ascending, evenly spaced, 0 in the middle, shape (G,).
    rss
        Sum of squares under the inverse covariance, shape (G,).
    theta
        ν, logit π and the log odds of the traditional factors, shape (G, m + 1).
    """

    log_sigma: Floats
    rss: Floats
    theta: Floats

    @property
    def r(self) -> Floats:
        """Exponents of substitution, shape (G,)."""
        return 1.0 - np.exp(-self.log_sigma)

    @property
    def best(self) -> int:
        """Position of the least sum of squares."""
        return int(self.rss.argmin())


def columns(panel: Panel) -> Columns:
    """Return what the compiled loops read of a panel."""
    return Columns(
        panel.y, panel.k, np.ascontiguousarray(panel.d), panel.w, panel.firm, panel.shrink,
        np.ascontiguousarray(panel.dual),
    )  # fmt: skip


def profiled(data: Columns, *, points: int = POINTS, rho: float = 0.0) -> Profile:
    """Fit at every elasticity of the grid.

    Parameters
    ----------
    data
        The panel's arrays.
    points
        Size of the grid, odd.
    rho
        Exponent of the inner nest; 0 for Cobb-Douglas.
    """
    r = exponents(points)
    m = data.k.shape[1]
    start = np.zeros(m + 1)
    start[0], start[1] = 1.0, -1.0
    theta, rss = np.empty((points, m + 1)), np.empty(points)
    profile(data, r, points // 2, rho, start, theta, rss)
    return Profile(-np.log1p(-r), rss, theta)
