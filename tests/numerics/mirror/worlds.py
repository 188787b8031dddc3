"""Small worlds for the tests of the mirror's order."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Arguments = dict[str, Any]


def random_record(seed: int, *, firms: int = 14, steps: int = 12, ties: int = 30) -> Arguments:
    """Firms with one to three sites each, opened and closed at random, and random ties."""
    rng = np.random.default_rng(seed)
    owner = np.repeat(np.arange(firms), rng.integers(1, 4, firms))
    opened = rng.integers(-3, steps, owner.size)
    closed = np.where(
        rng.random(owner.size) < 0.4, opened + rng.integers(1, steps, owner.size), steps
    )
    source, target = rng.integers(0, firms, (2, ties))
    apart = source != target
    group = rng.integers(0, 2, firms)
    return {
        "firm": owner,
        "points": np.stack([rng.integers(0, 5, owner.size) * 100.0, np.zeros(owner.size)], axis=1),
        "opened": opened,
        "closed": closed,
        "source": source[apart],
        "target": target[apart],
        "onset": rng.integers(-2, steps, ties)[apart],
        "group": group,
        "block": np.zeros(firms, int),
        "steps": steps,
        "radius": 100.0,
    }


def following(
    seed: int,
    *,
    places_first: float = 0.0,
    ties_first: float = 0.0,
    firms: int = 80,
    steps: int = 60,
    same_step: float = 0.0,
) -> Arguments:
    """Firms that tie with neighbours, or move to partners, or both, so often."""
    rng = np.random.default_rng(seed)
    places = firms // 3
    at = rng.integers(0, places, firms)
    tied = np.zeros((firms, firms), bool)
    spells = [[i, int(at[i]), -1, steps] for i in range(firms)]
    current = list(range(firms))
    ties: list[tuple[int, int, int]] = []

    def tie(i: int, j: int, t: int) -> None:
        if i != j and not tied[i, j]:
            tied[i, j] = tied[j, i] = True
            ties.append((i, j, t))

    for t in range(steps):
        then, old = at.copy(), tied.copy()
        for i in np.flatnonzero(rng.random(firms) < 0.03):
            partners = np.flatnonzero(old[i])
            led = partners.size and rng.random() < ties_first
            then[i] = at[rng.choice(partners)] if led else rng.integers(places)
        for i in np.flatnonzero(rng.random(firms) < 0.06):
            near = np.flatnonzero((at == at[i]) & ~tied[i] & (np.arange(firms) != i))
            led = near.size and rng.random() < places_first
            tie(int(i), int(rng.choice(near) if led else rng.integers(firms)), t)
        if rng.random() < same_step:
            one, other = rng.choice(firms, 2, replace=False)
            then[[one, other]] = rng.integers(places)
            tie(int(one), int(other), t)
        for i in np.flatnonzero(then != at):
            spells[current[i]][3] = t
            current[i] = len(spells)
            spells.append([int(i), int(then[i]), t, steps])
        at = then
    sites, dates = np.array(spells), np.array(ties)
    return {
        "firm": sites[:, 0],
        "points": np.stack([sites[:, 1] * 1000.0, np.zeros(len(sites))], axis=1),
        "opened": sites[:, 2],
        "closed": sites[:, 3],
        "source": dates[:, 0],
        "target": dates[:, 1],
        "onset": dates[:, 2],
        "group": np.zeros(firms, int),
        "block": np.zeros(firms, int),
        "steps": steps,
        "radius": 10.0,
    }


def dense(record: Arguments) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Co-located, tied and both present at the start of each step, for all pairs: (T + 1, N, N)."""
    steps, firms = record["steps"], len(record["group"])
    together = np.zeros((steps + 1, firms, firms), bool)
    present = np.zeros((steps + 1, firms), bool)
    sites = list(
        zip(record["firm"], record["points"], record["opened"], record["closed"], strict=True)
    )
    for t in range(steps + 1):
        used = [(f, p) for f, p, o, c in sites if o < t <= c or (o < 0 <= c and t <= c)]
        for f, p in used:
            for g, q in used:
                together[t, f, g] |= f != g and np.hypot(*(p - q)) <= record["radius"]
    for f in range(firms):
        spans = [
            (max(o + 1, 0), min(c, steps))
            for g, _, o, c in sites
            if g == f and o + 1 <= c and c >= 0
        ]
        if spans:
            present[min(a for a, _ in spans) : max(b for _, b in spans) + 1, f] = True
    tied = np.zeros((steps + 1, firms, firms), bool)
    for i, j, t in zip(record["source"], record["target"], record["onset"], strict=True):
        tied[max(t + 1, 0) :, i, j] = tied[max(t + 1, 0) :, j, i] = True
    return together, tied, present[:, :, None] & present[:, None, :]
