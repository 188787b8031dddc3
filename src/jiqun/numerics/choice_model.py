r"""Conditional logit: which of several alternatives was chosen, by what can be seen of each.

.. math::  P(\text{0 chosen}) = \frac{e^{x_0 \cdot \beta + o_0}}{\sum_a e^{x_a \cdot \beta + o_a}}

fitted by Newton steps with a ridge penalty :math:`\lambda |\beta|^2 / 2`. Where alternatives were sampled
with probabilities q, the offset :math:`o = -\ln q` makes the coefficients those of all alternatives.

References
----------
McFadden, D. (1974). Conditional logit analysis of qualitative choice behavior. In Frontiers in
Econometrics, 105-142. Academic Press.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

RIDGE = 1.0
STEPS = 30
TOLERANCE = 1e-8
LEAST_STEP = 1e-6


def fit(alternatives: Floats, ridge: float = RIDGE, offset: Floats | None = None) -> Floats:
    """Fit the coefficients.

    Parameters
    ----------
    alternatives
        What is seen of every alternative of every choice, shape (n, A, F); alternative 0 was chosen.
        Columns of like scale, since the penalty is the same for all.
    ridge
        Penalty λ; positive, so that there is one answer even where a column says nothing.
    offset
        Known part o of the value of each alternative, shape (n, A); none by default.

    Returns
    -------
    ndarray
        Coefficients, shape (F,); zeros where there is no choice to learn from.
    """
    columns = alternatives.shape[2]
    beta = np.zeros(columns)
    if alternatives.shape[0] == 0:
        return beta
    relative = alternatives - alternatives[:, :1, :]
    known = np.zeros(alternatives.shape[:2]) if offset is None else offset
    best = _objective(relative, beta, ridge, known)
    for _ in range(STEPS):
        chance = np.exp(_log_chances(relative, beta, known))
        mean = np.einsum("na,naf->nf", chance, relative)
        gradient = -mean.sum(axis=0) - ridge * beta
        flat = relative * np.sqrt(chance)[:, :, None]
        flat = flat.reshape(-1, columns)
        curvature = flat.T @ flat - mean.T @ mean + ridge * np.eye(columns)
        step = np.linalg.solve(curvature, gradient)
        scale = 1.0
        reached = _objective(relative, beta + step, ridge, known)
        while reached < best and scale > LEAST_STEP:
            scale /= 2
            reached = _objective(relative, beta + scale * step, ridge, known)
        beta = beta + scale * step
        if abs(reached - best) < TOLERANCE * max(abs(best), 1.0):
            break
        best = reached
    return beta


def log_chance(alternatives: Floats, beta: Floats, offset: Floats | None = None) -> Floats:
    """Return the log-probability of what was chosen, nats, shape (n,)."""
    known = np.zeros(alternatives.shape[:2]) if offset is None else offset
    return _log_chances(alternatives, beta, known)[:, 0]


def _log_chances(alternatives: Floats, beta: Floats, known: Floats) -> Floats:
    """Return the log-probability of every alternative, shape (n, A)."""
    value = alternatives @ beta + known
    value = value - value.max(axis=1, keepdims=True)
    return np.asarray(value - np.log(np.exp(value).sum(axis=1, keepdims=True)))


def _objective(alternatives: Floats, beta: Floats, ridge: float, known: Floats) -> float:
    told = _log_chances(alternatives, beta, known)[:, 0].sum()
    return float(told - ridge / 2 * (beta @ beta))
