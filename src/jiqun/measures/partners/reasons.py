"""What speaks for a firm beside a group, in words.

Paper: K3h (roles), E6, E7 (proximity)
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiqun.measures.partners.wording import ACTIVE, DATA, DIRECT, REGION, RELATED, SLOT, THROUGH
from jiqun.measures.readings.firm_titles import firm_title
from jiqun.measures.readings.partner_history import SLOTS, History
from jiqun.numerics.missing_member import SEEN, Past, seen
from jiqun.record.record import Record
from jiqun.vocabulary.codes import DATA_KIND, MEMBER_ROLE
from jiqun.vocabulary.text import Text, joined

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NAMED = 3
NOTABLE = math.log(1.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A group, and what is known of all firms beside it.

    Attributes
    ----------
    record, found, before
        The record, its relations, and those that had happened before the day in question.
    group
        Numbers of the members, shape (G,).
    vacant
        Roles that none of them fills, shape (S,).
    """

    record: Record
    found: History
    before: Past
    group: Ints
    vacant: Bools


def reasons(beside: Beside, firm: int) -> tuple[Text, ...]:
    """List what speaks for a firm, the strongest kinds first; its activity where nothing else does."""
    before, group, vacant = beside.before, beside.group, beside.vacant
    told = [
        *_roles(before, vacant, firm),
        *_data(beside.found, group, firm),
        *_reach(beside, firm),
    ]
    columns = dict(zip(SEEN, seen(before, group, vacant)[firm].tolist(), strict=True))
    if columns["related"] > NOTABLE:
        told.append(RELATED.fill(x=math.exp(columns["related"])))
    if columns["region"] > 0:
        told.append(REGION.fill(n=round(columns["region"] * group.size)))
    return tuple(told) or (ACTIVE.fill(n=int(before.degree[firm])),)


def _roles(before: Past, vacant: Bools, firm: int) -> list[Text]:
    fills = np.array(SLOTS)[vacant & before.slots[firm]]
    return (
        [SLOT.fill(what=_listed(MEMBER_ROLE.terms[code] for code in fills))] if fills.size else []
    )


def _data(found: History, group: Ints, firm: int) -> list[Text]:
    holds = found.traits.data[firm] & ~found.traits.data[group].any(axis=0)
    kinds = np.array(DATA_KIND.codes)[holds]
    return [DATA.fill(what=_listed(DATA_KIND.terms[code] for code in kinds))] if kinds.size else []


def _reach(beside: Beside, firm: int) -> list[Text]:
    """Name those of the group whom it has worked with, else who stands between."""
    record, found, before, group = beside.record, beside.found, beside.before, beside.group
    mine = before.joined[[firm]].toarray().ravel()
    direct = mine[group]
    if direct.any():
        best = group[np.argsort(-direct, kind="stable")[:NAMED]]
        who = [found.firm_ids[k] for k in best if mine[k] > 0]
        return [DIRECT.fill(who=_listed(firm_title(record, f) for f in who), n=direct.sum())]
    inside = np.zeros(mine.size)
    inside[group] = 1.0
    between = mine * (before.joined @ inside)
    best = np.argsort(-between, kind="stable")[:NAMED]
    who = [found.firm_ids[k] for k in best if between[k] > 0]
    return [THROUGH.fill(who=_listed(firm_title(record, f) for f in who))] if who else []


def _listed(names: Iterable[Text]) -> Text:
    """Put names after one another in both languages."""
    return joined(names, ", ", "、")
