"""Annual totals of a record: firms, ties, platform members, output, and what policies did.

Paper: C2, D2 (growth, stagnation, decline), Q17
"""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl

from jiqun.measures.readings.firm_accounts import firm_accounts
from jiqun.measures.readings.platform_events import platforms
from jiqun.measures.readings.windows import EPOCH, YEAR, Floats, Window, days, windows
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

ANNUAL = {
    "firms": (Text("number of firms", "企业数"), ("firms.founded",)),
    "ties": (Text("number of ties", "双边关系数"), ("ties.start",)),
    "members": (Text("members of platforms", "平台成员数"), ("participations.joined",)),
    "output": (Text("value added", "增加值"), ("accounts.value_added", "accounts.start")),
}
NOT_DATED = Text("none on record bears a date", "没有注明日期的记录")
MOST_YEARS = 200


@dataclass(frozen=True, slots=True)
class Annual:
    """One value a calendar year; ``missing`` says why there is none."""

    year: Floats
    value: Floats
    missing: Text | None = None

    def within(self, window: Window) -> tuple[Floats, Floats]:
        """Return years and values of those years that begin within a window."""
        if window.whole or not self.year.size:
            return self.year, self.value
        begin = np.array([(dt.date(int(y), 1, 1) - EPOCH).days for y in self.year], dtype=float)
        chosen = (begin >= window.start) & (begin < window.end)
        return self.year[chosen], self.value[chosen]


def annual(record: Record) -> dict[str, Annual]:
    """Read every series; years are those that the record was watched from beginning to end."""
    whole = windows(record)[0]
    if not np.isfinite(whole.start):
        return {name: Annual(np.zeros(0), np.zeros(0), NOT_DATED) for name in ANNUAL}
    members = platforms(record)
    pairs = {
        "firms": (days(record["firms"]["founded"]), days(record["firms"]["closed"])),
        "ties": (days(record["ties"]["start"]), days(record["ties"]["end"])),
        "members": (members.joined, members.left),
    }
    found = {name: _existing(start, end, whole) for name, (start, end) in pairs.items()}
    return {**found, "output": _output(record)}


def _existing(start: Floats, end: Floats, whole: Window) -> Annual:
    """Count what exists on the last day of every year, from the first one in which anything does."""
    known = start[np.isfinite(start)]
    if known.size == 0:
        return Annual(np.zeros(0), np.zeros(0), NOT_DATED)
    first = (EPOCH + dt.timedelta(max(float(known.min()), whole.start))).year
    last = (EPOCH + dt.timedelta(whole.end - 1.0)).year
    years = np.arange(first, min(last, first + MOST_YEARS) + 1)
    eves = np.array([(dt.date(y, 12, 31) - EPOCH).days for y in years.tolist()], dtype=float)
    eves = eves[eves <= whole.end]
    ended = np.sort(end[np.isfinite(end) & np.isfinite(start)])
    begun = np.searchsorted(np.sort(known), eves, side="right")
    value = (begun - np.searchsorted(ended, eves, side="right")).astype(float)
    return Annual(years[: eves.size].astype(np.float64), value)


def _output(record: Record) -> Annual:
    """Add up value added by year, of accounts of about a year."""
    accounts = firm_accounts(record)
    amount = accounts.amount("value_added")
    about_a_year = np.abs(accounts.end - accounts.start - YEAR) < YEAR / 4
    usable = np.isfinite(amount) & about_a_year
    if not usable.any():
        return Annual(np.zeros(0), np.zeros(0), NOT_DATED)
    middle = (accounts.start + accounts.end)[usable] / 2
    year = np.array([(EPOCH + dt.timedelta(float(d))).year for d in np.unique(middle)])
    of_account = year[np.unique(middle, return_inverse=True)[1]]
    years = np.arange(of_account.min(), of_account.max() + 1)
    total = np.bincount(of_account - years[0], amount[usable], years.size)
    return Annual(years.astype(np.float64), total.astype(np.float64))


def policy_levels(record: Record) -> pl.DataFrame:
    """Add up the intensity of policies in force in each year: ``year``, ``intensity``."""
    policies = record["policies"].drop_nulls(["intensity", "start"])
    last = windows(record)[0].end
    day = EPOCH + dt.timedelta(last - 1.0) if np.isfinite(last) else EPOCH
    end = pl.coalesce(pl.col("end").dt.offset_by("-1d"), pl.lit(day))
    years = pl.int_ranges(pl.col("start").dt.year(), end.dt.year() + 1, dtype=pl.Int64)
    spread = policies.select(years.alias("year"), "intensity").explode("year", empty_as_null=False)
    return spread.group_by("year").agg(pl.col("intensity").sum()).sort("year")
