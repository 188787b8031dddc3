"""Density of distances from a histogram 核密度: Gaussian kernel, reflected at 0, rule of thumb."""

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.point_pattern.histogram import Bins

Floats = NDArray[np.float64]

REACH = 5.0  # bandwidths: 6e-7 of a Gaussian lies beyond
BINS_A_BANDWIDTH = 32  # of a null curve, where the rounding of single distances averages out
FINE_BINS_A_BANDWIDTH = 256  # of an observed curve
QUARTILE_SPREAD = (
    1.34  # interquartile range of the standard normal distribution, as Silverman has it
)


def kernel(radii: Floats, distances: Floats, bandwidth: float, *, reflected: bool = True) -> Floats:
    """Weight of each distance in the density at each radius, 1/m, shape (radii, distances).

    A Gaussian of the given bandwidth; reflected at 0, because distances are not negative
    (Silverman 1986, section 2.10).
    """
    scale = bandwidth * np.sqrt(2.0 * np.pi)
    weight = np.exp(-0.5 * ((radii[:, None] - distances) / bandwidth) ** 2)
    if reflected:
        weight += np.exp(-0.5 * ((radii[:, None] + distances) / bandwidth) ** 2)
    return np.asarray(weight / scale)


def kernel_slope(radii: Floats, distances: Floats, bandwidth: float) -> Floats:
    """Return the derivative of the reflected kernel in the distance, 1/m^2, shape (radii, distances)."""
    near = distances - radii[:, None]
    far = distances + radii[:, None]
    scale = bandwidth**3 * np.sqrt(2.0 * np.pi)
    falling = near * np.exp(-0.5 * (near / bandwidth) ** 2)
    falling += far * np.exp(-0.5 * (far / bandwidth) ** 2)
    return np.asarray(-falling / scale)


def narrowed(bandwidth: float, added_variance: float) -> float:
    """Return the bandwidth that, after rounding of the distances, smooths as much as was asked.

    Rounding to bins adds width^2 / 12 to the variance of the kernel (Sheppard's correction).
    """
    return float(np.sqrt(max(bandwidth**2 - added_variance, (bandwidth / 2.0) ** 2)))


def binned_kernel(radii: Floats, bins: Bins, centres: Floats, bandwidth: float) -> Floats:
    """Kernel weights of the bins with the width of the bins taken out, shape (radii, bins)."""
    return kernel(radii, centres, narrowed(bandwidth, bins.width**2 / 12.0))


def rule_of_thumb(histogram: Floats, centres: Floats) -> float:
    """Bandwidth 0.9 min(s, IQR / 1.34) n^(-1/5) of the n distances that a histogram holds, m.

    Returns 0 where the distances have no spread.

    References
    ----------
    Silverman, B. W. (1986). Density Estimation for Statistics and Data Analysis, equation 3.31.
    """
    pairs = histogram.sum()
    if pairs < 2:  # noqa: PLR2004 one distance has no spread
        return 0.0
    mean = (histogram * centres).sum() / pairs
    deviation = np.sqrt((histogram * (centres - mean) ** 2).sum() / (pairs - 1.0))
    width = centres[1] - centres[0] if centres.size > 1 else 0.0
    share = np.concatenate([[0.0], np.cumsum(histogram)]) / pairs
    edges = np.concatenate([centres - width / 2.0, [centres[-1] + width / 2.0]])
    rising = np.concatenate([[True], np.diff(share) > 0.0])
    quartiles = np.interp([0.25, 0.75], share[rising], edges[rising])
    spread = float(quartiles[1] - quartiles[0]) / QUARTILE_SPREAD
    narrow = min(float(deviation), spread) if spread > 0.0 else float(deviation)
    return 0.0 if deviation < width / 2.0 else float(0.9 * narrow * pairs**-0.2)
