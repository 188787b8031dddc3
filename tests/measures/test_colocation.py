"""Co-location of industries in a record: what is found, what is not measured and why.

Paper: E1, E4, T5.
"""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from jiqun.measures import MEASURES
from jiqun.measures.colocation import colocation
from jiqun.measures.estimate import Estimate
from jiqun.record.record import Record
from tests.measures.records import firm_table

DATA = Path(__file__).parents[3] / "shared" / "data" / "points"


def record(industry: list[str], points: NDArray[np.float64]) -> Record:
    """One site a firm, at longitude and latitude."""
    sites = pl.DataFrame(
        {
            "site_id": [f"s{k:05d}" for k in range(len(industry))],
            "firm_id": [f"f{k}" for k in range(len(industry))],
            "longitude": points[:, 0],
            "latitude": points[:, 1],
        }
    )
    return Record.of(firms=firm_table(industry, ["330100"] * len(industry)), sites=sites)


def towns(firms: int, seed: int) -> NDArray[np.float64]:
    """Firms in ten towns of a province of 200 km."""
    rng = np.random.default_rng(seed)
    centres = rng.uniform((119.0, 29.0), (121.0, 31.0), (10, 2))
    return np.asarray(centres[rng.integers(0, 10, firms)] + rng.normal(size=(firms, 2)) * 0.05)


def the(found: tuple[Estimate, ...], industry: str, statistic: str, within: str = "") -> Estimate:
    """Pick the one estimate of an industry and statistic."""
    of = {("industry", industry), ("statistic", statistic)} | (
        {("within", within)} if within else set()
    )
    (estimate,) = [e for e in found if of <= set(e.of)]
    return estimate


def test_an_industry_in_one_town_is_localised_and_one_in_all_is_not() -> None:
    points = towns(400, 1)
    one_town = np.hypot(*(points - points[0]).T) < 0.15
    kind = np.where(one_town, "3911", np.random.default_rng(2).choice(["1311", "2211"], 400))
    found = colocation(record(kind.tolist(), points), seed=3)
    codes = {dict(e.of)["industry"] for e in found}
    (chips,) = [c for c in codes if "3911".startswith(c)]
    (bread,) = [c for c in codes if "1311".startswith(c)]
    localised = the(found, chips, "Kd")
    assert localised.value is not None
    assert 0.3 < localised.value <= 1.0
    assert "localised at distances of 0 to" in localised.label.en
    assert "集聚" in localised.label.zh
    near = the(found, chips, "M", "10 km")
    assert near.value is not None
    assert near.high is not None
    # Within its town every neighbour is of the industry: one over its share of the other 399.
    assert near.value == pytest.approx(399.0 / (one_town.sum() - 1.0), rel=0.1)
    assert near.value > near.high
    assert the(found, bread, "Kd").value == 0.0
    assert "not told from chance" in the(found, bread, "Kd").label.en


def test_the_same_seed_gives_the_same_estimates_whatever_the_order_of_rows() -> None:
    points = towns(120, 4)
    kind = np.random.default_rng(5).choice(["13", "22"], 120).tolist()
    base = record(kind, points)
    shuffled = base.replace(sites=base["sites"].sample(fraction=1.0, shuffle=True, seed=1))
    assert colocation(base, seed=6) == colocation(shuffled, seed=6)


def test_what_cannot_be_measured_says_why() -> None:
    points = towns(40, 7)
    kind = ["13"] * 30 + ["22"] * 10
    good = record(kind, points)
    nowhere = good.replace(sites=good["sites"].with_columns(longitude=pl.lit(None, pl.Float64)))
    one_kind = record(["13"] * 40, points)
    one_place = record(kind, np.tile([[120.0, 30.0]], (40, 1)))
    uncoded = good.replace(firms=good["firms"].with_columns(industry_code=pl.lit(None, pl.String)))
    for broken, reason in (
        (Record.of(firms=good["firms"]), "no site in use has coordinates"),
        (nowhere, "no site in use has coordinates"),
        (uncoded, "no firm with a located site has an industry code"),
        (one_kind, "nothing to compare them with"),
        (one_place, "most located sites are at the same coordinates"),
    ):
        (estimate,) = colocation(broken)
        assert estimate.reason is not None
        assert reason in estimate.reason.en
        assert estimate.needs


def test_a_small_industry_and_one_at_a_single_address_are_left_out_with_the_reason() -> None:
    points = towns(60, 8)
    points[40:52] = points[40]
    kind = ["13"] * 40 + ["22"] * 12 + ["35"] * 8
    found = colocation(record(kind, points), seed=1)
    reasons = {dict(e.of)["industry"]: e.reason.en for e in found if e.reason is not None}
    assert any("at one place" in reason for reason in reasons.values())
    assert any(reason.startswith("8 located sites") for reason in reasons.values())


def test_closed_sites_and_firms_do_not_count_and_places_for_addresses_are_flagged() -> None:
    points = np.round(towns(80, 9), 1)
    kind = np.random.default_rng(5).choice(["13", "22"], 80).tolist()
    base = record(kind, points)
    day = pl.date(2020, 1, 1)
    closed = base.replace(
        sites=base["sites"].with_columns(closed=pl.when(pl.col("site_id") == "s00000").then(day))
    )
    for estimate in colocation(closed, seed=1):
        assert any(
            "of the sites have the coordinates of another" in w.en for w in estimate.warnings
        )
        assert " of 79 sites" in estimate.method.en


def test_paris_restaurants_cluster_as_the_reference_finds() -> None:
    """dbmss on the same data: Indian restaurants leave the band up to some 400 m, M of Asian ones."""
    path = DATA / "dfRestaurantParis.csv.gz"
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    from jiqun.numerics.point_pattern import kd, m_function

    table = pl.read_csv(path)
    points = table.select("x", "y").to_numpy()
    indian, asian = (table[name].to_numpy() == 1 for name in ("indian", "asian"))
    assert (indian.sum(), asian.sum()) == (394, 1643)
    radii = np.arange(0.0, 3001.0, 100.0)
    curve = kd(points, indian, radii, simulations=999, seed=1)
    np.testing.assert_allclose(curve.observed[[0, 2]], [3.617e-5, 4.194e-5], rtol=0.01)
    assert curve.band is not None
    above = curve.observed > curve.band.high
    assert above[:4].all()
    assert not above[6]
    assert (curve.observed < curve.band.low)[20:31].any()
    exact = kd(points, asian, [0.0, 100.0, 200.0, 3000.0], simulations=0, seed=1)
    np.testing.assert_allclose(exact.observed[:3], [2.157e-5, 2.652e-5, 3.580e-5], rtol=0.02)
    m = m_function(points, asian, [0.0, 100.0, 1000.0], simulations=0, seed=1)
    np.testing.assert_allclose(m.observed, [2.224, 1.648, 1.173], atol=6e-4)


def test_it_is_registered() -> None:
    assert MEASURES["colocation"].function is colocation
