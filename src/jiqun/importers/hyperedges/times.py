"""Numbers that are times become days, where it is clear what they count."""

import datetime as dt
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from jiqun.record.problem import InputError, Rule
from jiqun.vocabulary.text import Text, same

Ints = NDArray[np.int64]

UNITS = {"day": 1, "second": 86_400, "millisecond": 86_400_000}
"""How many make a day."""
UNIX = dt.date(1970, 1, 1)
EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2100, 1, 1)
SINCE = {"1970": UNIX.toordinal(), "1": 0}
"""Year from which times are counted → number of its first day less what it counts from."""
READINGS = (("day", "1"), ("second", "1970"), ("millisecond", "1970"), ("millisecond", "1"))
"""What published files count in. Their numbers differ so much that one reading at most makes sense."""
SHORTEST = 10**8
"""Seconds from 1970 below which a number may be anything: a year counts from 1973 on."""
OPTION = Rule(
    id="hyperedges.option",
    title=Text("Options of times fit each other.", "时间选项须相互匹配。"),
    remedy=Text(
        "unit is day, second or millisecond; from is a day such as 2009-10-01 and needs a unit.",
        "unit 取 day、second 或 millisecond;from 为日期(如 2009-10-01),且须同时给出 unit。",
    ),
)
TOLD = Text(
    "Times are read in {unit}s from {since} on: {first} to {last}.",
    "时间按自 {since} 起的{unit}数读取:{first} 至 {last}。",
)
UNIT = {
    "day": Text("day", "天"),
    "second": Text("second", "秒"),
    "millisecond": Text("millisecond", "毫秒"),
}
UNKNOWN = Text(
    "What the times count is not clear from their size ({low} to {high}): alliances have no days, the order "
    "is in x_time. Say it with --set unit=second --set from=YYYY-MM-DD.",
    "从数值({low} 至 {high})无法判断时间单位:联盟没有日期,次序见 x_time。"
    "可用 --set unit=second --set from=YYYY-MM-DD 指明。",
)


def days_of(times: Ints, options: Mapping[str, str]) -> tuple[Ints | None, Text]:
    """Return the day of each time as a proleptic number (0: beyond the calendar), and what was read.

    Raises
    ------
    InputError
        Where the options do not fit.
    """
    chosen = _chosen(options) or _told_by_size(times)
    if chosen is None:
        return None, UNKNOWN.fill(low=int(times.min()), high=int(times.max()))
    unit, zero, since = chosen
    days = times // UNITS[unit] + zero
    days = np.where((days >= 1) & (days <= dt.date.max.toordinal()), days, 0)
    known = days[days > 0]
    ends = (dt.date.fromordinal(int(n)) for n in (known.min(), known.max())) if known.size else "--"
    first, last = (str(end) for end in ends)
    return days, TOLD.fill(unit=UNIT[unit], since=since, first=same(first), last=same(last))


def _chosen(options: Mapping[str, str]) -> tuple[str, int, Text] | None:
    """Return unit, number of the day at which times are 0, and its name, as the user says."""
    unit, since = options.get("unit"), options.get("from")
    if unit is None and since is None:
        return None
    try:
        zero = UNIX if since is None else dt.date.fromisoformat(since)
    except ValueError:
        zero = None
    if unit not in UNITS or zero is None:
        told = Text(
            "unit={unit}, from={since} says no time.", "unit={unit}、from={since} 无法解读。"
        )
        message = told.fill(unit=unit or "", since=since or "")
        raise InputError((OPTION.problem(table="", message=message),))
    return unit, zero.toordinal(), same(str(zero))


def _told_by_size(times: Ints) -> tuple[str, int, Text] | None:
    """Find the reading under which the middle of the times lies between 1900 and 2100."""
    middle = int(np.median(times))
    for unit, year in READINGS:
        day = middle // UNITS[unit] + SINCE[year]
        clear = year == "1" or middle >= SHORTEST * UNITS[unit] // UNITS["second"]
        if clear and EARLIEST.toordinal() <= day < LATEST.toordinal():
            since = Text("1970", "1970 年") if year == "1970" else Text("year 1", "公元元年")
            return unit, SINCE[year], since
    return None
