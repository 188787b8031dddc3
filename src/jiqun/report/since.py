"""What changed since last year's record 年度变化, parted into measuring, behaviour and membership.

A number that moved may have moved because more is recorded, because the same firms behave differently, or
because other firms are in the record. With E(now) of this record, E(then) of last year's, P of this record
as known up to the last day of last year's, and C of this record with last year's firms only,

    E(now) - E(then) = [E(P) - E(then)] + [E(C) - E(P)] + [E(now) - E(C)]

is exact: the same past measured anew, what the same firms did since, and who came or went.

Paper: Q15 (a type is a probability over time)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from jiqun.diagnosis.diagnose import diagnose
from jiqun.diagnosis.diagnosis import Diagnosis
from jiqun.experiments.forecasting import Forecast
from jiqun.experiments.observed import observe
from jiqun.experiments.outlook import Outcome, is_of, outcomes, outlook
from jiqun.measures import Measurement, measure
from jiqun.measures.estimate import Estimate
from jiqun.record.record import Record
from jiqun.record.selection import select
from jiqun.report.labels import told_apart
from jiqun.report.summary import summarise

Scored = Literal["none", "scored", "other"]
COMPARED = (
    "collaboration_modes",
    "innovation_modes",
    "decomposability",
    "participation_multilaterality",
    "data_substitution",
    "platform_members",
    "platform_functions",
    "initiation_share",
    "tie_duration",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One number then and now, with the three parts of its difference.

    Attributes
    ----------
    then, now
        The estimates.
    measuring, behaviour, membership
        Parts of the difference; None where the number could not be made on a cut of the record.
    """

    then: Estimate
    now: Estimate
    measuring: float | None
    behaviour: float | None
    membership: float | None

    @property
    def apart(self) -> bool:
        """Whether the intervals then and now do not overlap: a change beyond both doubts."""
        ends = (self.then.low, self.then.high, self.now.low, self.now.high)
        if any(end is None for end in ends):
            return False
        low, high, now_low, now_high = (float(end or 0.0) for end in ends)
        return now_low > high or now_high < low


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """Two records of the same cluster, a year or more apart.

    Attributes
    ----------
    name, until
        Name of last year's record, and the last day that it names.
    stayed, entered, left
        Firms in both, only in this one, only in last year's.
    rows
        Table → rows then and now.
    made_then, made_now
        Software and version that made each record, as far as the provenance says.
    changes
        Numbers that both records gave.
    gained, lost
        Numbers that only this one gave, or only last year's.
    then, again
        Diagnosis of last year's record, and of this one as known up to that day.
    outcomes
        What was, or would have been, forecast from last year's record, and what came.
    forecast
        Whether there was a forecast of the model among them: ``none``, ``scored``, or ``other`` where
        the file that was given is of another record.
    """

    name: str
    until: date
    stayed: int
    entered: int
    left: int
    rows: Mapping[str, tuple[int, int]]
    made_then: tuple[str, ...]
    made_now: tuple[str, ...]
    changes: tuple[Change, ...]
    gained: tuple[Estimate, ...]
    lost: tuple[Estimate, ...]
    then: Diagnosis
    again: Diagnosis
    outcomes: tuple[Outcome, ...] = ()
    forecast: Scored = "none"


def since(
    record: Record, last: Record, *, name: str, seed: int = 0, forecast: Forecast | None = None
) -> Since | None:
    """Compare a record with an earlier one of the same cluster; None where that one has no dates.

    Parameters
    ----------
    record
        This year's.
    last
        Last year's; firms are matched by ``firm_id``.
    name
        What last year's record is called.
    seed
        Seed of all measures.
    forecast
        The model's forecast that was made from last year's record, to be scored.
    """
    until = summarise(last).last
    if until is None:
        return None
    then_ids, now_ids = (set(r["firms"]["firm_id"].to_list()) for r in (last, record))
    common = sorted(then_ids & now_ids)
    past = select(record, until=until)
    same = select(record, firms=common) if common else None
    found = {
        "then": _numbers(last, seed),
        "past": _numbers(past, seed),
        "same": _numbers(same, seed) if same is not None else {},
        "now": _numbers(record, seed),
    }
    both = [i for i in found["now"] if i in found["then"]]
    scored, came = _outcomes(record, last, forecast, seed)
    return Since(
        name=name,
        until=until,
        stayed=len(common),
        entered=len(now_ids - then_ids),
        left=len(then_ids - now_ids),
        rows=_rows(last, record),
        made_then=_made(last),
        made_now=_made(record),
        changes=tuple(_change(found, i) for i in both),
        gained=tuple(e for i, e in found["now"].items() if i not in found["then"]),
        lost=tuple(e for i, e in found["then"].items() if i not in found["now"]),
        then=diagnose(last, seed=seed, name=name),
        again=diagnose(past, seed=seed, name=name),
        outcomes=came,
        forecast=scored,
    )


def _outcomes(
    record: Record, last: Record, forecast: Forecast | None, seed: int
) -> tuple[Scored, tuple[Outcome, ...]]:
    """Hold the forecasts from last year's record to what came: the model's, and the naive ones."""
    then = observe(last)
    ahead = outlook(then, seed=seed)
    naive = {} if ahead is None else dict(ahead.naive)
    if forecast is not None and is_of(forecast, then):
        return "scored", outcomes({"model": forecast.rows, **naive}, then, observe(record))
    return "none" if forecast is None else "other", outcomes(naive, then, observe(record))


def _numbers(record: Record, seed: int) -> dict[str, Estimate]:
    """Return id → measured estimate of the whole record for the measures that are compared."""
    found: Measurement = measure(record, only=COMPARED, seed=seed)
    whole = (
        tuple(e for e in group if e.measured and dict(e.of).get("window", "all") == "all")
        for group in found.values()
    )
    return {e.id: e for group in whole for e in told_apart(group)}


def _change(found: Mapping[str, Mapping[str, Estimate]], i: str) -> Change:
    then, now = found["then"][i], found["now"][i]
    past, same = (found[cut].get(i) for cut in ("past", "same"))
    return Change(
        then=then,
        now=now,
        measuring=_difference(past, then),
        behaviour=_difference(same, past),
        membership=_difference(now, same),
    )


def _difference(a: Estimate | None, b: Estimate | None) -> float | None:
    if a is None or b is None or a.value is None or b.value is None:
        return None
    return a.value - b.value


def _rows(last: Record, record: Record) -> dict[str, tuple[int, int]]:
    heights = [{t: r[t].height for t in r} for r in (last, record)]
    tables = [t for t in (*heights[1], *heights[0]) if t not in {"provenance", "sources"}]
    return {t: (heights[0].get(t, 0), heights[1].get(t, 0)) for t in dict.fromkeys(tables)}


def _made(record: Record) -> tuple[str, ...]:
    steps = (
        record["provenance"].select("software", "version").drop_nulls().unique(maintain_order=True)
    )
    return tuple(f"{software} {version}" for software, version in steps.iter_rows())
