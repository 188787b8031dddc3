"""Alliances of latent teams that meet again, with some seats filled by others."""

import numpy as np

from jiqun.numerics.hypergraph.structure import Hypergraph, hypergraph

FIRMS, COMMUNITY, NOISE = 200, 20, 0.15


def teams(alliances: int, each: int, generator: np.random.Generator) -> Hypergraph:
    """Alliances of latent teams, ``each`` of them for every 20 firms, 15 % of seats filled by others."""
    latent = []
    for _ in range(each * FIRMS // COMMUNITY):
        base = COMMUNITY * int(generator.integers(FIRMS // COMMUNITY))
        size = int(generator.choice([3, 4, 5], p=[0.5, 0.3, 0.2]))
        latent.append(base + generator.choice(COMMUNITY, size, replace=False))
    chance = generator.gamma(1.0, 1.0, len(latent))
    groups = []
    for team in generator.choice(len(latent), alliances, p=chance / chance.sum()):
        members = latent[team].copy()
        base = members.min() // COMMUNITY * COMMUNITY
        others = np.setdiff1d(base + np.arange(COMMUNITY), members)
        swapped = generator.random(members.size) < NOISE
        members[swapped] = generator.choice(others, int(swapped.sum()), replace=False)
        groups.append(members)
    edge = np.repeat(np.arange(alliances), [g.size for g in groups])
    node = np.concatenate(groups).astype(np.int64)
    return hypergraph(edge, node, nodes=FIRMS, edges=alliances, start=np.arange(alliances))
