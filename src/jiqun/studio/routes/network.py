"""The network: who is in which alliance, and the ties among them."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from jiqun.studio.routes.answers import refusals
from jiqun.studio.routes.records import RecordId
from jiqun.studio.studio import Here, Reader
from jiqun.studio.views.network import network_of
from jiqun.studio.wire import Wire, shortened

ROUTER = APIRouter(tags=["network"])


class FirmNode(Wire):
    """A firm and in how many of the alliances shown it is."""

    id: str
    name: str
    kind: str | None
    alliances: int


class AllianceNode(Wire):
    """An alliance."""

    id: str
    kind: str | None
    outcome: str | None
    members: int
    start: str | None
    end: str | None


class Membership(Wire):
    """Who is in which, by place in the lists of firms and alliances."""

    alliance: int
    firm: int
    role: str | None


class TieLine(Wire):
    """A bilateral tie, by places in the list of firms."""

    source: int
    target: int
    kind: str | None
    channel: str | None


class NetworkView(Wire):
    """Alliances as sets of firms; ``alliances_in_all`` says how many there are."""

    firms: list[FirmNode]
    alliances: list[AllianceNode]
    memberships: list[Membership]
    ties: list[TieLine]
    alliances_in_all: int
    ties_in_all: int


@ROUTER.get("/api/records/{record}/network", responses=refusals(404))
def network(
    record: RecordId,
    studio: Here,
    user: Reader,
    at: date | None = None,
    most: Annotated[int, Query(ge=1, le=500)] = 60,
) -> NetworkView:
    """Return the largest alliances of a day with their members."""
    _ = user
    found = network_of(studio.library.open(record), day=at, most=most)
    firm_at = {firm: place for place, firm in enumerate(found.firms["firm_id"])}
    alliance_at = {alliance: place for place, alliance in enumerate(found.alliances["alliance_id"])}
    return NetworkView(
        firms=[
            FirmNode(id=firm, name=shortened(name or firm, 80), kind=kind, alliances=count)
            for firm, name, kind, count in found.firms.iter_rows()
        ],
        alliances=[
            AllianceNode(
                id=row["alliance_id"],
                kind=row["kind"],
                outcome=row["outcome"],
                members=row["members"],
                start=None if row["start"] is None else str(row["start"]),
                end=None if row["end"] is None else str(row["end"]),
            )
            for row in found.alliances.iter_rows(named=True)
        ],
        memberships=[
            Membership(alliance=alliance_at[alliance], firm=firm_at[firm], role=role)
            for alliance, firm, role in found.memberships.iter_rows()
            if firm in firm_at
        ],
        ties=[
            TieLine(source=firm_at[a], target=firm_at[b], kind=kind, channel=channel)
            for a, b, kind, channel in found.ties.iter_rows()
            if a in firm_at and b in firm_at
        ],
        alliances_in_all=found.alliances_in_all,
        ties_in_all=found.ties_in_all,
    )
