"""Distance decay on whole records: planted reach by layer, time and platform, and what is missing.

Paper: E5 (weaker dependence), K2f, K2i (slopes in either type), I1c (tools and proximity), Q8
"""

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from jiqun.measures.distance_decay import distance_decay
from jiqun.measures.estimate import Estimate
from jiqun.numerics.tie_decay import great_circle_km
from jiqun.record.record import Record
from tests.measures.records import firm_table

FIRMS = 150


def tied(
    rng: np.random.Generator, points: np.ndarray, slope: float, count: int
) -> tuple[np.ndarray, np.ndarray]:
    """Draw ties in proportion to (1 + d)^slope."""
    one, other = np.triu_indices(len(points), 1)
    chance = (1.0 + great_circle_km(points[one], points[other])) ** slope
    drawn = rng.choice(one.size, count, replace=False, p=chance / chance.sum())
    return one[drawn], other[drawn]


def record_of(
    parts: list[tuple[str | None, float, int, int]], *, on_platform: int = 0, seed: int = 1
) -> Record:
    """Firms on a square of 5°; parts are (channel, slope, ties, year)."""
    rng = np.random.default_rng(seed)
    points = rng.uniform(0.0, 5.0, (FIRMS, 2))
    rows: list[tuple[str, str, str, str | None, date]] = []
    for channel, slope, count, year in parts:
        for a, b in zip(*tied(rng, points, slope, count), strict=True):
            start = date(year, 1, 1) + timedelta(days=int(rng.integers(365)))
            rows.append((f"t{len(rows):05d}", f"f{a}", f"f{b}", channel, start))
    names = [f"f{i}" for i in range(FIRMS)]
    columns = {"tie_id": pl.String, "source": pl.String, "target": pl.String}
    tables = {
        "firms": firm_table(["3510"] * FIRMS, ["330100"] * FIRMS),
        "sites": pl.DataFrame(
            {
                "site_id": names,
                "firm_id": names,
                "longitude": points[:, 0],
                "latitude": points[:, 1],
            }
        ),
        "ties": pl.DataFrame(
            rows, schema={**columns, "channel": pl.String, "start": pl.Date}, orient="row"
        ),
    }
    if on_platform:
        tables["participations"] = pl.DataFrame(
            {"platform_id": ["p"] * on_platform, "firm_id": names[:on_platform]}
        ).with_columns(joined=pl.lit(date(2000, 1, 1)))
    return Record.of(**tables)


def find(estimates: tuple[Estimate, ...], layer: str, statistic: str) -> Estimate:
    return next(e for e in estimates if e.of == (("layer", layer), ("statistic", statistic)))


def test_each_layer_has_its_own_reach() -> None:
    record = record_of([("physical", -1.0, 300, 2015), ("virtual", 0.0, 300, 2015)])
    found = distance_decay(record, seed=0)
    near, far = find(found, "physical", "slope"), find(found, "virtual", "slope")
    assert near.value == pytest.approx(-1.0, abs=0.25)
    assert near.high is not None
    assert near.high < 0.0
    assert far.low is not None
    assert far.high is not None
    assert far.low < 0.0 < far.high
    within = find(found, "physical", "within 50 km")
    assert within.value is not None
    assert within.high is not None
    assert within.value > 2.0 > within.high
    elsewhere = find(found, "virtual", "within 200 km")
    assert elsewhere.low is not None
    assert elsewhere.high is not None
    assert elsewhere.low * 0.9 < (elsewhere.value or 0.0) < elsewhere.high * 1.1


def test_decay_that_fades_over_the_years_has_a_positive_change() -> None:
    record = record_of([("virtual", -1.2, 250, 2010), ("virtual", 0.0, 250, 2018)])
    change = find(distance_decay(record, seed=0), "virtual", "change in a year")
    assert change.value == pytest.approx(1.2 / 8.0, rel=0.35)
    assert change.low is not None
    assert change.low > 0.0


def test_same_decay_in_all_years_has_none() -> None:
    record = record_of([("virtual", -1.0, 250, 2010), ("virtual", -1.0, 250, 2018)])
    change = find(distance_decay(record, seed=0), "virtual", "change in a year")
    assert change.low is not None
    assert change.high is not None
    assert change.low < 0.0 < change.high


def test_platform_members_are_compared_with_others() -> None:
    record = record_of([("virtual", -0.8, 500, 2015)], on_platform=90)
    on = find(distance_decay(record, seed=0), "virtual", "on platforms")
    assert on.low is not None
    assert on.high is not None
    assert on.low < 0.0 < on.high
    without = find(
        distance_decay(record_of([("virtual", -0.8, 99, 2015)]), seed=0), "virtual", "on platforms"
    )
    assert not without.measured
    assert "participations.joined" in without.needs


def test_what_is_missing_is_named() -> None:
    record = record_of([("virtual", 0.0, 100, 2015)])
    tables = {name: record[name] for name in record}
    (nowhere,) = distance_decay(Record.of(**{**tables, "sites": tables["sites"].head(0)}), seed=0)
    assert "longitude" in str(nowhere.reason)
    metres = record["sites"].with_columns(pl.col("longitude", "latitude") * 1e5 + 1e6)
    (projected,) = distance_decay(record.replace(sites=metres), seed=0)
    assert "in degrees" in str(projected.reason)
    (few,) = distance_decay(record.replace(ties=record["ties"].head(12)), seed=0)
    assert not few.measured
    assert few.n == 12
    one_place = record["sites"].with_columns(longitude=pl.lit(1.0), latitude=pl.lit(1.0))
    (same,) = distance_decay(record.replace(sites=one_place), seed=0)
    assert "equally far" in str(same.reason)


def test_same_seed_same_numbers() -> None:
    record = record_of([("virtual", 0.0, 100, 2015)])
    assert distance_decay(record, seed=3) == distance_decay(record, seed=3)
    assert distance_decay(record, seed=3) != distance_decay(record, seed=4)
