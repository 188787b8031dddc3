r"""Ally 结盟: alliances of two to six firms, their production, and the interfaces that can fail.

An alliance S has in each data role r the best of its members, :math:`m_r = \max_{j∈S} a_{jr}h_j` with
readiness :math:`h_j = c_j \tilde D_j/(1+\tilde D_j)`, :math:`\tilde D_j` being own and pooled data. Its
initiator adds known firms while that raises its own objective, and picks the technology that does so
most. What the alliance makes is something new, V, of which each member uses its part (``innovate``):

.. math::

   V = \begin{cases}
     v\sum_{j} \tfrac14\sum_r a_{jr}h_j & \text{additive}\\
     v\,g_1\,|S|\,(\prod_r m_r)^{1/4} & \text{multiplicative}\\
     v\,g_2\,|S|\,\min_r m_r & \text{weakest link}\end{cases}

V is raised by the factor :math:`1 + w\,s`, s being the share of members with an innovation of the last
two years: what they made is there to build on. In each period the interface of a pair fails with probability :math:`f(1-π_{ij})`. In an additive
alliance the pair's less capable firm leaves and the rest goes on; in the other two, where every role
enters one product, the whole alliance fails (K3i, K3j). Whoever is asked joins only if that raises
its own objective: the best use of an equal part of V, less coordination, and part of the others'
data.

References
----------
Chatain, O. & Plaksenkova, E. (2025). Value creation with more than two parties: additive,
multiplicative and weakest-link production. Strategic Management Journal.
Kremer, M. (1993). The O-ring theory of economic development. Quarterly Journal of Economics 108(3),
551-575. doi:10.2307/2118400

Paper: K3f (decomposable), K3g-K3k (not decomposable), K3h (roles), N1d (standard interfaces), N1f.
"""

import math
from typing import NamedTuple

import numpy as np

from jiqun.model.bounds import NonNegative, Positive, Share
from jiqun.model.compiled import compiled, inlined, inside
from jiqun.model.laws import cognitive_distance, objective, shared_platform, strength
from jiqun.model.processes.innovate import DIGITAL_VALUE, best_use, learn, put_to_use
from jiqun.model.processes.perceive import RELATED
from jiqun.model.state import (
    CANDIDATES,
    LINKS,
    LIVING,
    MEMBERS,
    NOBODY,
    ROLES,
    SUPPLIERS,
    Ints,
)
from jiqun.model.world import ALLY, World
from jiqun.numerics.addressed import address, pair, uniform

ADDITIVE, MULTIPLICATIVE, WEAKEST_LINK, PAIRS = range(4)
WAKE = 8
"""Periods for which an innovation can be built on."""
NOTHING, STARTED, SUCCEEDED, FAILED, LOST_A_MEMBER = range(5)


class Allying(NamedTuple):
    """Parameters.

    Attributes
    ----------
    value
        v, what a fully ready specialist adds in one role.
    multiplicative, weakest_link
        g₁ and g₂, what working on one product adds.
    wake
        w, what is added where every member has a recent innovation to build on.
    coordination
        Cost of one partner, money.
    data_share
        Part of each other member's data that a member takes over.
    duration
        Mean length of an alliance, periods.
    failure
        f, probability that a wholly incompatible interface fails in a period.
    compatibility
        Compatibility of two analogue firms without a platform.
    digital, modular, circulation
        What digital capability, a modular platform and open circulation add to compatibility.
    strangeness
        What cognitive distance takes from it.
    """

    value: NonNegative = 1.6
    multiplicative: NonNegative = 0.82
    weakest_link: NonNegative = 0.92
    wake: NonNegative = 0.5
    coordination: NonNegative = 0.05
    data_share: Share = 0.05
    duration: Positive = 8.0
    failure: Share = 0.02
    compatibility: Share = 0.3
    digital: Share = 0.35
    modular: Share = 0.6
    circulation: Share = 0.2
    strangeness: Share = 0.2


@inside
def decomposable(technology: int) -> bool:
    """Say whether an alliance outlives the failure of one of its pairs."""
    return technology == ADDITIVE or technology == PAIRS  # noqa: PLR1714 (no tuple in a loop)


@inside
def compatibility(w: World, period: int, i: int, j: int) -> float:
    """Return how well the data of two firms fit, 0 to 1."""
    rules = w.rules.ally
    fit = rules.compatibility + rules.digital * math.sqrt(w.firms.digital[i] * w.firms.digital[j])
    p = shared_platform(w.relations, i, j)
    if p != NOBODY:
        fit += rules.modular * w.platforms.modularity[p]
    fit += rules.circulation * w.levers.circulation[period]
    fit -= rules.strangeness * cognitive_distance(w.firms.capability, i, j)
    return float(min(1.0, max(0.0, fit)))


@inside
def readiness(w: World, j: int) -> float:
    """Return h: digital capability times the strength of the data that the firm can use."""
    return float(w.firms.digital[j] * strength(w.firms.reachable[j]))


@inside
def survival(w: World, period: int, member: Ints, size: int) -> float:
    """Return the probability that every interface holds until the end."""
    rules = w.rules.ally
    hazard = 0.0
    for a in range(size):
        for b in range(a):
            hazard += rules.failure * (1.0 - compatibility(w, period, member[a], member[b]))
    return math.exp(-hazard * rules.duration)


@inlined
def recent(w: World, period: int, member: Ints, size: int) -> float:
    """Return the share of members with an innovation of the last two years to build on."""
    count = 0
    for m in range(size):
        made = w.firms.innovated[member[m]]
        count += made != NOBODY and made >= period - WAKE
    return count / size if w.switches.wakes else 0.0


@inlined
def joint_values(w: World, period: int, member: Ints, size: int) -> tuple[float, float, float]:
    """Return V of these members by each technology if nothing fails."""
    rules, capability = w.rules.ally, w.firms.capability
    alone, product, weakest = 0.0, 1.0, 1.0
    value = rules.value * (1.0 + rules.wake * recent(w, period, member, size))
    for role in range(ROLES):
        best = 0.0
        for m in range(size):
            has = capability[member[m], role] * readiness(w, member[m])
            alone += has / ROLES
            best = max(best, has)
        product *= best
        weakest = min(weakest, best)
    multiplied = value * rules.multiplicative * size * math.sqrt(math.sqrt(product))
    return value * alone, multiplied, value * rules.weakest_link * size * weakest


@inside
def joint_value(w: World, period: int, member: Ints, size: int, technology: int) -> float:
    """Return V of these members by the technology that they picked."""
    additive, multiplied, weakest = joint_values(w, period, member, size)
    if decomposable(technology):
        return additive
    return multiplied if technology == MULTIPLICATIVE else weakest


@inlined
def prospect(
    w: World, period: int, member: Ints, size: int, who: int, holds: float, value: float
) -> float:
    """Return what one member expects in its own objective of a value that holds so likely."""
    firms, rules = w.firms, w.rules.ally
    others = 0.0
    for m in range(size):
        if member[m] != who:
            others += strength(firms.stock[member[m]])
    ahead = w.rules.innovate.horizon
    part = holds * value / size
    money, data, _ = best_use(w, period, who, part)
    money = ahead * money - rules.coordination * (size - 1)
    data = ahead * data + holds * rules.data_share * others
    return objective(firms.logic[who], money, data, w.rules.worth)


@inlined
def best_technology(
    w: World, period: int, member: Ints, size: int, who: int
) -> tuple[int, float, float, float]:
    """Return the technology that promises a member most, what it promises, if it holds, and V."""
    additive, multiplied, weakest = joint_values(w, period, member, size)
    most = prospect(w, period, member, size, who, 1.0, additive)
    if w.switches.pair_sum:
        return PAIRS, most, 1.0, additive
    best, holds, made = ADDITIVE, 1.0, additive
    lasts = survival(w, period, member, size)
    promised = prospect(w, period, member, size, who, lasts, multiplied)
    if promised > most:
        best, most, holds, made = MULTIPLICATIVE, promised, lasts, multiplied
    promised = prospect(w, period, member, size, who, lasts, weakest)
    if promised > most:
        best, most, holds, made = WEAKEST_LINK, promised, lasts, weakest
    return best, most, holds, made


@inside
def known(w: World, i: int, n: int) -> int:
    """Return the n-th firm to ask: data partners, suppliers, the main customer, those just seen."""
    if n < LINKS:
        return int(w.relations.link[i, n])
    if n < LINKS + SUPPLIERS:
        return int(w.relations.supplier[i, n - LINKS])
    if n < RELATED:
        return int(w.relations.customer[i])
    return int(w.relations.candidate[i, n - RELATED])


@inside
def gather(w: World, period: int, i: int, member: Ints) -> int:
    """Fill ``member`` by adding whoever raises the initiator's objective; return the size."""
    member[0], size, held = i, 1, 0.0
    limit = MEMBERS if w.switches.multilateral else 2
    for n in range(RELATED + CANDIDATES):
        j = known(w, i, n)
        if j == NOBODY or size >= limit:
            continue
        already = False
        for m in range(size):
            already = already or member[m] == j
        if already:
            continue
        member[size] = j
        _, value, holds, made = best_technology(w, period, member, size + 1, i)
        willing = value > held and prospect(w, period, member, size + 1, j, holds, made) > 0.0
        if willing:
            size, held = size + 1, value
        else:
            member[size] = NOBODY
    return size


@compiled
def ally(w: World, period: int, first: int, last: int) -> None:
    """Let firms that chose digital value look for an alliance."""
    firms, alliances = w.firms, w.alliances
    for r in range(first, last):
        i = w.lists.roster[r]
        alliances.event[i] = NOTHING
        alliances.broken_a[i], alliances.broken_b[i] = NOBODY, NOBODY
        if firms.mode[i] != DIGITAL_VALUE:
            continue
        firms.mode[i] = NOBODY
        member = alliances.member[i]
        member[:] = NOBODY
        size = gather(w, period, i, member)
        if size == 1:
            lost = w.rules.innovate.cost * firms.factors[i] / w.rules.innovate.horizon
            learn(w, i, DIGITAL_VALUE, -lost, 0.0)
            member[:] = NOBODY
            continue
        alliances.headcount[i] = size
        alliances.since[i] = period
        alliances.technology[i] = best_technology(w, period, member, size, i)[0]
        alliances.carrier[i] = shared_platform(w.relations, i, member[1])
        alliances.event[i] = STARTED
        firms.spending[i] += w.rules.ally.coordination * (size - 1)


@inside
def drop(w: World, i: int, gone: int) -> None:
    """Take a member out of the alliance of initiator i."""
    member, size = w.alliances.member[i], 0
    for m in range(w.alliances.headcount[i]):
        if member[m] != gone:
            member[size] = member[m]
            size += 1
    for m in range(size, MEMBERS):
        member[m] = NOBODY
    w.alliances.headcount[i] = size


@inside
def broken_interface(w: World, period: int, i: int, draws: np.uint64) -> bool:
    """Note the first pair whose interface fails in this period, if one does."""
    alliances, firms, rules = w.alliances, w.firms, w.rules.ally
    member = alliances.member[i]
    for a in range(alliances.headcount[i]):
        for b in range(a):
            who = pair(firms.key[member[a]], firms.key[member[b]])
            hazard = rules.failure * (1.0 - compatibility(w, period, member[a], member[b]))
            if uniform(draws, who, firms.key[i] + 1) < hazard:
                alliances.broken_a[i], alliances.broken_b[i] = member[a], member[b]
                return True
    return False


@inside
def succeed(w: World, period: int, i: int) -> None:
    """Divide what the alliance made, and book the innovation with its initiator."""
    firms, alliances, rules = w.firms, w.alliances, w.rules.ally
    member, size = alliances.member[i], alliances.headcount[i]
    value = joint_value(w, period, member, size, alliances.technology[i])
    alliances.value[i] = value
    for m in range(size):
        j, others = member[m], 0.0
        for n in range(size):
            if n != m:
                others += strength(firms.stock[member[n]])
        known = rules.data_share * others
        firms.joint_data[j] += known
        money, data, use = best_use(w, period, j, value / size)
        put_to_use(w, j, value / size, use)
        learn(w, j, DIGITAL_VALUE, money, data + known / w.rules.innovate.horizon)
    firms.mode[i] = DIGITAL_VALUE
    for m in range(1, size):
        j = member[m]
        if w.switches.wakes and firms.innovated[j] != NOBODY:
            firms.parent[i], firms.parent_time[i] = firms.key[j], firms.innovated[j]
            break
    alliances.event[i] = SUCCEEDED
    alliances.headcount[i] = 0


@inside
def work(w: World, period: int, i: int, draws: np.uint64) -> None:
    """Take one alliance through a period."""
    firms, alliances, rules = w.firms, w.alliances, w.rules.ally
    if broken_interface(w, period, i, draws):
        a, b = alliances.broken_a[i], alliances.broken_b[i]
        technology = alliances.technology[i]
        if decomposable(technology):
            gone = a if firms.digital[a] < firms.digital[b] else b
            gone = b if a == i else (a if b == i else gone)
            drop(w, i, gone)
            alliances.event[i] = LOST_A_MEMBER
        if not decomposable(technology) or alliances.headcount[i] == 1:
            alliances.event[i] = FAILED
            alliances.headcount[i] = 0
            learn(w, i, DIGITAL_VALUE, -rules.coordination / w.rules.innovate.horizon, 0.0)
            return
    elif uniform(draws, firms.key[i], 0) < 1.0 / rules.duration:
        succeed(w, period, i)


@inside
def cooperate(w: World, period: int) -> None:
    """Take all alliances through a period, in the order of their initiators."""
    draws = address(w.seed, period, ALLY)
    for r in range(w.tally[LIVING]):
        i = w.lists.roster[r]
        if w.alliances.headcount[i] > 0 and w.alliances.since[i] < period:
            work(w, period, i, draws)
