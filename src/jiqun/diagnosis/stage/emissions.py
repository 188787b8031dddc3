r"""How probable what a window shows is in each stage.

Modes: Dirichlet-multinomial; shares: beta-binomial; indices: Student t around the mean of the stage, its
scale widened by the error of the index. What is missing is dropped. All is tempered, since the markers of
one window depend on each other and the card is no more than a sketch.

Paper: S1-S18 (Table 2)
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, gammaln

from jiqun.diagnosis.card import STATES, Expected, StageCard
from jiqun.diagnosis.stage.observations import Observations

Floats = NDArray[np.float64]


def log_emissions(found: Observations, card: StageCard) -> dict[str, Floats]:
    """Return marker → tempered log likelihood, shape (T, 7), less its mean over states; 0 if missing."""
    parts = {"modes": _mix(found.modes, card.modes)}
    parts |= {k: _share(v, card.shares[k]) for k, v in found.shares.items() if k in card.shares}
    parts |= {
        k: _index(v, card.indices[k], card.freedom)
        for k, v in found.indices.items()
        if k in card.indices
    }
    return {name: card.temper * (part - _mean(part)) for name, part in parts.items()}


def _mean(part: Floats) -> Floats:
    """Return the log of the mean likelihood over states, shape (T, 1)."""
    top = part.max(axis=1, keepdims=True)
    return np.asarray(top + np.log(np.exp(part - top).mean(axis=1, keepdims=True)))


def _kept(part: Floats, known: NDArray[np.bool_]) -> Floats:
    return np.where(known[:, None], part, 0.0)


def _mix(counts: Floats, expected: Expected) -> Floats:
    known = np.asarray(np.isfinite(counts).all(axis=1))
    x = np.where(known[:, None], counts, 0.0)[:, None, :]
    a = expected.spread * expected.means[None]
    n = x.sum(axis=2)
    part = (
        gammaln(expected.spread)
        - gammaln(expected.spread + n)
        + (gammaln(a + x) - gammaln(a)).sum(axis=2)
    )
    return _kept(part, known)


def _share(pairs: Floats, expected: Expected) -> Floats:
    known = np.asarray(np.isfinite(pairs).all(axis=1))
    x, n = np.where(known[:, None], pairs, 0.0).T
    a, b = expected.spread * expected.means, expected.spread * (1.0 - expected.means)
    part = betaln(a + x[:, None], b + (n - x)[:, None]) - betaln(a, b)
    return _kept(part, known)


def _index(pairs: Floats, expected: Expected, freedom: float) -> Floats:
    known = np.asarray(np.isfinite(pairs).all(axis=1))
    value, error = np.where(known[:, None], pairs, 0.0).T
    scale = np.hypot(expected.spread, error)[:, None]
    z = (value[:, None] - expected.means) / scale
    part = -0.5 * (freedom + 1.0) * np.log1p(z**2 / freedom) - np.log(scale)
    return _kept(part, known)


def total(parts: dict[str, Floats]) -> Floats:
    """Add the markers up, shape (T, 7)."""
    every = list(parts.values())
    return np.sum(every, axis=0) if every else np.zeros((0, len(STATES)))
