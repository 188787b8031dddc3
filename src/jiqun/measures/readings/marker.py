"""One stage marker in one window: its words, its interval, or why there is no number.

Paper: S1-S18 (what a stage is read from)
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import stats

from jiqun.measures.estimate import NO_UNIT, Estimate, not_measured
from jiqun.measures.readings.windows import Window
from jiqun.numerics.clustered import Incidence, clustered_error, share_interval
from jiqun.vocabulary.text import Text

Floats = NDArray[np.float64]
Ends = tuple[float, float] | None

LEVEL = 0.95
SHARE_INTERVAL = Text(
    "Range of the share among events like these: Wilson's interval at the number of independent "
    "observations that the clustered error amounts to ({units}).",
    "同类事件中该份额所处范围:按聚类误差折算的有效独立观测数计算 Wilson 区间({units})。",
)
MEAN_INTERVAL = Text(
    "Range among events like these: value ± Student's t times its clustered error ({units}).",
    "同类事件中所处范围:估计值 ± t 分位数 × 聚类误差({units})。",
)
RATE_INTERVAL = Text(
    "Range of the rate if events come independently of each other: Garwood's exact Poisson interval. "
    "Events that come in waves vary more.",
    "事件彼此独立发生时该比率所处范围:Garwood 精确 Poisson 区间。成批发生的事件变动更大。",
)
NO_INTERVAL = Text(
    "No interval: too few independent observations, or nothing varies.",
    "不给区间:独立观测过少,或数据没有变异。",
)
SHARED_FIRMS = Text("what shares a firm is not independent", "共享同一企业者不视为独立")
SHARED_PLATFORMS = Text("what shares a platform is not independent", "共享同一平台者不视为独立")
EACH_ALONE = Text("each counts as independent", "各观测视为独立")
NOTHING = Text("no {what} in this window", "该时段内没有{what}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """What is estimated: the words that go with a number.

    Attributes
    ----------
    measure, statistic
        Name of the measure, and which of its numbers this is.
    label, method
        What it is, and how it is computed, with the choices made.
    n_of
        What was counted.
    needs
        Columns without which it says nothing.
    unit
        Of the value.
    references
        The papers the method is from.
    of
        What else tells it apart, such as a relation or a mode.
    units
        What is taken to be independent of what.
    """

    measure: str
    statistic: str
    label: Text
    method: Text
    n_of: Text
    needs: tuple[str, ...]
    unit: Text = NO_UNIT
    references: tuple[str, ...] = ()
    of: tuple[tuple[str, str], ...] = ()
    units: Text = SHARED_FIRMS

    def told(self, **of: str) -> "Marker":
        """Return the same marker, told apart by what it is of."""
        return replace(self, of=(*self.of, *of.items()))

    def worded(self, **words: Any) -> "Marker":  # noqa: ANN401 - as the attributes are typed
        """Return the same marker with some attributes exchanged."""
        return replace(self, **words)

    def identified(self, window: Window) -> tuple[tuple[str, str], ...]:
        """Identify the number."""
        return (("statistic", self.statistic), *self.of, ("window", window.name))

    def missing(self, window: Window, reason: Text | None = None, n: int = 0) -> Estimate:
        """Say why it was not measured."""
        why = NOTHING.fill(what=self.n_of) if reason is None else reason
        of = self.identified(window)
        return not_measured(self.measure, self.label, why, needs=self.needs, of=of, n=n)

    def estimate(
        self,
        window: Window,
        value: float,
        ends: Ends,
        *,
        meaning: Text,
        n: int,
        warnings: tuple[Text, ...] = (),
        without: Text = NO_INTERVAL,
    ) -> Estimate:
        """Write a number up; ``without`` says why it has no interval, where it has none."""
        return Estimate(
            measure=self.measure,
            label=self.label,
            of=self.identified(window),
            value=float(value),
            low=None if ends is None else float(ends[0]),
            high=None if ends is None else float(ends[1]),
            level=LEVEL,
            unit=self.unit,
            interval=without if ends is None else meaning,
            n=n,
            n_of=self.n_of,
            method=self.method,
            references=self.references,
            warnings=warnings,
        )

    def share(
        self,
        window: Window,
        has_it: NDArray[np.bool_],
        incidence: Incidence,
        warnings: tuple[Text, ...] = (),
    ) -> Estimate:
        """Estimate the share of events that have a property, one flag an event."""
        if has_it.size == 0:
            return self.missing(window)
        flags = has_it.astype(float)
        share = float(flags.mean())
        error = clustered_error((flags - share) / flags.size, incidence)
        ends = share_interval(share, incidence, error, LEVEL)
        meaning = SHARE_INTERVAL.fill(units=self.units)
        return self.estimate(window, share, ends, meaning=meaning, n=flags.size, warnings=warnings)

    def function_of_means(
        self,
        window: Window,
        value: float,
        influence: Floats,
        incidence: Incidence,
        *,
        bounds: tuple[float, float] = (-np.inf, np.inf),
        warnings: tuple[Text, ...] = (),
        meaning: Text = MEAN_INTERVAL,
    ) -> Estimate:
        """Estimate a smooth function of means from each event's part in its error."""
        ends = student(value, influence, incidence)
        if ends is not None:
            ends = (min(max(ends[0], bounds[0]), value), max(min(ends[1], bounds[1]), value))
        meaning = meaning.fill(units=self.units)
        return self.estimate(
            window, value, ends, meaning=meaning, n=influence.size, warnings=warnings
        )

    def ratio(
        self,
        window: Window,
        above: Floats,
        below: Floats,
        incidence: Incidence,
        *,
        bounds: tuple[float, float] = (-np.inf, np.inf),
        warnings: tuple[Text, ...] = (),
    ) -> Estimate:
        """Estimate a sum over a sum; a mean is one over ones."""
        total = float(below.sum())
        if above.size == 0 or total == 0.0:
            return self.missing(window)
        value = float(above.sum()) / total
        influence = (above - value * below) / total
        return self.function_of_means(
            window, value, influence, incidence, bounds=bounds, warnings=warnings
        )

    def rate(
        self, window: Window, events: int, exposure: float, warnings: tuple[Text, ...] = ()
    ) -> Estimate:
        """Estimate a number of events per unit of exposure."""
        if not exposure > 0.0:
            return self.missing(window)
        tail = 0.5 - LEVEL / 2
        low = float(stats.chi2.ppf(tail, 2 * events)) / 2 if events else 0.0
        high = float(stats.chi2.isf(tail, 2 * (events + 1))) / 2
        return self.estimate(
            window,
            events / exposure,
            (low / exposure, high / exposure),
            meaning=RATE_INTERVAL,
            n=events,
            warnings=warnings,
        )


def student(value: float, influence: Floats, incidence: Incidence) -> Ends:
    """Put Student's interval around a value; None where there is no error to speak of."""
    error = clustered_error(influence, incidence)
    half = float(stats.t.isf(0.5 - LEVEL / 2, error.freedom)) * error.error
    return (value - half, value + half) if 1e-12 * (1.0 + abs(value)) < half < np.inf else None


def alone(events: int) -> Incidence:
    """Take every event as independent of the others."""
    position = np.arange(events)
    return Incidence(position, position, events, max(events, 1))


def grouped(cluster: NDArray[np.int64]) -> Incidence:
    """Take events of one cluster as dependent, one cluster to each event, shape (events,)."""
    if cluster.size == 0:
        return alone(0)
    _, number = np.unique(cluster, return_inverse=True)
    position = np.arange(cluster.size)
    return Incidence(position, number.astype(np.int64), cluster.size, int(number.max()) + 1)


def numbered(ids: pl.Series) -> NDArray[np.int64]:
    """Give numbers from 0 to identifiers, in alphabetical order."""
    if ids.is_empty():
        return np.zeros(0, dtype=np.int64)
    text = ids.cast(pl.String)
    coded = text.cast(
        pl.Categorical(pl.Categories.random())
    ).to_physical()  # in order of appearance
    code = coded.cast(pl.Int64).fill_null(-1).to_numpy() + 1  # 0 for what has no identifier
    row = np.full(int(code.max()) + 1, -1, dtype=np.int64)
    row[code] = np.arange(code.size)
    used = np.flatnonzero(row >= 0)
    rank = np.empty(row.size, dtype=np.int64)
    rank[used[text.gather(row[used]).arg_sort().to_numpy()]] = np.arange(used.size)
    return np.asarray(rank[code])


def incidence_of(parts: pl.DataFrame, events: int) -> Incidence:
    """Say who is in which event; an event without anyone stands for itself.

    Parameters
    ----------
    parts
        ``event`` (number from 0) and ``firm`` (any identifier), a firm in an event once.
    events
        How many events there are.
    """
    event = parts["event"].to_numpy().astype(np.int64)
    lonely = np.flatnonzero(np.bincount(event, minlength=events) == 0)
    firm = numbered(parts["firm"]) if parts.height else np.zeros(0, dtype=np.int64)
    firms = int(firm.max()) + 1 if firm.size else 0
    return Incidence(
        np.concatenate([event, lonely]),
        np.concatenate([firm, firms + np.arange(lonely.size)]),
        events,
        max(firms + lonely.size, 1),
    )


def subset(incidence: Incidence, chosen: NDArray[np.bool_]) -> Incidence:
    """Keep some events, numbered anew in their order."""
    place = np.cumsum(chosen) - 1
    kept = chosen[incidence.relation]
    return Incidence(
        place[incidence.relation[kept]],
        incidence.firm[kept],
        int(chosen.sum()),
        incidence.firms,
    )


def each(
    windows: tuple[Window, ...], measured: Callable[[Window], list[Estimate]]
) -> tuple[Estimate, ...]:
    """Measure in every window."""
    return tuple(estimate for window in windows for estimate in measured(window))
