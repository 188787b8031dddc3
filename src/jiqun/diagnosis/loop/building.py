r"""Building 校准: what simulated clusters show of each type and stage, on worlds that are never scored.

How probable each state of an aspect is in clusters of a type is found by expectation and maximisation from
the support of the states in each world, with a little of every state added, so that none is impossible. A
share that was seen in one sixth might as well have been seen in the next, as worlds are few and of few
makes; so sixths are smoothed after each step.

Aspects of one cluster depend on each other, so their log Bayes factors must not be added in full. The
weights are those under which the posterior gives the truth the highest mean log probability,

.. math::  \max_{0.05 \le w \le 1} \sum_i \log P_w(t_i \mid data_i) - \kappa \sum_a (w_a - w_0)^2

with a pull towards one common weight, so that an aspect that simulated clusters say little about keeps a
part of its weight.

Paper: T1

References
----------
Dempster, A. P., Laird, N. M. & Rubin, D. B. (1977). Maximum likelihood from incomplete data via the EM
algorithm. Journal of the Royal Statistical Society B 39(1), 1-38. doi:10.1111/j.2517-6161.1977.tb01600.x
Silverman, B. W., Jones, M. C., Wilson, J. D. & Nychka, D. W. (1990). A smoothed EM approach to indirect
estimation problems. Journal of the Royal Statistical Society B 52(2), 271-303.
doi:10.1111/j.2517-6161.1990.tb01788.x
Grünwald, P. & van Ommen, T. (2017). Inconsistency of Bayesian inference for misspecified linear models,
and a proposal for repairing it. Bayesian Analysis 12(4), 1069-1103. doi:10.1214/17-BA1085 (tempering)
"""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from jiqun.diagnosis.card import Card
from jiqun.diagnosis.ledger import TYPES, log_bayes_factors
from jiqun.diagnosis.lines_file import Line
from jiqun.diagnosis.reading import SIXTHS

Floats = NDArray[np.float64]
LEAST, MOST = 0.05, 1.0
PULL = 4.0
ADDED = 1.0
"""Worlds' worth of even states added to what is seen of a type."""
ROUNDS = 200
LEAST_WORLDS = 5
NEXT = 0.1
"""Share of a sixth that is given to each of its neighbours."""


def seen_states(lines: Sequence[Line], card: Card) -> dict[str, dict[str, list[float]]]:
    """Return aspect → type → probability of each state, from full records; few worlds are left out."""
    support: dict[str, dict[str, list[list[float]]]] = {name: {} for name in card.aspects}
    for line in lines:
        for r in line["gathered"]["full"]["readings"]:
            if r["status"] == "measured" and line["truth"]["type"] in TYPES:
                row = [r["support"][s] for s in card.aspects[r["aspect"]].expected]
                support[r["aspect"]].setdefault(line["truth"]["type"], []).append(row)
    return {
        name: {
            t: mixture(np.array(by[t]), _smoothing(card.aspects[name].expected))
            for t in TYPES
            if len(by.get(t, ())) >= LEAST_WORLDS
        }
        for name, by in support.items()
    }


def _smoothing(states: Collection[str]) -> Floats:
    """Return which share of each state goes to which: sixths give to their neighbours, others keep all."""
    every = np.eye(len(states))
    given = np.diff(every, axis=0) if tuple(states) == SIXTHS else every[:0]
    return np.asarray(every - NEXT * given.T @ given)


def mixture(support: Floats, smoothing: Floats) -> list[float]:
    """Return how probable each state is, given the support of the states in each world, shape (n, k).

    Examples
    --------
    >>> import numpy as np
    >>> [round(p, 2) for p in mixture(np.array([[1.0, 0.0]] * 3), np.eye(2))]
    [0.88, 0.12]
    """
    k = support.shape[1]
    p = np.full(k, 1.0 / k)
    for _ in range(ROUNDS):
        share = support * p
        counts = (share / share.sum(axis=1, keepdims=True)).sum(axis=0) + ADDED / k
        p = smoothing @ (counts / counts.sum())
    return [float(v) for v in p]


def weights(lines: Sequence[Line], card: Card) -> dict[str, float]:
    """Estimate the weight of each aspect.

    Parameters
    ----------
    lines
        Worlds for building.
    card
        Whose expected states are used; its weights are not.

    Returns
    -------
    dict
        ``element.aspect`` → weight; an aspect that was never measured takes the common one.
    """
    factors, truths = _design(lines, card)
    names = list(card.aspects)
    known = [k for k in range(len(names)) if np.abs(factors[:, k]).sum() > 0.0]
    prior = np.log([card.prior[t] for t in TYPES])
    x = factors[:, known]

    def loss(w: Floats) -> float:
        log = prior + np.einsum("ikt,k->it", x, w[:-1])
        log = log - np.logaddexp.reduce(log, axis=1, keepdims=True)
        return float(PULL * ((w[:-1] - w[-1]) ** 2).sum() - log[np.arange(len(log)), truths].sum())

    most = [min(card.aspects[names[k]].most, MOST) for k in known]
    bounds = [(LEAST, m) for m in (*most, MOST)]
    start = np.array([min(0.5, b[1]) for b in bounds])
    found = optimize.minimize(loss, start, bounds=bounds, method="L-BFGS-B").x
    told = {name: min(float(found[-1]), card.aspects[name].most) for name in names}
    return told | {names[k]: float(w) for k, w in zip(known, found, strict=False)}


def _design(lines: Sequence[Line], card: Card) -> tuple[Floats, NDArray[np.int64]]:
    """Return untempered log Bayes factors, shape (worlds, aspects, types), and true types."""
    factors, truths = [], []
    for line in lines:
        if line["truth"]["type"] not in TYPES:
            continue
        for gathered in line["gathered"].values():
            by_aspect = {r["aspect"]: r for r in gathered["readings"]}
            rows = np.zeros((len(card.aspects), len(TYPES)))
            for k, (name, aspect) in enumerate(card.aspects.items()):
                reading = by_aspect.get(name)
                if reading is not None and reading["status"] == "measured":
                    found = log_bayes_factors(reading["support"], aspect.expected, 1.0)
                    rows[k] = [found[t] for t in TYPES]
            factors.append(rows)
            truths.append(TYPES.index(line["truth"]["type"]))
    return np.array(factors), np.array(truths)
