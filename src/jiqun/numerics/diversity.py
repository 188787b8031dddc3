r"""How many kinds there are in effect: Hill numbers, and what each event adds to their error.

References
----------
Hill, M. O. (1973). Diversity and evenness: a unifying notation and its consequences. Ecology 54(2),
427-432. doi:10.2307/1934352
Simpson, E. H. (1949). Measurement of diversity. Nature 163, 688. doi:10.1038/163688a0
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Diversity:
    """A Hill number with each event's part in its error.

    Attributes
    ----------
    value
        Between 1 and the number of kinds.
    influence
        Shape (events,).
    """

    value: float
    influence: Floats


def hill_number(kind: Ints, event: Ints, events: int, order: int) -> Diversity:
    r"""Estimate the effective number of kinds among entries that come in events.

    .. math::
        {}^1D = \exp\Bigl(-\sum_g p_g \log p_g\Bigr), \qquad {}^2D = 1 / \sum_g p_g^2

    Parameters
    ----------
    kind
        Kind of each entry, numbered from 0, shape (L,), L > 0.
    event
        Event of each entry, 0 to ``events`` − 1, shape (L,).
    events
        How many there are.
    order
        0 (number of kinds, whose influence is zero and says nothing), 1 or 2.

    Raises
    ------
    ValueError
        For another order.
    """
    count = np.bincount(kind)
    p = count / kind.size
    if order == 0:
        return Diversity(float((count > 0).sum()), np.zeros(events))
    if order == 1:
        surprise = -np.log(np.where(count > 0, p, 1.0))
        value = float(np.exp(p @ surprise))
        slope = (value * (surprise - p @ surprise))[kind]
    elif order == 2:  # noqa: PLR2004 - Simpson's
        value = float(1.0 / (p @ p))
        slope = (-(value**2) * 2.0 * (p - p @ p))[kind]
    else:
        msg = f"orders are 0, 1 and 2, got {order}"
        raise ValueError(msg)
    return Diversity(value, np.bincount(event, slope, events) / kind.size)


def concentration(owner: Ints) -> Diversity:
    r"""Estimate the chance that two different events have the same owner (Simpson), without bias.

    .. math::
        \sum_o n_o (n_o - 1) / \bigl(N (N - 1)\bigr)

    Parameters
    ----------
    owner
        Owner of each event, numbered from 0, shape (N,), N > 1.
    """
    count, n = np.bincount(owner), owner.size
    value = float((count * (count - 1.0)).sum() / (n * (n - 1.0)))
    same = (count[owner] - 1.0) / (n - 1.0)
    return Diversity(value, 2.0 * (same - value) / n)
