"""The reference card 参照卡: what the paper lets one expect of each type and stage, with its version.

Paper: T1, B1-B10 (Table 1), S1-S18 (Table 2)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from jiqun.vocabulary.typology import STAGE

STATES = STAGE.codes
"""States of a cluster, in the order of the card: before digitalization, then the stages of each type."""


@dataclass(frozen=True, slots=True)
class Aspect:
    """What Table 1 lets one expect of one aspect of an element.

    Attributes
    ----------
    weight
        Share of its log Bayes factor that is counted.
    expected
        State → type → probability of the state in clusters of the type; None where Table 1 says
        nothing of it for the type.
    """

    weight: float
    expected: Mapping[str, Mapping[str, float | None]]


@dataclass(frozen=True, slots=True)
class Expected:
    """What Table 2 lets one expect of one marker.

    Attributes
    ----------
    means
        Of each state, in the order of ``STATES``: shape (7,), or (7, 3) for the mix of modes.
    spread
        How far clusters of one stage lie apart: concentration of a Dirichlet or beta distribution for
        shares, scale of a Student t for indices.
    """

    means: NDArray[np.float64]
    spread: float


@dataclass(frozen=True, slots=True)
class StageCard:
    """What Table 2 lets one expect of each stage.

    Attributes
    ----------
    years, regress
        Mean length of a stage; chance of falling back in a year.
    temper
        Share of each log likelihood that is counted.
    freedom
        Degrees of freedom of the Student t.
    modes, shares, indices
        The mix of modes, and marker → what is expected.
    """

    years: float
    regress: float
    temper: float
    freedom: float
    modes: Expected
    shares: Mapping[str, Expected]
    indices: Mapping[str, Expected]


@dataclass(frozen=True, slots=True)
class Card:
    """The reference card.

    Attributes
    ----------
    version
        Changes with any number on it.
    built_on
        Simulated clusters that weights and temper were estimated on.
    prior
        Type → probability before any evidence.
    aspects
        ``element.aspect`` → what is expected.
    stages
        What is expected of each stage.
    """

    version: str
    built_on: int
    prior: Mapping[str, float]
    aspects: Mapping[str, Aspect]
    stages: StageCard


@cache
def reference_card() -> Card:
    """Return the card that ships with the program."""
    text = files("jiqun.diagnosis").joinpath("reference_card.yaml").read_text(encoding="utf-8")
    raw = yaml.safe_load(text)
    aspects = {name: _aspect(row) for name, row in raw["types"].items()}
    return Card(raw["version"], raw["built_on"], raw["prior"], aspects, _stages(raw["stages"]))


def _aspect(raw: Mapping[str, object]) -> Aspect:
    states = {k: v for k, v in raw.items() if k != "weight"}
    return Aspect(float(raw["weight"]), states)  # type: ignore[arg-type]


def _stages(raw: Mapping[str, Any]) -> StageCard:
    modes = Expected(np.array([raw["modes"][s] for s in STATES]), raw["modes"]["concentration"])
    return StageCard(
        years=raw["years"],
        regress=raw["regress"],
        temper=raw["temper"],
        freedom=raw["freedom"],
        modes=modes,
        shares={
            k: Expected(np.array(v["means"]), v["concentration"]) for k, v in raw["shares"].items()
        },
        indices={k: Expected(np.array(v["means"]), v["spread"]) for k, v in raw["indices"].items()},
    )
