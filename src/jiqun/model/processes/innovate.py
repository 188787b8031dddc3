r"""Innovate 创新: a firm tries the mode that has earned it most, and keeps a technique that yields more.

A firm that does research in a period picks mode m with probability

.. math::  \frac{e^{βa_m/F} + ε}{\sum_n (e^{βa_n/F} + ε)}, \qquad
           a_m' = (1-φ)a_m + φ\,H\,U(\Delta π, \Delta D)

where the attraction a is what the mode brought in the firm's own objective. The same result is open
to all:

- *efficiency*: A moves towards the digital frontier, :math:`A' = A + θ(A_0(1+ζc) - A)`;
- *convergence*: with a partner of another industry at cognitive distance u it succeeds with
  probability :math:`p\,4u(1-u)\,(\tfrac12 + \tfrac12\tilde D/(1+\tilde D))`, brings something new,
  :math:`x = n\,c\tilde D/(1+\tilde D)`, and part of the partner's data;
- *digital value*: takes an alliance, see ``ally``; each member gets its part x of what is new.

What is new is used in the way that the firm values more: in its goods,
:math:`q' = q + s_q x/\sqrt F` (worth :math:`m R η s_q x/(q\sqrt F)`: a large firm has more goods to renew), or as services, :math:`v' = v + x`, which sell at what users and scenarios pay
for a unit and leave data of the users whom they reach. Goods are improved where much is sold of them;
services where there are users, or where data are wanted before money comes.

Research also tries a technique (δ, ρ) near the present one and keeps it if output rises: δ and ρ
move with what they earn.

References
----------
Camerer, C. & Ho, T. H. (1999). Experience-weighted attraction learning in normal form games.
Econometrica 67(4), 827-874. doi:10.1111/1468-0262.00054
Nooteboom, B. et al. (2007). Optimal cognitive distance and absorptive capacity. Research Policy
36(7), 1016-1034. doi:10.1016/j.respol.2007.04.003

Paper: M0-M3 (modes), U1-U3 (upgrading), K4c, K4d (the factor relation), K4f (prediction), N2c.
"""

import math
from typing import NamedTuple

import numpy as np

from jiqun.model.bounds import NonNegative, Positive, Share
from jiqun.model.compiled import inside
from jiqun.model.laws import affordable, cognitive_distance, log_output, objective, strength
from jiqun.model.processes.accumulate_data import reach_of_services
from jiqun.model.processes.market import open_scenarios
from jiqun.model.processes.produce import detour
from jiqun.model.state import ALL_SERVICE, CANDIDATES, LINKS, MODES, NOBODY, SUPPLIERS
from jiqun.model.world import INNOVATE, World
from jiqun.numerics.addressed import address, below, normal, uniform

EFFICIENCY, CONVERGENCE, DIGITAL_VALUE = range(MODES)
GOODS, SERVICES = range(2)


class Innovating(NamedTuple):
    """Parameters.

    Attributes
    ----------
    chance
        Probability that a firm does research in a period.
    cost
        Cost of research, money per 100 persons.
    choice
        β, how sharply a firm prefers what earned more.
    curiosity
        ε, weight of trying anything.
    memory
        φ, weight of the newest result.
    horizon
        H, periods that a gain is expected to last.
    margin
        Share of sales that an improvement is expected to leave.
    efficiency
        θ, share of the gap to the frontier closed by an efficiency innovation.
    frontier
        ζ, how far digital capability lifts the frontier of efficiency.
    frontier_level
        A₀, the frontier without digital capability.
    convergence
        p, probability of success at the best cognitive distance.
    novelty
        n, what a convergence innovation brings at full digital capability and with strong data.
    quality
        s_q, quality that the goods of 100 persons gain per unit of what is new.
    learning
        Data taken over from a partner, per unit of the strength of its data.
    service_decay
        Share of services that becomes outdated in a period.
    technique
        Standard deviation of a trial of δ and ρ (ρ: four times).
    """

    chance: Share = 0.3
    cost: NonNegative = 0.05
    choice: NonNegative = 4.0
    curiosity: NonNegative = 0.1
    memory: Share = 0.2
    horizon: Positive = 8.0
    margin: Share = 0.25
    efficiency: Share = 0.15
    frontier: NonNegative = 1.0
    frontier_level: Positive = 1.0
    convergence: Share = 0.5
    novelty: NonNegative = 0.5
    quality: NonNegative = 0.4
    learning: NonNegative = 0.3
    service_decay: Share = 0.04
    technique: NonNegative = 0.06


@inside
def chosen_mode(w: World, i: int, luck: float) -> int:
    """Pick a mode by what each has earned; a mode that is switched off has no weight."""
    total = 0.0
    for m in range(MODES):
        total += weight(w, i, m)
    level = luck * total
    for m in range(MODES - 1):
        level -= weight(w, i, m)
        if level < 0.0:
            return m
    return DIGITAL_VALUE


@inside
def weight(w: World, i: int, m: int) -> float:
    """Return the weight of a mode in a firm's choice."""
    if not w.switches.modes[m]:
        return 0.0
    rules = w.rules.innovate
    scaled = rules.choice * w.firms.attraction[i, m] / w.firms.factors[i]
    return math.exp(min(20.0, max(-20.0, scaled))) + rules.curiosity


@inside
def learn(w: World, i: int, mode: int, money: float, data: float) -> None:
    """Let the attraction of a mode follow what it brought in the firm's objective."""
    rules = w.rules.innovate
    gain = rules.horizon * objective(w.firms.logic[i], money, data, w.rules.worth)
    old = w.firms.attraction[i, mode]
    w.firms.attraction[i, mode] = (1.0 - rules.memory) * old + rules.memory * gain


@inside
def improve(w: World, i: int) -> None:
    """Make an efficiency innovation: towards the frontier that digital capability allows."""
    firms, rules = w.firms, w.rules.innovate
    frontier = rules.frontier_level * (1.0 + rules.frontier * firms.digital[i])
    step = rules.efficiency * max(0.0, frontier - firms.efficiency[i])
    saved = rules.margin * firms.revenue[i] * step / firms.efficiency[i]
    learn(w, i, EFFICIENCY, saved, 0.0)
    if step > 0.01 * firms.efficiency[i]:
        firms.efficiency[i] += step
        firms.mode[i] = EFFICIENCY
        if firms.innovated[i] != NOBODY:
            firms.parent[i], firms.parent_time[i] = firms.key[i], firms.innovated[i]


@inside
def renewal(w: World, i: int, novelty: float) -> float:
    """Return the quality that a firm's goods gain by something new."""
    return float(w.rules.innovate.quality * novelty / math.sqrt(w.firms.factors[i]))


@inside
def best_use(w: World, period: int, i: int, novelty: float) -> tuple[float, float, int]:
    """Return what something new brings per period in its best use, money and data, and that use."""
    firms, rules = w.firms, w.rules.innovate
    trade, logic, worth = w.rules.market, firms.logic[i], w.rules.worth
    sold, reached = trade.spending_per_user, reach_of_services(w, i)
    price = sold * reached + open_scenarios(w, period) / (
        w.total[ALL_SERVICE] + trade.outside_service
    )
    money = (1.0 - trade.support) * price * novelty
    data = w.rules.accumulate_data.user_data * firms.digital[i] * reached * novelty
    better = renewal(w, i, novelty) / firms.quality[i]
    goods = rules.margin * firms.revenue[i] * w.rules.produce.quality_power * better
    if objective(logic, money, data, worth) > objective(logic, goods, 0.0, worth):
        return money, data, SERVICES
    return goods, 0.0, GOODS


@inside
def put_to_use(w: World, i: int, novelty: float, use: int) -> None:
    """Offer what is new as a service, or build it into the goods."""
    if use == SERVICES:
        w.firms.service[i] += novelty
    else:
        w.firms.quality[i] += renewal(w, i, novelty)


@inside
def partner(w: World, i: int, start: int) -> int:
    """Return the first known firm of another industry, beginning at a drawn place, or nobody."""
    places = CANDIDATES + SUPPLIERS + LINKS
    for n in range(places):
        at = (start + n) % places
        if at < CANDIDATES:
            j = w.relations.candidate[i, at]
        elif at < CANDIDATES + SUPPLIERS:
            j = w.relations.supplier[i, at - CANDIDATES]
        else:
            j = w.relations.link[i, at - CANDIDATES - SUPPLIERS]
        if j != NOBODY and w.firms.industry[j] != w.firms.industry[i]:
            return int(j)
    return NOBODY


@inside
def converge(w: World, period: int, i: int, draws: np.uint64, key: int) -> None:
    """Make a convergence innovation with a firm of another industry, if one is known."""
    firms, rules = w.firms, w.rules.innovate
    j = partner(w, i, below(draws, key, 2, CANDIDATES + SUPPLIERS + LINKS))
    if j == NOBODY:
        learn(w, i, CONVERGENCE, -rules.cost * firms.factors[i] / rules.horizon, 0.0)
        return
    u = cognitive_distance(firms.capability, i, j)
    insight = 0.5 + 0.5 * strength(firms.reachable[i])
    if uniform(draws, key, 3) >= rules.convergence * 4.0 * u * (1.0 - u) * insight:
        learn(w, i, CONVERGENCE, -rules.cost * firms.factors[i] / rules.horizon, 0.0)
        return
    known = rules.learning * strength(firms.stock[j]) * firms.digital[i] * firms.digital[j]
    novelty = rules.novelty * firms.digital[i] * strength(firms.reachable[i])
    money, data, use = best_use(w, period, i, novelty)
    learn(w, i, CONVERGENCE, money, data + known / rules.horizon)
    put_to_use(w, i, novelty, use)
    firms.joint_data[i] += known
    firms.mode[i] = CONVERGENCE
    if w.switches.wakes and firms.innovated[j] != NOBODY:
        firms.parent[i], firms.parent_time[i] = firms.key[j], firms.innovated[j]


@inside
def try_technique(w: World, i: int, draws: np.uint64, key: int) -> None:
    """Keep a technique near the present one if it yields more from what the firm has."""
    firms, rules, known = w.firms, w.rules.innovate, w.rules.produce
    share, exponent = firms.share[i], firms.exponent[i]
    factors, data = firms.factors[i], firms.reachable[i] + 1e-6
    a = min(0.9, max(0.01, share + rules.technique * normal(draws, key, 4)))
    b = min(0.9, max(-4.0, exponent + 4.0 * rules.technique * normal(draws, key, 16)))
    now = log_output(share, exponent, factors, data) - detour(known, share, exponent)
    then = log_output(a, b, factors, data) - detour(known, a, b)
    if then > now:
        firms.share[i], firms.exponent[i] = a, b


@inside
def innovate(w: World, period: int, first: int, last: int) -> None:
    """Let firms do research; what takes an alliance is left to ``ally``."""
    firms, rules = w.firms, w.rules.innovate
    draws = address(w.seed, period, INNOVATE)
    for r in range(first, last):
        i = w.lists.roster[r]
        key = firms.key[i]
        firms.service[i] *= 1.0 - rules.service_decay
        cost = rules.cost * firms.factors[i]
        if w.alliances.headcount[i] > 0 or not affordable(firms, i, cost):
            continue
        if uniform(draws, key, 0) >= rules.chance:
            continue
        firms.spending[i] += cost
        firms.research[i] += cost
        if w.switches.technique:
            try_technique(w, i, draws, key)
        mode = chosen_mode(w, i, uniform(draws, key, 1))
        if mode == EFFICIENCY:
            improve(w, i)
        elif mode == CONVERGENCE:
            converge(w, period, i, draws, key)
        else:
            firms.mode[i] = DIGITAL_VALUE
