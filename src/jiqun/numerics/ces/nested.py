r"""Nested CES functions in the form of the literature, for output without a panel.

.. math::
    Y = \gamma e^{\lambda t} B^{\nu}, \qquad
    B = \bigl(\delta B_1^{-\rho} + (1 - \delta) B_2^{-\rho}\bigr)^{-1/\rho}, \qquad
    \sigma = \frac{1}{1 + \rho}

where each B is an input or a nest of its own. Estimation is in the normalised form, in which the
shares do not move with the units of the inputs; coefficients are then put back into the form above.

Paper: K4a (nested production function)

References
----------
Sato, K. (1967). A two-level constant-elasticity-of-substitution production function. Review of
Economic Studies 34(2), 201-218. doi:10.2307/2296809
Henningsen, A. & Henningsen, G. (2012). On estimation of the CES production function - revisited.
Economics Letters 115(1), 67-69. doi:10.1016/j.econlet.2011.12.007
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.optimize import least_squares

from jiqun.numerics.ces.technology import Floats

LOWEST_RHO, HIGHEST_RHO = -1.0, 20.0
STARTS = (-0.5, 0.3, 2.0)
"""Exponents from which the search starts, in each nest."""
FLAT = 1e-8
FARTHEST = 300.0
TINY = 1e-300


@dataclass(frozen=True, slots=True)
class Nest:
    """Two inputs, each a column number or a nest of its own."""

    first: "int | Nest"
    second: "int | Nest"

    def nests(self) -> "Iterator[Nest]":
        """Yield the inner nests, from the left, then this one."""
        for part in (self.first, self.second):
            if isinstance(part, Nest):
                yield from part.nests()
        yield self


@dataclass(frozen=True, slots=True)
class NestedFit:
    """Coefficients in the form of the module's equation.

    Attributes
    ----------
    gamma, trend, returns
        γ, λ and ν.
    delta, rho
        Of each nest, the inner ones from the left, then the outer one.
    rss
        Sum of squared residuals, in output or, with ``log_error``, in its logarithm.
    errors
        Standard errors of γ, λ (if estimated), the δ, the ρ, ν (if estimated), with the variance of
        residuals RSS/n.
    r_squared
        1 - RSS over the sum of squares around the mean.
    """

    gamma: float
    trend: float
    returns: float
    delta: tuple[float, ...]
    rho: tuple[float, ...]
    rss: float
    errors: tuple[float, ...]
    r_squared: float

    @property
    def sigma(self) -> tuple[float, ...]:
        """Elasticities of substitution, 1/(1 + ρ); infinite at ρ = -1."""
        return tuple(np.inf if r <= -1.0 else 1.0 / (1.0 + r) for r in self.rho)


@dataclass(frozen=True, slots=True)
class _Problem:
    """What is fitted: logs of normalised inputs, output, and which coefficients are free."""

    tree: Nest
    target: Floats
    inputs: Floats
    time: Floats | None
    free_returns: bool
    log_error: bool

    def split(self, theta: Floats) -> tuple[float, float, float, Floats, Floats]:
        """Return ln γ, λ, ν, the shares and the exponents that a vector of parameters holds."""
        nests = len(list(self.tree.nests()))
        at = 1 if self.time is None else 2
        trend = 0.0 if self.time is None else float(theta[1])
        share, rho = theta[at : at + nests], theta[at + nests : at + 2 * nests]
        returns = float(theta[-1]) if self.free_returns else 1.0
        return float(theta[0]), trend, returns, share, rho

    def expected(self, theta: Floats) -> Floats:
        """Return expected output, or its log."""
        level, trend, returns, share, rho = self.split(theta)
        log = level + returns * value(self.tree, self.inputs, share, rho)
        if self.time is not None:
            log = log + trend * self.time
        return log if self.log_error else np.exp(np.minimum(log, FARTHEST))

    def residual(self, theta: Floats) -> Floats:
        """Return observed less expected output."""
        rest: Floats = self.target - self.expected(theta)
        return rest


def value(tree: Nest, x: Floats, delta: Floats, rho: Floats) -> Floats:
    """Return ln B of each row.

    Parameters
    ----------
    tree
        The nests.
    x
        Logs of the inputs, shape (n, inputs).
    delta, rho
        One for each nest, in the order of :meth:`Nest.nests`.
    """
    values: dict[Nest, Floats] = {}
    for nest, d, p in zip(tree.nests(), delta, rho, strict=True):
        one, two = (
            values[b] if isinstance(b, Nest) else x[:, b] for b in (nest.first, nest.second)
        )
        gap = one - two
        if abs(p) < FLAT:
            values[nest] = two + d * gap
        else:
            total = 1.0 + d * np.expm1(np.clip(-p * gap, -FARTHEST, FARTHEST))
            values[nest] = two - np.log(np.maximum(total, TINY)) / p
    return values[tree]


def nested(
    output: Floats,
    inputs: Floats,
    tree: Nest,
    *,
    time: Floats | None = None,
    variable_returns: bool = False,
    log_error: bool = False,
    free_shares: bool = False,
    exponents: Sequence[float | None] | None = None,
) -> NestedFit:
    """Fit a nested CES function by least squares, from several starts, with ρ at least -1.

    Parameters
    ----------
    output
        Positive, shape (n,).
    inputs
        Positive, shape (n, inputs).
    tree
        Which inputs are nested together; two nests may not be equal.
    time
        Adds the trend e^(λ time), shape (n,).
    variable_returns
        Whether ν is free; 1 otherwise.
    log_error
        Whether errors multiply output; they are added to it otherwise.
    free_shares
        Whether shares may leave [0, 1], as in a steady state solved for output per worker.
    exponents
        ρ of each nest where it is given, None where it is to be found; all are found by default.

    Raises
    ------
    ValueError
        For inputs that are not positive and finite, for output that is not finite or, with
        ``log_error``, not positive, and for fewer rows than coefficients.
    """
    x, y = np.asarray(inputs, dtype=np.float64), np.asarray(output, dtype=np.float64)
    if not (np.isfinite(x).all() and (x > 0).all() and np.isfinite(y).all() and y.mean() > 0):
        msg = "inputs must be positive and finite, output finite with a positive mean"
        raise ValueError(msg)
    if log_error and not (y > 0).all():
        msg = "output must be positive where errors multiply it"
        raise ValueError(msg)
    logs = np.log(x)
    centre = logs.mean(axis=0)
    target = np.log(y) if log_error else y
    problem = _Problem(tree, target, logs - centre, time, variable_returns, log_error)
    given = [*(exponents or (None for _ in tree.nests()))]
    best = _searched(problem, float(np.log(y.mean())), given, free_shares=free_shares)
    if best.size >= y.size:
        msg = f"{y.size} rows cannot carry {best.size} coefficients"
        raise ValueError(msg)
    plain = _plain(problem, best, centre)
    return _described(_Problem(tree, target, logs, time, variable_returns, log_error), plain)


def _searched(
    problem: _Problem, level: float, given: list[float | None], *, free_shares: bool
) -> Floats:
    """Return the parameters with the least sum of squares over the starts."""
    nests = len(given)
    head = [level] if problem.time is None else [level, 0.0]
    tail = [1.0] if problem.free_returns else []
    ends = (-np.inf, np.inf) if free_shares else (0.0, 1.0)
    low = [-np.inf] * len(head) + [ends[0]] * nests + [LOWEST_RHO] * nests + [0.01] * len(tail)
    high = [np.inf] * len(head) + [ends[1]] * nests + [HIGHEST_RHO] * nests + [20.0] * len(tail)
    known = [False] * (len(head) + nests) + [r is not None for r in given] + [False] * len(tail)
    free = ~np.array(known)
    found = []
    for rho in product(*(STARTS if r is None else (r,) for r in given)):
        theta = np.array([*head, *([0.5] * nests), *rho, *tail])

        def residual(part: Floats, theta: Floats = theta) -> Floats:
            theta[free] = part
            return problem.residual(theta)

        one = least_squares(
            residual, theta[free], bounds=(np.array(low)[free], np.array(high)[free]),
            x_scale="jac", xtol=1e-13, ftol=1e-13, gtol=1e-13, max_nfev=2000,
        )  # fmt: skip
        theta[free] = one.x
        found.append((float(one.cost), theta))
    return min(found, key=lambda pair: pair[0])[1]


def _plain(problem: _Problem, theta: Floats, centre: Floats) -> Floats:
    """Put normalised parameters into the plain form: ln γ, λ, shares, exponents, ν."""
    level, _, returns, share, rho = problem.split(theta)
    delta = np.empty(rho.size)
    at: dict[Nest, float] = {}
    for j, nest in enumerate(problem.tree.nests()):
        one, two = (
            at[b] if isinstance(b, Nest) else float(centre[b]) for b in (nest.first, nest.second)
        )
        delta[j] = share[j] / (share[j] + (1.0 - share[j]) * np.exp(-rho[j] * (one - two)))
        sub = Nest(0, 1)
        at[nest] = float(value(sub, np.array([[one, two]]), delta[j : j + 1], rho[j : j + 1])[0])
    plain = theta.copy()
    start = 1 if problem.time is None else 2
    plain[0] = level - returns * at[problem.tree]
    plain[start : start + rho.size] = delta
    return plain


def _described(problem: _Problem, plain: Floats) -> NestedFit:
    """Return the coefficients with their errors."""
    level, trend, returns, delta, rho = problem.split(plain)
    natural = plain.copy()
    natural[0] = np.exp(level)

    def expected(coefficients: Floats) -> Floats:
        again = coefficients.copy()
        again[0] = np.log(coefficients[0])
        return problem.expected(again)

    rest = problem.target - expected(natural)
    rss = float(rest @ rest)
    steps = 1e-6 * np.maximum(np.abs(natural), 1e-3)
    jacobian = np.column_stack(
        [
            (expected(natural + h * e) - expected(natural - h * e)) / (2 * h)
            for h, e in zip(steps, np.eye(natural.size), strict=True)
        ]
    )
    covariance = rss / rest.size * np.linalg.pinv(jacobian.T @ jacobian)
    around = problem.target - problem.target.mean()
    return NestedFit(
        gamma=float(natural[0]), trend=trend, returns=returns,
        delta=tuple(map(float, delta)), rho=tuple(map(float, rho)), rss=rss,
        errors=tuple(map(float, np.sqrt(np.diag(covariance).clip(0.0)))),
        r_squared=1.0 - rss / float(around @ around),
    )  # fmt: skip
