"""The path of stages 阶段路径: an exact left-to-right hidden Markov model for each type.

From the beginning a cluster may be in any stage; it stays, goes one stage on, or, rarely, falls one back.
In its last window a digital type is in one of its own stages, a traditional one before all of them. Types
are weighed by the ledger alone: the markers of Table 2 overlap with the elements of Table 1, and counting
them for the type as well would count them twice.

Paper: Q4 (stages are of a type), Q17 (stall, regress) (no durations are given)
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiqun.diagnosis.card import STATES, StageCard
from jiqun.numerics.hidden_markov import Chain, draw_paths, smooth
from jiqun.vocabulary.typology import DIGITAL, HYBRID, STAGES_OF

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
DRAWS = 1000
BEFORE = "baseline"


@dataclass(frozen=True, slots=True)
class StagePath:
    """Stages over time.

    Attributes
    ----------
    state
        P(state in window), shape (T, 7), over all types.
    of_type
        Type → the same given the type.
    draws
        Type → paths drawn given the type, as places in ``states_of(type)``, shape (draws, T).
    log_likelihood
        Type → log likelihood of the markers.
    """

    state: Floats
    of_type: Mapping[str, Floats]
    draws: Mapping[str, Ints]
    log_likelihood: Mapping[str, float]


def states_of(code: str) -> tuple[str, ...]:
    """Return the states that a cluster of a type passes through, in their order."""
    own = STAGES_OF[code]
    return own if own == (BEFORE,) else (BEFORE, *own)


def along_paths(types: Mapping[str, float]) -> dict[str, float]:
    """Share out the probability of a hybrid, which has no path of its own, evenly to the digital types.

    Examples
    --------
    >>> along_paths({"traditional": 0.5, "industrial_digitalization": 0.1,
    ...              "digital_industrialization": 0.2, "hybrid": 0.2})
    {'traditional': 0.5, 'industrial_digitalization': 0.2, 'digital_industrialization': 0.30000000000000004}
    """
    share = types[HYBRID] / len(DIGITAL)
    return {t: types[t] + (share if t in DIGITAL else 0.0) for t in STAGES_OF}


def chain(states: int, card: StageCard, years: int) -> Chain:
    """Return the chain of a path: stay, one on, or one back."""
    on = 1.0 - float(np.exp(-years / card.years))
    back = 1.0 - (1.0 - card.regress) ** years
    transition = np.zeros((states, states))
    for s in range(states):
        if s + 1 < states:
            transition[s, s + 1] = on * (1.0 - back)
        if s > 0:
            transition[s, s - 1] = back
        transition[s, s] = 1.0 - transition[s].sum()
    return Chain(np.full(states, 1.0 / states), transition)


def free_chain(states: int, card: StageCard, years: int) -> Chain:
    """Return a chain that goes from any state to any other, as often as the ordered one goes on."""
    on = (1.0 - float(np.exp(-years / card.years))) if states > 1 else 0.0
    transition = np.full((states, states), on / max(states - 1, 1))
    np.fill_diagonal(transition, 1.0 - on)
    return Chain(np.full(states, 1.0 / states), transition)


def stage_path(
    emission: Floats,
    types: Mapping[str, float],
    card: StageCard,
    years: int,
    generator: np.random.Generator,
) -> StagePath:
    """Find the path of stages.

    Parameters
    ----------
    emission
        Log likelihood of each window in each state, shape (T, 7).
    types
        Type → probability.
    card
        The reference card of stages.
    years
        Of each window.
    generator
        Source of chance for the drawn paths.
    """
    state = np.zeros(emission.shape)
    of_type, draws, likely = {}, {}, {}
    for code, probability in types.items():
        states = states_of(code)
        columns = [STATES.index(s) for s in states]
        own = emission[:, columns].copy()
        if len(own) and len(states) > 1:
            own[-1, 0] = -np.inf
        walk = chain(len(states), card, years)
        found = smooth(walk, own)
        of_type[code] = found.state
        draws[code] = draw_paths(walk, found.filtered, DRAWS, generator)
        likely[code] = found.log_likelihood
        state[:, columns] += probability * found.state
    return StagePath(state, of_type, draws, likely)
