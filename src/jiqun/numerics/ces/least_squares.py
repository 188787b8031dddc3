r"""Least squares under the errors' inverse covariance, at a given elasticity of substitution.

Levenberg-Marquardt on products of residuals and derivatives. Constant, years and firms' lasting
errors never become columns: with :math:`\Omega^{-1} = W - \sum_f c_f w_f w_f'` and an orthonormal
basis Q of the linear terms, the product of two columns is
:math:`u'Wv - \sum_f c_f (w_f'u)(w_f'v) - (Q'\Omega^{-1}u)'(Q'\Omega^{-1}v)`,
all of it summed in one pass over the observations.

References
----------
Moré, J. J. (1978). The Levenberg-Marquardt algorithm: implementation and theory. In Numerical
Analysis, Lecture Notes in Mathematics 630, 105-116. doi:10.1007/BFb0067700
"""

import math
from typing import NamedTuple

import numpy as np

from jiqun.numerics.ces.technology import Floats, Ints, row, weights
from jiqun.numerics.point_pattern.compiled import compiled

ROUNDS, TRIES = 40, 10
CONVERGED = 1e-6
"""Relative fall of the sum of squares at which it is taken as least."""
SCALE_RANGE = (0.02, 20.0)
ODDS = 25.0
"""Log odds of a share are kept within ±25. Far from σ = 1 the best share at the mean is often tiny, as
the weight is on rows far from it; a closer bound would bend the profile there."""
LONGEST = 3.0
PIVOT = 1e-13


class Columns(NamedTuple):
    """The arrays of a panel that the loops read; see :class:`~jiqun.numerics.ces.panel.Panel`."""

    y: Floats
    k: Floats
    d: Floats
    w: Floats
    firm: Ints
    shrink: Floats
    dual: Floats


class Room(NamedTuple):
    """Working space of the loops, so that they allocate nothing."""

    a: Floats
    v: Floats
    sums: Floats
    dots: Floats
    gram: Floats
    trial: Floats
    factor: Floats
    step: Floats
    theta: Floats


@compiled
def room(m: int, linear: int) -> Room:
    """Return working space for m traditional factors and so many linear terms."""
    p = m + 1
    return Room(
        np.zeros(m), np.zeros(p + 2), np.zeros(p + 1), np.zeros((linear, p + 1)),
        np.zeros((p + 1, p + 1)), np.zeros((p + 1, p + 1)), np.zeros((p, p)), np.zeros(p),
        np.zeros(p),
    )  # fmt: skip


@compiled
def products(data: Columns, theta: Floats, r: float, rho: float, at: Room, gram: Floats) -> float:
    """Write the products of the derivatives and, last, the residual into ``gram``.

    Returns
    -------
    float
        The sum of squares, ``gram[-1, -1]``.
    """
    p = theta.size
    weights(theta, at.a)
    gram[:, :] = 0.0
    at.dots[:, :] = 0.0
    v, sums = at.v, at.sums
    for f in range(data.firm.size - 1):
        sums[:] = 0.0
        for i in range(data.firm[f], data.firm[f + 1]):
            v[p] = data.y[i] - row(data.k[i], data.d[i], theta, at.a, r, rho, v)
            for b in range(p + 1):
                weighted = data.w[i] * v[b]
                sums[b] += weighted
                for c in range(b + 1):
                    gram[b, c] += weighted * v[c]
            add_outer(at.dots, 1.0, data.dual[i], v)
        add_outer(gram, -data.shrink[f], sums, sums)
    for q in range(at.dots.shape[0]):
        add_outer(gram, -1.0, at.dots[q], at.dots[q])
    for b in range(p + 1):
        for c in range(b):
            gram[c, b] = gram[b, c]
    rss: float = gram[p, p]
    return rss


@compiled
def add_outer(matrix: Floats, factor: float, left: Floats, right: Floats) -> None:
    """Add a multiple of the outer product of two columns."""
    for b in range(matrix.shape[0]):
        scaled = factor * left[b]
        for c in range(matrix.shape[1]):
            matrix[b, c] += scaled * right[c]


@compiled
def factorised(gram: Floats, damping: float, factor: Floats) -> bool:
    """Write Cholesky's factor of the damped normal matrix; False where it is singular."""
    for b in range(factor.shape[0]):
        for c in range(b):
            rest = gram[b, c]
            for q in range(c):
                rest -= factor[b, q] * factor[c, q]
            factor[b, c] = rest / factor[c, c]
        full = gram[b, b] * (1.0 + damping)
        rest = full
        for q in range(b):
            rest -= factor[b, q] * factor[b, q]
        if not rest > PIVOT * full:
            return False
        factor[b, b] = math.sqrt(rest)
    return True


@compiled
def solve(gram: Floats, damping: float, factor: Floats, step: Floats) -> bool:
    """Solve the damped normal equations of ``gram``; False where they are singular."""
    p = step.size
    if not factorised(gram, damping, factor):
        return False
    for b in range(p):
        rest = gram[b, p]
        for q in range(b):
            rest -= factor[b, q] * step[q]
        step[b] = rest / factor[b, b]
    for b in range(p - 1, -1, -1):
        for q in range(b + 1, p):
            step[b] -= factor[q, b] * step[q]
        step[b] /= factor[b, b]
    return True


@compiled
def moved(theta: Floats, step: Floats, out: Floats) -> None:
    """Write ``theta + step`` into ``out``, no entry by more than ``LONGEST`` nor out of its range."""
    for b in range(theta.size):
        value = theta[b] + min(max(step[b], -LONGEST), LONGEST)
        low = SCALE_RANGE[0] if b == 0 else -ODDS
        high = SCALE_RANGE[1] if b == 0 else ODDS
        out[b] = min(max(value, low), high)


@compiled
def expected_fall(gram: Floats, old: Floats, new: Floats) -> float:
    """Return by how much the sum of squares would fall, were the derivatives constant."""
    p = old.size
    fall = 0.0
    for b in range(p):
        move = new[b] - old[b]
        fall += 2.0 * gram[b, p] * move
        for c in range(p):
            fall -= move * gram[b, c] * (new[c] - old[c])
    return fall


@compiled
def fit(data: Columns, theta: Floats, r: float, rho: float, at: Room) -> float:
    """Minimise the sum of squares over ``theta`` (in place) at one r; return it."""
    p = theta.size
    rss = products(data, theta, r, rho, at, at.gram)
    damping = 1e-6
    for _ in range(ROUNDS):
        fell = False
        for _ in range(TRIES):
            if not solve(at.gram, damping, at.factor, at.step):
                damping = max(damping * 10.0, 1e-8)
                continue
            moved(theta, at.step, at.theta)
            if expected_fall(at.gram, theta, at.theta) <= CONVERGED * rss:
                return rss
            new = products(data, at.theta, r, rho, at, at.trial)
            if new <= rss:
                fell = True
                break
            damping *= 10.0
        if not fell:
            return rss
        rss = new
        for b in range(p):
            theta[b] = at.theta[b]
        at.gram[:, :] = at.trial
        damping = max(damping * 0.1, 1e-12)
    return rss


@compiled
def predict(theta: Floats, g: int, last: int, known: int) -> None:
    """Start the fit at ``g`` on the line through the two points before it, or at the one there is."""
    for b in range(theta.shape[1]):
        theta[g, b] = theta[last, b]
        if known > 1:
            theta[g, b] += theta[last, b] - theta[2 * last - g, b]
    theta[g, 0] = min(max(theta[g, 0], SCALE_RANGE[0]), SCALE_RANGE[1])
    for b in range(1, theta.shape[1]):
        theta[g, b] = min(max(theta[g, b], -ODDS), ODDS)


@compiled
def profile(
    data: Columns, r: Floats, middle: int, rho: float, start: Floats, theta: Floats, rss: Floats
) -> None:
    """Fit at every r, from ``middle`` outwards, each from its neighbour's parameters.

    Parameters
    ----------
    data
        The panel's arrays.
    r
        Exponents of substitution, ascending, shape (G,).
    middle
        Where to start: the one nearest to 0, where the fit is a linear regression.
    rho
        Exponent of the inner nest.
    start
        Parameters to start from, shape (m + 1,).
    theta, rss
        Room for the parameters, shape (G, m + 1), and the sums of squares, shape (G,).
    """
    at = room(data.k.shape[1], data.dual.shape[1])
    theta[middle] = start
    rss[middle] = fit(data, theta[middle], r[middle], rho, at)
    for g in range(middle + 1, r.size):
        predict(theta, g, g - 1, min(g - middle, 2))
        rss[g] = fit(data, theta[g], r[g], rho, at)
    for g in range(middle - 1, -1, -1):
        predict(theta, g, g + 1, min(middle - g, 2))
        rss[g] = fit(data, theta[g], r[g], rho, at)
