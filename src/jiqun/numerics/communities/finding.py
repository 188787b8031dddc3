"""From layers to communities with memberships and evidence.

The firms are partitioned at a setting that held-out links choose; draws say how firmly each firm
belongs; links that a draw has not seen say whether a community is more than chance.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.communities.choice import (
    Setting,
    choose,
    coarsest,
    kept_groups,
    partition,
)
from jiqun.numerics.communities.evidence import (
    Decay,
    Held,
    centres_of,
    decays,
    held_evidence,
    units,
)
from jiqun.numerics.communities.layers import Network
from jiqun.numerics.communities.numbering import renumbered
from jiqun.numerics.communities.resampling import NONE, further, matched
from jiqun.numerics.communities.trial import some_firms
from jiqun.numerics.point_pattern.workers import in_order

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Small = NDArray[np.int32]

DRAWS = 20
FEWER_DRAWS, MANY_PAIRS = 10, 1_000_000
LARGE = 200_000
"""Firms from which the search saves time."""
PART = 100_000
"""Firms of a large network on which settings are tried."""
FINER = 8.0
"""A large network is first cut at so many times the coarsest resolution: the part is made of these."""
SMALLEST = 5
"""Firms of a community that is looked at further."""
MEMBER = 0.5
"""Share of draws from which a firm is a member."""


@dataclass(frozen=True, slots=True)
class Support:
    """Evidence of one layer for every community, from links that the draws had not seen.

    Attributes
    ----------
    joined, due
        Held-out groups that join two or more of its firms, and as many as expected from strengths
        alone; means over the draws, shape (C,).
    due_near
        As many as expected given how links thin out with distance too, shape (C,).
    p_value, p_value_near
        Twice the median over draws of P(as many or more), against either, shape (C,).
    """

    joined: Floats
    due: Floats
    due_near: Floats
    p_value: Floats
    p_value_near: Floats


@dataclass(frozen=True, slots=True)
class Communities:
    """Communities of at least five firms, by size.

    Attributes
    ----------
    setting
        Weights and resolution that were chosen.
    count
        Number of communities C.
    firm, community, membership
        Firm, community and share of draws of each membership of at least one half, by community and
        falling share; shape (M,).
    support
        Evidence of each link layer, and of all together at the end.
    draws
        Number of draws.
    """

    setting: Setting
    count: int
    firm: Small
    community: Small
    membership: Floats
    support: tuple[Support, ...]
    draws: int


@dataclass(frozen=True, slots=True)
class Draw:
    """What one draw says: memberships as ``firm · C + community``, and evidence by layer."""

    belongs: Ints
    plain: tuple[Held, ...]
    near: tuple[Held, ...]
    chosen: Small


def search(
    whole: Network,
    links: tuple[bool, ...],
    place: Floats,
    generator: np.random.Generator,
    *,
    draws: int | None = None,
    workers: int | None = None,
    large: bool | None = None,
) -> Communities:
    """Find communities.

    Parameters
    ----------
    whole
        The layers.
    links
        Which layers are links between firms (ties, alliances), not geography.
    place
        Coordinates of each firm in metres, NaN where unknown, shape (N, 2).
    generator
        Source of all draws.
    draws
        Number of draws; 20, or 10 beyond a million pairs.
    workers
        Draws made side by side (None: one a core); the result does not depend on it.
    large
        Whether to save time: settings are tried on a part of the firms, levels of a partition are left
        early, and neighbours get neighbouring numbers. By default from 200,000 firms on.

    Returns
    -------
    Communities
        With evidence; which of them are more than chance is for the caller to say.
    """
    if draws is None:
        draws = FEWER_DRAWS if whole.neighbours.size > 2 * MANY_PAIRS else DRAWS
    order, part = np.arange(whole.firms, dtype=np.int32), None
    if large is None:
        large = whole.firms >= LARGE
    if large:
        order, part = _side_by_side(whole, generator)
        whole, place = renumbered(whole, order), place[order]
    setting = choose(whole, links, generator, workers, part)
    seed = int(generator.integers(2**31))
    with ThreadPoolExecutor(1) as beside:
        fade = beside.submit(_fading, whole, links, place, generator, workers)
        base, count = _largest_first(partition(whole, setting, seed, large=large))
        fading = fade.result()
    tasks = [(kept_groups(whole, links, each), each) for each in generator.spawn(draws)]
    results = in_order(
        lambda task: _one(whole, links, setting, base, count, fading, *task, large=large),
        tasks,
        workers,
    )
    firm, community, membership = _memberships([r.belongs for r in results], count, order)
    return Communities(
        setting=setting,
        count=count,
        firm=firm,
        community=community,
        membership=membership,
        support=_supports(results, count),
        draws=draws,
    )


def _side_by_side(whole: Network, generator: np.random.Generator) -> tuple[Small, Small]:
    """Order the firms by a coarse partition; return this, and a part of them, in this order."""
    setting = coarsest(whole).times(None, FINER)
    seed = int(generator.integers(2**31))
    community = partition(whole, setting, seed, large=True)
    order = np.argsort(community, kind="stable").astype(np.int32)
    return order, some_firms(community[order], PART, generator)


def _fading(
    whole: Network,
    links: tuple[bool, ...],
    place: Floats,
    generator: np.random.Generator,
    workers: int | None,
) -> tuple[tuple[Decay, ...] | None, ...]:
    """Measure how the links of each layer thin out with distance; None for geography."""
    measured, each = [a for a, link in enumerate(links) if link], units(place)
    centres = [centres_of(whole.layers[a], whole.firms, generator) for a in measured]

    def faded(at: int) -> tuple[Decay, ...]:
        return decays(place, each, whole.layers[measured[at]], centres[at])

    found = dict(zip(measured, in_order(faded, range(len(measured)), workers), strict=True))
    return tuple(found.get(a) for a in range(len(links)))


def _largest_first(community: Small) -> tuple[Small, int]:
    """Give numbers to the communities of five and more by size; the others are ``NONE``."""
    sizes = np.bincount(community) if community.size else np.zeros(0, np.int64)
    order = np.argsort(-sizes, kind="stable")
    count = int((sizes >= SMALLEST).sum())
    number = np.full(sizes.size, NONE, np.int32)
    number[order[:count]] = np.arange(count, dtype=np.int32)
    return number[community], count


def _one(
    whole: Network,
    links: tuple[bool, ...],
    setting: Setting,
    base: Small,
    count: int,
    fading: tuple[tuple[Decay, ...] | None, ...],
    kept: tuple[Floats, ...],
    generator: np.random.Generator,
    *,
    large: bool,
) -> Draw:
    """Partition from what was kept, match with the whole, and test with the rest."""
    seed = int(generator.integers(2**31))
    drawn = partition(whole, setting, seed, kept, large=large)
    matches = matched(drawn, np.where(base >= 0, base, count).astype(np.int32), count + 1)
    to_whole = np.where(matches.whole == count, NONE, matches.whole).astype(np.int32)
    own = to_whole[drawn]
    placed = np.flatnonzero(own >= 0)
    belongs = np.concatenate(
        [placed * count + own[placed], further(whole, own, count, kept, links)]
    ).astype(np.int64)
    plain, near = [], []
    communities = matches.whole.size
    for layer, keep, fades in zip(whole.layers, kept, fading, strict=True):
        if fades is None:
            continue
        strength = layer.strengths(whole.firms)
        factor = np.ones(communities)
        for each in fades:
            factor = np.maximum(factor, each.within(drawn, communities, strength, seed))
        alone, nearby = held_evidence(drawn, communities, layer, keep, whole.firms, factor)
        plain.append(alone)
        near.append(nearby)
    return Draw(belongs, tuple(plain), tuple(near), matches.chosen[:count])


def _memberships(belongs: list[Ints], count: int, order: Small) -> tuple[Small, Small, Floats]:
    """Count the draws in which each firm belongs to each community; keep those of one half.

    ``order``: the firm of each number.
    """
    if count == 0:
        return np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0)
    keys, times = np.unique(np.concatenate(belongs), return_counts=True)
    share = times / len(belongs)
    keys, share = keys[share >= MEMBER], share[share >= MEMBER]
    firm, community = order[keys // count], keys % count
    rows = np.lexsort((firm, -share, community))
    return firm[rows].astype(np.int32), community[rows].astype(np.int32), share[rows]


def _supports(results: list[Draw], count: int) -> tuple[Support, ...]:
    """Bring the evidence of the draws together, by layer and for all layers."""
    layers = len(results[0].plain) if results else 0
    found = [
        _support([(r.plain[a], r.near[a], r.chosen) for r in results], count) for a in range(layers)
    ]
    if layers:
        every = [(_sum(r.plain), _sum(r.near), r.chosen) for r in results]
        found.append(_support(every, count))
    return tuple(found)


def _sum(held: tuple[Held, ...]) -> Held:
    total = held[0]
    for other in held[1:]:
        total += other
    return total


def _support(drawn: list[tuple[Held, Held, Small]], count: int) -> Support:
    """Take means and twice the median p-value; a draw without a match has p = 1 and no links."""
    rows = np.zeros((len(drawn), 5, count))
    rows[:, 3:] = 1.0
    for row, (plain, near, chosen) in zip(rows, drawn, strict=True):
        there = np.flatnonzero(chosen >= 0)
        at = chosen[there]
        row[:, there] = [
            plain.joined[at],
            plain.due[at],
            near.due[at],
            plain.tail()[at],
            near.tail()[at],
        ]
    joined, due, due_near = rows[:, :3].mean(axis=0)
    p, p_near = np.minimum(2.0 * np.median(rows[:, 3:], axis=0), 1.0)
    return Support(joined, due, due_near, p, p_near)
