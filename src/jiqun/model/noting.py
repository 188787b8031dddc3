"""Noting 记事: after each period the compiled loop appends what happened to the tables of the log.

A look compares the state with what the last look saw, firm by firm, so that no process knows of it.
Where a table could run out of room the loop stops before the period, and whoever called it makes room.
"""

from typing import Any

from jiqun.model.compiled import compiled, inside
from jiqun.model.event_log import (
    ACCOUNTS,
    ALLIANCES,
    DIED,
    FIRMS,
    FUNCTIONS,
    GROWING,
    HOMES_,
    INNOVATIONS,
    LEFT_BEFORE,
    LINKS_,
    NEXT,
    PLATFORMS_,
    POOLS,
    ROSTER,
    SEATS,
    THIS_YEAR,
    TIES,
    Noted,
    Spells,
    longer,
)
from jiqun.model.noting_alliances import note_alliance, note_orphans
from jiqun.model.period import advance
from jiqun.model.processes.mirror import STAYS
from jiqun.model.state import (
    HOMES,
    INDUSTRIES,
    LEFT,
    LINKS,
    LIVING,
    NEXT_KEY,
    NEXT_PLATFORM,
    NOBODY,
    PLATFORMS,
    SUPPLIERS,
    Ints,
    Longs,
)
from jiqun.model.world import World

YEAR = 4
"""Periods of a year."""


@compiled
def most(w: World, log: Noted, table: int) -> int:
    """Return the rows that a table can have after the next look."""
    living, first = int(w.tally[LIVING]), log.tally[NEXT] < 0
    born = living // 20 + 2  # ``enter`` founds at most a twentieth
    if table == FIRMS:
        return int(w.tally[NEXT_KEY]) + born
    if table == PLATFORMS_:
        return int(w.tally[NEXT_PLATFORM]) + PLATFORMS
    more = living + born
    if table == TIES and first:
        more = living * SUPPLIERS
    elif table == LINKS_ and first:
        more = living * LINKS
    elif table == HOMES_:
        more = living * HOMES
    elif table == FUNCTIONS:
        more = PLATFORMS * INDUSTRIES
    elif table == POOLS:
        more = PLATFORMS
    return int(log.tally[table]) + more


@compiled
def has_room(w: World, log: Noted) -> bool:
    """Say whether every table has room for whatever the next look can bring."""
    return (
        log.firms.size >= most(w, log, FIRMS)
        and log.platforms.size >= most(w, log, PLATFORMS_)
        and log.seats.size >= most(w, log, SEATS)
        and log.ties.size >= most(w, log, TIES)
        and log.links.size >= most(w, log, LINKS_)
        and log.homes.size >= most(w, log, HOMES_)
        and log.alliances.size >= most(w, log, ALLIANCES)
        and log.innovations.size >= most(w, log, INNOVATIONS)
        and log.functions.size >= most(w, log, FUNCTIONS)
        and log.pools.size >= most(w, log, POOLS)
        and log.accounts.size >= most(w, log, ACCOUNTS)
    )


def with_room(w: World, log: Noted) -> Noted:
    """Return the log with twice the rows that the next look can need, where it has fewer."""
    grown: dict[str, Any] = {}
    for n, name in enumerate(GROWING):
        table, needed = getattr(log, name), most(w, log, n)
        if table.size < needed:
            grown[name] = longer(table, int(log.tally[n]), 2 * needed)
    return log._replace(**grown)


@inside
def note_birth(w: World, log: Noted, period: int, i: int) -> None:
    """Note a firm that was not there before, and its seat."""
    firms, seen, key = w.firms, log.seen, w.firms.key[i]
    seen.key[i] = key
    seen.x[i], seen.y[i] = firms.x[i], firms.y[i]
    seen.facility_x[i], seen.facility_y[i] = firms.facility_x[i], firms.facility_y[i]
    seen.supplier[i, :], seen.partner[i, :], seen.platform[i, :] = NOBODY, NOBODY, NOBODY
    seen.alliance[i], seen.account[i] = NOBODY, NOBODY
    log.firms.born[key], log.firms.closed[key] = period + 1, NOBODY
    log.firms.industry[key], log.firms.region[key] = firms.industry[i], firms.region[i]
    log.firms.logic[key] = firms.logic[i]
    note_site(log, key, period, firms.x[i], firms.y[i], 0)


@inside
def note_site(log: Noted, key: int, period: int, x: float, y: float, facility: int) -> None:
    """Append a seat or a facility."""
    at = log.tally[SEATS]
    log.seats.firm[at], log.seats.opened[at] = key, period + 1
    log.seats.x[at], log.seats.y[at], log.seats.facility[at] = x, y, facility
    log.tally[SEATS] += 1


@inside
def note_places(w: World, log: Noted, period: int, i: int) -> None:
    """Note that a firm has moved its seat or opened a facility."""
    firms, seen, key = w.firms, log.seen, w.firms.key[i]
    x, y, u, v = firms.x[i], firms.y[i], firms.facility_x[i], firms.facility_y[i]
    if x != seen.x[i] or y != seen.y[i]:
        note_site(log, key, period, x, y, 0)
    if firms.facility[i] == 1 and (u != seen.facility_x[i] or v != seen.facility_y[i]):
        note_site(log, key, period, u, v, 1)
    seen.x[i], seen.y[i], seen.facility_x[i], seen.facility_y[i] = x, y, u, v


@inside
def row_of(others: Ints, rows: Ints, count: int, j: int) -> int:
    """Return the row beside the first of some places that holds j, or nobody."""
    for s in range(count):
        if others[s] == j:
            return int(rows[s])
    return NOBODY


@inside
def end_spells(spells: Spells, was: Ints, rows: Ints, now: Ints, period: int) -> None:
    """End the spells of whoever is not there any more."""
    for s in range(was.size):
        if was[s] != NOBODY and row_of(now, now, now.size, was[s]) == NOBODY:
            spells.end[rows[s]] = period + 1


@inside
def note_spells(
    log: Noted,
    spells: Spells,
    table: int,
    key: int,
    names: Longs,
    was: Ints,
    rows: Ints,
    now: Ints,
    period: int,
) -> None:
    """End and begin the spells of one firm so that those that go on are those that are there now."""
    same = True
    for s in range(now.size):
        same = same and now[s] == was[s]
    if same:
        return
    end_spells(spells, was, rows, now, period)
    for s in range(now.size):
        log.scratch[s] = NOBODY
        if now[s] == NOBODY:
            continue
        row = row_of(was, rows, was.size, now[s])
        if row == NOBODY:
            row = row_of(now, log.scratch, s, now[s])
        if row == NOBODY:
            row = log.tally[table]
            spells.firm[row], spells.other[row] = key, names[now[s]]
            spells.start[row], spells.end[row] = period + 1, NOBODY
            log.tally[table] += 1
        log.scratch[s] = row
    for s in range(now.size):
        was[s], rows[s] = now[s], log.scratch[s]


@inside
def note_relations(w: World, log: Noted, period: int, i: int) -> None:
    """Note the spells of a firm; platforms count from the first period on."""
    key, seen, names = w.firms.key[i], log.seen, w.firms.key
    now = w.relations.supplier[i]
    note_spells(log, log.ties, TIES, key, names, seen.supplier[i], seen.tie[i], now, period)
    now = w.relations.link[i]
    note_spells(log, log.links, LINKS_, key, names, seen.partner[i], seen.link[i], now, period)
    if period >= 0:
        now, names = w.relations.home[i], w.platforms.serial
        note_spells(log, log.homes, HOMES_, key, names, seen.platform[i], seen.home[i], now, period)


@inside
def note_innovation(w: World, log: Noted, period: int, i: int, alliance: int) -> None:
    """Append an innovation; ``alliance`` is the row of the one that made it, or nobody."""
    at, made = log.tally[INNOVATIONS], log.innovations
    made.firm[at], made.period[at], made.mode[at] = w.firms.key[i], period, w.firms.mode[i]
    made.parent[at], made.parent_time[at] = w.firms.parent[i], w.firms.parent_time[i]
    made.alliance[at] = alliance
    log.tally[INNOVATIONS] += 1


@inside
def account_of(log: Noted, year: int, i: int, key: int) -> int:
    """Return the row of this year's accounts of a firm, a new one where it has none."""
    row = log.seen.account[i]
    if row >= log.tally[THIS_YEAR]:
        return int(row)
    row, books = log.tally[ACCOUNTS], log.accounts
    books.firm[row], books.year[row], books.quarters[row] = key, year, 0
    books.revenue[row], books.digital[row], books.added[row] = 0.0, 0.0, 0.0
    books.data_spending[row], books.research[row] = 0.0, 0.0
    books.factors[row], books.stock[row] = 0.0, 0.0
    log.seen.account[i] = row
    log.tally[ACCOUNTS] += 1
    return int(row)


@inside
def note_account(w: World, log: Noted, period: int, i: int) -> None:
    """Add a quarter to the accounts of a firm."""
    f, books = w.firms, log.accounts
    row = account_of(log, period // YEAR, i, f.key[i])
    sales = f.revenue[i] + f.digital_revenue[i]
    books.quarters[row] += 1
    books.revenue[row] += sales
    books.digital[row] += f.digital_revenue[i]
    books.added[row] += sales - f.fees_paid[i]
    books.data_spending[row] += f.data_spending[i]
    books.research[row] += f.research[i]
    books.factors[row] += f.factors[i]
    books.stock[row] += f.stock[i]


@inside
def note_deaths(w: World, log: Noted, period: int) -> int:
    """Note the firms that closed, and return how many of those that there were are left.

    Whoever is left stands on the roster in the same order, so that both rosters are read side by
    side. The rows of alliances that lost their initiator are put in the place of the old roster.
    """
    left, kept, dead = log.tally[ROSTER] - (w.tally[LEFT] - log.tally[LEFT_BEFORE]), 0, 0
    seen = log.seen
    for r in range(log.tally[ROSTER]):
        i = log.roster[r]
        if kept < left and w.lists.roster[kept] == i:
            kept += 1
            continue
        log.firms.closed[seen.key[i]] = period + 1
        for s in range(SUPPLIERS):
            if seen.supplier[i, s] != NOBODY:
                log.ties.end[seen.tie[i, s]] = period + 1
        for s in range(LINKS):
            if seen.partner[i, s] != NOBODY:
                log.links.end[seen.link[i, s]] = period + 1
        for s in range(HOMES):
            if seen.platform[i, s] != NOBODY:
                log.homes.end[seen.home[i, s]] = period + 1
        if seen.alliance[i] != NOBODY:
            log.roster[dead] = seen.alliance[i]
            dead += 1
    log.tally[DIED], log.tally[LEFT_BEFORE] = dead, w.tally[LEFT]
    return kept


@inside
def note_platform(w: World, log: Noted, period: int, p: int) -> None:
    """Note a platform that is open, its new functions, and its pool at the end of a year."""
    platforms, noted = w.platforms, log.platforms
    serial = platforms.serial[p]
    if noted.opened[serial] == NOBODY:
        noted.opened[serial] = period + 1
        noted.owner[serial] = w.firms.key[platforms.owner[p]]
        noted.openness[serial] = platforms.openness[p]
        noted.admission[serial], noted.fee[serial] = platforms.admission[p], platforms.fee[p]
    noted.closed[serial] = NOBODY
    for k in range(INDUSTRIES):
        if platforms.offers[p, k] and not noted.offers[serial, k]:
            noted.offers[serial, k] = 1
            at = log.tally[FUNCTIONS]
            log.functions.platform[at], log.functions.industry[at] = serial, k
            log.functions.opened[at] = period + 1
            log.tally[FUNCTIONS] += 1
    if period % YEAR == YEAR - 1:
        at = log.tally[POOLS]
        log.pools.platform[at], log.pools.period[at] = serial, period
        log.pools.pooled[at] = platforms.pooled[p]
        log.tally[POOLS] += 1


@inside
def note_platforms(w: World, log: Noted, period: int) -> None:
    """Note what platforms there are."""
    noted = log.platforms
    for serial in range(log.tally[PLATFORMS_], w.tally[NEXT_PLATFORM]):
        noted.opened[serial], noted.closed[serial] = NOBODY, NOBODY
        noted.offers[serial, :] = 0
    log.tally[PLATFORMS_] = w.tally[NEXT_PLATFORM]
    for serial in range(log.tally[PLATFORMS_]):
        if noted.opened[serial] != NOBODY and noted.closed[serial] == NOBODY:
            noted.closed[serial] = period + 1
    for p in range(PLATFORMS):
        if w.platforms.owner[p] != NOBODY:
            note_platform(w, log, period, p)


@compiled
def note(w: World, log: Noted, period: int) -> None:
    """Note what a period brought; once with -1 before the first, then after each one."""
    firms, roster, living = w.firms, w.lists.roster, w.tally[LIVING]
    log.tally[FIRMS] = w.tally[NEXT_KEY]
    left = note_deaths(w, log, period)
    for r in range(left, living):
        note_birth(w, log, period, roster[r])
    if period >= 0:
        note_platforms(w, log, period)
    for r in range(living):
        i = roster[r]
        if firms.moving[i] != STAYS:
            note_places(w, log, period, i)
        note_relations(w, log, period, i)
        if period < 0:
            continue
        alliance = note_alliance(w, log, period, i)
        if firms.mode[i] != NOBODY:
            note_innovation(w, log, period, i, alliance)
        if firms.born[i] < period or period == 0:
            note_account(w, log, period, i)
    note_orphans(log, period)
    for r in range(living):
        log.roster[r] = roster[r]
    log.tally[ROSTER], log.tally[NEXT] = living, period + 1
    if period % YEAR == YEAR - 1:
        log.tally[THIS_YEAR] = log.tally[ACCOUNTS]


@compiled
def advance_noted(w: World, log: Noted, start: int, stop: int) -> int:
    """Run periods and note each; return the period before which there was no room for one more."""
    for period in range(start, stop):
        if not has_room(w, log):
            return period
        advance(w, period, period + 1)
        note(w, log, period)
    return stop
