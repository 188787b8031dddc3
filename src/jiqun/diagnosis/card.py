"""The reference card 参照卡: what the paper lets one expect of each type and stage, with its version.

Two files make it: ``judged_card.yaml``, judgements from the wording of Tables 1 and 2, and
``simulated_card.yaml``, what simulated clusters for building show, which ``jiqun verify --build`` writes.
What is expected is a quarter judged and three quarters simulated; what only one of them knows is taken
from it. That share is the one under which clusters for building, each read with a card that was made
without it, are given their true stage with the highest mean log probability.

A hybrid shows elements of either digital type, and is expected to be even between the two, but for what is
judged of its core. Simulated hybrids are few: to go by them in every aspect would make it the type of all odd
values.

Table 1 says which way each share points: the more firms are on a platform, exchange data or innovate
together, the less traditional a cluster is. Where simulated clusters, few in some sixth, say otherwise, the
ratio of the probabilities of a digital type and of a traditional cluster is made to rise (the nearest
rising ratios, by isotonic regression), so that no share ever points against the paper by accident. A hybrid
that is judged to lie between the types keeps its peak there.

Paper: T1, B1-B10 (Table 1), S1-S18 (Table 2)

References
----------
Barlow, R. E., Bartholomew, D. J., Bremner, J. M. & Brunk, H. D. (1972). Statistical Inference under Order
Restrictions. Wiley. ISBN 978-0-471-04970-8 (isotonic regression)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy import optimize

from jiqun.diagnosis.reading import SIXTHS
from jiqun.vocabulary.typology import DIGITAL, HYBRID, STAGE, TRADITIONAL

SIMULATED = 0.75
"""Share of what was simulated in what is expected."""
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
    sides
        States that no natural threshold parts.
    most
        What the weight must not exceed, for what is a hint only.
    """

    weight: float
    expected: Mapping[str, Mapping[str, float | None]]
    sides: tuple[tuple[str, ...], ...]
    most: float = 1.0


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
        Simulated clusters that it was built on.
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
    return card_of(judgements(), _file("simulated_card.yaml"))


def judgements() -> dict[str, Any]:
    """Return what is judged, as in ``judged_card.yaml``, which building starts from."""
    return _file("judged_card.yaml")


def _file(name: str) -> dict[str, Any]:
    found = yaml.safe_load(files("jiqun.diagnosis").joinpath(name).read_text(encoding="utf-8"))
    return dict(found)


def card_of(judged: Mapping[str, Any], simulated: Mapping[str, Any]) -> Card:
    """Make a card of what is judged and what was simulated.

    Parameters
    ----------
    judged
        As in ``judged_card.yaml``.
    simulated
        As in ``simulated_card.yaml``; all but ``built_on`` may be missing.
    """
    seen = simulated.get("types", {})
    aspects = {name: _aspect(row, seen.get(name, {})) for name, row in judged["types"].items()}
    stages = _stages(judged["stages"], simulated.get("stages", {}))
    return Card(judged["version"], simulated["built_on"], judged["prior"], aspects, stages)


def _aspect(raw: Mapping[str, Any], seen: Mapping[str, Any]) -> Aspect:
    """Read one aspect: a share by sixths with the number of those below its thresholds, or states."""
    states = tuple(raw.get("states", SIXTHS))
    below = raw.get("below")
    rows = {t: _row(row, seen.get(t), len(states)) for t, row in raw["judged"].items()}
    if below is not None:
        rows = {t: r if t == HYBRID else rising(r, rows[TRADITIONAL]) for t, r in rows.items()}
    rows.setdefault(HYBRID, _even(*(rows[t] for t in DIGITAL)))
    return Aspect(
        weight=float(seen.get("weight", raw["weight"])),
        expected={s: {t: row[k] for t, row in rows.items()} for k, s in enumerate(states)},
        sides=tuple((s,) for s in states) if below is None else _between(states, below),
        most=float(raw.get("most", 1.0)),
    )


def _between(states: Sequence[str], below: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    """Part the states at the thresholds: how many of them lie below each."""
    cuts = (0, *below, len(states))
    return tuple(tuple(states[a:b]) for a, b in pairwise(cuts))


def _even(one: Sequence[float | None], other: Sequence[float | None]) -> list[float | None]:
    """Return what is expected of an element that may be as in either digital type."""
    pairs = zip(one, other, strict=True)
    return [None if a is None or b is None else (a + b) / 2.0 for a, b in pairs]


def _row(
    judged: Sequence[float] | None, seen: Sequence[float] | None, states: int
) -> Sequence[float | None]:
    """Return probabilities of states; where Table 1 says nothing of a type, nothing is expected."""
    if judged is None:
        return [None] * states
    row = mixed(judged, seen)
    return [float(p) for p in row / row.sum()]


def rising(row: Sequence[float | None], base: Sequence[float | None]) -> list[float | None]:
    """Return the probabilities nearest to a row whose ratio to those of another never falls.

    Examples
    --------
    >>> rising([0.2, 0.5, 0.3], [0.5, 0.25, 0.25])
    [0.2, 0.4, 0.4]
    """
    own, other = np.array(row, dtype=float), np.array(base, dtype=float)
    ratio = optimize.isotonic_regression(own / other, weights=other).x
    return [float(p) for p in ratio * other]


def mixed(judged: Sequence[float], seen: Sequence[float | None] | None) -> NDArray[np.float64]:
    """Return the mean of what is judged and what was simulated, where it was.

    Examples
    --------
    >>> mixed([0.2, 0.6], [0.4, None]).round(2).tolist()
    [0.35, 0.6]
    """
    own = np.array(judged, dtype=float)
    if seen is None:
        return own
    other = np.array([np.nan if v is None else v for v in seen], dtype=float)
    return np.where(np.isnan(other), own, own + SIMULATED * (other - own))


def _stages(raw: Mapping[str, Any], seen: Mapping[str, Any]) -> StageCard:
    modes, spread = raw["modes"], seen.get("spread", {})
    mixes = np.array([mixed(modes[s], seen.get("modes", {}).get(s)) for s in STATES])
    return StageCard(
        years=raw["years"],
        regress=raw["regress"],
        temper=seen.get("temper", raw["temper"]),
        freedom=raw["freedom"],
        modes=Expected(mixes, _spread(modes["concentration"], spread.get("modes"))),
        shares=_markers(raw["shares"], seen, "shares", "concentration"),
        indices=_markers(raw["indices"], seen, "indices", "spread"),
    )


def _markers(
    raw: Mapping[str, Any], seen: Mapping[str, Any], kind: str, spread: str
) -> Mapping[str, Expected]:
    means, spreads = seen.get(kind, {}), seen.get("spread", {})
    return {
        k: Expected(mixed(v["means"], means.get(k)), _spread(v[spread], spreads.get(k)))
        for k, v in raw.items()
    }


def _spread(judged: float, seen: float | None) -> float:
    """Return the mean of a scale that is judged and one that was simulated, in logarithms."""
    if seen is None:
        return judged
    return float(np.exp(mixed([np.log(judged)], [np.log(seen)])[0]))
