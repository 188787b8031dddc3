"""Boundaries: none by default, the user's own with source and approval number, bad files refused."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from jiqun.record.problem import InputError
from jiqun.report.block import Figure
from jiqun.report.boundaries import read_boundaries
from jiqun.report.sections.map import MAP
from jiqun.report.study import Study
from tests.report.study_samples import a_study

SQUARE = [[119.0, 29.0], [121.0, 29.0], [121.0, 31.0], [119.0, 31.0], [119.0, 29.0]]


def geojson(tmp_path: Path, document: object) -> Path:
    path = tmp_path / "lines.geojson"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def feature(kind: str, coordinates: object) -> dict[str, object]:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": {}, "geometry": geometry}


def first_map(study: Study) -> Figure:
    return next(b for b in MAP.build(study) if isinstance(b, Figure))


def test_no_boundary_is_drawn_unless_it_is_given(tmp_path: Path) -> None:
    assert "stroke-dasharray" not in str(first_map(a_study()).draw("zh"))
    path = geojson(
        tmp_path,
        {
            "type": "FeatureCollection",
            "features": [
                feature("Polygon", [SQUARE]),
                feature("MultiLineString", [[[119.0, 30.25], [121.0, 30.26]]]),
            ],
        },
    )
    lines = read_boundaries(path, attribution="某测绘院 2024", approval="GS(2024)0001号")
    assert [len(line) for line in lines.lines] == [5, 2]
    figure = first_map(replace(a_study(), boundaries=lines))
    assert str(figure.draw("zh")).count("stroke-dasharray") == 2
    told = " ".join(note.to("zh") for note in figure.notes)
    assert "某测绘院 2024" in told
    assert "审图号：GS(2024)0001号" in told
    assert "不绘制任何行政或国家界线" not in told


def test_a_missing_approval_number_is_said(tmp_path: Path) -> None:
    lines = read_boundaries(geojson(tmp_path, feature("LineString", SQUARE)), attribution="x")
    notes = first_map(replace(a_study(), boundaries=lines)).notes
    assert any("No map approval number" in note.en for note in notes)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"type": "FeatureCollection", "features": []}, "holds no line"),
        (feature("Point", [1, 2]), "holds no line"),
        (feature("LineString", [[500_000.0, 3_000_000.0], [1.0, 1.0]]), "no degrees"),
        (feature("LineString", [["a", "b"]]), "not well-formed"),
        ([1, 2], "not well-formed"),
    ],
)
def test_a_wrong_file_is_refused_with_its_reason(
    tmp_path: Path, document: object, reason: str
) -> None:
    with pytest.raises(InputError) as refused:
        read_boundaries(geojson(tmp_path, document), attribution="x")
    assert reason in refused.value.problems[0].message.en
