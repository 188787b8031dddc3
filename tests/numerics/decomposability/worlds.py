"""Small records with a known answer."""

import numpy as np

from jiqun.numerics.decomposability.states import PairStates


def pair_states(
    generator: np.random.Generator,
    alliances: int,
    *,
    kind: str,
    firms: int = 0,
    sizes: tuple[int, ...] = (3, 4, 5),
    strength: float = 0.5,
) -> PairStates:
    """Alliances of random firms; later states go by the pair, by the weakest pair, or by nothing."""
    pool = firms or max(alliances // 3, 12)
    number, one, other = [], [], []
    for e in range(alliances):
        team = np.sort(generator.choice(pool, generator.choice(sizes), replace=False))
        i, j = np.triu_indices(team.size, 1)
        number += [e] * i.size
        one += team[i].tolist()
        other += team[j].tolist()
    alliance = np.array(number, dtype=np.int64)
    before = (generator.random(alliance.size) < 0.75).astype(float)
    first = np.flatnonzero(np.diff(alliance, prepend=-1))
    weakest = np.minimum.reduceat(before, first)[alliance]
    cause = {"bilateral": before, "weakest": weakest, "nothing": 0 * before}[kind]
    after = (generator.random(alliance.size) < 0.25 + strength * cause).astype(float)
    return PairStates(
        alliance, np.array(one), np.array(other), before, after, cluster=alliance.copy()
    )
