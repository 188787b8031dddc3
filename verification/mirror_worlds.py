"""Worlds in which it is known what follows what, to try the test of the mirror's order on.

Firms are at places and form ties, step by step. ``follow_place`` is the share of new ties that go to a
co-located firm, ``follow_tie`` the share of moves that go to a partner's place; with both at 0 a world
is a null world, however alike, bursty, hub-ridden or growing it is.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.mirror import MirrorOrder, mirror_order, mobility_blocks

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """How firms move and tie; rates are per firm and step."""

    firms: int = 90
    steps: int = 60
    places: int = 30
    move: float = 0.03
    tie: float = 0.06
    follow_place: float = 0.0
    follow_tie: float = 0.0
    homophily: float = 0.0
    industries: int = 4
    park: float = 0.0
    burst: float = 1.0
    hubs: float = 0.0
    growth: bool = False
    closure: float = 0.0
    late: int = 0
    blocked: bool = True


NULL = {
    "independent": World(),
    "homophily": World(homophily=0.8),
    "common cause": World(park=0.15),
    "hubs": World(hubs=1.0),
    "bursts": World(burst=8.0),
    "growth": World(growth=True),
}
TRUE = {
    "place to tie": World(follow_place=0.6),
    "tie to place": World(follow_tie=0.6),
    "both": World(follow_place=0.5, follow_tie=0.5),
    "weak place to tie": World(follow_place=0.2),
    "weak tie to place": World(follow_tie=0.2),
    "place to tie, growth": World(follow_place=0.6, growth=True),
    "tie to place, homophily": World(follow_tie=0.6, homophily=0.8),
}
UNTOLD = {
    "common cause in the same step": World(park=0.5),
    "park, ties registered 3 late": World(park=0.15, late=3),
    "tie to place, registered 10 late": World(follow_tie=0.6, late=10),
    "homophily, not blocked": World(homophily=0.9, blocked=False, steps=90),
    "no moves": World(move=0.0, follow_place=0.6),
    "ties to place through closure": World(follow_tie=0.6, closure=0.5),
}


class Run:
    """The state of one world while it runs."""

    def __init__(self, world: World, seed: int) -> None:
        rng = self.rng = np.random.default_rng(seed)
        n = world.firms
        self.world = world
        self.industry = rng.integers(world.industries, size=n)
        half = max(world.places // 2, 1)
        self.pools = [rng.permutation(world.places)[:half] for _ in range(world.industries)]
        late = np.sort(rng.integers(0, world.steps * 2 // 3, n))
        self.entry = late if world.growth else np.zeros(n, int)
        size = rng.pareto(1.5, n) + 0.3 if world.hubs else np.ones(n)
        self.size = size / size.mean()
        self.at = np.array([self.somewhere(i) for i in range(n)])
        self.tied = np.zeros((n, n), bool)
        self.spells = [[i, int(self.at[i]), int(self.entry[i]) - 1, world.steps] for i in range(n)]
        self.current = list(range(n))
        self.ties: list[tuple[int, int, int]] = []

    def somewhere(self, i: int) -> int:
        """Draw a place, of the industry's own ones where firms are alike."""
        if self.rng.random() < self.world.homophily:
            return int(self.rng.choice(self.pools[self.industry[i]]))
        return int(self.rng.integers(self.world.places))

    def active(self, rate: float, t: int) -> Ints:
        """Draw the firms that do something in a step."""
        burst = self.world.burst
        pace = (burst if (t // 6) % 4 == 0 else 1.0) * 4.0 / (burst + 3.0)
        drawn = self.rng.random(self.size.size) < np.minimum(rate * pace * self.size, 1.0)
        return np.flatnonzero((self.entry <= t) & drawn)

    def step(self, t: int) -> None:
        """Let firms move and tie, each seeing the places and ties at the start of the step."""
        world, here = self.world, self.entry <= t
        then = self.at.copy()
        for i in self.active(world.move, t):
            partners = np.flatnonzero(self.tied[i] & here)
            led = partners.size and self.rng.random() < world.follow_tie
            then[i] = self.at[self.rng.choice(partners)] if led else self.somewhere(int(i))
        partners_of = [(int(i), self.partner(int(i), here)) for i in self.active(world.tie, t)]
        fresh = [(i, j) for i, j in partners_of if j is not None]
        if world.park and self.rng.random() < world.park:
            group = self.rng.choice(np.flatnonzero(here), 5, replace=False)
            then[group] = self.rng.integers(world.places)
            fresh += [(int(a), int(b)) for a in group for b in group if a < b]
        for i in np.flatnonzero(then != self.at):
            self.spells[self.current[i]][3] = t
            self.current[i] = len(self.spells)
            self.spells.append([int(i), int(then[i]), t, world.steps])
        for i, j in fresh:
            if not self.tied[i, j]:
                self.tied[i, j] = self.tied[j, i] = True
                self.ties.append((i, j, t + world.late))
        self.at = then

    def partner(self, i: int, here: NDArray[np.bool_]) -> int | None:
        """Choose whom a firm ties with."""
        free = here & ~self.tied[i]
        free[i] = False
        near = free & (self.at == self.at[i])
        if self.rng.random() < self.world.follow_place and near.any():
            return int(self.rng.choice(np.flatnonzero(near)))
        known = free & self.tied[self.tied[i]].any(axis=0)
        if self.rng.random() < self.world.closure and known.any():
            return int(self.rng.choice(np.flatnonzero(known)))
        if self.rng.random() < self.world.homophily:
            free &= self.industry == self.industry[i]
        if not free.any():
            return None
        chance = np.where(free, self.size, 0.0)
        return int(self.rng.choice(free.size, p=chance / chance.sum()))


def simulate(world: World, seed: int) -> dict[str, object]:
    """Run a world; return the arguments of ``mirror_order`` that it makes."""
    run = Run(world, seed)
    for t in range(world.steps):
        run.step(t)
    spells = np.array(run.spells)
    ties = np.array(run.ties, dtype=np.int64).reshape(-1, 3)
    ties = ties[ties[:, 2] < world.steps]
    group = run.entry * 3 // world.steps if world.growth else run.industry
    if not world.blocked:
        group = np.zeros_like(group)
    moves = np.bincount(spells[:, 0], minlength=world.firms) - 1
    return {
        "firm": spells[:, 0],
        "points": np.stack([spells[:, 1] * 1000.0, np.zeros(len(spells))], axis=1),
        "opened": spells[:, 2],
        "closed": spells[:, 3],
        "source": ties[:, 0],
        "target": ties[:, 1],
        "onset": ties[:, 2],
        "group": group,
        "block": mobility_blocks(group, moves),
        "steps": world.steps,
        "radius": 10.0,
    }


def judge(world: World, seed: int, *, permutations: int = 999, lag: int = 0) -> MirrorOrder:
    """Run a world and put it to the test."""
    arguments = simulate(world, seed)
    return mirror_order(**arguments, permutations=permutations, lag=lag, seed=seed)  # type: ignore[arg-type]
