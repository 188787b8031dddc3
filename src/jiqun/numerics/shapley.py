r"""Shapley shares 方差的 Shapley 分解: how much of an outcome's spread each factor makes.

In a full factorial design the variance splits into parts V_u, one for each set u of factors, and the
share of a factor is what it makes alone and an equal part of what it makes together with others:

.. math::

   V_u = \sum_{w \subseteq u} (-1)^{|u|-|w|}\,\mathrm{Var}\big(E[Y \mid X_w]\big), \qquad
   \phi_i = \sum_{u \ni i} V_u / |u| \Big/ \mathrm{Var}(Y)

References
----------
Owen, A. B. (2014). Sobol' indices and Shapley value. SIAM/ASA Journal on Uncertainty Quantification
2(1), 245-251. https://doi.org/10.1137/130936233
"""

from itertools import chain, combinations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def shapley_shares(outcomes: Floats) -> Floats:
    """Return the share of each factor; they sum to 1.

    Parameters
    ----------
    outcomes
        One axis a factor, one place a level; the design is balanced.

    Returns
    -------
    Floats
        Shape (factors,); NaN where the outcome does not vary.
    """
    factors = range(outcomes.ndim)
    whole = float(outcomes.var())
    if whole == 0.0:
        return np.full(outcomes.ndim, np.nan)
    subsets = list(chain.from_iterable(combinations(factors, n) for n in range(outcomes.ndim + 1)))
    closed = {
        u: float(outcomes.mean(axis=tuple(a for a in factors if a not in u)).var()) for u in subsets
    }
    shares = np.zeros(outcomes.ndim)
    parts: dict[tuple[int, ...], float] = {}
    for u in subsets:
        within = (w for n in range(len(u)) for w in combinations(u, n))
        parts[u] = closed[u] - sum(parts[w] for w in within)
        for i in u:
            shares[i] += parts[u] / len(u)
    return np.maximum(shares, 0.0) / whole  # rounding can leave a share just below nought
