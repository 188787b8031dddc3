"""M on a network: by hand, against a plain search, and what chance gives.

Paper: E4 (agglomeration in network space)
"""

from collections import deque

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiqun.numerics.network_concentration import (
    degree_classes,
    network_m,
    relabelled_m,
    within_steps,
)


def searched(source: list[int], target: list[int], nodes: int, steps: int) -> set[tuple[int, int]]:
    """All pairs at most so many steps apart, by breadth-first search from every node."""
    beside: list[set[int]] = [set() for _ in range(nodes)]
    for a, b in zip(source, target, strict=True):
        beside[a].add(b)
        beside[b].add(a)
    found = set()
    for start in range(nodes):
        depth, waiting = {start: 0}, deque([start])
        while waiting:
            here = waiting.popleft()
            for there in beside[here] - set(depth):
                depth[there] = depth[here] + 1
                waiting.append(there)
        found |= {(start, n) for n, d in depth.items() if 0 < d <= steps}
    return found


def test_two_triangles_with_a_bridge_by_hand() -> None:
    """0 1 2 are of one kind, 3 4 5 of another, 2-3 is the bridge.

    One step: 0 and 1 have like neighbours only, 2 has two of three: (1 + 1 + 2/3) / 3 over 2/5.
    """
    source, target = np.array([0, 0, 1, 3, 3, 4, 2]), np.array([1, 2, 2, 4, 5, 5, 3])
    near = within_steps(source, target, 6, 1)
    assert near is not None
    found = network_m(near, np.array([0, 0, 0, 1, 1, 1]), 2)
    assert found == pytest.approx([(8 / 3) / 3 / 0.4] * 2)


@given(seed=st.integers(0, 5000), steps=st.integers(1, 3))
def test_pairs_within_steps_are_those_of_a_search(seed: int, steps: int) -> None:
    rng = np.random.default_rng(seed)
    source, target = rng.integers(0, 12, (2, 14))
    near = within_steps(source, target, 12, steps)
    assert near is not None
    rows, columns = near.nonzero()
    found = set(zip(rows.tolist(), columns.tolist(), strict=True))
    assert found == searched(source.tolist(), target.tolist(), 12, steps)


def test_kind_of_one_node_or_without_neighbours_is_not_defined() -> None:
    near = within_steps(np.array([0]), np.array([1]), 4, 1)
    assert near is not None
    found = network_m(near, np.array([0, 1, 2, 2]), 3)
    assert np.isnan(found).all()


def test_kinds_at_random_are_one_on_average_and_within_the_band() -> None:
    rng = np.random.default_rng(3)
    source, target = rng.integers(0, 150, (2, 400))
    near = within_steps(source, target, 150, 1)
    assert near is not None
    degree = np.diff(near.indptr).astype(np.int64)
    values, outside = [], 0
    for seed in range(60):
        kind = rng.integers(0, 3, 150)
        values.append(network_m(near, kind, 3))
        null = relabelled_m(near, kind, 3, degree, 99, seed=seed)
        low, high = np.quantile(null, [0.025, 0.975], axis=0)
        outside += int(((values[-1] < low) | (values[-1] > high)).sum())
    assert np.mean(values) == pytest.approx(1.0, abs=0.03)
    assert 0.01 <= outside / 180 <= 0.12


def test_exchanges_keep_the_degrees_of_a_kind_and_do_not_depend_on_threads() -> None:
    """The only hub is of kind 0; it stays so, as nobody else has its degree."""
    source, target = np.zeros(20, np.int64), np.arange(1, 21)
    near = within_steps(source, target, 21, 1)
    assert near is not None
    degree = np.diff(near.indptr).astype(np.int64)
    kind = np.array([0] + [0] * 5 + [1] * 15)
    null = relabelled_m(near, kind, 2, degree, 20, seed=1, workers=1)
    assert np.array_equal(null, relabelled_m(near, kind, 2, degree, 20, seed=1, workers=2))
    assert np.allclose(null, network_m(near, kind, 2))
    assert degree_classes(np.array([0, 1, 2, 3, 4])).tolist() == [0, 0, 2, 3, 4]


def test_too_many_pairs_are_refused() -> None:
    hub = np.zeros(6000, np.int64)
    assert within_steps(hub, np.arange(1, 6001), 6001, 2) is None
