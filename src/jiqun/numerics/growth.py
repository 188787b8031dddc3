r"""What shape a series of growth has, where its rate changes, and whether it comes back the way it went.

Shapes are compared by Akaike weights with the small-sample correction, on the logarithm, at as many
independent observations as the autocorrelation of the residuals leaves.

References
----------
Burnham, K. P. & Anderson, D. R. (2004). Multimodel inference. Sociological Methods & Research 33(2),
261-304. doi:10.1177/0049124104268644
Bayley, G. V. & Hammersley, J. M. (1946). The "effective" number of independent observations in an
autocorrelated time series. Supplement to the JRSS 8(2), 184-197. doi:10.2307/2983560
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

Floats = NDArray[np.float64]

SHAPES = ("linear", "exponential", "logistic", "gompertz")
PARAMETERS = {"linear": 2, "exponential": 2, "logistic": 3, "gompertz": 3}
SMALL = 1e-12


def _curve(shape: str, p: Floats, t: Floats) -> Floats:
    """Return the logarithm of a shape at times scaled to [0, 1]."""
    if shape == "linear":
        return np.asarray(np.log(np.maximum(p[0] + p[1] * t, 1e-9)))
    if shape == "exponential":
        return np.asarray(p[0] + p[1] * t)
    if shape == "logistic":
        return np.asarray(p[0] - np.logaddexp(0.0, -p[1] * (t - p[2])))
    return np.asarray(p[0] - np.exp(np.clip(-p[1] * (t - p[2]), -50, 50)))


def _starts(shape: str, t: Floats, y: Floats) -> list[list[float]]:
    slope, level = (float(v) for v in np.polyfit(t, y, 1))
    if shape == "linear":
        b, a = (float(v) for v in np.polyfit(t, np.exp(y), 1))
        return [[a, b], [float(np.exp(y.mean())), 0.0]]
    if shape == "exponential":
        return [[level, slope]]
    top = float(y.max())
    sign = 1.0 if slope >= 0 else -1.0
    return [
        [top + add, sign * rate, at]
        for add in (0.05, 1.0)
        for rate in (4.0, 12.0)
        for at in (0.2, 0.7)
    ]


def _residual(shape: str, t: Floats, y: Floats) -> Floats:
    """Fit a shape from several starts and return the residuals of the best."""
    best: Floats | None = None
    for start in _starts(shape, t, y):
        fit = optimize.least_squares(lambda p: _curve(shape, p, t) - y, start, max_nfev=400)
        if best is None or float(fit.fun @ fit.fun) < float(best @ best):
            best = np.asarray(fit.fun)
    assert best is not None  # noqa: S101 - every shape has a start
    return best


@dataclass(frozen=True, slots=True)
class Shapes:
    """Weights of the shapes, which add up to 1, and independent observations in effect."""

    weight: dict[str, float]
    independent: float


def shapes(time: Floats, value: Floats) -> Shapes:
    """Weigh shapes of growth against each other.

    Parameters
    ----------
    time
        Ascending, shape (N,), N > 5.
    value
        Positive, shape (N,).
    """
    t, y = (time - time[0]) / (time[-1] - time[0]), np.log(value)
    n = y.size
    residuals = {shape: _residual(shape, t, y) for shape in SHAPES}
    best = min(residuals.values(), key=lambda r: float(r @ r))
    total = float(best @ best)
    rho = float(np.clip((best[1:] @ best[:-1]) / total, 0.0, 0.9)) if total > SMALL else 0.0
    independent = max(n * (1 - rho) / (1 + rho), 5.5)
    floor = n * SMALL
    score = {
        shape: independent * np.log(max(float(r @ r), floor) / n) + _penalty(shape, independent)
        for shape, r in residuals.items()
    }
    least = min(score.values())
    raw = {shape: float(np.exp(-(s - least) / 2)) for shape, s in score.items()}
    return Shapes({shape: w / sum(raw.values()) for shape, w in raw.items()}, float(independent))


def _penalty(shape: str, n: float) -> float:
    k = PARAMETERS[shape] + 1  # and the error's variance
    return 2.0 * k + 2.0 * k * (k + 1) / max(n - k - 1, 0.5)


@dataclass(frozen=True, slots=True)
class Change:
    """Where the growth rate changes most.

    Attributes
    ----------
    at
        First time at the new rate.
    before, after
        Mean rates per unit of time.
    chance
        Share of random orders of the rates with a change as large.
    """

    at: float
    before: float
    after: float
    chance: float


LEAST_SIDE = 3


def _largest(rates: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Find the split with the largest standardised difference, over the last dimension."""
    n = rates.shape[-1]
    cuts = np.arange(LEAST_SIDE, n - LEAST_SIDE + 1)
    sums = np.cumsum(rates, axis=-1)
    left = sums[..., cuts - 1] / cuts
    right = (sums[..., -1:] - sums[..., cuts - 1]) / (n - cuts)
    size = np.abs(left - right) * np.sqrt(cuts * (n - cuts) / n)
    place = size.argmax(axis=-1)
    return np.take_along_axis(size, place[..., None], -1)[..., 0], cuts[place]


def change_of_rate(
    time: Floats, value: Floats, generator: np.random.Generator, draws: int = 999
) -> Change | None:
    """Find the largest change of the growth rate; None where rates do not vary or are too few.

    Parameters
    ----------
    time, value
        Shape (N,); values are positive.
    generator
        For the random orders, under which rates have no order in time.
    draws
        How many.
    """
    rates = np.diff(np.log(value)) / np.diff(time)
    if rates.size < 2 * LEAST_SIDE or float(np.ptp(rates)) < SMALL:
        return None
    size, cut = _largest(rates)
    drawn, _ = _largest(generator.permuted(np.tile(rates, (draws, 1)), axis=1))
    chance = (1.0 + float((drawn >= size - SMALL).sum())) / (draws + 1.0)
    k = int(cut)
    return Change(float(time[k]), float(rates[:k].mean()), float(rates[k:].mean()), chance)


def loop_area(driver: Floats, response: Floats) -> float:
    r"""Return the area between the way up and the way down, as a share of the box around both.

    Positive where the response stays higher on the way down than it was on the way up; the path is
    closed by a straight line.

    Parameters
    ----------
    driver, response
        In order of time, shape (N,); neither constant.
    """
    x = (driver - driver.min()) / np.ptp(driver)
    y = (response - response.min()) / np.ptp(response)
    return float(0.5 * (x * np.roll(y, -1) - np.roll(x, -1) * y).sum())
