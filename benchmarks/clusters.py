"""How long does it take to find the clusters among a million firms, and how much memory?

Usage: ``.venv/bin/python benchmarks/clusters.py [firms]`` (1e6 by default: 5 M ties, 300,000 alliances).
Wall time depends on what else runs; processor time, halved, is what two free cores take at least.
Beside it networkit's ParallelLeiden at the same resolution on the ties, where it is installed.
"""

import resource
import sys
import time
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.communities import (
    Industries,
    Layer,
    alliance_layer,
    clumps,
    network,
    search,
    tie_layer,
)

EXTENT, SIZE = 3e6, 100
SECONDS, GIGABYTES = 120, 6.0
Ints = NDArray[np.int64]


def partners(firm: Ints, first: Ints, loyal: float, rng: np.random.Generator) -> Ints:
    """Draw a partner for each firm, from its cluster with the given chance."""
    found = rng.integers(0, first.size, firm.size)
    order = np.argsort(first, kind="stable")
    start = np.searchsorted(first[order], np.arange(int(first.max()) + 2))
    mine = np.flatnonzero((first[firm] >= 0) & (rng.random(firm.size) < loyal))
    own = first[firm[mine]]
    found[mine] = order[start[own] + (rng.random(mine.size) * np.diff(start)[own]).astype(int)]
    return found


def world(firms: int) -> tuple[tuple[Layer, ...], NDArray[np.float64], Ints]:
    """Make layers, places and industries: three firms in five are in clusters of 60."""
    rng = np.random.default_rng(0)
    count = firms // SIZE
    first = np.where(rng.random(firms) < 0.6, rng.integers(0, count, firms), -1)
    place = rng.random((firms, 2)) * EXTENT
    compact = (first >= 0) & (first % 2 == 0)
    place[compact] = (rng.random((count, 2)) * EXTENT)[first[compact]]
    place += rng.normal(0, 8e3, place.shape)
    industry = np.where(rng.random(firms) < 0.5, first % 80, rng.integers(0, 80, firms))
    source = rng.integers(0, firms, 5 * firms)
    ties = tie_layer(source, partners(source, first, 0.5, rng), firms)
    lead = rng.integers(0, firms, 3 * firms // 10)
    of = np.repeat(np.arange(lead.size), 1 + rng.poisson(1.5, lead.size))
    member = np.concatenate([lead, partners(lead[of], first, 0.7, rng)])
    alliances = alliance_layer(np.concatenate([np.arange(lead.size), of]), member)
    return (ties, alliances), place, np.maximum(industry, 0)


def main(firms: int) -> int:
    """Print seconds, gigabytes and the verdict."""
    (ties, alliances), place, industry = world(firms)
    began, worked = time.perf_counter(), time.process_time()
    alike = Industries(of=industry.astype(np.int32), related=np.eye(80, dtype=bool))
    near = clumps(place, np.arange(firms, dtype=np.int32), firms, alike)
    whole = network(firms, (ties, alliances, near.layer))
    found = search(whole, (True, True, False), place, np.random.default_rng(0))
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    gigabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{firms} firms, {ties.groups} ties, {alliances.groups} alliances, {found.count} candidates"
    )
    print(
        f"{seconds:.0f} s, {work:.0f} s of processor time (half: {work / 2:.0f} s), {gigabytes:.1f} GB"
    )
    if find_spec("networkit"):
        beside_networkit(ties, firms, found.setting.resolution)
    return 0 if min(seconds, work / 2) <= SECONDS and gigabytes <= GIGABYTES else 1


def beside_networkit(ties: Layer, firms: int, resolution: float) -> None:
    """Time one partition by networkit."""
    import networkit as nk  # noqa: PLC0415 - optional, and slow to import

    graph = nk.GraphFromCoo((ties.weight, (ties.first, ties.second)), n=firms, weighted=True)
    began = time.perf_counter()
    nk.community.ParallelLeiden(graph, gamma=resolution).run()
    print(
        f"networkit ParallelLeiden, one partition of the ties: {time.perf_counter() - began:.1f} s"
    )


if __name__ == "__main__":
    sys.exit(main(int(float(sys.argv[1])) if len(sys.argv) > 1 else 1_000_000))
