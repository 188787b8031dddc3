r"""Scores of forecasts 预测评分: a forecast is an ensemble of equally likely values, and then comes what came.

.. math::

   \mathrm{CRPS} = \frac1m\sum_i |x_i - y| - \frac{1}{2m(m-1)}\sum_{i,j}|x_i - x_j|, \qquad
   \mathrm{ES} = \frac1m\sum_i \|x_i - y\| - \frac{1}{2m(m-1)}\sum_{i,j}\|x_i - x_j\|

Both are proper: on average nothing scores less than the truth. Less is better; the unit is that of the
value. The factor 1/(m(m-1)) makes the score fair to small ensembles (Ferro 2014). Where only the median
and the ends of K central intervals of level 1-α are kept, the weighted interval score stands for it,

.. math::

   \mathrm{WIS} = \frac{1}{K+\frac12}\Big(\tfrac12|y - m| + \sum_k \tfrac{\alpha_k}{2}
   \big[(u_k-l_k) + \tfrac{2}{\alpha_k}(l_k-y)_+ + \tfrac{2}{\alpha_k}(y-u_k)_+\big]\Big)

which is proper as well and goes to the CRPS as intervals are added.

References
----------
Gneiting, T. & Raftery, A. E. (2007). Strictly proper scoring rules, prediction, and estimation. Journal
of the American Statistical Association 102(477), 359-378. https://doi.org/10.1198/016214506000001437
Bracher, J. et al. (2021). Evaluating epidemic forecasts in an interval format. PLOS Computational Biology
17(2), e1008618. https://doi.org/10.1371/journal.pcbi.1008618
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def crps(members: Floats, came: float) -> float:
    """Return the continuous ranked probability score of one forecast.

    Parameters
    ----------
    members
        Shape (members,), two or more.
    came
        What came.
    """
    m = members.size
    ordered = np.sort(members)
    weights = 2.0 * np.arange(m) - m + 1.0
    pairs = 2.0 * float(weights @ ordered)
    return float(np.abs(members - came).mean()) - pairs / (2.0 * m * (m - 1))


def energy_score(members: Floats, came: Floats) -> float:
    """Return the energy score of a forecast of several values at once.

    Parameters
    ----------
    members
        Shape (members, values).
    came
        Shape (values,).
    """
    m = len(members)
    apart = np.sqrt(((members[:, None, :] - members[None, :, :]) ** 2).sum(axis=2))
    off = np.sqrt(((members - came) ** 2).sum(axis=1))
    return float(off.mean() - apart.sum() / (2.0 * m * (m - 1)))


def covers(members: Floats, came: float, *, level: float) -> bool:
    """Say whether the middle part of a forecast holds what came.

    Parameters
    ----------
    members
        Shape (members,).
    came
        What came.
    level
        Probability of the middle part.
    """
    tail = 50.0 * (1.0 - level)
    low, high = np.percentile(members, (tail, 100.0 - tail))
    return bool(low <= came <= high)


def interval_score(
    median: float, intervals: Sequence[tuple[float, float, float]], came: float
) -> float:
    """Return the weighted interval score of one forecast.

    Parameters
    ----------
    median
        Of the forecast.
    intervals
        Level, low and high end of each central interval.
    came
        What came.
    """
    total = abs(came - median) / 2.0
    for level, low, high in intervals:
        total += (1.0 - level) / 2.0 * (high - low) + max(low - came, 0.0) + max(came - high, 0.0)
    return total / (len(intervals) + 0.5)
