"""Addressed draws: known bits, uniform, without order, and alike for alike addresses."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiqun.numerics.addressed import address, below, bits, mixed, normal, pair, uniform

MASK = 2**64 - 1
word = st.integers(0, 2**62)


def by_hand(state: int) -> int:
    """One output of SplitMix64, in integers of any size."""
    z = (state + 0x9E3779B97F4A7C15) & MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def test_the_first_output_of_splitmix64_from_zero() -> None:
    """The published generator started at 0 gives E220A8397B1DCDAF first."""
    assert int(mixed(np.uint64(0))) == 0xE220A8397B1DCDAF


@given(seed=word, step=word, process=st.integers(0, 99), firm=word, number=st.integers(0, 99))
def test_the_bits_are_those_of_plain_integers(
    seed: int, step: int, process: int, firm: int, number: int
) -> None:
    shared = by_hand(by_hand(by_hand(seed) ^ step) ^ process)
    expected = by_hand(by_hand(shared ^ firm) ^ number)
    draws = np.uint64(address(seed, step, process))
    assert int(bits(draws, firm, number)) == expected
    assert uniform(draws, firm, number) == (expected >> 11) * 2.0**-53


@given(one=word, other=word)
def test_a_pair_has_one_key_in_either_order(one: int, other: int) -> None:
    assert pair(one, other) == pair(other, one) >= 0


@pytest.mark.statistical
def test_draws_are_uniform_and_neighbours_independent() -> None:
    draws = np.uint64(address(5, 7, 3))
    x = np.array([uniform(draws, firm, 0) for firm in range(100_000)])
    # Mean 1/2 with s.d. 1/sqrt(12 n), and correlations with s.d. 1/sqrt(n): limits of four.
    n = x.size
    assert abs(x.mean() - 0.5) < 4 / math.sqrt(12 * n)
    assert abs(np.corrcoef(x[:-1], x[1:])[0, 1]) < 4 / math.sqrt(n)
    other = np.array([uniform(draws, firm, 1) for firm in range(n)])
    assert abs(np.corrcoef(x, other)[0, 1]) < 4 / math.sqrt(n)
    counts = np.bincount((x * 100).astype(int), minlength=100)
    # Chi-squared with 99 degrees of freedom: mean 99, s.d. 14.1.
    assert ((counts - n / 100) ** 2 / (n / 100)).sum() < 99 + 4 * 14.1


@pytest.mark.statistical
def test_normals_have_mean_zero_and_variance_one() -> None:
    draws = np.uint64(address(1, 2, 3))
    x = np.array([normal(draws, firm, 0) for firm in range(50_000)])
    assert abs(x.mean()) < 4 / math.sqrt(x.size)
    # The variance of a squared sum of 12 uniforms is 2 - 0.1.
    assert abs(x.var() - 1.0) < 4 * math.sqrt(1.9 / x.size)
    assert np.abs(x).max() < 6


@given(count=st.integers(1, 1000), firm=word)
def test_a_whole_number_is_below_its_bound(count: int, firm: int) -> None:
    assert 0 <= below(np.uint64(address(1, 1, 1)), firm, 0, count) < count
