"""One group: its vacant roles, what it would lose without each member, and who outside would fit.

Paper: K3h (roles), K3i (knock-out of any member), N1b (components and complements)
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.measures.partners.held_out import HeldOut, held_out, weights_of_today
from jiqun.measures.partners.reasons import Beside, reasons
from jiqun.measures.partners.wording import (
    NO_DATA,
    NO_ROLES,
    NO_SKILL,
    NO_SUCH_ALLIANCE,
    NO_SUCH_FIRMS,
    ONE_OR_OTHER,
    SOME_UNKNOWN,
    WITHDRAWALS,
)
from jiqun.measures.readings.firm_titles import firm_title
from jiqun.measures.readings.partner_history import ALLIANCE, SLOTS, UNDATED, History, history
from jiqun.numerics.hypergraph.knock_out import knock_out
from jiqun.numerics.missing_member import SEEN, seen
from jiqun.numerics.seat_filling import Weights
from jiqun.record.problem import InputError, Rule
from jiqun.record.record import Record
from jiqun.vocabulary.codes import DATA_KIND
from jiqun.vocabulary.text import Text

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

ENOUGH_WITHDRAWALS = 68
"""(1.645 / 0.1)² / 4: a share within ten points, nine times in ten."""
NO_WITHDRAWAL = ("completed", "dissolved")
CHOICE = Rule(
    id="partners.group",
    title=Text(
        "Partners are looked for beside a group that there is.", "须针对已有的群体寻找伙伴。"
    ),
    remedy=Text(
        "Name an alliance_id of the record, or firm_ids of the record.",
        "请给出记录中的 alliance_id,或记录中的 firm_id。",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member, and what the others would lose without it.

    Attributes
    ----------
    firm_id, title
        Who it is.
    roles
        Codes of the roles that it fills here.
    alone_fills, alone_holds
        Roles, and kinds of data, that no other member has.
    relations_lost
        Share of the relations among the members that could not go on: they have it as one of two.
    parts
        Into how many parts the others fall, over the relations among them, less the parts before; 0
        where it holds nobody together.
    substitutes
        Firms outside that have all of what it alone has; None where it alone has nothing.
    """

    firm_id: str
    title: Text
    roles: tuple[str, ...]
    alone_fills: tuple[str, ...]
    alone_holds: tuple[str, ...]
    relations_lost: float
    parts: int
    substitutes: int | None

    @property
    def essential(self) -> bool:
        """Whether the others lose a role, a kind of data or their connection."""
        return bool(self.alone_fills or self.alone_holds or self.parts > 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A firm outside that would fit.

    Attributes
    ----------
    firm_id, title
        Who it is.
    score
        Value in the ranking, of meaning only beside the others.
    reasons
        What speaks for it.
    """

    firm_id: str
    title: Text
    score: float
    reasons: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Partners:
    """What was found about one group.

    Attributes
    ----------
    filled, vacant
        Roles of the data process, components and complements that somebody, and nobody, fills; both
        empty where roles are not recorded.
    members, candidates
        In order of what would be lost, and of fit.
    skill
        How often such a ranking was right; None where it could not be scored.
    warnings
        What the record lacks and what follows.
    """

    filled: tuple[str, ...]
    vacant: tuple[str, ...]
    members: tuple[Member, ...]
    candidates: tuple[Candidate, ...]
    skill: HeldOut | None
    warnings: tuple[Text, ...]


def find_partners(
    record: Record,
    *,
    alliance: str | None = None,
    firms: Collection[str] | None = None,
    most: int = 10,
    seed: int = 0,
) -> Partners:
    """Say who is missing from an alliance, or from a set of firms such as a cluster.

    Parameters
    ----------
    record
        Reads ``memberships``, ``alliances``, ``ties``, ``firms`` and ``data_assets``.
    alliance
        Identifier of an alliance; those who have left it are no longer members.
    firms
        Identifiers of firms, instead of an alliance.
    most
        Candidates returned.
    seed
        Seed of the run.

    Raises
    ------
    InputError
        Where neither or both are given, or the record has no such alliance or firm.
    """
    found = history(record)
    group, warnings = _group(record, found, alliance, firms)
    roles = _roles(found, group, alliance)
    vacant = np.full(len(SLOTS), bool(roles))
    vacant[[slot for _, slot in roles]] = False
    scored = held_out(found, seed)
    if isinstance(scored, Text):
        warnings.append(NO_SKILL.fill(why=scored))
    if not roles:
        warnings.append(NO_ROLES)
    if not found.traits.data.any():
        warnings.append(NO_DATA)
    warnings += _withdrawals(record)
    before = found.before(UNDATED + 1)
    beside = Beside(record=record, found=found, before=before, group=group, vacant=vacant)
    return Partners(
        filled=tuple(SLOTS[s] for s in sorted({slot for _, slot in roles})),
        vacant=tuple(np.array(SLOTS)[vacant].tolist()),
        members=_members(record, found, group, roles, alliance),
        candidates=_candidates(beside, most, seed),
        skill=None if isinstance(scored, Text) else scored,
        warnings=tuple(warnings),
    )


def _group(
    record: Record, found: History, alliance: str | None, firms: Collection[str] | None
) -> tuple[Ints, list[Text]]:
    """Return the numbers of the members, and what was left out."""
    if (alliance is None) == (firms is None):
        raise InputError((CHOICE.problem(table="memberships", message=ONE_OR_OTHER),))
    if firms is None:
        rows = record["memberships"].filter(alliance_id=alliance)
        staying = rows.filter(pl.col("left").is_null())
        wanted = (staying if staying.height else rows)["firm_id"].unique().to_list()
        message = NO_SUCH_ALLIANCE.fill(id=alliance)
    else:
        wanted = sorted(set(firms))
        message = NO_SUCH_FIRMS.fill(n=len(wanted))
    number = {firm: place for place, firm in enumerate(found.firm_ids)}
    known = sorted(number[firm] for firm in wanted if firm in number)
    if not known:
        raise InputError((CHOICE.problem(table="memberships", message=message, value=alliance),))
    unknown = [firm for firm in wanted if firm not in number]
    told = SOME_UNKNOWN.fill(k=len(unknown), n=len(wanted), list=", ".join(unknown[:5]))
    return np.array(known, dtype=np.int64), [told] if unknown else []


def _roles(found: History, group: Ints, alliance: str | None) -> list[tuple[int, int]]:
    """Return firm and slot of the roles filled: in the alliance, or by the firms anywhere."""
    if alliance is not None:
        number = found.alliance_ids.index(alliance)
        return [pair for pair in found.filled(number) if pair[0] in set(group.tolist())]
    rows = np.isin(found.seat_firm, group)
    pairs = zip(found.seat_firm[rows].tolist(), found.seat_slot[rows].tolist(), strict=True)
    return sorted(set(pairs))


def _withdrawals(record: Record) -> list[Text]:
    """Say how many dated withdrawals it would take to observe what is only counted here."""
    cause = pl.col("withdrawal_cause")
    dated = record["memberships"].filter(
        pl.col("left").is_not_null(), cause.is_not_null(), ~cause.is_in(NO_WITHDRAWAL)
    )
    more = ENOUGH_WITHDRAWALS - dated.height
    if more <= 0:
        return []
    return [WITHDRAWALS.fill(least=ENOUGH_WITHDRAWALS, n=dated.height, more=more)]


def _members(
    record: Record,
    found: History,
    group: Ints,
    roles: list[tuple[int, int]],
    alliance: str | None,
) -> tuple[Member, ...]:
    """Knock each member out in turn."""
    graph = found.graph
    keep = np.ones(graph.edges, np.bool_)
    if alliance is not None:
        keep = (graph.kind != ALLIANCE) | (graph.origin != found.alliance_ids.index(alliance))
    lost = knock_out(graph.where(keep), group)
    slots = np.zeros((group.size, len(SLOTS)), np.bool_)
    for firm, slot in roles:
        slots[np.searchsorted(group, firm), slot] = True
    data = found.traits.data[group]
    ever = found.before(UNDATED + 1)
    outside = np.setdiff1d(np.arange(len(found.firm_ids)), group)
    members = []
    for place, firm in enumerate(group.tolist()):
        fills = slots[place] & (slots.sum(axis=0) == 1)
        holds = data[place] & (data.sum(axis=0) == 1)
        able = ever.slots[outside][:, fills].all(axis=1)
        able &= found.traits.data[outside][:, holds].all(axis=1)
        members.append(
            Member(
                firm_id=found.firm_ids[firm],
                title=firm_title(record, found.firm_ids[firm]),
                roles=tuple(np.array(SLOTS)[slots[place]].tolist()),
                alone_fills=tuple(np.array(SLOTS)[fills].tolist()),
                alone_holds=tuple(np.array(DATA_KIND.codes)[holds].tolist()),
                relations_lost=float(lost.share[place]),
                parts=int(lost.parts[place]),
                substitutes=int(able.sum()) if fills.any() or holds.any() else None,
            )
        )
    members.sort(key=lambda m: (not m.essential, -m.parts, -m.relations_lost, m.firm_id))
    return tuple(members)


def _candidates(beside: Beside, most: int, seed: int) -> tuple[Candidate, ...]:
    """Rank the firms outside; with nothing to learn from, all that is seen counts alike."""
    record, found, group = beside.record, beside.found, beside.group
    columns = seen(beside.before, group, beside.vacant)
    spread = columns.std(axis=0)
    plain = Weights(beta=np.ones(len(SEEN)), scale=np.where(spread > 0, spread, 1.0))
    weights = weights_of_today(found, seed) or plain
    score = weights.score(columns)
    score[group] = -np.inf
    closed = record["firms"].filter(pl.col("closed").is_not_null())["firm_id"].to_list()
    number = {firm: place for place, firm in enumerate(found.firm_ids)}
    score[[number[firm] for firm in closed]] = -np.inf
    order = np.argsort(-score, kind="stable")[:most]
    return tuple(
        Candidate(
            firm_id=found.firm_ids[firm],
            title=firm_title(record, found.firm_ids[firm]),
            score=float(score[firm]),
            reasons=reasons(beside, int(firm)),
        )
        for firm in order
        if np.isfinite(score[firm]) and columns[firm].any()
    )
