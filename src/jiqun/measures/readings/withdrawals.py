"""Members that left an alliance that went on, and alliances of like size that nobody left then.

Paper: K3i, K3j (what the withdrawal of a third firm does to the others)
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.measures.readings.alliance_pairs import interfaces
from jiqun.numerics.decomposability.matched_change import Matched
from jiqun.record.record import Record

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HORIZON = 730
"""Days before and after a withdrawal that are compared."""
REMAINING = 2
OUTSIDE = ("insolvency", "acquisition", "regulation", "strategy")
"""Causes that lie with the firm that left or beyond, and not with the alliance."""
NO_WITHDRAWAL = ("completed", "dissolved")
NEVER = 10**9
ALWAYS = -(10**9)
MOST_CONTROLS = 20
MOST_CANDIDATES = 2000
CLASSES = (4, 5, 9)
"""Sizes 3, 4, 5-8 and larger are compared among themselves."""


@dataclass(frozen=True, slots=True)
class Histories:
    """Seats and states of alliances in days; every alliance has a number.

    Attributes
    ----------
    alliance, firm, joined, left
        Seats, one a firm and alliance, shape (S,); ``left`` is NEVER for those who stay.
    withdrew
        Whether the seat was left for a reason other than the end of the work, shape (S,).
    outside
        Whether the cause lies outside the alliance, shape (S,).
    known
        Whether a cause is stated, shape (S,).
    start, end, size_class
        Of the alliances, shape (A,).
    last
        Last day of anything dated: beyond it nothing was observed.
    pair, pair_alliance, one, other, day, state
        Observed states; ``pair`` numbers the pairs of alliances, shape (R,).
    """

    alliance: Ints
    firm: Ints
    joined: Ints
    left: Ints
    withdrew: NDArray[np.bool_]
    outside: NDArray[np.bool_]
    known: NDArray[np.bool_]
    start: Ints
    end: Ints
    size_class: Ints
    last: int
    pair: Ints
    pair_alliance: Ints
    one: Ints
    other: Ints
    day: Ints
    state: Floats


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One firm that left: seat, alliance and day."""

    firm: int
    alliance: int
    day: int


def histories(record: Record) -> Histories:
    """Read seats, alliances and states of the record."""
    seats = _seats(record)
    states = interfaces(record).observed.join(
        seats.select("alliance_id", "alliance").unique(), on="alliance_id"
    )
    number = {f: k for k, f in enumerate(_firms(seats, states))}
    dated = seats.group_by("alliance", "alliance_id").agg(
        size=pl.len(), came=pl.col("joined").min()
    )
    spans = record["alliances"].unique("alliance_id").select("alliance_id", "start", "end")
    dated = dated.join(spans, on="alliance_id", how="left").sort("alliance")
    cause = seats["withdrawal_cause"]
    days = [
        *(_days(record[t], c) for t, c in (("alliances", "end"), ("memberships", "left"))),
        _days(states, "date"),
    ]
    left = _filled(seats, "left", NEVER)
    return Histories(
        alliance=seats["alliance"].to_numpy().astype(np.int64),
        firm=seats["firm_id"].replace_strict(number, return_dtype=pl.Int64).to_numpy(),
        joined=_filled(seats, "joined", ALWAYS),
        left=left,
        withdrew=(left < NEVER) & ~cause.is_in(NO_WITHDRAWAL).fill_null(value=False).to_numpy(),
        outside=cause.is_in(OUTSIDE).fill_null(value=False).to_numpy(),
        known=(cause.is_not_null() & (cause != "unknown")).fill_null(value=False).to_numpy(),
        start=_filled(dated.with_columns(pl.coalesce("start", "came")), "start", ALWAYS),
        end=_filled(dated, "end", NEVER),
        size_class=np.digitize(dated["size"].to_numpy(), CLASSES),
        last=max((int(d.max()) for d in days if d.size), default=ALWAYS),
        pair=(states.select(r=pl.struct("alliance_id", "one", "other").rank("dense"))["r"] - 1)
        .to_numpy()
        .astype(np.int64),
        pair_alliance=states["alliance"].to_numpy().astype(np.int64),
        one=states["one"].replace_strict(number, return_dtype=pl.Int64).to_numpy(),
        other=states["other"].replace_strict(number, return_dtype=pl.Int64).to_numpy(),
        day=_filled(states, "date", NEVER),
        state=states["state"].to_numpy().astype(float),
    )


def _seats(record: Record) -> pl.DataFrame:
    """Take each firm of each alliance once, from its first day to its last."""
    return (
        record["memberships"]
        .group_by("alliance_id", "firm_id")
        .agg(
            pl.col("joined").min(),
            left=pl.when(pl.col("left").is_not_null().all()).then(pl.col("left").max()),
            withdrawal_cause=pl.col("withdrawal_cause").sort_by("left", nulls_last=False).last(),
        )
        .with_columns(alliance=pl.col("alliance_id").rank("dense").cast(pl.Int64) - 1)
        .sort("alliance", "firm_id")
    )


def _firms(seats: pl.DataFrame, states: pl.DataFrame) -> list[str]:
    every = pl.concat([seats["firm_id"], states["one"], states["other"]])
    return every.unique().sort().to_list()


def _days(frame: pl.DataFrame, column: str) -> Ints:
    return frame[column].drop_nulls().cast(pl.Int32).to_numpy().astype(np.int64)


def _filled(frame: pl.DataFrame, column: str, missing: int) -> Ints:
    return frame[column].cast(pl.Int32).cast(pl.Int64).fill_null(missing).to_numpy()


def withdrawals(found: Histories, *, outside: bool) -> list[Withdrawal]:
    """List the first withdrawal from each alliance in which at least two others remained.

    Parameters
    ----------
    found
        The record's histories.
    outside
        Only causes outside the alliance; otherwise every stated cause.
    """
    count = found.start.size
    first = np.full(count, NEVER)
    np.minimum.at(first, found.alliance[found.withdrew], found.left[found.withdrew])
    at = first[found.alliance]
    leaves = found.withdrew & (found.left == at)
    stays = (found.joined <= at) & (found.left > at)
    remaining = np.bincount(found.alliance[stays], minlength=count)
    alone = np.bincount(found.alliance[leaves], minlength=count) == 1
    goes_on = found.end > first
    fit = (remaining >= REMAINING) & alone & goes_on
    chosen = leaves & fit[found.alliance] & (found.outside if outside else found.known)
    return [
        Withdrawal(int(found.firm[s]), int(found.alliance[s]), int(found.left[s]))
        for s in np.flatnonzero(chosen)
    ]


Outcome = Callable[[Histories, Withdrawal], Floats]
"""Outcome of every alliance around the day of a withdrawal, NaN where unknown, shape (A,)."""


def change_of_states(found: Histories, event: Withdrawal) -> Floats:
    """Return how much more often pairs without the leaving firm were coordinated after than before."""
    near = np.abs(found.day - event.day) <= HORIZON
    near &= ~(
        (found.pair_alliance == event.alliance)
        & ((found.one == event.firm) | (found.other == event.firm))
    )
    pairs = int(found.pair.max(initial=-1)) + 1
    home = np.zeros(pairs, np.int64)
    home[found.pair] = found.pair_alliance
    means = []
    for side in (found.day < event.day, found.day >= event.day):
        rows = near & side
        count = np.bincount(found.pair[rows], minlength=pairs)
        total = np.bincount(found.pair[rows], found.state[rows], pairs)
        means.append(np.where(count > 0, total / np.maximum(count, 1), np.nan))
    change = means[1] - means[0]
    seen = ~np.isnan(change)
    alliances = found.start.size
    count = np.bincount(home[seen], minlength=alliances)
    total = np.bincount(home[seen], change[seen], alliances)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def further_withdrawals(found: Histories, event: Withdrawal) -> Floats:
    """Return the share of the members left that withdrew as well within the horizon."""
    alliances = found.start.size
    if event.day + HORIZON > found.last:
        return np.full(alliances, np.nan)
    stays = (found.joined <= event.day) & (found.left > event.day)
    goes = stays & found.withdrew & (found.left <= event.day + HORIZON)
    members = np.bincount(found.alliance[stays], minlength=alliances)
    gone = np.bincount(found.alliance[goes], minlength=alliances)
    return np.where(members >= REMAINING, gone / np.maximum(members, 1), np.nan)


def matched(
    found: Histories, events: list[Withdrawal], outcome: Outcome, generator: np.random.Generator
) -> Matched:
    """Set beside each withdrawal alliances of like size that ran then and had lost nobody.

    An alliance serves as control of one withdrawal only: were it beside many, its own luck would be
    in all of them, and dealing withdrawals out anew would find effects where there are none.
    """
    first = np.full(found.start.size, NEVER)
    np.minimum.at(first, found.alliance[found.withdrew], found.left[found.withdrew])
    sets = _shared_out(list(_candidates(found, events, first, outcome, generator)), generator)
    if not sets:
        empty = np.zeros(0, dtype=np.int64)
        return Matched(empty, empty, np.zeros(0, dtype=bool), np.zeros(0))
    sizes = [units.size for units, _ in sets]
    treated = np.zeros(sum(sizes), dtype=bool)
    treated[np.cumsum([0, *sizes[:-1]])] = True
    return Matched(
        event=np.repeat(np.arange(len(sets)), sizes),
        unit=np.concatenate([units for units, _ in sets]),
        treated=treated,
        outcome=np.concatenate([values for _, values in sets]),
    )


def _candidates(
    found: Histories,
    events: list[Withdrawal],
    first: Ints,
    outcome: Outcome,
    generator: np.random.Generator,
) -> Iterator[tuple[Ints, Floats]]:
    """Yield the alliance of each withdrawal and then, in random order, those it may be set beside."""
    for event in events:
        values = outcome(found, event)
        running = (found.start <= event.day) & (found.end > event.day) & (first > event.day)
        alike = found.size_class == found.size_class[event.alliance]
        controls = np.flatnonzero(running & alike & ~np.isnan(values))
        controls = generator.permutation(controls[controls != event.alliance])[:MOST_CANDIDATES]
        if np.isnan(values[event.alliance]) or controls.size == 0:
            continue
        units = np.append(event.alliance, controls)
        yield units, values[units]


def _shared_out(
    candidates: list[tuple[Ints, Floats]], generator: np.random.Generator
) -> list[tuple[Ints, Floats]]:
    """Let the withdrawals choose controls in turn, one a round, until all are taken."""
    taken: set[int] = set()
    chosen: list[list[int]] = [[0] for _ in candidates]
    unread = [iter(range(1, units.size)) for units, _ in candidates]
    waiting = list(range(len(candidates)))
    for _ in range(MOST_CONTROLS):
        still = []
        for k in generator.permutation(waiting):
            units = candidates[k][0]
            free = next((at for at in unread[k] if int(units[at]) not in taken), None)
            if free is not None:
                taken.add(int(units[free]))
                chosen[k].append(free)
                still.append(int(k))
        waiting = still
    return [
        (units[at], values[at])
        for (units, values), at in zip(candidates, chosen, strict=True)
        if len(at) > 1
    ]
