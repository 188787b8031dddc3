r"""Ties 双边关系: supply ties form by need, sight and gain, and end less and less the older they are.

A firm i that lacks a supplier and sees a firm j of an industry that it buys from opens a tie with
probability :math:`1 - e^{-r\,\max(0, U)/F}`, where

.. math::  U = U_i\!\left(R_i\left[\tfrac{τ}{4} - κ\,φ_j\,\tfrac{d_{ij}}{100}\right],\;
               g\sqrt{c_ic_j}\,\tfrac{D_j}{1+D_j}\right)

is the gain in its own objective: what the input adds to output less its freight (φ: physicality of
the good), and what the supplier's data bring. A tie of age a ends with probability
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
from jiqun.model.compiled import compiled
from jiqun.model.laws import distance, objective, strength
from jiqun.model.state import BOUGHT, CANDIDATES, LINKS, NOBODY, SUPPLIERS
from jiqun.model.world import TIE, World
from jiqun.numerics.addressed import address, uniform


class Tying(NamedTuple):
    """Parameters.

    Attributes
    ----------
    rate
        r, ties per period and unit of gain per 100 persons.
    data_gain
        g, data that a supply tie is expected to bring from a strong partner.
    ending
        h, probability that a new tie ends in a period.
    habit
        a₀, age at which that probability has halved, periods.
    """

    rate: NonNegative = 10.0
    data_gain: NonNegative = 0.3
    ending: Share = 0.05
    habit: Positive = 12.0


@compiled
def buys_from(w: World, i: int, j: int) -> bool:
    """Say whether firm i needs what firm j makes."""
    wanted = w.industries.buys[w.firms.industry[i]]
    for n in range(BOUGHT):
        if wanted[n] == w.firms.industry[j]:
            return True
    return False


@compiled
def supplies(w: World, i: int, j: int) -> bool:
    """Say whether firm j is a supplier of firm i already."""
    for s in range(SUPPLIERS):
        if w.relations.supplier[i, s] == j:
            return True
    return False


@compiled
def supply_gain(w: World, i: int, j: int) -> float:
    """Return what firm i gains in its own objective from j as a supplier."""
    firms, rules = w.firms, w.rules.produce
    km = distance(firms.x[i], firms.y[i], firms.x[j], firms.y[j])
    freight = rules.freight * w.industries.physicality[firms.industry[j]] * km / 100.0
    money = firms.revenue[i] * (rules.chain / SUPPLIERS - freight / SUPPLIERS)
    joint = math.sqrt(firms.digital[i] * firms.digital[j])
    data = w.rules.tie.data_gain * joint * strength(firms.stock[j])
    return objective(firms.logic[i], money, data, w.rules.worth)


@compiled
def tie(w: World, period: int, first: int, last: int) -> None:
    """End supply ties and open new ones."""
    firms, relations, rules = w.firms, w.relations, w.rules.tie
    draws = address(w.seed, period, TIE)
    for r in range(first, last):
        i = w.lists.roster[r]
        key = firms.key[i]
        for s in range(SUPPLIERS):
            luck = uniform(draws, key, s)
            if relations.supplier[i, s] != NOBODY:
                age = period - relations.supplier_since[i, s]
                if luck < rules.ending / (1.0 + age / rules.habit):
                    relations.supplier[i, s] = NOBODY
                continue
            j = NOBODY
            if s < LINKS:
                j = relations.link[i, s]
            if j == NOBODY or not buys_from(w, i, j) or supplies(w, i, j):
                j = relations.candidate[i, CANDIDATES - 1 - s % CANDIDATES]
            if j == NOBODY or not buys_from(w, i, j) or supplies(w, i, j):
                continue
            gain = max(0.0, supply_gain(w, i, j)) / firms.factors[i]
            if luck < 1.0 - math.exp(-rules.rate * gain):
                relations.supplier[i, s] = j
                relations.supplier_since[i, s] = period
