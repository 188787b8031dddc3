"""Who is where 索引: lists by region, industry and platform, by counting sort in roster order.

No rule of the model; it lets every later process look up others instead of searching for them.
"""

from jiqun.model.compiled import inside
from jiqun.model.state import (
    ALL_SERVICE,
    HOMES,
    LIVING,
    NOBODY,
    PLATFORMS,
    SUPPLIERS,
    Ints,
    Longs,
)
from jiqun.model.world import World


@inside
def listed(roster: Ints, living: int, of: Ints, start: Longs, out: Ints) -> None:
    """List the living firms group by group; ``start`` gets where each group begins."""
    groups = start.size - 1
    start[:] = 0
    for r in range(living):
        start[of[roster[r]] + 1] += 1
    for g in range(groups):
        start[g + 1] += start[g]
    for r in range(living):
        i = roster[r]
        out[start[of[i]]] = i
        start[of[i]] += 1
    for g in range(groups, 0, -1):
        start[g] = start[g - 1]
    start[0] = 0


@inside
def index(w: World) -> None:
    """Rebuild the lists, who buys from whom, and what is on each platform."""
    firms, relations = w.firms, w.relations
    roster, living = w.lists.roster, w.tally[LIVING]
    listed(roster, living, firms.region, w.regions.start, w.lists.by_region)
    listed(roster, living, firms.industry, w.industries.start, w.lists.by_industry)
    for r in range(living):
        firms.followers[roster[r]] = 0
        relations.customer[roster[r]] = NOBODY
    for r in range(living):
        i = roster[r]
        for s in range(SUPPLIERS):
            j = relations.supplier[i, s]
            if j != NOBODY:
                firms.followers[j] += 1
                known = relations.customer[j]
                if known == NOBODY or firms.revenue[i] > firms.revenue[known]:
                    relations.customer[j] = i
    index_platforms(w)


@inside
def index_platforms(w: World) -> None:
    """List the participants of each platform and sum the services that they offer on it."""
    firms, platforms = w.firms, w.platforms
    start, living, out = w.platforms.start, w.tally[LIVING], w.lists.on_platform
    start[:] = 0
    platforms.services[:] = 0.0
    w.total[ALL_SERVICE] = 0.0
    for r in range(living):
        i = w.lists.roster[r]
        w.total[ALL_SERVICE] += firms.service[i]
        for h in range(HOMES):
            p = w.relations.home[i, h]
            if p != NOBODY:
                start[p + 1] += 1
                platforms.services[p] += firms.service[i]
    for p in range(PLATFORMS):
        platforms.members[p] = start[p + 1]
        start[p + 1] += start[p]
    for r in range(living):
        i = w.lists.roster[r]
        for h in range(HOMES):
            p = w.relations.home[i, h]
            if p != NOBODY:
                at = start[p]
                out[at // HOMES, at % HOMES] = i
                start[p] += 1
    for p in range(PLATFORMS, 0, -1):
        start[p] = start[p - 1]
    start[0] = 0
