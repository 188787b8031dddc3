"""What is shared names nobody: masked records, suppressed cells, no single place."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

import jiqun as jq
from jiqun.measures import Measurement
from jiqun.record.record import Record
from jiqun.record.requirements import check
from jiqun.record.storage import read
from jiqun.report.block import Figure
from jiqun.report.forms import FORMS
from jiqun.report.report import Report
from jiqun.report.sections.map import MAP
from jiqun.report.sharing import LEAST, masked, shared
from tests.cli.conftest import Run, jiqun  # noqa: F401 (a fixture)
from tests.report.study_samples import a_study, an_estimate, page_of, small_record

BUNDLED = Path(jq.__file__).parent / "cli" / "demo_records" / "synthetic-textile.jiqun.zip"


def test_a_masked_record_is_the_same_but_for_names() -> None:
    record = read(BUNDLED)
    other = masked(record, seed=1)
    assert check(other) == ()
    assert {t: other[t].height for t in other} == {t: record[t].height for t in record}
    before = set(record["firms"]["name"]) | set(record["firms"]["firm_id"])
    texts = {
        value
        for table in other
        if table not in {"sources", "provenance"}
        for column in other[table].select(pl.col(pl.String)).iter_columns()
        for value in column.drop_nulls()
    }
    assert before & texts == set()
    degree = record["ties"].group_by("source").len()["len"].sort()
    assert other["ties"].group_by("source").len()["len"].sort().equals(degree)


def test_the_order_of_numbers_tells_nothing_of_the_order_of_names() -> None:
    record = Record.of(firms=pl.DataFrame({"firm_id": [f"f{i:03d}" for i in range(200)]}))
    numbers = masked(record)["firms"]["firm_id"].str.slice(-3).cast(pl.Int64).to_numpy()
    assert sorted(numbers) == list(range(1, 201))
    assert abs(np.corrcoef(np.arange(200), numbers)[0, 1]) < 0.25
    assert (masked(record, seed=1)["firms"]["firm_id"] != masked(record)["firms"]["firm_id"]).any()


def test_columns_of_ones_own_are_left_out() -> None:
    record = small_record()
    told = record.replace(firms=record["firms"].with_columns(x_owner=pl.lit("王某")))
    assert "x_owner" not in masked(told)["firms"].columns


def test_numbers_that_rest_on_few_are_suppressed() -> None:
    few, enough = (
        replace(an_estimate("1", 27.182), n=LEAST - 1),
        replace(an_estimate("2", 3.5), n=LEAST),
    )
    study = shared(a_study(measurement=Measurement({"location_quotient": (few, enough)})))
    assert [e.measured for e in study.measurement["location_quotient"]] == [False, True]
    page = page_of(study, "en")
    assert "27.2" not in page
    assert "fewer than 5" in page
    assert study.summary.kinds == {"": 3}


def test_no_single_place_is_in_a_shared_map() -> None:
    places = [(120.0, 30.0)] * 5 + [(121.0, 31.0)] * 4
    sites = pl.DataFrame(
        {
            "site_id": [str(i) for i in range(9)],
            "firm_id": ["a"] * 9,
            "longitude": [x for x, _ in places],
            "latitude": [y for _, y in places],
        }
    )
    study = shared(a_study(small_record().replace(sites=sites)))
    (figure, *_) = [b for b in MAP.build(study) if isinstance(b, Figure)]
    assert len(figure.data.rows) == 1
    drawing = str(figure.draw("en"))
    assert "<circle" not in drawing
    assert "31.0" not in str(figure.data.rows)


def test_a_shared_report_of_a_masked_record_names_no_firm() -> None:
    record = read(BUNDLED)
    names = record["firms"]["name"].to_list()
    study = shared(a_study(masked(record), name="shared"))
    for form in ("html", "xlsx"):
        (content,) = FORMS[form].make(Report.of(study), "zh", ()).values()
        assert not [name for name in names if name.encode() in content]


def test_scan_warns_of_persons(jiqun: Run, tmp_path: Path) -> None:  # noqa: F811 (the fixture)
    record = Record.of(
        firms=pl.DataFrame(
            {"firm_id": ["a"], "name": ["某厂 13812345678"], "founded": [date(2000, 1, 1)]}
        )
    )
    jq.write(record, tmp_path / "r.jiqun")
    done = jiqun("scan", tmp_path / "r.jiqun", lang="zh")
    assert done.returncode == 2
    assert "13812345678" not in done.stdout
    assert "1 处疑似个人信息" in done.stdout
    jq.write(small_record(), tmp_path / "clean.jiqun")
    clean = jiqun("scan", tmp_path / "clean.jiqun")
    assert clean.returncode == 0
    assert "No number of a person was found" in clean.stdout
