"""The verdict in the report: what contradicts it first, doubt beside each probability, gaps named.

Paper: T1 (type), S1-S18 (Table 2)
"""

import re
from dataclasses import replace

import pytest

from jiqun.diagnosis.card import STATES, reference_card
from jiqun.diagnosis.findings import percent
from jiqun.diagnosis.stage.table_two import CELLS, answers, judged
from jiqun.report.block import Figure, Grid, Heading, Items, Paragraph
from jiqun.report.figures.signs import TYPE_SIGNS
from jiqun.report.report import Report
from jiqun.report.sections.elements import ELEMENTS
from jiqun.report.sections.front import FRONT
from jiqun.report.sections.markers import ANSWERS, MARKERS
from jiqun.report.sections.stages import STAGES
from jiqun.report.tables import result_tables
from jiqun.vocabulary.text import LANGUAGES, Language
from jiqun.vocabulary.typology import CLUSTER_TYPE, STAGE
from tests.report.study_samples import Page, a_diagnosis, a_marker, a_study, page_of


def headings(verdict: str = "digital_industrialization") -> list[str]:
    blocks = FRONT.build(a_study(diagnosis=a_diagnosis(verdict)))
    return [b.text.en for b in blocks if isinstance(b, Heading)]


def test_what_contradicts_comes_before_what_supports() -> None:
    assert headings()[:3] == ["What contradicts it", "What supports it", "What to collect next"]
    blocks = FRONT.build(a_study(diagnosis=a_diagnosis()))
    first, second, third = [b for b in blocks if isinstance(b, Items)][:3]
    assert "finding on network" in str(first.items)
    assert "finding on core_logic" in str(second.items)
    assert third.items[0][0] == a_diagnosis().needs[0].advice


def test_an_abstention_is_told_as_one() -> None:
    told = headings("insufficient_evidence")
    name = CLUSTER_TYPE.terms["digital_industrialization"].en
    assert told[0] == f"What speaks against the likeliest type, {name}"
    page = page_of(a_study(diagnosis=a_diagnosis("insufficient_evidence")), "zh")
    assert "类型：证据不足。依据核心企业逻辑。" in page


def test_probabilities_are_never_certain() -> None:
    assert [percent(p) for p in (0.0, 0.004, 0.5, 0.994, 0.999, 1.0)] == [
        "<1%", "<1%", "50%", "99%", ">99%", ">99%",
    ]  # fmt: skip
    page = page_of(a_study(diagnosis=a_diagnosis()), "en")
    assert "traditional cluster &lt;1%" in page


def test_what_was_not_measured_is_no_no() -> None:
    blocks = FRONT.build(a_study(diagnosis=a_diagnosis()))
    told = [b.text.en for b in blocks if isinstance(b, Paragraph)]
    assert "Not measured, which is no “no”: mirror of the platform." in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ledger_shows_each_type_by_shape_as_well_as_colour(language: Language) -> None:
    blocks = ELEMENTS.build(a_study(diagnosis=a_diagnosis()))
    (figure,) = [b for b in blocks if isinstance(b, Figure)]
    page = Page(str(figure.draw(language)))
    shapes = [tag for tag, _ in page.tags if tag in {"circle", "path", "rect"}]
    assert sorted(shapes) == ["circle"] * 3 + ["path"] * 6 + ["rect"] * 3
    colours = re.compile(r' (fill|stroke)="[^"]*"')
    assert len({colours.sub("", str(draw(0, 0, 5))) for draw in TYPE_SIGNS.values()}) == 4
    assert len(figure.data.rows) == 2
    assert "Against the likeliest type: 1." in figure.alt.en


def test_the_ledger_lists_unmeasured_elements_with_their_needs() -> None:
    blocks = ELEMENTS.build(a_study(diagnosis=a_diagnosis()))
    ledger = next(b for b in blocks if isinstance(b, Grid) and b.sheet == "evidence")
    assert "Ties: start" in str(ledger.rows[-1])
    assert "contradicts the likeliest type" in str(ledger.rows[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_history_tells_each_probability_in_words_and_shade(language: Language) -> None:
    blocks = STAGES.build(a_study(diagnosis=a_diagnosis()))
    (figure,) = [b for b in blocks if isinstance(b, Figure)]
    page = Page(str(figure.draw(language)))
    assert page.words("text").count("90%") == 3
    outlined = [a for a in page.all("rect") if a["stroke"] == "#1b1b1b"]
    assert len(outlined) == 3
    assert "2002-2003: platform building (90%). 2004-2005" in figure.alt.en
    (changes,) = [b for b in blocks if isinstance(b, Grid)]
    assert changes.rows[0][1] == "2004"


def test_there_are_eighteen_markers_three_of_each_stage() -> None:
    assert [cell.paper for cell in CELLS] == [f"S{n}" for n in range(1, 19)]
    stages = [cell.stage for cell in CELLS]
    assert all(stages.count(code) == 3 for code in STAGE.codes if code != "baseline")


def test_each_marker_is_met_not_met_open_or_not_observable() -> None:
    found = {a.cell.paper: a.answer for a in answers(a_diagnosis().stage)}
    assert found["S15"] == "met"
    assert found["S12"] == "not_met"
    assert found["S9"] == "open"
    assert found["S11"] == "not_observable"
    (_, counts, grid) = MARKERS.build(a_study(diagnosis=a_diagnosis()))
    assert isinstance(grid, Grid)
    assert isinstance(counts, Items)
    assert len(grid.rows) == 18
    assert len(counts.items) == len(ANSWERS)
    assert "Innovations: subject" in str(grid.rows[10])


def expected(marker: str, stage: str) -> float:
    """What the card expects of a share in a stage."""
    return float(reference_card().stages.shares[marker].means[STATES.index(stage)])


def test_a_marker_is_judged_against_the_line_half_way_from_the_start() -> None:
    before, there = expected("joint", "baseline"), expected("joint", "dynamic_innovation")
    line = (before + there) / 2
    assert before + 0.1 < there
    for low, high, answer in (
        (line + 0.01, 0.95, "met"),
        (0.0, line - 0.01, "not_met"),
        (line - 0.05, line + 0.05, "open"),
    ):
        (estimate,) = a_marker("joint", (low + high) / 2, low, high).estimates
        assert judged("joint", estimate, "dynamic_innovation") == answer


def test_a_marker_that_falls_is_met_below_its_line() -> None:
    assert expected("vertical", "ecosystem_building") < expected("vertical", "baseline") - 0.1
    (low,) = a_marker("vertical", 0.05, 0.0, 0.1).estimates
    assert judged("vertical", low, "ecosystem_building") == "met"
    (high,) = a_marker("vertical", 0.97, 0.95, 1.0).estimates
    assert judged("vertical", high, "ecosystem_building") == "not_met"


def test_an_index_of_nothing_is_not_met() -> None:
    (none,) = a_marker("functions", 0.0, 0.0, 0.0).estimates
    assert judged("functions", none, "dynamic_innovation") == "not_met"


def test_a_stage_without_history_says_why() -> None:
    found = a_diagnosis()
    study = a_study(diagnosis=replace(found, stage=replace(found.stage, history=(), evidence=())))
    (said,) = STAGES.build(study)
    assert isinstance(said, Paragraph)
    assert "On three markers." in said.text.en
    assert MARKERS.build(study) == ()


def test_evidence_history_and_markers_are_tidy_tables_too() -> None:
    names = {t.name for t in result_tables(Report.of(a_study(diagnosis=a_diagnosis())))}
    assert {"evidence", "markers", "ledger", "stages"} <= names
