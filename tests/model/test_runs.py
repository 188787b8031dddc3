"""Runs: the same bits again, on threads, in parts and with firms stored elsewhere; books balance.

Paper: K1c (twins share their luck), Q22 (a policy of size nothing changes nothing).
"""

from functools import cache

import numpy as np
import pytest

from jiqun.model.founding import found
from jiqun.model.period import (
    STAGES,
    advance,
    advance_on_threads,
    last_with,
    run_blocks,
    together,
)
from jiqun.model.scenario import BUNDLED
from jiqun.model.scenario_schema import Policy, Scenario
from jiqun.model.simulate import simulate
from jiqun.model.simulation import Simulation
from jiqun.model.state import (
    BIRTH_CASH,
    BLOCK,
    ENTERED,
    EXIT_CASH,
    LEFT,
    LIVING,
    NOBODY,
    SUPPLIERS,
)
from jiqun.model.world import World
from jiqun.record.requirements import check
from tests.model.drawn import LEVERS
from tests.model.small import assert_same, small

EXACT = 1e-9  # sums of some hundred amounts of the order of one


def living(w: World) -> np.ndarray:
    return w.lists.roster[: int(w.tally[LIVING])]


@pytest.mark.parametrize("name", BUNDLED)
def test_a_run_leaves_a_valid_record(name: str) -> None:
    record = simulate(small(name), seed=3)
    problems = check(record)
    assert [p for p in problems if p.severity == "error"] == []
    assert {p.rule for p in problems} <= {
        "plausibility.industries",
        "plausibility.new_year_dates",
        "plausibility.repeated_value",
    }
    assert record["accounts"].height > 500
    assert record["sources"]["source_id"].to_list() == ["synthetic-model"]
    assert record["provenance"]["seed"].to_list() == [3]


def test_the_same_seed_gives_the_same_record() -> None:
    one, again, other = (simulate(small(), seed=seed) for seed in (5, 5, 6))
    assert all(one[table].equals(again[table]) for table in one)
    assert not one["ties"].equals(other["ties"])


@pytest.mark.parametrize("threads", [2, 4])
def test_threads_do_not_matter(threads: int) -> None:
    one, other = found(small(), seed=2), found(small(), seed=2)
    advance(one, 0, 20)
    advance_on_threads(other, 0, 20, threads=threads)
    assert_same(one, other)


@cache
def several_blocks() -> Scenario:
    """Return a scenario whose firms fill three blocks, so that threads have something to divide."""
    native = small()
    times = 2.5 * BLOCK / sum(group.firms for group in native.groups)
    groups = tuple(g.model_copy(update={"firms": int(g.firms * times)}) for g in native.groups)
    industries = tuple(i.model_copy(update={"demand": i.demand * times}) for i in native.industries)
    return native.model_copy(update={"groups": groups, "industries": industries, "room": 1.2})


def test_stages_that_a_firm_goes_through_at_once_are_those_stages_one_by_one() -> None:
    one, other = found(several_blocks(), seed=3), found(several_blocks(), seed=3)
    advance(one, 0, 8)
    for period in range(8):
        for stage in range(STAGES):
            blocks = -(-int(other.tally[LIVING]) // BLOCK)
            together(other, period, stage)
            run_blocks(other, period, stage, stage, 0, blocks)
    assert any(last_with(stage) > stage for stage in range(STAGES))
    assert_same(one, other)


@pytest.mark.parametrize("threads", [2, 3, 4])
def test_threads_do_not_matter_where_there_are_several_blocks(threads: int) -> None:
    one, other = found(several_blocks(), seed=2), found(several_blocks(), seed=2)
    assert one.tally[LIVING] > 2 * BLOCK
    advance(one, 0, 4)
    advance_on_threads(other, 0, 4, threads=threads)
    assert_same(one, other)


def test_few_firms_are_not_handed_to_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    def handed(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("jiqun.model.simulation.advance_on_threads", handed)
    few = Simulation.begin(small(), seed=2)
    few.run(2, threads=4)
    monkeypatch.setattr("jiqun.model.simulation.FIRMS_FOR_THREADS", 1)
    with pytest.raises(AssertionError):
        few.run(3, threads=4)


def test_a_run_in_parts_is_the_run() -> None:
    whole, parts = found(small(), seed=2), found(small(), seed=2)
    advance(whole, 0, 24)
    for start in range(0, 24, 7):
        advance(parts, start, min(start + 7, 24))
    assert_same(whole, parts)


def test_recording_changes_nothing() -> None:
    quiet, noted = Simulation.begin(small(), seed=4), Simulation.begin(small(), seed=4)
    quiet.run(24, recording=False)
    noted.run(24)
    assert_same(quiet.world, noted.world)


def stored_elsewhere(w: World, seed: int) -> World:
    """Return the world with its firms in other slots, known by the same keys."""
    slots = w.firms.size
    to = np.random.default_rng(seed).permutation(slots)
    firms = w.firms.copy()
    firms[to] = w.firms
    count = int(w.tally[LIVING])
    index, free, relations = w.lists.copy(), w.free.copy(), w.relations.copy()
    index.roster[:count] = to[w.lists.roster[:count]]
    free[: slots - count] = to[w.free[: slots - count]]
    suppliers = w.relations.supplier
    relations.supplier[to] = np.where(suppliers == NOBODY, NOBODY, to[suppliers])
    return w._replace(firms=firms, relations=relations, lists=index, free=free)


def test_where_a_firm_is_stored_does_not_matter() -> None:
    w = found(small(), seed=8)
    other = stored_elsewhere(found(small(), seed=8), 1)
    advance(w, 0, 40)
    advance(other, 0, 40)
    assert_same(w, other)


@pytest.mark.parametrize("lever", LEVERS)
def test_a_policy_without_budget_is_no_policy(lever: str) -> None:
    nothing = Policy.model_validate({"lever": lever, "start": 2, "stop": 30, "budget": 0.0})
    some = nothing.model_copy(update={"budget": 4.0})
    none, empty, full = (
        found(small(policy=policy), seed=1) for policy in ((), (nothing,), (some,))
    )
    for w in (none, empty, full):
        advance(w, 0, 30)
    assert_same(none, empty)
    with pytest.raises(AssertionError):
        assert_same(none, full)


@pytest.mark.parametrize("name", BUNDLED)
def test_accounts_balance_and_nothing_points_at_the_dead(name: str) -> None:
    w = found(small(name), seed=9)
    for period in range(40):
        before_cash, before = float(w.firms.cash[living(w)].sum()), w.tally.copy()
        before_total = w.total.copy()
        index_before = living(w).copy()
        keys_before = set(w.firms.key[index_before].tolist())
        advance(w, period, period + 1)
        here = living(w)
        keys = w.firms.key[here]
        # Entrants less exits is the change, by the counters and by the census.
        entered, left = (int(w.tally[k] - before[k]) for k in (ENTERED, LEFT))
        assert here.size - index_before.size == entered - left
        assert len(set(keys.tolist()) - keys_before) == entered
        # What firms gained is their profit and what they got or gave without selling.
        flows = float((w.firms.profit + w.firms.transfer)[index_before].sum())
        born = float(w.total[BIRTH_CASH] - before_total[BIRTH_CASH])
        gone = float(w.total[EXIT_CASH] - before_total[EXIT_CASH])
        change = float(w.firms.cash[here].sum()) - before_cash
        reused = set(index_before.tolist()) & {
            int(i) for i, k in zip(here, keys, strict=True) if k not in keys_before
        }
        if not reused:
            assert change == pytest.approx(flows + born - gone, abs=EXACT)
        for table, column in (("relations", "supplier"), ("relations", "link")):
            others = getattr(w, table)[column][here]
            assert w.firms.alive[others[others != NOBODY]].all()
            own = np.repeat(here[:, None], SUPPLIERS, axis=1)
            assert (others != own).all()
        running = here[w.alliances.headcount[here] > 0]
        for i in running:
            members = w.alliances.member[i][: w.alliances.headcount[i]]
            assert w.firms.alive[members].all()
            assert len(set(members.tolist())) == members.size
        assert np.isfinite(w.firms.cash[here]).all()
        assert ((w.firms.digital[here] >= 0) & (w.firms.digital[here] <= 1)).all()


def test_what_is_pooled_is_what_was_contributed() -> None:
    w = found(small(), seed=3)
    advance(w, 0, 30)
    decay = 1.0 - w.rules.accumulate_data.pool_decay
    for period in range(30, 40):
        before = w.platforms.pooled.copy()
        was_open = w.platforms.owner.copy() != NOBODY
        advance(w, period, period + 1)
        still = was_open & (w.platforms.owner != NOBODY) & (w.platforms.since < period)
        added = (w.platforms.pooled - decay * before)[still].sum()
        if (still == was_open).all() and w.tally[LEFT] == 0:
            assert added == pytest.approx(w.firms.contributed[living(w)].sum(), abs=EXACT)
        assert (added >= -EXACT).all()


def test_sales_do_not_exceed_what_is_spent() -> None:
    """Each market's sales are at most its demand: the cluster's shares and the outside's make one."""
    w = found(small("incumbent_core"), seed=3)
    growth = w.rules.market.demand_growth
    for period in range(40):
        sold_by = living(w).copy()
        advance(w, period, period + 1)
        for k in range(w.industries.size - 1):
            mine = sold_by[w.firms.industry[sold_by] == k]
            spent = w.industries.demand[k] * (1.0 + growth) ** period
            assert w.firms.revenue[mine].sum() <= spent * (1.0 + EXACT)


def test_a_negative_seed_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        Simulation.begin(small(), seed=-1)
