"""Stata files, read back by an independent reader: numbers, days, long texts and labels survive."""

import io
from datetime import date

import polars as pl
import pytest

from jiqun.report.forms import FORMS
from jiqun.report.forms.stata import stata, variable_names
from jiqun.report.report import Report
from jiqun.report.tables import result_tables
from tests.report.study_samples import a_full_study

pandas = pytest.importorskip("pandas")


def test_what_is_written_is_read_back() -> None:
    frame = pl.DataFrame(
        {
            "value": [1.5, None, float("inf"), -2e300],
            "in": [date(2020, 2, 3), None, date(1950, 1, 1), date(1960, 1, 1)],
            "text": ["名字", "", None, "=1+1"],
            "essay": ["长" * 3000, "短", None, "x\0y"],
        }
    )
    content = stata(frame, ["数值", "日", "文本", "x" * 100], "标题")
    with pandas.read_stata(io.BytesIO(content), iterator=True) as reader:
        labels, title = reader.variable_labels(), reader.data_label
        read = reader.read()
    assert labels == {"value": "数值", "in_": "日", "text": "文本", "essay": "x" * 80}
    assert title == "标题"
    assert read["value"].isna().tolist() == [False, True, True, False]
    assert (read["value"][0], read["value"][3]) == (1.5, -2e300)
    days = [None if d is pandas.NaT else d.date() for d in read["in_"]]
    assert days == frame["in"].to_list()
    assert read["text"].tolist() == ["名字", "", "", "=1+1"]
    assert read["essay"].tolist() == ["长" * 3000, "短", "", "xy"]


def test_an_empty_table_and_the_same_bytes() -> None:
    frame = pl.DataFrame(
        {"a": pl.Series([], dtype=pl.String), "b": pl.Series([], dtype=pl.Float64)}
    )
    content = stata(frame, ["a", "b"], "")
    assert pandas.read_stata(io.BytesIO(content)).shape == (0, 2)
    assert content == stata(frame, ["a", "b"], "")


def test_names_are_those_that_stata_allows() -> None:
    wanted = [
        "estimate",
        "Estimate",
        "in",
        "str12",
        "2020 share",
        "estimate",
        "",
        "x" * 40,
        "x" * 41,
    ]
    found = variable_names(wanted)
    assert found[:6] == ("estimate", "Estimate", "in_", "str12_", "_2020_share", "estimate_2")
    assert len(set(found)) == len(wanted)
    assert all(0 < len(name) <= 32 for name in found)


def test_every_table_of_the_report_is_a_file_in_each_language() -> None:
    report = Report.of(a_full_study())
    for language in ("en", "zh"):
        files = FORMS["dta"].make(report, language, ())
        assert len(files) == len(result_tables(report))
        content = files[f"tables/estimates.{language}.dta"]
        with pandas.read_stata(io.BytesIO(content), iterator=True) as reader:
            labels, read = reader.variable_labels(), reader.read()
        assert labels["value"] == {"en": "value", "zh": "数值"}[language]
        assert read["value"][0] == 0.5
        assert len(read) == sum(len(found) for found in report.study.measurement.values())
