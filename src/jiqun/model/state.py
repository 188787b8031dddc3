"""The columns of the running model, each declared once: type, unit, width and meaning.

Arrays are indexed by slot. A slot is reused after a firm has closed; what names a firm is its key,
which is never used again and which addresses its random draws. ``Index.roster`` lists the slots of
living firms by key, and every loop runs in that order, so that where a firm is stored changes
nothing.

Paper: K1c (logic), K3h (data roles), K4a (factors), N1b (platforms), E1 (places).
"""

from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple, TypeVar, cast, get_type_hints

import numpy as np
from numpy.typing import NDArray

SUPPLIERS = 4
"""Supply ties that a firm can have as a buyer."""
LINKS = 4
"""Data links that a firm can open."""
ROLES = 4
"""Data roles: generation, storage, integration, application (K3h)."""
MEMBERS = 6
"""Largest alliance, its initiator included."""
PLATFORMS = 24
"""Platforms that can be open at once."""
HOMES = 2
"""Platforms that a firm can take part in at once."""
INDUSTRIES = 16
"""Industries that there can be."""
BOUGHT = 3
"""Industries that an industry can buy from."""
MODES = 3
"""Efficiency, convergence, digital value."""
CANDIDATES = 4
"""Firms that a firm looks at in a period."""
NOBODY = -1
LINE = 64
"""Bytes that come from memory in one go."""
BLOCK = 4096
"""Firms whose contributions are summed in one go; sums of blocks are added in their order."""

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]
Ints = NDArray[np.int32]
Shorts = NDArray[np.int16]
"""Periods, of which there are at most 4,000, and places in short lists."""
Bytes = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Field:
    """One column: what a value means, its unit, and how many a row has."""

    meaning: str
    unit: str = "1"
    width: int = 1
    empty: float = 0.0


class Table(np.recarray[Any, Any]):
    """A structured array: one record a row, its columns as attributes.

    One array for a table, not one for each column: what a firm looks up of another lies side by side
    in memory, and a compiled function takes a few arguments instead of hundreds.
    """


class Firms(Table):
    """Firms 企业, one row a slot; what others look up of a firm comes first, so that it lies together."""

    x: Annotated[Floats, Field("seat, east", "km")]
    y: Annotated[Floats, Field("seat, north", "km")]
    facility_x: Annotated[Floats, Field("data facility, east", "km")]
    facility_y: Annotated[Floats, Field("data facility, north", "km")]
    digital: Annotated[Floats, Field("digital capability c, 0 to 1")]
    stock: Annotated[Floats, Field("data stock D", "data")]
    industry: Annotated[Ints, Field("industry")]
    region: Annotated[Ints, Field("region of the seat")]
    innovated: Annotated[Shorts, Field("period of the last innovation", "period", empty=NOBODY)]
    alive: Annotated[Bytes, Field("1 while the firm exists")]
    facility: Annotated[Bytes, Field("1 where a data facility was opened")]
    mode: Annotated[Bytes, Field("mode of this period's innovation", empty=NOBODY)]
    moving: Annotated[Bytes, Field("1 opens a data facility, 2 moves its seat")]
    revenue: Annotated[Floats, Field("sales of goods", "money/period")]
    digital_revenue: Annotated[Floats, Field("sales of digital services", "money/period")]
    profit: Annotated[Floats, Field("profit of the last period", "money/period")]
    factors: Annotated[Floats, Field("traditional factors F", "100 persons")]
    growth: Annotated[Floats, Field("smoothed growth of sales", "1/period")]
    logic: Annotated[Floats, Field("dominant logic λ, 0 to 1")]
    key: Annotated[Longs, Field("stable key", empty=NOBODY)]
    next_digital: Annotated[Floats, Field("c of the next period")]
    capability: Annotated[Floats, Field("skill in each data role, 0 to 1", width=ROLES)]
    reachable: Annotated[Floats, Field("own and pooled data that production can use", "data")]
    quality: Annotated[Floats, Field("quality q")]
    service: Annotated[Floats, Field("stock of digital products and services v")]
    next_logic: Annotated[Floats, Field("λ of the next period")]
    share: Annotated[Floats, Field("weight of data δ in production")]
    exponent: Annotated[Floats, Field("CES exponent ρ; σ = 1/(1-ρ)")]
    attraction: Annotated[Floats, Field("what each mode earned", "money/period", width=MODES)]
    cash: Annotated[Floats, Field("cash", "money")]
    efficiency: Annotated[Floats, Field("efficiency A")]
    output: Annotated[Floats, Field("capacity Y", "goods/period")]
    price: Annotated[Floats, Field("price", "money/goods")]
    wages: Annotated[Floats, Field("cost of traditional factors", "money/period")]
    spending: Annotated[Floats, Field("investment decided and not yet paid", "money")]
    spent: Annotated[Floats, Field("investment and support paid", "money/period")]
    data_spending: Annotated[Floats, Field("of that, on data and tools", "money/period")]
    research: Annotated[Floats, Field("of that, on innovation", "money/period")]
    fees_paid: Annotated[Floats, Field("paid to platforms", "money/period")]
    fees_received: Annotated[Floats, Field("received as an owner", "money/period")]
    transfer: Annotated[Floats, Field("grants less levies and dividends", "money/period")]
    joint_data: Annotated[Floats, Field("due from links and joint work", "data")]
    appeal: Annotated[Floats, Field("appeal X of its goods to buyers")]
    contributed: Annotated[Floats, Field("data given to pools in this period", "data/period")]
    to_x: Annotated[Floats, Field("where to, east", "km")]
    to_y: Annotated[Floats, Field("where to, north", "km")]
    to_region: Annotated[Ints, Field("where to, region")]
    followers: Annotated[Ints, Field("firms with a supply tie to this one")]
    parent: Annotated[Ints, Field("key of the firm whose innovation it builds on", empty=NOBODY)]
    born: Annotated[Shorts, Field("period of founding", "period")]
    parent_time: Annotated[Shorts, Field("period of that innovation", "period", empty=NOBODY)]


class Relations(Table):
    """Supply ties 供应关系, data links 数据联系 and platforms joined, in the row of who chose them."""

    home: Annotated[Ints, Field("platform joined", width=HOMES, empty=NOBODY)]
    customer: Annotated[Ints, Field("slot of the buyer with most sales", empty=NOBODY)]
    home_since: Annotated[Shorts, Field("first period", "period", HOMES)]
    supplier: Annotated[Ints, Field("slot of a supplier", width=SUPPLIERS, empty=NOBODY)]
    link: Annotated[Ints, Field("slot of a data partner", width=LINKS, empty=NOBODY)]
    supplier_since: Annotated[Shorts, Field("first period", "period", SUPPLIERS)]
    link_since: Annotated[Shorts, Field("first period", "period", LINKS)]
    candidate: Annotated[Ints, Field("firms seen in this period", width=CANDIDATES, empty=NOBODY)]
    opening: Annotated[Floats, Field("openness of a platform that it will open", empty=NOBODY)]
    joining: Annotated[Bytes, Field("platform that it will join", empty=NOBODY)]
    leaving: Annotated[Bytes, Field("place of the platform that it will leave", empty=NOBODY)]


class Alliances(Table):
    """Alliances 联盟, in the row of their initiator: one at a time each."""

    member: Annotated[Ints, Field("slots of the members", width=MEMBERS, empty=NOBODY)]
    headcount: Annotated[Bytes, Field("members, 0 where there is no alliance")]
    since: Annotated[Shorts, Field("first period", "period")]
    carrier: Annotated[Bytes, Field("platform that carries it", empty=NOBODY)]
    technology: Annotated[Bytes, Field("0 additive, 1 multiplicative, 2 weakest link, 3 pairs")]
    event: Annotated[Bytes, Field("what happened in this period, see ``ally``")]
    value: Annotated[Floats, Field("joint value at its end, new services", "1")]
    broken_a: Annotated[Ints, Field("slot of one of a pair whose interface failed", empty=NOBODY)]
    broken_b: Annotated[Ints, Field("slot of the other", empty=NOBODY)]


class Platforms(Table):
    """Platforms 数字平台, one row each; the last row only ends the list of the one before it."""

    owner: Annotated[Ints, Field("slot of the owner, or nobody", empty=NOBODY)]
    serial: Annotated[Longs, Field("stable number of the platform", empty=NOBODY)]
    since: Annotated[Ints, Field("first period", "period")]
    openness: Annotated[Floats, Field("share of interfaces that are open")]
    modularity: Annotated[Floats, Field("share of functions that can be joined alone")]
    admission: Annotated[Floats, Field("digital capability asked of a member")]
    fee: Annotated[Floats, Field("share of digital sales kept")]
    infrastructure: Annotated[Floats, Field("load that can be served", "users")]
    pooled: Annotated[Floats, Field("pooled data", "data")]
    users: Annotated[Floats, Field("users", "users")]
    members: Annotated[Ints, Field("participating firms")]
    services: Annotated[Floats, Field("digital services offered on it")]
    start: Annotated[Longs, Field("where its participants begin in ``Index.on_platform``")]
    offers: Annotated[Bytes, Field("1 for each industry that it serves", width=INDUSTRIES)]


class Index(Table):
    """Who is where, rebuilt each period by counting sort; positions follow the roster."""

    roster: Annotated[Ints, Field("slots of living firms by key")]
    by_region: Annotated[Ints, Field("slots, region by region")]
    by_industry: Annotated[Ints, Field("slots, industry by industry")]
    on_platform: Annotated[Ints, Field("slots, platform by platform", width=HOMES)]


class Regions(Table):
    """Regions 区域; the last row only ends the list of the one before it."""

    start: Annotated[Longs, Field("where its firms begin in ``Index.by_region``")]
    wage: Annotated[Floats, Field("wage", "money/(100 persons · period)")]
    capacity: Annotated[Floats, Field("employment without crowding", "100 persons", empty=1.0)]
    employed: Annotated[Floats, Field("employment", "100 persons")]
    infrastructure: Annotated[Floats, Field("public digital infrastructure")]
    x: Annotated[Floats, Field("centre, east", "km")]
    y: Annotated[Floats, Field("centre, north", "km")]
    spread: Annotated[Floats, Field("standard deviation of seats around it", "km")]


class Industries(Table):
    """Industries 行业; the last row only ends the list of the one before it."""

    start: Annotated[Longs, Field("where its firms begin in ``Index.by_industry``")]
    physicality: Annotated[Floats, Field("physicality φ of its goods, 0 to 1")]
    demand: Annotated[Floats, Field("spending at the start", "money/period")]
    outside: Annotated[Floats, Field("appeal X₀ of the outside at the start")]
    attracted: Annotated[Floats, Field("appeal of cluster and outside", empty=1.0)]
    mean_quality: Annotated[Floats, Field("mean quality of goods", empty=1.0)]
    buys: Annotated[Ints, Field("industries that it buys from", width=BOUGHT)]


LIVING, NEXT_KEY, NEXT_PLATFORM, ENTERED, LEFT, FREE = range(6)
"""``World.tally``: living firms, next key, next platform number, entries and exits, free slots."""
BIRTH_CASH, EXIT_CASH, ALL_SERVICE, LEVIED, GRANTED = range(5)
"""``World.total``: cash brought by entrants and lost with exits, services on offer, public money."""

T = TypeVar("T", bound=Table)


def fields(kind: type[Any]) -> dict[str, tuple[np.dtype[Any], Field]]:
    """Return the declared columns of a table: name → its type and what it means."""
    hints = get_type_hints(kind, include_extras=True)
    declared: dict[str, tuple[np.dtype[Any], Field]] = {}
    for name, hint in hints.items():
        array, field = hint.__origin__, hint.__metadata__[0]
        declared[name] = (np.dtype(array.__args__[1].__args__[0]), field)
    return declared


def allocate(kind: type[T], rows: int) -> T:
    """Return a table of empty rows."""
    one = _EMPTY.get(kind)
    if one is None:
        one = _EMPTY[kind] = _empty_row(kind)
    table = _aligned(rows, one.dtype).view(np.recarray)
    table[...] = one
    return cast("T", table)


def _aligned(rows: int, dtype: np.dtype[Any]) -> NDArray[Any]:
    """Return an array that begins where a line of the cache does."""
    size = rows * dtype.itemsize
    space = np.zeros(size + LINE, dtype=np.uint8)
    first = -space.ctypes.data % LINE
    return space[first : first + size].view(dtype)


_EMPTY: dict[type[Any], NDArray[Any]] = {}
"""One empty row of each table, kept: reading the declarations takes longer than founding a cluster."""


def _empty_row(kind: type[Any]) -> NDArray[Any]:
    """Return one empty row of a table."""
    layout = [
        (name, dtype, () if field.width == 1 else (field.width,))
        for name, (dtype, field) in fields(kind).items()
    ]
    row = np.zeros((), dtype=np.dtype(layout, align=True))
    for name, (_, field) in fields(kind).items():
        row[name] = field.empty
    return row


def packed(values: NamedTuple) -> np.record:
    """Return a tuple of numbers, or of such tuples, as one record with the same names."""
    flat = np.zeros(1, dtype=_layout(values))
    flat[0] = _plain(values)
    return cast("np.record", flat.view(np.recarray)[0])


def _layout(values: NamedTuple) -> np.dtype[Any]:
    """Return the type of the record."""
    parts: list[Any] = []
    for name, value in values._asdict().items():
        if hasattr(value, "_asdict"):
            parts.append((name, _layout(value)))
        elif isinstance(value, tuple):
            parts.append((name, np.int64, (len(value),)))
        else:
            parts.append((name, np.float64 if isinstance(value, float) else np.int64))
    return np.dtype(parts)


def _plain(values: object) -> object:
    """Return nested tuples without names."""
    return tuple(map(_plain, values)) if isinstance(values, tuple) else values
