"""What other pairs of an alliance do to a pair: those that share a firm with it, and those that do not.

Paper: K3j (A-B may fail because A-C or C-D do not fit)
"""

from dataclasses import replace

import numpy as np
from scipy import stats

from jiqun.measures.decomposability.index_of import LEAST
from jiqun.measures.decomposability.wording import (
    ALLIANCES,
    FEW,
    NAME,
    NEIGHBOUR_INTERVAL,
    NEIGHBOUR_METHOD,
    NEIGHBOUR_MISSING,
    NEIGHBOURS,
    REFERENCES,
    STATES,
)
from jiqun.measures.estimate import Estimate, not_measured
from jiqun.numerics.decomposability.direction import LEVEL
from jiqun.numerics.decomposability.estimators import neighbour_effects
from jiqun.numerics.decomposability.regression import Fit
from jiqun.numerics.decomposability.states import PairStates, surroundings
from jiqun.vocabulary.text import Text


def neighbours(states: PairStates) -> tuple[Estimate, Estimate]:
    """Estimate the effects of the weakest adjacent and of the weakest disjoint pair."""
    around = surroundings(states)
    usable = ~np.isnan(states.after) & ~np.isnan(around.disjoint)
    clusters = int(np.unique(states.cluster[usable]).size)
    reason: Text | None = FEW.fill(n=clusters, least=LEAST) if clusters < LEAST else None
    fitted = neighbour_effects(states, around) if reason is None else None
    if fitted is None:
        reason = NEIGHBOUR_MISSING if reason is None else reason
        one, other = (
            not_measured(NAME, label, reason, needs=STATES, of=(("statistic", kind),), n=clusters)
            for kind, label in NEIGHBOURS.items()
        )
        return replace(one, n_of=ALLIANCES), replace(other, n_of=ALLIANCES)
    adjacent, disjoint = (
        _written(kind, fitted, column, clusters) for column, kind in enumerate(NEIGHBOURS)
    )
    return adjacent, disjoint


def _written(kind: str, fitted: Fit, column: int, clusters: int) -> Estimate:
    influence = fitted.influence[:, column]
    count = influence.size
    error = float(np.sqrt(((influence - influence.mean()) ** 2).sum() * (count - 1) / count))
    value = float(fitted.coefficient[column])
    half = float(stats.t.isf((1 - LEVEL) / 2, count - 1)) * error
    return Estimate(
        measure=NAME,
        label=NEIGHBOURS[kind],
        of=(("statistic", kind),),
        value=value,
        low=value - half,
        high=value + half,
        level=LEVEL,
        interval=NEIGHBOUR_INTERVAL,
        n=clusters,
        n_of=ALLIANCES,
        method=NEIGHBOUR_METHOD,
        references=REFERENCES,
    )
