"""Hidden Markov chains against summing over every path, and drawn paths against exact probabilities."""

import itertools
import time

import numpy as np
import pytest

from jiqun.numerics.hidden_markov import Chain, draw_paths, smooth

CHAIN = Chain(
    np.array([0.5, 0.3, 0.2]),
    np.array([[0.8, 0.2, 0.0], [0.05, 0.8, 0.15], [0.0, 0.1, 0.9]]),
)


def by_brute_force(chain: Chain, log_emission: np.ndarray) -> tuple[np.ndarray, float]:
    """Sum over all paths."""
    times, states = log_emission.shape
    state, total = np.zeros((times, states)), 0.0
    for path in itertools.product(range(states), repeat=times):
        p = chain.initial[path[0]] * np.exp(log_emission[0, path[0]])
        for t in range(1, times):
            p *= chain.transition[path[t - 1], path[t]] * np.exp(log_emission[t, path[t]])
        total += p
        for t, s in enumerate(path):
            state[t, s] += p
    return state / total, float(np.log(total))


def test_every_path_is_counted() -> None:
    emission = np.random.default_rng(1).normal(size=(6, 3))
    emission[2] = 0.0  # nothing observed
    state, likelihood = by_brute_force(CHAIN, emission)
    found = smooth(CHAIN, emission)
    np.testing.assert_allclose(found.state, state, atol=1e-12)
    assert found.log_likelihood == pytest.approx(likelihood)


def test_drawn_paths_follow_the_exact_probabilities() -> None:
    """20,000 draws: the standard error of a share is at most 0.0035."""
    emission = np.random.default_rng(2).normal(size=(5, 3))
    found = smooth(CHAIN, emission)
    paths = draw_paths(CHAIN, found.filtered, 20_000, np.random.default_rng(3))
    shares = np.stack([(paths == s).mean(axis=0) for s in range(3)], axis=1)
    np.testing.assert_allclose(shares, found.state, atol=0.0175)
    assert not (
        (paths[:, :-1] == 0) & (paths[:, 1:] == 2)
    ).any()  # what the chain cannot do is never drawn


def test_a_state_that_is_impossible_and_an_empty_record() -> None:
    emission = np.zeros((2, 3))
    emission[1, :2] = -np.inf
    assert smooth(CHAIN, emission).state[1] == pytest.approx([0.0, 0.0, 1.0])
    assert smooth(CHAIN, np.zeros((0, 3))).state.shape == (0, 3)
    with pytest.raises(ValueError, match="impossible in every state"):
        smooth(CHAIN, np.full((1, 3), -np.inf))


def test_a_dozen_windows_take_far_less_than_a_second() -> None:
    emission = np.random.default_rng(4).normal(size=(15, 7))
    chain = Chain(np.full(7, 1 / 7), np.full((7, 7), 1 / 7))
    started = time.perf_counter()
    smooth(chain, emission)
    assert time.perf_counter() - started < 0.5
