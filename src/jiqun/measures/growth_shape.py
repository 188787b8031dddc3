"""Shape of growth 增长形态: straight, exponential or levelling off; where its rate changes; any way back?

From annual points: the weight of each shape, the year in which the growth rate changes most, and, where a
policy was raised and lowered again, whether growth came back the way it went. With fewer than ten points
no shape is named. A curve never shows network effects: growth without any bends like growth with them;
``installed_base_elasticity`` looks at who enters when.

Paper: C1, C2 (gradual, nonlinear), Q18 (hysteresis, seed variance and change points, apart), Q17 (decline)

References
----------
Burnham, K. P. & Anderson, D. R. (2004). Multimodel inference. Sociological Methods & Research 33(2),
261-304. doi:10.1177/0049124104268644
Bayley, G. V. & Hammersley, J. M. (1946). The "effective" number of independent observations in an
autocorrelated time series. Supplement to the JRSS 8(2), 184-197. doi:10.2307/2983560
"""

from collections.abc import Iterator

import numpy as np
import polars as pl

from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.annual import ANNUAL, Annual, annual, policy_levels
from jiqun.measures.readings.marker import Marker
from jiqun.measures.readings.windows import Floats, Window, windows
from jiqun.numerics.growth import SHAPES, change_of_rate, loop_area, shapes
from jiqun.numerics.random import stream
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "growth_shape"
LEAST = 10
REFERENCES = ("doi:10.1177/0049124104268644", "doi:10.2307/2983560")
POINTS = Text("annual points", "年度数据点")
SHAPE_NAMES = {
    "linear": Text("linear", "线性"),
    "exponential": Text("exponential", "指数"),
    "logistic": Text("logistic", "逻辑斯蒂"),
    "gompertz": Text("Gompertz", "龚珀兹"),
}
NO_NETWORK_EFFECTS = Text(
    "A shape is not a cause: growth without any network effects bends like growth with them.",
    "形态不是原因:没有网络效应的增长曲线同样会弯曲。",
)
WEIGHT = Marker(
    measure=NAME,
    statistic="weight of shape",
    label=Text("Weight of {shape} growth, {what}", "{what}:{shape}增长的权重"),
    method=Text(
        "Akaike weight with small-sample correction among four shapes, fitted to logarithms, at as many "
        "observations as the autocorrelation of the residuals leaves independent.",
        "四种形态对数拟合后的小样本校正 Akaike 权重,观测数按残差自相关折算为有效独立数。",
    ),
    n_of=POINTS,
    needs=("ties.start", "accounts.value_added", "firms.founded", "participations.joined"),
    references=REFERENCES,
)
NO_INTERVAL = Text(
    "No interval: a weight is itself how far the data speak for this shape, of the four.",
    "不给区间:权重本身即数据对该形态(四者之中)的支持程度。",
)
CHANGE = WEIGHT.worded(
    statistic="year of change",
    label=Text(
        "Year from which the growth rate differs most, {what}", "{what}:增长率变化最大的起始年份"
    ),
    method=Text(
        "Split of annual growth rates, three and more on either side, with the largest standardised "
        "difference of means.",
        "将年增长率在两侧各不少于三年处分割,取均值标准化差最大者。",
    ),
    unit=Text("year", "年"),
    references=(),
)
CHANGE_CHANCE = CHANGE.worded(
    statistic="change by chance",
    label=Text(
        "Share of random orders with as large a change of the growth rate, {what}",
        "{what}:随机排序中出现同等变化的份额",
    ),
    method=Text(
        "Annual growth rates in random order, 999 times; below 0.05 the change is not one of chance "
        "among rates without order.",
        "将年增长率随机排序 999 次;低于 0.05 则不能由无序的偶然波动解释。",
    ),
    unit=Text("1", "1"),
)
STEP = CHANGE.worded(
    statistic="change of the rate",
    label=Text("Growth rate after that year less before, {what}", "{what}:该年前后增长率之差"),
    unit=Text("per year", "每年"),
)
YEAR_CHOSEN = Text(
    "No interval: the year was picked as the largest; see the share of random orders.",
    "不给区间:该年份为事后选取的最大变化;参见随机排序份额。",
)
LOOP = WEIGHT.worded(
    statistic="hysteresis",
    label=Text(
        "Area between the way up and the way down of a policy, {what}",
        "{what}:政策升降路径之间的面积",
    ),
    method=Text(
        "Signed area that annual points enclose over the total intensity of policies, as a share of the "
        "box around them; positive where the level stays higher after the policy is lowered.",
        "年度点相对政策总强度所围的有向面积,占其外接矩形的份额;政策回落后水平仍较高时为正。",
    ),
    needs=("policies.intensity", "policies.start"),
    references=(),
)
TREND = Text(
    "Anything that grows in time alone stays higher after a policy is lowered: time alone would enclose "
    "{area:.2f}.",
    "仅随时间增长者在政策回落后同样较高:单独的时间趋势所围面积为 {area:.2f}。",
)
LOOP_INTERVAL = Text(
    "No interval: one path up and down is one observation.", "不给区间:一次升降只是一次观测。"
)
FEW = Text(
    "{n} annual points, and a shape needs at least {least}",
    "年度数据点 {n} 个,判断形态至少需要 {least} 个",
)
FLAT = Text("the series does not change", "该序列没有变化")
NOT_POSITIVE = Text("a year has a total of zero or less", "有年份合计为零或负")
NO_SWEEP = Text(
    "no policy intensity on record rises and falls again within ten and more years",
    "没有记录显示政策强度在十年及以上期间先升后降",
)


def growth_shape(
    record: Record, *, seed: int = 0, years: int | None = None
) -> tuple[Estimate, ...]:
    """Weigh shapes of growth, find changes of the rate, and look for hysteresis.

    Parameters
    ----------
    record
        Reads ``firms``, ``ties``, ``participations``, ``accounts`` and ``policies``.
    seed
        Addresses the random orders.
    years
        Calendar years of each window; None for the whole record only. Windows of fewer than ten years
        have too few points.

    Returns
    -------
    tuple of Estimate
        By window and series (firms, ties, platform members, output): weights of four shapes, year and
        size of the largest change of the growth rate with its chance, hysteresis.
    """
    found = annual(record)
    policy = policy_levels(record)
    return tuple(
        e
        for window in windows(record, years)
        for name in ANNUAL
        for e in _measured(window, name, found[name], policy, seed)
    )


def _measured(
    window: Window, name: str, series: Annual, policy: pl.DataFrame, seed: int
) -> Iterator[Estimate]:
    label, needs = ANNUAL[name]
    weights = [
        _of(WEIGHT, name, shape=SHAPE_NAMES[shape], what=label)
        .worded(needs=needs)
        .told(shape=shape)
        for shape in SHAPES
    ]
    changes = [_of(m, name, what=label).worded(needs=needs) for m in (CHANGE, STEP, CHANGE_CHANCE)]
    loop = _of(LOOP, name, what=label)
    year, value = series.within(window)
    reason = _unfit(series, value)
    if reason is not None:
        yield from (m.missing(window, reason, value.size) for m in (*weights, *changes, loop))
        return
    found = shapes(year, value)
    for shape, marker in zip(SHAPES, weights, strict=True):
        yield marker.estimate(
            window,
            found.weight[shape],
            None,
            meaning=NO_INTERVAL,
            without=NO_INTERVAL,
            n=value.size,
            warnings=(NO_NETWORK_EFFECTS,),
        )
    change = change_of_rate(year, value, stream(seed, NAME, name, window.name))
    if change is None:
        yield from (m.missing(window, FLAT, value.size) for m in changes)
    else:
        numbers = (change.at, change.after - change.before, change.chance)
        for marker, number in zip(changes, numbers, strict=True):
            yield marker.estimate(
                window, number, None, meaning=YEAR_CHOSEN, without=YEAR_CHOSEN, n=value.size
            )
    yield _loop(window, loop, year, value, policy)


def _of(marker: Marker, series: str, **words: Text) -> Marker:
    return marker.worded(label=marker.label.fill(**words), of=(("series", series),))


def _unfit(series: Annual, value: Floats) -> Text | None:
    """Say why a series has no shape."""
    if series.missing is not None:
        return series.missing
    if value.size < LEAST:
        return FEW.fill(n=value.size, least=LEAST)
    if (value <= 0).any():
        return NOT_POSITIVE
    return FLAT if float(np.ptp(value)) == 0.0 else None


def _loop(
    window: Window, marker: Marker, year: Floats, value: Floats, policy: pl.DataFrame
) -> Estimate:
    level = dict(policy.iter_rows())
    driver = np.array([level.get(int(y), 0.0) for y in year])
    top = int(driver.argmax())
    rises, falls = driver[top] > driver[: top + 1].min(), driver[top] > driver[top:].min()
    if not (rises and falls):
        return marker.missing(window, NO_SWEEP, value.size)
    warning = TREND.fill(area=loop_area(driver, year))
    area = loop_area(driver, value)
    return marker.estimate(
        window,
        area,
        None,
        meaning=LOOP_INTERVAL,
        without=LOOP_INTERVAL,
        n=value.size,
        warnings=(warning,),
    )
