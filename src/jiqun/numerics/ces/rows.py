"""The rows that an elasticity of substitution is estimated from, checked and taken in logs.

Paper: K4c, K4d (data beside the traditional factors)
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jiqun.numerics.ces.panel import Panel, panel
from jiqun.numerics.ces.technology import Floats, Ints
from jiqun.numerics.random import stream

MOST_FIRMS = 5000
"""More firms are drawn down to so many: precision is then ample, and time and memory are not."""
ROWS_A_PARAMETER = 3
DISTINCT = 1e-6
"""Least share of a column's variance that the others must leave unexplained."""


class Obstacle(StrEnum):
    """Why nothing can be estimated."""

    FEW_ROWS = "few rows"
    CONSTANT_OUTPUT = "constant output"
    CONSTANT_INPUT = "constant input"
    TIED_INPUTS = "tied inputs"


class NotEstimableError(ValueError):
    """The rows are valid numbers that no elasticity can be estimated from."""

    def __init__(self, obstacle: Obstacle, message: str) -> None:
        super().__init__(message)
        self.obstacle = obstacle


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows as used, logs of relative prices in the order given, and the firms before a draw."""

    panel: Panel
    log_price: Floats | None
    firms: int


def rows_of(
    output: ArrayLike,
    factors: ArrayLike,
    data: ArrayLike,
    *,
    firm: ArrayLike | None = None,
    period: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    price: ArrayLike | None = None,
    seed: int,
) -> Rows:
    """Take the rows that an elasticity is estimated from.

    Parameters
    ----------
    output
        Value added or revenue at constant prices, positive, shape (n,).
    factors
        Traditional factors (capital, labour, ...), positive, shape (n,) or (n, m).
    data
        Stock of data, positive, shape (n,).
    firm
        Whose row it is, shape (n,). Without it each row counts as a firm of its own.
    period
        When, as numbers that count periods, shape (n,).
    weights
        Positive, shape (n,); an error's variance is taken to be proportional to 1/weight.
    price
        Of data over that of the traditional factors, positive, shape (n,): adds the first-order condition.
    seed
        Not negative; of the draw of firms where there are very many.

    Raises
    ------
    ValueError
        For values that are missing, infinite or not positive, and lengths that differ.
    NotEstimableError
        For rows that are too few, constant, or inputs that move in fixed proportion.
    """
    y, d = (positive(name, v) for name, v in (("output", output), ("data", data)))
    k = positive("factors", factors)
    k = k[:, None] if k.ndim == 1 else k
    w = np.ones(y.shape) if weights is None else positive("weights", weights)
    who = np.arange(y.size) if firm is None else np.unique(np.asarray(firm), return_inverse=True)[1]
    when = np.zeros(y.shape) if period is None else np.asarray(period, dtype=np.float64)
    p = np.ones(y.shape) if price is None else positive("price", price)
    if not y.shape == d.shape == w.shape == who.shape == when.shape == p.shape == k.shape[:1]:
        msg = f"lengths differ: {[a.shape for a in (y, k, d, who, when, w, p)]}"
        raise ValueError(msg)
    if not np.isfinite(when).all():
        msg = f"period: {int((~np.isfinite(when)).sum())} values are missing or infinite"
        raise ValueError(msg)
    if k.shape[1] == 0 or y.size < ROWS_A_PARAMETER * (k.shape[1] + 3):
        msg = f"{y.size} rows are too few for {k.shape[1]} traditional factors and data"
        raise NotEstimableError(Obstacle.FEW_ROWS, msg)
    firms = int(who.max()) + 1
    chosen = np.arange(firms)
    if firms > MOST_FIRMS:
        chosen = stream(seed, "ces", "firms").choice(firms, MOST_FIRMS, replace=False)
    kept = np.isin(who, chosen)
    logs = (np.log(y)[kept], np.log(k)[kept], np.log(d)[kept])
    made = _prepared(*logs, who.astype(np.int64)[kept], when[kept], w[kept])
    return Rows(made, None if price is None else np.log(p)[kept], firms)


def positive(name: str, values: ArrayLike) -> Floats:
    """Return values as numbers, all of them positive and finite.

    Raises
    ------
    ValueError
        Says how many are missing or infinite, zero, and negative.
    """
    found: NDArray[np.float64] = np.asarray(values, dtype=np.float64)
    absent = int((~np.isfinite(found)).sum())
    zero, negative = int((found == 0).sum()), int((found < 0).sum())
    if absent or zero or negative:
        msg = (
            f"{name}: {absent} missing or infinite, {zero} zero and {negative} negative values; "
            "only positive numbers have a logarithm, so leave those rows out and say so"
        )
        raise ValueError(msg)
    return found


def _prepared(y: Floats, k: Floats, d: Floats, firm: Ints, period: Floats, w: Floats) -> Panel:
    """Return the panel, or say why no elasticity can be estimated from it."""
    if np.ptp(y) == 0:
        raise NotEstimableError(Obstacle.CONSTANT_OUTPUT, "output is the same in every row")
    for column in (*k.T, d):
        if np.ptp(column) == 0:
            raise NotEstimableError(Obstacle.CONSTANT_INPUT, "an input is the same in every row")
    made = panel(y, k, d, firm=firm, period=period, w=w)
    if made.freedom < y.size / 2:
        msg = f"{y.size} rows are too few for {y.size - made.freedom} parameters"
        raise NotEstimableError(Obstacle.FEW_ROWS, msg)
    inputs = np.column_stack([made.k, made.d])
    inputs -= made.linear @ (made.dual.T @ inputs)
    scale = np.sqrt((inputs**2).sum(axis=0))
    if (scale == 0).any() or np.linalg.svd(inputs / scale)[1][-1] ** 2 < DISTINCT:
        msg = "data and the traditional factors move in fixed proportion"
        raise NotEstimableError(Obstacle.TIED_INPUTS, msg)
    return made
