"""GCJ-02 and BD-09: pairs from another implementation, the way back, and where nothing happens.

Paper: E1 (places must be true ones).
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiqun.numerics.datum import Datum, from_wgs84, is_shifted, to_wgs84

METRES_PER_DEGREE = 111_320.0

# WGS 84, GCJ-02 and BD-09 as coord-convert 0.2.1 (MIT) gives them; eviltransform 0.1.1 (MIT) agrees
# with its GCJ-02 to 10⁻⁷ degrees.
KNOWN = {
    "Beijing": (116.391, 39.907, 116.397240959, 39.908401109, 116.403614424, 39.914743901),
    "Shanghai": (121.4737, 31.2304, 121.478223059, 31.228457738, 121.484781469, 31.234310594),
    "Shenzhen": (114.0579, 22.5431, 114.063013999, 22.540382814, 114.069563987, 22.546041559),
    "Ürümqi": (87.6168, 43.8256, 87.619649949, 43.826805393, 87.626099771, 43.832949795),
    "Lhasa": (91.1409, 29.6456, 91.142429336, 29.642863987, 91.149020388, 29.648593693),
    "Harbin": (126.6424, 45.7567, 126.648369816, 45.758651102, 126.654999329, 45.764345564),
    "Sanya": (109.5119, 18.2528, 109.515984295, 18.251094792, 109.522531792, 18.256876554),
    "Kashgar": (75.9898, 39.4704, 75.99275499, 39.470627026, 75.999263647, 39.476589909),
}

INLAND = {
    "Mohe": (122.54, 52.97),
    "Heihe": (127.49, 50.24),
    "Manzhouli": (117.38, 49.59),
    "Erenhot": (111.98, 43.65),
    "Khorgos": (80.41, 44.21),
    "Tashkurgan": (75.23, 37.77),
    "Nyalam": (85.98, 28.16),
    "Yadong": (88.91, 27.48),
    "Gyirong": (85.30, 28.85),
    "Zanda": (79.80, 31.48),
    "Purang": (81.18, 30.29),
    "Akqi": (78.45, 40.94),
    "Gengma": (99.40, 23.54),
    "Ruili": (97.85, 24.01),
    "Jinghong": (100.80, 22.01),
    "Hekou": (103.96, 22.51),
    "Pingxiang": (106.77, 22.10),
    "Dandong": (124.38, 40.12),
    "Hunchun": (130.36, 42.87),
    "Fuyuan": (134.31, 48.36),
    "Suifenhe": (131.15, 44.40),
    "Hong Kong": (114.17, 22.28),
    "Xiamen": (118.09, 24.48),
}
ABROAD = {
    "Taipei": (121.56, 25.04),
    "Kaohsiung": (120.30, 22.63),
    "Seoul": (126.98, 37.57),
    "Pyongyang": (125.75, 39.03),
    "Vladivostok": (131.89, 43.12),
    "Khabarovsk": (135.07, 48.48),
    "Tokyo": (139.69, 35.69),
    "Hanoi": (105.85, 21.03),
    "Almaty": (76.89, 43.24),
    "Kathmandu": (85.32, 27.72),
    "Delhi": (77.21, 28.61),
    "Lahore": (74.36, 31.55),
    "Bishkek": (74.57, 42.87),
    "Thimphu": (89.64, 27.47),
    "Lashio": (97.75, 22.93),
    "Choibalsan": (114.50, 48.08),
    "San Jose": (-121.89, 37.34),
    "Greenwich": (0.0, 51.48),
}

# Not within 0.02° (2 km) of an edge, where a shifted point can change sides.
inland = st.tuples(
    st.floats(min_value=98.0, max_value=119.5), st.floats(min_value=24.0, max_value=39.0)
)


@pytest.mark.parametrize("city", KNOWN)
def test_known_pairs(city: str) -> None:
    x, y, x_gcj, y_gcj, x_bd, y_bd = KNOWN[city]
    np.testing.assert_allclose(from_wgs84(x, y, "GCJ02"), (x_gcj, y_gcj), atol=1e-8, rtol=0)
    np.testing.assert_allclose(from_wgs84(x, y, "BD09"), (x_bd, y_bd), atol=1e-8, rtol=0)
    np.testing.assert_allclose(to_wgs84(x_gcj, y_gcj, "GCJ02"), (x, y), atol=1e-8, rtol=0)
    np.testing.assert_allclose(to_wgs84(x_bd, y_bd, "BD09"), (x, y), atol=1e-8, rtol=0)


@given(point=inland, datum=st.sampled_from(["GCJ02", "BD09"]))
def test_there_and_back(point: tuple[float, float], datum: Datum) -> None:
    shifted = from_wgs84(*point, datum)
    back = to_wgs84(*shifted, datum)
    error = np.hypot(*(np.subtract(back, point))) * METRES_PER_DEGREE
    assert error < 1e-5
    distance = np.hypot(*(np.subtract(shifted, point))) * METRES_PER_DEGREE
    assert 50.0 < distance < 2500.0  # otherwise the way back would be trivially exact


@pytest.mark.parametrize("city", INLAND)
def test_shifted_in_china(city: str) -> None:
    assert is_shifted(*INLAND[city])


@pytest.mark.parametrize("city", ABROAD)
def test_unchanged_abroad(city: str) -> None:
    x, y = to_wgs84(*ABROAD[city], "BD09")
    assert (float(x), float(y)) == ABROAD[city]
    x, y = from_wgs84(*ABROAD[city], "GCJ02")
    assert (float(x), float(y)) == ABROAD[city]


def test_missing_points_stay_missing_and_shapes_are_kept() -> None:
    given_x = np.array([[116.391, np.nan], [np.nan, 0.0]])
    given_y = np.array([[39.907, 30.0], [np.nan, np.inf]])
    x, y = to_wgs84(given_x, given_y, "GCJ02")
    assert x.shape == y.shape == (2, 2)
    np.testing.assert_array_equal(np.isnan(x), np.isnan(given_x))
    assert y[1, 1] == np.inf
    assert x[0, 0] != 116.391
    assert given_x[0, 0] == 116.391


def test_no_points() -> None:
    x, y = to_wgs84([], [], "BD09")
    assert x.size == y.size == 0


def test_wgs84_is_returned_as_it_is() -> None:
    x, y = to_wgs84([116.391], [39.907], "WGS84")
    assert (x[0], y[0]) == (116.391, 39.907)


def test_an_unknown_datum_is_named() -> None:
    with pytest.raises(ValueError, match="'CGCS2000'; known are WGS84, GCJ02, BD09"):
        to_wgs84([116.0], [39.0], "CGCS2000")  # type: ignore[arg-type]
