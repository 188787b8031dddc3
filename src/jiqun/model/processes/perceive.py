r"""Perceive 感知: whom a firm sees in a period.

A firm looks at four others: one of its region, one along its relations, one on its platform, one of
an industry that it buys from. It sees a firm at distance d with probability

.. math::  e^{-d/\ell_i}, \qquad \ell_i = \ell_0\,(1 + \beta c_i + \beta_p\,o_i)

or surely, where both take part in one platform. What is digital stretches distance (c is digital
capability, o the openness of the platform joined); it adds no tie by itself.

References
----------
Sorenson, O. & Stuart, T. E. (2001). Syndication networks and the spatial distribution of venture
capital investments. American Journal of Sociology 106(6), 1546-1588. doi:10.1086/321301

Paper: E5, I1c, K2i (distance, proximity and what is digital).
"""

import math
from typing import NamedTuple

import numpy as np

from jiqun.model.bounds import NonNegative, Positive
from jiqun.model.compiled import compiled, inlined, inside
from jiqun.model.laws import distance, shared_platform
from jiqun.model.state import BOUGHT, HOMES, LINKS, NOBODY, SUPPLIERS, Firms
from jiqun.model.world import PERCEIVE, World
from jiqun.numerics.addressed import address, below, uniform

RELATED = SUPPLIERS + LINKS + 1
"""Places of a firm's relations: suppliers, data partners, its main customer."""
SEARCHES = 3
"""Firms of needed industries that a firm looks at in a period."""


class Perceiving(NamedTuple):
    """Parameters.

    Attributes
    ----------
    reach
        ℓ₀, distance at which the attention of an analogue firm falls to 1/e, km.
    stretch
        β, growth of the reach per unit of digital capability.
    platform_stretch
        β_p, growth of the reach on a fully open platform.
    """

    reach: Positive = 40.0
    stretch: NonNegative = 2.0
    platform_stretch: NonNegative = 2.0


@inside
def neighbour(w: World, i: int, which: int) -> int:
    """Return the firm in one of the places of a firm's relations, its main customer last."""
    if which < SUPPLIERS:
        return int(w.relations.supplier[i, which])
    if which < SUPPLIERS + LINKS:
        return int(w.relations.link[i, which - SUPPLIERS])
    return int(w.relations.customer[i])


@inside
def seen(w: World, i: int, j: int, reach: float, luck: float) -> bool:
    """Say whether firm i sees firm j."""
    if j == i or j == NOBODY:  # noqa: PLR1714, SIM109 (a compiled loop has no mixed tuple)
        return False
    if shared_platform(w.relations, i, j) != NOBODY:
        return True
    firms = w.firms
    d = distance(firms.x[i], firms.y[i], firms.x[j], firms.y[j])
    return luck < math.exp(-d / reach)


@inside
def begin(firms: Firms, i: int, period: int) -> None:
    """Close the books of the last period."""
    if firms.mode[i] != NOBODY:
        firms.innovated[i] = period - 1
    firms.mode[i] = NOBODY
    firms.parent[i] = NOBODY
    firms.parent_time[i] = NOBODY
    firms.data_spending[i] = 0.0
    firms.research[i] = 0.0
    firms.fees_received[i] = 0.0
    firms.transfer[i] = 0.0


@inside
def seen_supplier(w: World, i: int, reach: float, draws: np.uint64) -> int:
    """Return the first of some drawn firms of needed industries that firm i sees, or nobody."""
    k = w.firms.key[i]
    for n in range(SEARCHES):
        group = w.industries.buys[w.firms.industry[i], below(draws, k, 5 + 3 * n, BOUGHT)]
        start = w.industries.start[group]
        size = w.industries.start[group + 1] - start
        if size > 0:
            j = w.lists.by_industry[start + below(draws, k, 6 + 3 * n, size)]
            if seen(w, i, j, reach, uniform(draws, k, 7 + 3 * n)):
                return int(j)
    return NOBODY


@inlined
def meet(w: World, i: int, draws: np.uint64) -> None:
    """Put before a firm one of its region, one of its relations, and one on its platform."""
    relations, index, k = w.relations, w.lists, w.firms.key[i]
    group = w.firms.region[i]
    start = w.regions.start[group]
    size = w.regions.start[group + 1] - start
    relations.candidate[i, 0] = index.by_region[start + below(draws, k, 0, size)]

    relations.candidate[i, 1] = neighbour(w, i, below(draws, k, 2, RELATED))

    relations.candidate[i, 2] = NOBODY
    home = relations.home[i, 0]
    if home != NOBODY:
        start = w.platforms.start[home]
        at = start + below(draws, k, 4, w.platforms.start[home + 1] - start)
        j = index.on_platform[at // HOMES, at % HOMES]
        relations.candidate[i, 2] = NOBODY if j == i else j


@inlined
def look(w: World, i: int, draws: np.uint64) -> None:
    """Keep whom a firm sees, go on from its relation to one of theirs, and look for a supplier."""
    relations, rules, k = w.relations, w.rules.perceive, w.firms.key[i]
    home = relations.home[i, 0]
    open_share = 0.0 if home == NOBODY else w.platforms.openness[home]
    reach = rules.reach * (
        1.0 + rules.stretch * w.firms.digital[i] + rules.platform_stretch * open_share
    )
    j = relations.candidate[i, 0]
    relations.candidate[i, 0] = j if seen(w, i, j, reach, uniform(draws, k, 1)) else NOBODY

    j = relations.candidate[i, 1]
    if j != NOBODY:
        j = neighbour(w, j, below(draws, k, 3, RELATED))
    relations.candidate[i, 1] = NOBODY if j == i else j

    relations.candidate[i, 3] = seen_supplier(w, i, reach, draws)


@compiled
def perceive(w: World, period: int, first: int, last: int) -> None:
    """Fill the candidates of the firms at these places of the roster.

    All meet before any looks, so that the processor waits for many partners at once.
    """
    draws = address(w.seed, period, PERCEIVE)
    for r in range(first, last):
        begin(w.firms, w.lists.roster[r], period)
        meet(w, w.lists.roster[r], draws)
    for r in range(first, last):
        look(w, w.lists.roster[r], draws)
