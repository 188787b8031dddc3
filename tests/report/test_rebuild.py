"""A report is made again, byte for byte, from what its own provenance says."""

import json
import shlex
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

import jiqun as jq
from jiqun.experiments.forecasting import Forecast
from jiqun.experiments.observed import observe
from jiqun.record.storage import fingerprint, read
from tests.cli.conftest import Run, jiqun  # noqa: F401 (a fixture)
from tests.experiments.test_documents import BACKTEST
from tests.report.study_samples import Page, firms_only, small_record
from tests.report.test_forecast_section import a_forecast
from tests.report.test_policies_section import a_comparison

LINES = {
    "type": "LineString",
    "coordinates": [[119.0, 29.0], [121.0, 31.0]],
}


def own_forecast() -> Forecast:
    """Return a forecast of the small record, which has no series to go on."""
    history = observe(small_record()).history
    return Forecast(scenario="native_core", history=history, rows=(), warnings=())


def told_by(page: Path) -> tuple[list[str], dict[str, str]]:
    """Return the command and the checksums that a page tells."""
    words = Page(page.read_text(encoding="utf-8")).words()
    command = next(w for w in words if w.strip().startswith("jiqun report"))
    sums = {a: b for a, b in pairwise(words) if len(b) == 64}
    return shlex.split(command)[1:], sums


@pytest.mark.slow
@pytest.mark.parametrize("share", [[], ["--share", "--names"]])
def test_a_report_is_rebuilt_from_its_provenance(
    jiqun: Run,  # noqa: F811
    tmp_path: Path,
    share: list[str],
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    there.mkdir()
    jq.write(small_record(), here / "我的 记录.jiqun")
    files = {
        "比较.json": a_comparison().to_dict(),
        "forecast.json": own_forecast().to_dict("zh"),
        "backtest.json": BACKTEST.to_dict(),
        "lines.geojson": LINES,
    }
    for name, document in files.items():
        (there / name).write_text(json.dumps(document), encoding="utf-8")
    given = [
        *(
            "--seed",
            "7",
            "--comparison",
            there / "比较.json",
            "--forecast",
            there / "forecast.json",
        ),
        *("--backtest", there / "backtest.json", "--boundaries", there / "lines.geojson"),
        *("--attribution", "某 局", "--map-approval", "GS(2024)0001号"),
    ]
    forms = ["--to", "html,pdf,docx,xlsx,dta"]
    first = jiqun("report", "我的 记录.jiqun", *given, *share, *forms, "-o", "first")
    assert first.returncode == 0, first.stderr
    command, sums = told_by(here / "first" / "report.en.html")
    assert sums["我的 记录.jiqun"] == fingerprint(read(here / "我的 记录.jiqun"))
    for name in files:
        shutil.copy(there / name, here / name)
    again = jiqun(*command, *forms, "-o", "again")
    assert again.returncode == 0, again.stderr
    made = sorted(p.relative_to(here / "first") for p in (here / "first").rglob("*.*"))
    assert len(made) > 10
    for path in made:
        assert (here / "first" / path).read_bytes() == (here / "again" / path).read_bytes(), path


def test_a_changed_row_changes_the_fingerprint() -> None:
    record = small_record()
    ties = record["ties"]
    assert fingerprint(record) == fingerprint(record.replace(ties=ties[::-1]))
    assert fingerprint(record) != fingerprint(record.replace(ties=ties[:1]))


def test_files_that_are_not_what_they_are_given_for_are_refused_before_anything_is_measured(
    jiqun: Run,  # noqa: F811
    tmp_path: Path,
) -> None:
    here = tmp_path / "here"
    jq.write(small_record(), here / "r.jiqun")
    (here / "x.json").write_text("[]", encoding="utf-8")
    for option in ("--comparison", "--forecast", "--backtest"):
        refused = jiqun("report", "r.jiqun", option, "x.json")
        assert refused.returncode == 2
        assert "x.json" in refused.stderr + refused.stdout
        assert "measuring" not in refused.stderr
    alone = jiqun("report", "r.jiqun", "--last-forecast", "x.json")
    assert alone.returncode == 2
    assert "--since" in alone.stderr


def test_a_slip_in_a_date_does_not_make_ten_thousand_years() -> None:
    import polars as pl

    record = small_record()
    accounts = pl.DataFrame(
        {
            "firm_id": ["a", "a"],
            "start": ["0021-01-01", "2021-01-01"],
            "end": ["0022-01-01", "2022-01-01"],
            "revenue": [1.0, 2.0],
        }
    ).with_columns(pl.col("start", "end").str.to_date())
    assert observe(record.replace(accounts=accounts)).years == 300


def test_a_forecast_of_another_record_is_refused_with_a_remedy(
    jiqun: Run,  # noqa: F811
    tmp_path: Path,
) -> None:
    here = tmp_path / "here"
    jq.write(small_record(), here / "r.jiqun")
    (here / "f.json").write_text(json.dumps(a_forecast().to_dict()), encoding="utf-8")
    for given in (["--forecast", "f.json"], ["--since", "r.jiqun", "--last-forecast", "f.json"]):
        refused = jiqun("report", "r.jiqun", *given)
        assert refused.returncode == 2
        told = refused.stderr + refused.stdout
        assert "f.json was made from another record, or from r in another state" in told
        assert "experiment.own_record" in told
        assert "jiqun forecast RECORD --json" in told
    assert not (here / "r-report").exists()


def test_a_report_without_figures_says_so(
    jiqun: Run,  # noqa: F811
    tmp_path: Path,
) -> None:
    here = tmp_path / "here"
    jq.write(firms_only(), here / "r.jiqun")
    done = jiqun("report", "r.jiqun", "--to", "figures", "-q")
    assert (done.returncode, done.stdout) == (0, "")
    assert "No figure was written" in done.stderr
