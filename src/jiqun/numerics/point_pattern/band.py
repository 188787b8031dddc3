"""What chance gives 置信带: local and global bands around a curve, from simulated curves.

The local band holds the middle ``level`` of the null curves at each radius by itself. The global
band is left anywhere by a share 1 - level of null curves: it widens the local band by one factor,
that of the directional-quantile test, whose rank test is exact because the observed curve is one
of the curves that set the scale.

References
----------
Myllymaki, M., Mrkvicka, T., Grabarnik, P., Seijo, H. & Hahn, U. (2017). Global envelope tests for
spatial processes. Journal of the Royal Statistical Society B 79(2), 381-404, section 4.2,
doi:10.1111/rssb.12172.
Duranton, G. & Overman, H. G. (2005). Testing for localization using micro-geographic data. Review
of Economic Studies 72(4), 1077-1106, doi:10.1111/0034-6527.00362.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
BandMethod = Literal["monte_carlo", "analytic", "gridded"]

ROUNDING = 1e-9  # of a curve: what differs by less is the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Null distribution of a curve.

    Attributes
    ----------
    expected
        Mean of the null curves, shape (R,).
    low, high
        Local band, shape (R,): pointwise quantiles.
    global_low, global_high
        Global band, shape (R,).
    p_value
        Of the global test: share of null curves that lie as far out as the observed one.
    level
        Share of null curves inside each band.
    method
        How the null distribution was had.
    curves
        Null curves behind it: simulations, or draws from the analytic distribution.
    error
        Standard error of the edges of the local band, as a share of its width (median over radii):
        what another seed would change.
    """

    expected: Floats
    low: Floats
    high: Floats
    global_low: Floats
    global_high: Floats
    p_value: float
    level: float
    method: BandMethod
    curves: int
    error: float

    def around(self, compared: Floats, observed: Floats) -> "Band":
        """Move the bands of a curve that was worked out as coarsely as the null curves to a finer one.

        Parameters
        ----------
        compared
            The curve that was compared with the null curves, shape (R,).
        observed
            The same curve, finer, shape (R,); it lies as far from every edge as ``compared`` did.
        """

        def moved(edge: Floats) -> Floats:
            return observed + (settled(edge, compared) - compared)

        return replace(
            self,
            expected=moved(self.expected),
            low=moved(self.low),
            high=moved(self.high),
            global_low=moved(self.global_low),
            global_high=moved(self.global_high),
        )


def settled(curves: Floats, observed: Floats) -> Floats:
    """Take what differs from the observed curve by rounding alone for the observed."""
    same = np.abs(curves - observed) <= ROUNDING * np.abs(observed)
    return np.asarray(np.where(same, observed, curves))


def fewest_simulations(level: float) -> int:
    """Return how many null curves a band of this level needs: one beyond each edge on average."""
    return int(np.ceil(2.0 / (1.0 - level) - 1e-9)) - 1


def deviation(curves: Floats, centre: Floats, low: Floats, high: Floats) -> Floats:
    """Return how far out each curve is at its worst radius; 1 is an edge of the local band."""
    with np.errstate(divide="ignore", invalid="ignore"):
        above = (curves - centre) / (high - centre)
        below = (centre - curves) / (centre - low)
    out = np.where(curves > centre, above, below)
    return np.asarray(
        np.where(curves == centre, 0.0, np.nan_to_num(out, posinf=np.inf)).max(axis=-1)
    )


def rank_against(null: Floats, observed: float, level: float) -> tuple[float, float]:
    """Return the p-value of an observed deviation and the deviation at which the band ends."""
    p_value = (1.0 + np.count_nonzero(null >= observed)) / (null.size + 1.0)
    allowed = int((1.0 - level) * (null.size + 1.0) + 1e-9)
    return float(p_value), float(np.sort(null)[null.size - allowed])


def widened(centre: Floats, edge: Floats, factor: float) -> Floats:
    """Move an edge away from the centre by a factor; an edge at the centre stays there."""
    reach = edge - centre
    return np.asarray(centre + np.where(reach == 0.0, 0.0, factor * reach))


def simulated_band(
    observed: Floats, curves: Floats, level: float, method: BandMethod = "monte_carlo"
) -> Band:
    """Return the bands that simulated curves make.

    Parameters
    ----------
    observed
        Shape (R,).
    curves
        Shape (S, R); at radii where the statistic is undefined for a curve, NaN.
    level
        Share of null curves inside.
    method
        How the curves were made.
    """
    tail = (1.0 - level) / 2.0
    curves = settled(curves, observed)
    low, expected, high = _summary(curves, tail)
    pooled_low, mean, pooled_high = _summary(np.vstack([curves, observed]), tail)
    pooled_centre = np.clip(mean, pooled_low, pooled_high)  # a few far curves may draw it beyond
    null = deviation(curves, pooled_centre, pooled_low, pooled_high)
    own = float(deviation(observed, pooled_centre, pooled_low, pooled_high))
    p_value, factor = rank_against(null, own, level)
    return Band(
        expected=expected,
        low=low,
        high=high,
        global_low=widened(pooled_centre, pooled_low, factor),
        global_high=widened(pooled_centre, pooled_high, factor),
        p_value=p_value,
        level=level,
        method=method,
        curves=curves.shape[0],
        error=_error_of_edges(curves, tail, high - low),
    )


def _summary(curves: Floats, tail: float) -> tuple[Floats, Floats, Floats]:
    """Lower quantile, mean and upper quantile at each radius, without undefined values."""
    defined = np.isfinite(curves).any(axis=0)
    low, mean, high = (np.full(curves.shape[1], np.nan) for _ in range(3))
    if not defined.any():
        return low, mean, high
    some = curves[:, defined]
    low[defined], high[defined] = np.nanquantile(some, [tail, 1.0 - tail], axis=0, method="weibull")
    mean[defined] = np.nanmean(some, axis=0)
    return low, mean, high


def _error_of_edges(curves: Floats, tail: float, width: Floats) -> float:
    """Return the standard error of a quantile by the spacing of the order statistics around it."""
    n = curves.shape[0]
    step = np.sqrt(tail * (1.0 - tail) / n)
    around = np.clip([1.0 - tail - step, 1.0 - tail + step], 0.0, 1.0)
    defined = width > 0.0
    if not defined.any():
        return 0.0
    inner, outer = np.nanquantile(curves[:, defined], around, axis=0, method="weibull")
    return float(np.median((outer - inner) / 2.0 / width[defined]))
