r"""Building the stages' part of the card 校准阶段标志: what simulated clusters show in each stage.

Of each marker the mean in each stage, and how far clusters of one stage lie apart: for shares and the mix of
modes the concentration of a Dirichlet or beta distribution, by moments pooled over stages,

.. math::  c = \frac{\sum_i m_{s(i)} (1 - m_{s(i)})}{\sum_i (x_i - m_{s(i)})^2} - 1

and for indices the standard deviation.

The temper is the one under which the true stage of the last window has the highest mean log probability in
clusters that the means were not taken from.

Paper: S1-S18

References
----------
Grünwald, P. & van Ommen, T. (2017). Inconsistency of Bayesian inference for misspecified linear models,
and a proposal for repairing it. Bayesian Analysis 12(4), 1069-1103. doi:10.1214/17-BA1085 (tempering)
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from jiqun.diagnosis.card import STATES, StageCard, card_of
from jiqun.diagnosis.lines_file import Line
from jiqun.diagnosis.loop.conclusions import gathered_of, true_windows
from jiqun.diagnosis.stage.emissions import log_emissions, total
from jiqun.diagnosis.stage.path import stage_path
from jiqun.numerics.random import stream
from jiqun.vocabulary.text import Text
from jiqun.vocabulary.typology import DIGITAL, STAGES_OF

TEMPERS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
FOLDS = 4
LEAST_WINDOWS = 5
LEAST_SPREAD = 1.0
"""Concentration below which a share would be all or nothing."""
KINDS = ("shares", "indices")
Seen = dict[str, dict[str, list[Any]]]


def stages_of(lines: Sequence[Line], judged: Mapping[str, Any]) -> dict[str, Any]:
    """Return what simulated clusters show of the stages, as it stands on the card.

    Parameters
    ----------
    lines
        Worlds for building.
    judged
        The judgements, as in ``judged_card.yaml``.
    """
    return marker_means(lines) | {"temper": _temper(lines, judged)}


def marker_means(lines: Sequence[Line]) -> dict[str, Any]:
    """Return what is seen of each marker in windows that lie in one true stage of one true type.

    ``modes``, ``shares`` and ``indices`` → marker → mean in each stage, None where not seen (the mix of modes
    stage by stage); ``spread`` → marker → how far clusters of one stage lie apart.
    """
    values: dict[str, Seen] = {"modes": {}, "shares": {}, "indices": {}}
    for line in (line for line in lines if line["truth"]["type"] in STAGES_OF):
        seen = line["gathered"]["full"]["windows"]
        for t, true in enumerate(true_windows(line, seen)):
            if seen is not None and len(true) == 1:
                for kind, name, value in _values(seen, t):
                    values[kind].setdefault(name, {}).setdefault(true[0], []).append(value)
    mixes = _means(values["modes"].get("modes", {}))
    spreads = {
        name: _spread(by, shares=kind != "indices")
        for kind, markers in values.items()
        for name, by in markers.items()
    }
    return {
        "modes": {s: mix for s, mix in mixes.items() if mix is not None},
        **{k: {m: list(_means(by).values()) for m, by in values[k].items()} for k in KINDS},
        "spread": {name: value for name, value in spreads.items() if value is not None},
    }


def _means(by: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Return stage → mean over windows, None where there are few."""
    enough = {s: v for s, v in by.items() if len(v) >= LEAST_WINDOWS}
    return {s: np.mean(enough[s], axis=0).tolist() if s in enough else None for s in STATES}


def _spread(by: Mapping[str, Sequence[Any]], *, shares: bool) -> float | None:
    """Return a concentration of shares, or a standard deviation; None where there are few windows."""
    enough = [np.array(v, dtype=float) for v in by.values() if len(v) >= LEAST_WINDOWS]
    if not enough:
        return None
    apart = sum(float(((v - v.mean(axis=0)) ** 2).sum()) for v in enough)
    if not shares:
        return float(np.sqrt(max(apart, np.finfo(float).tiny) / sum(len(v) for v in enough)))
    most = sum(float((v.mean(axis=0) * (1.0 - v.mean(axis=0))).sum()) * len(v) for v in enough)
    return max(most / apart - 1.0, LEAST_SPREAD) if apart > 0.0 else None


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


def _temper(lines: Sequence[Line], judged: Mapping[str, Any]) -> float:
    """Choose the temper on worlds that the means were not taken from.

    Once the worlds left out are of every scenario, once they are all of one: a cluster to be diagnosed
    may be of a make that the card has seen, or of none.
    """
    found: dict[float, list[float]] = defaultdict(list)
    mixed = [n % FOLDS for n in range(len(lines))]
    for folds in (mixed, [line["scenario"] for line in lines]):
        for fold in dict.fromkeys(folds):
            own = [line for line, f in zip(lines, folds, strict=True) if f == fold]
            others = [line for line, f in zip(lines, folds, strict=True) if f != fold]
            card = card_of(judged, {"built_on": len(others), "stages": marker_means(others)})
            for value, each in log_scores(own, card.stages).items():
                found[value] += each
    known = {value: float(np.mean(each)) for value, each in found.items() if each}
    return max(known, key=lambda v: known[v]) if known else float(judged["stages"]["temper"])


def log_scores(lines: Sequence[Line], card: StageCard) -> dict[float, list[float]]:
    """Return temper → log probability of the true stage of the last window, given a type that has stages.

    Worlds without windows are left out. The last window is the one that a verdict is about.
    """
    typed = [line for line in lines if line["truth"]["type"] in DIGITAL]
    found = {v: [_log_score(each, replace(card, temper=v)) for each in typed] for v in TEMPERS}
    return {value: [p for p in each if p is not None] for value, each in found.items()}


def _log_score(line: Line, card: StageCard) -> float | None:
    seen = gathered_of(line["gathered"]["full"]).observations
    if isinstance(seen, Text):
        return None
    chance = stream(line["number"], "temper")
    emission = total(log_emissions(seen, card))
    path = stage_path(emission, {line["truth"]["type"]: 1.0}, card, seen.years, chance)
    last = path.state[-1, STATES.index(line["truth"]["stage"])]
    return float(np.log(max(last, np.finfo(float).tiny)))
