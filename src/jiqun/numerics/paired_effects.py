r"""Paired effects 配对效应: what is gained over a baseline that shares world and luck.

With d draws of the parameters and s seeds under each, the effect of draw k is the mean over its seeds.
Draws are exchangeable and seeds within a draw are not independent of it, so the interval of the mean
rests on the d means of draws:

.. math::

   \bar e = \frac1d\sum_k \bar e_k, \qquad
   \bar e \pm t_{d-1}\,\sqrt{\frac{1}{d(d-1)}\sum_k (\bar e_k - \bar e)^2}

With one draw, seeds take the place of draws. The regret of option p in world k is what the best option
there has more than p has.

References
----------
Nelson, B. L. (1990). Control-variate remedies. Operations Research 38(6) (paired differences under
common random numbers). Savage, L. J. (1951). The theory of statistical decision. Journal of the
American Statistical Association 46(253), 55-67. https://doi.org/10.1080/01621459.1951.10500768
"""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

Floats = NDArray[np.float64]
SCARCE = 2
"""Fewer observations have no interval."""


def clustered_interval(effects: Floats, *, level: float = 0.95) -> tuple[float, float, float]:
    """Return mean and interval of effects that are clustered by draw.

    Parameters
    ----------
    effects
        Shape (draws, seeds).
    level
        Probability that the interval is meant to have.

    Returns
    -------
    mean, low, high
        The ends are NaN where there is a single observation; the interval of equal values is a point.
    """
    values = effects.mean(axis=1) if effects.shape[0] >= SCARCE else effects.ravel()
    mean = float(effects.mean())
    if values.size < SCARCE:
        return mean, math.nan, math.nan
    error = float(values.std(ddof=1)) / math.sqrt(values.size)
    reach = float(t.ppf(0.5 + level / 2, values.size - 1)) * error
    return mean, mean - reach, mean + reach


def regret(values: Floats) -> Floats:
    """Return what the best option has more in each world.

    Parameters
    ----------
    values
        Value of each option in each world, shape (options, worlds).

    Returns
    -------
    Floats
        At least 0, shape (options, worlds).
    """
    return np.asarray(values.max(axis=0) - values)


def shares_of_best(values: Floats) -> Floats:
    """Return in which share of worlds each option is best; equals share a world.

    Parameters
    ----------
    values
        Shape (options, worlds).

    Returns
    -------
    Floats
        Shape (options,), sum 1.
    """
    best = values == values.max(axis=0)
    return np.asarray((best / best.sum(axis=0)).mean(axis=1))


def worst_mean(effects: Floats, *, tail: float = 0.1) -> float:
    """Return the mean over the worst part of the worlds (expected shortfall).

    Parameters
    ----------
    effects
        One number a world, shape (worlds,).
    tail
        Which part; at least one world is taken.
    """
    count = max(round(tail * effects.size), 1)
    return float(np.sort(effects, axis=None)[:count].mean())


def undominated(values: Floats) -> NDArray[np.bool_]:
    """Return which options no other is at least as good as in everything and better in something.

    Parameters
    ----------
    values
        More is better, shape (options, criteria).
    """
    at_least = (values[:, None, :] >= values[None, :, :]).all(axis=2)
    better = (values[:, None, :] > values[None, :, :]).any(axis=2)
    return np.logical_not((at_least & better).any(axis=0))
