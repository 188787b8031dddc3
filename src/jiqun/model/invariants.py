"""Invariants 不变量: what holds after every period, whatever the parameters; looked at when asked.

A run with ``check=True`` compares each period with the one before and stops at the first that breaks
one of them, with the numbers. It reads the state and changes nothing.
"""

from dataclasses import dataclass

import numpy as np

from jiqun.model.state import (
    ENTERED,
    LEFT,
    LIVING,
    MEMBERS,
    NOBODY,
    PLATFORMS,
    Floats,
    Ints,
    Longs,
)
from jiqun.model.world import World

CLOSE = 1e-9
"""Relative error of sums that are allowed to round."""
SHARES = ("digital", "logic", "capability", "share")
POSITIVE = ("factors", "efficiency", "quality")
NOT_NEGATIVE = ("stock", "service", "output", "revenue", "digital_revenue", "wages")


class BrokenInvariantError(AssertionError):
    """A period broke what always holds: a defect of the model, not of the scenario."""


@dataclass(frozen=True, slots=True)
class Before:
    """What a period is compared with."""

    key: Longs
    slot: Ints
    cash: Floats
    tally: Longs
    pooled: Floats
    serial: Longs


def before(w: World) -> Before:
    """Return what has to be kept of a world before its next period."""
    living = _living(w)
    return Before(
        w.firms.key[living],
        living,
        w.firms.cash[living],
        w.tally.copy(),
        w.platforms.pooled.copy(),
        np.where(w.platforms.owner == NOBODY, NOBODY, w.platforms.serial),
    )


def verify(w: World, was: Before, period: int) -> None:
    """Look at every invariant after a period.

    Raises
    ------
    BrokenInvariantError
        Naming the first that does not hold, the period and the numbers.
    """
    living = _living(w)
    _census(w, was, living, period)
    _values(w, living, period)
    _relations(w, living, period)
    _alliances(w, living, period)
    _books(w, was, period)
    _pools(w, was, living, period)


def _living(w: World) -> Ints:
    """Return the slots of the living firms."""
    return w.lists.roster[: int(w.tally[LIVING])].copy()


def _demand(holds: object, what: str, period: int, *numbers: object) -> None:
    """Raise where something does not hold."""
    if not bool(holds):
        shown = ", ".join(str(number) for number in numbers)
        msg = f"period {period}: {what} ({shown})"
        raise BrokenInvariantError(msg)


def _census(w: World, was: Before, living: Ints, period: int) -> None:
    """Demand that entrants less exits is the change, by the counters and by the keys."""
    entered, left = (int(w.tally[n] - was.tally[n]) for n in (ENTERED, LEFT))
    change = living.size - was.key.size
    _demand(change == entered - left, "entrants - exits = change", period, change, entered, left)
    keys = w.firms.key[living]
    _demand((np.diff(keys) > 0).all(), "the roster is in order of keys", period)
    new = np.setdiff1d(keys, was.key).size
    _demand(new == entered, "each entrant has a new key", period, new, entered)
    _demand(w.firms.alive[living].all(), "who is on the roster lives", period)


def _values(w: World, living: Ints, period: int) -> None:
    """Demand that shares are shares, stocks are not negative, nothing is infinite."""
    for name in w.firms.dtype.names or ():
        column = w.firms[name][living]
        if column.dtype.kind == "f":
            _demand(np.isfinite(column).all(), f"{name} is finite", period)
        if name in SHARES:
            _demand(((column >= 0) & (column <= 1)).all(), f"{name} is within 0 and 1", period)
        if name in POSITIVE:
            _demand((column > 0).all(), f"{name} is positive", period)
        if name in NOT_NEGATIVE:
            _demand((column >= 0).all(), f"{name} is not negative", period)
    users = float(w.platforms.users.sum())
    limit = float(w.rules.platform.population) * (1 + CLOSE) + PLATFORMS
    _demand(users <= limit, "no more users than there are", period, users)


def _relations(w: World, living: Ints, period: int) -> None:
    """Demand that there is no relation with the dead or with oneself, none twice, no seat on a closed platform."""
    for name in ("supplier", "link"):
        partners = w.relations[name][living]
        there = partners != NOBODY
        _demand(w.firms.alive[partners[there]].all(), f"no {name} is closed", period)
        _demand((partners != living[:, None]).all(), f"no firm is its own {name}", period)
        _demand(_distinct(partners), f"no {name} stands twice", period)
    homes = w.relations.home[living]
    taken = homes[homes != NOBODY]
    _demand((w.platforms.owner[taken] != NOBODY).all(), "homes are open platforms", period)
    _demand(_distinct(homes), "no platform is joined twice", period)


def _distinct(rows: Ints) -> bool:
    """Say whether no row names one twice."""
    ordered = np.sort(rows, axis=1)
    return not ((ordered[:, 1:] == ordered[:, :-1]) & (ordered[:, 1:] != NOBODY)).any()


def _alliances(w: World, living: Ints, period: int) -> None:
    """Demand that alliances have two to six living members, each once, the initiator first."""
    running = living[w.alliances.headcount[living] > 0]
    size, members = w.alliances.headcount[running], w.alliances.member[running]
    _demand(((size > 1) & (size <= MEMBERS)).all(), "alliances have 2 to 6 members", period)
    within = np.arange(MEMBERS) < size[:, None]
    _demand((members[within] != NOBODY).all(), "each member is named", period)
    _demand((members[~within] == NOBODY).all(), "nobody else is", period)
    _demand(w.firms.alive[members[within]].all(), "each member lives", period)
    _demand((members[:, 0] == running).all(), "the initiator comes first", period)
    _demand(_distinct(members), "no member stands twice", period)


def _books(w: World, was: Before, period: int) -> None:
    """Demand that what a firm's cash gained is its profit and what it got or gave without selling."""
    same = w.firms.key[was.slot] == was.key
    slot = was.slot[same]
    gained = w.firms.cash[slot] - was.cash[same]
    booked = w.firms.profit[slot] + w.firms.transfer[slot]
    gap = np.abs(gained - booked) / (1.0 + np.abs(was.cash[same]) + np.abs(booked))
    worst = float(gap.max()) if gap.size else 0.0
    _demand(worst <= CLOSE, "cash changes by profit and transfers", period, worst)


def _pools(w: World, was: Before, living: Ints, period: int) -> None:
    """Demand that data pooled is data contributed, where no platform opened or closed and no firm left."""
    now = np.where(w.platforms.owner == NOBODY, NOBODY, w.platforms.serial)
    if w.tally[LEFT] != was.tally[LEFT] or (now != was.serial).any():
        return
    kept = 1.0 - float(w.rules.accumulate_data.pool_decay)
    added = float((w.platforms.pooled - kept * was.pooled)[now != NOBODY].sum())
    given = float(w.firms.contributed[living].sum())
    scale = 1.0 + float(was.pooled.sum()) + given
    _demand(abs(added - given) <= CLOSE * scale, "pooled = contributed", period, added, given)
