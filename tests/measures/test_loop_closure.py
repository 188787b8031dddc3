"""Closure of loops: by hand, against random receivers, moving apart from openness.

Paper: I3g, S17 (closed loop), Q16 (apart from openness)
"""

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from jiqun.measures.entry import entry
from jiqun.measures.loop_closure import loop_closure
from jiqun.measures.platform_openness import platform_openness
from jiqun.numerics.loops import on_a_loop, strong_components
from tests.measures.cluster_years import EARLY, LATE, baseline, get, platform, ties
from tests.measures.records import tie_table

SHARE = "flows on a closed loop"


def flows(ends: list[tuple[int, int]], year: int) -> pl.DataFrame:
    """Data flows that last from the year on."""
    return tie_table(ends, "data_flow", year).with_columns(
        tie_id=pl.concat_str(pl.lit(f"d{year}"), "tie_id")
    )


def test_by_hand() -> None:
    """A triangle 0-1-2, a flow out of it and one back and forth: five of six."""
    table = flows([(0, 1), (1, 2), (2, 0), (2, 3), (4, 5), (5, 4)], 2000)
    found = loop_closure(baseline(ties=pl.concat([ties(), table], how="diagonal")))
    closed = get(found, SHARE)
    assert closed.n == 6
    assert closed.value == pytest.approx(5 / 6)


@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=1, max_size=20))
def test_a_flow_is_on_a_loop_where_its_receiver_reaches_its_sender(
    ends: set[tuple[int, int]],
) -> None:
    reach = np.zeros((8, 8), dtype=bool)
    for a, b in ends:
        reach[a, b] = True
    for k in range(8):
        reach |= reach[:, [k]] & reach[[k], :]
    pairs = np.array(sorted(ends))
    expected = [bool(reach[b, a]) and a != b for a, b in pairs]
    assert on_a_loop(pairs[:, 0], pairs[:, 1], 8).tolist() == expected


def test_chain_and_ring_against_random_receivers() -> None:
    """Where each sends and receives one, nearly every exchange closes; two layers never do."""
    ring = flows([(i, (i + 1) % 40) for i in range(40)], 2000)
    layers = flows([(i, 20 + (i * 7 + k) % 20) for i in range(20) for k in range(2)], 2000)
    record = baseline(ties=pl.concat([ties(), ring], how="diagonal"))
    found = loop_closure(record)
    chance = get(found, "closed loops by chance")
    assert get(found, SHARE).value == 1.0
    assert chance.value is not None
    assert chance.value > 0.9
    assert loop_closure(record, seed=1) != found
    assert loop_closure(record) == found
    chained = loop_closure(baseline(ties=pl.concat([ties(), layers], how="diagonal")))
    assert get(chained, SHARE).value == 0.0


def test_moves_apart_from_openness_and_entry() -> None:
    one_way = flows([(i, i + 20) for i in range(20)], 2000)
    back = flows([(i + 20, i) for i in range(10)], 2006)
    before = baseline(ties=pl.concat([ties(), one_way], how="diagonal"), **platform())
    after = baseline(ties=pl.concat([ties(), one_way, back], how="diagonal"), **platform())
    flat, found = (loop_closure(record, years=5) for record in (before, after))
    assert [get(flat, SHARE, w).value for w in (EARLY, LATE)] == [0.0, 0.0]
    assert [get(found, SHARE, w).value for w in (EARLY, LATE)] == [0.0, pytest.approx(20 / 30)]
    for other in (platform_openness, entry):
        assert other(before, years=5) == other(after, years=5)


def test_data_fed_back_needs_a_column_of_origins() -> None:
    assets = pl.DataFrame(
        {
            "asset_id": ["a", "b", "c", "d"],
            "platform_id": ["p", "p", "p", None],
            "start": [date(2000, 1, 1)] * 4,
        }
    )
    estimate = get(loop_closure(baseline(data_assets=assets, **platform())), "data fed back")
    assert "data_assets.derived_from" in estimate.needs
    traced = assets.with_columns(derived_from=pl.Series([None, "a", None, "c"]))
    found = loop_closure(baseline(data_assets=traced, **platform()))
    assert get(found, "data fed back").value == pytest.approx(2 / 3)


def test_no_flows_no_number() -> None:
    assert all(e.reason is not None for e in loop_closure(baseline(), years=5))


def test_components_are_those_of_scipy() -> None:
    generator = np.random.default_rng(6)
    for edges in (50, 120, 200, 400):
        source, target = (
            np.sort(generator.integers(0, 100, edges)),
            generator.integers(0, 100, edges),
        )
        first = np.concatenate([[0], np.cumsum(np.bincount(source, minlength=100))])
        own = strong_components(first, target.astype(np.int32))
        graph = sparse.coo_array((np.ones(edges), (source, target)), shape=(100, 100)).tocsr()
        oracle = connected_components(graph, connection="strong")[1]
        assert len(set(own)) == len(set(oracle)) == len(set(zip(own, oracle, strict=True)))


def test_repeated_flows_are_each_on_the_loop() -> None:
    source, target = np.array([0, 1, 0, 2, 2]), np.array([1, 0, 1, 0, 0])
    assert on_a_loop(source, target, 3).tolist() == [True, True, True, False, False]
