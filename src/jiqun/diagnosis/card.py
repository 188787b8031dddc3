"""The reference card 参照卡: what the paper lets one expect of each type and stage, with its version.

Paper: T1, B1-B10 (Table 1), S1-S18 (Table 2)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Aspect:
    """What Table 1 lets one expect of one aspect of an element.

    Attributes
    ----------
    weight
        Share of its log Bayes factor that is counted.
    expected
        State → type → probability of the state in clusters of the type.
    """

    weight: float
    expected: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Card:
    """The reference card.

    Attributes
    ----------
    version
        Changes with any number on it.
    prior
        Type → probability before any evidence.
    aspects
        ``element.aspect`` → what is expected.
    """

    version: str
    prior: Mapping[str, float]
    aspects: Mapping[str, Aspect]


@cache
def reference_card() -> Card:
    """Return the card that ships with the program."""
    text = files("jiqun.diagnosis").joinpath("reference_card.yaml").read_text(encoding="utf-8")
    raw = yaml.safe_load(text)
    return Card(raw["version"], raw["prior"], {k: _aspect(v) for k, v in raw["types"].items()})


def _aspect(raw: Mapping[str, object]) -> Aspect:
    states = {k: v for k, v in raw.items() if k != "weight"}
    return Aspect(float(raw["weight"]), states)  # type: ignore[arg-type]
