"""What happens in a run, noted after each period by comparing it with the one before.

The log is the only thing that a recording adds to a run: it reads the state and changes nothing.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from jiqun.model.processes.ally import FAILED, LOST_A_MEMBER, SUCCEEDED
from jiqun.model.state import LIVING, NOBODY, PLATFORMS
from jiqun.model.world import World

Spell = tuple[int, int, int]
"""Key of a firm, key (or number) of what it is related to, first period."""


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
    places: dict[int, tuple[float, float, float, float]] = field(default_factory=dict)

    def note(self, w: World, period: int) -> None:
        """Note what the period brought; call after each one, and once with -1 before the first."""
        living = w.lists.roster[: int(w.tally[LIVING])]
        keys = w.firms.key
        self._note_firms(w, living, period)
        now = _pairs(keys, living, w.relations.supplier)
        _spells(self.open_ties, self.ties, now, period)
        _spells(self.open_links, self.links, _pairs(keys, living, w.relations.link), period)
        if period < 0:
            return
        self._note_platforms(w, period)
        homes = {
            (int(keys[i]), int(w.platforms.serial[p]))
            for i in living.tolist()
            for p in w.relations.home[i].tolist()
            if p != NOBODY
        }
        _spells(self.open_homes, self.homes, homes, period)
        self._note_alliances(w, living, period)
        self._note_innovations(w, living, period)
        self._note_accounts(w, living, period)

    def _note_firms(self, w: World, living: NDArray[np.int32], period: int) -> None:
        firms = w.firms
        present = set()
        for i in living.tolist():
            key = int(firms.key[i])
            present.add(key)
            place = (
                float(firms.x[i]),
                float(firms.y[i]),
                float(firms.facility_x[i]),
                float(firms.facility_y[i]),
            )
            if key not in self.born:
                what = int(firms.industry[i]), int(firms.region[i])
                self.born[key] = (period + 1, *what, float(firms.logic[i]))
                self.seats.append((key, period + 1, place[0], place[1], False))
            else:
                before = self.places[key]
                if place[:2] != before[:2]:
                    self.seats.append((key, period + 1, place[0], place[1], False))
                if firms.facility[i] and place[2:] != before[2:]:
                    self.seats.append((key, period + 1, place[2], place[3], True))
            self.places[key] = place
        for key in self.places.keys() - present:
            self.closed[key] = period + 1
            del self.places[key]

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
        for i in living.tolist():
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
        for key, row in zip(f.key[living].tolist(), flows, strict=True):
            at = (key, period // 4)
            if at in self.accounts:
                self.accounts[at] += row
            else:
                self.accounts[at] = row.copy()


def _pairs(
    keys: NDArray[np.int64], living: NDArray[np.int32], others: NDArray[np.int32]
) -> set[tuple[int, int]]:
    """Return (firm, other) by key for every place that is taken."""
    rows, columns = np.nonzero(others[living] != NOBODY)
    one, other = keys[living[rows]], keys[others[living[rows], columns]]
    return set(zip(one.tolist(), other.tolist(), strict=True))


def _spells(
    going: dict[tuple[int, int], int],
    ended: list[tuple[int, int, int, int]],
    now: set[tuple[int, int]],
    period: int,
) -> None:
    """Open and close spells so that those that go on are those that are there now."""
    ended.extend((*pair, going.pop(pair), period + 1) for pair in sorted(going.keys() - now))
    for pair in sorted(now - going.keys()):
        going[pair] = period + 1
