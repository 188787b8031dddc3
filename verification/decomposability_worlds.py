"""Worlds with a known answer to "does it reduce to pairs?", most of a form that no estimator has.

A world draws alliances of three to six firms, the state of every pair (coordinated or failed) before,
and the chance that each pair works afterwards (or that the alliance as a whole succeeds).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.decomposability.states import PairStates

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
SIZES, CHANCES = (3, 4, 5, 6), (0.3, 0.3, 0.2, 0.2)
SEATS_PER_FIRM = 12
STRENGTH = 0.4
"""Change of the chance from the worst to the best case."""


@dataclass(frozen=True, slots=True)
class Alliances:
    """Drawn alliances; pairs in rows.

    Attributes
    ----------
    members
        Firms of each seat, and ``team`` their alliance, shape (seats,).
    alliance, one, other
        Pairs, shape (P,).
    true, quality
        State of each pair, and quality of each firm.
    experience
        Alliances that the two firms of each pair had before, in all, shape (P,).
    """

    alliance: Ints
    one: Ints
    other: Ints
    true: Floats
    quality: Floats
    experience: Floats
    generator: np.random.Generator

    def by(self, function: Callable[[Floats], float], values: Floats) -> Floats:
        """Apply a function to the pairs of each alliance, and give it back to its pairs."""
        first = np.flatnonzero(np.diff(self.alliance, prepend=-1))
        ends = np.append(first[1:], self.alliance.size)
        found = [function(values[a:b]) for a, b in zip(first, ends, strict=True)]
        return np.repeat(found, ends - first)

    def mean(self, values: Floats) -> Floats:
        """Return the alliance's mean for each of its pairs."""
        count = np.bincount(self.alliance)
        return np.asarray((np.bincount(self.alliance, values) / count)[self.alliance])

    @property
    def weakest(self) -> Floats:
        """The alliance's lowest true state for each of its pairs."""
        first = np.flatnonzero(np.diff(self.alliance, prepend=-1))
        return np.asarray(np.minimum.reduceat(self.true, first)[self.alliance])


def draw(
    generator: np.random.Generator,
    alliances: int,
    *,
    continuous: bool = False,
    assortative: bool = False,
    quality: float = 0.5,
) -> Alliances:
    """Draw alliances and the states of their pairs; firms of like quality meet if assortative."""
    size = generator.choice(SIZES, alliances, p=CHANCES)
    firms = max(int(size.sum() / SEATS_PER_FIRM), 12)
    q = np.sort(generator.normal(size=firms))
    teams = []
    for k in size:
        if assortative:
            width = min(max(int(firms * 0.3), 8), firms)
            start = generator.integers(firms - width + 1)
            teams.append(start + generator.choice(width, k, replace=False))
        else:
            teams.append(generator.choice(firms, k, replace=False))
    number = np.repeat(np.arange(alliances), size * (size - 1) // 2)
    upper = {k: np.triu_indices(k, 1) for k in SIZES}
    one = np.concatenate([t[upper[t.size][0]] for t in teams])
    other = np.concatenate([t[upper[t.size][1]] for t in teams])
    latent = quality * (q[one] + q[other]) + generator.normal(size=one.size)
    high = 1.0 / (1.0 + np.exp(-(latent + 1.1)))
    true = high if continuous else (latent > -0.9).astype(float)
    seats = np.repeat(np.arange(alliances), size)
    order, past = np.zeros(firms), np.empty(seats.size)
    for position, firm in enumerate(np.concatenate(teams)):
        past[position] = order[firm]
        order[firm] += 1
    experience = np.bincount(seats, past, alliances) / size
    return Alliances(number, one, other, true, q, experience[number], generator)


def bilateral(w: Alliances) -> Floats:
    """Each pair by its own state."""
    return w.true


def weakest_link(w: Alliances) -> Floats:
    """All pairs by the weakest of them."""
    return w.weakest


def half(w: Alliances) -> Floats:
    """Half by the own state, half by the weakest."""
    return 0.5 * w.true + 0.5 * w.weakest


def threshold(w: Alliances) -> Floats:
    """Work if the pair fits and two thirds of the alliance's pairs do."""
    return w.true * (w.mean(w.true) >= 2 / 3)


def oring(w: Alliances) -> Floats:
    """Every pair's chance is the product over all pairs of a noisy quality (Kremer 1993)."""
    noisy = np.clip(0.25 + 0.75 * w.true + w.generator.normal(0, 0.08, w.true.size), 0.02, 1.0)
    return w.by(lambda values: float(np.exp(np.log(values).sum())), noisy)


def congestion(w: Alliances) -> Floats:
    """Gain less from fitting, the more other pairs fit: they share one capacity."""
    return w.true * (1.3 - 0.6 * w.mean(w.true))


def substitutes(w: Alliances) -> Floats:
    """Work if the pair fits, or half as well if any other of the alliance does."""
    best = w.by(lambda values: float(np.sort(values)[-2]), w.true)
    return np.maximum(w.true, 0.5 * best)


def latent_teams(w: Alliances) -> Floats:
    """Own state, and a chemistry of firms that is not in any pair's state."""
    kind = w.generator.integers(0, 3, w.quality.size)
    same = (kind[w.one] == kind[w.other]).astype(float)
    return 0.6 * w.true + 0.4 * (w.mean(same) > 0.34)


def learning(w: Alliances) -> Floats:
    """Own state counts the more, the more alliances the members have behind them."""
    rank = np.argsort(np.argsort(w.experience)) / max(w.experience.size - 1, 1)
    return w.true * (0.4 + 0.8 * rank)


def spillover(w: Alliances) -> Floats:
    """Own state and the mean of all, half each: others matter, but each by itself."""
    return 0.5 * w.true + 0.5 * w.mean(w.true)


def quality_trap(w: Alliances) -> Floats:
    """Bilateral, and good firms both fit better and do better; drawn with assortative matching."""
    return w.true + 0.35 * (w.quality[w.one] + w.quality[w.other])


def common_shock(w: Alliances) -> Floats:
    """Bilateral, with a shock that all pairs of an alliance share."""
    shock = w.generator.normal(0, 0.5, int(w.alliance.max()) + 1)
    return w.true + shock[w.alliance]


def nothing(w: Alliances) -> Floats:
    """No state matters."""
    return np.zeros_like(w.true)


World = Callable[[Alliances], Floats]
BILATERAL: dict[str, World] = {
    "bilateral": bilateral,
    "learning": learning,
    "latent teams": latent_teams,
    "common shock": common_shock,
    "quality trap": quality_trap,
}
IRREDUCIBLE: dict[str, World] = {
    "weakest link": weakest_link,
    "O-ring": oring,
}
BETWEEN: dict[str, World] = {
    "half": half,
    "threshold": threshold,
    "congestion": congestion,
    "substitutes": substitutes,
    "spillover": spillover,
}
WORLDS: dict[str, World] = {**BILATERAL, **IRREDUCIBLE, **BETWEEN, "nothing": nothing}


def record(
    name: str,
    alliances: int,
    generator: np.random.Generator,
    *,
    reliability: float = 1.0,
    continuous: bool = False,
    whole: bool = False,
) -> tuple[PairStates, Floats]:
    """Draw one record of a world: pairs with outcomes, and the outcome of each alliance.

    Parameters
    ----------
    reliability
        Probability that a recorded state is the true one.
    continuous
        States between 0 and 1 instead of failed and coordinated.
    whole
        The alliance's chance is the mean over its pairs; otherwise each pair has its own.
    """
    w = draw(generator, alliances, continuous=continuous, assortative=name == "quality trap")
    chance = WORLDS[name](w)
    chance = w.mean(chance) if whole else chance
    chance = np.clip(0.3 + STRENGTH * chance, 0.02, 0.98)
    first = np.flatnonzero(np.diff(w.alliance, prepend=-1))
    result = (generator.random(first.size) < chance[first]).astype(float)
    after = (generator.random(chance.size) < chance).astype(float)
    right = generator.random(w.true.size) < reliability
    seen = np.where(right, w.true, 1.0 - w.true) if not continuous else w.true
    states = PairStates(w.alliance, w.one, w.other, seen, after, w.alliance)
    return states, result


def without_failures(states: PairStates) -> PairStates:
    """Keep the alliances in which most pairs worked: a record of successes."""
    mean = np.bincount(states.alliance, states.after) / np.bincount(states.alliance)
    kept = mean[states.alliance] > 0.5
    parts = {f: getattr(states, f)[kept] for f in ("one", "other", "before", "after", "cluster")}
    number = np.unique(states.alliance[kept], return_inverse=True)[1]
    return replace(states, alliance=number, **parts)
