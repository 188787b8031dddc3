r"""Govern 平台治理: owners open, serve, extend and close platforms; users follow what is offered.

The serial half of the platforms' process; its equations and parameters are those of ``platform``.
An owner buys infrastructure when the load nears it, opens a function for an industry with a probability
that is the share of industries already served which trade with it (relatedness density), and asks for the digital capability that keeps interfaces whole.
A platform closes when its owner is gone, can no longer pay, or finds after two years that it does not
pay.

References
----------
Hidalgo, C. A. et al. (2007). The product space conditions the development of nations. Science
317(5837), 482-487. doi:10.1126/science.1144581

Paper: N2d, N2e, X1 (functions), N3c (governance), X3 (admission), K2j (capacity), Q17.
"""

import math

from jiqun.model.compiled import compiled, inside
from jiqun.model.laws import affordable, objective
from jiqun.model.processes.platform import stay_gain
from jiqun.model.state import BOUGHT, HOMES, LIVING, NEXT_PLATFORM, NOBODY, PLATFORMS
from jiqun.model.world import GOVERN, World
from jiqun.numerics.addressed import address, below, uniform

TRIAL = 8
"""Periods for which an owner tries a platform before it asks whether it pays."""


@compiled
def appeal(w: World, p: int) -> float:
    """Return what draws users to a platform."""
    platforms, rules, switches = w.platforms, w.rules.platform, w.switches
    drawn = platforms.services[p]
    if switches.direct_effect:
        drawn *= math.pow(1.0 + platforms.users[p] / rules.user_scale, rules.user_effect)
    if switches.cross_effect:
        drawn *= math.pow(1.0 + platforms.members[p] / rules.member_scale, rules.member_effect)
    return float(drawn * pull_of_data(w, p))


@compiled
def pull_of_data(w: World, p: int) -> float:
    """Return the factor by which pooled data make a platform more attractive to users."""
    rules = w.rules.platform
    if not w.switches.data_effect:
        return 1.0
    return math.pow(1.0 + w.platforms.pooled[p] / rules.data_scale, rules.data_effect)


@inside
def move_users(w: World, period: int) -> None:
    """Let users leave and arrive, as far as infrastructure can serve them."""
    platforms, rules = w.platforms, w.rules.platform
    there, drawn = 0.0, rules.elsewhere
    for p in range(PLATFORMS):
        if platforms.owner[p] != NOBODY:
            there += platforms.users[p]
            drawn += appeal(w, p)
    newcomers = rules.arrival * max(0.0, rules.population - there)
    for p in range(PLATFORMS):
        owner = platforms.owner[p]
        if owner == NOBODY:
            continue
        arriving = newcomers * appeal(w, p) / drawn
        public = w.regions.infrastructure[w.firms.region[owner]] + w.levers.infrastructure[period]
        limit = platforms.infrastructure[p] + rules.served * public - platforms.members[p]
        users = (1.0 - rules.churn) * platforms.users[p] + arriving
        platforms.users[p] = max(0.0, min(users, limit))
        w.firms.spending[owner] += rules.running + rules.upkeep * platforms.users[p]


@inside
def close(w: World, p: int) -> None:
    """Take a platform out of service; who took part notices in ``settle``."""
    platforms = w.platforms
    platforms.owner[p] = NOBODY
    platforms.users[p], platforms.pooled[p] = 0.0, 0.0
    platforms.services[p], platforms.members[p] = 0.0, 0


@inside
def pays(w: World, p: int) -> bool:
    """Say whether a platform brings its owner more than it costs, in the owner's objective."""
    firms, rules, owner = w.firms, w.rules.platform, w.platforms.owner[p]
    cost = rules.running + rules.upkeep * w.platforms.users[p] - firms.fees_received[owner]
    return stay_gain(w, owner, p) > objective(firms.logic[owner], cost, 0.0, w.rules.worth)


@inside
def density(w: World, p: int, k: int) -> float:
    """Return the share of the industries that a platform serves which trade with industry k."""
    served, near = 0, 0
    for other in range(w.industries.size - 1):
        if not w.platforms.offers[p, other]:
            continue
        served += 1
        trades = False
        for n in range(BOUGHT):
            buys, sells = w.industries.buys[other, n] == k, w.industries.buys[k, n] == other
            trades = trades or buys or sells
        near += trades
    return near / served if served > 0 else 0.0


@inside
def extend(w: World, period: int, p: int) -> None:
    """Invest in capacity and in functions for further industries, and adjust admission."""
    platforms, rules, firms = w.platforms, w.rules.platform, w.firms
    owner, serial = platforms.owner[p], platforms.serial[p]
    draws = address(w.seed, period, GOVERN)
    load = platforms.users[p] + platforms.members[p]
    if load > 0.8 * platforms.infrastructure[p]:
        more = 0.25 * platforms.infrastructure[p] + 1.0
        if affordable(firms, owner, more / rules.served):
            firms.spending[owner] += more / rules.served
            platforms.infrastructure[p] += more
    if not w.switches.functions or uniform(draws, serial, 0) >= rules.function_chance:
        return
    k = below(draws, serial, 1, w.industries.size - 1)
    near = not w.switches.relatedness or uniform(draws, serial, 3) < density(w, p, k)
    if near and not w.platforms.offers[p, k] and affordable(firms, owner, rules.function_cost):
        firms.spending[owner] += rules.function_cost
        w.platforms.offers[p, k] = 1
        platforms.modularity[p] = min(0.9, platforms.modularity[p] + 0.05)


@inside
def launch(w: World, period: int, i: int) -> None:
    """Open the platform that firm i decided on, if the world has room for one more."""
    platforms, relations = w.platforms, w.relations
    if not affordable(w.firms, i, w.rules.platform.open_cost):
        return
    for p in range(PLATFORMS):
        if platforms.owner[p] != NOBODY or w.platforms.start[p + 1] > w.platforms.start[p]:
            continue
        platforms.owner[p] = i
        platforms.serial[p] = w.tally[NEXT_PLATFORM]
        w.tally[NEXT_PLATFORM] += 1
        platforms.since[p] = period
        platforms.openness[p] = relations.opening[i]
        platforms.modularity[p] = 0.5 * relations.opening[i]
        platforms.fee[p] = w.rules.platform.fee
        platforms.admission[p] = 0.05
        platforms.infrastructure[p] = w.rules.platform.served
        platforms.users[p], platforms.pooled[p] = 1.0, 0.0
        w.platforms.offers[p, :] = 0
        w.platforms.offers[p, w.firms.industry[i]] = 1
        for n in range(BOUGHT):
            w.platforms.offers[p, w.industries.buys[w.firms.industry[i], n]] = 1
        w.firms.spending[i] += w.rules.platform.open_cost
        h = 1 if relations.home[i, 0] != NOBODY else 0
        relations.home[i, h], relations.home_since[i, h] = p, period
        return


@inside
def govern(w: World, period: int) -> None:
    """Run every platform for a period, then open those that were decided on."""
    firms, platforms = w.firms, w.platforms
    for p in range(PLATFORMS):
        owner = platforms.owner[p]
        if owner == NOBODY:
            continue
        draws = address(w.seed, period, GOVERN)
        asks = period >= platforms.since[p] + TRIAL
        asks = asks and uniform(draws, platforms.serial[p], 2) < w.rules.platform.close_chance
        if not firms.alive[owner] or firms.cash[owner] < 0.0 or (asks and not pays(w, p)):
            close(w, p)
    move_users(w, period)
    for p in range(PLATFORMS):
        if platforms.owner[p] != NOBODY:
            extend(w, period, p)
    for r in range(w.tally[LIVING]):
        i = w.lists.roster[r]
        if w.relations.opening[i] > 0.0 and firms.alive[i]:
            launch(w, period, i)


@inside
def rehome(w: World, period: int, i: int) -> None:
    """Leave closed platforms, and join or leave as decided."""
    relations, platforms = w.relations, w.platforms
    for h in range(HOMES):
        p = relations.home[i, h]
        if p != NOBODY and platforms.owner[p] == NOBODY:
            relations.home[i, h] = NOBODY
    h = relations.leaving[i]
    p = NOBODY if h == NOBODY else relations.home[i, h]
    if p != NOBODY and platforms.owner[p] != i:
        relations.home[i, h] = NOBODY
    p = relations.joining[i]
    if p == NOBODY or platforms.owner[p] == NOBODY:
        return
    for h in range(HOMES):
        if relations.home[i, h] == NOBODY:
            relations.home[i, h], relations.home_since[i, h] = p, period
            return
