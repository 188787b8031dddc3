"""One fit of a panel: the profile of σ, flattened to what the firms say, and what follows from it."""

from dataclasses import dataclass

from jiqun.numerics.ces.grid import POINTS, Profile, columns, profiled
from jiqun.numerics.ces.information import Information, derivatives, information
from jiqun.numerics.ces.panel import Panel
from jiqun.numerics.ces.posterior import Posterior, posterior

SURE = 0.95
"""Probability of one side from which it is called; at σ = 1 each side is then called by mistake in
one case of twenty."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A panel's profile and what is known about σ."""

    profile: Profile
    known: Information
    posterior: Posterior

    @property
    def side(self) -> int:
        """-1 where data is called a complement (σ < 1), 1 a substitute, 0 where neither is.

        A call takes both the posterior and the interval of level 0.9.
        """
        found = self.posterior
        if found.p_below_one >= SURE and found.high < 1.0:
            return -1
        return int(found.p_below_one <= 1.0 - SURE and found.low > 1.0)


def fitted(panel: Panel, *, points: int = POINTS, rho: float = 0.0, level: float = 0.9) -> Fit:
    """Profile the elasticity of a panel.

    Parameters
    ----------
    panel
        The panel.
    points
        Elasticities in the grid, odd.
    rho
        Exponent of the inner nest of traditional factors; 0 for Cobb-Douglas.
    level
        Probability that the interval is to have.
    """
    data = columns(panel)
    found = profiled(data, points=points, rho=rho)
    best = found.best
    v = derivatives(data, found.theta[best], found.r[best], rho)
    known = information(panel, v, found.theta.shape[1])
    return Fit(found, known, posterior(found, panel.freedom, known, level))
