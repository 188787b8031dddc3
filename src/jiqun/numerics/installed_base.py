r"""Entry hazard on the lagged installed base, apart from what each unit and each period have in common.

With :math:`J_{ut}` entrants into unit u in period t, :math:`N_{ut}` firms that could enter and
:math:`x_{ut}` the logarithm of one plus the base before the period,

.. math::
    \mathrm{E} J_{ut} = N_{ut} \exp(a_u + g_t + \beta x_{ut}) .

:math:`g_t` takes out whatever raises entry everywhere at once, so that common growth is not taken for
reinforcement; :math:`a_u` takes out that one unit is more attractive throughout.

References
----------
Correia, S., Guimarães, P. & Zylkin, T. (2020). Fast Poisson estimation with high-dimensional fixed
effects. Stata Journal 20(1), 95-115. doi:10.1177/1536867X20909691
Nickell, S. (1981). Biases in dynamic models with fixed effects. Econometrica 49(6), 1417-1426.
doi:10.2307/1911408
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]

STEPS, ROUNDS = 60, 2000
CLOSE = 1e-10
FARTHEST = 20.0
"""An elasticity beyond this is not a number but a base that decides alone who enters."""


@dataclass(frozen=True, slots=True)
class Elasticity:
    """Elasticity of the entry hazard to the installed base.

    Attributes
    ----------
    value
        Corrected for what the same computation gives where there is no reinforcement.
    low, high
        Student's interval with units as the independent observations.
    chance_low, chance_high
        Between which the corrected value lies 95 times in 100 where there is no reinforcement.
    """

    value: float
    low: float
    high: float
    chance_low: float
    chance_high: float


def fitted(entrants: Floats, weight: Floats) -> Floats:
    """Fit expected entrants with the margins of those observed, by scaling rows and columns.

    Parameters
    ----------
    entrants
        Shape (U, T); each row and column has some.
    weight
        What expectation is proportional to within a row and a column, shape (U, T).
    """
    rows, columns = entrants.sum(axis=1), entrants.sum(axis=0)
    a = np.ones(rows.size)
    for _ in range(ROUNDS):
        g = columns / (a @ weight)
        new = rows / (weight @ g)
        done = np.abs(new / a - 1.0).max() < CLOSE
        a = new
        if done:
            break
    expected: Floats = a[:, None] * weight * (columns / (a @ weight))
    return expected


def apart(x: Floats, weight: Floats) -> Floats:
    """Take weighted row and column means out of the last two dimensions, shape (…, U, T)."""
    left = x
    rows = np.maximum(weight.sum(axis=1), 1e-300)
    columns = np.maximum(weight.sum(axis=0), 1e-300)
    for _ in range(ROUNDS):
        before = left
        left = left - ((weight * left).sum(axis=-1) / rows)[..., :, None]
        left = left - ((weight * left).sum(axis=-2) / columns)[..., None, :]
        if np.abs(left - before).max() < 1e-9:  # noqa: PLR2004 - far below any error
            break
    return left


def reinforcement(
    entrants: Floats, pool: Floats, base: Floats
) -> tuple[float, Floats, Floats] | None:
    """Estimate the elasticity by Newton's method; None where it is not identified.

    Returns
    -------
    beta, expected, x
        The estimate as computed, expected entrants and the logarithm of the base without row and
        column means, both of shape (U, T).
    """
    x = np.log1p(base)
    beta = 0.0
    for _ in range(STEPS):
        weight = pool * np.exp(beta * (x - x.max()))
        expected = fitted(entrants, weight)
        left = apart(x, expected)
        information = float((expected * left**2).sum())
        if information < 1e-6:  # noqa: PLR2004 - bases move in step
            return None
        step = float((left * (entrants - expected)).sum()) / information
        beta += float(np.clip(step, -1.0, 1.0))
        if abs(beta) > FARTHEST:
            return None
        if abs(step) < 1e-8:  # noqa: PLR2004 - far below any error
            return beta, expected, left
    return None


def without_reinforcement(
    entrants: Floats,
    pool: Floats,
    start: Floats,
    leavers: Floats,
    draws: int,
    generator: np.random.Generator,
) -> Floats:
    """Draw what the estimate is where units only differ in how attractive they are, shape (draws,).

    Every period keeps its entrants; each goes to a unit in proportion to its pool and attraction.
    One Newton step from zero, near which the drawn estimates lie.

    Parameters
    ----------
    entrants, pool, leavers
        Shape (U, T).
    start
        Base before the first period, shape (U,).
    """
    expected = fitted(entrants, pool)
    share = expected / expected.sum(axis=0)
    totals = entrants.sum(axis=0).astype(np.int64)
    drawn = np.stack(
        [generator.multinomial(n, share[:, t], size=draws) for t, n in enumerate(totals)], axis=-1
    ).astype(float)
    grown = np.cumsum(drawn - leavers, axis=-1)
    base = start[:, None] + np.concatenate(
        [np.zeros_like(grown[..., :1]), grown[..., :-1]], axis=-1
    )
    x = np.log1p(np.maximum(base, 0.0))
    left = apart(x, expected)
    # A refit would take each draw's own row totals out of the residual; apart() has done so.
    information = np.maximum((expected * left**2).sum(axis=(-2, -1)), 1e-300)
    steps: Floats = (left * drawn).sum(axis=(-2, -1)) / information
    return steps


def elasticity(
    entrants: Floats,
    pool: Floats,
    start: Floats,
    leavers: Floats,
    generator: np.random.Generator,
    *,
    draws: int = 199,
    level: float = 0.95,
) -> Elasticity | None:
    """Estimate the elasticity, its interval and what chance gives; None where it is not identified.

    Parameters
    ----------
    entrants, leavers
        Firms that enter and leave each unit in each period, shape (U, T).
    pool
        Firms that could have entered, shape (U, T).
    start
        Firms in each unit before the first period, shape (U,).
    generator
        For the drawing of chance.
    draws
        How often.
    level
        Probability that the interval is to have.
    """
    rows, columns = entrants.sum(axis=1) > 0, entrants.sum(axis=0) > 0
    if rows.sum() < 2 or columns.sum() < 2:  # noqa: PLR2004 - nothing to compare
        return None
    grown = np.cumsum(entrants - leavers, axis=1)
    base = start[:, None] + np.concatenate([np.zeros((start.size, 1)), grown[:, :-1]], axis=1)
    keep = np.ix_(rows, columns)
    pool = np.maximum(pool, entrants)[keep]
    found = reinforcement(entrants[keep], pool, np.maximum(base[keep], 0.0))
    if found is None:
        return None
    beta, expected, left = found
    units = int(rows.sum())
    information = float((expected * left**2).sum())
    score = (left * (entrants[keep] - expected)).sum(axis=1)
    meat = float((score**2).sum()) * units / (units - 1)
    error = max(np.sqrt(meat) / information, 1.0 / np.sqrt(information))
    chance = without_reinforcement(
        entrants[:, columns][rows],
        pool,
        base[rows][:, columns][:, 0],
        _between(leavers, entrants, rows, columns),
        draws,
        generator,
    )
    middle = float(chance.mean())
    half = float(stats.t.isf(0.5 - level / 2, units - 1)) * error
    ends = np.quantile(chance - middle, [0.5 - level / 2, 0.5 + level / 2])
    value = beta - middle
    return Elasticity(value, value - half, value + half, float(ends[0]), float(ends[1]))


def _between(
    leavers: Floats, entrants: Floats, rows: NDArray[np.bool_], columns: NDArray[np.bool_]
) -> Floats:
    """Add up leavers over periods without entrants, which are left out, shape (units, kept periods)."""
    place = np.cumsum(columns) - 1
    total = np.zeros((entrants.shape[0], int(columns.sum())))
    for t in range(entrants.shape[1]):
        if place[t] >= 0:
            total[:, place[t]] += leavers[:, t]
    kept: Floats = total[rows]
    return kept
