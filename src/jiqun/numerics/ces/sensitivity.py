r"""How the answer moves where an assumption is wrong that the data cannot test.

Data that are measured with error, that are counted by an index of unknown power, or whose
productivity moves with their quantity have one effect in common: the effective ln(data/traditional)
is :math:`\kappa` times the observed one. :math:`\kappa = 0.8` is a reliability of 0.8; 0.75 and 1.33
are data whose own productivity falls or rises with their use. Technical change in favour of data
adds :math:`\beta t`.

References
----------
Diamond, P., McFadden, D. & Rodriguez, M. (1978). Measurement of the elasticity of factor substitution
and bias of technical change. In Production Economics: A Dual Approach to Theory and Applications.
León-Ledesma, M. A., McAdam, P. & Willman, A. (2010). Identifying the elasticity of substitution with
biased technical change. American Economic Review 100(4), 1330-1357. doi:10.1257/aer.100.4.1330
Mundlak, Y. (1978). On the pooling of time series and cross section data. Econometrica 46(1), 69-85.
doi:10.2307/1913646
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from jiqun.numerics.ces.fit import Fit, fitted
from jiqun.numerics.ces.panel import Panel, orthonormal
from jiqun.numerics.ces.technology import Floats, weights

RELIABILITY = 0.8
STEEPER, FLATTER = 4.0 / 3.0, 0.75
BIAS = 0.05
"""Growth of data's own productivity over that of the traditional factors, log points a period."""
INNER_COMPLEMENTS = -1.0
"""Exponent of the inner nest at an elasticity of 0.5 among the traditional factors."""


@dataclass(frozen=True, slots=True)
class Variant:
    """The estimate under another assumption.

    Attributes
    ----------
    name
        ``reliability``, ``steeper``, ``flatter``, ``data_growth``, ``data_decline``, ``inner`` or
        ``correlated``.
    sigma, low, high
        Estimate and interval.
    p_below_one
        P(σ < 1).
    """

    name: str
    sigma: float
    low: float
    high: float
    p_below_one: float


def variants(panel: Panel, fit: Fit, level: float) -> tuple[Variant, ...]:
    """Repeat the estimate under each assumption that the panel can bear."""
    found = []
    for name, changed, rho in _changed(panel, fit):
        again = fitted(changed, rho=rho, level=level).posterior
        found.append(Variant(name, again.sigma, again.low, again.high, again.p_below_one))
    return tuple(found)


def _changed(panel: Panel, fit: Fit) -> Iterator[tuple[str, Panel, float]]:
    x = traditional(panel, fit)
    z = panel.d - x
    for name, kappa in (("reliability", RELIABILITY), ("steeper", STEEPER), ("flatter", FLATTER)):
        yield name, replace(panel, d=x + kappa * z), 0.0
    if np.ptp(panel.t) > 0:
        for name, beta in (("data_growth", BIAS), ("data_decline", -BIAS)):
            yield name, replace(panel, d=panel.d + beta * panel.t), 0.0
    if panel.k.shape[1] > 1:
        yield "inner", panel, INNER_COMPLEMENTS
    if panel.lasting > 0 and panel.firms > 4 * (panel.k.shape[1] + 1):
        yield "correlated", correlated(panel), 0.0


def traditional(panel: Panel, fit: Fit) -> Floats:
    """Return the log of the composite of traditional factors at the best fit, shape (n,)."""
    a = np.empty(panel.k.shape[1])
    weights(fit.profile.theta[fit.profile.best], a)
    x: Floats = panel.k @ a
    return x


def correlated(panel: Panel) -> Panel:
    """Let firms' lasting errors move with their mean inputs, which then explain nothing else."""
    lengths = np.diff(panel.firm)
    inputs = np.column_stack([panel.k, panel.d])
    means = np.add.reduceat(inputs, panel.firm[:-1]) / lengths[:, None]
    terms = np.column_stack([panel.linear, np.repeat(means, lengths, axis=0)])
    linear, dual = orthonormal(terms, panel.firm, panel.w, panel.shrink)
    return replace(panel, linear=linear, dual=dual)
