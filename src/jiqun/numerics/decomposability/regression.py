r"""Least squares with an effect for each firm of a pair, and what each cluster does to the result.

The influence of a cluster is the change that leaving it out makes, firm effects refitted,

.. math::
    \hat\beta - \hat\beta_{(c)} = (W'W)^{-1} W_c' (I - H_{cc})^{-1} e_c ,

which is exact and does not take the firm effects for known (the jackknife, or CR3).

References
----------
MacKinnon, J. G., Nielsen, M. Ø. & Webb, M. D. (2023). Fast and reliable jackknife and bootstrap methods
for cluster-robust inference. Journal of Applied Econometrics 38(5), 671-694. doi:10.1002/jae.2969
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from jiqun.numerics.point_pattern.compiled import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

EXACT = 1000
"""Firm effects up to which clusters are left out exactly; beyond, to first order."""
LARGEST_BLOCK = 400
"""Rows of a cluster up to which it is left out exactly."""
RIDGE = 1e-9
TOLERANCE, MOST_STEPS = 1e-9, 2000
SINGULAR = 1e-5
"""Eigenvalue below which a cluster alone decides a direction (a firm that is met nowhere else)."""
VANISHING = 1e-6
"""Share of a column's variance below which the effects explain all of it."""


@dataclass(frozen=True, slots=True)
class Design:
    """What explains an outcome, one row an observation.

    Attributes
    ----------
    columns
        Columns whose coefficients are wanted, shape (n, p).
    nuisance
        Columns to hold constant, an intercept among them, shape (n, q).
    firms
        The two firms of each row, each with an effect of its own, shape (n, 2); shape (n, 0)
        for none.
    cluster
        Number of the cluster of each row, shape (n,).
    weight
        Weight of each row, shape (n,).
    """

    columns: Floats
    nuisance: Floats
    firms: Ints
    cluster: Ints
    weight: Floats


@dataclass(frozen=True, slots=True)
class Fit:
    """Coefficients and how each cluster moves them.

    Attributes
    ----------
    coefficient
        Shape (p,).
    influence
        Change that each cluster makes, shape (clusters, p), clusters in ascending order.
    """

    coefficient: Floats
    influence: Floats


def fit(design: Design, outcome: Floats) -> Fit | None:
    """Fit by weighted least squares.

    Returns
    -------
    Fit or None
        None where the firm effects and the nuisance columns explain one of the columns, so that
        nothing can be said about it.
    """
    root = np.sqrt(design.weight)
    columns = design.columns * root[:, None]
    held = design.nuisance * root[:, None]
    firm = np.unique(design.firms, return_inverse=True)[1].reshape(design.firms.shape)
    effects = _effects(held, firm, root)
    order = np.argsort(design.cluster, kind="stable")
    starts = np.flatnonzero(np.diff(design.cluster[order], prepend=-1))
    left, inverse = _residual(effects, np.column_stack([columns, outcome * root]))
    columns_left, y_left = left[:, :-1], left[:, -1]
    centred = columns - root[:, None] * np.average(design.columns, axis=0, weights=design.weight)
    if (np.square(columns_left).sum(0) <= VANISHING * np.square(centred).sum(0) + 1e-300).any():
        return None
    gram = np.einsum("ij,ik->jk", columns_left, columns_left)
    scale = np.sqrt(np.diag(gram))
    if np.linalg.eigvalsh(gram / np.outer(scale, scale))[0] < VANISHING:
        return None
    bread = np.asarray(np.linalg.inv(gram), dtype=np.float64)
    coefficient = bread @ np.einsum("ij,i->j", columns_left, y_left)
    error = y_left - np.einsum("ij,j->i", columns_left, coefficient)
    if inverse is None:
        predicted = error[order] * np.sqrt(error.size / max(error.size - effects.shape[1], 1))
    else:
        predicted = _without_own_cluster(
            error[order],
            np.append(starts, error.size),
            Rows(held[order], firm[order], root[order], columns_left[order]),
            inverse,
            bread,
        )
    scores = np.add.reduceat(columns_left[order] * predicted[:, None], starts, axis=0)
    return Fit(coefficient, np.einsum("ij,jk->ik", scores, bread))


class Rows(NamedTuple):
    """What the effects and the wanted columns are in each row, ordered by cluster.

    Attributes
    ----------
    held
        Weighted nuisance columns, shape (n, q).
    firm
        Numbers of the firms, shape (n, 2) or (n, 0), and ``root``, their weight, shape (n,).
    left
        What the effects leave of the wanted columns, shape (n, p).
    """

    held: Floats
    firm: Ints
    root: Floats
    left: Floats


def _effects(held: Floats, firm: Ints, root: Floats) -> sparse.csr_array:
    """Put the nuisance columns and a column for each firm side by side, weighted."""
    parts = [sparse.csr_array(held)]
    if firm.size:
        at = np.repeat(np.arange(root.size), firm.shape[1])
        shape = (root.size, int(firm.max()) + 1)
        parts.append(sparse.csr_array((root[at], (at, firm.ravel())), shape))
    return sparse.csr_array(sparse.hstack(parts))


def _residual(effects: sparse.csr_array, columns: Floats) -> tuple[Floats, Floats | None]:
    """Take the effects out of columns; return also the inverse of their Gram matrix if it is small.

    Nothing here is left to threaded linear algebra, whose last bits depend on the number of threads.
    """
    gram = sparse.csr_array(effects.T @ effects)
    gram = gram + RIDGE * gram.diagonal().mean() * sparse.eye_array(gram.shape[0], format="csr")
    cross = effects.T @ columns
    if gram.shape[0] <= EXACT:
        inverse = _inverted(gram.toarray())
        return columns - effects @ np.einsum("ij,jk->ik", inverse, cross), inverse
    gram.sort_indices()
    rows = gram.indptr.astype(np.int64), gram.indices.astype(np.int64), gram.data
    solved = [_conjugate_gradient(*rows, np.ascontiguousarray(c)) for c in cross.T]
    return columns - effects @ np.column_stack(solved), None


@compiled
def _inverted(matrix: Floats) -> Floats:
    """Return the inverse of a positive definite matrix, by Gauss-Jordan sweeps without pivots."""
    swept = matrix.copy()
    for k in range(swept.shape[0]):
        pivot = 1.0 / swept[k, k]
        swept[k] *= pivot
        swept[k, k] = pivot
        for i in range(swept.shape[0]):
            if i != k and swept[i, k] != 0.0:
                factor = swept[i, k]
                swept[i, k] = 0.0
                for j in range(swept.shape[0]):
                    swept[i, j] -= factor * swept[k, j]
    return swept


@compiled
def _conjugate_gradient(offsets: Ints, indices: Ints, data: Floats, right: Floats) -> Floats:
    """Solve a sparse positive definite system, preconditioned by its diagonal."""
    n = right.size
    diagonal = np.empty(n)
    for i in range(n):
        for e in range(offsets[i], offsets[i + 1]):
            if indices[e] == i:
                diagonal[i] = data[e]
    solution, rest = np.zeros(n), right.copy()
    step = rest / diagonal
    agreed = (rest * step).sum()
    goal = TOLERANCE**2 * agreed
    for _ in range(MOST_STEPS):
        if agreed <= goal:
            break
        image = np.zeros(n)
        for i in range(n):
            for e in range(offsets[i], offsets[i + 1]):
                image[i] += data[e] * step[indices[e]]
        length = agreed / (step * image).sum()
        solution += length * step
        rest -= length * image
        scaled = rest / diagonal
        before, agreed = agreed, (rest * scaled).sum()
        step = scaled + agreed / before * step
    return solution


@compiled
def _without_own_cluster(
    error: Floats, bounds: Ints, rows: Rows, inverse: Floats, bread: Floats
) -> Floats:
    """Return each cluster's errors as they are when the fit has not seen the cluster."""
    predicted = error.copy()
    for c in range(bounds.size - 1):
        a, b = bounds[c], bounds[c + 1]
        if b - a > LARGEST_BLOCK:
            continue
        rest = np.empty((b - a, b - a))
        for r in range(a, b):
            for s in range(a, r + 1):
                hat = _leverage(rows, inverse, r, s)
                for k in range(bread.shape[0]):
                    hat += rows.left[r, k] * (bread[k] * rows.left[s]).sum()
                rest[r - a, s - a] = rest[s - a, r - a] = (r == s) - hat
        values, vectors = np.linalg.eigh(rest)
        along = np.zeros(b - a)
        for k in range(b - a):
            along[k] = (vectors[:, k] * error[a:b]).sum()
        for k in range(b - a):
            along[k] = along[k] / values[k] if values[k] > SINGULAR else 0.0
        for k in range(b - a):
            predicted[a + k] = (vectors[k] * along).sum()
    return predicted


@compiled
def _leverage(rows: Rows, inverse: Floats, r: int, s: int) -> float:
    """Return what row s contributes to the effects that are fitted to row r."""
    q = rows.held.shape[1]
    total = 0.0
    for k in range(q):
        for m in range(q):
            total += rows.held[r, k] * inverse[k, m] * rows.held[s, m]
        for m in rows.firm[s]:
            total += rows.held[r, k] * inverse[k, q + m] * rows.root[s]
        for m in rows.firm[r]:
            total += rows.held[s, k] * inverse[k, q + m] * rows.root[r]
    for k in rows.firm[r]:
        for m in rows.firm[s]:
            total += rows.root[r] * inverse[q + k, q + m] * rows.root[s]
    return total
