r"""The paper on trial: does the path go one way, and how many stages does the record itself show?

Ordered against free: the log Bayes factor of a chain that goes one stage on at a time against one that
changes as often and goes anywhere, both with the expectations of the reference card.

Stretches: the log marginal likelihood of one to five stretches of constant make, without the card, so
that it does not take the number of stages for granted. Both are tempered as the stage is.

Paper: Q17 ("three stages" is a hypothesis), Q4 (stages are of a type)
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from jiqun.diagnosis.card import STATES, StageCard
from jiqun.diagnosis.findings import Trial
from jiqun.diagnosis.stage.observations import Observations
from jiqun.diagnosis.stage.path import chain, free_chain, states_of
from jiqun.numerics.hidden_markov import smooth
from jiqun.numerics.segments import log_marginal, multinomial_segments, normal_segments

Floats = NDArray[np.float64]
MOST = 5
LEAST_WINDOWS = 6
EVEN = 0.5
"""Concentration of each kind: Jeffreys' prior."""


def trial(found: Observations, emission: Floats, code: str, card: StageCard) -> Trial | None:
    """Put the stages of a type on trial; None with fewer than six windows or one state.

    Parameters
    ----------
    found
        The markers by window.
    emission
        Tempered log likelihood of each window in each state, shape (T, 7).
    code
        Type whose stages are tried.
    card
        The reference card of stages.
    """
    states = states_of(code)
    times = int((found.known > 0).sum())
    if times < LEAST_WINDOWS or len(states) == 1:
        return None
    own = emission[:, [STATES.index(s) for s in states]]
    walks = (make(len(states), card, found.years) for make in (chain, free_chain))
    ordered, free = (smooth(walk, own).log_likelihood for walk in walks)
    marginal = card.temper * _segments(found)
    by_number = log_marginal(marginal, MOST)
    return Trial(
        ordered=ordered - free,
        stretches={k + 1: float(v - by_number[0]) for k, v in enumerate(by_number)},
        windows=times,
    )


def _segments(found: Observations) -> Floats:
    """Add up the log marginal likelihood of every stretch over all markers, shape (T, T)."""
    every = [multinomial_segments(np.nan_to_num(found.modes), np.full(3, EVEN))]
    for pairs in found.shares.values():
        x, n = np.nan_to_num(pairs).T
        every.append(multinomial_segments(np.column_stack([x, n - x]), np.full(2, EVEN)))
    for pairs in found.indices.values():
        value, error = pairs.T
        if np.isfinite(value).sum() > 1:
            spread = max(float(np.nanstd(value)), 0.1)
            wide = np.hypot(np.nan_to_num(error, nan=spread), 0.3 * spread)
            every.append(normal_segments(value, np.maximum(wide, 1e-6), spread))
    return np.asarray(np.sum(every, axis=0))


def pooled(trials: Sequence[Trial]) -> Trial | None:
    """Add up the evidence of several clusters; None where there is none."""
    if not trials:
        return None
    return Trial(
        ordered=sum(t.ordered for t in trials),
        stretches={k: sum(t.stretches[k] for t in trials) for k in range(1, MOST + 1)},
        windows=sum(t.windows for t in trials),
    )
