r"""Building 校准: what simulated clusters show of each type and stage, on worlds that are never scored.

How probable each state of an aspect is in clusters of a type is found by expectation and maximisation from
the support of the states in each world, with a little of every state added, so that none is impossible.

Aspects of one cluster depend on each other, so their log Bayes factors must not be added in full. The
weights are those under which the posterior gives the truth the highest mean log probability,

.. math::  \max_{0.05 \le w \le 1} \sum_i \log P_w(t_i \mid data_i) - \kappa \sum_a (w_a - w_0)^2

with a pull towards one common weight, so that an aspect that simulated clusters say little about keeps a
part of its weight. The stage's temper is that under which 80 % sets hold the true stage of the last window
in 80 % of worlds.

Paper: T1, S1-S18

References
----------
Dempster, A. P., Laird, N. M. & Rubin, D. B. (1977). Maximum likelihood from incomplete data via the EM
algorithm. Journal of the Royal Statistical Society B 39(1), 1-38. doi:10.1111/j.2517-6161.1977.tb01600.x
Grünwald, P. & van Ommen, T. (2017). Inconsistency of Bayesian inference for misspecified linear models,
and a proposal for repairing it. Bayesian Analysis 12(4), 1069-1103. doi:10.1214/17-BA1085 (tempering)
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import optimize

from jiqun.diagnosis.card import STATES, Card, StageCard
from jiqun.diagnosis.ledger import TYPES, log_bayes_factors
from jiqun.diagnosis.lines_file import Line
from jiqun.diagnosis.loop.conclusions import gathered_of, true_windows
from jiqun.diagnosis.loop.scoring import exact_cover
from jiqun.diagnosis.stage.emissions import log_emissions, total
from jiqun.diagnosis.stage.path import stage_path
from jiqun.numerics.random import stream
from jiqun.vocabulary.text import Text

LEAST, MOST = 0.05, 1.0
PULL = 4.0
TEMPERS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
ADDED = 1.0
"""Worlds' worth of even states added to what is seen of a type."""
ROUNDS = 200
LEAST_WORLDS = 5
LEAST_WINDOWS = 5


def seen_states(lines: Sequence[Line], card: Card) -> dict[str, dict[str, list[float]]]:
    """Return aspect → type → probability of each state, from full records; few worlds are left out."""
    support: dict[str, dict[str, list[list[float]]]] = {name: {} for name in card.aspects}
    for line in lines:
        for r in line["gathered"]["full"]["readings"]:
            if r["status"] == "measured" and line["truth"]["type"] in TYPES:
                row = [r["support"][s] for s in card.aspects[r["aspect"]].expected]
                support[r["aspect"]].setdefault(line["truth"]["type"], []).append(row)
    return {
        name: {t: mixture(np.array(by[t])) for t in TYPES if len(by.get(t, ())) >= LEAST_WORLDS}
        for name, by in support.items()
    }


def mixture(support: np.ndarray) -> list[float]:
    """Return how probable each state is, given the support of the states in each world, shape (n, k).

    Examples
    --------
    >>> import numpy as np
    >>> [round(p, 2) for p in mixture(np.array([[1.0, 0.0]] * 3))]
    [0.88, 0.12]
    """
    k = support.shape[1]
    p = np.full(k, 1.0 / k)
    for _ in range(ROUNDS):
        share = support * p
        counts = (share / share.sum(axis=1, keepdims=True)).sum(axis=0) + ADDED / k
        p = counts / counts.sum()
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

    def loss(w: np.ndarray) -> float:
        log = prior + np.einsum("ikt,k->it", x, w[:-1])
        log = log - np.logaddexp.reduce(log, axis=1, keepdims=True)
        return float(PULL * ((w[:-1] - w[-1]) ** 2).sum() - log[np.arange(len(log)), truths].sum())

    most = [min(card.aspects[names[k]].most, MOST) for k in known]
    bounds = [(LEAST, m) for m in (*most, MOST)]
    start = np.array([min(0.5, b[1]) for b in bounds])
    found = optimize.minimize(loss, start, bounds=bounds, method="L-BFGS-B").x
    told = {name: min(float(found[-1]), card.aspects[name].most) for name in names}
    return told | {names[k]: float(w) for k, w in zip(known, found, strict=False)}


def _design(lines: Sequence[Line], card: Card) -> tuple[np.ndarray, np.ndarray]:
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


def covers(lines: Sequence[Line], card: Card) -> dict[float, list[float]]:
    """Return temper → how far the 80 % set of stages of the last window holds the truth, given the type.

    Worlds without windows are left out. The last window is the one that a verdict is about.
    """
    typed = [line for line in lines if line["truth"]["type"] in TYPES]
    found = {v: [_cover(each, replace(card.stages, temper=v)) for each in typed] for v in TEMPERS}
    return {value: [c for c in each if c is not None] for value, each in found.items()}


def _cover(line: Line, card: StageCard) -> float | None:
    seen = gathered_of(line["gathered"]["full"]).observations
    if isinstance(seen, Text):
        return None
    chance = stream(line["number"], "temper")
    emission = total(log_emissions(seen, card))
    path = stage_path(emission, {line["truth"]["type"]: 1.0}, card, seen.years, chance)
    last = {s: float(p) for s, p in zip(STATES, path.state[-1], strict=True)}
    return exact_cover(last, line["truth"]["stage"])


def marker_means(lines: Sequence[Line]) -> dict[str, dict[str, Any]]:
    """Return ``modes``, ``shares`` and ``indices`` → marker → mean in each stage, None where not seen.

    Of windows that lie in one true stage; the mix of modes is given stage by stage.
    """
    values: dict[str, dict[str, dict[str, list[Any]]]] = {"modes": {}, "shares": {}, "indices": {}}
    for line in lines:
        seen = line["gathered"]["full"]["windows"]
        for t, true in enumerate(true_windows(line, seen)):
            if seen is not None and len(true) == 1:
                for kind, name, value in _values(seen, t):
                    values[kind].setdefault(name, {}).setdefault(true[0], []).append(value)
    mixes = _means(values["modes"].get("modes", {}))
    return {
        "modes": {s: mix for s, mix in mixes.items() if mix is not None},
        **{k: {m: list(_means(by).values()) for m, by in values[k].items()} for k in KINDS},
    }


KINDS = ("shares", "indices")


def _means(by: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Return stage → mean over windows, None where there are few."""
    enough = {s: v for s, v in by.items() if len(v) >= LEAST_WINDOWS}
    return {s: np.mean(enough[s], axis=0).tolist() if s in enough else None for s in STATES}


def _values(seen: Mapping[str, Any], t: int) -> list[tuple[str, str, Any]]:
    """Return kind, name and value of each marker in one window: shares as shares, indices as they are."""
    found: list[tuple[str, str, Any]] = []
    modes = seen["modes"][t]
    if None not in modes and sum(modes) > 0:
        found.append(("modes", "modes", [m / sum(modes) for m in modes]))
    for name, rows in seen["shares"].items():
        if None not in rows[t] and rows[t][1] > 0:
            found.append(("shares", name, rows[t][0] / rows[t][1]))
    for name, rows in seen["indices"].items():
        if rows[t][0] is not None:
            found.append(("indices", name, rows[t][0]))
    return found
