"""Core firms: planted ones are found, chance and stars are not taken for one.

Paper: K1a, K1b (core firms), Q24 (roles kept apart)
"""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiqun.measures.core_firms import called, core_firms
from jiqun.measures.estimate import Estimate
from jiqun.numerics.core_test import core_test
from jiqun.numerics.coreness import coreness, shuffle
from jiqun.numerics.hypergraph.structure import Hypergraph, hypergraph
from jiqun.record.record import Record
from tests.measures.records import alliance_tables, random_teams, record_of_firms, tie_table

Teams = list[list[int]]


def planted(generator: np.random.Generator, teams: int, core: int = 10, firms: int = 300) -> Teams:
    """Three quarters of the teams have exactly one of the core firms, the others none."""
    found = []
    for _ in range(teams):
        size = int(generator.integers(2, 7))
        others = core + generator.choice(firms - core, size, replace=False)
        if generator.random() < 0.75:
            others[0] = generator.integers(core)
        found.append(others.tolist())
    return found


def graph_of(teams: Teams, firms: int, kind: np.ndarray | None = None) -> Hypergraph:
    relation = np.repeat(np.arange(len(teams)), [len(team) for team in teams])
    firm = np.concatenate([np.array(team, dtype=np.int64) for team in teams])
    return hypergraph(relation, firm, nodes=firms, edges=len(teams), kind=kind)


def shares(teams: Teams, firms: int) -> np.ndarray:
    graph = graph_of(teams, firms)
    return coreness(graph.offsets, graph.members, np.ones(len(teams)), np.ones(firms))


def statistic(found: tuple[Estimate, ...], name: str) -> Estimate:
    return next(e for e in found if ("statistic", name) in e.of and e.of[0][0] != "firm")


def test_two_firms_of_one_tie_share_it_equally() -> None:
    np.testing.assert_allclose(shares([[0, 1]], 2), [0.5, 0.5], rtol=1e-3)


def test_hub_and_spokes_of_a_star_follow_the_optimality_condition() -> None:
    """A star of m spokes: maximise m (a^q + b^q)^(1/q), a^p + m b^p = 1, worked out on a grid."""
    m, q, p = 6, 10, 15
    a = np.linspace(0.5, 0.9999, 200_001)
    b = ((1 - a**p) / m) ** (1 / p)
    best = a[np.argmax((a**q + b**q) ** (1 / q))]
    share = shares([[0, i + 1] for i in range(m)], m + 1)
    assert share[0] == pytest.approx(best**p, rel=2e-3)
    np.testing.assert_allclose(share[1:], (1 - best**p) / m, rtol=2e-2)


def test_coreness_is_a_maximum() -> None:
    """No firm can take a little of another's share without the objective falling."""
    generator = np.random.default_rng(2)
    teams = random_teams(generator, 60, np.ones(20))
    share = shares(teams, 20)

    def objective(share: np.ndarray) -> float:
        x = (share / share.sum()) ** (1 / 15)
        return float(sum((x[team] ** 10).sum() ** 0.1 for team in teams))

    best = objective(share)
    for firm in range(20):
        for factor in (0.9, 1.1):
            other = share.copy()
            other[firm] *= factor
            assert objective(other) < best


def test_firm_without_collaborations_carries_nothing() -> None:
    share = shares([[0, 2]], 3)
    assert share[1] == 0.0
    assert share.sum() == pytest.approx(1.0)
    none = np.zeros(0, np.int32)
    assert coreness(np.zeros(1, np.int64), none, np.zeros(0), np.ones(3)).sum() == 0.0


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**31 - 1), st.integers(1, 6))
def test_shuffling_keeps_sizes_degrees_strata_and_distinct_members(seed: int, trades: int) -> None:
    generator = np.random.default_rng(seed)
    stratum = generator.choice([0, 2, 3], 31)
    graph = graph_of(random_teams(generator, 31, np.ones(20)), 20)
    held = shuffle(graph.offsets, graph.members, stratum, trades, seed)
    relation = np.repeat(np.arange(31), graph.sizes)
    np.testing.assert_array_equal(
        np.bincount(held * 4 + stratum[relation], minlength=80),
        np.bincount(graph.members * 4 + stratum[relation], minlength=80),
    )
    assert np.unique(relation * 20 + held).size == held.size


@pytest.mark.statistical
def test_shuffling_reaches_every_arrangement_alike_often() -> None:
    """Two teams of two of four firms can be split in 6 ways, each once in six."""
    graph = graph_of([[0, 1], [2, 3]], 4)
    counts: dict[tuple[int, ...], int] = {}
    for seed in range(3000):
        held = shuffle(graph.offsets, graph.members, np.zeros(2, np.int64), 1, seed)
        first = tuple(sorted(held[:2].tolist()))
        counts[first] = counts.get(first, 0) + 1
    assert len(counts) == 6
    # Binomial(3000, 1/6): 500 expected, 20.4 s.d.; the limits are four s.d. away.
    assert all(418 <= count <= 582 for count in counts.values())


@pytest.mark.statistical
def test_shuffled_ties_stay_distinct_and_reach_every_graph_alike_often() -> None:
    """A path of three ties on four firms: two inner and two outer firms make two such paths."""
    graph = graph_of([[0, 1], [1, 2], [2, 3]], 4, np.ones(3, np.int32))
    counts: dict[tuple[tuple[int, ...], ...], int] = {}
    for seed in range(1000):
        held = shuffle(graph.offsets, graph.members, np.ones(3, np.int64), 40, seed).reshape(3, 2)
        found = tuple(sorted(tuple(sorted(tie)) for tie in held.tolist()))
        assert len(set(found)) == 3
        np.testing.assert_array_equal(np.bincount(held.ravel()), [1, 2, 2, 1])
        counts[found] = counts.get(found, 0) + 1
    assert len(counts) == 2
    # Binomial(1000, 1/2): 500 expected, 15.8 s.d.; the limits are four s.d. away.
    assert all(436 <= count <= 564 for count in counts.values())


def test_cover_is_greedy_and_counts_what_no_earlier_firm_covers() -> None:
    """Firm 0 covers four, then firm 2 two more; firm 1 adds nothing to firm 0."""
    teams = [[0, 1], [0, 1], [0, 1], [0, 3], [2, 4], [2, 5], [2, 0], [1, 0]]
    test = core_test(graph_of(teams, 6), np.random.default_rng(0))
    assert test is not None
    assert set(test.candidate.tolist()) == {0, 1, 2}
    assert test.size in {1, 2, 3}
    assert test.covered == {1: 6.0, 2: 8.0, 3: 8.0}[test.size]


def test_same_numbers_for_any_number_of_threads() -> None:
    graph = graph_of(planted(np.random.default_rng(3), 80), 300)
    one = core_test(graph, np.random.default_rng(1), workers=1)
    two = core_test(graph, np.random.default_rng(1), workers=2)
    assert one is not None
    assert two is not None
    np.testing.assert_array_equal(one.resampled, two.resampled)
    np.testing.assert_array_equal(one.inclusion, two.inclusion)
    assert one.p_value == two.p_value


def test_planted_core_is_found() -> None:
    teams = planted(np.random.default_rng(1), 400)
    found = core_firms(record_of_firms(300, **alliance_tables(teams)), seed=5)
    called = {
        e.of[0][1]
        for e in found
        if "core firm" in e.label.en.split(":")[-1] and e.of[0][0] == "firm"
    }
    number = statistic(found, "core firms")
    assert number.value is not None
    assert number.value >= 9
    assert called <= {f"f{i}" for i in range(10)}
    assert statistic(found, "p-value").value == 0.01


@pytest.mark.statistical
@pytest.mark.slow
def test_core_is_called_in_no_more_than_one_chance_record_in_twenty() -> None:
    """Worlds without a core but with very unequal firms, as the degree-preserving null has them."""
    generator = np.random.default_rng(20)
    calls, trials = 0, 60
    for trial in range(trials):
        teams = random_teams(generator, 80, generator.pareto(1.3, 120) + 0.1)
        test = core_test(graph_of(teams, 120), np.random.default_rng(trial))
        calls += test is not None and bool(called(test).any())
    # Binomial(60, .05): 3 expected, 1.69 s.d.; four s.d. above is 9.8.
    assert calls <= 9


@pytest.mark.statistical
def test_planted_core_of_ten_is_recalled() -> None:
    """1,000 alliances: on average at least 9.5 of ten, and at most half a firm called in error."""
    right = wrong = 0
    for seed in range(5):
        graph = graph_of(planted(np.random.default_rng(seed), 1000), 300)
        test = core_test(graph, np.random.default_rng(seed))
        assert test is not None
        firms = test.candidate[called(test)]
        right, wrong = right + int((firms < 10).sum()), wrong + int((firms >= 10).sum())
    assert right >= 5 * 9.5
    assert wrong <= 5 * 0.5


def test_record_without_a_core_says_so() -> None:
    teams = random_teams(np.random.default_rng(7), 150, np.ones(100))
    number = statistic(core_firms(record_of_firms(100, **alliance_tables(teams))), "core firms")
    assert number.value == 0
    assert number.label.en == "No core firm stands out"
    assert number.label.zh == "没有企业脱颖而出成为核心"


def test_list_of_one_buyers_suppliers_is_no_evidence_of_a_core() -> None:
    record = record_of_firms(201, ties=tie_table((i, 0) for i in range(1, 201)))
    (found,) = core_firms(record)
    assert found.reason is not None
    assert "f0 is in every collaboration" in found.reason.en


def test_hub_by_number_of_partners_alone_is_not_called() -> None:
    """A star with a random fringe: shuffles keep the hub's partners, so it does not stand out."""
    generator = np.random.default_rng(8)
    fringe = [tuple(generator.choice(np.arange(1, 120), 2, replace=False)) for _ in range(60)]
    record = record_of_firms(120, ties=tie_table([(i, 0) for i in range(1, 120)] + fringe))
    assert statistic(core_firms(record), "core firms").value == 0


@pytest.mark.parametrize("record", [Record.of(), record_of_firms(3), record_of_firms(0)])
def test_no_collaborations_no_answer(record: Record) -> None:
    (found,) = core_firms(record)
    assert found.reason is not None
    assert found.needs == ("memberships.firm_id", "ties.source")


def test_no_firm_with_three_collaborations() -> None:
    record = record_of_firms(100, ties=tie_table((2 * i, 2 * i + 1) for i in range(50)))
    (found,) = core_firms(record)
    assert found.reason is not None
    assert "three collaborations" in found.reason.en


def test_order_of_rows_repeated_ties_and_ties_to_itself_do_not_matter() -> None:
    generator = np.random.default_rng(9)
    ends = [tuple(generator.choice(40, 2, replace=False)) for _ in range(120)]
    once = tie_table(sorted({(min(a, b), max(a, b)) for a, b in ends}))
    again = tie_table([*ends, *ends, (3, 3)]).sample(fraction=1.0, shuffle=True, seed=1)
    assert core_firms(record_of_firms(40, ties=once)) == core_firms(record_of_firms(40, ties=again))


def test_seed_decides_the_numbers() -> None:
    teams = planted(np.random.default_rng(4), 60)
    record = record_of_firms(300, **alliance_tables(teams))
    assert core_firms(record, seed=1) == core_firms(record, seed=1)
    assert core_firms(record, seed=1) != core_firms(record, seed=2)


def test_repeated_membership_counts_once() -> None:
    teams = random_teams(np.random.default_rng(10), 60, np.ones(40))
    tables = alliance_tables(teams)
    twice = tables["memberships"].with_columns(role=pl.lit("member"))
    other = tables["memberships"].with_columns(role=pl.lit("investor"))
    doubled = {**tables, "memberships": pl.concat([twice, other])}
    assert core_firms(record_of_firms(40, **doubled)) == core_firms(record_of_firms(40, **tables))
