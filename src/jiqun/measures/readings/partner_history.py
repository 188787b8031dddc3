"""Who worked with whom and when, in which roles and with which data, for the search of partners.

Paper: K3h (roles of the data process), N1b (components and complements), K3g
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.measures.readings.collaborations import industry_groups, region_groups
from jiqun.numerics.hypergraph.structure import Hypergraph, hypergraph
from jiqun.numerics.missing_member import Past, Traits, past
from jiqun.numerics.seat_filling import Seat
from jiqun.record.record import Record
from jiqun.vocabulary.codes import DATA_KIND

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

SLOTS = (
    "data_generation",
    "data_storage",
    "data_integration",
    "data_application",
    "component",
    "complement",
)
TIE, ALLIANCE = 0, 1
UNDATED = 10**9
"""Day of what bears no date: after every day that can be asked for."""
TWO = 2
MOST_SEATS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Relations of the numbered firms of a record.

    Attributes
    ----------
    firm_ids
        In alphabetical order; a firm's number is its place.
    alliance_ids
        Names of the alliances; their numbers are those of ``graph.origin`` where the kind is ALLIANCE.
    graph
        Alliances first, then ties, in the caller's numbers; days since 1970, UNDATED where unknown.
    traits
        Of the firms.
    seat_firm, seat_slot, seat_day, seat_alliance
        Who filled which of ``SLOTS`` from which day in which alliance, shape (R,).
    """

    firm_ids: tuple[str, ...]
    alliance_ids: tuple[str, ...]
    graph: Hypergraph
    traits: Traits
    seat_firm: Ints
    seat_slot: Ints
    seat_day: Ints
    seat_alliance: Ints

    def before(self, day: int) -> Past:
        """Return what had happened before a day."""
        slots = np.zeros((len(self.firm_ids), len(SLOTS)), np.bool_)
        known = self.seat_day < day
        slots[self.seat_firm[known], self.seat_slot[known]] = True
        return past(self.graph.until(day), self.traits, slots)

    def filled(self, alliance: int) -> list[tuple[int, int]]:
        """Return the firm and the slot of each role recorded in an alliance."""
        rows = self.seat_alliance == alliance
        return list(zip(self.seat_firm[rows].tolist(), self.seat_slot[rows].tolist(), strict=True))

    def seats(self, first: int, last: int, generator: np.random.Generator) -> list[Seat]:
        """Hide each member of the alliances that began from ``first`` to before ``last``."""
        graph, found = self.graph, []
        a, b = np.searchsorted(graph.start, [first, last])
        for edge in range(int(a), int(b)):
            members = graph.members[graph.offsets[edge] : graph.offsets[edge + 1]].astype(np.int64)
            if graph.kind[edge] != ALLIANCE or members.size < TWO:
                continue
            roles = self.filled(int(graph.origin[edge]))
            for firm in members.tolist():
                vacant = np.full(len(SLOTS), bool(roles))
                vacant[[slot for who, slot in roles if who != firm]] = False
                found.append(
                    Seat(
                        group=members[members != firm],
                        firm=firm,
                        vacant=vacant,
                        source=int(graph.origin[edge]),
                    )
                )
        if len(found) <= MOST_SEATS:
            return found
        chosen = np.sort(generator.permutation(len(found))[:MOST_SEATS])
        return [found[k] for k in chosen]


def history(record: Record) -> History:
    """Read the relations; those with firms that are not in the record are left out."""
    firms = record["firms"].select("firm_id").unique().sort("firm_id").with_row_index("firm")
    firms = firms.with_columns(pl.col("firm").cast(pl.Int64))
    members = _members(record, firms)
    names = members["alliance_id"].unique().sort()
    number = {name: place for place, name in enumerate(names)}
    members = members.with_columns(
        alliance=pl.col("alliance_id").replace_strict(number, return_dtype=pl.Int64)
    )
    ties = _ties(record, firms)
    graph = _graph(members, ties, firms.height, len(names))
    roles = members.filter(pl.col("role").is_in(SLOTS))
    slot = {name: place for place, name in enumerate(SLOTS)}
    return History(
        firm_ids=tuple(firms["firm_id"].to_list()),
        alliance_ids=tuple(names.to_list()),
        graph=graph,
        traits=Traits(
            industry=industry_groups(record, firms).group,
            region=region_groups(record, firms).group,
            data=_data(record, firms),
        ),
        seat_firm=roles["firm"].to_numpy().astype(np.int64),
        seat_slot=roles["role"]
        .replace_strict(slot, return_dtype=pl.Int64)
        .to_numpy()
        .astype(np.int64),
        seat_day=roles["day"].to_numpy().astype(np.int64),
        seat_alliance=roles["alliance"].to_numpy().astype(np.int64),
    )


def _members(record: Record, firms: pl.DataFrame) -> pl.DataFrame:
    """Return every membership with the day from which it is known, and the start of the alliance."""
    began = record["alliances"].unique("alliance_id").select("alliance_id", "start")
    return (
        record["memberships"]
        .join(firms, on="firm_id")
        .join(began, on="alliance_id", how="left")
        .with_columns(
            start=pl.coalesce("start", pl.col("joined").min().over("alliance_id")),
        )
        .with_columns(
            day=_days(pl.coalesce("joined", "start")),
            start=_days(pl.col("start")),
        )
        .select("alliance_id", "firm_id", "firm", "role", "day", "start")
        .sort("alliance_id", "firm", "role")
    )


def _ties(record: Record, firms: pl.DataFrame) -> pl.DataFrame:
    """Return ties between two different firms, each pair once a day."""
    return (
        record["ties"]
        .filter(pl.col("source") != pl.col("target"))
        .join(firms.rename({"firm_id": "source", "firm": "from"}), on="source")
        .join(firms.rename({"firm_id": "target", "firm": "to"}), on="target")
        .select(
            one=pl.min_horizontal("from", "to"),
            other=pl.max_horizontal("from", "to"),
            day=_days(pl.col("start")),
        )
        .unique()
        .sort("day", "one", "other")
    )


def _days(column: pl.Expr) -> pl.Expr:
    return column.cast(pl.Int32).cast(pl.Int64).fill_null(UNDATED)


def _graph(members: pl.DataFrame, ties: pl.DataFrame, firms: int, alliances: int) -> Hypergraph:
    """Put alliances and ties into one dated hypergraph."""
    start = np.full(alliances, UNDATED)
    dated = members.unique("alliance")
    start[dated["alliance"].to_numpy().astype(np.int64)] = dated["start"].to_numpy()
    number = np.arange(ties.height) + alliances
    ends = ties.select("one", "other").to_numpy().astype(np.int64)
    return hypergraph(
        np.concatenate([members["alliance"].to_numpy().astype(np.int64), number, number]),
        np.concatenate([members["firm"].to_numpy().astype(np.int64), ends[:, 0], ends[:, 1]]),
        nodes=firms,
        edges=alliances + ties.height,
        start=np.concatenate([start, ties["day"].to_numpy()]),
        kind=np.repeat(np.array([ALLIANCE, TIE], np.int32), [alliances, ties.height]),
    )


def _data(record: Record, firms: pl.DataFrame) -> Bools:
    """Tell which kinds of data each firm holds."""
    kinds = {name: place for place, name in enumerate(DATA_KIND.codes)}
    held = record["data_assets"].rename({"owner": "firm_id"}).join(firms, on="firm_id")
    held = held.filter(pl.col("kind").is_in(list(kinds)))
    table = np.zeros((firms.height, len(kinds)), np.bool_)
    place = held["kind"].replace_strict(kinds, return_dtype=pl.Int64).to_numpy()
    table[held["firm"].to_numpy().astype(np.int64), place.astype(np.int64)] = True
    return table
