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
Gouriéroux, C., Phillips, P. C. B. & Yu, J. (2010). Indirect inference for dynamic panel models. Journal of
Econometrics 157(1), 68-77. doi:10.1016/j.jeconom.2009.10.024
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
ROUGHLY = 1e-6
MOST_SPREAD = 4.0
PLACES = np.array([-1.5, -0.75, 0.0, 0.75, 1.5])
"""Where the distribution of estimates is drawn, in lengths of half a first interval."""
LEAST_RISE = 0.25
FEWEST_DRAWS, MOST_DRAWN = 39, 200_000
"""Draws are fewer than asked for where units times periods are many; estimates are then precise."""
FARTHEST = 20.0
"""An elasticity beyond this is not a number but a base that decides alone who enters."""


@dataclass(frozen=True, slots=True)
class Elasticity:
    """Elasticity of the entry hazard to the installed base.

    Attributes
    ----------
    value
        Corrected for what the same computation is off by where the elasticity is as estimated.
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


def fitted(entrants: Floats, weight: Floats, *, close: float = CLOSE) -> Floats:
    """Fit expected entrants with the margins of those observed, by scaling rows and columns.

    Parameters
    ----------
    entrants
        Shape (…, U, T); each row and column has some.
    weight
        What expectation is proportional to within a row and a column, shape (…, U, T).
    close
        Relative change of the scales at which to stop.
    """
    a, g = scales(entrants, weight, close=close)
    expected: Floats = a[..., :, None] * weight * g[..., None, :]
    return expected


def scales(entrants: Floats, weight: Floats, *, close: float = CLOSE) -> tuple[Floats, Floats]:
    """Return by how much rows and columns of the weights are scaled, shapes (…, U) and (…, T)."""
    rows, columns = entrants.sum(axis=-1), entrants.sum(axis=-2)
    a = np.ones(rows.shape)
    for _ in range(ROUNDS):
        g = columns / np.einsum("...u,...ut->...t", a, weight)
        new = rows / np.einsum("...ut,...t->...u", weight, g)
        done = np.abs(new - a).max() <= close * np.abs(new).max()
        a = new
        if done:
            break
    return a, columns / np.einsum("...u,...ut->...t", a, weight)


def apart(x: Floats, weight: Floats, *, close: float = 1e-9) -> Floats:
    """Take weighted row and column means out of the last two dimensions, shape (…, U, T)."""
    left = x
    rows = np.maximum(weight.sum(axis=-1), 1e-300)
    columns = np.maximum(weight.sum(axis=-2), 1e-300)
    for _ in range(ROUNDS):
        before = left
        left = left - ((weight * left).sum(axis=-1) / rows)[..., :, None]
        left = left - ((weight * left).sum(axis=-2) / columns)[..., None, :]
        if np.abs(left - before).max() < close:
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


@dataclass(frozen=True, slots=True)
class Observed:
    """What enters units by period, and what their bases are made of.

    Attributes
    ----------
    entrants, pool, leavers
        Shape (U, T); each unit and period has entrants.
    start
        Base before the first period, shape (U,).
    """

    entrants: Floats
    pool: Floats
    leavers: Floats
    start: Floats

    def base(self, entrants: Floats) -> Floats:
        """Return the base before each period that some entrants would give, shape (…, U, T)."""
        grown = np.cumsum(entrants - self.leavers, axis=-1)
        before = np.concatenate([np.zeros_like(grown[..., :1]), grown[..., :-1]], axis=-1)
        base: Floats = np.maximum(self.start[:, None] + before, 0.0)
        return base


def spread_beyond_poisson(entrants: Floats, expected: Floats) -> float:
    """Return by how much hazards of a unit vary from period to period, as variance over squared mean."""
    units, periods = entrants.shape
    free = (units - 1.0) * (periods - 1.0) / (units * periods)
    beyond = float(((entrants - expected) ** 2 / free - expected).sum())
    return float(np.clip(beyond / float((expected**2).sum()), 0.0, MOST_SPREAD))


def shrunk(attraction: Floats, entrants: Floats) -> Floats:
    """Bring the spread of attractions down to what is beyond the chance of few entrants."""
    log = np.log(attraction)
    spread = float(log.var(ddof=1))
    kept = max(spread - float((1.0 / entrants).mean()), 0.0) / max(spread, 1e-300)
    near: Floats = np.exp(log.mean() + np.sqrt(kept) * (log - log.mean()))
    return near


def drawn_estimates(
    seen: Observed, beta: float, draws: int, generator: np.random.Generator
) -> Floats:
    """Draw what the estimate is where the elasticity is ``beta``, shape (draws,).

    Units differ in how attractive they are and, from period to period, as much as they are seen to;
    every period keeps its entrants, and each goes to a unit in proportion to its pool, attraction and
    base. Two Newton steps from ``beta``, near which the drawn estimates lie.
    """
    x = np.log1p(seen.base(seen.entrants))
    weight = seen.pool * np.exp(beta * (x - x.max()))
    a, g = scales(seen.entrants, weight)
    attraction = shrunk(a, seen.entrants.sum(axis=1))
    spread = spread_beyond_poisson(seen.entrants, a[:, None] * weight * g)
    drawn = np.zeros((draws, *seen.entrants.shape))
    base = np.broadcast_to(seen.start, drawn.shape[:2]).astype(float)
    for t, total in enumerate(seen.entrants.sum(axis=0).astype(np.int64)):
        by_base = beta * np.log1p(np.maximum(base, 0.0))
        rate = attraction * seen.pool[:, t] * np.exp(by_base - by_base.max(axis=1, keepdims=True))
        if spread > 0.0:
            rate = rate * generator.gamma(1.0 / spread, spread, rate.shape)
        rate = np.maximum(rate, 1e-300)
        drawn[..., t] = generator.multinomial(total, rate / rate.sum(axis=1, keepdims=True))
        base = base + drawn[..., t] - seen.leavers[:, t]
    return _refitted(drawn, seen.pool, np.log1p(seen.base(drawn)), beta)


def _refitted(drawn: Floats, pool: Floats, x: Floats, beta: float) -> Floats:
    """Take two Newton steps in each draw."""
    found = np.full(drawn.shape[0], beta)
    for _ in range(2):
        tilt = found[:, None, None] * (x - x.max(axis=(-2, -1), keepdims=True))
        expected = fitted(drawn, pool * np.exp(tilt), close=ROUGHLY)
        left = apart(x, expected, close=ROUGHLY)
        information = np.maximum((expected * left**2).sum(axis=(-2, -1)), 1e-300)
        step = (left * (drawn - expected)).sum(axis=(-2, -1)) / information
        found = found + np.clip(step, -1.0, 1.0)
    return found


def elasticity(
    entrants: Floats,
    pool: Floats,
    start: Floats,
    leavers: Floats,
    generator: np.random.Generator,
    *,
    draws: int = 99,
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
    keep = np.ix_(rows, columns)
    before = np.concatenate([np.zeros((start.size, 1)), np.cumsum(entrants - leavers, axis=1)], 1)
    seen = Observed(
        entrants=entrants[keep],
        pool=np.maximum(pool, entrants)[keep],
        leavers=_between(leavers, entrants, rows, columns),
        start=(start + before[:, int(np.argmax(columns))])[rows],
    )
    found = reinforcement(seen.entrants, seen.pool, seen.base(seen.entrants))
    if found is None:
        return None
    beta, expected, left = found
    units = int(rows.sum())
    information = float((expected * left**2).sum())
    score = (left * (seen.entrants - expected)).sum(axis=1)
    error = np.sqrt(float((score**2).sum()) * units / (units - 1)) / information
    draws = max(FEWEST_DRAWS, min(draws, MOST_DRAWN // seen.entrants.size))
    reach = float(stats.t.isf(0.5 - level / 2, units - 1))
    chance = drawn_estimates(seen, 0.0, draws, generator)
    value, low, high = _inverted(seen, beta, (error, reach), chance, generator)
    ends = np.quantile(chance - np.median(chance), [0.5 - level / 2, 0.5 + level / 2])
    return Elasticity(value, low, high, float(ends[0]), float(ends[1]))


def _inverted(
    seen: Observed,
    beta: float,
    error_and_reach: tuple[float, float],
    chance: Floats,
    generator: np.random.Generator,
) -> tuple[float, float, float]:
    """Return the elasticity whose draws have ``beta`` as their median, and those that just reach it."""
    error, reach = error_and_reach
    draws = chance.size
    value, again = beta - float(np.median(chance)), chance
    for _ in range(2):
        again = drawn_estimates(seen, value, draws, generator)
        value = beta - float(np.median(again) - value)
    tried = value + reach * max(error, _width(again)) * PLACES
    drawn = [drawn_estimates(seen, b, draws, generator) for b in tried]
    middle = np.array([np.median(d) for d in drawn])
    beyond = reach * np.array([max(error, _width(d)) for d in drawn])
    low, high = _reaching(tried, middle + beyond, beta), _reaching(tried, middle - beyond, beta)
    return value, min(low, value), max(high, value)


def _reaching(tried: Floats, ends: Floats, seen: float) -> float:
    """Return the elasticity at which an end of what is drawn is what was seen, extrapolated if need be."""
    ascending = np.maximum.accumulate(ends)
    k = int(np.clip(np.searchsorted(ascending, seen), 1, tried.size - 1))
    rise = (ascending[k] - ascending[k - 1]) / (tried[k] - tried[k - 1])
    return float(tried[k] + (seen - ascending[k]) / max(rise, LEAST_RISE))


def _width(drawn: Floats) -> float:
    """Return the standard deviation that the middle two thirds of some draws tell."""
    low, high = np.quantile(drawn, stats.norm.cdf([-1.0, 1.0]))
    return float(high - low) / 2.0


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
