"""Co-location of many industries, of industries with employees, and of records at the edge.

Paper: E1, E4.
"""

from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest

from jiqun.measures.colocation import colocation
from jiqun.measures.colocation.densities import FALSE_DISCOVERIES, MOST_SIMULATED, SIMULATIONS
from jiqun.record.record import Record
from tests.measures.records import firm_table
from tests.measures.test_colocation import record, the, towns


def many_industries(seed: int) -> Record:
    """Sixty industries of ten to twelve sites spread over ten towns, and the last in one town."""
    points = towns(660, seed)
    kind = np.array([f"Line {k % 60:02d}" for k in range(660)])
    place = np.flatnonzero(np.hypot(*(points - points[0]).T) < 0.15)[:11]
    kind[kind == "Line 59"] = "Line 58"
    kind[place] = "Line 59"
    base = record(kind.tolist(), points)
    firms = base["firms"].with_columns(industry_scheme=pl.lit("other"))
    return base.replace(firms=firms)


@pytest.mark.slow
def test_many_industries_are_scanned_and_few_are_called_localised() -> None:
    found = colocation(many_industries(3), seed=1)
    densities = [e for e in found if ("statistic", "Kd") in e.of]
    assert len(densities) > MOST_SIMULATED
    localised = [e for e in densities if e.curve is not None and e.curve.departs]
    assert ("industry", "Line 59") in localised[-1].of
    assert len(localised) <= 3
    assert "localised at distances of 0 to" in the(found, "Line 59", "Kd").label.en
    for estimate in densities:
        assert "False discoveries are controlled" in estimate.method.en
        assert "控制错误发现率" in estimate.method.zh
        assert estimate.verdict is not None
        if estimate not in localised:
            assert "not told from chance" in estimate.verdict.en
    told = {dict(e.of)["industry"] for e in found if ("statistic", "M") in e.of}
    assert told == {dict(e.of)["industry"] for e in localised}
    members = the(found, "Line 59", "sites in clusters")
    assert members.value is not None
    assert 6 <= members.value <= 11


def test_the_number_simulated_is_the_largest_that_leaves_a_lone_discovery_possible() -> None:
    smallest = 1.0 / (SIMULATIONS + 1)
    assert smallest * MOST_SIMULATED <= FALSE_DISCOVERIES < smallest * (MOST_SIMULATED + 1)


def with_employees(base: Record, employees: Sequence[float | None]) -> Record:
    return base.replace(
        sites=base["sites"].with_columns(employees=pl.Series(list(employees), dtype=pl.Float64))
    )


def test_employees_weigh_the_pairs_where_they_are_known() -> None:
    """Half of the bakers are spread; the large ones are together: only the weighted Kd sees it."""
    points = towns(300, 5)
    town = np.flatnonzero(np.hypot(*(points - points[0]).T) < 0.15)[:12]
    kind = np.full(300, "22")
    spread = np.setdiff1d(np.arange(300), town)[::8]
    kind[town] = kind[spread] = "13"
    base = record(kind.tolist(), points)
    size = np.ones(300)
    size[town] = 500.0
    found = colocation(with_employees(base, size.tolist()), seed=1)
    plain, weighted = the(found, "13", "Kd"), the(found, "13", "Kd by employees")
    assert plain.value is not None
    assert weighted.value is not None
    assert weighted.value > plain.value + 0.2
    assert "localised" in weighted.label.en
    assert "product of its employees" in weighted.method.en
    unknown = size.astype(object)
    unknown[:100] = None  # a third: too many to go without
    assert not [
        e
        for e in colocation(with_employees(base, unknown.tolist()), seed=1)
        if ("statistic", "Kd by employees") in e.of
    ]


def test_an_industry_without_any_employee_has_no_weighted_curve() -> None:
    base = record(["13"] * 20 + ["22"] * 20, towns(40, 6))
    found = colocation(with_employees(base, [0.0] * 20 + [5.0] * 20), seed=1)
    weighted = {dict(e.of)["industry"] for e in found if ("statistic", "Kd by employees") in e.of}
    assert weighted == {"22"}


def test_one_firm_and_metres_for_degrees_say_why_nothing_is_measured() -> None:
    lone = record(["13"], np.array([[120.0, 30.0]]))
    (estimate,) = colocation(lone)
    assert estimate.reason is not None
    assert "nothing to compare them with" in estimate.reason.en
    metres = record(["13", "22"] * 10, np.full((20, 2), (653964.1, 6860684.5)))
    (estimate,) = colocation(metres)
    assert estimate.reason is not None
    assert "metres of a map projection" in estimate.reason.en
    assert "经纬度" in estimate.reason.zh


def test_a_few_rows_that_are_no_degrees_or_no_numbers_are_left_out_and_counted() -> None:
    points = towns(60, 7)
    points[:3] = (653964.1, 6860684.5)
    points[3:5] = np.nan
    found = colocation(record(["13", "22"] * 30, points), seed=1)
    for estimate in found:
        told = " ".join(w.en for w in estimate.warnings)
        assert "3 sites have coordinates that are no longitude and latitude" in told
        assert "2 sites in use lack coordinates" in told
        assert " of 55 sites" in estimate.method.en


def test_two_far_places_give_no_density_and_the_reason() -> None:
    points = towns(80, 8)
    points[:6], points[6:12] = (0.0, 0.0), (60.0, 0.0)
    kind = ["35"] * 12 + ["13", "22"] * 34
    found = colocation(record(kind, points), seed=1)
    (estimate,) = [e for e in found if ("industry", "35") in e.of]
    assert estimate.reason is not None
    assert "distances between its 12 located sites are all the same" in estimate.reason.en


def test_the_antimeridian_changes_nothing() -> None:
    """Ten towns around 120° E, and the same turned until the 180th meridian runs through them."""
    points = towns(120, 9)
    turned = points + np.array([59.95, 0.0])
    turned[:, 0] = (turned[:, 0] + 180.0) % 360.0 - 180.0
    assert (turned[:, 0] > 0.0).any()
    assert (turned[:, 0] < 0.0).any()
    kind = np.random.default_rng(5).choice(["13", "22"], 120).tolist()
    here, there = (colocation(record(kind, p), seed=6) for p in (points, turned))
    assert len(here) == len(there)
    for one, other in zip(here, there, strict=True):
        if ("statistic", "M") in one.of:
            assert other.value == pytest.approx(one.value, rel=1e-9)


def test_firms_of_two_lists_are_not_mixed() -> None:
    base = record(["13"] * 20 + ["22"] * 20, towns(40, 6))
    firms = firm_table(["13"] * 20 + ["22"] * 20, ["330100"] * 40).with_columns(
        industry_scheme=pl.Series(["GBT4754-2017"] * 30 + ["NACE2"] * 10)
    )
    found = colocation(base.replace(firms=firms), seed=1)
    assert all(" of 30 sites" in e.method.en for e in found if e.measured)
