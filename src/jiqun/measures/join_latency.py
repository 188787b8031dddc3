"""Join latency 接入时滞: how soon after joining a platform does a firm work with others there?

The time from joining to the first alliance that the platform carries, in a Kaplan-Meier curve in which a
firm that has none yet, or leaves before, counts as far as it was watched. The time from applying to being
admitted is another thing: that of the firms that were admitted, since those refused are not on record.

Paper: S10 (quick joining), N1e (joining grows slower without modularity)

References
----------
Kaplan, E. L. & Meier, P. (1958). Nonparametric estimation from incomplete observations. Journal of the
American Statistical Association 53(282), 457-481. doi:10.1080/01621459.1958.10501452
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.durations import lasting_ends, median_ends
from jiqun.measures.readings.marker import Marker, alone
from jiqun.measures.readings.platform_events import Platforms, platforms
from jiqun.measures.readings.windows import (
    YEAR,
    Flags,
    Floats,
    Window,
    days,
    last_day_watched,
    windows,
)
from jiqun.numerics.survival import Curve, kaplan_meier
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "join_latency"
LEAST = 10
JOINERS = Text("joiners", "新加入企业")
METHOD = Text(
    "Kaplan-Meier over firms that joined within the window, owner and operator left out; the event is "
    "the first alliance carried by the platform that begins on or after the day of joining.",
    "以时段内新加入企业(不含所有者与运营方)作 Kaplan-Meier 估计;"
    "事件为加入当日或之后由该平台承载的首个联盟。",
)
INTERVAL = Text(
    "Range among joiners like these: product-limit curve with Greenwood's error, on the scale of "
    "log(-log). It is for these platforms, whose joiners are taken to act independently.",
    "同类新加入企业中所处范围:乘积限估计及 Greenwood 误差,取 log(-log) 尺度。仅就这些平台而言,并视各企业独立行动。",
)
WITHIN_A_YEAR = Marker(
    measure=NAME,
    statistic="working within a year",
    label=Text(
        "Share of joiners that work with others on the platform within a year",
        "加入后一年内在平台上开展协作的企业份额",
    ),
    method=METHOD,
    n_of=JOINERS,
    needs=("participations.joined", "alliances.platform_id", "memberships.firm_id"),
    references=("doi:10.1080/01621459.1958.10501452",),
)
MEDIAN = WITHIN_A_YEAR.worded(
    statistic="median",
    label=Text(
        "Median time from joining to the first alliance on the platform",
        "从加入到平台上首个联盟的时间中位数",
    ),
    unit=Text("years", "年"),
)
ADMISSION = WITHIN_A_YEAR.worded(
    statistic="application to admission",
    label=Text("Median time from applying to joining", "从申请到加入的时间中位数"),
    method=Text(
        "Median over firms that joined within the window, owner and operator left out, and that did not "
        "join before they applied. Those who were refused or still wait are not on record.",
        "时段内加入且申请日不晚于加入日的企业(不含所有者与运营方)的中位数。被拒绝或仍在等待者不在记录中。",
    ),
    needs=("participations.applied", "participations.joined"),
    unit=Text("years", "年"),
)
NO_APPLICATIONS = Text(
    "no participation has both a day of application and a day of joining",
    "没有平台参与同时注明申请日期与加入日期",
)
NO_CARRIED = Text("no alliance is said to be carried by a platform", "没有注明由平台承载的联盟")
NEVER = Text("less than half are known to have worked with others", "已知开展协作者不足一半")
FEW = Text("fewer than {n} joiners", "新加入企业不足 {n} 家")
SHORT = Text(
    "fewer than {n} joiners were watched for a year or until they worked with others",
    "被观察满一年或至其开展协作的新加入企业不足 {n} 家",
)


@dataclass(frozen=True, slots=True)
class Joiners:
    """Joiners with the time until they work with others; years."""

    joined: Floats
    waited: Floats
    worked: Flags


def join_latency(
    record: Record,
    *,
    seed: int = 0,  # noqa: ARG001 - nothing is drawn
    years: int | None = None,
) -> tuple[Estimate, ...]:
    """Measure how soon those who join a platform work with others there.

    Parameters
    ----------
    record
        Reads ``platforms``, ``participations``, ``alliances`` and ``memberships``.
    seed
        Not used: nothing is drawn.
    years
        Calendar years of each window; None for the whole record only.

    Returns
    -------
    tuple of Estimate
        By window of joining: share that works with others within a year, median time, and the median
        time from application to joining.
    """
    found = platforms(record)
    joiners, admitted = _joiners(record, found), _admitted(found)
    return tuple(
        e for window in windows(record, years) for e in _measured(window, joiners, admitted)
    )


def _admitted(found: Platforms) -> Joiners:
    """Return who applied and joined, with the years between the two."""
    applied = days(found.members["applied"])
    known = applied <= found.joined
    joined = found.joined[known]
    waited = np.maximum(joined - applied[known], 0.5) / YEAR
    return Joiners(joined, waited, np.ones(joined.size, dtype=bool))


def _joiners(record: Record, found: Platforms) -> Joiners | None:
    """Find for every firm on a platform its first alliance there; None where alliances name none."""
    carried = (
        record["alliances"]
        .drop_nulls(["platform_id", "start"])
        .join(found.table.select("platform_id", "platform"), on="platform_id")
        .join(record["memberships"].select("alliance_id", "firm_id"), on="alliance_id")
        .select("platform", "firm_id", "start")
    )
    if carried.is_empty():
        return None
    members = found.members.drop_nulls("joined").with_columns(
        row=pl.int_range(pl.len(), dtype=pl.Int64)
    )
    first = (
        members.join(carried, on=["platform", "firm_id"])
        .filter(pl.col("start") >= pl.col("joined"))
        .group_by("row")
        .agg(first=pl.col("start").min())
    )
    members = members.join(first, on="row", how="left").sort("row")
    joined, left, start = (days(members[c]) for c in ("joined", "left", "first"))
    last = last_day_watched(record)
    until = np.fmin(left, last)
    worked = start < until
    # A firm that works with others on its first day has waited half a day, not no time at all.
    waited = np.maximum(np.where(worked, start, until) - joined, 0.5) / YEAR
    return Joiners(joined, waited, worked)


def _measured(window: Window, joiners: Joiners | None, admitted: Joiners) -> Iterator[Estimate]:
    if joiners is None:
        yield from (m.missing(window, NO_CARRIED) for m in (WITHIN_A_YEAR, MEDIAN))
    else:
        yield from _curve(window, joiners)
    if admitted.joined.size == 0:
        yield ADMISSION.missing(window, NO_APPLICATIONS)
        return
    chosen = window.begun(admitted.joined)
    n = int(chosen.sum())
    if n < LEAST:
        yield ADMISSION.missing(window, FEW.fill(n=LEAST), n)
        return
    yield _median(
        ADMISSION,
        window,
        kaplan_meier(np.zeros(n), admitted.waited[chosen], admitted.worked[chosen]),
        n,
    )


def _curve(window: Window, joiners: Joiners) -> Iterator[Estimate]:
    chosen = window.begun(joiners.joined)
    waited, n = joiners.waited[chosen], int(chosen.sum())
    if n < LEAST:
        yield from (m.missing(window, FEW.fill(n=LEAST), n) for m in (WITHIN_A_YEAR, MEDIAN))
        return
    curve = kaplan_meier(np.zeros(n), waited, joiners.worked[chosen])
    incidence = alone(n)
    if ((waited >= 1.0) | joiners.worked[chosen]).sum() < LEAST:
        yield WITHIN_A_YEAR.missing(window, SHORT.fill(n=LEAST), n)
    else:
        band = lasting_ends(curve, 1.0, incidence)
        ends = band and (1.0 - band[1], 1.0 - band[0])
        share = 1.0 - curve.beyond(1.0)
        yield WITHIN_A_YEAR.estimate(window, share, ends, meaning=INTERVAL, n=n)
    yield _median(MEDIAN, window, curve, n)


def _median(marker: Marker, window: Window, curve: Curve, n: int) -> Estimate:
    """Read the median of a curve, with its interval."""
    median = curve.quantile(0.5)
    if not np.isfinite(median):
        return marker.missing(window, NEVER, n)
    ends = median_ends(curve, median, alone(n))
    return marker.estimate(window, median, ends, meaning=INTERVAL, n=n)
