"""What saves time in large networks changes neither the network nor what is found in a clear one."""

import numpy as np
import pytest

from jiqun.numerics.communities import alliance_layer, network, search, tie_layer
from jiqun.numerics.communities.choice import gain, kept_groups
from jiqun.numerics.communities.layers import Network, weighed
from jiqun.numerics.communities.louvain import louvain
from jiqun.numerics.communities.numbering import renumbered
from jiqun.numerics.communities.trial import some_firms, trial

CLIQUES, SIZE = 12, 8
FIRMS = CLIQUES * SIZE


def cliques() -> Network:
    """Cliques tied in a ring, and an alliance of three in each."""
    pairs = [
        (c * SIZE + a, c * SIZE + b) for c in range(CLIQUES) for a in range(SIZE) for b in range(a)
    ]
    pairs += [(c * SIZE, (c + 1) % CLIQUES * SIZE + 1) for c in range(CLIQUES)]
    source, target = np.array(pairs).T
    members = np.arange(CLIQUES)[:, None] * SIZE + np.arange(3)
    alliance = np.repeat(np.arange(CLIQUES), 3)
    layers = (tie_layer(source, target, FIRMS), alliance_layer(alliance, members.ravel()))
    return network(FIRMS, layers)


def test_renumbering_keeps_every_link_with_its_weight_and_group() -> None:
    whole = cliques()
    order = np.random.default_rng(0).permutation(FIRMS).astype(np.int32)
    turned = renumbered(whole, order)
    for before, after in zip(whole.layers, turned.layers, strict=True):
        assert (np.diff(after.group) >= 0).all()
        links = [
            sorted(
                (*sorted((int(name[a]), int(name[b]))), float(w), int(layer.sizes[g]))
                for a, b, w, g in zip(
                    layer.first, layer.second, layer.weight, layer.group, strict=True
                )
            )
            for layer, name in ((before, np.arange(FIRMS)), (after, order))
        ]
        assert links[0] == links[1]


def test_a_saving_partition_finds_clear_communities() -> None:
    whole = cliques()
    weights = weighed(whole, np.ones(2), np.ones(2))
    found = louvain(whole, *weights, 3, large=True)
    assert found.tolist() == [c for c in range(CLIQUES) for _ in range(SIZE)]


def test_a_part_of_the_firms_gains_its_share_of_the_whole() -> None:
    """Cliques are alike, so that half of them gain half; what they gain a link is the same."""
    whole = cliques()
    kept = kept_groups(whole, (True, False), np.random.default_rng(1))
    community = np.repeat(np.arange(CLIQUES), SIZE).astype(np.int32)
    part = np.arange(FIRMS // 2, dtype=np.int32)
    (all_held,) = trial(whole, (True, False), kept, None).held
    some = trial(whole, (True, False), kept, part)
    assert some.rows.firms == part.size
    assert some.held[0].total == all_held.total
    assert some.pairs[0].size == some.rows.layers[0].first.size
    coarse = np.zeros(FIRMS, np.int32)
    assert gain(community, all_held) > gain(coarse, all_held)
    assert gain(community[part], some.held[0]) > gain(coarse[part], some.held[0])


def test_a_part_is_made_of_whole_communities() -> None:
    community = np.repeat(np.arange(6), 5).astype(np.int32)
    part = some_firms(community, 11, np.random.default_rng(0))
    assert part.size == 15
    assert np.bincount(community[part], minlength=6).tolist().count(5) == 3


@pytest.mark.parametrize("workers", [1, 2])
def test_a_saving_search_finds_what_the_other_finds(workers: int) -> None:
    whole, place = cliques(), np.full((FIRMS, 2), np.nan)
    found = [
        search(whole, (True, True), place, np.random.default_rng(4), workers=workers, large=large)
        for large in (False, True)
    ]
    sets = [
        {frozenset(each.firm[each.community == c].tolist()) for c in range(each.count)}
        for each in found
    ]
    assert sets[0] == sets[1]
    assert len(sets[0]) == CLIQUES
