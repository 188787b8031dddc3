"""Recording alliances 联盟记录: who was in which alliance, and how the interface of each pair ended."""

import numpy as np
import polars as pl

from jiqun.model.event_log import ONGOING, NotedAlliances, picked
from jiqun.model.naming import MILLION, Names, always
from jiqun.model.state import MEMBERS, NOBODY

OUTCOMES = ("ongoing", "succeeded", "failed")
"""By how an alliance stands."""
CAUSES = (None, "completed", "dissolved", None, "insolvency", "interface_failure")
"""Why a member is no longer there: by how the alliance stands, then by why the member is gone."""
PAIRS = [(one, other) for one in range(MEMBERS) for other in range(one)]
"""Places of the members of each pair, the later one first."""

Columns = dict[str, object]


def identifiers(noted: NotedAlliances, names: Names) -> pl.Series:
    """Return what the alliances are called."""
    return names.pairs("a", noted.initiator, noted.since)


def alliances(noted: NotedAlliances, names: Names) -> Columns:
    """Return the alliances."""
    going = noted.outcome == ONGOING
    value = pl.Series(noted.value * MILLION).set(pl.Series(going), None)
    return {
        "alliance_id": identifiers(noted, names),
        "kind": always("joint_innovation", noted.shape[0]),
        "platform_id": names.numbered("p", noted.platform),
        "start": names.days(noted.since),
        "end": names.days(np.where(going, NOBODY, noted.end + 1)),
        "outcome": pl.Series(OUTCOMES).gather(noted.outcome.astype(np.int64)),
        "value": value,
        "currency": always("CNY", noted.shape[0]),
    }


def memberships(noted: NotedAlliances, names: Names) -> Columns:
    """Return who was in which alliance; the initiator is its first member."""
    which, place = np.nonzero(noted.member != NOBODY)
    rows = picked(noted, which)
    gone, why = noted.gone[which, place], noted.why[which, place]
    left = np.where(gone == NOBODY, rows.end, gone)
    cause = np.where(gone == NOBODY, rows.outcome, len(OUTCOMES) + why)
    return {
        "alliance_id": identifiers(noted, names).gather(which),
        "firm_id": names.firms(noted.member[which, place]),
        "role": pl.Series(["initiator", "member"]).gather((place > 0).astype(np.int64)),
        "joined": names.days(rows.since),
        "left": names.days(np.where(left == NOBODY, NOBODY, left + 1)),
        "withdrawal_cause": pl.Series(CAUSES, dtype=pl.String).gather(cause.astype(np.int64)),
    }


def interfaces(noted: NotedAlliances, names: Names, until: int) -> Columns:
    """Return the state of every pair at its end: failed, or coordinated as long as it lasted."""
    ones, others = (np.array(places, dtype=np.int64) for places in zip(*PAIRS, strict=True))
    which, pair = np.nonzero(noted.member[:, ones] != NOBODY)
    rows = picked(noted, which)
    at = np.arange(which.size)
    one, other = rows.member[at, ones[pair]], rows.member[at, others[pair]]
    last = np.where(rows.end == NOBODY, until - 1, rows.end)
    for place in (ones[pair], others[pair]):
        gone = rows.gone[at, place]
        last = np.where(gone == NOBODY, last, np.minimum(last, gone))
    failed = np.zeros(which.size, dtype=np.int64)
    for n in range(MEMBERS):
        a, b = rows.one[:, n], rows.another[:, n]
        hit = (rows.failed[:, n] != NOBODY) & (
            ((a == one) & (b == other)) | ((a == other) & (b == one))
        )
        last, failed = np.where(hit, rows.failed[:, n], last), np.where(hit, 1, failed)
    return {
        "alliance_id": identifiers(noted, names).gather(which),
        "firm_a": names.firms(other),
        "firm_b": names.firms(one),
        "date": names.days(last),
        "state": pl.Series(["coordinated", "failed"]).gather(failed),
    }
