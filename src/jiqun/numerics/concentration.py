"""Concentration of industries in regions, from tables of employment and lists of plants.

References
----------
Ellison, G. & Glaeser, E. L. (1997). Geographic concentration in U.S. manufacturing industries: a
dartboard approach. Journal of Political Economy 105(5), 889-927. doi:10.1086/262098
Maurel, F. & Sédillot, B. (1999). A measure of the geographic concentration in French manufacturing
industries. Regional Science and Urban Economics 29(5), 575-604. doi:10.1016/S0166-0462(99)00020-4
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

LEAST_EFFECTIVE = 3.0
"""Effective firms below which employment gives a quotient no interval."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def _ratio(above: Floats, below: Floats) -> Floats:
    """Divide, with NaN where the divisor is zero."""
    out: Floats = np.full(np.broadcast_shapes(above.shape, below.shape), np.nan)
    np.divide(above, below, out=out, where=below > 0)
    return out


def _sums(group: Ints, amount: Floats, groups: int) -> Floats:
    """Add the amounts of each group, shape (groups,)."""
    return np.bincount(group, amount, groups).astype(np.float64)


def location_quotient(employment: Floats, region_total: Floats | None = None) -> Floats:
    r"""Compare the share of an industry in a region with its share everywhere.

    .. math::  LQ_{ri} = \frac{e_{ri} / e_r}{e_i / e}

    Parameters
    ----------
    employment
        Persons (or firms) by region and industry, shape (R, I).
    region_total
        :math:`e_r`, shape (R,), where the industries given are not all there are; by default the
        row sums.

    Returns
    -------
    ndarray
        Shape (R, I); NaN where the region or the industry is empty.
    """
    totals = employment.sum(axis=1) if region_total is None else region_total
    within = _ratio(employment, totals[:, None])
    return _ratio(within, employment.sum(axis=0) / max(totals.sum(), np.finfo(float).tiny))


def plant_herfindahl(size: Floats, industry: Ints, industries: int) -> Floats:
    r"""Add the squared shares of the plants of each industry, :math:`H_i = \sum_k z_k^2`.

    Parameters
    ----------
    size
        Persons of each plant, shape (N,).
    industry
        Industry of each plant, 0 to ``industries`` − 1, shape (N,).
    industries
        Number of industries I.

    Returns
    -------
    ndarray
        Shape (I,); NaN for an industry without employment.
    """
    return _ratio(_sums(industry, size**2, industries), _sums(industry, size, industries) ** 2)


def ellison_glaeser(
    employment: Floats, plant_herfindahl: Floats, region_total: Floats | None = None
) -> Floats:
    r"""Measure concentration beyond what few large plants would give at random places.

    .. math::
        \gamma_i = \frac{G_i - (1 - X) H_i}{(1 - X)(1 - H_i)}, \qquad
        G_i = \sum_r (s_{ri} - x_r)^2, \qquad X = \sum_r x_r^2

    (Ellison & Glaeser 1997, equation 5), with :math:`s_{ri}` the regions' shares of the industry
    and :math:`x_r` their shares of everything.

    Parameters
    ----------
    employment
        Persons by region and industry, shape (R, I).
    plant_herfindahl
        :math:`H_i`, shape (I,).
    region_total
        Persons by region that :math:`x_r` is made of, shape (R,); by default the row sums.

    Returns
    -------
    ndarray
        Shape (I,); NaN where all is in one region, or an industry is empty or has one plant.
    """
    x = shares(employment.sum(axis=1) if region_total is None else region_total)
    s = _ratio(employment, employment.sum(axis=0)[None, :])
    spread = 1.0 - (x**2).sum()
    g = ((s - x[:, None]) ** 2).sum(axis=0)
    return _ratio(g - spread * plant_herfindahl, spread * (1.0 - plant_herfindahl))


def maurel_sedillot(
    employment: Floats, plant_herfindahl: Floats, region_total: Floats | None = None
) -> Floats:
    r"""Measure concentration by the chance that two of the industry's workers share a region.

    .. math::  \hat\gamma_i = \frac{\sum_r s_{ri}^2 - X - (1 - X) H_i}{(1 - X)(1 - H_i)}

    (Maurel & Sédillot 1999): as :func:`ellison_glaeser`, but a region counts for concentration
    only where it is large, not where it is avoided. Parameters and result as there.
    """
    x = shares(employment.sum(axis=1) if region_total is None else region_total)
    s = _ratio(employment, employment.sum(axis=0)[None, :])
    together = (x**2).sum()
    spread = 1.0 - together
    excess = (s**2).sum(axis=0) - together - spread * plant_herfindahl
    return _ratio(excess, spread * (1.0 - plant_herfindahl))


def shares(amount: Floats) -> Floats:
    """Divide by the sum; NaN throughout where the sum is zero."""
    return _ratio(amount, np.full(amount.shape, amount.sum()))


def random_location_variance(size: Floats, x: Floats) -> float:
    r"""Variance of G when every plant picks its region with probability x, whatever the others do.

    .. math::
        2 \Bigl\{ H^2 \bigl[X_2 - 2 X_3 + X_2^2\bigr]
        - \sum_k z_k^4 \bigl[X_2 - 4 X_3 + 3 X_2^2\bigr] \Bigr\}, \qquad X_m = \sum_r x_r^m

    (Ellison & Glaeser 1997; exact for any number of plants.)

    Parameters
    ----------
    size
        Persons of the plants of one industry, shape (N,).
    x
        Shares of the regions, shape (R,).
    """
    z = shares(size)
    x2, x3 = (x**2).sum(), (x**3).sum()
    h, z4 = (z**2).sum(), (z**4).sum()
    variance = 2 * (h**2 * (x2 - 2 * x3 + x2**2) - z4 * (x2 - 4 * x3 + 3 * x2**2))
    return float(max(variance, 0.0))


@dataclass(frozen=True, slots=True)
class SampledGamma:
    """Gamma of one industry with its sampling error.

    Attributes
    ----------
    gamma
        γ of Ellison & Glaeser.
    error
        Standard error, given the plants' sizes and the regions' shares.
    freedom
        Effective number of plants less one, for Student's t.
    """

    gamma: float
    error: float
    freedom: float


def sampled_gamma(size: Floats, region: Ints, x: Floats) -> SampledGamma:
    r"""Estimate γ and its sampling error from the plants of one industry.

    The numerator of γ is a sum over plants and pairs of plants,

    .. math::
        \sum_{j \ne k} z_j z_k h_{jk} + \sum_j z_j^2 d_j, \qquad
        h_{jk} = 1[r_j = r_k] - x_{r_j} - x_{r_k} + X, \quad d_j = 2 (X - x_{r_j}) .

    Where plants draw their regions independently, with whatever probabilities the industry has, its
    variance is estimated by :math:`\sum_j (2 A_j + z_j^2 (d_j - \bar d))^2 - 2 P` with
    :math:`A_j = z_j \sum_{k \ne j} z_k h_{jk}` and :math:`P = \sum_{j \ne k} (z_j z_k h_{jk})^2`.
    The first term alone (the jackknife's) counts the pairs twice over, which matters exactly where
    γ is near zero; :math:`2 P`, what the pairs alone contribute, is the least it can be.

    Parameters
    ----------
    size
        Persons of each plant, shape (N,).
    region
        Region of each plant, 0 to R − 1, shape (N,).
    x
        Shares of the regions in everything, shape (R,).
    """
    z = shares(size)
    x2 = float((x**2).sum())
    s = _sums(region, z, x.size)
    own = x[region]
    h_self = 1.0 - 2.0 * own + x2
    linear = z * (s[region] - own - (s * x).sum() + x2 - z * h_self)
    alone = 2.0 * (x2 - own)
    influence = 2.0 * linear + z**2 * (alone - (z * alone).sum())
    z2 = _sums(region, z**2, x.size)
    m0, m1, m2 = z2.sum(), (z2 * x).sum(), (z2 * x**2).sum()
    apart = x2**2 * m0**2 + 2 * m0 * m2 - 4 * x2 * m0 * m1 + 2 * m1**2
    together = (z2**2 * ((1 - 2 * x + x2) ** 2 - (x2 - 2 * x) ** 2)).sum()
    pairs = max(apart + together - (z**4 * h_self**2).sum(), 0.0)
    variance = max((influence**2).sum() - 2 * pairs, 2 * pairs)
    scale = (1.0 - x2) * (1.0 - m0)
    return SampledGamma(
        gamma=float((linear + z**2 * alone).sum() / scale),
        error=float(np.sqrt(variance) / scale),
        freedom=float(max(1.0 / m0 - 1.0, 1.0)),
    )


def quotient_error(
    weight: Floats, region: Ints, industry: Ints, shape: tuple[int, int]
) -> tuple[Floats, Floats]:
    r"""Find the standard error of the logarithm of each location quotient, firms being the draws.

    With :math:`W` the sums of the weights and
    :math:`\phi_f = w_f (1[ri]/W_{ri} - 1[r]/W_r - 1[i]/W_i + 1/W)` the influence of firm f on
    :math:`\log LQ_{ri}`, the variance is :math:`\sum_f \phi_f^2`: the delta method for equal
    weights, its firm-clustered form for employment.

    Parameters
    ----------
    weight
        Persons of each firm, or one each, shape (N,).
    region, industry
        Of each firm, shape (N,).
    shape
        (R, I).

    Returns
    -------
    error, firms
        Both (R, I): the standard error (NaN where the cell is empty) and the effective number of
        firms in the cell, :math:`(\sum w)^2 / \sum w^2`.
    """
    rows, columns = shape
    cell = region * columns + industry

    def sums(power: int) -> tuple[Floats, Floats, Floats, float]:
        w = weight**power
        by_cell = _sums(cell, w, rows * columns).reshape(shape)
        return by_cell, by_cell.sum(axis=1)[:, None], by_cell.sum(axis=0)[None, :], float(w.sum())

    w_ri, w_r, w_i, w = sums(1)
    q_ri, q_r, q_i, q = sums(2)
    inside, row, column, rest = (_ratio(np.ones_like(a), a) for a in (w_ri, w_r, w_i, np.array(w)))
    variance = (
        q_ri * (inside - row - column + rest) ** 2
        + (q_r - q_ri) * (rest - row) ** 2
        + (q_i - q_ri) * (rest - column) ** 2
        + (q - q_r - q_i + q_ri) * rest**2
    )
    return np.sqrt(variance), _ratio(w_ri**2, q_ri)


def quotient_interval(
    quotient: Floats, error: Floats, effective: Floats, *, counted: bool, level: float = 0.95
) -> tuple[Floats, Floats]:
    r"""Put an interval around location quotients.

    Counts of firms: the gamma (Poisson) interval for a count of :math:`k = 1 / s^2`, with s the
    standard error of the logarithm. Employment: the logarithm ± Student's t · s with the effective
    number of firms less one as degrees of freedom, since the error itself rests on that many firms;
    below three there is no interval worth the name.

    Parameters
    ----------
    quotient, error, effective
        From :func:`location_quotient` and :func:`quotient_error`, all of one shape.
    counted
        Whether firms were counted, all weights being one.
    level
        Probability that the interval is to have.

    Returns
    -------
    low, high
        NaN where there is no interval.
    """
    tail = 0.5 - level / 2
    if counted:
        k = _ratio(np.ones_like(error), np.nan_to_num(error) ** 2)
        low = stats.chi2.ppf(tail, 2 * k) / (2 * k)
        high = stats.chi2.isf(tail, 2 * (k + 1)) / (2 * k)
        return quotient * low, quotient * high
    freedom = np.where(effective >= LEAST_EFFECTIVE, effective - 1.0, np.nan)
    half = stats.t.isf(tail, freedom) * error
    return quotient * np.exp(-half), quotient * np.exp(half)
