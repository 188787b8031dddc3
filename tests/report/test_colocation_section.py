"""Curves of co-location in the report: which are drawn, what they say in words, and the small map.

Paper: E4 (agglomeration in geographical space)
"""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from jiqun.measures import Measurement
from jiqun.measures.curve_points import CurvePoints
from jiqun.measures.estimate import Estimate
from jiqun.record.record import Record
from jiqun.report.block import Figure, Paragraph
from jiqun.report.figures.band_curve import band_curve
from jiqun.report.figures.coastline import Window, land
from jiqun.report.figures.site_map import around_the_globe, unwrapped, window_around
from jiqun.report.sections.colocation import COLOCATION, chosen, described
from jiqun.report.sections.map import placed_sites
from jiqun.report.study import Study
from jiqun.vocabulary.text import LANGUAGES, Language, Text
from tests.measures.records import firm_table
from tests.measures.test_curve_points import CURVE
from tests.report.study_samples import Page, a_study, as_synthetic

CODES = ("13", "22", "35", "39", "41", "65", "73")


def density(industry: str, n: int, value: float, curve: CurvePoints = CURVE) -> Estimate:
    return Estimate(
        measure="colocation",
        of=(("industry", industry), ("statistic", "Kd")),
        label=Text("pairs", "场所对"),
        value=value,
        n=n,
        warnings=(Text("p = 0.001.", "p = 0.001。"),),
        verdict=Text("localised", "集聚"),
        curve=curve,
    )


def placed(industries: list[str], longitude: list[float]) -> Record:
    count = len(industries)
    sites = pl.DataFrame(
        {
            "site_id": [f"s{k:03d}" for k in range(count)],
            "firm_id": [f"f{k}" for k in range(count)],
            "longitude": longitude,
            "latitude": [30.0 + k / 100 for k in range(count)],
        }
    )
    return Record.of(firms=firm_table(industries, ["330100"] * count), sites=sites)


def the_study(estimates: tuple[Estimate, ...], *, synthetic: bool = False) -> Study:
    record = placed(list(CODES) * 4, [120.0 + k / 50 for k in range(28)])
    told = as_synthetic(record) if synthetic else record
    return a_study(told, measurement=Measurement({"colocation": estimates}))


def test_the_largest_and_those_that_depart_most_are_drawn_with_their_weighted_curves() -> None:
    quiet = replace(CURVE, departs=False)
    estimates = (
        density("13", 90, 0.0, quiet),
        density("22", 80, 0.3, quiet),
        *(density(code, 20, 0.1 * k) for k, code in enumerate(CODES[2:], start=1)),
    )
    weighted = replace(
        density("65", 20, 0.2), of=(("industry", "65"), ("statistic", "Kd by employees"))
    )
    drawn = [dict(e.of) for e in chosen((*estimates, weighted))]
    assert [of["industry"] for of in drawn] == ["13", "22", "73", "65", "65", "41", "39"]
    assert drawn[4]["statistic"] == "Kd by employees"


def test_the_words_give_the_peak_and_where_the_band_is_left() -> None:
    told = described(density("13", 1200, 0.2), CURVE)
    assert "1,200 sites of industry 13, from 0 to 2 km: highest, 0.5 per km, at 0 km" in told.en
    assert "Above the global band at 0 km. Below the global band at 2 km." in told.en
    assert "在 0 公里处高于全局置信带。在 2 公里处低于全局置信带。" in told.zh
    inside = replace(CURVE, value=(0.2, 0.2, 0.2))
    assert "stays within the global band" in described(density("13", 9, 0.0, inside), inside).en


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("synthetic", [False, True])
def test_the_drawing_has_bands_marks_and_sites(language: Language, synthetic: bool) -> None:
    points = np.array([[120.0, 30.0], [120.5, 30.2], [120.5, 30.2]])
    page = Page(str(band_curve(CURVE, points, "words", language, synthetic=synthetic)))
    circles = page.all("circle")
    sites = [c for c in circles if "fill" not in c]
    assert len(sites) == 2  # two at one place share a dot
    fills = [c["fill"] for c in circles if "fill" in c]
    assert fills == ["#0072B2", "#fff", "#0072B2", "#fff"]  # above, below, and the two of the key
    assert page.words("title") == ["words"]
    assert ("SYNTHETIC" in " ".join(page.words("text")).upper()) is synthetic


def test_the_section_has_a_figure_a_curve_and_every_point_as_csv() -> None:
    study = the_study((density("13", 90, 0.2), density("22", 80, 0.1)))
    blocks = COLOCATION.build(study)
    figures = [b for b in blocks if isinstance(b, Figure)]
    assert [f.title.en for f in figures] == [
        "Industry 13 农副食品加工业: localised",
        "Industry 22 造纸和纸制品业: localised",
    ]
    assert len({f.name for f in figures}) == 2
    assert [len(f.data.rows) for f in figures] == [3, 3]
    for figure in figures:
        assert figure.alt.to("zh") in str(figure.draw("zh"))


def test_without_curves_it_says_so() -> None:
    (said,) = COLOCATION.build(a_study())
    assert isinstance(said, Paragraph)
    assert "not measured for any industry" in said.text.en


def test_a_map_across_the_antimeridian_is_narrow_and_has_land_on_both_sides() -> None:
    fiji = np.array([[177.4, -17.6], [178.4, -18.1], [-179.9, -16.8], [-179.0, -17.0]])
    side_by_side = unwrapped(fiji)
    assert np.ptp(side_by_side[:, 0]) == pytest.approx(3.6)
    window = window_around(side_by_side)
    assert window.width < 10.0
    assert window.west < 177.4
    assert window.east > 181.0
    assert around_the_globe(181.0) == -179.0
    both = np.concatenate(land(Window(175.0, 62.0, 195.0, 70.0)))  # Chukotka, east of 180° too
    assert both[:, 0].min() < 179.0
    assert both[:, 0].max() > 185.0
    np.testing.assert_array_equal(unwrapped(np.array([[-60.0, 0.0], [60.0, 0.0]]))[:, 0], [-60, 60])
    record = placed(["13"] * 4, fiji[:, 0].tolist())
    assert np.ptp(placed_sites(a_study(record))[:, 0]) == pytest.approx(3.6)
