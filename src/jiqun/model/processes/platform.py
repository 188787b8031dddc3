r"""Platforms 平台: firms open them, join them, and owners govern them; users come and go.

A firm joins a platform where its gain in its own objective is positive,

.. math::  U_i\!\left(\underbrace{n_d\ln(1+M)}_{\text{direct}} +
   \underbrace{(1-f)\,b\,u\,\tfrac{v_i}{V+v_i+v_0}}_{\text{cross-side}} + t\,x\,R_i c_i\tfrac{D_i}{1+D_i},\;
   \underbrace{c_i\,o\,P^{γ}}_{\text{data}}\right) - k(1-\text{modularity}),

M being members, u users, P pooled data, x the share of its own suppliers, customer and partners that
are there: what it saves by running them on the platform rests on its data about them. An owner opens
with the openness o that maximises its own objective: openness brings data and users, and gives away
part of what it knows. It closes a platform that brings less than it costs. Users arrive at what a
platform offers,

.. math::  u' = (1-q)u + r\,(N - \textstyle\sum u)\,\frac{a}{\sum a + a_0}, \qquad
   a = V(1+u/\bar u)^{n_u}(1+M/\bar M)^{n_x}(1+P/\bar P)^{n_p},

and the load u + M has to be served by infrastructure. N is finite. Where users leave data, data draw
users, and both draw services, there is a critical mass: below it a platform stays small.

References
----------
Rohlfs, J. (1974). A theory of interdependent demand for a communications service. Bell Journal of
Economics and Management Science 5(1), 16-37. doi:10.2307/3003090
Rochet, J.-C. & Tirole, J. (2003). Platform competition in two-sided markets. Journal of the European
Economic Association 1(4), 990-1029. doi:10.1162/154247603322493212
Hagiu, A. & Wright, J. (2023). Data-enabled learning, network effects, and competitive advantage.
RAND Journal of Economics 54(4), 638-667. doi:10.1111/1756-2171.12453

Paper: K2a, N1b-N1e, N2a, N2d-N2f, X3 (admission), K2j (infrastructure), Q17 (owners leave), Q19.
"""

import math
from typing import NamedTuple

import numpy as np

from jiqun.model.bounds import NonNegative, Positive, Share
from jiqun.model.compiled import inside
from jiqun.model.laws import affordable, objective, strength
from jiqun.model.processes.perceive import RELATED
from jiqun.model.state import (
    CANDIDATES,
    HOMES,
    LINKS,
    NOBODY,
    PLATFORMS,
    SUPPLIERS,
)
from jiqun.model.world import PLATFORM, World
from jiqun.numerics.addressed import address, below, uniform


class Hosting(NamedTuple):
    """Parameters.

    Attributes
    ----------
    join_chance
        Probability that a firm considers a platform in a period.
    join_cost
        k, cost of joining a platform that is not modular, money.
    membership
        Cost of taking part for a period, money.
    direct
        n_d, money per period for each unit of ln(1 + members), by matching.
    relations
        t, share of sales that a fully digital firm saves with all its relations on the platform.
    data_use
        Data that pooled data are worth to a member, per unit of ``produce``'s use of them.
    horizon
        Periods that a firm looks ahead.
    open_chance
        Probability that a firm considers opening a platform in a period.
    open_cost
        Cost of opening one, money.
    leak
        Share of sales lost by an owner at full openness.
    visitors
        Users that an owner expects, per unit of its services, at full openness and without rivals.
    fee
        Share of digital sales that an owner keeps.
    population
        N, users that there are.
    arrival
        r, share of the users not yet there that look for a platform in a period.
    churn
        q, share of users that leave in a period.
    elsewhere
        a₀, appeal of everything else.
    user_effect, member_effect, data_effect
        n_u, n_x and n_p: direct, cross-side and data network effects on users, elasticities.
    user_scale, member_scale, data_scale
        ū, M̄ and P̄, users, members and data from which on each effect tells.
    served
        Infrastructure bought per money.
    upkeep
        Cost of serving a user for a period, money.
    running
        Cost of a platform for a period, money.
    close_chance
        Probability that an owner reconsiders a platform in a period, from the third year on.
    function_chance
        Probability that an owner considers a further industry in a period.
    function_cost
        Cost of a function for a further industry, money.
    """

    join_chance: Share = 0.2
    join_cost: NonNegative = 0.4
    membership: NonNegative = 0.01
    direct: NonNegative = 0.05
    relations: NonNegative = 0.25
    data_use: NonNegative = 0.3
    horizon: Positive = 8.0
    open_chance: Share = 0.08
    open_cost: NonNegative = 6.0
    leak: Share = 0.1
    visitors: NonNegative = 4.0
    fee: Share = 0.1
    population: Positive = 800.0
    arrival: Share = 0.04
    churn: Share = 0.03
    elsewhere: Positive = 220.0
    user_effect: NonNegative = 0.3
    member_effect: NonNegative = 0.3
    data_effect: NonNegative = 0.6
    user_scale: Positive = 20.0
    member_scale: Positive = 10.0
    data_scale: Positive = 20.0
    served: Positive = 40.0
    upkeep: NonNegative = 0.01
    running: NonNegative = 0.2
    close_chance: Share = 0.1
    function_chance: Share = 0.05
    function_cost: NonNegative = 1.0


@inside
def contact(w: World, i: int, which: int) -> int:
    """Return the firm in one of the places of a firm's acquaintance, or nobody."""
    if which < SUPPLIERS:
        return int(w.relations.supplier[i, which])
    if which < SUPPLIERS + LINKS:
        return int(w.relations.link[i, which - SUPPLIERS])
    if which < RELATED:
        return int(w.relations.customer[i])
    return int(w.relations.candidate[i, which - RELATED])


@inside
def takes_part(w: World, i: int, p: int) -> bool:
    """Say whether a firm takes part in a platform."""
    return bool(w.relations.home[i, 0] == p or w.relations.home[i, 1] == p)


@inside
def insight(w: World, i: int) -> float:
    """Return how far a firm's data and digital capability let it run relations on a platform."""
    return float(w.firms.digital[i] * strength(w.firms.stock[i]))


@inside
def stay_gain(w: World, i: int, p: int) -> float:
    """Return what a period on a platform brings a firm in its own objective."""
    firms, platforms, rules = w.firms, w.platforms, w.rules.platform
    there, known = 0, 0
    for n in range(RELATED):
        j = contact(w, i, n)
        if j != NOBODY:
            known += 1
            there += takes_part(w, j, p)
    money = -rules.membership
    if known > 0:
        money += rules.relations * insight(w, i) * firms.revenue[i] * there / known
    if w.switches.direct_effect:
        money += rules.direct * math.log(1.0 + platforms.members[p])
    offer = firms.service[i]
    spent = w.rules.market.spending_per_user * platforms.users[p]
    sold = spent * offer / (platforms.services[p] + offer + w.rules.market.outside_service)
    money += (1.0 - platforms.fee[p]) * sold
    pooled = math.pow(platforms.pooled[p], w.rules.produce.pool_power)
    data = rules.data_use * firms.digital[i] * platforms.openness[p] * pooled
    return objective(firms.logic[i], money, data, w.rules.worth)


@inside
def admitted(w: World, i: int, p: int) -> bool:
    """Say whether a platform would take a firm: its industry is served and its c suffices."""
    offered = w.platforms.offers[p, w.firms.industry[i]]
    return bool(offered and w.firms.digital[i] >= w.platforms.admission[p])


@inside
def heard_of(w: World, i: int, draws: np.uint64) -> int:
    """Return a platform that a firm hears of: one of an acquaintance, or any one; or nobody."""
    key = w.firms.key[i]
    which = below(draws, key, 1, 2 * (RELATED + CANDIDATES))
    if which >= RELATED + CANDIDATES:
        p = below(draws, key, 5, PLATFORMS)
        return p if w.platforms.owner[p] != NOBODY else NOBODY
    j = contact(w, i, which)
    if j == NOBODY:
        return NOBODY
    p = w.relations.home[j, 0]
    if p == NOBODY or takes_part(w, i, p):
        p = w.relations.home[j, 1]
    return int(p)


@inside
def consider_joining(w: World, i: int, p: int) -> int:
    """Return the platform if joining it is possible and pays, or nobody."""
    rules, relations = w.rules.platform, w.relations
    free = relations.home[i, 0] == NOBODY or (
        relations.home[i, 1] == NOBODY and w.switches.multi_homing
    )
    if not free or p == NOBODY or takes_part(w, i, p) or not admitted(w, i, p):
        return NOBODY
    cost = rules.join_cost * (1.0 - w.platforms.modularity[p])
    if rules.horizon * stay_gain(w, i, p) > cost and affordable(w.firms, i, cost):
        w.firms.spending[i] += cost
        return int(p)
    return NOBODY


@inside
def best_openness(w: World, i: int) -> float:
    """Return the openness that promises a would-be owner most, or -1 where none pays."""
    firms, rules = w.firms, w.rules.platform
    best, most = -1.0, rules.open_cost
    taken = 0.0
    for p in range(PLATFORMS):
        taken += w.platforms.services[p]
    expected = rules.visitors * firms.service[i] * rules.elsewhere / (rules.elsewhere + taken)
    for n in range(1, 10):
        o = n / 10.0
        users = expected * o
        money = w.rules.market.spending_per_user * users * (1.0 - w.rules.market.support)
        money += rules.direct * math.log(1.0 + o * firms.followers[i])
        money += (rules.relations * insight(w, i) * o - rules.leak * o * o) * firms.revenue[i]
        money -= rules.running
        given = w.rules.accumulate_data.pooling * o * o * firms.followers[i] * rules.data_use
        traces = w.rules.accumulate_data.user_data * firms.digital[i] * users
        gain = rules.horizon * objective(firms.logic[i], money, given + traces, w.rules.worth)
        if gain > most:
            best, most = o, gain
    return best


@inside
def join(w: World, period: int, first: int, last: int) -> None:
    """Let firms decide which platform to join, leave or open; all decide on the same state."""
    firms, relations, rules = w.firms, w.relations, w.rules.platform
    draws = address(w.seed, period, PLATFORM)
    for r in range(first, last):
        i = w.lists.roster[r]
        key = firms.key[i]
        relations.joining[i], relations.leaving[i] = NOBODY, NOBODY
        relations.opening[i] = -1.0
        if not w.switches.platforms:
            continue
        if uniform(draws, key, 0) < rules.join_chance:
            relations.joining[i] = consider_joining(w, i, heard_of(w, i, draws))
        h = below(draws, key, 2, HOMES)
        p = relations.home[i, h]
        owns = p != NOBODY and w.platforms.owner[p] == i
        asks = p != NOBODY and not owns and uniform(draws, key, 3) < rules.join_chance
        if asks and stay_gain(w, i, p) < 0.0:
            relations.leaving[i] = h
        own = False
        for n in range(HOMES):
            q = relations.home[i, n]
            if q != NOBODY:
                own = own or w.platforms.owner[q] == i
                firms.spending[i] += rules.membership
        asks = not own and uniform(draws, key, 4) < rules.open_chance
        if asks and affordable(firms, i, rules.open_cost):
            relations.opening[i] = best_openness(w, i)
