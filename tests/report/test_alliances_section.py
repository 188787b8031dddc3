"""Alliances are drawn as incidence, never as cliques, and what is left out is said.

Paper: K3f, K3g (pairs, or more than pairs)
"""

from datetime import date
from types import SimpleNamespace
from typing import cast
from xml.etree import ElementTree as ET

import polars as pl
import pytest

from jiqun.record.record import Record
from jiqun.report.block import Figure, Paragraph
from jiqun.report.sections.alliances import ALLIANCES, MOST_ALLIANCES, MOST_FIRMS
from jiqun.report.study import Study
from jiqun.vocabulary.text import LANGUAGES

SVG = "{http://www.w3.org/2000/svg}"


def study_of(groups: list[list[str]], names: dict[str, str] | None = None) -> Study:
    """A study of dated alliances, one a month."""
    firms = sorted({firm for group in groups for firm in group})
    ids = [f"a{k:03d}" for k in range(len(groups))]
    record = Record.of(
        firms=pl.DataFrame({"firm_id": firms, "name": [(names or {}).get(f) for f in firms]}),
        alliances=pl.DataFrame(
            {
                "alliance_id": ids,
                "start": [date(2000 + k // 12, k % 12 + 1, 1) for k in range(len(ids))],
            }
        ),
        memberships=pl.DataFrame(
            [(a, firm) for a, group in zip(ids, groups, strict=True) for firm in group],
            schema={"alliance_id": pl.String, "firm_id": pl.String},
            orient="row",
        ),
    )
    return cast("Study", SimpleNamespace(record=record, synthetic=False))


def figure_of(study: Study) -> Figure:
    (figure,) = ALLIANCES.build(study)
    assert isinstance(figure, Figure)
    return figure


def test_a_dot_a_member_and_a_line_an_alliance() -> None:
    figure = figure_of(study_of([["A", "B", "C"], ["B", "C"], ["A", "D"]]))
    root = ET.fromstring(str(figure.draw("en")))  # noqa: S314 - our own drawing
    assert len(root.findall(f".//{SVG}circle")) == 7
    upright = [e for e in root.iter(f"{SVG}line") if e.get("stroke-opacity")]
    assert len(upright) == 3
    assert all(e.get("x1") == e.get("x2") for e in upright)
    assert len(figure.data.rows) == 7


def test_the_busiest_and_the_latest_are_shown_and_the_rest_is_told() -> None:
    groups = [[f"f{k % 30:02d}", f"f{(k + 1) % 30:02d}", f"x{k:03d}"] for k in range(120)]
    figure = figure_of(study_of(groups))
    shown = {row[0] for row in figure.data.rows}
    assert len(shown) == MOST_ALLIANCES
    assert len({row[2] for row in figure.data.rows}) <= MOST_FIRMS
    assert "150" in figure.notes[1].en
    assert ">+1<" in str(figure.draw("en"))


def test_a_group_that_meets_again_and_again_is_drawn_once() -> None:
    groups = [*(["A", "B"], ["C", "D"], ["A", "C", "D"]), *[["A", "B"]] * 50]
    figure = figure_of(study_of(groups))
    assert {row[0] for row in figure.data.rows} == {"a001", "a002", "a052"}
    assert "4 of these firms" in figure.notes[1].en


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_names_are_escaped(language: str) -> None:
    names = {"A": "<script>alert(1)</script>", "B": "甲" * 200}
    drawn = str(figure_of(study_of([["A", "B"]], names)).draw(language))  # type: ignore[arg-type]
    assert "<script>" not in drawn
    ET.fromstring(drawn)  # noqa: S314 - our own drawing


def test_no_alliance_no_picture() -> None:
    (told,) = ALLIANCES.build(study_of([["A"]]))
    assert isinstance(told, Paragraph)
