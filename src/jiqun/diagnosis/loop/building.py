r"""Building 校准: how much of each log Bayes factor to count, estimated on worlds that are never scored.

Aspects of one cluster depend on each other, so their log Bayes factors must not be added in full. The
weights are those under which the posterior gives the truth the highest mean log probability,

.. math::  \max_{0.05 \le w \le 1} \sum_i \log P_w(t_i \mid data_i) - \kappa \sum_a (w_a - w_0)^2

with a pull towards one common weight, so that an aspect that simulated clusters say little about keeps a
part of its weight. The stage's temper is chosen in the same way.

Paper: T1

References
----------
Grünwald, P. & van Ommen, T. (2017). Inconsistency of Bayesian inference for misspecified linear models,
and a proposal for repairing it. Bayesian Analysis 12(4), 1069-1103. doi:10.1214/17-BA1085 (tempering)
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy import optimize

from jiqun.diagnosis.card import STATES, Card
from jiqun.diagnosis.ledger import TYPES, log_bayes_factors
from jiqun.diagnosis.lines_file import Line
from jiqun.diagnosis.loop.conclusions import gathered_of, true_windows
from jiqun.diagnosis.stage.emissions import log_emissions, total
from jiqun.diagnosis.stage.path import stage_path
from jiqun.numerics.random import stream
from jiqun.vocabulary.text import Text

LEAST, MOST = 0.05, 1.0
PULL = 4.0
TEMPERS = (0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
BUILT_ON = ("full", "half")


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
        ``element.aspect`` → weight; an aspect that was never measured keeps its own.
    """
    factors, truths = _design(lines, card)
    known = [k for k, name in enumerate(card.aspects) if np.abs(factors[:, k]).sum() > 0.0]
    prior = np.log([card.prior[t] for t in TYPES])
    x = factors[:, known]

    def loss(w: np.ndarray) -> float:
        log = prior + np.einsum("ikt,k->it", x, w[:-1])
        log = log - np.logaddexp.reduce(log, axis=1, keepdims=True)
        return float(PULL * ((w[:-1] - w[-1]) ** 2).sum() - log[np.arange(len(log)), truths].sum())

    start = np.full(len(known) + 1, 0.5)
    found = optimize.minimize(loss, start, bounds=[(LEAST, MOST)] * start.size, method="L-BFGS-B")
    names = list(card.aspects)
    old = {name: aspect.weight for name, aspect in card.aspects.items()}
    return old | {names[k]: float(w) for k, w in zip(known, found.x, strict=False)}


def _design(lines: Sequence[Line], card: Card) -> tuple[np.ndarray, np.ndarray]:
    """Return untempered log Bayes factors, shape (worlds, aspects, types), and true types."""
    factors, truths = [], []
    for line in lines:
        if line["truth"]["type"] not in TYPES:
            continue
        for name in (n for n in BUILT_ON if n in line["gathered"]):
            by_aspect = {r["aspect"]: r for r in line["gathered"][name]["readings"]}
            rows = np.zeros((len(card.aspects), len(TYPES)))
            for k, (aspect, expected) in enumerate(card.aspects.items()):
                reading = by_aspect.get(aspect)
                if reading is not None and reading["status"] == "measured":
                    found = log_bayes_factors(reading["support"], expected.expected, 1.0)
                    rows[k] = [found[t] for t in TYPES]
            factors.append(rows)
            truths.append(TYPES.index(line["truth"]["type"]))
    return np.array(factors), np.array(truths)


def temper(lines: Sequence[Line], card: Card) -> dict[float, float]:
    """Return temper → mean log probability of the true stages of all windows, given the true type."""
    scores = {}
    for value in TEMPERS:
        tempered = replace(card.stages, temper=value)
        found = []
        for line in lines:
            code, windows = line["truth"]["type"], line["gathered"]["full"]["windows"]
            gathered = gathered_of(line["gathered"]["full"])
            if code not in TYPES or isinstance(gathered.observations, Text):
                continue
            emission = total(log_emissions(gathered.observations, tempered))
            chance = stream(line["number"], "temper")
            path = stage_path(emission, {code: 1.0}, tempered, gathered.observations.years, chance)
            for row, true in zip(path.state, true_windows(line, windows), strict=True):
                if true:
                    p = sum(row[STATES.index(s)] for s in true)
                    found.append(np.log(max(p, 1e-6)))
        scores[value] = float(np.mean(found))
    return scores


def marker_means(lines: Sequence[Line]) -> dict[str, dict[str, tuple[float, float, int]]]:
    """Return marker → stage → mean, standard deviation and windows, over windows of one true stage."""
    values: dict[str, dict[str, list[float]]] = {}
    for line in lines:
        seen = line["gathered"]["full"]["windows"]
        if seen is None:
            continue
        for t, true in enumerate(true_windows(line, seen)):
            if len(true) == 1:
                for name, value in _values(seen, t).items():
                    values.setdefault(name, {}).setdefault(true[0], []).append(value)
    return {
        name: {s: (float(np.mean(v)), float(np.std(v)), len(v)) for s, v in by.items()}
        for name, by in values.items()
    }


def _values(seen: dict, t: int) -> dict[str, float]:  # type: ignore[type-arg]
    """Return the value of each marker in one window: shares as shares, indices as they are."""
    found: dict[str, float] = {}
    modes = seen["modes"][t]
    if None not in modes and sum(modes) > 0:
        found |= {f"modes.{k}": modes[k] / sum(modes) for k in range(3)}
    for name, rows in seen["shares"].items():
        if None not in rows[t] and rows[t][1] > 0:
            found[name] = rows[t][0] / rows[t][1]
    for name, rows in seen["indices"].items():
        if rows[t][0] is not None:
            found[name] = rows[t][0]
    return found
