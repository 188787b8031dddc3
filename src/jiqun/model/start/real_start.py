"""A start that was read from a record, and how it is written into a world that was just founded."""

import datetime as dt
from dataclasses import dataclass, field

import numpy as np

from jiqun.model.state import (
    HOMES,
    LINKS,
    NEXT_PLATFORM,
    NOBODY,
    PLATFORMS,
    SUPPLIERS,
    Firms,
    Floats,
    Ints,
)
from jiqun.model.world import World
from jiqun.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class RealPlatform:
    """A platform that is open at the start; participants are numbers of firms, the owner among them."""

    owner: int
    members: tuple[int, ...]
    openness: float | None = None
    admission: float | None = None
    fee: float | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """Who the firms of a start are: what the record of the run calls them.

    Attributes
    ----------
    names, founded
        Identifiers and days of founding, in the order of the firms' keys.
    scheme
        Scheme of the industries' codes.
    """

    names: tuple[str, ...]
    founded: tuple[dt.date | None, ...]
    scheme: str


@dataclass(frozen=True, slots=True)
class RealStart:
    """What a record says of the firms at the start, in the order of their keys.

    Attributes
    ----------
    origin
        Who they are.
    industry, region
        Numbers within the scenario; nobody where the record has none and they are drawn.
    columns
        Columns of :class:`~jiqun.model.state.Firms`; not a number where the value is drawn.
    suppliers, partners
        Rows of (firm, other), the newest first.
    platforms
        Open platforms, the largest first.
    notes
        What was drawn or left out, for the user.
    """

    origin: Origin
    industry: Ints
    region: Ints
    columns: dict[str, Floats]
    suppliers: Ints
    partners: Ints
    platforms: tuple[RealPlatform, ...] = ()
    notes: tuple[Text, ...] = field(default_factory=tuple)

    def fill(self, firms: Firms) -> None:
        """Write what is known of each firm over what was drawn for it."""
        n = len(self.origin.names)
        for name, known in (("industry", self.industry), ("region", self.region)):
            firms[name][:n] = np.where(known == NOBODY, firms[name][:n], known)
        for name, values in self.columns.items():
            firms[name][:n] = np.where(np.isnan(values), firms[name][:n], values)

    def relate(self, w: World) -> None:
        """Write the relations and platforms that are there at the start."""
        w.relations.supplier[: len(self.origin.names)] = NOBODY
        _place(w.relations.supplier, self.suppliers, SUPPLIERS)
        _place(w.relations.link, self.partners, LINKS)
        free = np.zeros(w.firms.size, dtype=np.int64)
        for p, platform in enumerate(self.platforms[:PLATFORMS]):
            if free[platform.owner] == HOMES:
                continue
            members = [m for m in platform.members if free[m] < HOMES]
            for m in members:
                w.relations.home[m, free[m]] = p
                free[m] += 1
            _open(w, p, platform, len(members))


def _place(column: Ints, pairs: Ints, width: int) -> None:
    """Put the first pairs of each firm into its places."""
    taken = np.zeros(column.shape[0], dtype=np.int64)
    for one, other in pairs.tolist():
        if taken[one] < width and other not in column[one]:
            column[one, taken[one]] = other
            taken[one] += 1


def _open(w: World, p: int, platform: RealPlatform, members: int) -> None:
    """Write one platform; what the record does not say of it is as when one is opened."""
    rules, platforms = w.rules.platform, w.platforms
    platforms.owner[p] = platform.owner
    platforms.serial[p] = p
    w.tally[NEXT_PLATFORM] = max(int(w.tally[NEXT_PLATFORM]), p + 1)
    platforms.openness[p] = 0.5 if platform.openness is None else platform.openness
    platforms.modularity[p] = 0.5 * platforms.openness[p]
    platforms.admission[p] = 0.05 if platform.admission is None else platform.admission
    platforms.fee[p] = rules.fee if platform.fee is None else platform.fee
    platforms.infrastructure[p] = rules.served + 1.25 * members
    platforms.users[p], platforms.members[p] = 1.0, members
    industries = w.firms.industry[w.relations.home[:, 0] == p]
    platforms.offers[p, np.unique(industries)] = 1
    platforms.offers[p, w.firms.industry[platform.owner]] = 1
