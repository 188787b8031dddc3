"""Pictures of what drives an outcome and of what a record says of parameters.

Paper: K1c (twins)
"""

from jiqun.experiments.calibration import Calibration
from jiqun.experiments.census import BY_NAME
from jiqun.experiments.sensitivity import Sensitivity
from jiqun.experiments.twins import FACTORS, Twins
from jiqun.report.block import Field, Figure, Number, Rows, Value
from jiqun.report.figures.bar_chart import Bar, bar_chart
from jiqun.vocabulary.text import Text, same

LABEL = Field("what", Text("what", "对象"))
VALUE, OUTLINE = (
    Field("value", Text("value", "数值")),
    Field("outline", Text("hollow bar", "空心条")),
)
LOW, HIGH = Field("low", Text("low", "区间下限")), Field("high", Text("high", "区间上限"))
FIELDS = (LABEL, VALUE, OUTLINE, LOW, HIGH)
MORRIS = Text("What drives {label} (tornado)", "{label}的驱动因素(龙卷风图)")
MORRIS_UNIT = Text(
    "effect from low to high, {unit}; hollow: absolute effect",
    "由低到高的效应({unit});空心:绝对效应",
)
SOBOL = Text("Shares of the variance of {label}", "{label}方差的份额")
SOBOL_UNIT = Text("share with others; hollow: alone", "含交互份额;空心:单独份额")
TWINS = Text("What makes the difference of {one} and {other}", "{one} 与 {other} 的差异由何而来")
TWINS_UNIT = Text("Shapley share of the variance", "方差的 Shapley 份额")
TWIN = Text("{outcome}: {factor}", "{outcome}:{factor}")
PREDICTIVITY = Text("How well each parameter can be told", "各参数的可识别程度")
PREDICTIVITY_UNIT = Text(
    "predictivity (R²); identified where the interval lies above 0.1",
    "可预测度(R²);区间高于 0.1 者为可识别",
)
ENDS = Text(
    "{first} {value} is the largest of {count} bars.", "{first} {value} 为 {count} 条中最大者。"
)


def morris_figure(found: Sensitivity) -> Figure:
    """Return the tornado: effects with their sign, and absolute ones with their interval."""
    outcome = BY_NAME[found.outcome]
    bars = []
    for row in found.morris:
        sign = -1.0 if row.mu < 0.0 else 1.0
        ends = sorted(sign * (row.mu_star + r) for r in (-row.mu_star_reach, row.mu_star_reach))
        bars.append(
            Bar(
                label=same(row.path),
                value=row.mu,
                outline=sign * row.mu_star,
                low=ends[0],
                high=ends[1],
            )
        )
    unit = MORRIS_UNIT.fill(unit=outcome.unit)
    return _figure("tornado", MORRIS.fill(label=outcome.label), bars, unit)


def sobol_figure(found: Sensitivity) -> Figure | None:
    """Return shares of the variance; None where none were asked for, or nothing varies."""
    if not found.sobol:
        return None
    bars = [
        Bar(
            label=same(row.path),
            value=row.total,
            outline=row.first,
            low=row.total - row.total_reach,
            high=row.total + row.total_reach,
        )
        for row in found.sobol
    ]
    title = SOBOL.fill(label=BY_NAME[found.outcome].label)
    return _figure("variance_shares", title, bars, SOBOL_UNIT)


def twins_figure(found: Twins) -> Figure | None:
    """Return the shares of each factor in each outcome; None where nothing varies."""
    bars = [
        Bar(
            label=TWIN.fill(outcome=BY_NAME[row.outcome].label, factor=FACTORS[row.factor]),
            value=row.share,
            low=row.low,
            high=row.high,
        )
        for row in found.shares
        if row.share is not None
    ]
    if not bars:
        return None
    return _figure("twins", TWINS.fill(one=found.one, other=found.other), bars, TWINS_UNIT)


def predictivity_figure(found: Calibration) -> Figure:
    """Return how well each parameter can be told, with intervals."""
    bars = [
        Bar(
            label=same(row.path),
            value=row.predictivity,
            low=row.predictivity_low,
            high=row.predictivity_high,
        )
        for row in found.parameters
    ]
    return _figure("predictivity", PREDICTIVITY, bars, PREDICTIVITY_UNIT)


def _figure(name: str, title: Text, bars: list[Bar], unit: Text) -> Figure:
    """Return bars as a figure."""
    most = max(bars, key=lambda bar: abs(bar.value))
    alt = ENDS.fill(first=most.label, value=f"{most.value:.3g}", count=len(bars))

    def number(value: float | None) -> Value:
        return None if value is None else Number(value=value, basis=name)

    rows = tuple(
        (bar.label, *(number(x) for x in (bar.value, bar.outline, bar.low, bar.high)))
        for bar in bars
    )
    return Figure(
        name=name,
        title=title,
        alt=alt,
        draw=lambda language: bar_chart(bars, unit, alt.to(language), language, synthetic=False),
        data=Rows(fields=FIELDS, rows=rows),
    )
