"""The profile against plain matrices and an optimiser of another make; error components recovered.

Paper: K4a (production function)
"""

import numpy as np
import pytest
from scipy.optimize import least_squares

from jiqun.numerics.ces.grid import columns, exponents, profiled
from jiqun.numerics.ces.least_squares import products, room
from jiqun.numerics.ces.panel import Panel, panel
from jiqun.numerics.ces.technology import Floats
from tests.numerics.ces.worlds import World


def whitener(made: Panel) -> Floats:
    """Root of the inverse covariance, with the linear terms projected out; all as dense matrices."""
    n = made.y.size
    precision = np.diag(made.w)
    for f, (a, b) in enumerate(zip(made.firm[:-1], made.firm[1:], strict=True)):
        precision[a:b, a:b] -= made.shrink[f] * np.outer(made.w[a:b], made.w[a:b])
    root = np.linalg.cholesky(precision).T
    basis, _ = np.linalg.qr(root @ made.linear)
    dense: Floats = (np.eye(n) - basis @ basis.T) @ root
    return dense


def expected(made: Panel, theta: Floats, r: float) -> Floats:
    nu, odds, first = theta
    a, pi = 1 / (1 + np.exp(-first)), 1 / (1 + np.exp(-odds))
    x = a * made.k[:, 0] + (1 - a) * made.k[:, 1]
    z = made.d - x
    h = pi * z if r == 0 else np.log1p(pi * np.expm1(r * z)) / r
    total: Floats = nu * (x + h)
    return total


def test_the_grid_has_one_in_the_middle() -> None:
    r = exponents()
    assert r.size == 47
    assert r[23] == 0.0
    assert 1 / (1 - r[[0, -1]]) == pytest.approx([0.1, 10.0])
    assert np.diff(np.log(1 / (1 - r))) == pytest.approx(np.log(100) / 46)


@pytest.mark.parametrize("sigma", [0.5, 2.0])
def test_sums_of_squares_are_the_least(sigma: float) -> None:
    made = World(sigma=sigma).draw(1).panel
    found, dense = profiled(columns(made)), whitener(made)
    for g in (0, 12, 23, 30, 46):
        r = float(found.r[g])
        runs = [
            least_squares(lambda t, r=r: dense @ (made.y - expected(made, t, r)), start)
            for start in ([1.0, -1.0, 0.0], [0.8, 1.0, 1.0], [1.2, -3.0, -1.0])
        ]
        assert found.rss[g] == pytest.approx(2 * min(run.cost for run in runs), rel=2e-5)
        at = expected(made, found.theta[g], r)
        assert found.rss[g] == pytest.approx(((dense @ (made.y - at)) ** 2).sum(), rel=1e-9)


def test_products_need_no_whitened_columns() -> None:
    drawn = World(firms=7).draw(2)
    w = np.random.default_rng(3).uniform(0.2, 5.0, drawn.y.size)
    made = panel(drawn.y, drawn.k, drawn.d, firm=drawn.firm, period=drawn.year, w=w)
    theta = np.array([0.9, -1.0, 0.3])
    at = room(2, made.linear.shape[1])
    products(columns(made), theta, -1.0, 0.0, at, at.gram)
    dense = whitener(made)
    step = 1e-6
    slopes = [
        (expected(made, theta + s, -1.0) - expected(made, theta - s, -1.0)) / (2 * step)
        for s in step * np.eye(3)
    ]
    v = dense @ np.column_stack([*slopes, made.y - expected(made, theta, -1.0)])
    assert at.gram == pytest.approx(v.T @ v, rel=1e-6, abs=1e-8)


@pytest.mark.statistical
@pytest.mark.parametrize("lasting", [0.0, 0.5, 0.8])
def test_the_two_components_of_the_errors_are_told_apart(lasting: float) -> None:
    draws = [World(firms=60, lasting=lasting, uneven=False).draw(i).panel for i in range(30)]
    found = np.median([made.lasting for made in draws])
    assert found == pytest.approx(lasting / (1 - lasting), rel=0.25, abs=0.1)


def test_years_trend_or_neither() -> None:
    drawn = World(firms=30).draw(4)
    assert drawn.panel.years
    assert drawn.panel.linear.shape[1] == 6
    one = World(firms=1, years=40).draw(4).panel
    assert not one.years
    assert one.linear.shape[1] == 2
    assert one.lasting == 0.0
    assert one.cluster.size - 1 >= 8
    assert World(firms=40, years=1).draw(4).panel.linear.shape[1] == 1
