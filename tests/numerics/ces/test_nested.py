"""Published estimates, to the digits in which they are printed, and what is refused.

The German and Mishra data are read where they are at hand; those with additive errors were drawn by
R 4.2.2 (`set.seed(123)`, sampling by rounding) after the recipe of the vignette of micEconCES 1.0.

Paper: K4a (nested production function)

References
----------
Mishra, S. K. (2007). A note on numerical estimation of Sato's two-level CES production function.
Kemfert, C. (1998). Estimated substitution elasticities of a nested CES production function approach
for Germany. Energy Economics 20(3), 249-264. doi:10.1016/S0140-9883(97)00014-5
Henningsen, A. & Henningsen, G. (2011). Econometric estimation of the "constant elasticity of
substitution" function in R: package micEconCES. FOI Working Paper 2011/9.
"""

import gzip
from pathlib import Path

import numpy as np
import pytest

from jiqun.numerics.ces.nested import Nest, nested, value
from jiqun.numerics.ces.technology import Floats

HERE = Path(__file__).parent
DATA = Path(__file__).parents[3].parent / "shared" / "data" / "ces"


def table(name: str) -> dict[str, Floats]:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{name} is not at hand")
    lines = gzip.decompress(path.read_bytes()).decode().splitlines()
    heads = [head.strip('"') for head in lines[0].split()]
    rows = [[float(v) if v != "NA" else np.nan for v in line.split()] for line in lines[1:] if line]
    return dict(zip(heads, np.array(rows).T, strict=True))


def vignette() -> Floats:
    read: Floats = np.loadtxt(HERE / "expected" / "additive_errors.csv", delimiter=",", skiprows=1)
    return read


def test_mishra() -> None:
    """Two nests of two, without errors: the parameters that made the data come back."""
    rows = table("MishraCES.tab.gz")
    inputs = np.column_stack([rows[f"X{j}"] for j in (1, 2, 3, 4)])
    found = nested(rows["Y"], inputs, Nest(Nest(0, 1), Nest(2, 3)))
    assert found.gamma == pytest.approx(62.99588, abs=1e-5)
    assert found.delta == pytest.approx((0.599993, 0.300002, 0.499998), abs=1e-6)
    assert found.rho == pytest.approx((0.499969, -0.170018, 0.599978), abs=1e-6)
    assert found.rss == pytest.approx(0.092566, abs=1e-6)
    assert found.gamma == pytest.approx(200 * 0.5 ** (1 / 0.6), rel=1e-5)


def test_the_vignette() -> None:
    rows = vignette()
    found = nested(rows[:, 0], rows[:, 1:], Nest(0, 1), variable_returns=True)
    shown = (found.gamma, *found.delta, *found.rho, found.returns)
    assert shown == pytest.approx((1.02385, 0.62220, 0.54192, 1.08582), abs=6e-6)
    assert found.errors == pytest.approx((0.11562, 0.02845, 0.29090, 0.04569), abs=1e-5)
    assert found.rss == pytest.approx(1197.14765, abs=1e-5)
    assert np.sqrt(found.rss / 200) == pytest.approx(2.446577, abs=1e-6)


@pytest.mark.parametrize(("rho", "rss"), [(0.5, 1197.2881), (0.0, 1225.491), (1.0, 1210.495)])
def test_the_vignette_at_a_given_exponent(rho: float, rss: float) -> None:
    rows = vignette()
    found = nested(rows[:, 0], rows[:, 1:], Nest(0, 1), variable_returns=True, exponents=(rho,))
    assert found.rss == pytest.approx(rss, abs=1e-3)
    assert found.rho == (rho,)


@pytest.mark.parametrize(
    ("order", "rss", "coefficients"),
    [
        ("KAE", 3844.3, (7.5015, 0.0207, 0.9892, 0.9291, 5.3101, -1.0)),
        ("EAK", 3510.0, (15.5533, 0.0208, 0.0345, 0.8632, -1.0, 7.4646)),
    ],
)
def test_german_industry(order: str, rss: float, coefficients: tuple[float, ...]) -> None:
    """Kemfert's nests 2 and 3; nest 1 is a ridge on which every optimiser stops elsewhere."""
    rows = table("GermanIndustry.tab.gz")
    kept = (rows["year"] < 1973) | (rows["year"] > 1975)
    inputs = np.column_stack([rows[name][kept] for name in order])
    time = rows["year"][kept] - 1960
    found = nested(rows["Y"][kept], inputs, Nest(Nest(0, 1), 2), time=time)
    shown = (found.gamma, found.trend, *found.delta, *found.rho)
    assert shown == pytest.approx(coefficients, abs=6e-5)
    assert found.rss == pytest.approx(rss, abs=0.05)
    assert np.isinf(found.sigma[found.rho.index(min(found.rho))]) == (min(found.rho) <= -1)


def test_value_by_hand() -> None:
    """Inner nest harmonic: 2 and 6 with equal weights make 3; outer at ρ = 0: √(3·12) = 6."""
    x = np.log([[2.0, 6.0, 12.0]])
    made = value(Nest(Nest(0, 1), 2), x, np.array([0.5, 0.5]), np.array([1.0, 0.0]))
    assert np.exp(made[0]) == pytest.approx(6.0)


def test_errors_that_multiply_and_units_that_do_not_matter() -> None:
    rng = np.random.default_rng(5)
    x = rng.lognormal(0.0, 1.0, (300, 2))
    log = value(Nest(0, 1), np.log(x), np.array([0.4]), np.array([1.0]))
    y = 3.0 * np.exp(log + rng.normal(0.0, 0.05, 300))
    found = nested(y, x, Nest(0, 1), log_error=True)
    assert (found.gamma, *found.delta, *found.rho) == pytest.approx((3.0, 0.4, 1.0), rel=0.1)
    other = nested(7 * y, x * [1000.0, 0.01], Nest(0, 1), log_error=True)
    assert other.rho == pytest.approx(found.rho, abs=1e-5)
    assert other.rss == pytest.approx(found.rss, rel=1e-9)


def test_what_cannot_be_fitted() -> None:
    x, y = np.ones((5, 2)), np.ones(5)
    with pytest.raises(ValueError, match="positive and finite"):
        nested(y, x * [1.0, 0.0], Nest(0, 1))
    with pytest.raises(ValueError, match="positive where errors multiply"):
        nested(y * [1, 1, 1, 1, -1], x, Nest(0, 1), log_error=True)
    with pytest.raises(ValueError, match="3 rows cannot carry"):
        nested(y[:3], np.exp(np.arange(6.0).reshape(3, 2) ** 2 / 9), Nest(0, 1))
