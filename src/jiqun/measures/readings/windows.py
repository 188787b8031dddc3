"""Windows of calendar years, and how long the record was watched.

Paper: E15 (all states are dated)
"""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.measures.readings.collaborations import WHOLE
from jiqun.record.record import Record

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

EVENTS = {
    "ties": "start",
    "alliances": "start",
    "memberships": "joined",
    "platforms": "opened",
    "participations": "joined",
    "functions": "opened",
    "data_assets": "start",
    "accounts": "start",
    "innovations": "date",
}
"""Days that place a record in time; the founding of a firm or site may be long before it."""
ENDS = {
    "ties": "end",
    "alliances": "end",
    "memberships": "left",
    "participations": "left",
    "functions": "closed",
    "data_assets": "end",
    "accounts": "end",
}
MOST_WINDOWS = 200
EPOCH = dt.date(1970, 1, 1)
YEAR = 365.25
"""Days of a mean year."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time, half open; days are counted from 1970-01-01.

    Attributes
    ----------
    name
        ``all``, or its first and last calendar year.
    start, end
        First day, and first day after it or after the last day watched.
    whole
        Whether it is the whole record, which includes what bears no date.
    """

    name: str
    start: float
    end: float
    whole: bool = False

    @property
    def years(self) -> float:
        """Length in years, of what was watched."""
        return max(self.end - self.start, 0.0) / YEAR

    def begun(self, day: Floats) -> Flags:
        """Say what happened within it; in the whole record everything did."""
        if self.whole:
            return np.ones(day.size, dtype=bool)
        return (day >= self.start) & (day < self.end)

    def lasting(self, start: Floats, end: Floats) -> Flags:
        """Say what was there at some time within it; without a start it counts in the whole only."""
        if self.whole:
            return np.ones(start.size, dtype=bool)
        return (start < self.end) & ~(end <= self.start)


def days(column: pl.Series) -> Floats:
    """Count days from 1970-01-01, NaN where there is no date."""
    return column.cast(pl.Date).to_physical().cast(pl.Float64).fill_null(np.nan).to_numpy()


def _spread(record: Record, columns: dict[str, str]) -> tuple[float, float]:
    found = [days(record[name][column]) for name, column in columns.items() if name in record]
    known = np.concatenate([*found, np.zeros(0)])
    known = known[np.isfinite(known)]
    return (float(known.min()), float(known.max())) if known.size else (np.inf, -np.inf)


def last_day_watched(record: Record) -> float:
    """Find the first day after the record was watched, from when on nothing can be known.

    The day of retrieval of its latest source, where one is given and nothing begins after it; else
    the latest day in the record. NaN where the record bears no date.
    """
    begun = _spread(record, EVENTS)[1] + 1.0
    retrieved = days(record["sources"]["retrieved"])
    retrieved = retrieved[np.isfinite(retrieved)]
    over = float(retrieved.max()) + 1.0 if retrieved.size else _spread(record, ENDS)[1]
    latest = max(begun, over)
    return latest if np.isfinite(latest) else np.nan


def _first_day(year: int) -> float:
    return float((dt.date(year, 1, 1) - EPOCH).days)


def windows(record: Record, years: int | None = None) -> tuple[Window, ...]:
    """Cut the time of a record into windows.

    Parameters
    ----------
    record
        Its dated rows decide where the first and the last window are.
    years
        Calendar years of each window, which begin at multiples of that number; None for none.

    Returns
    -------
    tuple of Window
        The whole record first, then the windows in order of time.

    Raises
    ------
    ValueError
        For a length below one year, and where there would be more than 200 windows.
    """
    first, last = _spread(record, EVENTS)[0], last_day_watched(record)
    whole = Window(WHOLE, first, last, whole=True)
    if years is None or not np.isfinite(first):
        return (whole,)
    if years < 1:
        msg = f"a window takes at least one year, got {years}"
        raise ValueError(msg)
    from_year, to_year = ((EPOCH + dt.timedelta(d)).year for d in (first, last - 1.0))
    begins = range(from_year // years * years, to_year + 1, years)
    if len(begins) > MOST_WINDOWS:
        msg = (
            f"the record runs from {from_year} to {to_year}: windows of {years} years would be "
            f"{len(begins)}, and {MOST_WINDOWS} is the most; choose longer ones or mend the dates"
        )
        raise ValueError(msg)
    return (whole, *(_window(begin, years, last) for begin in begins))


def _window(begin: int, years: int, last: float) -> Window:
    name = str(begin) if years == 1 else f"{begin}-{begin + years - 1}"
    end = _first_day(begin + years) if begin + years <= dt.MAXYEAR else last
    return Window(name, _first_day(max(begin, 1)), min(end, last))
