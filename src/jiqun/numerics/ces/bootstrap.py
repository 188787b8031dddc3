r"""Bootstrap over firms, with the whole profile in each draw.

Firms are drawn with replacement. At each elasticity the products of derivatives and residuals are
kept by firm, so that a draw adds them up and takes one step of Gauss and Newton from the fit to all
firms; the least of the 47 sums of squares is the draw's elasticity. One step from a consistent fit
has the distribution of the full one up to terms of order 1/F.

References
----------
Davidson, R. & MacKinnon, J. G. (1999). Bootstrap testing in nonlinear models. International Economic
Review 40(2), 487-508. doi:10.1111/1468-2354.00026
Hesterberg, T. C. (2015). What teachers should know about the bootstrap: resampling in the undergraduate
statistics curriculum. The American Statistician 69(4), 371-386. doi:10.1080/00031305.2015.1089789
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy import special

from jiqun.numerics.addressed import address, below
from jiqun.numerics.ces.fit import Fit
from jiqun.numerics.ces.grid import columns
from jiqun.numerics.ces.information import cluster_products, derivatives
from jiqun.numerics.ces.least_squares import ODDS, solve
from jiqun.numerics.ces.panel import Panel
from jiqun.numerics.ces.technology import Floats, Ints
from jiqun.numerics.point_pattern.compiled import compiled

DRAWS = 999
PROCESS = 0x_CE5
DAMPING = 1e-6


@dataclass(frozen=True, slots=True)
class Draws:
    """One entry a draw.

    Attributes
    ----------
    log_sigma
        ln σ, shape (B,).
    odds
        logit π, the share of data in the elasticity of output at the geometric means, shape (B,).
    """

    log_sigma: Floats
    odds: Floats


def bootstrap(panel: Panel, fit: Fit, *, draws: int = DRAWS, seed: int = 0) -> Draws:
    """Draw firms with replacement and estimate again.

    Parameters
    ----------
    panel, fit
        The panel and its fit; a panel of one firm is drawn by blocks of periods.
    draws
        How often.
    seed
        Not negative; a draw is addressed by it and its own number.
    """
    data = columns(panel)
    found = fit.profile
    kept = np.arange(found.theta.shape[1] + 2) != found.theta.shape[1]
    rows, lines = np.tril_indices(int(kept.sum()))
    parts = np.stack(
        [
            cluster_products(panel, derivatives(data, theta, float(r), 0.0)[:, kept])[
                :, rows, lines
            ]
            for theta, r in zip(found.theta, found.r, strict=True)
        ],
        axis=1,
    )
    log_sigma, odds = np.empty(draws), np.empty(draws)
    flat = np.ascontiguousarray(parts.reshape(parts.shape[0], -1))
    resample(flat, found.theta, found.log_sigma, seed, log_sigma, odds)
    return Draws(log_sigma, odds)


def expanded_interval(values: Floats, clusters: int, level: float) -> tuple[float, float]:
    """Return the expanded percentile interval, which makes up for few clusters.

    Draws of C clusters vary (C - 1)/C times as much as they should, and normally where Student's t is
    due; the percentiles are taken further out by as much.

    Parameters
    ----------
    values
        One a draw.
    clusters
        How many were drawn from, at least 2.
    level
        Probability that the interval is to have.
    """
    far = special.stdtrit(clusters - 1, 0.5 + level / 2) * math.sqrt(clusters / (clusters - 1))
    tail = float(special.ndtr(-far))
    low, high = np.quantile(values, [tail, 1.0 - tail])
    return float(low), float(high)


@compiled
def resample(
    parts: Floats, theta: Floats, x: Floats, seed: int, log_sigma: Floats, odds: Floats
) -> None:
    """Fill the draws: lower triangles of products, one grid point after another, by cluster (C, G · E)."""
    clusters, entries = parts.shape
    points, p = theta.shape
    total = np.empty(entries)
    entries //= points
    count = np.empty(clusters, np.int64)
    gram, factor, step = np.empty((p + 1, p + 1)), np.empty((p, p)), np.empty(p)
    rss, moved = np.empty(points), np.empty(points)
    for draw in range(log_sigma.size):
        shared = address(seed, draw, PROCESS)
        count[:] = 0
        for c in range(clusters):
            count[below(shared, c, 0, clusters)] += 1
        add_up(parts, count, total)
        for g in range(points):
            unpack(total[g * entries : (g + 1) * entries], gram)
            rss[g] = gram[p, p]
            moved[g] = theta[g, 1]
            if solve(gram, DAMPING, factor, step):
                for b in range(p):
                    rss[g] -= gram[b, p] * step[b]
                moved[g] = min(max(theta[g, 1] + step[1], -ODDS), ODDS)
        log_sigma[draw], odds[draw] = least(x, rss, moved)


@compiled
def add_up(parts: Floats, count: Ints, total: Floats) -> None:
    """Add the clusters' parts, each as often as it was drawn."""
    total[:] = 0.0
    for c in range(count.size):
        if count[c] > 0:
            times = np.float64(count[c])
            for e in range(total.size):
                total[e] += times * parts[c, e]


@compiled
def unpack(packed: Floats, gram: Floats) -> None:
    """Write a packed lower triangle as a symmetric matrix."""
    at = 0
    for b in range(gram.shape[0]):
        for c in range(b + 1):
            gram[b, c] = packed[at]
            gram[c, b] = packed[at]
            at += 1


@compiled
def least(x: Floats, rss: Floats, odds: Floats) -> tuple[float, float]:
    """Return where the parabola around the least sum of squares is lowest, and the odds there."""
    g = 0
    for other in range(1, x.size):
        if rss[other] < rss[g]:
            g = other
    if g == 0 or g == x.size - 1 or not rss[g] > 0.0:
        return x[g], odds[g]
    left, right = math.log(rss[g - 1] / rss[g]), math.log(rss[g + 1] / rss[g])
    shift = 0.5 * (left - right) / max(left + right, 1e-300)
    neighbour = g + 1 if shift > 0 else g - 1
    part = abs(shift)
    return x[g] + shift * (x[1] - x[0]), (1.0 - part) * odds[g] + part * odds[neighbour]
