"""The map: land, sites as points, sites as counts."""

from datetime import date
from typing import Annotated

import numpy as np
from fastapi import APIRouter, Query, Response

from jiqun.studio.routes.answers import BINARY, refusals
from jiqun.studio.routes.records import RecordId
from jiqun.studio.studio import Here, Reader
from jiqun.studio.views.land import land
from jiqun.studio.views.sites import Sites, sites_of
from jiqun.studio.wire import Wire, shortened

ROUTER = APIRouter(tags=["map"])
EPOCH = date(1970, 1, 1)
Part = Annotated[float, Query(ge=0.0, le=1.0)]
Day = Annotated[int, Query(ge=-800_000, le=3_000_000)]
NEAREST = 30


class MapView(Wire):
    """What there is to draw: number of sites, the window of the plane around them, first and last day."""

    sites: int
    unlocated: int
    west: float
    north: float
    east: float
    south: float
    first_day: int | None
    last_day: int | None


class SiteLine(Wire):
    """One site near a place."""

    firm_id: str | None
    name: str | None
    kind: str | None
    opened: str | None
    closed: str | None


@ROUTER.get("/api/land", responses={**refusals(), 200: BINARY}, response_class=Response)
def coasts() -> Response:
    """Return the coasts, packed; they are the same for everyone."""
    return Response(
        land(),
        media_type="application/octet-stream",
        headers={"Cache-Control": "private, max-age=86400"},
    )


@ROUTER.get("/api/records/{record}/map", responses=refusals(404))
def map_view(record: RecordId, studio: Here, user: Reader) -> MapView:
    """Say what there is to draw."""
    _ = user
    opened = studio.library.open(record)
    return opened.once("map", lambda: _to_draw(sites_of(opened)))


def _to_draw(sites: Sites) -> MapView:
    days = sites.days()
    west, east = _ends(sites.x)
    north, south = _ends(sites.y)
    return MapView(
        sites=sites.count,
        unlocated=sites.unlocated,
        west=west,
        north=north,
        east=east,
        south=south,
        first_day=days[0] if days else None,
        last_day=days[1] if days else None,
    )


def _ends(places: np.ndarray) -> tuple[float, float]:
    """Return where the middle 99.8 % lie, so that one stray site does not shrink the rest."""
    if places.size == 0:
        return 0.0, 1.0
    low, high = np.quantile(places, [0.001, 0.999])
    return float(low), float(high)


@ROUTER.get(
    "/api/records/{record}/map/sites",
    responses={**refusals(404), 200: BINARY},
    response_class=Response,
)
def points(record: RecordId, studio: Here, user: Reader) -> Response:
    """Return x, y, opened and closed of all sites, packed; see ``Sites.packed``."""
    _ = user
    sites = sites_of(studio.library.open(record))
    return Response(sites.packed(), media_type="application/octet-stream")


@ROUTER.get(
    "/api/records/{record}/map/cells",
    responses={**refusals(404), 200: BINARY},
    response_class=Response,
)
def cells(
    record: RecordId,
    studio: Here,
    user: Reader,
    *,
    across: Annotated[int, Query(ge=1, le=2**22)],
    day: Day,
    west: Part = 0.0,
    north: Part = 0.0,
    east: Part = 1.0,
    south: Part = 1.0,
) -> Response:
    """Return counts of the sites that stand on a day, in cells of the plane."""
    _ = user
    sites = sites_of(studio.library.open(record))
    chosen = sites.standing(day) & sites.within(west, north, east, south)
    return Response(sites.cells(chosen, across), media_type="application/octet-stream")


@ROUTER.get("/api/records/{record}/map/near", responses=refusals(404))
def near(
    record: RecordId, studio: Here, user: Reader, *, x: Part, y: Part, within: Part, day: Day
) -> list[SiteLine]:
    """Name the sites nearest to a place, at most thirty."""
    _ = user
    opened = studio.library.open(record)
    sites = sites_of(opened)
    chosen = nearest(sites, x, y, within, day)
    table = opened.columns("sites", "firm_id", "kind", "opened", "closed")[chosen]
    names = opened.columns("firms", "firm_id", "name")
    named = table.join(names, on="firm_id", how="left", maintain_order="left")
    return [
        SiteLine(
            firm_id=row["firm_id"],
            name=None if row["name"] is None else shortened(row["name"]),
            kind=row["kind"],
            opened=None if row["opened"] is None else str(row["opened"]),
            closed=None if row["closed"] is None else str(row["closed"]),
        )
        for row in named.iter_rows(named=True)
    ]


def nearest(sites: Sites, x: float, y: float, within: float, day: int) -> list[int]:
    """Return rows of the sites within a distance on the plane, the nearest first."""
    window = sites.within(x - within, y - within, x + within, y + within) & sites.standing(day)
    found = np.flatnonzero(window)
    distance = np.hypot(sites.x[found] - x, sites.y[found] - y)
    order = np.argsort(distance, kind="stable")[:NEAREST]
    return [int(row) for row in sites.row[found[order]]]
