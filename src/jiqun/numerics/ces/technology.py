r"""Output of traditional factors and data, in logarithms and normalised at the geometric means.

.. math::
    \ln Y = \nu \Bigl[x + \frac{1}{r} \ln\bigl(1 - \pi + \pi e^{r (d - x)}\bigr)\Bigr], \qquad
    r = \frac{\sigma - 1}{\sigma}, \qquad
    x = \frac{1}{\rho} \ln \sum_j a_j e^{\rho k_j}

σ is the elasticity of substitution between data and the composite x of the traditional factors, π
the share of data in the elasticity of output at the geometric means, ν the returns to scale. At
r = 0 and ρ = 0 both nests are Cobb-Douglas.

Paper: K4a (output of traditional factors and data)

References
----------
de La Grandville, O. (1989). In quest of the Slutsky diamond. American Economic Review 79(3), 468-481.
Klump, R., McAdam, P. & Willman, A. (2012). The normalized CES production function: theory and
empirics. Journal of Economic Surveys 26(5), 769-799. doi:10.1111/j.1467-6419.2012.00730.x
"""

import math

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.point_pattern.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FARTHEST = 300.0
"""Exponents are cut there; e³⁰⁰ is still a number."""
NEAR = 1e-2
"""Exponents nearer to 0 need the functions that keep their digits there, which take longer."""
SMALL = 1e-7
"""An exponent of substitution nearer to 0 is taken as 0: its second-order term is below rounding."""


@compiled
def weights(theta: Floats, a: Floats) -> None:
    """Write the weights of the traditional factors at the normalisation point into ``a``.

    Parameters
    ----------
    theta
        ν, logit π, then the log odds of each factor but the last against the last, shape (m + 1,).
    a
        Room for the weights, which sum to 1, shape (m,).
    """
    m = a.size
    top = 0.0
    for j in range(m - 1):
        top = max(top, theta[2 + j])
    total = math.exp(-top)
    a[m - 1] = total
    for j in range(m - 1):
        a[j] = math.exp(theta[2 + j] - top)
        total += a[j]
    for j in range(m):
        a[j] /= total


@compiled
def composite(k: Floats, a: Floats, rho: float, slope: Floats) -> float:
    """Return the composite x of one observation and write ∂x/∂(log odds) into ``slope``."""
    m = a.size
    if abs(rho) < SMALL:
        x = 0.0
        for j in range(m):
            x += a[j] * k[j]
        for j in range(m - 1):
            slope[j] = a[j] * (k[j] - x)
        return x
    total = 0.0
    for j in range(m):
        total += a[j] * math.exp(rho * k[j])
    for j in range(m - 1):
        slope[j] = a[j] * (math.exp(rho * k[j]) / total - 1.0) / rho
    return math.log(total) / rho


@compiled
def nest(z: float, r: float, pi: float) -> tuple[float, float, float, float]:
    """Combine the composite with data, for one observation.

    Parameters
    ----------
    z
        ln(data / composite), normalised.
    r
        (σ - 1)/σ.
    pi
        Share of data at the normalisation point.

    Returns
    -------
    h, share, by_odds, by_r
        What data adds to x; data's share of the output elasticity here; ∂h/∂(logit π); ∂h/∂r.
    """
    inner = pi * (1.0 - pi)
    if abs(r) < SMALL:
        return pi * z, pi, inner * z, 0.5 * inner * z * z
    power = min(max(r * z, -FARTHEST), FARTHEST)
    if abs(r) < NEAR:
        grown = math.expm1(power)
        h = math.log1p(pi * grown) / r
    else:
        grown = math.exp(power) - 1.0
        h = math.log(1.0 + pi * grown) / r
    total = 1.0 + pi * grown
    share = pi * (grown + 1.0) / total
    return h, share, inner * grown / (total * r), (share * z - h) / r


@compiled
def row(k: Floats, d: float, theta: Floats, a: Floats, r: float, rho: float, out: Floats) -> float:
    """Return the log of output of one observation and write its derivatives into ``out``.

    Parameters
    ----------
    k, d
        Logs of the traditional factors, shape (m,), and of data, normalised.
    theta, a
        Parameters, shape (m + 1,), and the weights that follow from them, shape (m,).
    r, rho
        Exponents of substitution of the outer and the inner nest.
    out
        Room for ∂/∂theta and, last, ∂/∂r, shape (m + 2,).
    """
    m = a.size
    x = composite(k, a, rho, out[2 : m + 1])
    pi = 1.0 / (1.0 + math.exp(-theta[1]))
    h, share, by_odds, by_r = nest(d - x, r, pi)
    nu = theta[0]
    out[0] = x + h
    out[1] = nu * by_odds
    for j in range(m - 1):
        out[2 + j] *= nu * (1.0 - share)
    out[m + 1] = nu * by_r
    expected: float = nu * (x + h)
    return expected
