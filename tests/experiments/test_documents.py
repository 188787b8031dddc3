"""Documents of experiments: what a command wrote is read back whole, and nothing else is taken for it.

Paper: E15 (what was done can be traced)
"""

import json
from pathlib import Path
from typing import Any

import pytest

from jiqun.experiments.comparison import Comparison
from jiqun.experiments.documents import load_backtest, load_comparison, load_forecast
from jiqun.experiments.forecasting import Backtest, Forecast, ForecastRow, ScoreRow
from jiqun.record.problem import InputError
from jiqun.vocabulary.text import LANGUAGES, Language, Text
from tests.report.test_policies_section import a_comparison

ROW = ForecastRow(
    pattern="sales",
    year=2024,
    median=0.2,
    low50=0.1,
    high50=0.3,
    low80=0.0,
    high80=0.4,
    low95=-0.1,
    high95=0.5,
)
FORECAST = Forecast(
    scenario="native_core",
    history={"sales": ((2022, 0.0), (2023, 0.1))},
    rows=(ROW,),
    warnings=(Text("A model.", "一个模型。"),),
)
SCORE = ScoreRow(
    method="model", pattern="sales", crps=0.1, covered50=0.5, covered80=1, covered95=1, values=2
)
BACKTEST = Backtest(
    scenario="native_core",
    origins=(2020, 2021),
    years=1,
    scores=(SCORE,),
    energy={"model": 0.2},
    lost_to={"sales": ("persistence",)},
)


def written(document: object, at: Path) -> Path:
    at.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return at


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_written_in_either_language_is_read_back_in_both(
    language: Language, tmp_path: Path
) -> None:
    compared = a_comparison()
    at = tmp_path / "x.json"
    assert load_comparison(written(compared.to_dict(language), at)) == compared
    assert load_forecast(written(FORECAST.to_dict(language), at)) == FORECAST
    assert load_backtest(written(BACKTEST.to_dict(language), at)) == BACKTEST


def broken(change: dict[str, Any], found: Comparison) -> dict[str, Any]:
    return json.loads(json.dumps(found.to_dict())) | change  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"words": None}, "titles"),
        ({"draws": "many"}, "draws"),
        ({"criterion": "happiness"}, "happiness"),
        ({"baseline": "nobody"}, "nobody"),
        ({"effects": []}, "scenarios, templates"),
        ({"standings": []}, "ranks no policy"),
        ({"regrets": {"": {"none": [1.0]}}}, "scenarios, templates"),
        ({"regrets": {"magic": {}}}, "magic"),
        ({"standings": None}, "standings"),
    ],
)
def test_a_comparison_that_does_not_fit_together_is_refused(
    change: dict[str, Any], said: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as error:
        load_comparison(written(broken(change, a_comparison()), tmp_path / "c.json"))
    (problem,) = error.value.problems
    assert (problem.rule, problem.table) == ("experiment.document", "c.json")
    assert said in problem.message.en
    assert "jiqun compare" in problem.remedy.en


@pytest.mark.parametrize("text", ["", "[]", "{", '{"draws": NaN}', '{"draws": 1e999}', "\0"])
def test_what_is_no_document_is_refused(text: str, tmp_path: Path) -> None:
    at = tmp_path / "f.json"
    at.write_text(text, encoding="utf-8")
    for load in (load_comparison, load_forecast, load_backtest):
        with pytest.raises(InputError):
            load(at)
    with pytest.raises(InputError):
        load_forecast(tmp_path / "absent.json")


def test_a_forecast_of_what_there_is_not_is_refused(tmp_path: Path) -> None:
    document = json.loads(json.dumps(FORECAST.to_dict()))
    document["history"] = {"joy": [[2023, 0.1]]}
    with pytest.raises(InputError, match="joy"):
        load_forecast(written(document, tmp_path / "f.json"))
    document["history"] = {"firms": [[2023, 0.1]]}
    with pytest.raises(InputError, match="sales"):
        load_forecast(written(document, tmp_path / "f.json"))


def test_a_file_of_another_kind_or_none_is_told_so(tmp_path: Path) -> None:
    kept = written(BACKTEST.to_dict("en"), tmp_path / "b.json")
    with pytest.raises(
        InputError, match=r"“b.json” is a back-test \(jiqun backtest\), not a forecast"
    ):
        load_forecast(kept)
    with pytest.raises(InputError, match=r"There is no file none.json"):
        load_forecast(tmp_path / "none.json")
