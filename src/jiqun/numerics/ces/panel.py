r"""A firm panel made ready for estimation: sorted, normalised, its errors split into two components.

Errors are those of a firm (lasting) and those of a firm-year. With φ the ratio of the two variances
and :math:`w` the weights, the inverse covariance within a firm is :math:`W - \frac{\varphi}{1 +
\varphi \sum w} w w'`; what years (or a trend) explain is projected out under it. Estimation by this
random-effects product keeps the differences between firms, where nearly all of the spread of
ln(data/traditional) is; differences within firms alone are too small in short panels.

References
----------
Wallace, T. D. & Hussain, A. (1969). The use of error components models in combining cross section
with time series data. Econometrica 37(1), 55-72. doi:10.2307/1909205
"""

from dataclasses import dataclass

import numpy as np

from jiqun.numerics.ces.technology import Floats, Ints

FEW_FIRMS_A_YEAR = 5
FEWEST_YEARS_FOR_TREND = 3
MOST_LASTING = 1e4


@dataclass(frozen=True, slots=True)
class Panel:
    """Observations in the order of firm and period.

    Attributes
    ----------
    y
        Log of output, normalised at the weighted mean, shape (n,).
    k, d
        Logs of the traditional factors, shape (n, m), and of data, shape (n,), normalised.
    t
        Periods since the mean period, shape (n,); zeros where none was given.
    w
        Weights with mean 1, shape (n,).
    firm
        First observation of each firm and, last, n, shape (F + 1,).
    cluster
        First observation of each cluster of errors and, last, n, shape (C + 1,): the firms, or, where
        there is only one firm, blocks of consecutive periods.
    shrink
        φ/(1 + φ Σw) of each firm, shape (F,).
    lasting
        φ, the variance of lasting errors over that of passing ones.
    linear
        Constant and years or trend, orthonormal under the inverse covariance, shape (n, L).
    dual
        The inverse covariance times ``linear``, shape (n, L).
    order
        Place of each observation in what was given, shape (n,).
    years
        Whether each period has its own constant.
    """

    y: Floats
    k: Floats
    d: Floats
    t: Floats
    w: Floats
    firm: Ints
    cluster: Ints
    shrink: Floats
    lasting: float
    linear: Floats
    dual: Floats
    order: Ints
    years: bool

    @property
    def firms(self) -> int:
        """Number of firms."""
        return self.firm.size - 1

    @property
    def freedom(self) -> int:
        """Observations less parameters, the elasticity included."""
        return int(self.y.size - self.linear.shape[1] - self.k.shape[1] - 2)


def panel(y: Floats, k: Floats, d: Floats, *, firm: Ints, period: Floats, w: Floats) -> Panel:
    """Sort, normalise and split the errors.

    Parameters
    ----------
    y, k, d
        Logs of output (n,), of the traditional factors (n, m) and of data (n,), all finite.
    firm, period
        Who and when, shape (n,); equal periods are one year.
    w
        Positive weights, shape (n,): an observation's error has variance ∝ 1/w.
    """
    order = np.lexsort((period, firm)).astype(np.int64)
    scaled = (w / w.mean())[order]
    y, d, k = y[order], d[order], k[order]
    y, d = (v - np.average(v, weights=scaled) for v in (y, d))
    k = np.ascontiguousarray(k - np.average(k, axis=0, weights=scaled))
    when = period[order]
    _, first = np.unique(firm[order], return_index=True)
    starts = np.append(first, y.size).astype(np.int64)
    terms, years = time_terms(when, starts)
    lasting = lasting_errors(y, flexible(k, d, terms), starts, scaled)
    sums = np.add.reduceat(scaled, starts[:-1])
    shrink = lasting / (1.0 + lasting * sums)
    linear, dual = orthonormal(terms, starts, scaled, shrink)
    return Panel(
        y=y, k=k, d=d, t=when - when.mean(), w=scaled, firm=starts, cluster=clusters(starts),
        shrink=shrink, lasting=lasting, linear=linear, dual=dual, order=order, years=years,
    )  # fmt: skip


def clusters(starts: Ints) -> Ints:
    """Take firms as clusters of errors; of a single firm, blocks of about n^(1/3) + 1 periods."""
    if starts.size > 2:  # noqa: PLR2004 - more than one firm
        return starts
    n = int(starts[-1])
    count = max(n // (round(n ** (1 / 3)) + 1), 1)
    return np.linspace(0, n, count + 1).astype(np.int64)


def time_terms(when: Floats, starts: Ints) -> tuple[Floats, bool]:
    """Return a constant with years where these have firms enough, else with a trend, if any."""
    periods, index, counts = np.unique(when, return_inverse=True, return_counts=True)
    constant = np.ones((when.size, 1))
    if starts.size > 2 and periods.size > 1 and counts.mean() >= FEW_FIRMS_A_YEAR:  # noqa: PLR2004
        return np.column_stack([constant, np.eye(periods.size)[index][:, 1:]]), True
    if periods.size >= FEWEST_YEARS_FOR_TREND:
        return np.column_stack([constant, when - when.mean()]), False
    return constant, False


def flexible(k: Floats, d: Floats, terms: Floats) -> Floats:
    """Return the terms of a translog function, or of its first order where observations are few."""
    inputs = np.column_stack([k, d])
    first, second = np.triu_indices(inputs.shape[1])
    products = inputs[:, first] * inputs[:, second]
    full = np.column_stack([terms, inputs, products])
    return full if d.size >= 3 * full.shape[1] else np.column_stack([terms, inputs])


def lasting_errors(y: Floats, regressors: Floats, starts: Ints, w: Floats) -> float:
    """Estimate φ, the variance of firms' lasting errors over that of passing ones.

    Analysis of variance of the residuals of a regression that is flexible in the inputs, so that φ
    does not depend on the elasticity.
    """
    firms = starts.size - 1
    n = y.size
    if firms in {1, n}:
        return 0.0
    root = np.sqrt(w)
    solution, _, rank, _ = np.linalg.lstsq(regressors * root[:, None], y * root, rcond=1e-10)
    e = y - regressors @ solution
    sums = np.add.reduceat(w, starts[:-1])
    means = np.add.reduceat(w * e, starts[:-1]) / sums
    within = w @ (e - np.repeat(means, np.diff(starts))) ** 2 / (n - firms)
    left = max(firms - int(rank), firms / 4) / firms
    between = sums @ means**2 / left - firms * within
    if within <= 1e-20 * max(float(w @ y**2), 1e-300):
        return 0.0
    return float(np.clip(between / sums.sum() / within, 0.0, MOST_LASTING))


def orthonormal(terms: Floats, starts: Ints, w: Floats, shrink: Floats) -> tuple[Floats, Floats]:
    """Orthonormalise columns under the inverse covariance, leaving out what the others explain."""
    kept: list[Floats] = []
    duals: list[Floats] = []
    for column in terms.T:
        length = float(column @ times_precision(column, starts, w, shrink))
        rest = column.astype(np.float64)
        for _ in range(2):
            for q, p in zip(kept, duals, strict=True):
                rest = rest - (p @ rest) * q
        dual = times_precision(rest, starts, w, shrink)
        norm = float(rest @ dual)
        if norm > 1e-10 * max(length, 1e-300):
            kept.append(rest / np.sqrt(norm))
            duals.append(dual / np.sqrt(norm))
    return np.column_stack(kept), np.column_stack(duals)


def times_precision(v: Floats, starts: Ints, w: Floats, shrink: Floats) -> Floats:
    """Multiply a column by the inverse covariance of the errors."""
    weighted = w * v
    sums = shrink * np.add.reduceat(weighted, starts[:-1])
    result: Floats = weighted - w * np.repeat(sums, np.diff(starts))
    return result
