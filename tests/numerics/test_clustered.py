"""Errors over relations that share firms: closed forms, stars, and coverage in simulated networks."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from jiqun.numerics.clustered import ClusteredError, Incidence, clustered_error, share_interval
from jiqun.numerics.random import stream

Ints = NDArray[np.int64]


def tied(source: Ints, target: Ints, firms: int) -> Incidence:
    number = np.arange(source.size)
    both = np.concatenate([source, target])
    return Incidence(np.concatenate([number, number]), both, source.size, firms)


def separate(relations: int) -> Incidence:
    firms = np.arange(2 * relations)
    return tied(firms[:relations], firms[relations:], 2 * relations)


def star(spokes: int) -> Incidence:
    return tied(np.zeros(spokes, dtype=np.int64), np.arange(1, spokes + 1), spokes + 1)


def test_separate_ties_have_the_binomial_error() -> None:
    """Forty ties that share no firm, half alike: √(.25/40) times √(2/(1 − 1/40)² − 1) for leverage."""
    y = np.repeat([0.0, 1.0], 20)
    error = clustered_error((y - 0.5) / 40, separate(40)).error
    assert error == pytest.approx(np.sqrt(0.25 / 40 * (2 / (1 - 1 / 40) ** 2 - 1)))


def test_star_has_no_error_to_speak_of_and_one_observation() -> None:
    y = np.repeat([0.0, 1.0], 20)
    error = clustered_error((y - 0.5) / 40, star(40))
    assert error == ClusteredError(np.inf, 1.0)
    assert star(40).independent == pytest.approx(1.0)
    low, high = share_interval(0.5, star(40), error)
    assert low < 0.03
    assert high > 0.97


def test_separate_ties_count_in_full() -> None:
    assert separate(40).independent == pytest.approx(40.0)


def test_wilson_by_hand_where_all_agree() -> None:
    """All 40 separate ties alike: low = 1 / (1 + t²/40) with t of 39 degrees of freedom."""
    error = clustered_error(np.zeros(40), separate(40))
    t = stats.t.isf(0.025, 39)
    low, high = share_interval(1.0, separate(40), error)
    assert low == pytest.approx(1 / (1 + t**2 / 40))
    assert high == 1.0


def test_one_supplier_list_of_all_supply_ties_says_next_to_nothing() -> None:
    low, high = share_interval(1.0, star(200), clustered_error(np.zeros(200), star(200)))
    assert low < 0.02
    assert high == 1.0


def test_two_lists_that_disagree_are_two_observations_at_most() -> None:
    source = np.repeat([0, 1], 50)
    lists = tied(source, np.arange(2, 102), 102)
    y = (source == 0).astype(float)
    low, high = share_interval(0.5, lists, clustered_error((y - 0.5) / 100, lists))
    assert low < 0.1
    assert high > 0.9


@pytest.mark.statistical
@pytest.mark.parametrize(
    ("effect", "unequal"), [(0.0, False), (2.0, False), (2.0, True), (0.0, True)]
)
def test_share_intervals_cover_where_firms_differ(effect: float, unequal: bool) -> None:
    """Each buyer has its own propensity; by symmetry the share among all such firms is one half."""
    generator = np.random.default_rng(51)
    covered, trials = 0, 300
    for _ in range(trials):
        chance = generator.pareto(1.5, 150) + 0.05 if unequal else np.ones(150)
        target = generator.choice(150, 300, p=chance / chance.sum())
        source = (target + 1 + generator.integers(0, 149, 300)) % 150
        odds = effect * generator.normal(size=150)
        y = (generator.random(300) < 1 / (1 + np.exp(-odds[target]))).astype(float)
        incidence = tied(source, target, 150)
        error = clustered_error((y - y.mean()) / y.size, incidence)
        low, high = share_interval(float(y.mean()), incidence, error)
        covered += low <= 0.5 <= high
    # Measured: .93 to .99; binomial s.d. at .95 is .0126, and three of them below .93 is .89.
    assert covered / trials >= 0.89


def test_streams_depend_on_seed_and_address_alone() -> None:
    first = stream(7, "core_firms").random(5)
    np.testing.assert_array_equal(first, stream(7, "core_firms").random(5))
    for other in (
        stream(8, "core_firms"),
        stream(7, "core_firm"),
        stream(7, "core", "firms"),
        stream(7),
    ):
        assert not np.array_equal(first, other.random(5))
    with pytest.raises(ValueError, match="non-negative"):
        stream(-1, "core_firms")
