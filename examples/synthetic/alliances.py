"""Alliances, their members, and how the interface of each pair fared."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

import numpy as np

from synthetic.town import END, INSTITUTIONS, Row, Town, day_in, rounded

SMALLEST_TO_LEAVE = 3


@dataclass(frozen=True, kw_only=True)
class Fate:
    """What became of one alliance: its pairs, which of them fitted, who left, and when it ended."""

    alliance: str
    start: date
    seen: date
    end: date | None
    members: list[int]
    pairs: list[tuple[int, int]]
    works: list[bool]
    failed: bool

    @property
    def leaver(self) -> int | None:
        """The member that leaves early where some interface failed, if others remain."""
        alone = len(self.members) < SMALLEST_TO_LEAVE
        return None if alone or all(self.works) else self.members[-1]


def fate_of(
    town: Town, rng: np.random.Generator, *, alliance: str, start: date, members: list[int]
) -> Fate:
    """Draw which interfaces work, and from them whether the alliance holds."""
    shape = town.shape
    end = town.until(rng, start, 4.0, *members)
    seen = start + timedelta(days=20)
    pairs = list(combinations(members, 2))
    works = [bool(fits) for fits in rng.random(len(pairs)) < shape.fit]
    failed = not (all(works) if shape.weakest_link else any(works))
    return Fate(
        alliance=alliance,
        start=start,
        seen=seen,
        end=min(end or seen + timedelta(days=180), END) if failed else end,
        members=members,
        pairs=pairs,
        works=works,
        failed=failed,
    )


def alliance_row(town: Town, rng: np.random.Generator, fate: Fate) -> Row:
    """Write the alliance; what it made is that of its weakest member, or of all together."""
    shape, sizes = town.shape, town.size[fate.members]
    joint = sizes.min() * sizes.size if shape.weakest_link else sizes.sum()
    carried = [p for p, y in enumerate(shape.platform_years) if date(y, 7, 1) <= fate.start]
    valued = fate.end is not None and not fate.failed
    return {
        "alliance_id": fate.alliance,
        "kind": str(rng.choice(shape.alliance_kinds)),
        "platform_id": f"{shape.key}-p{rng.choice(carried) + 1}" if carried else None,
        "start": fate.start,
        "end": fate.end,
        "outcome": "failed" if fate.failed else "succeeded" if fate.end else "ongoing",
        "value": rounded(joint * rng.lognormal(9, 0.2)) if valued else None,
        "currency": "CNY" if valued else None,
    }


def membership_rows(town: Town, fate: Fate) -> list[Row]:
    """Write the members, in the roles of the shape, until the end or until they leave."""
    ended = "dissolved" if fate.failed else "completed"
    early = min(fate.end or END, fate.seen + timedelta(days=90))
    return [
        {
            "alliance_id": fate.alliance,
            "firm_id": town.firm_ids[i],
            "role": town.shape.roles[k % len(town.shape.roles)],
            "joined": fate.start,
            "left": early if i == fate.leaver else fate.end,
            "withdrawal_cause": "interface_failure"
            if i == fate.leaver
            else ended
            if fate.end
            else None,
        }
        for k, i in enumerate(fate.members)
    ]


def interface_rows(town: Town, fate: Fate) -> list[Row]:
    """Write how each pair fared."""
    return [
        {
            "alliance_id": fate.alliance,
            "firm_a": town.firm_ids[a],
            "firm_b": town.firm_ids[b],
            "date": fate.seen,
            "state": "coordinated" if fits else "failed",
        }
        for (a, b), fits in zip(fate.pairs, fate.works, strict=True)
    ]


def alliances(town: Town) -> dict[str, list[Row]]:
    """Draw alliances, members and the interfaces of their pairs; how they end follows the shape."""
    tables: dict[str, list[Row]] = {"alliances": [], "memberships": [], "interfaces": []}
    shape, rng = town.shape, town.stream("alliance")
    first = max([*shape.platform_years[:1], shape.founded[0] + 12])
    for n in range(shape.alliances):
        start = day_in(rng, int(rng.integers(first, END.year)))
        firms = [i for i in town.alive(start) if i < shape.firms - len(INSTITUTIONS)]
        low, high = shape.members
        weight = town.size[firms] ** 0.6
        count = int(rng.integers(low, high + 1))
        members = [int(i) for i in rng.choice(firms, count, replace=False, p=weight / weight.sum())]
        name = f"{shape.key}-c{n + 1:02d}"
        fate = fate_of(town, rng, alliance=name, start=start, members=members)
        tables["alliances"].append(alliance_row(town, rng, fate))
        tables["memberships"] += membership_rows(town, fate)
        tables["interfaces"] += interface_rows(town, fate)
    return tables
