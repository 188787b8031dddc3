"""Pictures of a forecast and of how past ones did, ready for a report and for files of their own.

Paper: Q22 (what forecasts are held to)
"""

from jiqun.experiments.forecasting import LABELS, METHODS, Backtest, Forecast, ForecastRow
from jiqun.report.block import Field, Figure, Number, Rows, Value
from jiqun.report.figures.bar_chart import Bar, bar_chart
from jiqun.report.figures.fan_chart import Fan, Words, fan_chart
from jiqun.vocabulary.text import Text, joined

FORECAST = Text("Where the record goes from here", "由记录末端向前的预测")
WORDS = Words(
    axis=Text("year", "年份"),
    past=Text("record", "记录"),
    middle=Text("median of the forecast", "预测中位数"),
    bands=(
        Text("middle 95%", "95% 区间"),
        Text("middle 80%", "80% 区间"),
        Text("middle 50%", "50% 区间"),
    ),
)
LAST = Text(
    "{label}: {value} in {known}, then {median} ({low} to {high}) in {year}.",
    "{label}:{known} 年为 {value},{year} 年预测为 {median}({low} 至 {high})。",
)
ENDS = ("median", "low50", "high50", "low80", "high80", "low95", "high95")
FORECAST_FIELDS = (
    Field("series", Text("series", "序列")),
    Field("year", Text("year", "年份")),
    Field("known", Text("known", "观测值")),
    Field("median", Text("median", "中位数")),
    *(
        Field(f"{end}{part}", Text(f"{end} end of {part}%", f"{part}% 区间{chinese}"))
        for part in (50, 80, 95)
        for end, chinese in (("low", "下限"), ("high", "上限"))
    ),
)
SCORES = Text("How past forecasts did (CRPS, less is better)", "过往预测的得分(CRPS,越小越好)")
CRPS = Text("CRPS, less is better", "CRPS,越小越好")
SCORE = Text("{label}: {method}", "{label}:{method}")
BEST = Text("{label}: the best is {method} ({score}).", "{label}:最优为{method}({score})。")
SCORE_FIELDS = (
    Field("series", Text("series", "序列")),
    Field("method", Text("method", "方法")),
    Field("crps", CRPS),
    Field("covered50", Text("share within 50%", "50% 覆盖")),
    Field("covered80", Text("share within 80%", "80% 覆盖")),
    Field("covered95", Text("share within 95%", "95% 覆盖")),
    Field("values", Text("values", "预测值数")),
)


def forecast_figure(found: Forecast, *, synthetic: bool = False) -> Figure:
    """Return a fan chart with a panel a series."""
    fans = [_fan(name, found) for name in found.history]
    alt = joined(_last(name, found) for name in found.history)
    return Figure(
        name="forecast",
        title=FORECAST,
        alt=alt,
        draw=lambda language: fan_chart(
            fans, WORDS, alt.to(language), language, shared=False, synthetic=synthetic
        ),
        data=Rows(
            fields=FORECAST_FIELDS,
            rows=tuple(row for name in found.history for row in _rows(name, found)),
        ),
        notes=found.warnings,
    )


def _ahead(name: str, found: Forecast) -> list[ForecastRow]:
    return [row for row in found.rows if row.pattern == name]


def _fan(name: str, found: Forecast) -> Fan:
    """Return one panel."""
    past = tuple((float(year), value) for year, value in found.history[name])
    ahead = [(float(row.year), [getattr(row, end) for end in ENDS]) for row in _ahead(name, found)]
    return Fan.of_forecast(LABELS[name], past, ahead)


def _last(name: str, found: Forecast) -> Text:
    known, value = found.history[name][-1]
    row = _ahead(name, found)[-1]
    numbers = {"value": value, "median": row.median, "low": row.low95, "high": row.high95}
    told = {key: f"{number:.3f}" for key, number in numbers.items()}
    return LAST.fill(label=LABELS[name], known=known, year=row.year, **told)


def _rows(name: str, found: Forecast) -> list[tuple[Value, ...]]:
    label, basis = LABELS[name], f"forecast:{name}"
    nothing = (None,) * len(ENDS)
    known: list[tuple[Value, ...]] = [
        (label, str(year), Number(value=value, basis=basis), *nothing)
        for year, value in found.history[name]
    ]
    ahead: list[tuple[Value, ...]] = [
        (
            label,
            str(row.year),
            None,
            *(Number(value=getattr(row, end), basis=basis) for end in ENDS),
        )
        for row in _ahead(name, found)
    ]
    return known + ahead


def backtest_figure(found: Backtest, *, synthetic: bool = False) -> Figure:
    """Return the scores of all methods as bars, the best of each series first."""
    order = list(LABELS)
    scores = sorted(found.scores, key=lambda r: (order.index(r.pattern), r.crps))
    bars = [
        Bar(label=SCORE.fill(label=LABELS[r.pattern], method=METHODS[r.method]), value=r.crps)
        for r in scores
    ]
    best = {row.pattern: row for row in reversed(scores)}
    told = (
        BEST.fill(label=LABELS[name], method=METHODS[row.method], score=f"{row.crps:.4f}")
        for name, row in sorted(best.items(), key=lambda item: order.index(item[0]))
    )
    alt = joined(told)
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            LABELS[r.pattern],
            METHODS[r.method],
            *(
                Number(value=value, basis=f"backtest:{r.pattern}:{r.method}")
                for value in (r.crps, r.covered50, r.covered80, r.covered95, r.values)
            ),
        )
        for r in scores
    )
    return Figure(
        name="backtest",
        title=SCORES,
        alt=alt,
        draw=lambda language: bar_chart(
            bars, CRPS, alt.to(language), language, synthetic=synthetic
        ),
        data=Rows(fields=SCORE_FIELDS, rows=rows),
    )
