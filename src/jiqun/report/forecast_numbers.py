"""A forecast's series as readers take them: indices as per cent of the last known year, shares as shares."""

import math

from jiqun.experiments.forecasting import LABELS, METHODS, ForecastRow
from jiqun.experiments.observed import PATTERNS
from jiqun.measures.estimate import NO_UNIT, Estimate
from jiqun.vocabulary.text import Text

AS_INDEX = frozenset(p.name for p in PATTERNS if p.log_index)
INDEX = {
    "firms": Text("number of firms, % of {year}", "企业数({year} 年 = 100%)"),
    "sales": Text("sales, % of {year}", "销售额({year} 年 = 100%)"),
    "factors": Text("employees, % of {year}", "从业人员({year} 年 = 100%)"),
}
PER_CENT = Text("% of the last known year", "%(最近观测年 = 100)")
INTERVAL = Text(
    "Four of five paths of the forecast lie within.", "预测路径中五分之四位于该区间内。"
)
PATHS = Text("paths", "条路径")
LARGEST = 700.0
"""Exponent beyond which a number overflows; a forecast that wide says nothing in any case."""


def shown(pattern: str, value: float, last: float) -> float:
    """Turn a value of a series into what readers see, with the last value known."""
    if pattern not in AS_INDEX:
        return value
    return 100.0 * math.exp(min(value - last, LARGEST))


def label(pattern: str, year: int) -> Text:
    """Name a series as it is shown; ``year`` is the last one known."""
    return INDEX[pattern].fill(year=year) if pattern in AS_INDEX else LABELS[pattern]


def estimate_of(method: str, row: ForecastRow, last: float, year: int) -> Estimate:
    """Return the forecast of one year as an estimate with its middle 80 per cent."""
    median, low, high = (shown(row.pattern, v, last) for v in (row.median, row.low80, row.high80))
    return Estimate(
        measure="forecast",
        of=(("method", method), ("series", row.pattern), ("year", str(row.year))),
        label=Text("{label}, {year}, {method}", "{label},{year} 年,{method}").fill(
            label=label(row.pattern, year), year=row.year, method=METHODS[method]
        ),
        value=median,
        low=low,
        high=high,
        level=0.8,
        interval=INTERVAL,
        unit=PER_CENT if row.pattern in AS_INDEX else NO_UNIT,
        n_of=PATHS,
    )
