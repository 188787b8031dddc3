"""What every statistic of a point pattern returns 曲线: the curve, its bands, and their errors."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.point_pattern.band import Band
from jiqun.numerics.point_pattern.pattern import Pattern
from jiqun.numerics.point_pattern.relocation import Null

Floats = NDArray[np.float64]
Statistic = Literal["Kd", "M", "m", "K", "L"]
Verdict = Literal["localised", "dispersed", "neither"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A function of distance with the bands of its null hypothesis.

    Attributes
    ----------
    statistic
        Which function.
    radii
        Distances over ground, m, shape (R,).
    observed
        The function at each radius, shape (R,); NaN where it is undefined (no neighbour within r).
    band
        Bands under the null hypothesis; None where no simulations were asked for.
    null
        The null hypothesis.
    cases, sites
        Sites of the industry, and of all.
    bandwidth
        Of the kernel, m; None for functions that count.
    error
        Error of the curve that its method makes, as a share of the width of the local band (or of
        the curve itself where there is no band): the largest over the radii. 0 for counts.
    """

    statistic: Statistic
    radii: Floats
    observed: Floats
    band: Band | None
    null: Null
    cases: int
    sites: int
    bandwidth: float | None = None
    error: float = 0.0

    @property
    def localised(self) -> NDArray[np.bool_]:
        """Radii at which the curve lies above the global band, shape (R,)."""
        if self.band is None:
            return np.zeros(self.radii.size, bool)
        return np.asarray(self.observed > self.band.global_high)

    @property
    def dispersed(self) -> NDArray[np.bool_]:
        """Radii at which the curve lies below the global band, shape (R,)."""
        if self.band is None:
            return np.zeros(self.radii.size, bool)
        return np.asarray(self.observed < self.band.global_low)

    @property
    def verdict(self) -> Verdict:
        """Localised at some radius, else dispersed at some, else neither (Duranton & Overman)."""
        if self.localised.any():
            return "localised"
        return "dispersed" if self.dispersed.any() else "neither"


def curve_of(
    statistic: Statistic,
    pattern: Pattern,
    observed: Floats,
    band: Band | None,
    null: Null,
    *,
    bandwidth: float | None = None,
    error: float = 0.0,
) -> Curve:
    """Put the curve of a pattern together with what it is of."""
    return Curve(
        statistic=statistic,
        radii=pattern.radii,
        observed=observed,
        band=band,
        null=null,
        cases=int(pattern.cases.sum()),
        sites=pattern.sites,
        bandwidth=bandwidth,
        error=error,
    )
