"""Intervals read off a product-limit curve.

Paper: S9, S10 (how long ties last, how soon firms join in)
"""

import numpy as np

from jiqun.measures.readings.marker import Ends, student
from jiqun.numerics.clustered import Incidence
from jiqun.numerics.survival import Curve


def lasting_ends(curve: Curve, age: float, incidence: Incidence) -> Ends:
    """Put an interval around the share that lasts beyond an age, on the scale of log(-log)."""
    share = curve.beyond(age)
    ends = student(0.0, curve.log_influence(age), incidence) if 0.0 < share < 1.0 else None
    if ends is None:
        return None
    stretch = ends[1] / -np.log(share)
    return float(share ** np.exp(stretch)), float(share ** np.exp(-stretch))


def median_ends(curve: Curve, median: float, incidence: Incidence) -> Ends:
    """Read the interval of the median across the curve at the band of its share (Woodruff)."""
    band = lasting_ends(curve, median, incidence)
    if band is None or not np.isfinite(curve.quantile(band[0])):
        return None
    return min(curve.quantile(band[1]), median), max(curve.quantile(band[0]), median)
