r"""How long things last when some are not over yet and some were first seen late.

References
----------
Kaplan, E. L. & Meier, P. (1958). Nonparametric estimation from incomplete observations. Journal of the
American Statistical Association 53(282), 457-481. doi:10.1080/01621459.1958.10501452
Tsai, W.-Y., Jewell, N. P. & Wang, M.-C. (1987). A note on the product-limit estimator under right
censoring and left truncation. Biometrika 74(4), 883-886. doi:10.1093/biomet/74.4.883
Woodruff, R. S. (1952). Confidence intervals for medians and other position measures. Journal of the
American Statistical Association 47(260), 635-646. doi:10.1080/01621459.1952.10483443
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Curve:
    """Share that lasts longer than each age, estimated by the product limit.

    Attributes
    ----------
    age
        Ages at which something ended, ascending, shape (K,).
    survival
        Share that lasts beyond each, shape (K,).
    at_risk, ended
        How many were watched just before that age, and how many ended at it, shape (K,).
    entry, exit, event
        The observations: ages at which each was first and last seen, and whether it then ended,
        shape (N,).
    unseen, seen
        How many of the ages came up to each entry and each exit, shape (N,).
    """

    age: Floats
    survival: Floats
    at_risk: Floats
    ended: Floats
    entry: Floats
    exit: Floats
    event: NDArray[np.bool_]
    unseen: NDArray[np.int64]
    seen: NDArray[np.int64]

    def beyond(self, age: float) -> float:
        """Return the share that lasts beyond an age."""
        k = int(np.searchsorted(self.age, age, side="right"))
        return float(self.survival[k - 1]) if k else 1.0

    def quantile(self, share: float) -> float:
        """Return the first age beyond which at most that share lasts; infinite if there is none."""
        below = np.flatnonzero(self.survival <= share + 1e-12)
        return float(self.age[below[0]]) if below.size else float("inf")

    def mean_until(self, limit: float) -> float:
        """Return the mean duration, none counted longer than ``limit`` (the restricted mean)."""
        inside = self.age < limit
        edges = np.concatenate([[0.0], self.age[inside], [limit]])
        return float(np.diff(edges) @ np.concatenate([[1.0], self.survival[inside]]))

    def _influence(self, weight: Floats) -> Floats:
        r"""Add up ``weight`` over the steps of each observation's part in :math:`\log S`."""
        left = self.at_risk - self.ended
        inverse = np.divide(1.0, left, out=np.zeros_like(left), where=left > 0)
        steps = np.concatenate([[0.0], np.cumsum(weight * self.ended * inverse / self.at_risk)])
        own = np.concatenate([[0.0], weight * inverse])
        parts: Floats = steps[self.seen] - steps[self.unseen]
        return parts - np.where(self.event, own[self.seen], 0.0)

    def log_influence(self, age: float) -> Floats:
        r"""Return each observation's part in the error of :math:`\log S` at an age, shape (N,).

        Their squares add up to Greenwood's formula.
        """
        return self._influence((self.age <= age).astype(float))

    def mean_influence(self, limit: float) -> Floats:
        """Return each observation's part in the error of the restricted mean, shape (N,)."""
        inside = np.minimum(self.age, limit)
        edges = np.append(inside, limit)
        areas = np.diff(edges) * self.survival
        return self._influence(np.cumsum(areas[::-1])[::-1])


MOST_COUNTED = 10_000_000
"""Whole units of age up to which ages are ranked by counting them, which takes no sorting."""


def _ranked(ages: Floats, ended: Floats) -> tuple[Floats, NDArray[np.int64], NDArray[np.int64]]:
    """Return the different ages of ``ended``, how often each occurs, and how many are up to each age."""
    counted = ages.size > 0 and ages.max() < MOST_COUNTED and bool((ages == np.floor(ages)).all())
    if not counted:
        age, times = np.unique(ended, return_counts=True)
        return age, times, np.searchsorted(age, ages, side="right")
    times = np.bincount(ended.astype(np.int64), minlength=int(ages.max()) + 1)
    found = np.flatnonzero(times)
    upto = np.cumsum(times > 0, dtype=np.int64)
    return found.astype(np.float64), times[found].astype(np.int64), upto[ages.astype(np.int64)]


def kaplan_meier(
    entry: Floats, exit_: Floats, event: NDArray[np.bool_], *, unit: float = 1.0
) -> Curve:
    """Estimate how long things last.

    Parameters
    ----------
    entry
        Age at which each was first watched; 0 from its beginning, shape (N,).
    exit_
        Age at which it ended or was last watched, later than ``entry``, shape (N,).
    event
        Whether it ended then, shape (N,).
    unit
        What the ages of the curve are divided by, such as the days of a year.

    Returns
    -------
    Curve
        In units of the ages, or of ``unit``.

    Raises
    ------
    ValueError
        Where an observation ends before it begins or is not a number.
    """
    if not (exit_ > entry).all():
        msg = "each observation must be watched for some time: entry before exit, neither missing"
        raise ValueError(msg)
    age, ended, upto = _ranked(np.concatenate([exit_, entry]), exit_[event])
    seen, unseen = upto[: exit_.size], np.where(entry > 0, upto[exit_.size :], 0)
    entered, gone = (np.cumsum(np.bincount(x, minlength=age.size + 1))[:-1] for x in (unseen, seen))
    at_risk = (entered - gone).astype(float)
    survival = np.cumprod(1.0 - ended / at_risk) if age.size else np.zeros(0)
    return Curve(
        age / unit,
        survival,
        at_risk,
        ended.astype(float),
        entry / unit,
        exit_ / unit,
        event,
        unseen,
        seen,
    )
