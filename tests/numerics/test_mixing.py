"""Crossing a boundary against chance: enumeration of all exchanges, star, one group, coverage."""

from itertools import permutations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from jiqun.numerics.clustered import Incidence, clustered_error
from jiqun.numerics.mixing import Mixing, alliance_mixing, tie_mixing

Ints = NDArray[np.int64]


def test_expected_share_is_the_mean_over_all_exchanges_of_targets() -> None:
    """Four buyers, four other suppliers: all 24 ways to exchange them, counted."""
    source, target = np.array([0, 1, 2, 3]), np.array([4, 5, 6, 7])
    group = np.array([0, 0, 1, 2, 0, 1, 1, 2])
    mean = np.mean(
        [np.mean(group[source] != group[list(order)]) for order in permutations(target.tolist())]
    )
    found = tie_mixing(source, target, group, np.zeros(4, dtype=np.int64))
    assert found.expected == pytest.approx(mean)
    assert found.share == 0.25
    assert found.ratio == pytest.approx(0.25 / mean)


def test_exchanges_stay_within_a_stratum() -> None:
    """Each stratum joins one pair of groups only, so that chance crosses as often as the ties do."""
    source, target = np.array([0, 1, 2, 3]), np.array([4, 5, 6, 7])
    group = np.array([0, 0, 1, 1, 0, 0, 2, 2])
    found = tie_mixing(source, target, group, np.array([0, 0, 1, 1]))
    assert found.share == found.expected == 0.5


def test_star_is_what_chance_gives() -> None:
    source, target = np.arange(1, 21), np.zeros(20, dtype=np.int64)
    found = tie_mixing(source, target, np.arange(21) % 3, np.zeros(20, dtype=np.int64))
    assert found.ratio == pytest.approx(1.0)


def test_one_group_is_never_left() -> None:
    found = tie_mixing(np.array([0, 1]), np.array([2, 3]), np.zeros(4, int), np.zeros(2, int))
    assert (found.share, found.expected) == (0.0, 0.0)


def test_alliances_by_hand() -> None:
    """A team of two of one group and one of another: of six partners, four are across."""
    alliance, firm = np.array([0, 0, 0, 1, 1]), np.array([0, 1, 2, 3, 4])
    group = np.array([0, 0, 1, 0, 1])
    found = alliance_mixing(alliance, firm, group, np.zeros(2, int))
    # Seats: team one 3 × 4/6 = 2, team two 2 × 1 = 2; of five seats.
    assert found.share == pytest.approx(4 / 5)
    # Chance: two different of five firms, three of group 0: 12 of 20 ordered pairs cross.
    assert found.expected == pytest.approx(12 / 20)


def outside_one(found: Mixing, incidence: Incidence) -> bool:
    error = clustered_error(found.ratio_influence, incidence, found.weight)
    return bool(
        abs(np.log(found.ratio)) > stats.t.isf(0.025, error.freedom) * error.error / found.ratio
    )


@pytest.mark.statistical
@pytest.mark.parametrize("unequal", [False, True])
def test_random_partners_are_called_special_one_time_in_twenty(unequal: bool) -> None:
    generator = np.random.default_rng(61)
    ties = teams = 0
    trials = 300
    for _ in range(trials):
        chance = generator.pareto(1.5, 200) + 0.05 if unequal else np.ones(200)
        chance /= chance.sum()
        group = generator.choice(8, 200, p=generator.dirichlet(np.full(8, 2.0)))
        target = generator.choice(200, 300, p=chance)
        source = (target + 1 + generator.integers(0, 199, 300)) % 200
        number = np.arange(300)
        pairs = Incidence(
            np.concatenate([number, number]), np.concatenate([source, target]), 300, 200
        )
        ties += outside_one(tie_mixing(source, target, group, np.zeros(300, int)), pairs)
        firm = np.concatenate(
            [generator.choice(200, 4, replace=False, p=chance) for _ in range(100)]
        )
        alliance = np.repeat(np.arange(100), 4)
        seats = Incidence(alliance, firm, 100, 200)
        teams += outside_one(alliance_mixing(alliance, firm, group, np.zeros(100, int)), seats)
    # Binomial(300, .05): 15 expected, 3.8 s.d.; four s.d. above. Hubs make it conservative.
    assert ties <= 30
    assert teams <= 30
