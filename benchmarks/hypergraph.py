"""Hypergraph counts beside XGI, hypergraphx and HyperNetX, on the same random alliances, in one run.

    python benchmarks/hypergraph.py [--edges 100000] [--large 3000000]

Prints the median seconds of each and the ratio. HyperNetX, which needs a library under the GPL, is not
installed with the tests and is timed where it is there, on a tenth of the hyperedges. ``--large``
also builds that many hyperedges and prints time and memory a membership, to show that both grow in
proportion.
"""

import argparse
import logging
import resource
import statistics
import time
import warnings
from collections.abc import Callable
from importlib.util import find_spec

import hypergraphx
import networkx as nx
import numpy as np
import xgi
from numpy.typing import NDArray

from jiqun.numerics.hypergraph.inclusion import simplicial_fraction
from jiqun.numerics.hypergraph.overlap import s_components
from jiqun.numerics.hypergraph.projection import triples
from jiqun.numerics.hypergraph.rewiring import exchange
from jiqun.numerics.hypergraph.structure import Hypergraph, hypergraph

STEPS = 2_000_000
FEWER = 10
"""By how much the hyperedges given to HyperNetX are fewer: its degrees alone take minutes of 100,000."""


def random_alliances(edges: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Draw groups of 2 to 10 firms, 3.2 on average, among half as many firms as groups."""
    rng = np.random.default_rng(0)
    sizes = np.minimum(1 + rng.geometric(0.45, edges), 10)
    edge = np.repeat(np.arange(edges), sizes)
    return edge, rng.integers(0, edges // 2, edge.size)


def median_seconds(work: Callable[[], object], repeats: int = 5) -> float:
    """Time the work after one run that compiles and warms up."""
    work()
    spent = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def once(work: Callable[[], object]) -> float:
    """Time the work once: the peers take seconds and need no warming up."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def built(edges: int) -> Hypergraph:
    """Build the random alliances."""
    edge, node = random_alliances(edges)
    return hypergraph(edge, node, nodes=edges // 2, edges=edges)


def xgi_components(graph: xgi.Hypergraph) -> int:
    """Count s = 2 components the way XGI offers: the line graph, then its components."""
    return nx.number_connected_components(xgi.convert.to_line_graph(graph, s=2))


Row = tuple[str, float, float | None, float | None]


def timed(edges: int) -> tuple[Hypergraph, list[Row]]:
    """Time ours and the peers: name, our seconds, those of XGI and of hypergraphx."""
    graph = built(edges)
    edge, node = random_alliances(edges)
    groups = [g.tolist() for g in np.split(graph.members, graph.offsets[1:-1])]
    distinct = [list(g) for g in dict.fromkeys(map(tuple, groups))]
    peer, peer_distinct = xgi.Hypergraph(groups), xgi.Hypergraph(distinct)

    def build() -> Hypergraph:
        return hypergraph(edge, node, nodes=graph.nodes, edges=edges)

    def counts() -> object:
        return graph.degrees, graph.sizes

    def peer_counts() -> object:
        return peer.nodes.degree.asnumpy(), peer.edges.size.asnumpy()

    built_by_xgi = once(lambda: xgi.Hypergraph(groups))
    built_by_hgx = once(lambda: hypergraphx.Hypergraph(distinct))
    components = once(lambda: xgi_components(peer))
    simplices = once(lambda: xgi.simplicial_fraction(peer_distinct))
    return graph, [
        ("build", median_seconds(build), built_by_xgi, built_by_hgx),
        ("degrees and sizes", median_seconds(counts), once(peer_counts), None),
        ("s = 2 components", median_seconds(lambda: s_components(graph, 2)), components, None),
        (
            "simplicial fraction",
            median_seconds(lambda: simplicial_fraction(graph)),
            simplices,
            None,
        ),
        ("closed and open triples", median_seconds(lambda: triples(graph)), None, None),
    ]


def compare(edges: int) -> None:
    """Print ours beside the peers."""
    graph, rows = timed(edges)
    print(f"{edges:,} hyperedges, {graph.members.size:,} memberships")
    print(f"{'':26}{'ours, s':>10}{'XGI':>10}{'ratio':>8}{'hypergraphx':>13}{'ratio':>8}")
    for name, ours, *peers in rows:
        cells = "".join(
            f"{'-':>{width}}{'-':>8}" if p is None else f"{p:>{width}.3f}{p / ours:>7.0f}×"
            for p, width in zip(peers, (10, 13), strict=True)
        )
        print(f"{name:26}{ours:>10.5f}{cells}")
    row = np.repeat(np.arange(edges), graph.sizes)
    members = graph.members.copy()
    spent = median_seconds(lambda: exchange(graph.offsets, members, row, STEPS, 1))
    print(f"configuration null: {STEPS / spent / 1e6:.1f} million steps a second")


def beside_hypernetx(edges: int) -> None:
    """Print ours beside HyperNetX, where that is installed."""
    if not find_spec("hypernetx"):
        print("HyperNetX is not installed")
        return
    import hypernetx as hnx  # noqa: PLC0415 - optional

    logging.disable()
    warnings.simplefilter("ignore")
    graph = built(edges)
    edge, node = random_alliances(edges)
    groups = [g.tolist() for g in np.split(graph.members, graph.offsets[1:-1])]
    peer = hnx.Hypergraph(groups)

    def components() -> int:
        return sum(1 for _ in peer.s_connected_components(s=2, return_singletons=True))

    rows = (
        (
            "build",
            median_seconds(lambda: hypergraph(edge, node, nodes=graph.nodes, edges=edges)),
            once(lambda: hnx.Hypergraph(groups)),
        ),
        (
            "degrees and sizes",
            median_seconds(lambda: (graph.degrees, graph.sizes)),
            once(lambda: (hnx.degree_dist(peer), hnx.edge_size_dist(peer))),
        ),
        ("s = 2 components", median_seconds(lambda: s_components(graph, 2)), once(components)),
    )
    print(f"HyperNetX {hnx.__version__}, {edges:,} hyperedges")
    for name, ours, theirs in rows:
        print(f"{name:26}{ours:>10.5f}{theirs:>10.3f}{theirs / ours:>7.0f}×")


def scale(edges: int) -> None:
    """Print time and memory of a build a hundred times as large."""
    edge, node = random_alliances(edges)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    spent = once(lambda: hypergraph(edge, node, nodes=edges // 2, edges=edges))
    used = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"{edge.size:,} memberships: built in {spent:.2f} s, "
        f"{1e9 * spent / edge.size:.0f} ns a membership, {used:.0f} MB more at the peak"
    )


def main() -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edges", type=int, default=100_000)
    parser.add_argument("--large", type=int, default=0)
    chosen = parser.parse_args()
    compare(chosen.edges)
    beside_hypernetx(chosen.edges // FEWER)
    if chosen.large:
        scale(chosen.large)


if __name__ == "__main__":
    main()
