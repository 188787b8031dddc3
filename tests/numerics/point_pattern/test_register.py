"""The scan of a register: planted clusters are found with their sites, and nothing where nothing is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from jiqun.numerics.point_pattern import kd, scan_register
from jiqun.numerics.point_pattern.false_discovery import adjusted
from tests.numerics.point_pattern.patterns import Floats, uneven_sites

RADII = np.linspace(0.0, 30_000.0, 16)


def register(sites: int, industries: int, seed: int) -> tuple[Floats, NDArray[np.int64]]:
    """Labels at random, of uneven frequency."""
    rng = np.random.default_rng(seed)
    share = 1.0 / np.arange(1.0, industries + 1.0)
    return uneven_sites(sites, 1), rng.choice(industries, sites, p=share / share.sum())


def planted(sites: int) -> tuple[Floats, NDArray[np.int64], NDArray[np.int64]]:
    """A register in which half of industry 99 crowds around one site; the rows of that half."""
    points, label = register(sites, 8, 2)
    rng = np.random.default_rng(3)
    crowd = np.argsort(np.hypot(*(points - points[0]).T))[:60:2]
    label[crowd] = 99
    label[rng.choice(sites, 30, replace=False)] = 99
    return points, label, crowd


def test_a_planted_cluster_is_found_with_its_sites() -> None:
    points, label, crowd = planted(3000)
    found = {f.industry: f for f in scan_register(points, label, RADII, seed=1)}
    cluster = found.pop(99)
    assert cluster.discovered
    assert cluster.curve.verdict == "localised"
    assert cluster.distance is not None
    assert cluster.rate < 0.01
    assert (label[cluster.members] == 99).all()
    assert np.isin(crowd, cluster.members).mean() > 0.9
    assert not any(f.discovered for f in found.values())
    assert all(f.members.size == 0 and f.distance is None for f in found.values())


def test_an_industry_is_judged_as_by_itself() -> None:
    """The scan rounds bandwidths down to its ladder; with that bandwidth kd gives the same band."""
    points, label, _ = planted(3000)
    found = {f.industry: f for f in scan_register(points, label, RADII, seed=1)}
    curve = found[99].curve
    alone = kd(points, label == 99, RADII, method="analytic", bandwidth=curve.bandwidth, seed=5)
    assert alone.band is not None
    assert curve.band is not None
    width = alone.band.high - alone.band.low
    assert (np.abs(curve.observed - alone.observed) < 0.002 * width).all()
    assert (np.abs(curve.band.high - alone.band.high) < 0.03 * width).all()
    assert (curve.cases, curve.sites) == (int((label == 99).sum()), 3000)


def test_threads_and_the_order_of_rows_do_not_matter() -> None:
    points, label, _ = planted(1500)
    order = np.random.default_rng(4).permutation(1500)
    one = scan_register(points, label, RADII, seed=1, workers=1)
    three = scan_register(points, label, RADII, seed=1, workers=3)
    moved = scan_register(points[order], label[order], RADII, seed=1)
    for a, b, c in zip(one, three, moved, strict=True):
        assert a.curve.observed.tobytes() == b.curve.observed.tobytes()
        assert a.rate == b.rate
        np.testing.assert_array_equal(a.members, b.members)
        np.testing.assert_array_equal(a.members, np.sort(order[c.members]))


@pytest.mark.statistical
def test_registers_without_clusters_rarely_have_a_discovery() -> None:
    """Eight registers of some 20 industries: each has a discovery with probability 0.05."""
    false = sum(
        any(f.discovered for f in scan_register(*register(2000, 25, 100 + t), RADII[::3], seed=t))
        for t in range(8)
    )
    # Binomial(8, 0.05): more than two has probability 0.006, more than three 0.0004.
    assert false <= 3


def test_small_and_degenerate_industries_are_left_out() -> None:
    points, label = register(500, 3, 5)
    label[:9] = 50  # one fewer than tested
    points[20:35], label[20:35] = points[20], 60  # all at one address
    found = {f.industry for f in scan_register(points, label, RADII, seed=1)}
    assert 50 not in found
    assert 60 not in found
    assert {0, 1, 2} <= found


def test_labels_must_be_whole_numbers_one_a_point() -> None:
    with pytest.raises(ValueError, match="expected 5 whole numbers, got float64"):
        scan_register(uneven_sites(5, 1), np.ones(5), RADII, seed=1)


def test_adjusted_by_hand() -> None:
    """0.01 x 4 / 1, 0.02 x 4 / 2, 0.03 x 4 / 3, 0.5; the least of what follows."""
    np.testing.assert_allclose(adjusted([0.03, 0.01, 0.5, 0.02]), [0.04, 0.04, 0.5, 0.04])
    assert adjusted([]).size == 0


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=30))
def test_adjusted_values_keep_their_order_and_are_never_smaller(p: list[float]) -> None:
    values = np.array(p)
    rates = adjusted(values)
    assert (rates >= values - 1e-15).all()
    assert (rates <= 1.0).all()
    assert (np.diff(rates[np.argsort(values, kind="stable")]) >= -1e-15).all()
