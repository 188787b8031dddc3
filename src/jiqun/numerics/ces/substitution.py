"""Does data complement the traditional factors or substitute for them? From arrays to an answer.

Paper: K4c (σ < 1: both are indispensable), K4d (σ > 1: data substitutes to a degree), Q10 (small gaps
around 1 are undetermined)
"""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from jiqun.numerics.ces.bootstrap import Draws, bootstrap, expanded_interval
from jiqun.numerics.ces.first_order import PriceEvidence, price_evidence
from jiqun.numerics.ces.fit import Fit, fitted
from jiqun.numerics.ces.grid import HIGHEST, LOWEST
from jiqun.numerics.ces.panel import Panel, panel
from jiqun.numerics.ces.posterior import joint
from jiqun.numerics.ces.power import ALTERNATIVES, Power, power
from jiqun.numerics.ces.sensitivity import Variant, traditional, variants
from jiqun.numerics.ces.technology import Floats, Ints
from jiqun.numerics.random import stream

LEVEL = 0.9
NEAR_CERTAIN = 0.8
"""Posterior mass between 0.8 and 1.25 from which σ counts as near 1."""
LEAST_POWER = 0.5
"""Sides are not called on inputs that would show them less often than every other time."""
FEWEST_CLUSTERS = 8
"""Firms below which the jackknife says nothing about the errors."""
MOST_FIRMS = 5000
"""More firms are drawn down to so many: precision is then ample, and time and memory are not."""
ENDS = 1e-6
"""Share by which an estimate at the end of the grid may miss it through rounding."""
ROWS_A_PARAMETER = 3
DISTINCT = 1e-6
"""Least share of a column's variance that the others must leave unexplained."""


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


class Obstacle(StrEnum):
    """Why nothing can be estimated."""

    FEW_ROWS = "few rows"
    CONSTANT_OUTPUT = "constant output"
    CONSTANT_INPUT = "constant input"
    TIED_INPUTS = "tied inputs"


class NotEstimableError(ValueError):
    """The rows are valid numbers that no elasticity can be estimated from."""

    def __init__(self, obstacle: Obstacle, message: str) -> None:
        super().__init__(message)
        self.obstacle = obstacle


@dataclass(frozen=True, slots=True)
class Substitution:
    """The answer and all that it rests on.

    Attributes
    ----------
    fit
        Profile of σ, posterior and interval.
    share
        Data's share in the elasticity of output at the geometric means: value, low, high.
    returns
        ν, the elasticity of output with respect to all inputs together.
    power
        Of these inputs, at σ = 0.5 and 2.
    variants
        The estimate under other assumptions.
    verdict, ground
        What data is, and why it is said.
    panel
        The rows as used.
    firms_given
        Firms before a draw of ``MOST_FIRMS``.
    draws
        Bootstrap over firms.
    price
        What relative prices say by themselves, where they were given and differ.
    output_alone
        Interval that output gives without prices.
    """

    fit: Fit
    share: tuple[float, float, float]
    returns: float
    power: Power
    variants: tuple[Variant, ...]
    verdict: Verdict
    ground: Ground
    panel: Panel
    firms_given: int
    draws: Draws
    price: PriceEvidence | None
    output_alone: tuple[float, float]

    @property
    def band(self) -> tuple[float, float]:
        """Lowest and highest end of the intervals under all assumptions."""
        found = self.fit.posterior
        return (
            min(found.low, *(v.low for v in self.variants)),
            max(found.high, *(v.high for v in self.variants)),
        )


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
    output
        Value added or revenue at constant prices, positive, shape (n,).
    factors
        Traditional factors (capital, labour, ...), positive, shape (n,) or (n, m).
    data
        Stock of data, positive, shape (n,).
    firm
        Whose row it is, shape (n,). Without it each row counts as a firm of its own.
    period
        When, as numbers that count periods, shape (n,).
    weights
        Positive, shape (n,); an error's variance is taken to be proportional to 1/weight.
    price
        Of data over that of the traditional factors, positive, shape (n,): adds the first-order condition.
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
    y, d = (positive(name, v) for name, v in (("output", output), ("data", data)))
    k = positive("factors", factors)
    k = k[:, None] if k.ndim == 1 else k
    w = np.ones(y.shape) if weights is None else positive("weights", weights)
    who = np.arange(y.size) if firm is None else np.unique(np.asarray(firm), return_inverse=True)[1]
    when = np.zeros(y.shape) if period is None else np.asarray(period, dtype=np.float64)
    p = np.ones(y.shape) if price is None else positive("price", price)
    if not y.shape == d.shape == w.shape == who.shape == when.shape == p.shape == k.shape[:1]:
        msg = f"lengths differ: {[a.shape for a in (y, k, d, who, when, w, p)]}"
        raise ValueError(msg)
    if not np.isfinite(when).all():
        msg = f"period: {int((~np.isfinite(when)).sum())} values are missing or infinite"
        raise ValueError(msg)
    if k.shape[1] == 0 or y.size < ROWS_A_PARAMETER * (k.shape[1] + 3):
        msg = f"{y.size} rows are too few for {k.shape[1]} traditional factors and data"
        raise NotEstimableError(Obstacle.FEW_ROWS, msg)
    firms = int(who.max()) + 1
    chosen = np.arange(firms)
    if firms > MOST_FIRMS:
        chosen = stream(seed, "ces", "firms").choice(firms, MOST_FIRMS, replace=False)
    kept = np.isin(who, chosen)
    logs = (np.log(y)[kept], np.log(k)[kept], np.log(d)[kept])
    made = _prepared(*logs, who.astype(np.int64)[kept], when[kept], w[kept])
    told = None if price is None else np.log(p)[kept]
    return replace(answered(made, seed=seed, level=level, log_price=told), firms_given=firms)


def positive(name: str, values: ArrayLike) -> Floats:
    """Return values as numbers, all of them positive and finite.

    Raises
    ------
    ValueError
        Says how many are missing or infinite, zero, and negative.
    """
    found: NDArray[np.float64] = np.asarray(values, dtype=np.float64)
    absent = int((~np.isfinite(found)).sum())
    zero, negative = int((found == 0).sum()), int((found < 0).sum())
    if absent or zero or negative:
        msg = (
            f"{name}: {absent} missing or infinite, {zero} zero and {negative} negative values; "
            "only positive numbers have a logarithm, so leave those rows out and say so"
        )
        raise ValueError(msg)
    return found


def _prepared(y: Floats, k: Floats, d: Floats, firm: Ints, period: Floats, w: Floats) -> Panel:
    """Return the panel, or say why no elasticity can be estimated from it."""
    if np.ptp(y) == 0:
        raise NotEstimableError(Obstacle.CONSTANT_OUTPUT, "output is the same in every row")
    for column in (*k.T, d):
        if np.ptp(column) == 0:
            raise NotEstimableError(Obstacle.CONSTANT_INPUT, "an input is the same in every row")
    made = panel(y, k, d, firm=firm, period=period, w=w)
    if made.freedom < y.size / 2:
        msg = f"{y.size} rows are too few for {y.size - made.freedom} parameters"
        raise NotEstimableError(Obstacle.FEW_ROWS, msg)
    inputs = np.column_stack([made.k, made.d])
    inputs -= made.linear @ (made.dual.T @ inputs)
    scale = np.sqrt((inputs**2).sum(axis=0))
    if (scale == 0).any() or np.linalg.svd(inputs / scale)[1][-1] ** 2 < DISTINCT:
        msg = "data and the traditional factors move in fixed proportion"
        raise NotEstimableError(Obstacle.TIED_INPUTS, msg)
    return made


def answered(
    made: Panel, *, seed: int, level: float = LEVEL, log_price: Floats | None = None
) -> Substitution:
    """Fit a panel, try its power and its assumptions, and give the verdict.

    ``log_price`` is in the order in which the rows of the panel were given.
    """
    fit = fitted(made, level=level)
    ends = (fit.posterior.low, fit.posterior.high)
    draws = bootstrap(made, fit, seed=seed)
    odds = float(
        np.interp(np.log(fit.posterior.sigma), fit.profile.log_sigma, fit.profile.theta[:, 1])
    )
    clusters = made.cluster.size - 1
    low, high = (
        expanded_interval(draws.odds, clusters, level) if clusters > 1 else (-np.inf, np.inf)
    )
    share = tuple(1.0 / (1.0 + np.exp(-np.array([odds, min(low, odds), max(high, odds)]))))
    tried = power(made, fit, stream(seed, "ces", "power"))
    others = variants(made, fit, level)
    found = None
    if log_price is not None:
        found = price_evidence(made, made.d - traditional(made, fit), log_price[made.order])
    if found is not None:
        fit, tried = with_price(made, fit, found, tried, level)
    verdict, ground = judged(made, fit, tried, others, float(share[1]))
    if found is not None and contradicted(found, ends, level):
        verdict, ground = Verdict.CANNOT_TELL, Ground.CONTRADICTED
    return Substitution(
        fit=fit, share=share, returns=float(fit.profile.theta[fit.profile.best, 0]), power=tried,
        variants=others, verdict=verdict, ground=ground, panel=made, firms_given=made.firms, draws=draws,
        price=found, output_alone=ends,
    )  # fmt: skip


def with_price(
    made: Panel, fit: Fit, found: PriceEvidence, tried: Power, level: float
) -> tuple[Fit, Power]:
    """Join what prices say to a fit, and to the power of its inputs."""
    alone = (found.sigma, found.error, found.freedom)
    together = joint(fit.profile, made.freedom, fit.known, alone, level)
    power_of = replace(
        tried,
        complement=max(tried.complement, found.power(ALTERNATIVES[0])),
        substitute=max(tried.substitute, found.power(ALTERNATIVES[1])),
    )
    return replace(fit, posterior=together), power_of


def contradicted(found: PriceEvidence, ends: tuple[float, float], level: float) -> bool:
    """Say whether the interval that prices give has nothing in common with that of output."""
    half = float(special.stdtrit(found.freedom, 0.5 + level / 2)) * found.error
    return found.sigma + half < ends[0] or found.sigma - half > ends[1]


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
