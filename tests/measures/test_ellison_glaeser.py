"""Ellison-Glaeser: hand-worked, degenerate and random places.

Paper: E1 (high concentration within a region)
"""

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from jiqun.measures.ellison_glaeser import ellison_glaeser, random_band
from jiqun.measures.estimate import Estimate
from jiqun.record.record import Record
from tests.measures.records import firm_table


def of(found: tuple[Estimate, ...], industry: str, statistic: str = "gamma") -> Estimate:
    wanted = (("industry", industry), ("statistic", statistic))
    return next(e for e in found if e.of == wanted)


def two_towns() -> pl.DataFrame:
    """Twenty weavers in one town; twenty programmers in either of two towns, ten each."""
    return firm_table(["17"] * 20 + ["65"] * 20, ["330100"] * 30 + ["330200"] * 10)


def test_by_hand() -> None:
    """x = (.75, .25), X = .625; weavers s = (1, 0): G = .125, H = .05, γ = (.125 − .375·.05)/(.375·.95)."""
    found = ellison_glaeser(Record.of(firms=two_towns()))
    gamma = of(found, "17")
    assert gamma.value == pytest.approx((0.125 - 0.375 * 0.05) / (0.375 * 0.95))
    assert gamma.n == 20
    # Programmers s = (.5, .5): the same G, spread the other way.
    assert of(found, "65").value == pytest.approx(gamma.value)
    maurel = (0.5 - 0.625 - 0.375 * 0.05) / (0.375 * 0.95)
    assert of(found, "65", "Maurel-Sédillot").value == pytest.approx(maurel)


def test_band_of_random_location_is_labelled_as_such() -> None:
    band = of(ellison_glaeser(Record.of(firms=two_towns())), "17", "random location")
    assert band.high is not None
    assert band.value is not None
    assert band.value > band.high
    assert "more concentrated than chance" in band.label.en
    assert band.interval.en.startswith("Not an interval around the value")


def test_one_plant_one_region_one_industry_and_nothing() -> None:
    lone = pl.concat([two_towns(), firm_table(["35"], ["330100"], prefix="lone")])
    found = ellison_glaeser(Record.of(firms=lone))
    single = next(e for e in found if e.of == (("industry", "35"),))
    assert single.reason is not None
    assert "single firm" in single.reason.en
    for firms in (
        two_towns().with_columns(region_code=pl.lit("330100")),
        two_towns().with_columns(industry_code=pl.lit("17")),
        two_towns().head(0),
    ):
        (nothing,) = ellison_glaeser(Record.of(firms=firms))
        assert nothing.reason is not None


def test_industry_that_makes_up_the_record_is_flagged() -> None:
    warnings = of(ellison_glaeser(Record.of(firms=two_towns())), "17").warnings
    assert any("its own yardstick" in warning.en for warning in warnings)


def test_unit_of_employment_and_order_do_not_matter() -> None:
    firms = two_towns()
    sites = firms.select(
        "firm_id", site_id="firm_id", employees=pl.int_range(1, 41).cast(pl.Float64)
    )
    thousand = sites.with_columns(pl.col("employees") * 1000).sample(
        fraction=1, shuffle=True, seed=2
    )
    one = of(ellison_glaeser(Record.of(firms=firms, sites=sites)), "17")
    other = of(ellison_glaeser(Record.of(firms=firms.reverse(), sites=thousand)), "17")
    assert one.value == pytest.approx(other.value)
    assert one.low == pytest.approx(other.low)


@pytest.mark.statistical
@pytest.mark.parametrize("spread", [0.0, 1.6])
@pytest.mark.parametrize("plants", [5, 40, 200])
def test_random_location_leaves_the_band_one_time_in_twenty(spread: float, plants: int) -> None:
    generator = np.random.default_rng(41)
    outside, trials = 0, 400
    for _ in range(trials):
        x: NDArray[np.float64] = generator.dirichlet(np.full(15, 2.0))
        size = generator.lognormal(0.0, spread, plants)
        low, high = random_band(size, x)
        region = generator.choice(15, plants, p=x)
        s = np.bincount(region, size, 15) / size.sum()
        h = ((size / size.sum()) ** 2).sum()
        free = 1 - (x**2).sum()
        gamma = (((s - x) ** 2).sum() - free * h) / (free * (1 - h))
        outside += not low <= gamma <= high
    # Binomial(400, .05): 20 expected, 4.36 s.d.; few plants make it conservative.
    assert outside <= 37
