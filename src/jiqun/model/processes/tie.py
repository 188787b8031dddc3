r"""Ties 双边关系: supply ties form by need, sight and gain, and end less and less the older they are.

A firm i that lacks a supplier looks at its data partners and at those that it sees, as far as they
make what it buys, and opens a tie with the one of highest gain U, with probability
:math:`1 - e^{-r\,\max(0, U)/F}`, where

.. math::  U = U_i\!\left(\tfrac{R_i}{4}\left[τ - κ\,φ_j\,\tfrac{d_{ij}}{100}\right],\; 0\right)

is the gain in its own objective: what the input adds to output less its freight (φ: physicality of
the good). A supply tie carries goods; data run on links (``mirror``), and with a partner in data,
capacity is shared from the start (τ_v, see ``produce``). A tie of age a ends with probability
:math:`h/(1 + a/a_0)`.

References
----------
Sorenson, O., Rivkin, J. W. & Fleming, L. (2006). Complexity, networks and knowledge flow. Research
Policy 35(7), 994-1017. doi:10.1016/j.respol.2006.05.002

Paper: K3a, K3f (chain transactions, bilateral), I1e, I2g (vertical supply), T5 (physicality).
"""

import math
from typing import NamedTuple

from jiqun.model.bounds import NonNegative, Positive, Share
from jiqun.model.compiled import inside
from jiqun.model.laws import distance, objective
from jiqun.model.processes.mirror import linked
from jiqun.model.state import BOUGHT, CANDIDATES, LINKS, NOBODY, SUPPLIERS
from jiqun.model.world import TIE, World
from jiqun.numerics.addressed import address, uniform


class Tying(NamedTuple):
    """Parameters.

    Attributes
    ----------
    rate
        r, ties per period and unit of gain per 100 persons.
    ending
        h, probability that a new tie ends in a period.
    habit
        a₀, age at which that probability has halved, periods.
    """

    rate: NonNegative = 10.0
    ending: Share = 0.04
    habit: Positive = 80.0


@inside
def buys_from(w: World, i: int, j: int) -> bool:
    """Say whether firm i needs what firm j makes."""
    wanted = w.industries.buys[w.firms.industry[i]]
    for n in range(BOUGHT):
        if wanted[n] == w.firms.industry[j]:
            return True
    return False


@inside
def supplies(w: World, i: int, j: int) -> bool:
    """Say whether firm j is a supplier of firm i already."""
    for s in range(SUPPLIERS):
        if w.relations.supplier[i, s] == j:
            return True
    return False


@inside
def supply_gain(w: World, i: int, j: int) -> float:
    """Return what firm i gains in its own objective from j as a supplier."""
    firms, rules = w.firms, w.rules.produce
    km = distance(firms.x[i], firms.y[i], firms.x[j], firms.y[j])
    freight = rules.freight * w.industries.physicality[firms.industry[j]] * km / 100.0
    money = firms.revenue[i] * (rules.chain / SUPPLIERS - freight / SUPPLIERS)
    if w.switches.mirror and linked(w, i, j):
        joint = math.sqrt(firms.digital[i] * firms.digital[j])
        money += firms.revenue[i] * rules.twin / SUPPLIERS * joint
    return objective(firms.logic[i], money, 0.0, w.rules.worth)


@inside
def best_supplier(w: World, i: int) -> tuple[int, float]:
    """Return the known firm that would gain firm i most as a further supplier, and the gain."""
    best, most = NOBODY, 0.0
    for n in range(LINKS + CANDIDATES):
        j = w.relations.link[i, n] if n < LINKS else w.relations.candidate[i, n - LINKS]
        if j == NOBODY or not buys_from(w, i, j) or supplies(w, i, j):
            continue
        gain = supply_gain(w, i, j)
        if gain > most:
            best, most = int(j), gain
    return best, most


@inside
def tie(w: World, period: int, first: int, last: int) -> None:
    """End supply ties and open new ones."""
    firms, relations, rules = w.firms, w.relations, w.rules.tie
    draws = address(w.seed, period, TIE)
    for r in range(first, last):
        i = w.lists.roster[r]
        key = firms.key[i]
        free = NOBODY
        for s in range(SUPPLIERS):
            if relations.supplier[i, s] == NOBODY:
                free = s
                continue
            age = period - relations.supplier_since[i, s]
            if uniform(draws, key, s) < rules.ending / (1.0 + age / rules.habit):
                relations.supplier[i, s] = NOBODY
        if free == NOBODY:
            continue
        j, gain = best_supplier(w, i)
        if uniform(draws, key, SUPPLIERS) < 1.0 - math.exp(-rules.rate * gain / firms.factors[i]):
            relations.supplier[i, free] = j
            relations.supplier_since[i, free] = period
