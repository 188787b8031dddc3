"""Sums of products 矩阵乘积 that come out the same, bit for bit, for any number of threads.

A BLAS library adds in an order that depends on how many threads it has; these loops do not, and
they pass over zeros, of which histograms are full.
"""

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.point_pattern.compiled import compiled

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
SMALLEST_PIVOT = 1e-6  # of a correlation matrix: smaller is rounding


@compiled
def add_product(a: Floats | Singles, b: Floats | Singles, out: Floats | Singles) -> None:
    """Add the matrix product of a (m, k) and b (k, n) to ``out`` (m, n)."""
    for i in range(a.shape[0]):
        line = out[i]
        for k in range(a.shape[1]):
            factor = a[i, k]
            if factor != 0.0:
                row = b[k]
                for j in range(row.size):
                    line[j] += factor * row[j]


def product(a: Floats, b: Floats) -> Floats:
    """Return the matrix product, shapes (m, k) and (k, n) to (m, n)."""
    out = np.zeros((a.shape[0], b.shape[1]))
    add_product(np.ascontiguousarray(a), np.ascontiguousarray(b), out)
    return out


def product_of_singles(a: Singles, b: Singles) -> Singles:
    """Return the matrix product in single precision."""
    out = np.zeros((a.shape[0], b.shape[1]), np.float32)
    add_product(np.ascontiguousarray(a), np.ascontiguousarray(b), out)
    return out


def weighted(weight: Floats, values: Floats) -> Floats:
    """Return the sum of each row of ``weight`` (r, b) times ``values`` (b,), shape (r,)."""
    return np.asarray((weight * values).sum(axis=1))


def covariance(rows: Floats, degrees: float) -> Floats:
    """Covariance of the columns of ``rows`` (m, r) over its rows, shape (r, r)."""
    centred = rows - rows.mean(axis=0)
    return product(np.ascontiguousarray(centred.T), centred) / degrees


@compiled
def _take_out(matrix: Floats, root: Floats) -> int:
    """Take out the direction of the largest variance that is left, until there is none to speak of."""
    n = len(matrix)
    for step in range(n):
        largest = 0
        for i in range(1, n):
            if matrix[i, i] > matrix[largest, largest]:
                largest = i
        pivot = matrix[largest, largest]
        if pivot <= SMALLEST_PIVOT:
            return step
        for i in range(n):
            root[i, step] = matrix[i, largest] / np.sqrt(pivot)
        for i in range(n):
            for j in range(n):
                matrix[i, j] -= root[i, step] * root[j, step]
    return n


def root_of(correlation: Floats) -> Floats:
    """Return a matrix whose product with its transpose is the correlation matrix, shape (r, rank).

    Cholesky's factor with pivoting: neighbouring radii of a smooth curve are so alike that without
    it rounding would be taken for variance. Rows are brought to length 1, the variance of each.
    """
    root = np.zeros_like(correlation)
    rank = _take_out(correlation.copy(), root)
    root = root[:, :rank]
    length = np.sqrt((root**2).sum(axis=1))
    return np.asarray(root / np.where(length > 0.0, length, 1.0)[:, None])
