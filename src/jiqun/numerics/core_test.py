"""Is there a core, and which firms are in it, given how many collaborations each firm has?

Two statistics are compared with shuffled collaborations, each in standard deviations of the shuffles: the
logarithm of a firm's share (does it carry more than firms with as many collaborations?), and the number of
collaborations that have at least one of the k firms that cover most (do they, as a group, stand apart and
serve the others?). The largest of all of them is tested once, so that a record without a core shows none in
95 of 100. Candidates are the firms with most collaborations, which no shuffle changes, so the choice does
not bias the test.

References
----------
Westfall, P. H. & Young, S. S. (1993). Resampling-based multiple testing. Wiley, New York.
Nemhauser, G. L., Wolsey, L. A. & Fisher, M. L. (1978). An analysis of approximations for maximizing
submodular set functions. Mathematical Programming 14, 265-294. doi:10.1007/BF01588971 (greedy cover)
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.coreness import TOLERANCE, coreness, shuffle
from jiqun.numerics.hypergraph.structure import Hypergraph
from jiqun.numerics.point_pattern.compiled import compiled
from jiqun.numerics.point_pattern.workers import in_order

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Small = NDArray[np.int32]
Bools = NDArray[np.bool_]

LEAST = 3
"""Collaborations without which a firm is no candidate."""
CANDIDATES = 30
BURN_IN = 10
TRADES = 2
CHAIN = 11
"""Shuffles that follow one another; each chain of them starts anew from the record."""
LEAST_DEVIATION = 10 * TOLERANCE
"""Differences in log share below that are the iteration's, not the data's."""
LEAST_COVER = 0.5
"""Collaborations: a count moves in steps of one."""
QUANTILE = 0.95


@dataclass(frozen=True, slots=True)
class CoreTest:
    """Candidates for the core, the surest first.

    Attributes
    ----------
    candidate
        Numbers of the firms, shape (C,).
    share
        Share of the collaborations that each carries, shape (C,).
    expected
        Geometric mean of that share under shuffled collaborations, shape (C,).
    excess
        Standard deviations of the log share above its mean under shuffling, shape (C,).
    core
        Whether the test found a core and the firm is in it, shape (C,).
    size
        Firms of the group that covers more than by chance, k.
    covered, covered_expected
        Collaborations that this group covers, and the mean under shuffling.
    p_value
        Chance that shuffled collaborations show a group or a firm as striking.
    resampled
        Shares under the Poisson bootstrap of collaborations, shape (draws, C).
    covered_again
        Share of the collaborations that k firms cover in each draw, shape (draws,).
    inclusion
        Share of the bootstrap draws in which the candidate is among the k firms that cover most,
        shape (C,).
    """

    candidate: Ints
    share: Floats
    expected: Floats
    excess: Floats
    core: Bools
    size: int
    covered: float
    covered_expected: float
    p_value: float
    resampled: Floats
    covered_again: Floats
    inclusion: Floats


@dataclass(frozen=True, slots=True)
class _Looked:
    """What one arrangement shows: log shares, cover by size, order of firms, and collaborations."""

    log_share: Floats
    cover: Floats
    order: Ints
    relations: int


Look = Callable[[Small, Floats], _Looked]
"""Look at one arrangement of the members, with one weight a collaboration."""


def core_test(
    graph: Hypergraph,
    generator: np.random.Generator,
    draws: int = 99,
    *,
    workers: int | None = None,
) -> CoreTest | None:
    """Test for core firms.

    Parameters
    ----------
    graph
        Collaborations as hyperedges; those of a kind are shuffled among themselves.
    generator
        Source of random numbers.
    draws
        Shuffles (rounded up to whole chains), and bootstrap draws.
    workers
        Chains and draws side by side (None: one a core); the result does not depend on it.

    Returns
    -------
    CoreTest or None
        None where no firm takes part in at least three collaborations.
    """
    degree = graph.degrees
    candidate = _busiest(degree)
    if candidate.size == 0:
        return None
    once = np.ones(graph.edges)
    share = coreness(graph.offsets, graph.members, once, degree / degree.sum())
    look = _looker(graph, candidate, share)
    seen = look(graph.members, once)
    null = _nulls(graph, generator, -(-draws // CHAIN), look, workers)
    again = in_order(
        lambda rng: look(graph.members, rng.poisson(1.0, graph.edges).astype(float)),
        generator.spawn(draws),
        workers,
    )
    return _judged(candidate, share[candidate], seen, null, again)


def _nulls(
    graph: Hypergraph,
    generator: np.random.Generator,
    chains: int,
    look: Look,
    workers: int | None,
) -> list[_Looked]:
    """Look at shuffles, chain by chain."""
    seeds = generator.integers(1, 2**31, (chains, CHAIN))
    found = in_order(lambda row: _chain(graph, row, look), seeds, workers)
    return [each for chain in found for each in chain]


def _judged(
    candidate: Ints, share: Floats, seen: _Looked, null: list[_Looked], again: list[_Looked]
) -> CoreTest:
    """Compare the record with its shuffles, and the group with its bootstrap draws."""
    shares = _standardised([seen.log_share, *(n.log_share for n in null)], LEAST_DEVIATION)
    covers = _standardised([seen.cover, *(n.cover for n in null)], LEAST_COVER)
    largest = np.maximum(shares.max(axis=1), covers.max(axis=1))
    threshold = float(np.quantile(largest, QUANTILE, method="higher"))
    size = int(covers[0].argmax()) + 1
    inside = np.zeros(candidate.size, np.bool_)
    inside[seen.order[:size]] = covers[0, size - 1] > threshold
    core = inside | (shares[0] > threshold)
    inclusion = np.mean([np.isin(np.arange(candidate.size), a.order[:size]) for a in again], axis=0)
    order = np.lexsort((candidate, -shares[0], -inclusion, ~core))
    return CoreTest(
        candidate=candidate[order],
        share=share[order],
        expected=np.exp(np.mean([n.log_share for n in null], axis=0))[order],
        excess=shares[0][order],
        core=core[order],
        size=size,
        covered=float(seen.cover[size - 1]),
        covered_expected=float(np.mean([n.cover[size - 1] for n in null])),
        p_value=float((largest >= largest[0]).mean()),
        resampled=np.exp(np.array([a.log_share for a in again]))[:, order],
        covered_again=np.array([a.cover[size - 1] for a in again]) / seen.relations,
        inclusion=inclusion[order],
    )


def _busiest(degree: Ints) -> Ints:
    """Choose the candidates: the firms with most collaborations, if they have enough."""
    first = np.argsort(-degree, kind="stable")[:CANDIDATES]
    return first[degree[first] >= LEAST]


def _looker(graph: Hypergraph, candidate: Ints, share: Floats) -> Look:
    """Return the function that looks at an arrangement of the collaborations."""
    place = np.full(graph.nodes, -1, np.int32)
    place[candidate] = np.arange(candidate.size, dtype=np.int32)
    tiny = np.finfo(float).tiny

    def look(members: Small, weight: Floats) -> _Looked:
        carried = coreness(graph.offsets, members, weight, share)[candidate]
        order, cover = _greedy(graph.offsets, members, weight, place, candidate.size)
        of_weight = cover * (graph.edges / max(float(weight.sum()), 1.0))
        return _Looked(np.log(np.maximum(carried, tiny)), of_weight, order, graph.edges)

    return look


def _chain(graph: Hypergraph, seeds: Ints, look: Look) -> list[_Looked]:
    """Look at shuffles that follow one another."""
    held, once, found = graph.members, np.ones(graph.edges), []
    stratum = graph.kind.astype(np.int64)
    for number, seed in enumerate(seeds):
        trades = TRADES if number else BURN_IN
        held = shuffle(graph.offsets, held, stratum, trades, int(seed))
        found.append(look(held, once))
    return found


def _standardised(rows: list[Floats], least: float) -> Floats:
    """Return each column less its mean in standard deviations, the record's row first."""
    every = np.vstack(rows)
    return np.asarray((every - every.mean(axis=0)) / np.maximum(every.std(axis=0), least))


@compiled
def _greedy(
    offsets: Ints, members: Small, weight: Floats, place: Small, count: int
) -> tuple[Ints, Floats]:
    """Choose the candidates one by one, each time the one that covers most of what is not covered.

    Returns
    -------
    tuple
        Places of the candidates in the order of choice, and the weight covered after each, (C,).
    """
    first, edges = _of_candidates(offsets, members, place, count)
    covered = np.zeros(weight.size, np.bool_)
    gain = np.full(count, np.inf)
    order, curve, total = np.empty(count, np.int64), np.empty(count), 0.0
    for turn in range(count):
        while True:
            best = int(np.argmax(gain))
            fresh = 0.0
            for k in range(first[best], first[best + 1]):
                if not covered[edges[k]]:
                    fresh += weight[edges[k]]
            if fresh == gain[best]:
                break
            gain[best] = fresh
        for k in range(first[best], first[best + 1]):
            covered[edges[k]] = True
        total += fresh
        order[turn], curve[turn], gain[best] = best, total, -1.0
    return order, curve


@compiled
def _of_candidates(offsets: Ints, members: Small, place: Small, count: int) -> tuple[Ints, Ints]:
    """List the collaborations of each candidate: offsets (C + 1,) and numbers."""
    first = np.zeros(count + 1, np.int64)
    for m in members:
        if place[m] >= 0:
            first[place[m] + 1] += 1
    first = np.cumsum(first)
    at = first[:-1].copy()
    edges = np.empty(first[-1], np.int64)
    for e in range(offsets.size - 1):
        for m in range(offsets[e], offsets[e + 1]):
            c = place[members[m]]
            if c >= 0:
                edges[at[c]] = e
                at[c] += 1
    return first, edges
