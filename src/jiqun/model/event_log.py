"""What happens in a run, as tables to which the compiled loop appends, and turned into a record later.

The log is the only thing that a recording adds to a run: it reads the state and changes nothing.
Firms are named by their keys, platforms by their serial numbers, days by periods.
"""

from typing import Annotated, Any, NamedTuple, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from jiqun.model.state import (
    HOMES,
    INDUSTRIES,
    LINKS,
    MEMBERS,
    NOBODY,
    SUPPLIERS,
    Bytes,
    Field,
    Floats,
    Ints,
    Longs,
    Table,
    allocate,
)

ONGOING, WAS_SUCCESS, WAS_FAILURE = range(3)
"""How an alliance stands."""
STAYED, WAS_INSOLVENT, BROKE_WITH = range(3)
"""Why a member is gone: its firm closed, or its interface failed."""


class NotedFirms(Table):
    """Firms, in the row of their key."""

    born: Annotated[Ints, Field("first period; -1 where it was never seen", "period", empty=NOBODY)]
    closed: Annotated[Ints, Field("period in which it was gone", "period", empty=NOBODY)]
    industry: Annotated[Ints, Field("industry at founding")]
    region: Annotated[Ints, Field("region at founding")]
    logic: Annotated[Floats, Field("dominant logic at founding")]


class Seats(Table):
    """Seats and data facilities, as they were opened."""

    firm: Annotated[Longs, Field("key")]
    opened: Annotated[Ints, Field("first period", "period")]
    x: Annotated[Floats, Field("east", "km")]
    y: Annotated[Floats, Field("north", "km")]
    facility: Annotated[Bytes, Field("1 for a data facility")]


class Spells(Table):
    """Relations from their first period to that in which they were gone."""

    firm: Annotated[Longs, Field("key of the firm that chose it")]
    other: Annotated[Longs, Field("key of the other, or serial of the platform")]
    start: Annotated[Ints, Field("first period", "period")]
    end: Annotated[Ints, Field("period in which it was gone", "period", empty=NOBODY)]


class NotedAlliances(Table):
    """Alliances, as they were begun; members and what became of each."""

    initiator: Annotated[Longs, Field("key")]
    since: Annotated[Ints, Field("first period", "period")]
    platform: Annotated[Longs, Field("serial of what carries it", empty=NOBODY)]
    technology: Annotated[Bytes, Field("see ``Alliances``")]
    headcount: Annotated[Bytes, Field("members at the start")]
    member: Annotated[Longs, Field("keys as they joined", width=MEMBERS, empty=NOBODY)]
    gone: Annotated[Ints, Field("last period of each", "period", MEMBERS, empty=NOBODY)]
    why: Annotated[Bytes, Field("why each is gone", width=MEMBERS)]
    failures: Annotated[Bytes, Field("interfaces that failed")]
    one: Annotated[Longs, Field("one of each pair that failed", width=MEMBERS)]
    another: Annotated[Longs, Field("the other of it", width=MEMBERS)]
    failed: Annotated[Ints, Field("when", "period", MEMBERS, empty=NOBODY)]
    end: Annotated[Ints, Field("last period", "period", empty=NOBODY)]
    place: Annotated[Longs, Field("place among those that ended", empty=NOBODY)]
    outcome: Annotated[Bytes, Field("how it stands")]
    value: Annotated[Floats, Field("joint value")]


class Innovations(Table):
    """Innovations, in the order of periods and keys."""

    firm: Annotated[Longs, Field("key")]
    period: Annotated[Ints, Field("when", "period")]
    mode: Annotated[Bytes, Field("mode")]
    parent: Annotated[Longs, Field("key of the firm whose innovation it builds on", empty=NOBODY)]
    parent_time: Annotated[Ints, Field("period of that innovation", "period", empty=NOBODY)]
    alliance: Annotated[Longs, Field("row of the alliance that made it", empty=NOBODY)]


class NotedPlatforms(Table):
    """Platforms, in the row of their serial number."""

    opened: Annotated[Ints, Field("first period; -1 where never seen", "period", empty=NOBODY)]
    closed: Annotated[Ints, Field("period in which it was gone", "period", empty=NOBODY)]
    owner: Annotated[Longs, Field("key")]
    openness: Annotated[Floats, Field("as it was opened")]
    admission: Annotated[Floats, Field("as it was opened")]
    fee: Annotated[Floats, Field("as it was opened")]
    offers: Annotated[Bytes, Field("1 for each industry that was noted", width=INDUSTRIES)]


class Functions(Table):
    """Industries that platforms serve, as they were added."""

    platform: Annotated[Longs, Field("serial")]
    industry: Annotated[Ints, Field("industry")]
    opened: Annotated[Ints, Field("first period", "period")]


class Pools(Table):
    """Pooled data at the end of each year."""

    platform: Annotated[Longs, Field("serial")]
    period: Annotated[Ints, Field("last period of the year", "period")]
    pooled: Annotated[Floats, Field("pooled data", "data")]


class Accounts(Table):
    """Accounts of firms by year: flows added up, stocks too, over the quarters that it was there."""

    firm: Annotated[Longs, Field("key")]
    year: Annotated[Ints, Field("year of the run")]
    quarters: Annotated[Ints, Field("quarters")]
    revenue: Annotated[Floats, Field("sales", "money")]
    digital: Annotated[Floats, Field("of that, of digital services", "money")]
    added: Annotated[Floats, Field("sales less fees", "money")]
    data_spending: Annotated[Floats, Field("spent on data and tools", "money")]
    research: Annotated[Floats, Field("spent on innovation", "money")]
    factors: Annotated[Floats, Field("traditional factors", "100 persons")]
    stock: Annotated[Floats, Field("own data", "data")]


class Seen(Table):
    """What was there when a slot was last looked at, and in which rows of the log it is."""

    key: Annotated[Longs, Field("key", empty=NOBODY)]
    x: Annotated[Floats, Field("seat, east", "km")]
    y: Annotated[Floats, Field("seat, north", "km")]
    facility_x: Annotated[Floats, Field("data facility, east", "km")]
    facility_y: Annotated[Floats, Field("data facility, north", "km")]
    supplier: Annotated[Ints, Field("suppliers", width=SUPPLIERS, empty=NOBODY)]
    tie: Annotated[Ints, Field("their rows", width=SUPPLIERS, empty=NOBODY)]
    partner: Annotated[Ints, Field("data partners", width=LINKS, empty=NOBODY)]
    link: Annotated[Ints, Field("their rows", width=LINKS, empty=NOBODY)]
    platform: Annotated[Ints, Field("platforms", width=HOMES, empty=NOBODY)]
    home: Annotated[Ints, Field("their rows", width=HOMES, empty=NOBODY)]
    alliance: Annotated[Ints, Field("row of the alliance that goes on", empty=NOBODY)]
    account: Annotated[Ints, Field("row of its last accounts", empty=NOBODY)]


class Noted(NamedTuple):
    """The log: its tables, what the last look saw, and how many rows are used (``tally``)."""

    firms: NotedFirms
    seats: Seats
    ties: Spells
    links: Spells
    homes: Spells
    alliances: NotedAlliances
    innovations: Innovations
    platforms: NotedPlatforms
    functions: Functions
    pools: Pools
    accounts: Accounts
    seen: Seen
    roster: Ints
    scratch: Ints
    tally: Longs


GROWING = Noted._fields[:11]
"""Tables that get longer, in the order of their counts."""
(
    FIRMS,
    SEATS,
    TIES,
    LINKS_,
    HOMES_,
    ALLIANCES,
    INNOVATIONS,
    PLATFORMS_,
    FUNCTIONS,
    POOLS,
    ACCOUNTS,
) = range(11)
NEXT, ROSTER, LEFT_BEFORE, ENDED, THIS_YEAR, DIED = range(11, 17)
"""Next period to be noted, firms at the last look, exits till then, alliances that ended, first row
of this year's accounts, alliances whose initiator closed in this period."""
COUNTS = 17
T = TypeVar("T", bound=Table)


def empty_log(slots: int) -> Noted:
    """Return a log in which nothing is noted, for a world with so many slots."""
    kinds = (
        *(NotedFirms, Seats, Spells, Spells, Spells, NotedAlliances, Innovations),
        *(NotedPlatforms, Functions, Pools, Accounts),
    )
    tally = np.zeros(COUNTS, dtype=np.int64)
    tally[NEXT] = -1
    tables: dict[str, Any] = dict(zip(GROWING, (allocate(kind, 0) for kind in kinds), strict=True))
    return Noted(
        **tables,
        seen=allocate(Seen, slots),
        roster=np.zeros(slots, dtype=np.int32),
        scratch=np.zeros(max(SUPPLIERS, LINKS, HOMES), dtype=np.int32),
        tally=tally,
    )


def used(log: Noted) -> Noted:
    """Return the log with the rows that are used."""
    cut: dict[str, Any] = {
        name: getattr(log, name)[: log.tally[n]] for n, name in enumerate(GROWING)
    }
    return log._replace(**cut)


def longer(table: T, rows: int, size: int) -> T:
    """Return a table of a size with the first rows of this one."""
    grown = np.zeros(size, dtype=table.dtype).view(np.recarray)
    grown[:rows] = table[:rows]
    return cast("T", grown)


def picked(table: T, which: slice | NDArray[Any]) -> T:
    """Return some rows of a table."""
    return cast("T", table[which])
