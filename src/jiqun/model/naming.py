"""Naming 命名: the identifiers and days that a record has for a run's keys and periods."""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.model.scenario_schema import Scenario
from jiqun.model.start.real_start import Origin
from jiqun.model.state import NOBODY

MILLION = 1_000_000.0
QUARTERS = 4
Whole = NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class Names:
    """What firms are called, and the first day of each period.

    Attributes
    ----------
    scenario
        Where and when the run began.
    origin
        Who the firms at the start are, where they are from a record.
    called
        The identifier of each firm, by key.
    first_days
        The first day of each period; nothing for the last, which stands for no period.
    """

    scenario: Scenario
    origin: Origin
    called: pl.Series
    first_days: pl.Series

    @classmethod
    def of(cls, scenario: Scenario, origin: Origin | None, *, firms: int, until: int) -> "Names":
        """Return the names for so many firms and periods."""
        known = origin or Origin((), (), "ISIC4")
        prefix = "new-" if known.names else "f"
        new = [f"{prefix}{key}" for key in range(len(known.names), firms)]
        last = max([until, *(policy.stop for policy in scenario.policy)])
        days = [
            dt.date(scenario.start_year + period // QUARTERS, 1 + 3 * (period % QUARTERS), 1)
            for period in range(last + QUARTERS + 1)
        ]
        called = pl.Series([*known.names, *new], dtype=pl.String)
        return cls(scenario, known, called, pl.Series([*days, None], dtype=pl.Date))

    def firms(self, keys: Whole) -> pl.Series:
        """Return the identifiers of firms."""
        return self.called.gather(keys.astype(np.int64))

    def founded(self, keys: Whole, born: Whole) -> pl.Series:
        """Return the days of founding; that of firms at the start is known from a record alone."""
        days = self.days(np.where(born == 0, NOBODY, born)).to_list()
        own = self.origin.founded
        return pl.Series(
            [own[k] if k < len(own) else day for k, day in zip(keys.tolist(), days, strict=True)],
            dtype=pl.Date,
        )

    def days(self, periods: Whole) -> pl.Series:
        """Return the first days of periods, or nothing where what began then goes on."""
        return self.first_days.gather(
            np.where(periods == NOBODY, self.first_days.len() - 1, periods)
        )

    def numbered(self, prefix: str, numbers: Whole) -> pl.Series:
        """Return identifiers such as ``p3``; nothing for nobody."""
        number = pl.Series(numbers.astype(np.int64))
        return _where(numbers != NOBODY, prefix + number.cast(pl.String))

    def pairs(self, prefix: str, keys: Whole, periods: Whole) -> pl.Series:
        """Return identifiers such as ``a12-40``; nothing where there is no period."""
        key, period = (pl.Series(x.astype(np.int64)).cast(pl.String) for x in (keys, periods))
        return _where(periods != NOBODY, prefix + key + "-" + period)


def always(word: str, rows: int) -> pl.Series:
    """Return a word in so many rows."""
    return pl.Series([word]).new_from_index(0, rows)


def _where(there: NDArray[np.bool_], values: pl.Series) -> pl.Series:
    """Return values where they are there, and nothing elsewhere."""
    return values.set(pl.Series(~there), None)
