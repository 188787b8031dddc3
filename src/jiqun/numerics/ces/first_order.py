r"""What relative prices say about σ: the first-order condition of cost minimisation.

Firms that take the price of data p (over that of the traditional factors) as given choose

.. math::  \ln(D / X) = a_t - \sigma \ln p + e

so that the slope of the data ratio on the relative price is -σ. Where prices differ between firms of a
period, periods have constants of their own and errors are clustered by firm; where all firms of a period
face one price, time itself is the sample: a trend takes the place of the constants, and errors are
clustered by period.

References
----------
León-Ledesma, M. A., McAdam, P. & Willman, A. (2010). Identifying the elasticity of substitution with
biased technical change. American Economic Review 100(4), 1330-1357. doi:10.1257/aer.100.4.1330
Raknerud, A., Rønningen, D. & Skjerpen, T. (2007). A method for improved capital measurement by combining
accounts and firm investment data. Review of Income and Wealth 53(3), 397-421.
doi:10.1111/j.1475-4991.2007.00237.x
"""

from dataclasses import dataclass

import numpy as np

from jiqun.numerics.ces.panel import Panel
from jiqun.numerics.ces.posterior import called_from
from jiqun.numerics.ces.technology import Floats, Ints

FEWEST = 8
"""Firms, or periods, below which their errors say nothing."""
LEAST_SPREAD = 0.01
"""Standard deviation of ln p, less what periods explain, below which there is no price to follow."""
ALIKE = 1e-9


@dataclass(frozen=True, slots=True)
class PriceEvidence:
    """What the relative price says by itself.

    Attributes
    ----------
    sigma, error
        Estimate and its standard error.
    freedom
        Clusters less one.
    spread
        Standard deviation of ln p, less what periods (or a trend) explain.
    by_firm
        Whether prices differ between firms of a period; else between periods only.
    """

    sigma: float
    error: float
    freedom: int
    spread: float
    by_firm: bool

    def power(self, sigma: float) -> float:
        """Return the chance that such prices show the side that ``sigma`` is on."""
        return called_from(abs(sigma - 1.0) / self.error, self.freedom)


def price_evidence(made: Panel, ratio: Floats, log_price: Floats) -> PriceEvidence | None:
    """Regress the data ratio on the relative price; None where prices do not tell.

    Parameters
    ----------
    made
        The panel.
    ratio
        ln(data / traditional factors) in the order of the panel, shape (n,).
    log_price
        ln p in the same order, shape (n,).
    """
    _, period = np.unique(made.t, return_inverse=True)
    means = np.bincount(period, log_price) / np.bincount(period)
    by_firm = bool(np.abs(log_price - means[period]).max() > ALIKE)
    firm = np.repeat(np.arange(made.firms), np.diff(made.firm))
    cluster = firm if by_firm else period
    clusters = int(cluster.max()) + 1
    if clusters < FEWEST:
        return None
    trend = np.column_stack([np.ones(ratio.size), made.t])
    nuisance = np.eye(means.size)[period] if by_firm else trend
    left, slope = (_without(v, nuisance, made.w) for v in (ratio, -log_price))
    spread = float(np.sqrt(np.average(slope**2, weights=made.w)))
    if spread < LEAST_SPREAD:
        return None
    sigma, error = _by_jackknife(left, slope, made.w, cluster.astype(np.int64))
    return PriceEvidence(sigma, error, clusters - 1, spread, by_firm)


def _without(values: Floats, nuisance: Floats, w: Floats) -> Floats:
    """Take out what the nuisance terms explain."""
    root = np.sqrt(w)
    solution = np.linalg.lstsq(nuisance * root[:, None], values * root, rcond=1e-10)[0]
    left: Floats = values - nuisance @ solution
    return left


def _by_jackknife(y: Floats, x: Floats, w: Floats, cluster: Ints) -> tuple[float, float]:
    """Return the slope, and its error from leaving out one cluster after another."""
    xx, xy = np.bincount(cluster, w * x * x), np.bincount(cluster, w * x * y)
    slope = xy.sum() / xx.sum()
    without = (xy.sum() - xy) / np.maximum(xx.sum() - xx, 1e-300)
    count = xx.size
    variance = (count - 1) / count * float(((without - slope) ** 2).sum())
    return float(slope), float(np.sqrt(max(variance, 1e-300)))
