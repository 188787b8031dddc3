"""Does data complement the traditional factors or substitute for them? From arrays to an answer.

Paper: K4c (σ < 1: both are indispensable), K4d (σ > 1: data substitutes to a degree), Q10 (small gaps
around 1 are undetermined)
"""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from jiqun.numerics.ces.bootstrap import Draws, bootstrap, expanded_interval
from jiqun.numerics.ces.first_order import PriceEvidence
from jiqun.numerics.ces.fit import Fit
from jiqun.numerics.ces.grid import HIGHEST, LOWEST
from jiqun.numerics.ces.panel import Panel
from jiqun.numerics.ces.power import ALTERNATIVES, Power, power
from jiqun.numerics.ces.rows import Rows, rows_of
from jiqun.numerics.ces.sensitivity import Variant
from jiqun.numerics.ces.side import LEVEL, Side, sided
from jiqun.numerics.random import stream

NEAR_CERTAIN = 0.8
"""Posterior mass between 0.8 and 1.25 from which σ counts as near 1."""
LEAST_POWER = 0.5
"""Sides are not called on inputs that would show them less often than every other time."""
FEWEST_CLUSTERS = 8
"""Firms below which the jackknife says nothing about the errors."""
ENDS = 1e-6
"""Share by which an estimate at the end of the grid may miss it through rounding."""


class Verdict(StrEnum):
    """What data is to the traditional factors."""

    COMPLEMENT = "complement"
    SUBSTITUTE = "substitute"
    SURPLUS = "surplus"
    NEAR_COBB_DOUGLAS = "near Cobb-Douglas"
    CANNOT_TELL = "cannot tell"


class Ground(StrEnum):
    """Why a verdict is what it is."""

    PROBABLE = "probable"
    UNDECIDED = "undecided"
    LITTLE_POWER = "little power"
    FRAGILE = "fragile"
    FEW_FIRMS = "few firms"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class Substitution(Side):
    """The answer and all that it rests on, beside what a side has.

    Attributes
    ----------
    share
        Data's share in the elasticity of output at the geometric means: value, low, high.
    returns
        ν, the elasticity of output with respect to all inputs together.
    power
        Of these inputs, at σ = 0.5 and 2.
    verdict, ground
        What data is, and why it is said.
    panel
        The rows as used.
    firms_given
        Firms before a draw of ``MOST_FIRMS``.
    draws
        Bootstrap over firms.
    """

    share: tuple[float, float, float]
    returns: float
    power: Power
    verdict: Verdict
    ground: Ground
    panel: Panel
    firms_given: int
    draws: Draws

    @property
    def output_alone(self) -> tuple[float, float]:
        """Interval that output gives without prices."""
        return self.alone.posterior.low, self.alone.posterior.high


def substitution(
    output: ArrayLike,
    factors: ArrayLike,
    data: ArrayLike,
    *,
    firm: ArrayLike | None = None,
    period: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    price: ArrayLike | None = None,
    seed: int,
    level: float = LEVEL,
) -> Substitution:
    """Estimate the elasticity of substitution between data and the traditional factors.

    Parameters
    ----------
    output, factors, data, firm, period, weights, price
        As in :func:`jiqun.numerics.ces.rows.rows_of`.
    seed
        Not negative.
    level
        Probability that the intervals are to have.

    Raises
    ------
    ValueError
        For values that are missing, infinite or not positive, and lengths that differ.
    NotEstimableError
        For rows that are too few, constant, or inputs that move in fixed proportion.
    """
    rows = rows_of(
        output, factors, data, firm=firm, period=period, weights=weights, price=price, seed=seed
    )
    return answered(rows, seed=seed, level=level)


def answered(rows: Rows, *, seed: int, level: float = LEVEL) -> Substitution:
    """Fit a panel, try its power and its assumptions, and give the verdict."""
    made, side = rows.panel, sided(rows, level=level)
    alone, found = side.alone, side.price
    draws = bootstrap(made, alone, seed=seed)
    odds = float(
        np.interp(np.log(alone.posterior.sigma), alone.profile.log_sigma, alone.profile.theta[:, 1])
    )
    clusters = made.cluster.size - 1
    low, high = (
        expanded_interval(draws.odds, clusters, level) if clusters > 1 else (-np.inf, np.inf)
    )
    share = tuple(1.0 / (1.0 + np.exp(-np.array([odds, min(low, odds), max(high, odds)]))))
    tried = power(made, alone, stream(seed, "ces", "power"))
    if found is not None:
        tried = with_price(tried, found)
    verdict, ground = judged(made, side.fit, tried, side.variants, float(share[1]))
    if found is not None and contradicted(found, alone, level):
        verdict, ground = Verdict.CANNOT_TELL, Ground.CONTRADICTED
    return Substitution(
        fit=side.fit, alone=alone, variants=side.variants, price=found,
        share=share, returns=float(alone.profile.theta[alone.profile.best, 0]),
        power=tried, verdict=verdict, ground=ground, panel=made, firms_given=rows.firms, draws=draws,
    )  # fmt: skip


def with_price(tried: Power, found: PriceEvidence) -> Power:
    """Add what prices say to the power of the inputs."""
    return replace(
        tried,
        complement=max(tried.complement, found.power(ALTERNATIVES[0])),
        substitute=max(tried.substitute, found.power(ALTERNATIVES[1])),
    )


def contradicted(found: PriceEvidence, alone: Fit, level: float) -> bool:
    """Say whether the interval that prices give has nothing in common with that of output."""
    half = float(special.stdtrit(found.freedom, 0.5 + level / 2)) * found.error
    low, high = alone.posterior.low, alone.posterior.high
    return found.sigma + half < low or found.sigma - half > high


def judged(
    made: Panel, fit: Fit, tried: Power, others: tuple[Variant, ...], least_share: float
) -> tuple[Verdict, Ground]:
    """Give the verdict.

    A side is called where the posterior and the interval both exclude the other one, these inputs
    would show it more often than not, and the interval excludes the other side under every other
    assumption too: a verdict never lies inside the band that is shown with it.
    """
    if made.cluster.size - 1 < FEWEST_CLUSTERS:
        return Verdict.CANNOT_TELL, Ground.FEW_FIRMS
    if fit.posterior.p_near_one >= NEAR_CERTAIN:
        return Verdict.NEAR_COBB_DOUGLAS, Ground.PROBABLE
    return called(fit.side, tried, others, least_share)


def _reaches_over(other: Variant, side: int) -> bool:
    """Say whether another assumption leaves the far side of 1 possible.

    An estimate at the end of the grid on the called side is as far from 1 as can be told; the
    likelihood has no curvature there, so that the interval says nothing.
    """
    if side < 0:
        return other.high >= 1.0 and other.sigma > LOWEST * (1.0 + ENDS)
    return other.low <= 1.0 and other.sigma < HIGHEST * (1.0 - ENDS)


def called(
    side: int, tried: Power, others: tuple[Variant, ...], least_share: float
) -> tuple[Verdict, Ground]:
    """Call the side that a fit is on, if it bears to be called."""
    powers = {-1: tried.complement, 1: tried.substitute}
    if powers.get(side, min(powers.values())) < LEAST_POWER:
        return Verdict.CANNOT_TELL, Ground.LITTLE_POWER
    if side == 0:
        return Verdict.CANNOT_TELL, Ground.UNDECIDED
    if any(_reaches_over(v, side) for v in others):
        return Verdict.CANNOT_TELL, Ground.FRAGILE
    if side < 0:
        return Verdict.COMPLEMENT, Ground.PROBABLE
    own = least_share > 0.5  # noqa: PLR2004 - more than the traditional factors together
    return (Verdict.SURPLUS if own else Verdict.SUBSTITUTE), Ground.PROBABLE
