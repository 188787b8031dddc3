"""The part of the reference card that simulated clusters for building give, as it stands in its file.

Paper: T1, S1-S18
"""

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from jiqun.diagnosis.card import card_of
from jiqun.diagnosis.lines_file import Line
from jiqun.diagnosis.loop.building import seen_states, weights
from jiqun.diagnosis.loop.building_stages import stages_of

HEAD = """# The reference card, as simulated clusters show it. Written by: jiqun verify --build --out FILE
# Not to be edited by hand; what is judged stands in judged_card.yaml.
"""
DIGITS = 3


def simulated_card(lines: Sequence[Line], judged: Mapping[str, Any]) -> str:
    """Estimate what simulated clusters show, and write it.

    Parameters
    ----------
    lines
        Worlds for building.
    judged
        The judgements, as in ``judged_card.yaml``.
    """
    found: dict[str, Any] = {
        "built_on": len(lines),
        "types": {},
        "stages": stages_of(lines, judged),
    }
    for name, seen in seen_states(lines, card_of(judged, {"built_on": 0})).items():
        asked = judged["types"][name]["judged"]
        found["types"][name] = {t: row for t, row in seen.items() if t in asked}
    for name, weight in weights(lines, card_of(judged, found)).items():
        found["types"][name]["weight"] = weight
    text: str = yaml.safe_dump(_rounded(found), sort_keys=False, width=100, default_flow_style=None)
    return HEAD + text


def _rounded(value: Any) -> Any:  # noqa: ANN401 - whatever YAML holds
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, dict):
        return {k: _rounded(v) for k, v in value.items()}
    return [_rounded(v) for v in value] if isinstance(value, list) else value
