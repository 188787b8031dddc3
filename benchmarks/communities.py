"""Partitions of one network of ties by ours and by networkit, igraph and leidenalg, in one run.

Usage: ``python -m benchmarks.communities [firms]`` (1e5 by default, ten ties a firm, 1,000 planted communities).
Prints processor seconds of one partition at one resolution, its modularity Q, and how well it agrees with
what was planted. Peers that are not installed are left out; igraph and leidenalg are GPL and serve here only.
"""

import sys
import time
from collections.abc import Callable
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.communities import Layer, network, tie_layer
from jiqun.numerics.communities.layers import weighed
from jiqun.numerics.communities.louvain import louvain
from tests.measures.planted_clusters import adjusted_rand

SIZE, LOYAL, RESOLUTION = 100, 0.6, 4.0
Ints = NDArray[np.int64]
Partition = Callable[[], Ints]


def planted(firms: int) -> tuple[Layer, Ints]:
    """Draw ties, six in ten inside a community."""
    rng = np.random.default_rng(0)
    home = rng.permutation(firms) // SIZE
    order = np.argsort(home, kind="stable")
    source = rng.integers(0, firms, 10 * firms)
    inside = order[np.minimum(home[source] * SIZE + rng.integers(0, SIZE, source.size), firms - 1)]
    anyone = rng.integers(0, firms, source.size)
    target = np.where(rng.random(source.size) < LOYAL, inside, anyone)
    return tie_layer(source, target, firms), home


def modularity(layer: Layer, community: Ints) -> float:
    """Return Q at the resolution of the run."""
    strength = np.bincount(community, layer.strengths(community.size))
    same = community[layer.first] == community[layer.second]
    share = strength / strength.sum()
    return float(layer.weight[same].sum() / layer.weight.sum() - RESOLUTION * (share**2).sum())


def ours(layer: Layer, firms: int, *, large: bool) -> Partition:
    """Prepare ours, compiled."""
    whole = network(firms, (layer,))
    weights = weighed(whole, np.ones(1), np.full(1, RESOLUTION))
    return lambda: louvain(whole, *weights, 1, large=large).astype(np.int64)


def by_networkit(layer: Layer, firms: int) -> Partition:
    """Prepare ParallelLeiden."""
    import networkit as nk  # noqa: PLC0415 - optional

    nk.setNumberOfThreads(1)
    graph = nk.GraphFromCoo((layer.weight, (layer.first, layer.second)), n=firms, weighted=True)

    def run() -> Ints:
        found = nk.community.ParallelLeiden(graph, gamma=RESOLUTION)
        found.run()
        return np.array(found.getPartition().getVector(), dtype=np.int64)

    return run


def by_igraph(layer: Layer, firms: int, *, leidenalg: bool) -> Partition:
    """Prepare igraph's own Leiden, or leidenalg."""
    import igraph  # noqa: PLC0415 - optional

    pairs = np.stack([layer.first, layer.second], axis=1)
    graph = igraph.Graph(n=firms, edges=pairs)

    def own() -> Ints:
        found = graph.community_leiden("modularity", resolution=RESOLUTION, n_iterations=2)
        return np.array(found.membership, dtype=np.int64)

    def other() -> Ints:
        import leidenalg as la  # noqa: PLC0415 - optional

        kind = la.RBConfigurationVertexPartition
        found = la.find_partition(graph, kind, resolution_parameter=RESOLUTION, seed=1)
        return np.array(found.membership, dtype=np.int64)

    return other if leidenalg else own


def main(firms: int) -> None:
    """Print one line a program."""
    layer, home = planted(firms)
    runs = {
        "ours": ours(layer, firms, large=False),
        "ours, as for large networks": ours(layer, firms, large=True),
    }
    if find_spec("networkit"):
        runs["networkit ParallelLeiden"] = by_networkit(layer, firms)
    if find_spec("igraph"):
        runs["igraph Leiden"] = by_igraph(layer, firms, leidenalg=False)
    if find_spec("leidenalg"):
        runs["leidenalg"] = by_igraph(layer, firms, leidenalg=True)
    print(f"{firms:,} firms, {layer.groups:,} ties, resolution {RESOLUTION:g}")
    runs["ours"]()
    for name, run in runs.items():
        began = time.process_time()
        community = run()
        spent = time.process_time() - began
        told = f"Q {modularity(layer, community):.4f}, adjusted Rand {adjusted_rand(community, home):.3f}"
        print(f"{name:28} {spent:7.2f} s  {told}, {community.max() + 1:,} communities", flush=True)


if __name__ == "__main__":
    main(int(float(sys.argv[1])) if len(sys.argv) > 1 else 100_000)
