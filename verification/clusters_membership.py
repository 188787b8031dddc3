"""Compare memberships with how often they are right; fit the line that corrects them, on other worlds.

Usage, from the repository: python -m verification.clusters_membership [records a world]

Prints ``RIGHT`` of ``jiqun/numerics/communities/sureness.py`` and tables of worlds that it was not made from:
the same families with other seeds, and families with clusters of another size, firms in two clusters,
partners that are near, or no industries.
"""

import sys
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

from jiqun.measures.clusters import find_clusters
from jiqun.numerics.communities.sureness import RIGHT, SHARE
from tests.measures.planted_clusters import Family, planted
from verification.clusters import DENSITIES, calls

FIT_SEED, TEST_SEED = 3000, 4000
LEAST_STEP, WANTED = 0.01, 0.05
BINS = np.arange(0.3, 1.0, 0.1)
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class World:
    """What is planted."""

    family: Family
    ties: float
    alliances: float
    clusters: int = 30
    gravity: bool = False
    industries: bool = True

    @property
    def title(self) -> str:
        """Say what it is."""
        near = " near" if self.gravity else ""
        bare = "" if self.industries else " no industries"
        return f"{self.family} {self.ties:g} {self.alliances:g} {self.clusters}{near}{bare}"


FIT = [World(f, *d) for f in ("compact", "virtual", "mixed") for d in DENSITIES]
OTHER = [
    World("overlapping", *DENSITIES[0]),
    World("mixed", *DENSITIES[1], clusters=60),
    World("mixed", *DENSITIES[0], clusters=15),
    World("mixed", *DENSITIES[0], gravity=True),
    World("mixed", *DENSITIES[0], industries=False),
]


def called(world: World, seed: int, records: int) -> Floats:
    """Return share of the draws and right (1 or 0) of every membership, shape (n, 2)."""
    rows: list[tuple[float, bool, bool]] = []
    for number in range(seed, seed + records):
        made = planted(
            world.family,
            number,
            clusters=world.clusters,
            ties=world.ties,
            alliances=world.alliances,
            gravity=world.gravity,
        )
        record = made.record
        if not world.industries:
            record = record.replace(firms=record["firms"].select("firm_id"))
        rows += calls(find_clusters(record, seed=number), made)[0]
    membership = np.array([share for share, _, _ in rows])
    # The line rises, so that what was corrected can be taken back.
    share = np.interp(membership, RIGHT, SHARE)
    return np.column_stack([share, [right for _, right, _ in rows]])


def hats(share: Floats) -> Floats:
    """Return the weight of each knot of the line for each share, shape (n, knots)."""
    knots = np.eye(len(SHARE))
    return np.column_stack([np.interp(share, SHARE, knot) for knot in knots])


def fitted(samples: list[Floats]) -> Floats:
    """Fit a rising line by least squares, every world with the same weight."""
    rows = np.concatenate(samples)
    weight = np.concatenate([np.full(len(s), 1.0 / np.sqrt(len(s))) for s in samples])
    rising = np.tril(np.ones((len(SHARE), len(SHARE))))
    steps = np.full(len(SHARE), LEAST_STEP)
    design = hats(rows[:, 0]) @ rising * weight[:, None]
    found = optimize.lsq_linear(design, rows[:, 1] * weight, (steps, np.ones(len(SHARE))))
    return np.asarray(np.minimum(rising @ found.x, 1.0))


def table(title: str, told: Floats, right: Floats) -> tuple[float, str]:
    """Return the mean difference of what is told and how often it is right, and a line with both."""
    which = np.digitize(told, BINS)
    cells, off = [], 0.0
    for place in np.unique(which):
        at = which == place
        cells.append(f"{told[at].mean():.2f}: {right[at].mean():.2f} ({at.sum()})")
        off += at.mean() * abs(told[at].mean() - right[at].mean())
    return float(off), f"{title:36} off by {off:.3f}   {'  '.join(cells)}"


def main(records: int) -> int:
    """Print the line and the tables; 0 where memberships are off by little."""
    line = fitted([called(world, FIT_SEED, records) for world in FIT])
    print("RIGHT =", tuple(float(value) for value in np.round(line, 2)), flush=True)
    good = True
    for name, worlds in (("families of the fit", FIT), ("other worlds", OTHER)):
        samples = [called(world, TEST_SEED, records) for world in worlds]
        for title, rows in [
            *((each.title, rows) for each, rows in zip(worlds, samples, strict=True)),
            (name, np.concatenate(samples)),
        ]:
            print(table(f"{title}, share of draws", rows[:, 0], rows[:, 1])[1])
            off, text = table(f"{title}, corrected", hats(rows[:, 0]) @ line, rows[:, 1])
            print(text, flush=True)
        good &= off <= WANTED
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 4))
