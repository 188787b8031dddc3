"""Naive forecasts 朴素预测: what a forecast has to beat; each an ensemble of equally likely paths.

Series are logarithms of an index or plain shares, one value a year. Spread comes from the past changes
of the same series, resampled, so that nothing is assumed of their shape.

References
----------
Makridakis, S., Spiliotis, E. & Assimakopoulos, V. (2020). The M4 competition. International Journal of
Forecasting 36(1), 54-74. https://doi.org/10.1016/j.ijforecast.2019.04.014 (simple methods are hard to
beat). Gibrat, R. (1931). Les inégalités économiques (firms that grow independently).
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def persistence(past: Floats, years: int, *, members: int, rng: np.random.Generator) -> Floats:
    """Return paths that stay where the series is, apart from changes as it had before.

    Parameters
    ----------
    past
        Shape (years so far,).
    years
        Years to forecast.
    members
        Paths.
    rng
        Source of chance.

    Returns
    -------
    Floats
        Shape (members, years).
    """
    changes = np.diff(past)
    centred = changes - changes.mean() if changes.size > 1 else np.zeros(1)
    return np.asarray(past[-1] + rng.choice(centred, (members, years)).cumsum(axis=1))


def linear_trend(past: Floats, years: int, *, members: int, rng: np.random.Generator) -> Floats:
    """Return paths along the straight line through the past, with its residuals and doubt.

    Line and residuals are refitted on resampled residuals for each path.
    """
    time = np.arange(past.size, dtype=np.float64)
    design = np.column_stack([np.ones_like(time), time])
    ahead = np.column_stack([np.ones(years), past.size + np.arange(years)])
    line = np.linalg.lstsq(design, past, rcond=None)[0]
    loss = max(past.size - 2, 1) / past.size
    residuals = (past - design @ line) / np.sqrt(loss)
    again = design @ line + rng.choice(residuals, (members, past.size))
    lines = np.linalg.lstsq(design, again.T, rcond=None)[0]
    return np.asarray((ahead @ lines).T + rng.choice(residuals, (members, years)))


def independent_firms(
    sizes: Floats, years: int, *, members: int, rng: np.random.Generator
) -> Floats:
    """Return log totals of firms that grow, enter and leave independently of each other.

    Parameters
    ----------
    sizes
        Size of each firm in each past year, 0 where it is not there, shape (firms, past years).
    years, members, rng
        As in :func:`persistence`.

    Returns
    -------
    Floats
        Log of the total, shape (members, years); each year a year of the past is drawn anew for the
        entries, and each firm draws its growth, exit included, from those of all firms and years.
    """
    before, after = sizes[:, :-1], sizes[:, 1:]
    there = before > 0.0
    rates = (after[there] / before[there]) if there.any() else np.ones(1)
    entered = [after[(~there)[:, n] & (after[:, n] > 0.0), n] for n in range(before.shape[1])]
    now = sizes[sizes[:, -1] > 0.0, -1]
    totals = np.empty((members, years))
    for m in range(members):
        firms = now
        for year in range(years):
            firms = firms * rng.choice(rates, firms.size)
            new = entered[int(rng.integers(len(entered)))] if entered else now[:0]
            firms = np.concatenate([firms[firms > 0.0], new])
            totals[m, year] = max(float(firms.sum()), 1e-12)
    return np.log(totals)
