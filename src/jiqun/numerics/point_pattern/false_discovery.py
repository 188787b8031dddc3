"""Many tests at once 错误发现率: which of them to believe."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def adjusted(p_values: ArrayLike) -> NDArray[np.float64]:
    """Return the least false-discovery rate at which each test would be called a discovery.

    Calling all tests with an adjusted value up to q discoveries makes the expected share of false
    ones at most q, where the tests are independent or depend positively.

    Parameters
    ----------
    p_values
        Shape (K,), none missing.

    References
    ----------
    Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal
    Statistical Society B 57(1), 289-300, doi:10.1111/j.2517-6161.1995.tb02031.x.
    """
    p = np.asarray(p_values, dtype=np.float64)
    descending = np.argsort(-p, kind="stable")
    scaled = p[descending] * p.size / np.arange(p.size, 0, -1)
    found = np.empty_like(p)
    found[descending] = np.minimum(np.minimum.accumulate(scaled), 1.0)
    return found
