r"""Partial pooling of σ over clusters 部分汇集: what thin clusters may borrow from others.

.. math::
    \ln \sigma_c \sim N(\mu, \tau^2), \qquad \mu \sim N(0, 1), \qquad \tau \sim |N(0, 0.5^2)|

with the likelihood of each cluster as its own profile gives it. Clusters that agree lend each other
precision; where they differ, τ is large and little is lent. Which clusters are pooled is for the caller to
say, and must not follow from what they are thought to be: clusters sorted by a predicted type would
confirm the prediction.

Paper: K4c, K4d (σ against 1), Q10 (near 1 is undetermined)

References
----------
Gelman, A. & Hill, J. (2007). Data Analysis Using Regression and Multilevel/Hierarchical Models. Cambridge
University Press, chapter 12.
Morris, C. N. (1983). Parametric empirical Bayes inference: theory and applications. Journal of the
American Statistical Association 78(381), 47-55. doi:10.1080/01621459.1983.10477920
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from jiqun.numerics.ces.fit import Fit
from jiqun.numerics.ces.posterior import PRIOR, mass
from jiqun.numerics.ces.technology import Floats

FEWEST = 8
"""Clusters below which their spread is not known."""
MEANS = np.linspace(-2.3, 2.3, 47)
SPREADS = np.geomspace(0.05, 1.6, 16)
SPREAD_PRIOR = 0.5
TINY = 1e-300


@dataclass(frozen=True, slots=True)
class Borrowed:
    """σ of one cluster with what others lend it.

    Attributes
    ----------
    sigma
        Median of the posterior.
    low, high
        Its middle ``level``.
    level
        Probability between the ends.
    p_below_one
        P(σ < 1).
    alone
        P(σ < 1) from the cluster's own data.
    """

    sigma: float
    low: float
    high: float
    level: float
    p_below_one: float
    alone: float


@dataclass(frozen=True, slots=True)
class Pooled:
    """All clusters together.

    Attributes
    ----------
    clusters
        In the order given.
    middle
        exp(μ), the elasticity that clusters lie around (posterior mean of μ).
    spread
        τ (posterior mean).
    """

    clusters: tuple[Borrowed, ...]
    middle: float
    spread: float


def pooled(fits: Sequence[Fit], *, level: float = 0.9) -> Pooled:
    """Pool clusters partially.

    Parameters
    ----------
    fits
        Of at least eight clusters, on one grid of elasticities.
    level
        Probability between the ends.

    Raises
    ------
    ValueError
        For fewer clusters, or grids that differ.
    """
    if len(fits) < FEWEST:
        msg = (
            f"pooling takes at least {FEWEST} clusters, got {len(fits)}: their spread is not known"
        )
        raise ValueError(msg)
    x = fits[0].profile.log_sigma
    if any(f.profile.log_sigma.shape != x.shape for f in fits):
        msg = "the clusters were fitted on different grids of elasticities"
        raise ValueError(msg)
    likelihood = np.stack([_likelihood(f, x) for f in fits])
    prior = _cells(x)
    marginal = np.einsum("cx,mtx->cmt", likelihood, prior)
    log = np.log(np.maximum(marginal, TINY)).sum(axis=0)
    log += -0.5 * MEANS[:, None] ** 2 - 0.5 * (SPREADS / SPREAD_PRIOR) ** 2 + np.log(SPREADS)
    hyper = np.exp(log - log.max())
    hyper /= hyper.sum()
    mixed = np.einsum("mt,cmt,mtx->cx", hyper, 1.0 / np.maximum(marginal, TINY), prior)
    after = likelihood * mixed
    after /= after.sum(axis=1, keepdims=True)
    found = tuple(_borrowed(x, weight, level, fit) for weight, fit in zip(after, fits, strict=True))
    return Pooled(
        found, float(np.exp((hyper * MEANS[:, None]).sum())), float((hyper * SPREADS).sum())
    )


def _likelihood(fit: Fit, x: Floats) -> Floats:
    """Return a cluster's own likelihood: its posterior without the prior of a single cluster."""
    likelihood = fit.posterior.weight * np.exp(0.5 * (x / PRIOR) ** 2)
    scaled: Floats = likelihood / likelihood.max()
    return scaled


def _cells(x: Floats) -> Floats:
    """Probability of each cell of the grid under each mean and spread, shape (M, T, G)."""
    half = 0.5 * (x[1] - x[0])
    edges = np.append(x - half, x[-1] + half)
    below = special.ndtr((edges[None, None, :] - MEANS[:, None, None]) / SPREADS[None, :, None])
    cells = np.diff(below, axis=2)
    whole: Floats = cells / np.maximum(cells.sum(axis=2, keepdims=True), TINY)
    return whole


def _borrowed(x: Floats, weight: Floats, level: float, fit: Fit) -> Borrowed:
    half = 0.5 * (x[1] - x[0])
    edges = np.append(x - half, x[-1] + half)
    below = np.append(0.0, np.cumsum(weight))
    rising = np.append(True, np.diff(below) > 0.0)
    tail = 0.5 - level / 2
    low, middle, high = np.interp([tail, 0.5, 1.0 - tail], below[rising], edges[rising])
    return Borrowed(
        sigma=float(np.exp(middle)),
        low=float(np.exp(low)),
        high=float(np.exp(high)),
        level=level,
        p_below_one=mass(x, weight, -np.inf, 0.0),
        alone=fit.posterior.p_below_one,
    )
