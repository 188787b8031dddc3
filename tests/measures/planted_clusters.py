"""Records with clusters planted in them, whose members are known.

A firm of a cluster draws 70 % of its partners from it; compact clusters lie at one place, share three
industries and tie; virtual ones are scattered and ally. Two firms in five are in none and lie in and
around 40 towns of very unequal size, among them. Beyond 3,000 firms land and towns grow with the
firms.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import spatial

from jiqun.record.record import Record

Family = Literal["compact", "virtual", "mixed", "overlapping", "none"]
Ints = NDArray[np.int64]

TOWNS, INDUSTRIES, EXTENT, AMONG = 40, 40, 1_000_000.0, 3000
WIDEST, CORNER, WIDE_CORNER = 4.0, (110.0, 30.0), (20.0, 20.0)
"""Growth of the extent that still fits on the globe, and where such land begins, degrees."""
INSIDE = 0.7
NONE = -1


@dataclass(frozen=True)
class Planted:
    """A record and what was planted: first and second cluster of each firm, and which are compact."""

    record: Record
    first: Ints
    second: Ints
    compact: NDArray[np.bool_]


def planted(
    family: Family,
    seed: int,
    *,
    firms: int = 3000,
    clusters: int = 30,
    ties: float = 8.0,
    alliances: float = 1.2,
    gravity: bool = False,
) -> Planted:
    """Plant clusters; ``ties`` and ``alliances`` a firm; ``gravity``: partners at random are near."""
    rng = np.random.default_rng([seed, firms])
    first = np.full(firms, NONE)
    if family != "none":
        inside = rng.permutation(firms)[: int(0.6 * firms)]
        first[inside] = np.arange(inside.size) % clusters
    second = np.full(firms, NONE)
    if family == "overlapping":
        twice = np.flatnonzero((first >= 0) & (rng.random(firms) < 0.2))
        second[twice] = (first[twice] + rng.integers(1, clusters, twice.size)) % clusters
    compact = np.zeros(clusters, dtype=bool)
    compact[:: 1 if family == "compact" else 2] = family not in {"virtual", "none"}
    place = _places(first, compact, rng)
    near = _nearest(place) if gravity else None
    activity = rng.gamma(2.0, 0.5, firms) + 0.05
    partner = _Partners(first, second, activity, near, rng)
    tied = (first >= 0) & compact[first]
    rate = activity * ties / 2 * np.where((first >= 0) & ~tied, 0.5, 1.0)
    source = np.repeat(np.arange(firms), rng.poisson(rate))
    loyal = np.where(tied[source], INSIDE, 0.3 * INSIDE)
    target = partner.draw(source, loyal)
    allied = (first >= 0) & ~tied
    lead = np.repeat(
        np.arange(firms), rng.poisson(activity * alliances * np.where(allied, 1.0, 0.4))
    )
    size = 1 + rng.poisson(1.5, lead.size)
    of = np.repeat(np.arange(lead.size), size)
    member = partner.draw(lead[of], np.where(allied[lead[of]], INSIDE, 0.0))
    record = _record(place, _industries(first, rng), source, target, lead, of, member)
    return Planted(record, first, second, compact)


class _Partners:
    """Draws partners by activity, from a cluster of the firm or from all."""

    def __init__(
        self,
        first: Ints,
        second: Ints,
        activity: NDArray[np.float64],
        near: Ints | None,
        rng: np.random.Generator,
    ) -> None:
        self.rng, self.near, self.both = rng, near, np.stack([first, second])
        self.share = activity / activity.sum()
        every = range(int(first.max()) + 1)
        self.members = [np.flatnonzero((first == c) | (second == c)) for c in every]
        self.chance = [activity[m] / activity[m].sum() for m in self.members]

    def draw(self, firm: Ints, loyal: NDArray[np.float64]) -> Ints:
        """Draw one partner for each firm; ``loyal``: the chance that it is from a cluster of it."""
        anyone = self.rng.choice(self.share.size, firm.size, p=self.share)
        if self.near is not None:
            anyone = self.near[firm, self.rng.integers(0, self.near.shape[1], firm.size)]
        of = self.both[
            np.where(self.both[1, firm] >= 0, self.rng.integers(0, 2, firm.size), 0), firm
        ]
        of = np.where(self.rng.random(firm.size) < loyal, of, NONE)
        for cluster, (members, chance) in enumerate(zip(self.members, self.chance, strict=True)):
            mine = np.flatnonzero(of == cluster)
            anyone[mine] = self.rng.choice(members, mine.size, p=chance)
        return anyone


def _places(
    first: Ints, compact: NDArray[np.bool_], rng: np.random.Generator
) -> NDArray[np.float64]:
    firms = first.size
    grown = max(firms / AMONG, 1.0)
    count, extent = round(TOWNS * grown), EXTENT * min(math.sqrt(grown), WIDEST)
    share = rng.pareto(1.2, count) + 0.2
    towns = rng.random((count, 2)) * extent
    town = towns[rng.choice(count, firms, p=share / share.sum())]
    urban = rng.random(firms)[:, None] < 0.6
    place = np.where(urban, town + rng.normal(0, 15e3, (firms, 2)), rng.random((firms, 2)) * extent)
    centre = rng.random((compact.size, 2)) * extent
    here = (first >= 0) & compact[first] & (rng.random(firms) < 0.85)
    place[here] = centre[first[here]] + rng.normal(0, 10e3, (int(here.sum()), 2))
    return place


def _nearest(place: NDArray[np.float64], count: int = 40) -> Ints:
    return np.asarray(spatial.cKDTree(place).query(place, k=count + 1)[1][:, 1:])


def _industries(first: Ints, rng: np.random.Generator) -> Ints:
    industry = rng.integers(0, INDUSTRIES, first.size)
    own = rng.integers(0, INDUSTRIES, (int(first.max()) + 1, 3))
    typical = np.flatnonzero((first >= 0) & (rng.random(first.size) < 0.7))
    industry[typical] = own[first[typical], rng.integers(0, 3, typical.size)]
    return industry


def _record(  # noqa: PLR0917 - the columns of four tables
    place: NDArray[np.float64],
    industry: Ints,
    source: Ints,
    target: Ints,
    lead: Ints,
    of: Ints,
    member: Ints,
) -> Record:
    firm = [f"f{i:05d}" for i in range(industry.size)]
    apart = source != target
    east, north = CORNER if industry.size <= AMONG else WIDE_CORNER
    latitude = north + place[:, 1] / 111e3
    longitude = east + place[:, 0] / (111e3 * np.cos(np.radians(latitude)))
    alliance, joined = np.concatenate([np.arange(lead.size), of]), np.concatenate([lead, member])
    pairs = np.unique(np.stack([alliance, joined], axis=1), axis=0)
    return Record.of(
        firms=pl.DataFrame(
            {"firm_id": firm, "industry_code": [f"{10 + i}" for i in industry]}
        ).with_columns(industry_scheme=pl.lit("isic4")),
        sites=pl.DataFrame(
            {"site_id": firm, "firm_id": firm, "longitude": longitude, "latitude": latitude}
        ),
        ties=pl.DataFrame(
            {
                "tie_id": [f"t{i}" for i in range(int(apart.sum()))],
                "source": [firm[i] for i in source[apart]],
                "target": [firm[i] for i in target[apart]],
            }
        ),
        alliances=pl.DataFrame({"alliance_id": [f"a{i}" for i in range(lead.size)]}),
        memberships=pl.DataFrame(
            {
                "alliance_id": [f"a{i}" for i in pairs[:, 0]],
                "firm_id": [firm[i] for i in pairs[:, 1]],
            }
        ),
    )


def adjusted_rand(one: Ints, other: Ints) -> float:
    """Return the agreement of two partitions, 0 for chance (Hubert & Arabie 1985)."""

    def pairs(counts: Ints) -> float:
        return float((counts * (counts - 1) / 2).sum())

    both = np.unique(np.stack([one, other], axis=1), axis=0, return_counts=True)[1]
    ones, others = (np.unique(p, return_counts=True)[1] for p in (one, other))
    due = pairs(ones) * pairs(others) / (one.size * (one.size - 1) / 2)
    return (pairs(both) - due) / ((pairs(ones) + pairs(others)) / 2 - due)


def alone(label: Ints) -> Ints:
    """Give every firm that is in none a label of its own."""
    labelled = label.copy()
    free = labelled < 0
    labelled[free] = labelled.max() + 1 + np.arange(int(free.sum()))
    return labelled
