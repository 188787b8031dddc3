"""What each window shows of the markers: counts of modes, shares with their numbers, indices with errors.

Events of one firm are not independent, so a share counts with the number of independent observations
that its interval amounts to.

Paper: S1-S18, E15 (all is dated)
"""

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.diagnosis.stage.markers import MARKERS, MEASURES, MIX, MODES, StageMarker
from jiqun.measures import Measurement, measure
from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.marker import EACH_ALONE, Marker, alone
from jiqun.measures.readings.windows import EVENTS, Window, days, windows
from jiqun.record.record import Record
from jiqun.record.schema import TABLES
from jiqun.vocabulary.text import Text

Floats = NDArray[np.float64]
TARGET_WINDOWS = 12
MOST_YEARS = 6
"""Mean length of a stage as the reference card has it: in longer windows, stages pass unseen."""
LATELY = 3
"""Windows at the end of a record that its last stage is read from."""
Z = 1.959964
Reader = Callable[[Estimate | None], tuple[float, float]]
TOO_LONG = Text(
    "The dates of the record span too many years; some are probably wrong.",
    "记录日期跨度过大,可能有误。",
)
ONE_TABLE = Text(
    "From {first} on, only one table has new rows ({table}): its dates are probably wrong, or the others "
    "were not kept up.",
    "自 {first} 年起,仅“{table}”一张表有新行:该表日期可能有误,或其他表未更新。",
)
NO_TABLE = Text("the record has no table of who joins platforms", "记录中没有平台参与表")


@dataclass(frozen=True, slots=True, kw_only=True)
class Observations:
    """Markers by window.

    Attributes
    ----------
    windows
        In order of time, T of them.
    years
        Calendar years of each.
    modes
        Innovations of each mode, as many as are independent, shape (T, 3); NaN where none are known.
    shares
        Marker → events with the property and events, both as many as are independent, shape (T, 2).
    indices
        Marker → value and its standard error, shape (T, 2).
    estimates
        Marker → estimate of each window, None where there is none.
    """

    windows: tuple[Window, ...]
    years: int
    modes: Floats
    shares: dict[str, Floats]
    indices: dict[str, Floats]
    estimates: dict[str, tuple[Estimate | None, ...]]

    @property
    def known(self) -> NDArray[np.int64]:
        """Markers known in each window, shape (T,)."""
        every = [
            self.modes[:, :1],
            *(v[:, :1] for v in (*self.shares.values(), *self.indices.values())),
        ]
        return np.asarray(np.isfinite(np.hstack(every)).sum(axis=1))


def window_years(record: Record) -> int | None:
    """Choose the length of windows, so that there are about a dozen; None without dates."""
    whole = windows(record)[0]
    if not whole.end > whole.start:
        return None
    return max(1, math.ceil(whole.years / TARGET_WINDOWS))


def misdated(record: Record, years: int) -> Text | None:
    """Say why the dates of a record cannot be cut into windows that show stages, or None.

    No clock is asked what lies in the future. But wrong days stretch a record until a stage passes within
    one window, or leave a single table beyond the time of all others.
    """
    if years > MOST_YEARS:
        return TOO_LONG
    last = windows(record, years)[-LATELY:]
    begun = {t: days(record[t][column]) for t, column in EVENTS.items() if t in record}
    dated = {t for t, day in begun.items() if np.isfinite(day).any()}
    late = [t for t in dated if any(w.begun(begun[t]).any() for w in last)]
    if len(dated) > 1 and len(late) == 1:
        return ONE_TABLE.fill(table=TABLES[late[0]].label, first=last[0].name.split("-")[0])
    return None


def observe(record: Record, years: int, seed: int, leaving: Collection[str] = ()) -> Observations:
    """Measure every marker in every window.

    Parameters
    ----------
    record
        Of the cluster alone.
    years
        Calendar years of each window.
    seed
        Of the measures.
    leaving
        Measures that are left out, as if they could not be made.

    Raises
    ------
    ValueError
        Where the dates of the record make more than 200 windows.
    """
    cut = windows(record, years)[1:]
    wanted = [name for name in MEASURES if name not in leaving]
    measured = measure(record, only=wanted, seed=seed, window=years)
    own = {"diagnosis": _on_platforms(record, cut)}
    found = {m.name: _by_window(m, measured, own, cut) for m in (MIX, *MARKERS)}
    return Observations(
        windows=cut,
        years=years,
        modes=_mode_counts(measured, cut),
        shares={m.name: _pairs(found[m.name], _counts) for m in MARKERS if m.kind == "share"},
        indices={
            m.name: _pairs(found[m.name], _logged if m.logarithm else _level)
            for m in MARKERS
            if m.kind == "index"
        },
        estimates=found,
    )


def _by_window(
    marker: StageMarker,
    measured: Measurement,
    own: dict[str, tuple[Estimate, ...]],
    cut: tuple[Window, ...],
) -> tuple[Estimate | None, ...]:
    """Return the estimate of one marker in each window."""
    every = own.get(marker.measure) or measured.get(marker.measure, ())
    wanted = set(marker.of)
    named = {dict(e.of)["window"]: e for e in every if wanted <= set(e.of)}
    return tuple(named.get(window.name) for window in cut)


def _pairs(estimates: tuple[Estimate | None, ...], read: Reader) -> Floats:
    return np.array([read(e) for e in estimates]).reshape(len(estimates), 2)


def _counts(estimate: Estimate | None) -> tuple[float, float]:
    """Return events with the property and events, as many as are independent."""
    if estimate is None or estimate.value is None:
        return math.nan, math.nan
    n = independent(estimate)
    return estimate.value * n, n


def independent(estimate: Estimate) -> float:
    """Return the number of events whose Wilson interval is as wide as the interval of a share."""
    p, most = float(estimate.value or 0.0), float(max(estimate.n, 1))
    if estimate.low is None or estimate.high is None:
        return 1.0
    width = estimate.high - estimate.low
    low, high = 0.05, most
    if _wilson_width(p, high) >= width:
        return high
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if _wilson_width(p, middle) > width else (low, middle)
    return 0.5 * (low + high)


def _wilson_width(p: float, n: float) -> float:
    spread = math.sqrt(p * (1 - p) / n + Z**2 / (4 * n**2))
    return 2 * Z / (1 + Z**2 / n) * spread


def _level(estimate: Estimate | None) -> tuple[float, float]:
    """Return an index and its standard error; without an interval the error is not known."""
    if estimate is None or estimate.value is None or estimate.low is None or estimate.high is None:
        return math.nan, math.nan
    return estimate.value, (estimate.high - estimate.low) / (2 * Z)


def _logged(estimate: Estimate | None) -> tuple[float, float]:
    """Return the logarithm of an index and its error; a single platform has no interval of its own."""
    if estimate is None or estimate.value is None or estimate.value <= 0.0:
        return math.nan, math.nan
    level, error = _level(estimate)
    if math.isnan(level):
        return math.log(estimate.value), 0.5
    return math.log(level), error / level


def _mode_counts(measured: Measurement, cut: tuple[Window, ...]) -> Floats:
    """Return innovations of each mode, scaled to as many as are independent, shape (T, 3)."""
    named = {
        (dict(e.of)["mode"], dict(e.of)["window"]): e
        for e in measured.get(MIX.measure, ())
        if dict(e.of).get("statistic") == "share of mode"
    }
    found = np.full((len(cut), len(MODES)), np.nan)
    for row, window in enumerate(cut):
        each = [named.get((mode, window.name)) for mode in MODES]
        shares = [e.value for e in each if e is not None and e.value is not None]
        if len(shares) == len(MODES):
            n = min(independent(e) for e in each if e is not None)
            found[row] = n * np.array(shares)
    return found


def _on_platforms(record: Record, cut: tuple[Window, ...]) -> tuple[Estimate, ...]:
    """Estimate the share of the firms of each window that take part in a platform."""
    firms = record["firms"].select("firm_id", "founded", "closed").unique("firm_id", keep="first")
    founded, closed = days(firms["founded"]), days(firms["closed"])
    founded = np.where(np.isfinite(founded), founded, -np.inf)
    part = record["participations"].filter(pl.col("joined").is_not_null())
    joined, left = days(part["joined"]), days(part["left"])
    marker = Marker(
        measure="diagnosis",
        statistic="on platforms",
        label=Text("Share of firms on platforms", "参与平台的企业份额"),
        method=Text("Firms that took part in the window.", "时段内参与平台的企业。"),
        n_of=Text("firms", "企业"),
        needs=("participations.joined",),
        units=EACH_ALONE,
    )
    if "participations" not in record:
        return tuple(marker.missing(window, NO_TABLE) for window in cut)
    found = []
    for window in cut:
        there = firms["firm_id"].filter(pl.Series(window.lasting(founded, closed)))
        inside = part["firm_id"].filter(pl.Series(window.lasting(joined, left)))
        flags = there.is_in(inside.unique().implode()).to_numpy()
        found.append(marker.share(window, flags, alone(flags.size)))
    return tuple(found)
