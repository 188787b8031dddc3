"""Errors of means over relations, where relations that share a firm are not independent.

A list of 200 suppliers of one buyer is not 200 observations of how firms work together: it is one.

References
----------
Aronow, P. M., Samii, C. & Assenova, V. A. (2015). Cluster-robust variance estimation for dyadic data.
Political Analysis 23(4), 564-577. doi:10.1093/pan/mpv018
Lin, Q., Lunde, R. & Sarkar, P. (2020). On the theoretical properties of the network jackknife.
Proceedings of Machine Learning Research 119, 6105-6115.
Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of
the American Statistical Association 22(158), 209-212. doi:10.1080/01621459.1927.10502953
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Incidence:
    """Which firms take part in which relation.

    Attributes
    ----------
    relation, firm
        One entry for each firm of each relation, shape (L,); a firm is in a relation once.
    relations, firms
        How many of each there are; numbers run from 0.
    """

    relation: Ints
    firm: Ints
    relations: int
    firms: int

    @property
    def sizes(self) -> Ints:
        """Firms of each relation, shape (relations,)."""
        return np.bincount(self.relation, minlength=self.relations).astype(np.int64)

    @property
    def degrees(self) -> Ints:
        """Relations of each firm, shape (firms,)."""
        return np.bincount(self.firm, minlength=self.firms).astype(np.int64)

    @property
    def independent(self) -> float:
        """Relations that would say as much, were those that share a firm all alike.

        N² over the number of pairs of relations (each with itself included) that share a firm: N
        where no two do, 1 where one firm is in all.
        """
        pairs = (self.degrees.astype(float) ** 2).sum() - (self.sizes - 1).clip(0).sum()
        return float(self.relations**2 / max(pairs, 1.0))


@dataclass(frozen=True, slots=True)
class ClusteredError:
    """Standard error of a mean over relations.

    Attributes
    ----------
    error
        Infinite where one firm is in all relations, so that nothing is left without it.
    freedom
        Degrees of freedom for Student's t: the effective number of firms that make the error.
    """

    error: float
    freedom: float


def clustered_error(
    influence: Floats, incidence: Incidence, weight: Floats | None = None
) -> ClusteredError:
    r"""Add up influences over the pairs of relations that share a firm.

    .. math::
        V = \sum_f \Bigl(\frac{\sum_{t \ni f} \psi_t}{1 - w_f}\Bigr)^2 - \sum_t (k_t - 1) \psi_t^2

    with :math:`w_f` the weight of the relations of firm f (what the estimate loses without it, as in
    the jackknife) and :math:`k_t` the firms of relation t, by which a relation's product with itself
    is counted too often in the first sum. V is at least that of independent relations.

    Parameters
    ----------
    influence
        :math:`\psi_t`, each relation's part in the error of the estimate, shape (relations,).
    incidence
        Who is in which relation.
    weight
        Weight of each relation in the estimate, shape (relations,); equal by default.
    """
    w = np.full(incidence.relations, 1.0) if weight is None else weight
    share = np.bincount(incidence.firm, w[incidence.relation], incidence.firms) / w.sum()
    if share.max() >= 1.0 - 1e-12:
        return ClusteredError(np.inf, 1.0)
    sums = np.bincount(incidence.firm, influence[incidence.relation], incidence.firms)
    parts = (sums / (1.0 - share)) ** 2
    alone = influence**2
    variance = max(parts.sum() - ((incidence.sizes - 1) * alone).sum(), alone.sum())
    spread = (parts**2).sum()
    freedom = parts.sum() ** 2 / spread if spread > 0 else incidence.independent
    return ClusteredError(float(np.sqrt(variance)), float(max(freedom - 1.0, 1.0)))


def share_interval(
    share: float, incidence: Incidence, error: ClusteredError, level: float = 0.95
) -> tuple[float, float]:
    """Put Wilson's interval around a share, at as many observations as the error amounts to.

    Where all relations agree, the error is zero and says nothing; the number of observations is then
    that of relations which, where they share a firm, are taken to be one and the same.

    Parameters
    ----------
    share
        Share of the relations that have a property.
    incidence
        Who is in which relation.
    error
        Of the share, from :func:`clustered_error`.
    level
        Probability that the interval is to have.
    """
    agree = share * (1.0 - share) == 0.0
    n = incidence.independent if agree else share * (1.0 - share) / error.error**2
    n = min(max(n, 1.0), float(incidence.relations))
    freedom = max(n - 1.0, 1.0) if agree else error.freedom
    t = float(stats.t.isf(0.5 - level / 2, freedom))
    centre = (share + t**2 / (2 * n)) / (1 + t**2 / n)
    half = t / (1 + t**2 / n) * np.sqrt(share * (1 - share) / n + t**2 / (4 * n**2))
    return float(max(min(centre - half, share), 0.0)), float(min(max(centre + half, share), 1.0))
