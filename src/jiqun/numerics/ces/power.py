"""Could these inputs have told the side? Output is drawn anew on them, the estimate repeated.

A formula for the standard error is right only to the order of magnitude here: what counts is the
spread of ln(data/traditional) in the user's own rows, far more than their number.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy import special

from jiqun.numerics.ces.fit import SURE, Fit, fitted
from jiqun.numerics.ces.grid import columns
from jiqun.numerics.ces.information import derivatives
from jiqun.numerics.ces.panel import Panel
from jiqun.numerics.ces.technology import Floats

COARSE = 15
FIRST, MOST = 40, 100
CLEAR = 0.2
"""After the first draws, a share outside (0.2, 0.8) is clear enough."""
WANTED = 0.8
ALTERNATIVES = (0.5, 2.0)
"""The elasticities that a design should tell from 1: one complement, one substitute."""


@dataclass(frozen=True, slots=True)
class Power:
    """Shares of redrawn outputs from which the side was called rightly.

    Attributes
    ----------
    complement, substitute
        At σ = 0.5 and at σ = 2.
    draws
        How many outputs were drawn for the two together.
    """

    complement: float
    substitute: float
    draws: int


def power(panel: Panel, fit: Fit, rng: np.random.Generator) -> Power:
    """Simulate the power of a panel's inputs, with the errors found in its output.

    Parameters
    ----------
    panel, fit
        The panel and its fit: its parameters at each alternative, the variances of its errors, and
        the dependence within firms that the two components leave.
    rng
        Source of the errors.
    """
    variance = float(fit.profile.rss.min()) / max(panel.freedom, 1)
    variance /= max(fit.known.temper, 1e-3)
    shares, draws = [], 0
    for sigma in ALTERNATIVES:
        expected = output_at(panel, fit, sigma)
        right = count = 0
        while count < FIRST or (count < MOST and CLEAR < right / count < 1.0 - CLEAR):
            drawn = replace(panel, y=expected + errors(panel, variance, rng))
            right += fitted(drawn, points=COARSE).side == np.sign(np.log(sigma))
            count += 1
        shares.append(right / count)
        draws += count
    return Power(shares[0], shares[1], draws)


def output_at(panel: Panel, fit: Fit, sigma: float) -> Floats:
    """Return the log of output that the best parameters at one elasticity expect, shape (n,)."""
    nearest = int(np.abs(fit.profile.log_sigma - np.log(sigma)).argmin())
    v = derivatives(columns(panel), fit.profile.theta[nearest], 1.0 - 1.0 / sigma, 0.0)
    expected: Floats = panel.y - v[:, -1]
    return expected


def errors(panel: Panel, variance: float, rng: np.random.Generator) -> Floats:
    """Draw lasting errors of firms and passing ones of firm-years, shape (n,)."""
    passing = rng.normal(size=panel.y.size) * np.sqrt(variance / panel.w)
    lasting = rng.normal(size=panel.firms) * np.sqrt(variance * panel.lasting)
    drawn: Floats = passing + np.repeat(lasting, np.diff(panel.firm))
    return drawn


def times_as_many(share: float) -> float | None:
    """Return how many times as many firms would be needed for a power of 0.8, roughly.

    From a normal estimate whose error falls with the root of the number of firms; None where nearly
    nothing was told, which more firms of this kind would not mend.
    """
    at = float(special.ndtri(SURE))
    here = at + float(special.ndtri(min(max(share, 1e-9), 1.0 - 1e-9)))
    if here < 0.3:  # noqa: PLR2004 - a tenth of the signal wanted
        return None
    return max(((at + float(special.ndtri(WANTED))) / here) ** 2, 1.0)
