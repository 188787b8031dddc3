r"""How much the firms, not the rows, say about the elasticity.

The likelihood of a profile takes rows for independent given the two error components. What is left
of dependence and unequal variances within a firm shows in the jackknife over firms: the profile is
flattened by the ratio of the two variances of r.

.. math::
    \hat\delta_{(f)} = -(A - A_f)^{-1} b_f, \qquad
    V = \frac{F - 1}{F} \sum_f \hat\delta_{(f)} \hat\delta_{(f)}'

References
----------
MacKinnon, J. G., Nielsen, M. Ø. & Webb, M. D. (2023). Fast and reliable jackknife and bootstrap
methods for cluster-robust inference. Journal of Applied Econometrics 38(5), 671-694.
doi:10.1002/jae.2969
Pace, L., Salvan, A. & Sartori, N. (2011). Adjusting composite likelihood ratio statistics. Statistica
Sinica 21(1), 129-148.
"""

from dataclasses import dataclass

import numpy as np

from jiqun.numerics.ces.least_squares import Columns
from jiqun.numerics.ces.panel import Panel
from jiqun.numerics.ces.technology import Floats, row, weights
from jiqun.numerics.point_pattern.compiled import compiled

RIDGE = 1e-9


@compiled
def derivatives(data: Columns, theta: Floats, r: float, rho: float) -> Floats:
    """Return ∂/∂theta, ∂/∂r and the residual of every observation, shape (n, m + 3)."""
    n, p = data.y.size, theta.size
    a = np.empty(data.k.shape[1])
    weights(theta, a)
    out = np.empty((n, p + 2))
    for i in range(n):
        out[i, p + 1] = data.y[i] - row(data.k[i], data.d[i], theta, a, r, rho, out[i, : p + 1])
    return out


def cluster_products(panel: Panel, v: Floats) -> Floats:
    """Return each cluster's part of the products of columns, shape (C, q, q).

    Parameters
    ----------
    panel
        Whose clusters; a cluster is a firm, or part of the only one.
    v
        Columns, shape (n, q).
    """
    rest = v - panel.linear @ (panel.dual.T @ v)
    weighted = rest * panel.w[:, None]
    parts = np.add.reduceat(weighted[:, :, None] * rest[:, None, :], panel.cluster[:-1])
    if panel.cluster.size == panel.firm.size:
        sums = np.add.reduceat(weighted, panel.firm[:-1])
        parts -= panel.shrink[:, None, None] * sums[:, :, None] * sums[:, None, :]
    result: Floats = parts
    return result


@dataclass(frozen=True, slots=True)
class Information:
    """What clusters of errors tell about one parameter.

    Attributes
    ----------
    temper
        Variance under independent rows over that of the jackknife, at most 1: the power to which
        the likelihood is to be taken. 0 where a single cluster leaves nothing to compare.
    freedom
        Degrees of freedom of the jackknife: clusters less one.
    """

    temper: float
    freedom: int


def information(panel: Panel, v: Floats, which: int) -> Information:
    """Measure the information that clusters hold on one parameter.

    Parameters
    ----------
    panel
        The panel.
    v
        Derivatives by the parameters and, last, residuals, shape (n, p + 1).
    which
        Column of the parameter in question.
    """
    parts = cluster_products(panel, v)
    total = parts.sum(axis=0)
    a, rss = total[:-1, :-1], total[-1, -1]
    scale = np.sqrt(np.maximum(np.diag(a), 1e-300))
    a = a / np.outer(scale, scale) + RIDGE * np.eye(scale.size)
    inverse = np.linalg.inv(a)
    clusters = parts.shape[0]
    if clusters == 1:
        return Information(0.0, 1)
    without = a - parts[:, :-1, :-1] / np.outer(scale, scale) + RIDGE * np.eye(scale.size)
    moved = np.linalg.solve(without, parts[:, :-1, -1:] / scale[:, None])[:, which, 0]
    variance = (clusters - 1) / clusters * float(moved @ moved)
    independent = rss / max(panel.freedom, 1) * inverse[which, which]
    temper = min(1.0, float(independent) / variance) if variance > 0 else 1.0
    return Information(temper, clusters - 1)
