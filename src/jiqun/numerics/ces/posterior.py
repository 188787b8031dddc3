r"""What a profile says about σ: likelihood, P(σ < 1), intervals that may be open.

The statistic is :math:`\Lambda(\sigma) = \tau (n - p) \ln(\mathrm{RSS}(\sigma) / \mathrm{RSS}_{\min})`
with τ from :mod:`~jiqun.numerics.ces.information`, on as many degrees of freedom as the firms give.
The profile interval holds the σ with Λ up to the squared quantile of Student's t; the posterior takes
:math:`(1 + \Lambda / f)^{-(f + 1)/2}` times a prior that favours neither side, ln σ ~ N(0, 1).
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

from jiqun.numerics.ces.grid import Profile
from jiqun.numerics.ces.information import Information
from jiqun.numerics.ces.technology import Floats

PRIOR = 1.0
"""Standard deviation of ln σ before the data: two thirds of it between 0.37 and 2.7."""
NEAR_ONE = float(np.log(1.25))


@dataclass(frozen=True, slots=True)
class Posterior:
    """What is known about σ.

    Attributes
    ----------
    sigma
        Where the profile is highest, between grid points.
    low, high
        Profile interval; 0 or infinity where the likelihood never falls enough on that side.
    level
        Of the interval.
    p_below_one
        P(σ < 1).
    p_near_one
        P(0.8 < σ < 1.25).
    weight
        Posterior weights of the grid, shape (G,).
    """

    sigma: float
    low: float
    high: float
    level: float
    p_below_one: float
    p_near_one: float
    weight: Floats


def posterior(
    profile: Profile, freedom_of_rows: int, known: Information, level: float
) -> Posterior:
    """Turn sums of squares into what is known about σ.

    Parameters
    ----------
    profile
        Least sums of squares by σ.
    freedom_of_rows
        Observations less parameters.
    known
        By how much dependence within firms flattens it.
    level
        Probability that the interval is to have.
    """
    x = profile.log_sigma
    floor = np.maximum(profile.rss, 1e-300)
    statistic = known.temper * freedom_of_rows * np.log(floor / floor.min())
    freedom = float(known.freedom)
    peak, least = vertex(x, statistic)
    statistic = statistic - least
    density = -0.5 * (freedom + 1.0) * np.log1p(statistic / freedom) - 0.5 * (x / PRIOR) ** 2
    weight = np.exp(density - density.max())
    bound = float(special.stdtrit(freedom, 0.5 + level / 2)) ** 2
    low, high = crossings(x, statistic, peak, bound)
    return _summed_up(x, peak, (low, high), weight, level)


def _summed_up(
    x: Floats, peak: float, ends: tuple[float | None, float | None], weight: Floats, level: float
) -> Posterior:
    """Return the posterior of weights on a grid of ln σ; an end that was not found is open."""
    low, high = ends
    weight = weight / weight.sum()
    return Posterior(
        sigma=float(np.exp(peak)),
        low=0.0 if low is None else float(np.exp(low)),
        high=np.inf if high is None else float(np.exp(high)),
        level=level,
        p_below_one=mass(x, weight, -np.inf, 0.0),
        p_near_one=mass(x, weight, -NEAR_ONE, NEAR_ONE),
        weight=weight,
    )


def joint(
    profile: Profile,
    freedom_of_rows: int,
    known: Information,
    price: tuple[float, float, int],
    level: float,
) -> Posterior:
    """Return what output and a relative price say together, their errors taken as independent.

    Each likelihood is that of Student's t with its own degrees of freedom; the interval holds the σ to which
    their product falls no further than t does with the fewer.

    Parameters
    ----------
    profile, freedom_of_rows, known, level
        As in :func:`posterior`.
    price
        σ that the price gives, its standard error, and degrees of freedom.
    """
    x = profile.log_sigma
    floor = np.maximum(profile.rss, 1e-300)
    by_output = known.temper * freedom_of_rows * np.log(floor / floor.min())
    by_price = ((np.exp(x) - price[0]) / price[1]) ** 2
    fall = _fall(by_output, known.freedom) + _fall(by_price, price[2])
    peak, least = vertex(x, fall)
    fall = fall - least
    freedom = min(known.freedom, price[2])
    t = float(special.stdtrit(freedom, 0.5 + level / 2))
    low, high = crossings(x, fall, peak, float(_fall(np.array(t**2), freedom)))
    weight = np.exp(-0.5 * fall - 0.5 * (x / PRIOR) ** 2)
    return _summed_up(x, peak, (low, high), weight, level)


def _fall(statistic: Floats, freedom: float) -> Floats:
    """Return twice the fall of the logarithm of Student's density."""
    fall: Floats = (freedom + 1.0) * np.log1p(statistic / freedom)
    return fall


def called_from(distance: float, freedom: int) -> float:
    """Return the chance of calling a side at so many standard errors from 1, a side taking 0.95."""
    return float(special.stdtr(freedom, distance - special.stdtrit(freedom, 0.95)))


def vertex(x: Floats, statistic: Floats) -> tuple[float, float]:
    """Return place and height of the lowest point of the parabola around the least value."""
    g = int(statistic.argmin())
    if g in {0, x.size - 1}:
        return float(x[g]), float(statistic[g])
    left, here, right = (float(s) for s in statistic[g - 1 : g + 2])
    bend = left - 2.0 * here + right
    if bend <= 0.0:
        return float(x[g]), here
    shift = 0.5 * (left - right) / bend
    return float(x[g] + shift * (x[1] - x[0])), here - 0.125 * (left - right) ** 2 / bend


def crossings(
    x: Floats, statistic: Floats, peak: float, bound: float
) -> tuple[float | None, float | None]:
    """Return the outermost places where the statistic reaches the bound; None where it does not."""
    root = np.sqrt(np.maximum(statistic, 0.0))
    height = np.sqrt(bound)
    inside = np.flatnonzero(root <= height)
    if inside.size == 0:
        return peak, peak
    first, last = int(inside[0]), int(inside[-1])
    low = None if first == 0 else between(x, root, first - 1, first, height)
    high = None if last == x.size - 1 else between(x, root, last + 1, last, height)
    return low, high


def between(x: Floats, root: Floats, outer: int, inner: int, height: float) -> float:
    """Interpolate where the root of the statistic reaches the height."""
    part = (height - root[inner]) / (root[outer] - root[inner])
    return float(x[inner] + part * (x[outer] - x[inner]))


def mass(x: Floats, weight: Floats, low: float, high: float) -> float:
    """Add up the weights of the cells of the grid between two ends, cut at them."""
    half = 0.5 * (x[1] - x[0])
    covered = (np.minimum(x + half, high) - np.maximum(x - half, low)).clip(0.0) / (2 * half)
    return float(min((weight * covered).sum(), 1.0))
