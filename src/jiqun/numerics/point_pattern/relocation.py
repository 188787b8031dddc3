"""Null hypotheses 零假设: how the sites of an industry might have been chosen.

``random_location``
    The firms of the pattern, each with its size, are put on the existing sites in random order.
``random_labelling``
    Sites keep their sizes; which of them are the industry is drawn at random.
``population_independence``
    For two industries: the neighbours stay, the cases (with their sizes) are put on the sites that
    the neighbours leave.

Without weights, and for one industry, the first two are the same. Sites are drawn without
replacement; several firms at one address are several sites there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.point_pattern.band import fewest_simulations
from jiqun.numerics.point_pattern.pattern import Pattern

Null = Literal["random_location", "random_labelling", "population_independence"]
Places = NDArray[np.int32]
Floats = NDArray[np.float64]
Batch = tuple[int, np.random.SeedSequence]

TOGETHER = 32  # simulations on one stream of random numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Relocated:
    """One draw from the null hypothesis, in the order of the placement.

    Attributes
    ----------
    cases, neighbours
        Places of the cases, shape (n,), and of what is looked for, shape (m,), ascending.
    sizes
        Size of what stands on each site, shape (N,).
    """

    cases: Places
    neighbours: Places
    sizes: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class NullTest:
    """How a null hypothesis is simulated.

    Attributes
    ----------
    null
        Which hypothesis.
    simulations
        Number of null curves; 0 for none.
    level
        Share of null curves inside the bands.
    seed
        Of the random numbers.
    workers
        Threads; None for all cores.
    """

    null: Null
    simulations: int
    level: float
    seed: int
    workers: int | None

    def batches(self) -> list[Batch]:
        """Cut the simulations into batches, each with its own stream of random numbers."""
        counts = [min(TOGETHER, self.simulations - s) for s in range(0, self.simulations, TOGETHER)]
        streams = np.random.SeedSequence(self.seed).spawn(len(counts))
        return list(zip(counts, streams, strict=True))


def null_test(
    pattern: Pattern,
    null: Null,
    simulations: int,
    *,
    level: float,
    seed: int,
    workers: int | None,
) -> NullTest:
    """Refuse a null hypothesis or a band that the pattern or the simulations can't give."""
    if null not in get_args(Null):
        msg = f"null: expected one of {', '.join(get_args(Null))}, got {null!r}"
        raise ValueError(msg)
    if null == "population_independence" and pattern.neighbours is None:
        msg = "null: population_independence compares two industries; pass neighbours"
        raise ValueError(msg)
    if not 0.0 < level < 1.0:
        msg = f"level: expected a share between 0 and 1, got {level}"
        raise ValueError(msg)
    fewest = fewest_simulations(level)
    if simulations != 0 and simulations < fewest:
        msg = f"simulations: a band of level {level} needs {fewest} or more, got {simulations}; 0 for no band"
        raise ValueError(msg)
    return NullTest(null=null, simulations=simulations, level=level, seed=seed, workers=workers)


def observed_draw(pattern: Pattern) -> Relocated:
    """Return the pattern itself as the draw that was observed."""
    return Relocated(
        cases=np.flatnonzero(pattern.cases).astype(np.int32),
        neighbours=np.flatnonzero(pattern.looked_for).astype(np.int32),
        sizes=pattern.sizes,
    )


def samples(sites: int, size: int, batch: Batch) -> NDArray[np.int32]:
    """Draw the sites of an industry for each simulation of a batch, shape (count, size), ascending."""
    count, stream = batch
    rng = np.random.default_rng(stream)
    drawn = [rng.choice(sites, size, replace=False, shuffle=False) for _ in range(count)]
    return np.sort(np.array(drawn, dtype=np.int32).reshape(count, size), axis=1)


def relocations(pattern: Pattern, null: Null, batch: Batch) -> Iterator[Relocated]:
    """Draw whole patterns, with sizes and both industries, one a simulation of a batch."""
    count, stream = batch
    rng = np.random.default_rng(stream)
    for _ in range(count):
        yield _relocate(pattern, null, rng)


def _relocate(pattern: Pattern, null: Null, rng: np.random.Generator) -> Relocated:
    cases = np.flatnonzero(pattern.cases)
    neighbours = np.flatnonzero(pattern.looked_for)
    sizes = pattern.sizes
    if null == "population_independence":
        free = np.flatnonzero(~pattern.looked_for)
        onto = np.arange(pattern.sites)
        onto[free] = rng.permutation(free)
    else:
        onto = rng.permutation(pattern.sites)
    if null != "random_labelling":
        sizes = np.empty_like(sizes)
        sizes[onto] = pattern.sizes
    return Relocated(
        cases=np.sort(onto[cases]).astype(np.int32),
        neighbours=np.sort(onto[neighbours]).astype(np.int32),
        sizes=sizes,
    )
