"""What the record at hand could show, and how much more of the same kind it would take.

Clusters are drawn anew from the record, so that rare failures stay rare and count for what they are: a
formula that takes the variance for known promises far too much where few pairs ever fail.

Paper: K3f, K3g (how hard "not decomposable" is to see)
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from jiqun.numerics.decomposability.direction import GATE, LEVEL
from jiqun.numerics.decomposability.estimators import Components

Floats = NDArray[np.float64]

SIGNAL = float(stats.chi2.isf(GATE, 2))
"""Wald statistic that opens the gate."""
TAIL = 1 - LEVEL
WANTED = 0.8
PLANNED = 0.10
"""Change of the chance for one standard deviation, where the record itself shows none."""
GROWTH = tuple(float(g) for g in np.geomspace(1.0, 64.0, 13))


@dataclass(frozen=True, slots=True)
class Power:
    """Chance of the right verdict, were the truth one of the two reference worlds.

    Attributes
    ----------
    strength
        Change of the outcome for one standard deviation that was assumed.
    decomposable, irreducible
        Chance of the verdict with the record as it is, if it is true.
    growth_decomposable, growth_irreducible
        Least multiple of the record that brings the chance to 0.8; None above 64.
    """

    strength: float
    decomposable: float
    irreducible: float
    growth_decomposable: float | None
    growth_irreducible: float | None


def power(
    found: Components, generator: np.random.Generator, *, signal: bool, runs: int = 300
) -> Power:
    """Draw records like this one from the two reference worlds and take their verdicts.

    Parameters
    ----------
    found
        a and b of the record, with the influences of its clusters.
    generator
        Source of the draws.
    signal
        Whether the record's gate is open: its own strength is then assumed, less what chance adds.
    runs
        Records drawn for each world and size.
    """
    influence = found.influence - found.influence.mean(axis=0)
    shown = float((found.ab**2).sum() - (influence**2).sum())
    strength = max(np.sqrt(max(shown, 0.0)), PLANNED / 2) if signal else PLANNED
    chances: dict[str, list[float]] = {}
    for verdict, truth in (("decomposable", (strength, 0.0)), ("irreducible", (0.0, strength))):
        chances[verdict] = [
            _chance(np.array(truth), influence, verdict, growth, runs, generator)
            for growth in GROWTH
        ]
    return Power(
        strength=strength,
        decomposable=chances["decomposable"][0],
        irreducible=chances["irreducible"][0],
        growth_decomposable=_least(chances["decomposable"]),
        growth_irreducible=_least(chances["irreducible"]),
    )


def _chance(
    truth: Floats,
    influence: Floats,
    verdict: str,
    growth: float,
    runs: int,
    generator: np.random.Generator,
) -> float:
    """Return how often a record of ``growth`` times the size gets the verdict."""
    weight = generator.poisson(growth, (runs, influence.shape[0])).astype(float)
    ab = truth + np.einsum("ij,jk->ik", weight - growth, influence) / growth
    products = influence[:, [0, 0, 1]] * influence[:, [0, 1, 1]]
    aa, cross, bb = np.einsum("ij,jk->ki", weight, products) / growth**2
    a, b = ab.T
    determinant = np.maximum(aa * bb - cross**2, 1e-300)
    wald = (bb * a**2 - 2 * cross * a * b + aa * b**2) / determinant
    # D = 1/2 along b = a and b = -a; a verdict rejects the one (or both) that bound its side, and
    # what lies furthest off.
    from_equal = _rejected((a - b) ** 2 / np.maximum(aa + bb - 2 * cross, 1e-300), wald)
    from_opposite = _rejected((a + b) ** 2 / np.maximum(aa + bb + 2 * cross, 1e-300), wald)
    told = (wald >= SIGNAL) & _rejected(wald, wald)
    if verdict == "decomposable":
        right = told & (a > np.abs(b)) & from_equal & from_opposite
    else:
        right = told & (a < np.abs(b)) & np.where(b > 0, from_equal, from_opposite)
    return float(right.mean())


def _rejected(squared: Floats, wald: Floats) -> NDArray[np.bool_]:
    """Tell whether directions so many squared standard errors off are rejected, given the gate."""
    least = np.maximum(SIGNAL - wald + squared, 0.0)
    return np.asarray(stats.chi2.sf(squared, 1) < TAIL * stats.chi2.sf(least, 1))


def _least(chances: list[float]) -> float | None:
    """Return the first growth from which on the chance is high enough."""
    enough = np.array(chances) >= WANTED
    stays = np.logical_and.accumulate(enough[::-1])[::-1]
    return GROWTH[int(stays.argmax())] if stays.any() else None
