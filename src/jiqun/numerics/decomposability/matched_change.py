r"""The effect of an event on a group, against groups of the same kind to which nothing happened then.

.. math::
    \hat\theta = \frac{1}{E} \sum_e \Bigl( y_e - \frac{1}{|C_e|} \sum_{c \in C_e} y_{ec} \Bigr)

The null is that the event could as well have happened to any of the groups it is compared with: events are
dealt out anew among themselves and their controls (Fisher's exact test within matched sets). It is exact
where no group is in two sets; the interval also holds where some are.

Paper: K3i, K3j (does A-B suffer when C leaves)

References
----------
Rosenbaum, P. R. (2002). Observational studies, 2nd edition. Springer. doi:10.1007/978-1-4757-3692-2
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Matched:
    """Matched sets: one event and at least one control each.

    Attributes
    ----------
    event
        Number of the set of each row, ascending from 0, shape (n,).
    unit
        Number of the group of each row; a group may be in several sets, shape (n,).
    treated
        Whether the event happened to it, true once a set, shape (n,).
    outcome
        What became of it, shape (n,).
    """

    event: Ints
    unit: Ints
    treated: NDArray[np.bool_]
    outcome: Floats


@dataclass(frozen=True, slots=True)
class Effect:
    """Mean difference between events and their controls.

    Attributes
    ----------
    value, low, high
        The difference and its interval.
    error
        Its standard error, groups left out one at a time.
    p_value
        Two-sided, from dealing out the events anew.
    events, controls
        Sets, and different groups that serve as controls.
    """

    value: float
    low: float
    high: float
    error: float
    p_value: float
    events: int
    controls: int


def matched_effect(
    sets: Matched, generator: np.random.Generator, *, draws: int = 999, level: float = 0.9
) -> Effect:
    """Estimate the effect, with an interval that leaves out one group at a time.

    Raises
    ------
    ValueError
        Where a set has no event, more than one, or no control.
    """
    event, treated, y = sets.event, sets.treated, sets.outcome
    events = int(event.max(initial=-1)) + 1
    size = np.bincount(event, minlength=events).astype(np.int64)
    if (np.bincount(event[treated], minlength=events) != 1).any() or (size <= 1).any():
        msg = "each matched set needs one event and at least one control"
        raise ValueError(msg)
    total = np.bincount(event, y, events).astype(np.float64)
    own = np.bincount(event[treated], y[treated], events).astype(np.float64)
    difference = _difference(own, total, size)
    value = float(difference.mean())
    others = size - 1
    control = (total - own) / others
    row = np.where(
        treated,
        difference[event] - value,
        -(y - control[event]) / np.maximum(others[event] - 1, 1),
    )
    number = np.unique(sets.unit, return_inverse=True)[1]
    influence = np.bincount(number, row) / max(events - 1, 1)
    error = float(np.sqrt((influence**2).sum()))
    half = float(stats.t.isf((1 - level) / 2, max(events - 1, 1))) * error
    first = np.flatnonzero(np.diff(event, prepend=-1))
    dealt = first + (generator.random((draws, events)) * size).astype(np.int64)
    null = _difference(y[dealt], total, size).mean(axis=1)
    p_value = (1 + (np.abs(null) >= abs(value) - 1e-12).sum()) / (draws + 1)
    return Effect(
        value=value,
        low=value - half,
        high=value + half,
        error=error,
        p_value=float(p_value),
        events=events,
        controls=int(np.unique(sets.unit[~treated]).size),
    )


def _difference(own: Floats, total: Floats, size: Ints) -> Floats:
    """Return outcomes less the mean of the rest of their sets."""
    return np.asarray(own - (total - own) / (size - 1), dtype=np.float64)
