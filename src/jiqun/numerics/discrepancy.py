r"""Discrepancy 模型偏差: how a model's own past errors widen, and where they agree move, its forecasts.

What a model forecast one step ahead in the past, and what came, differ by errors e_t. Besides the spread
v_t that the model itself gave, they hold what it does not know of:

.. math::

   e_t \sim N(b, v_t + \tau^2), \qquad
   d_h = h\,b + \sum_{j=1}^{h} \varepsilon_j, \quad \varepsilon_j \sim N(0, \tau^2)

d_h is added to the forecast h steps ahead: a random walk, with a drift b where errors lean to one side.
Even odds are given to no drift (b = 0) and to one of the size of the series' own changes; τ has a half
Student t prior (3 degrees of freedom) of the scale of their spread. A model without past errors is
therefore as doubtful as the series is restless, and one that was right stays as it is.

References
----------
Kennedy, M. C. & O'Hagan, A. (2001). Bayesian calibration of computer models. Journal of the Royal
Statistical Society B 63(3), 425-464. https://doi.org/10.1111/1467-9868.00294 (model discrepancy)
Hoeting, J. A. et al. (1999). Bayesian model averaging. Statistical Science 14(4), 382-417.
https://doi.org/10.1214/ss/1009212519
"""

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]
CELLS = 100
"""Values of τ, each of the same probability before any error is seen."""
FREEDOM = 3
LEAST = 1e-18


def discrepancy(
    errors: Floats,
    variances: Floats,
    past: Floats,
    years: int,
    *,
    members: int,
    rng: np.random.Generator,
) -> Floats:
    """Return paths of what the model may be off by in the steps to come.

    Parameters
    ----------
    errors, variances
        What came less what was forecast one step ahead, and the variance that the model gave, shape (n,);
        n may be 0.
    past
        The series so far, two values or more.
    years
        Steps to come.
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
    size = float(np.sqrt((changes**2).mean()))
    spread = float(changes.std(ddof=1)) if changes.size > 1 else size
    if (
        spread == 0.0 and errors.size
    ):  # a series that never changed says nothing of its restlessness
        spread = float(np.sqrt((errors**2).mean()))
    quantiles = 0.5 + (np.arange(CELLS) + 0.5) / (2.0 * CELLS)
    tau = np.tile(spread * stats.t.ppf(quantiles, FREEDOM), 2)
    drift = np.repeat([0.0, size**2], CELLS)
    weight = 1.0 / np.maximum(variances[None, :] + tau[:, None] ** 2, LEAST)
    doubt = drift / (1.0 + drift * weight.sum(axis=1))
    lean = weight @ errors
    fit = np.log(weight).sum(axis=1) - np.log1p(drift * weight.sum(axis=1))
    fit -= weight @ errors**2 - doubt * lean**2
    chance = np.exp(0.5 * (fit - fit.max()))
    chosen = rng.choice(2 * CELLS, members, p=chance / chance.sum())
    leaning = (doubt * lean)[chosen] + np.sqrt(doubt[chosen]) * rng.standard_normal(members)
    steps = tau[chosen][:, None] * rng.standard_normal((members, years))
    return np.asarray((leaning[:, None] + steps).cumsum(axis=1))
