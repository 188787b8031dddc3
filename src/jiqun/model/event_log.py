"""What happens in a run, noted after each period by comparing it with the one before.

The log is the only thing that a recording adds to a run: it reads the state and changes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from jiqun.model.processes.ally import FAILED, LOST_A_MEMBER, SUCCEEDED
from jiqun.model.state import LIVING, NOBODY, PLATFORMS
from jiqun.model.world import World

FLOWS = 8
"""Numbers in a row of accounts."""
YEAR = 4
"""Periods of a year."""


@dataclass
class OpenAlliance:
    """An alliance that goes on: its members as they joined, and who left."""

    initiator: int
    since: int
    platform: int
    members: list[int]
    technology: int
    gone: dict[int, tuple[int, str]] = field(default_factory=dict)
    failed: list[tuple[int, int, int]] = field(default_factory=list)


@dataclass
class EventLog:
    """Rows of the tables to come; keys of firms, periods as whole numbers.

    Attributes
    ----------
    open_ties, open_links, open_homes
        Spells that go on: (firm, other) → first period.
    ties, links, homes
        Ended spells: (firm, other, first period, period in which it was gone).
    alliances
        Ended alliances: the open one, the period of its end, outcome, joint value.
    tied, linked, housed
        The pairs of the spells that go on, in order, each as one number.
    keys, places
        Firms of the last period by key, and their seats and facilities.
    booked, books
        Firms with accounts of the year that goes on, and these.
    """

    born: dict[int, tuple[int, int, int, float]] = field(default_factory=dict)
    closed: dict[int, int] = field(default_factory=dict)
    seats: list[tuple[int, int, float, float, bool]] = field(default_factory=list)
    open_ties: dict[tuple[int, int], int] = field(default_factory=dict)
    open_links: dict[tuple[int, int], int] = field(default_factory=dict)
    open_homes: dict[tuple[int, int], int] = field(default_factory=dict)
    ties: list[tuple[int, int, int, int]] = field(default_factory=list)
    links: list[tuple[int, int, int, int]] = field(default_factory=list)
    homes: list[tuple[int, int, int, int]] = field(default_factory=list)
    open_alliances: dict[int, OpenAlliance] = field(default_factory=dict)
    alliances: list[tuple[OpenAlliance, int, str, float]] = field(default_factory=list)
    innovations: list[tuple[int, int, int, int, int, tuple[int, ...], int]] = field(
        default_factory=list
    )
    platforms: dict[int, tuple[int, int, float, float, float]] = field(default_factory=dict)
    platforms_closed: dict[int, int] = field(default_factory=dict)
    functions: dict[tuple[int, int], int] = field(default_factory=dict)
    accounts: dict[tuple[int, int], NDArray[np.float64]] = field(default_factory=dict)
    pools: dict[tuple[int, int], float] = field(default_factory=dict)
    tied: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    linked: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    housed: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    keys: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    places: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 4)))
    booked: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    books: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, FLOWS)))

    def note(self, w: World, period: int) -> None:
        """Note what the period brought; call after each one, and once with -1 before the first."""
        living = w.lists.roster[: int(w.tally[LIVING])]
        keys = w.firms.key
        self._note_firms(w, living, period)
        now = _pairs(keys, living, w.relations.supplier)
        self.tied = _spells(self.open_ties, self.ties, self.tied, now, period)
        now = _pairs(keys, living, w.relations.link)
        self.linked = _spells(self.open_links, self.links, self.linked, now, period)
        if period < 0:
            return
        self._note_platforms(w, period)
        serials = w.platforms.serial.astype(np.int64)
        now = _pairs(keys, living, w.relations.home, named=serials)
        self.housed = _spells(self.open_homes, self.homes, self.housed, now, period)
        self._note_alliances(w, living, period)
        self._note_innovations(w, living, period)
        self._note_accounts(w, living, period)

    def _note_firms(self, w: World, living: NDArray[np.int32], period: int) -> None:
        f = w.firms
        keys = f.key[living]
        places = np.column_stack([f.x, f.y, f.facility_x, f.facility_y])[living]
        for key in np.setdiff1d(self.keys, keys).tolist():
            self.closed[key] = period + 1
        known = np.isin(keys, self.keys)
        for row in np.flatnonzero(~known).tolist():
            i, key = living[row], int(keys[row])
            what = int(f.industry[i]), int(f.region[i])
            self.born[key] = (period + 1, *what, float(f.logic[i]))
            self._note_site(key, period, places[row, :2], is_facility=False)
        old = np.flatnonzero(known)
        before = self.places[np.searchsorted(self.keys, keys[old])]
        moved = (places[old, :2] != before[:, :2]).any(axis=1)
        opened = (places[old, 2:] != before[:, 2:]).any(axis=1) & (f.facility[living[old]] == 1)
        for row, seat, hall in zip(
            old[moved | opened], moved[moved | opened], opened[moved | opened], strict=True
        ):
            if seat:
                self._note_site(int(keys[row]), period, places[row, :2], is_facility=False)
            if hall:
                self._note_site(int(keys[row]), period, places[row, 2:], is_facility=True)
        self.keys, self.places = keys.copy(), places

    def _note_site(
        self, key: int, period: int, place: NDArray[np.float64], *, is_facility: bool
    ) -> None:
        self.seats.append((key, period + 1, float(place[0]), float(place[1]), is_facility))

    def _note_platforms(self, w: World, period: int) -> None:
        platforms = w.platforms
        running = set()
        for p in range(PLATFORMS):
            owner, serial = int(platforms.owner[p]), int(platforms.serial[p])
            if owner == NOBODY:
                continue
            running.add(serial)
            if serial not in self.platforms:
                self.platforms[serial] = (
                    period + 1,
                    int(w.firms.key[owner]),
                    float(platforms.openness[p]),
                    float(platforms.admission[p]),
                    float(platforms.fee[p]),
                )
            for k in np.flatnonzero(platforms.offers[p]).tolist():
                self.functions.setdefault((serial, k), period + 1)
            self.pools[serial, period] = float(platforms.pooled[p])
        for serial in self.platforms.keys() - running - self.platforms_closed.keys():
            self.platforms_closed[serial] = period + 1

    def _note_alliances(self, w: World, living: NDArray[np.int32], period: int) -> None:
        alliances, keys = w.alliances, w.firms.key
        seen = set()
        changed = np.isin(alliances.event[living], (SUCCEEDED, FAILED, LOST_A_MEMBER))
        for i in living[(alliances.headcount[living] > 0) | changed].tolist():
            event, initiator = int(alliances.event[i]), int(keys[i])
            size = int(alliances.headcount[i])
            members = [int(keys[j]) for j in alliances.member[i, :size].tolist()]
            if size > 0 or event in {SUCCEEDED, FAILED}:
                seen.add(initiator)
            if size > 0 and alliances.since[i] == period:
                carrier = int(alliances.carrier[i])
                platform = NOBODY if carrier == NOBODY else int(w.platforms.serial[carrier])
                opened = OpenAlliance(
                    initiator, period, platform, members, int(alliances.technology[i])
                )
                self.open_alliances[initiator] = opened
            elif event in {SUCCEEDED, FAILED, LOST_A_MEMBER}:
                self._note_change(w, i, event, period, set(members))
        for initiator in self.open_alliances.keys() - seen:
            gone = self.open_alliances.pop(initiator)
            self._closed_members(gone, period)
            self.alliances.append((gone, period, "failed", 0.0))

    def _closed_members(self, alliance: OpenAlliance, period: int) -> bool:
        """Note the members that closed in this period; say whether there were any."""
        closed = [
            m
            for m in alliance.members
            if m not in alliance.gone and self.closed.get(m) == period + 1
        ]
        alliance.gone.update(dict.fromkeys(closed, (period, "insolvency")))
        return bool(closed)

    def _note_change(self, w: World, i: int, event: int, period: int, left: set[int]) -> None:
        initiator = int(w.firms.key[i])
        alliance = self.open_alliances.get(initiator)
        if alliance is None:
            return
        by_closing = self._closed_members(alliance, period)
        broken = int(w.alliances.broken_a[i]), int(w.alliances.broken_b[i])
        pair: tuple[int, ...] = ()
        if NOBODY not in broken and not by_closing:
            a, b = (int(w.firms.key[j]) for j in broken)
            pair = (a, b)
            alliance.failed.append((a, b, period))
        if event == LOST_A_MEMBER:
            for m in alliance.members:
                if m not in left and m not in alliance.gone:
                    alliance.gone[m] = (period, "interface_failure")
            return
        outcome = "succeeded" if event == SUCCEEDED else "failed"
        for m in pair if event == FAILED else ():
            alliance.gone.setdefault(m, (period, "interface_failure"))
        value = float(w.alliances.value[i]) if event == SUCCEEDED else 0.0
        self.alliances.append((alliance, period, outcome, value))
        del self.open_alliances[initiator]

    def _note_innovations(self, w: World, living: NDArray[np.int32], period: int) -> None:
        firms, alliances = w.firms, w.alliances
        for i in living[firms.mode[living] != NOBODY].tolist():
            key, mode = int(firms.key[i]), int(firms.mode[i])
            makers: tuple[int, ...] = (key,)
            since = NOBODY
            if alliances.event[i] == SUCCEEDED:
                ended = next(a for a, *_ in reversed(self.alliances) if a.initiator == key)
                since = ended.since
                makers = tuple(m for m in ended.members if m not in ended.gone)
            parent = int(firms.parent[i]), int(firms.parent_time[i])
            self.innovations.append((key, period, mode, *parent, makers, since))

    def _note_accounts(self, w: World, living: NDArray[np.int32], period: int) -> None:
        f = w.firms
        living = living[(f.born[living] < period) | (period == 0)]
        flows = np.column_stack(
            [
                f.revenue[living] + f.digital_revenue[living],
                f.digital_revenue[living],
                f.revenue[living] + f.digital_revenue[living] - f.fees_paid[living],
                f.data_spending[living],
                f.research[living],
                f.factors[living],
                f.stock[living],
                np.ones(living.size),
            ]
        )
        keys = f.key[living]
        new = keys[~np.isin(keys, self.booked)]
        self.booked = np.concatenate([self.booked, new])
        self.books = np.concatenate([self.books, np.zeros((new.size, FLOWS))])
        self.books = self.books.copy()  # rows that were handed out stay as they were
        self.books[np.searchsorted(self.booked, keys)] += flows
        if period % YEAR == YEAR - 1:
            self.close_books(period // YEAR)

    def close_books(self, year: int) -> None:
        """Move the accounts of the year that has ended to those of all years."""
        self.all_accounts(year)
        self.booked = np.empty(0, dtype=np.int64)
        self.books = np.empty((0, FLOWS))

    def all_accounts(self, year: int) -> dict[tuple[int, int], NDArray[np.float64]]:
        """Return the accounts of all years, that which goes on included."""
        keys = ((key, year) for key in self.booked.tolist())
        self.accounts.update(zip(keys, self.books, strict=True))
        return self.accounts


def _pairs(
    keys: NDArray[np.int64],
    living: NDArray[np.int32],
    others: NDArray[np.int32],
    *,
    named: NDArray[np.int64] | None = None,
) -> NDArray[np.int64]:
    """Return (firm, other) for every place that is taken, each as one number, in order.

    ``named`` says what the others are called; by default they are firms, called by their keys.
    """
    rows, columns = np.nonzero(others[living] != NOBODY)
    one, other = (
        keys[living[rows]],
        (keys if named is None else named)[others[living[rows], columns]],
    )
    return np.unique(one << SHIFT | other)


SHIFT = 32
"""Keys stay below 2³², so that two of them make one number."""


def _spells(
    going: dict[tuple[int, int], int],
    ended: list[tuple[int, int, int, int]],
    before: NDArray[np.int64],
    now: NDArray[np.int64],
    period: int,
) -> NDArray[np.int64]:
    """Open and close spells so that those that go on are those that are there now; return these."""
    gone = _split(np.setdiff1d(before, now, assume_unique=True))
    ended.extend((*pair, going.pop(pair), period + 1) for pair in gone)
    begun = _split(np.setdiff1d(now, before, assume_unique=True))
    going.update(dict.fromkeys(begun, period + 1))
    return now


def _split(pairs: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield the two keys of each pair."""
    mask = (1 << SHIFT) - 1
    yield from zip((pairs >> SHIFT).tolist(), (pairs & mask).tolist(), strict=True)
