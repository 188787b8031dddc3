r"""Regression ABC 回归近似贝叶斯计算: which parameters could have left these statistics.

Each parameter is first predicted from the statistics of a run by ridge regression on them and their
squares. How well it is predicted for runs that were held out (R², cross-validated) says whether the
statistics know anything of it: where they do not, the answer is the prior, and it is called *not
identified*. The predictions of those that are identified are the summary by which runs near the
observation are accepted, and a local linear regression moves the accepted ones to it:

.. math::

   \theta^* = \theta - \hat\beta^\top(\hat\theta(s) - \hat\theta(s_0)), \qquad
   w = 1 - (d/d_{\max})^2

on the logit scale, so that no draw leaves its range.

References
----------
Fearnhead, P. & Prangle, D. (2012). Constructing summary statistics for approximate Bayesian
computation. Journal of the Royal Statistical Society B 74(3), 419-474.
https://doi.org/10.1111/j.1467-9868.2011.01010.x
Beaumont, M. A., Zhang, W. & Balding, D. J. (2002). Genetics 162(4), 2025-2035.
https://doi.org/10.1093/genetics/162.4.2025
Carrella, E., Bailey, R. & Madsen, J. (2020). Calibrating agent-based models with linear regressions.
JASSS 23(1), 7. https://doi.org/10.18564/jasss.4150
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import RidgeCV

from jiqun.numerics.random import stream

Floats = NDArray[np.float64]
FOLDS = 5
PENALTIES = tuple(float(a) for a in np.logspace(-2, 4, 7))
IDENTIFIED = 0.1
"""Lower end of the interval of predictivity from which on a parameter is identified."""
EDGE = 1e-4
CLIP = 8.0
"""Standard deviations beyond which a statistic is taken as this far."""
FEWEST = 50
"""Runs that are accepted at least, as far as there are so many."""


@dataclass(frozen=True, slots=True)
class Predictivity:
    """Cross-validated R² of one parameter with its 95 % interval over runs."""

    value: float
    low: float
    high: float

    @property
    def identified(self) -> bool:
        """Whether the statistics know something of the parameter."""
        return self.low > IDENTIFIED


@dataclass(frozen=True, slots=True)
class Posterior:
    """What the statistics say of the parameters.

    Attributes
    ----------
    draws
        Equally likely draws between 0 and 1, shape (draws, parameters).
    predictivity
        One a parameter.
    accepted
        Rows of the runs that were near, in the order of the draws.
    strange
        Statistics, by number, that lie outside of what any run has left.
    """

    draws: Floats
    predictivity: tuple[Predictivity, ...]
    accepted: NDArray[np.intp]
    strange: tuple[int, ...]


class RegressionAbc:
    """Runs with known parameters, and what their statistics predict."""

    def __init__(self, unit: Floats, statistics: Floats, *, seed: int) -> None:
        """Fit the regressions.

        Parameters
        ----------
        unit
            Parameters between 0 and 1, shape (runs, parameters).
        statistics
            Finite, shape (runs, statistics).
        seed
            Seed of the folds and the resamples.
        """
        self.unit, self.seed = unit, seed
        self._low, self._high = statistics.min(axis=0), statistics.max(axis=0)
        self._centre = np.median(statistics, axis=0)
        spread = np.asarray(statistics.std(axis=0))
        self._scale = np.where(spread > 0.0, spread, 1.0)
        features = self._features(statistics)
        order = stream(seed, "abc", "folds").permutation(len(unit)) % FOLDS
        held_out = np.empty_like(unit)
        for fold in range(FOLDS):
            rest = order != fold
            held_out[~rest] = self._fitted(features[rest], unit[rest], features[~rest])
        self.predictivity = tuple(
            _predictivity(unit[:, p], held_out[:, p], seed, p) for p in range(unit.shape[1])
        )
        self._models = [RidgeCV(alphas=PENALTIES).fit(features, column) for column in unit.T]
        self._summary = self._predict(features)
        self._residual = np.asarray((unit - held_out).std(axis=0))

    def _features(self, statistics: Floats) -> Floats:
        """Return scaled statistics and their squares."""
        scaled = np.clip((statistics - self._centre) / self._scale, -CLIP, CLIP)
        return np.hstack([scaled, scaled**2])

    @staticmethod
    def _fitted(features: Floats, unit: Floats, at: Floats) -> Floats:
        """Fit on some runs and predict the parameters of others."""
        models = (RidgeCV(alphas=PENALTIES).fit(features, column) for column in unit.T)
        return np.column_stack([model.predict(at) for model in models])

    def _predict(self, features: Floats) -> Floats:
        """Return the parameters that statistics predict."""
        return np.column_stack([model.predict(features) for model in self._models])

    def posterior(
        self,
        observed: Floats,
        *,
        draws: int = 200,
        share: float = 0.05,
        leave_out: int | None = None,
    ) -> Posterior:
        """Return draws of the parameters given observed statistics.

        Parameters
        ----------
        observed
            Shape (statistics,).
        draws
            How many.
        share
            Share of the runs that is accepted.
        leave_out
            A run that is the observation itself, in a check of the method.
        """
        known = [p for p, found in enumerate(self.predictivity) if found.identified]
        rng = stream(self.seed, "abc", "draws", observed.tobytes().hex()[:64])
        prior = rng.random((draws, self.unit.shape[1]))
        outside = (observed < self._low) | (observed > self._high)
        strange = tuple(np.flatnonzero(outside).tolist())
        if not known:
            every = rng.integers(len(self.unit), size=draws)
            return Posterior(prior, self.predictivity, every, strange)
        aim = self._predict(self._features(observed[None, :]))[0, known]
        away = (self._summary[:, known] - aim) / self._residual[known]
        distance = np.sqrt((away**2).sum(axis=1))
        if leave_out is not None:
            distance[leave_out] = math.inf
        count = min(max(round(share * len(distance)), FEWEST), len(distance) - 1)
        near = np.argsort(distance, kind="stable")[:count]
        reach = max(float(distance[near[-1]]), 1e-12)
        weight = np.maximum(1.0 - (distance[near] / reach) ** 2, 1e-9)
        moved = _adjusted(self.unit[near][:, known], away[near], weight)
        chosen = rng.choice(count, size=draws, p=weight / weight.sum())
        prior[:, known] = moved[chosen]
        return Posterior(prior, self.predictivity, near[chosen], strange)


def _adjusted(unit: Floats, away: Floats, weight: Floats) -> Floats:
    """Move accepted parameters to where the observation is, on the logit scale."""
    inside = np.clip(unit, EDGE, 1.0 - EDGE)
    logit = np.log(inside / (1.0 - inside))
    design = np.hstack([np.ones((len(away), 1)), away])
    root = np.sqrt(weight)[:, None]
    slopes = np.linalg.lstsq(design * root, logit * root, rcond=None)[0]
    return np.asarray(1.0 / (1.0 + np.exp(-(logit - away @ slopes[1:]))))


def _predictivity(truth: Floats, predicted: Floats, seed: int, parameter: int) -> Predictivity:
    """Return R² over held-out runs with its interval over resampled runs."""
    error, spread = (truth - predicted) ** 2, (truth - truth.mean()) ** 2
    rng = stream(seed, "abc", "predictivity", str(parameter))
    rows = rng.integers(len(truth), size=(400, len(truth)))
    values = 1.0 - error[rows].mean(axis=1) / spread[rows].mean(axis=1)
    low, high = np.percentile(values, (2.5, 97.5))
    return Predictivity(float(1.0 - error.mean() / spread.mean()), float(low), float(high))
