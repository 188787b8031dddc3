"""Noting alliances 联盟记事: how each began, who left it and why, and how it ended."""

from jiqun.model.compiled import inside
from jiqun.model.event_log import (
    ALLIANCES,
    BROKE_WITH,
    DIED,
    ENDED,
    ONGOING,
    STAYED,
    WAS_FAILURE,
    WAS_INSOLVENT,
    WAS_SUCCESS,
    Noted,
)
from jiqun.model.processes.ally import FAILED, LOST_A_MEMBER, SUCCEEDED
from jiqun.model.state import MEMBERS, NOBODY
from jiqun.model.world import World


@inside
def begin_alliance(w: World, log: Noted, period: int, i: int) -> None:
    """Append an alliance with its members as they joined."""
    row, noted, alliances = log.tally[ALLIANCES], log.alliances, w.alliances
    carrier = alliances.carrier[i]
    noted.initiator[row], noted.since[row] = w.firms.key[i], period
    noted.platform[row] = NOBODY if carrier == NOBODY else w.platforms.serial[carrier]
    noted.technology[row], noted.headcount[row] = alliances.technology[i], alliances.headcount[i]
    noted.failures[row], noted.end[row], noted.place[row] = 0, NOBODY, NOBODY
    noted.outcome[row], noted.value[row] = ONGOING, 0.0
    for m in range(MEMBERS):
        there = m < alliances.headcount[i]
        noted.member[row, m] = w.firms.key[alliances.member[i, m]] if there else NOBODY
        noted.gone[row, m], noted.why[row, m] = NOBODY, STAYED
        noted.one[row, m], noted.another[row, m], noted.failed[row, m] = NOBODY, NOBODY, NOBODY
    log.seen.alliance[i] = row
    log.tally[ALLIANCES] += 1


@inside
def note_closed_members(log: Noted, row: int, period: int) -> bool:
    """Note the members that closed in this period; say whether there were any."""
    noted, closed = log.alliances, False
    for m in range(noted.headcount[row]):
        shut = log.firms.closed[noted.member[row, m]] == period + 1
        if noted.gone[row, m] == NOBODY and shut:
            noted.gone[row, m], noted.why[row, m] = period, WAS_INSOLVENT
            closed = True
    return closed


@inside
def note_withdrawal(log: Noted, row: int, period: int, key: int) -> None:
    """Note that a member left by a failed interface, if it is not gone already."""
    noted = log.alliances
    for m in range(noted.headcount[row]):
        if noted.member[row, m] == key and noted.gone[row, m] == NOBODY:
            noted.gone[row, m], noted.why[row, m] = period, BROKE_WITH


@inside
def note_failed_pair(w: World, log: Noted, row: int, period: int, i: int) -> bool:
    """Note the pair whose interface failed; say whether there was one."""
    a, b = w.alliances.broken_a[i], w.alliances.broken_b[i]
    if min(a, b) == NOBODY:
        return False
    noted, at = log.alliances, log.alliances.failures[row]
    noted.one[row, at], noted.another[row, at] = w.firms.key[a], w.firms.key[b]
    noted.failed[row, at] = period
    noted.failures[row] += 1
    return True


@inside
def end_alliance(log: Noted, row: int, period: int, outcome: int, value: float) -> None:
    """Note how an alliance ended."""
    noted = log.alliances
    noted.end[row], noted.outcome[row], noted.value[row] = period, outcome, value
    noted.place[row] = log.tally[ENDED]
    log.tally[ENDED] += 1


@inside
def note_change(w: World, log: Noted, row: int, period: int, i: int) -> None:
    """Note what an alliance lost or how it ended."""
    noted, event = log.alliances, w.alliances.event[i]
    broke = not note_closed_members(log, row, period) and note_failed_pair(w, log, row, period, i)
    if event == LOST_A_MEMBER:
        for m in range(noted.headcount[row]):
            stays = False
            for n in range(w.alliances.headcount[i]):
                stays = stays or w.firms.key[w.alliances.member[i, n]] == noted.member[row, m]
            if not stays:
                note_withdrawal(log, row, period, noted.member[row, m])
        return
    if broke and event == FAILED:
        last = noted.failures[row] - 1
        note_withdrawal(log, row, period, noted.one[row, last])
        note_withdrawal(log, row, period, noted.another[row, last])
    if event == SUCCEEDED:
        end_alliance(log, row, period, WAS_SUCCESS, w.alliances.value[i])
    else:
        end_alliance(log, row, period, WAS_FAILURE, 0.0)
    log.seen.alliance[i] = NOBODY


@inside
def note_alliance(w: World, log: Noted, period: int, i: int) -> int:
    """Note what happened to the alliance of a firm; return its row where it succeeded, or nobody."""
    alliances, event = w.alliances, w.alliances.event[i]
    if alliances.headcount[i] > 0 and alliances.since[i] == period:
        begin_alliance(w, log, period, i)
        return NOBODY
    row = int(log.seen.alliance[i])
    if row != NOBODY and event >= SUCCEEDED:  # it succeeded, failed or lost a member
        note_change(w, log, row, period, i)
    return row if event == SUCCEEDED else NOBODY


@inside
def note_orphans(log: Noted, period: int) -> None:
    """End the alliances whose initiator closed; ``note_deaths`` left their rows on the old roster."""
    for n in range(log.tally[DIED]):
        row = log.roster[n]
        note_closed_members(log, row, period)
        end_alliance(log, row, period, WAS_FAILURE, 0.0)
