"""The log of a run: what it says is what the state says, however it was noted.

Paper: K1c (runs that can be compared are the same runs).
"""

from functools import cache

import numpy as np
import polars as pl
import pytest

from jiqun.model.event_log import NEXT, used
from jiqun.model.noting import has_room
from jiqun.model.simulate import simulate
from jiqun.model.simulation import Simulation
from jiqun.model.state import LIVING, NOBODY
from jiqun.model.years import YEAR, simulate_years
from tests.model.small import small

PERIODS = 40


@cache
def whole() -> Simulation:
    run = Simulation.begin(small(), seed=6)
    run.run(PERIODS)
    return run


def test_relations_that_go_on_are_those_of_the_state() -> None:
    run = whole()
    w, log = run.world, used(run.log)
    here = w.lists.roster[: int(w.tally[LIVING])]
    for spells, others, names in (
        (log.ties, w.relations.supplier, w.firms.key),
        (log.links, w.relations.link, w.firms.key),
        (log.homes, w.relations.home, w.platforms.serial),
    ):
        rows, places = np.nonzero(others[here] != NOBODY)
        now = {
            (int(w.firms.key[i]), int(names[j]))
            for i, j in zip(here[rows], others[here[rows], places], strict=True)
        }
        going = spells[spells.end == NOBODY]
        assert len(now) > 10
        assert set(zip(going.firm.tolist(), going.other.tolist(), strict=True)) == now
        ended = spells[spells.end != NOBODY]
        assert ended.shape[0] > 0
        assert (ended.start < ended.end).all()


def test_firms_that_are_not_closed_are_the_living() -> None:
    run = whole()
    w, firms = run.world, used(run.log).firms
    here = w.lists.roster[: int(w.tally[LIVING])]
    assert np.flatnonzero(firms.closed == NOBODY).tolist() == w.firms.key[here].tolist()
    assert (firms.closed[firms.closed != NOBODY] > firms.born[firms.closed != NOBODY]).all()


def test_alliances_that_go_on_are_those_of_the_state() -> None:
    run = whole()
    w, noted = run.world, used(run.log).alliances
    running = {}
    for i in w.lists.roster[: int(w.tally[LIVING])]:
        members = w.alliances.member[i][: w.alliances.headcount[i]]
        if members.size:
            running[int(w.firms.key[i])] = set(w.firms.key[members].tolist())
    going = noted[noted.end == NOBODY]
    stayed = np.where(going.gone == NOBODY, going.member, NOBODY)
    assert {
        initiator: set(members) - {NOBODY}
        for initiator, members in zip(going.initiator.tolist(), stayed.tolist(), strict=True)
    } == running
    assert running


def test_accounts_add_up_to_the_sums_of_the_loop() -> None:
    years, books = simulate_years(small(), seed=6), used(whole().log).accounts
    for year in range(PERIODS // YEAR):
        there = books[books.year == year]
        assert there.revenue.sum() == pytest.approx(years.sales[year], rel=1e-12)
        assert there.digital.sum() == pytest.approx(years.digital_sales[year], rel=1e-12)
    made = used(whole().log).innovations
    counted = [int((made.period // YEAR == year).sum()) for year in range(PERIODS // YEAR)]
    assert counted == years.innovations.sum(axis=1).tolist()


def test_room_is_made_before_it_is_needed() -> None:
    """A log just begun has no room for all that comes; period by period it leaves the same rows."""
    run = Simulation.begin(small(), seed=6)
    grown = 0
    for period in range(PERIODS):
        grown += not has_room(run.world, run.log)
        run.run(period + 1)
    assert grown > 1
    for one, other in zip(used(run.log)[:11], used(whole().log)[:11], strict=True):
        assert one.tobytes() == other.tobytes()


def test_threads_note_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jiqun.model.simulation.FIRMS_FOR_THREADS", 1)
    one, other = (simulate(small(periods=12), seed=6, threads=threads) for threads in (1, 3))
    assert all(one[table].equals(other[table]) for table in one)


def test_rows_of_alliances_are_in_the_order_in_which_they_ended() -> None:
    table = whole().record()["alliances"]
    ends, going = table["end"], table["end"].null_count()
    assert going > 0
    assert ends.drop_nulls().is_sorted()
    assert ends.tail(going).is_null().all()


def test_a_run_is_recorded_from_its_beginning_or_not_at_all() -> None:
    run = Simulation.begin(small(), seed=6)
    run.run(4, recording=False)
    assert run.log.tally[NEXT] == 0
    with pytest.raises(ValueError, match="nothing was noted before period 4"):
        run.run(8)


def test_an_innovation_builds_on_one_that_was_recorded() -> None:
    record = whole().record()
    made = record["innovations"]
    known = set(made["innovation_id"].to_list())
    built = made.filter(pl.col("builds_on").is_not_null())
    assert built.height > 10
    assert set(built["builds_on"].to_list()) <= known
    joint = made.filter(pl.col("alliance_id").is_not_null())
    makers = record["innovators"].group_by("innovation_id").len()
    assert (joint.join(makers, on="innovation_id")["len"] > 1).any()
