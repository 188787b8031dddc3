r"""Hidden Markov chains of few states, exactly: probabilities of states, paths drawn, likelihood.

.. math::
    P(s_t \mid y_{1:T}) \propto \alpha_t(s)\, \beta_t(s), \qquad
    \alpha_t(s) = p(y_t \mid s) \sum_r \alpha_{t-1}(r) A_{rs}

References
----------
Rabiner, L. R. (1989). A tutorial on hidden Markov models and selected applications in speech recognition.
Proceedings of the IEEE 77(2), 257-286. doi:10.1109/5.18626
Scott, S. L. (2002). Bayesian methods for hidden Markov models. Journal of the American Statistical
Association 97(457), 337-351. doi:10.1198/016214502753479464 (drawing paths backwards)
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Chain:
    """A Markov chain.

    Attributes
    ----------
    initial
        Probability of each state at the first time, shape (S,).
    transition
        Row: from, column: to, shape (S, S); rows sum to 1.
    """

    initial: Floats
    transition: Floats


@dataclass(frozen=True, slots=True)
class Smoothed:
    """What the observations say about the states.

    Attributes
    ----------
    filtered
        P(state at t | observations up to t), shape (T, S).
    state
        P(state at t | all observations), shape (T, S).
    log_likelihood
        Of all observations.
    """

    filtered: Floats
    state: Floats
    log_likelihood: float


def smooth(chain: Chain, log_emission: Floats) -> Smoothed:
    """Run forward and backward.

    Parameters
    ----------
    chain
        Of S states.
    log_emission
        Log probability of what was observed at each time in each state, shape (T, S); zero where
        nothing was observed, minus infinity where it is impossible.

    Returns
    -------
    Smoothed
        Probabilities of states, and the likelihood.

    Raises
    ------
    ValueError
        Where the observations are impossible in every state.
    """
    times, states = log_emission.shape
    if times == 0:
        return Smoothed(np.zeros((0, states)), np.zeros((0, states)), 0.0)
    top = log_emission.max(axis=1)
    if not np.isfinite(top).all():
        msg = "an observation is impossible in every state"
        raise ValueError(msg)
    likely = np.exp(log_emission - top[:, None])
    filtered, scale = np.empty_like(likely), np.empty(times)
    ahead = chain.initial
    for t in range(times):
        joint = ahead * likely[t]
        scale[t] = joint.sum()
        if not scale[t] > 0.0:
            msg = "no path of the chain can have made the observations"
            raise ValueError(msg)
        filtered[t] = joint / scale[t]
        ahead = filtered[t] @ chain.transition
    state = np.empty_like(likely)
    back = np.ones(states)
    for t in range(times - 1, -1, -1):
        state[t] = filtered[t] * back
        state[t] /= state[t].sum()
        back = chain.transition @ (likely[t] * back) / scale[t]
    return Smoothed(filtered, state, float(np.log(scale).sum() + top.sum()))


def draw_paths(chain: Chain, filtered: Floats, draws: int, generator: np.random.Generator) -> Ints:
    """Draw paths of states given all observations.

    Parameters
    ----------
    chain
        As smoothed.
    filtered
        From :func:`smooth`, shape (T, S).
    draws
        Paths.
    generator
        Source of chance.

    Returns
    -------
    NDArray
        States, shape (draws, T).
    """
    times, states = filtered.shape
    paths = np.zeros((draws, times), dtype=np.int64)
    chance = generator.random((times, draws))
    for t in range(times - 1, -1, -1):
        weight = np.broadcast_to(filtered[t], (draws, states))
        if t + 1 < times:
            weight = weight * chain.transition[:, paths[:, t + 1]].T
        reached = np.cumsum(weight, axis=1)
        place = chance[t] * reached[:, -1]
        paths[:, t] = np.minimum((reached <= place[:, None]).sum(axis=1), states - 1)
    return paths
