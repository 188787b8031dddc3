"""D on worlds with a known answer, and what must not change it.

Paper: K3f, K3g (decomposable or not)
"""

from dataclasses import replace

import numpy as np
import pytest

from jiqun.numerics.decomposability.direction import Index, index
from jiqun.numerics.decomposability.estimators import (
    alliance_sample,
    components,
    neighbour_effects,
    ramps,
    tie_sample,
)
from jiqun.numerics.decomposability.power import power
from jiqun.numerics.decomposability.states import PairStates, surroundings
from tests.numerics.decomposability.worlds import pair_states


def _tie_index(states: PairStates, draws: int = 199) -> Index:
    found = components(tie_sample(states))
    assert found is not None
    return index(found.ab, found.influence, np.random.default_rng(0), draws)


@pytest.mark.parametrize(("kind", "answer"), [("bilateral", 1.0), ("weakest", 0.0)])
def test_pairs_of_a_large_record_give_the_anchors(kind: str, answer: float) -> None:
    found = _tie_index(pair_states(np.random.default_rng(2), 2000, kind=kind, firms=250))
    assert found.value == pytest.approx(answer, abs=0.05)
    assert found.low <= answer <= found.high
    assert found.verdict == {1.0: "decomposable", 0.0: "irreducible"}[answer]


@pytest.mark.parametrize(("kind", "answer"), [("bilateral", 1.0), ("weakest", 0.0)])
def test_whole_alliances_of_a_large_record_give_the_anchors(kind: str, answer: float) -> None:
    states = pair_states(np.random.default_rng(6), 5000, kind=kind, firms=600)
    count = np.bincount(states.alliance)
    chance = 0.2 + 0.7 * (
        np.bincount(states.alliance, states.before) / count
        if kind == "bilateral"
        else np.minimum.reduceat(states.before, states.offsets[:-1])
    )
    result = (np.random.default_rng(7).random(count.size) < chance).astype(float)
    found = components(alliance_sample(states, result))
    assert found is not None
    measured = index(found.ab, found.influence, np.random.default_rng(0), 199)
    assert measured.value == pytest.approx(answer, abs=0.13)
    assert measured.low - 0.05 <= answer <= measured.high + 0.05


def test_nothing_gives_a_number_hardly_ever() -> None:
    """The gate has an error rate of 5 %; eight or more of 60 has a chance of 1 %."""
    found = [
        _tie_index(pair_states(np.random.default_rng(seed), 80, kind="nothing"))
        for seed in range(60)
    ]
    assert sum(f.verdict not in {"no signal", "reversed"} for f in found) < 8


def test_good_firms_among_themselves_do_not_look_irreducible() -> None:
    """Quality drives states before and after, firms of like quality meet; value is bilateral."""
    generator = np.random.default_rng(11)
    states = pair_states(generator, 1200, kind="nothing", firms=200)
    band = generator.integers(0, 10, 1200)[states.alliance]
    one, other = (20 * band + firm % 20 for firm in (states.one, states.other))
    states = replace(states, one=one, other=np.where(one == other, (other + 1) % 200, other))
    quality = np.sort(generator.normal(size=200))
    push = quality[states.one] + quality[states.other]
    before = (push + generator.normal(size=one.size) > -0.8).astype(float)
    chance = np.clip(0.35 + 0.3 * before + 0.12 * push, 0, 1)
    states = replace(
        states, before=before, after=(generator.random(one.size) < chance).astype(np.float64)
    )
    assert _tie_index(states).verdict == "decomposable"
    blind = components(replace(tie_sample(states), firms=np.zeros((one.size, 0), dtype=np.int64)))
    with_firms = components(tie_sample(states))
    assert blind is not None
    assert with_firms is not None
    assert blind.ab[1] > 3 * abs(with_firms.ab[1]), "without firm effects the trap closes"


def test_names_of_firms_and_order_of_alliances_do_not_matter() -> None:
    states = pair_states(np.random.default_rng(4), 120, kind="weakest", firms=30)
    renamed = np.random.default_rng(1).permutation(30)
    other = replace(states, one=renamed[states.other], other=renamed[states.one])
    backwards = np.argsort(-states.alliance, kind="stable")
    turned = PairStates(
        states.alliance.max() - states.alliance[backwards],
        *(getattr(states, f)[backwards] for f in ("one", "other", "before", "after", "cluster")),
    )
    plain = components(tie_sample(states))
    assert plain is not None
    for changed in (other, turned):
        found = components(tie_sample(changed))
        assert found is not None
        assert found.ab == pytest.approx(plain.ab, abs=1e-9)


def test_copies_of_one_alliance_are_one_observation() -> None:
    states = pair_states(np.random.default_rng(4), 60, kind="weakest", firms=20)
    pairs, alliances = states.alliance.size, 60
    twice = PairStates(
        np.concatenate([states.alliance, states.alliance + alliances]),
        *(np.tile(getattr(states, f), 2) for f in ("one", "other", "before", "after", "cluster")),
    )
    once, copied = components(tie_sample(states)), components(tie_sample(twice))
    assert once is not None
    assert copied is not None
    assert copied.influence.shape == (60, 2)
    assert twice.alliance.size == 2 * pairs
    assert copied.ab == pytest.approx(once.ab, abs=1e-6)
    spread = np.linalg.norm(copied.influence, axis=0) / np.linalg.norm(once.influence, axis=0)
    assert spread == pytest.approx([1, 1], abs=0.05)


def test_a_huge_consortium_does_not_outweigh_the_rest() -> None:
    """One of 60 members has 1,770 pairs and the weight of 28."""
    states = pair_states(np.random.default_rng(4), 100, kind="bilateral", firms=80)
    huge = pair_states(np.random.default_rng(5), 1, kind="weakest", firms=80, sizes=(60,))
    shifts = (
        ("alliance", 100),
        ("one", 0),
        ("other", 0),
        ("before", 0),
        ("after", 0),
        ("cluster", 100),
    )
    both = PairStates(
        *(np.concatenate([getattr(states, f), getattr(huge, f) + shift]) for f, shift in shifts)
    )
    sample = tie_sample(both)
    assert sample.weight[sample.cluster == 100].sum() == pytest.approx(28)
    found = _tie_index(both)
    assert found.value > 0.5


def test_firms_that_meet_once_leave_nothing_to_compare() -> None:
    states = pair_states(np.random.default_rng(4), 40, kind="weakest", sizes=(3,))
    alone = replace(
        states,
        one=states.alliance * 3 + np.tile([0, 0, 1], 40),
        other=states.alliance * 3 + np.tile([1, 2, 2], 40),
    )
    assert components(tie_sample(alone)) is None


def test_neighbours_matter_only_where_they_do() -> None:
    for kind, low, high in (("bilateral", -0.06, 0.06), ("weakest", 0.05, 0.4)):
        states = pair_states(np.random.default_rng(9), 1500, kind=kind, firms=200, sizes=(4, 5))
        found = neighbour_effects(states, surroundings(states))
        assert found is not None
        assert ((low < found.coefficient) & (found.coefficient < high)).all(), kind


def test_ramps_rise_one_after_the_other_and_add_up() -> None:
    assert ramps(np.array([0.0, 1.0, 1.0])).shape == (3, 1)
    own = np.linspace(0, 1, 9)
    assert ramps(own).sum(axis=1) == pytest.approx(4 * own)
    assert ramps(np.ones(4)).shape == (4, 1)


def test_power_grows_with_the_record_and_its_strength() -> None:
    found = {}
    for alliances in (60, 600):
        states = pair_states(np.random.default_rng(8), alliances, kind="bilateral", strength=0.2)
        fitted = components(tie_sample(states))
        assert fitted is not None
        found[alliances] = power(fitted, np.random.default_rng(0), signal=False)
    assert found[60].decomposable < found[600].decomposable
    assert found[60].irreducible < found[600].irreducible
    assert found[600].growth_irreducible is not None
    assert found[60].growth_irreducible is None or (
        found[60].growth_irreducible > found[600].growth_irreducible
    )


def test_power_foretells_the_share_of_right_verdicts() -> None:
    """Said from one record of 150 alliances, against 40 records."""
    sample = tie_sample(pair_states(np.random.default_rng(3), 150, kind="weakest", strength=0.2))
    said = components(sample)
    assert said is not None
    sizes = [sample.weakest[sample.size == c] for c in range(3)]
    within = np.concatenate([states - states.mean() for states in sizes])
    strength = 0.2 * float(within.std())
    told = power(replace(said, ab=np.array([0.0, strength])), np.random.default_rng(0), signal=True)
    states = (
        pair_states(np.random.default_rng(100 + k), 150, kind="weakest", strength=0.2)
        for k in range(40)
    )
    seen = np.mean([_tie_index(s, 99).verdict == "irreducible" for s in states])
    assert told.irreducible == pytest.approx(seen, abs=0.25)
