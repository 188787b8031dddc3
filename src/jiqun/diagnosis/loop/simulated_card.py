"""The part of the reference card that simulated clusters for building give, as it stands in its file.

Paper: T1, S1-S18
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import yaml

from jiqun.diagnosis.card import card_of
from jiqun.diagnosis.lines_file import Line
from jiqun.diagnosis.loop.building import covers, marker_means, seen_states, weights
from jiqun.diagnosis.loop.scoring import LEVEL

HEAD = """# The reference card, as simulated clusters show it. Written by: jiqun verify --build --out FILE
# Not to be edited by hand; what is judged stands in judged_card.yaml.
"""
DIGITS = 3
FOLDS = 4


def simulated_card(lines: Sequence[Line], judged: Mapping[str, Any]) -> str:
    """Estimate what simulated clusters show, and write it.

    Parameters
    ----------
    lines
        Worlds for building.
    judged
        The judgements, as in ``judged_card.yaml``.
    """
    found: dict[str, Any] = {"built_on": len(lines), "types": {}, "stages": marker_means(lines)}
    found["types"] = dict(seen_states(lines, card_of(judged, {"built_on": 0})))
    for name, weight in weights(lines, card_of(judged, found)).items():
        found["types"][name]["weight"] = weight
    found["stages"]["temper"] = _temper(lines, judged)
    text: str = yaml.safe_dump(_rounded(found), sort_keys=False, width=100, default_flow_style=None)
    return HEAD + text


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
            for value, each in covers(own, card).items():
                found[value] += each
    known = {value: float(np.mean(each)) for value, each in found.items() if each}
    if not known:
        return float(judged["stages"]["temper"])
    return min(known, key=lambda value: abs(known[value] - LEVEL))


def _rounded(value: Any) -> Any:  # noqa: ANN401 - whatever YAML holds
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, dict):
        return {k: _rounded(v) for k, v in value.items()}
    return [_rounded(v) for v in value] if isinstance(value, list) else value
