r"""Duration of ties 关系存续期: how long do ties and alliances last, those that go on included?

Kaplan-Meier curves of ages: what has not ended by the last day watched counts up to then (right
censoring), and in a window what began before it counts from its age at the window's first day (left
truncation), so that a window says how long things last under its own conditions.

Paper: S9 (long-term collaboration), I3h (symbiosis)

References
----------
Kaplan, E. L. & Meier, P. (1958). Nonparametric estimation from incomplete observations. Journal of the
American Statistical Association 53(282), 457-481. doi:10.1080/01621459.1958.10501452
Tsai, W.-Y., Jewell, N. P. & Wang, M.-C. (1987). A note on the product-limit estimator under right
censoring and left truncation. Biometrika 74(4), 883-886. doi:10.1093/biomet/74.4.883
Woodruff, R. S. (1952). Confidence intervals for medians and other position measures. Journal of the
American Statistical Association 47(260), 635-646. doi:10.1080/01621459.1952.10483443
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.durations import lasting_ends, median_ends
from jiqun.measures.readings.marker import Ends, Marker, incidence_of, student, subset
from jiqun.measures.readings.windows import (
    YEAR,
    Flags,
    Floats,
    Window,
    days,
    last_day_watched,
    windows,
)
from jiqun.numerics.clustered import Incidence
from jiqun.numerics.survival import Curve, kaplan_meier
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "tie_duration"
LIMIT = 5.0
"""Years up to which the restricted mean counts."""
ONE_DAY = 1.0 / YEAR
"""Added to one and five years, so that a leap year's contract does not outlast its year."""
LEAST = 10
"""Relations that must be watched at an age for the curve to be believed there."""
REFERENCES = (
    "doi:10.1080/01621459.1958.10501452",
    "doi:10.1093/biomet/74.4.883",
    "doi:10.1080/01621459.1952.10483443",
)
UNIT = Text("years", "年")
INTERVAL = Text(
    "Range among relations like these: product-limit curve with its firm-clustered error, on the scale "
    "of log(-log) for shares, read across at that band for the median, value ± Student's t times the "
    "error for the mean.",
    "同类关系中所处范围:乘积限估计及其按企业聚类的误差;份额取 log(-log) 尺度,"
    "中位数由该区间横向读出,均值为估计值 ± t 分位数 × 误差。",
)
METHOD = Text(
    "Kaplan-Meier. Without an end a relation counts as going on up to the last day watched; in a window, "
    "one that began before counts from its age on the first day of the window.",
    "Kaplan-Meier 估计。无结束日期者视为存续至最后观察日;"
    "时段内,此前开始的关系自时段首日的存续年限起计入。",
)
RELATIONS = {
    "ties": (Text("ties", "双边关系"), ("ties.start", "ties.end")),
    "alliances": (Text("alliances", "联盟"), ("alliances.start", "alliances.end")),
}
STATISTICS = {
    "median": Text("Median duration of {what}", "{what}存续期中位数"),
    "mean within five years": Text(
        "Mean years that {what} last, of the first five", "{what}在前五年内的平均存续年数"
    ),
    "lasting one year": Text(
        "Share of {what} that last beyond one year", "存续超过一年的{what}份额"
    ),
    "lasting five years": Text(
        "Share of {what} that last beyond five years", "存续超过五年的{what}份额"
    ),
}
NO_END = Text(
    "no {what} is recorded as ended, so that lasting and unrecorded ends cannot be told apart",
    "未记录任何{what}的结束日期,无法区分持续存在与结束未记录",
)
TOO_SHORT = Text(
    "fewer than {n} {what} were watched beyond an age of {age:.2g} years",
    "存续 {age:.2g} 年以后被观察的{what}不足 {n} 条",
)
UNDATED = Text(
    "{n} of {all} {what} are left out: no first day, or an end that is not after it.",
    "{all} 条{what}中有 {n} 条未计入:缺少开始日期,或结束日期不晚于开始日期。",
)


@dataclass(frozen=True, slots=True)
class Relations:
    """Relations with their first and last day and the firms in each."""

    name: str
    start: Floats
    end: Floats
    incidence: Incidence
    last: float

    @property
    def usable(self) -> Flags:
        """Whether each has a first day that is before its end and the last day watched."""
        return (self.start < self.last) & ~(self.end <= self.start)


def tie_duration(
    record: Record,
    *,
    seed: int = 0,  # noqa: ARG001 - nothing is drawn
    years: int | None = None,
) -> tuple[Estimate, ...]:
    """Measure how long ties and alliances last, for the whole record and by window.

    Parameters
    ----------
    record
        Reads ``ties``, ``alliances`` and ``memberships``.
    seed
        Not used: nothing is drawn.
    years
        Calendar years of each window; None for the whole record only.

    Returns
    -------
    tuple of Estimate
        By window, for ties and for alliances: median, mean within the first five years, shares that
        last one and five years.
    """
    last = last_day_watched(record)
    read = (_ties(record, last), _alliances(record, last))
    return tuple(
        estimate
        for window in windows(record, years)
        for relations in read
        for estimate in _measured(window, relations)
    )


def _ties(record: Record, last: float) -> Relations:
    ties = record["ties"].filter(pl.col("source") != pl.col("target"))
    event = pl.int_range(pl.len(), dtype=pl.Int64)
    ends = [ties.select(event=event, firm=side) for side in ("source", "target")]
    incidence = incidence_of(pl.concat(ends), ties.height)
    return Relations("ties", days(ties["start"]), days(ties["end"]), incidence, last)


def _alliances(record: Record, last: float) -> Relations:
    alliances = record["alliances"].unique("alliance_id").sort("alliance_id")
    alliances = alliances.with_columns(event=pl.int_range(pl.len(), dtype=pl.Int64))
    members = record["memberships"].select("alliance_id", firm="firm_id").unique()
    parts = alliances.select("alliance_id", "event").join(members, on="alliance_id")
    parts = parts.select("event", "firm").sort("event", "firm")
    incidence = incidence_of(parts, alliances.height)
    start, end = days(alliances["start"]), days(alliances["end"])
    return Relations("alliances", start, end, incidence, last)


def _measured(window: Window, relations: Relations) -> Iterator[Estimate]:
    what = RELATIONS[relations.name][0]
    markers = {name: _marker(name, relations.name) for name in STATISTICS}
    if not np.isfinite(relations.end).any():
        reason = NO_END.fill(what=what)
        yield from (marker.missing(window, reason) for marker in markers.values())
        return
    until = min(window.end, relations.last)
    chosen = relations.usable & window.lasting(relations.start, relations.end)
    chosen &= (relations.start < until) & ~(relations.end <= window.start)
    start, end = relations.start[chosen], relations.end[chosen]
    entry = np.maximum(window.start - start, 0.0) if not window.whole else np.zeros(start.size)
    event = end <= until
    curve = kaplan_meier(entry, np.where(event, end, until) - start, event, unit=YEAR)
    lost = int((~relations.usable).sum()) if window.whole else 0
    gap = UNDATED.fill(n=lost, all=relations.start.size, what=what)
    incidence = subset(relations.incidence, chosen)
    for marker in markers.values():
        yield _estimate(marker, window, curve, incidence, (gap,) if lost else ())


def _marker(statistic: str, relation: str) -> Marker:
    what, needs = RELATIONS[relation]
    return Marker(
        measure=NAME,
        statistic=statistic,
        label=STATISTICS[statistic].fill(what=what),
        method=METHOD,
        n_of=what,
        needs=needs,
        unit=UNIT if statistic.startswith("me") else Text("1", "1"),
        references=REFERENCES,
        of=(("relation", relation),),
    )


def _estimate(
    marker: Marker,
    window: Window,
    curve: Curve,
    incidence: Incidence,
    warnings: tuple[Text, ...],
) -> Estimate:
    """Read one number off the curve, as far as it is to be believed."""
    n = incidence.relations
    if n == 0:
        return marker.missing(window)
    believed = age_believed(curve)
    value, needed, ends = _read(marker.statistic, curve, incidence)
    if needed > believed:
        reason = TOO_SHORT.fill(n=LEAST, what=marker.n_of, age=believed)
        return marker.missing(window, reason, n)
    return marker.estimate(window, value, ends, meaning=INTERVAL, n=n, warnings=warnings)


def age_believed(curve: Curve) -> float:
    """Find the age up to which enough was watched; all ages once nothing is left."""
    thin = np.flatnonzero(curve.at_risk < LEAST)
    steps = curve.age[: thin[0]] if thin.size else curve.age
    ended = steps.size > 0 and curve.survival[steps.size - 1] <= 0.0
    if ended:
        return np.inf
    if thin.size:
        return float(curve.age[thin[0]])
    longest = np.sort(curve.exit)
    return float(longest[-LEAST]) if longest.size >= LEAST else 0.0


def _read(statistic: str, curve: Curve, incidence: Incidence) -> tuple[float, float, Ends]:
    """Return a number, the age up to which the curve must be believed for it, and its interval."""
    if statistic == "median":
        value = curve.quantile(0.5)
        return value, value, median_ends(curve, value, incidence) if np.isfinite(value) else None
    if statistic == "mean within five years":
        value = curve.mean_until(LIMIT)
        ends = student(value, curve.mean_influence(LIMIT), incidence)
        clipped = ends and (max(ends[0], 0.0), max(min(ends[1], LIMIT), value))
        return value, LIMIT, clipped
    age = (1.0 if statistic == "lasting one year" else 5.0) + ONE_DAY
    return curve.beyond(age), age, lasting_ends(curve, age, incidence)
