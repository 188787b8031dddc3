"""Pictures of experiments: they show what was found, in both languages, not by hue alone.

Paper: K1c (twins), P3 (policies), Q22 (forecasts)
"""

import re
from pathlib import Path

import pytest

from jiqun.experiments.calibration import Calibration, ParameterRow
from jiqun.experiments.comparison import Comparison, Standing
from jiqun.experiments.forecasting import Backtest, Forecast, ForecastRow, ScoreRow
from jiqun.experiments.sensitivity import MorrisRow, Sensitivity, SobolRow
from jiqun.experiments.twins import FACTORS, Twins, TwinShare
from jiqun.record.problem import InputError
from jiqun.report.answer_folder import write_answer
from jiqun.report.block import Figure
from jiqun.report.driver_figures import (
    morris_figure,
    predictivity_figure,
    sobol_figure,
    twins_figure,
)
from jiqun.report.forecast_figures import backtest_figure, forecast_figure
from jiqun.report.policy_figures import fan_figure, regret_figure
from jiqun.vocabulary.text import Text

FORECAST = Forecast(
    scenario="native_core",
    history={"firms": ((2000, 0.0), (2001, 0.1), (2002, 0.3)), "sales": ((2001, 0.0), (2002, 0.2))},
    rows=tuple(
        ForecastRow(
            pattern=name,
            year=year,
            median=0.4,
            low50=0.3,
            high50=0.5,
            low80=0.2,
            high80=0.6,
            low95=-0.1,
            high95=0.9,
        )
        for name in ("firms", "sales")
        for year in (2003, 2004)
    ),
    warnings=(Text("Beware.", "注意。"),),
)
BACKTEST = Backtest(
    scenario="native_core",
    origins=(2000,),
    years=1,
    scores=tuple(
        ScoreRow(
            method=method,
            pattern="firms",
            crps=crps,
            covered50=0.5,
            covered80=0.8,
            covered95=0.9,
            values=3,
        )
        for method, crps in (("model", 0.25), ("persistence", 0.125))
    ),
    energy={},
    lost_to={"firms": ("persistence",)},
)
COMPARISON = Comparison(
    scenario="native_core",
    criterion="sales",
    baseline="none",
    titles={"none": Text("Nothing", "无政策"), "good": Text("Good", "好政策")},
    effects=(),
    standings=tuple(
        Standing(
            policy=name,
            best=0.5,
            regret_mean=1.0,
            regret_most=2.0,
            regret_structures=None,
            front=True,
            spent=0.0,
        )
        for name in ("good", "none")
    ),
    duels=(),
    structures=(),
    series=dict.fromkeys(("none", "good"), ((0.0, 1.0, 0.5, 1.5), (1.0, 2.0, 1.0, 3.0))),
    draws=3,
    seeds=1,
    runs=6,
    regrets={
        "": {"none": (4.0, 1.0, 0.0), "good": (0.0, 0.0, 2.5)},
        "pair_sum": {"none": (8.0,), "good": (0.0,)},
    },
)


def drawn(figure: Figure | None) -> str:
    """Return the English drawing, after a look at what holds of every one."""
    assert figure is not None
    english, chinese = str(figure.draw("en")), str(figure.draw("zh"))
    assert english.count("<") == chinese.count("<")
    assert figure.alt.en in english.replace("&#34;", '"').replace("&quot;", '"')
    assert re.search("[\u4e00-\u9fff]", chinese)
    assert not re.search("[\u4e00-\u9fff]", english)
    assert "nan" not in english
    assert all(len(row) == len(figure.data.fields) for row in figure.data.rows)
    return english


def points(path: str) -> list[tuple[float, float]]:
    pairs = (pair.split() for pair in path.removeprefix("M").removesuffix("Z").split("L"))
    return [(float(x), float(y)) for x, y in pairs]


def test_a_forecast_opens_at_the_last_value_and_the_wider_band_holds_the_narrower() -> None:
    figure = forecast_figure(FORECAST)
    paths = [points(d) for d in re.findall(r'<path d="([^"]+)"', drawn(figure))]
    assert len(paths) == 2 * 5  # three bands, what was, what comes
    wide, middle, narrow, past, median = paths[:5]
    assert past[-1] == median[0] == wide[0] == wide[-1]
    assert past[0][1] > past[-1][1]  # more stands higher
    highest = [min(y for _, y in band) for band in (wide, middle, narrow)]
    lowest = [max(y for _, y in band) for band in (wide, middle, narrow)]
    assert highest == sorted(highest)
    assert lowest == sorted(lowest, reverse=True)
    assert len(figure.data.rows) == 3 + 2 + 4
    assert "2004" in figure.alt.en
    assert figure.notes == FORECAST.warnings


def test_the_best_method_comes_first_and_bars_are_as_long_as_scores() -> None:
    figure = backtest_figure(BACKTEST)
    svg = drawn(figure)
    model, naive = (svg.index(f": {word}") for word in ("model<", "persistence<"))
    assert naive < model
    widths = [float(w) for w in re.findall(r'<rect [^>]*width="([\d.]+)"', svg)]
    assert widths[1] == pytest.approx(2 * widths[0], rel=0.01)
    assert "persistence" in figure.alt.en


def test_every_policy_has_a_panel_on_one_scale_beside_the_baseline() -> None:
    svg = drawn(fan_figure(COMPARISON))
    assert svg.index(">Good<") < svg.index(">Nothing<")
    assert len(re.findall("<path", svg)) == 3 + 2  # band and mean, and the baseline beside “Good”
    assert svg.count('stroke-dasharray="1.5 3.5"') == 2  # there and in the legend


def test_the_regret_map_is_darker_where_more_is_lost() -> None:
    figure = regret_figure(COMPARISON)
    svg = drawn(figure)
    assert figure is not None
    fills = re.findall(r'<rect [^>]*fill="(#[0-9A-F]{6})"', svg)
    good, bad = fills[:3], fills[3:6]
    assert good[:2] == ["#FFFFFF", "#FFFFFF"]
    assert bad[2] == "#FFFFFF"
    lightness = [int(fill[1:3], 16) for fill in (bad[0], good[2], bad[1])]
    assert lightness == sorted(lightness)
    assert fills[7] == "#08306B"  # the most of all, in the other structure
    assert svg.count("<circle") == 4
    assert len(figure.data.rows) == 3 * 2 + 2
    assert "at most 8%" in figure.alt.en


def test_a_comparison_without_regrets_has_no_map() -> None:
    without = {name: getattr(COMPARISON, name) for name in COMPARISON.__slots__} | {"regrets": {}}
    assert regret_figure(Comparison(**without)) is None


def test_a_tornado_goes_both_ways() -> None:
    rows = (("up", 2.0, 2.0), ("down", -1.0, 1.5))
    found = Sensitivity(
        scenario="s",
        outcome="sales",
        morris=tuple(
            MorrisRow(path=p, mu=mu, mu_star=star, mu_star_reach=0.5, sigma=1.0)
            for p, mu, star in rows
        ),
        sobol=(SobolRow(path="up", first=0.4, first_reach=0.1, total=0.6, total_reach=0.1),),
        chance=0.1,
        runs=10,
    )
    svg = drawn(morris_figure(found))
    boxes = [
        (float(x), float(w))
        for x, w in re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', svg)
    ]
    up, down = boxes[1], boxes[3]
    assert down[0] + down[1] == pytest.approx(up[0], abs=0.2)
    assert up[1] == pytest.approx(2 * down[1], rel=0.01)
    assert "−1" in svg or "-1" in svg
    drawn(sobol_figure(found))
    none = {name: getattr(found, name) for name in found.__slots__} | {"sobol": ()}
    assert sobol_figure(Sensitivity(**none)) is None


def test_twins_and_predictivity_are_bars_with_intervals() -> None:
    def share(factor: str, value: float | None) -> TwinShare:
        return TwinShare(outcome="data", factor=factor, share=value, low=value, high=value)

    found = Twins(
        one="a",
        other="b",
        seeds=2,
        runs=16,
        shares=tuple(share(f, 0.25) for f in FACTORS),
        standing={"data": "undetermined"},
    )
    assert drawn(twins_figure(found)).count("<rect") == 4
    still = {name: getattr(found, name) for name in found.__slots__}
    still |= {"shares": tuple(share(f, None) for f in FACTORS)}
    assert twins_figure(Twins(**still)) is None
    row = ParameterRow(
        path="rules.market.wage",
        prior_low=0.0,
        prior_high=1.0,
        predictivity=0.5,
        predictivity_low=0.4,
        predictivity_high=0.6,
        identified=True,
        median=0.5,
        low=0.4,
        high=0.6,
    )
    calibrated = Calibration(
        scenario="s", runs=100, years=5, parameters=(row,), checks=(), draws=(), warnings=()
    )
    assert "rules.market.wage" in drawn(predictivity_figure(calibrated))


def test_an_answer_is_a_folder_or_nothing(tmp_path: Path) -> None:
    def write(folder: Path) -> None:
        figures = (backtest_figure(BACKTEST), None)
        write_answer(
            BACKTEST, lambda language: language, figures, folder, name="backtest", language="zh"
        )

    write(tmp_path / "out")
    assert {p.name for p in (tmp_path / "out").iterdir()} == {
        "backtest.json",
        "backtest.en.md",
        "backtest.zh.md",
        "backtest.en.svg",
        "backtest.zh.svg",
        "backtest.csv",
    }
    assert (tmp_path / "out" / "backtest.zh.md").read_text() == "zh"
    (tmp_path / "file").write_text("mine")
    with pytest.raises(InputError):
        write(tmp_path / "file")
    assert (tmp_path / "file").read_text() == "mine"
