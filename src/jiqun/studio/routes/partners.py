"""Partners: which alliances and clusters there are to ask about, and who is missing from one."""

from typing import Annotated

from fastapi import APIRouter, Query

from jiqun.studio.orders import Order, parameters_of
from jiqun.studio.partners_view import PartnersView
from jiqun.studio.results import ClustersView, latest, result_of
from jiqun.studio.routes.answers import refusals
from jiqun.studio.routes.jobs import JobView, job_view
from jiqun.studio.routes.records import RecordId
from jiqun.studio.studio import Here, Reader
from jiqun.studio.views.groups import alliances_of
from jiqun.studio.wire import Wire, Wording, shortened
from jiqun.vocabulary.codes import ALLIANCE_KIND
from jiqun.vocabulary.text import same

ROUTER = APIRouter(tags=["partners"])
Name = Annotated[str | None, Query(max_length=300)]
SHOWN = 100


class AllianceLine(Wire):
    """An alliance that can be asked about."""

    id: str
    kind: Wording | None
    members: int
    start: str | None


class ClusterLine(Wire):
    """A cluster that was found, and how many firms it has."""

    name: str
    firms: int


class GroupsView(Wire):
    """The largest alliances that match, how many match in all, and the clusters that were found."""

    alliances: list[AllianceLine]
    matching: int
    clusters: list[ClusterLine]


class PartnersAnswer(Wire):
    """Partners of one group, and the job that finds them; both are null before it was asked for."""

    job: JobView | None
    found: PartnersView | None


@ROUTER.get("/api/records/{record}/groups", responses=refusals(404))
def groups(
    record: RecordId,
    studio: Here,
    user: Reader,
    like: Annotated[str, Query(max_length=200)] = "",
) -> GroupsView:
    """List alliances by size: all, or those with ``like`` in their id or in a member's name."""
    _ = user
    found = alliances_of(studio.library.open(record), like)
    clusters = latest(studio, record, "clusters", ClustersView)
    return GroupsView(
        alliances=[
            AllianceLine(
                id=row["alliance_id"],
                kind=None
                if row["kind"] is None
                else Wording.of(ALLIANCE_KIND.terms.get(row["kind"], same(shortened(row["kind"])))),
                members=row["members"],
                start=None if row["start"] is None else str(row["start"]),
            )
            for row in found.head(SHOWN).iter_rows(named=True)
        ],
        matching=found.height,
        clusters=[
            ClusterLine(name=cluster.name, firms=len(cluster.members))
            for cluster in (() if clusters is None else clusters.clusters)
        ],
    )


@ROUTER.get("/api/records/{record}/partners", responses=refusals(404))
def partners(
    record: RecordId, studio: Here, user: Reader, alliance: Name = None, cluster: Name = None
) -> PartnersAnswer:
    """Say who is missing from an alliance or a cluster, as far as that was asked for."""
    _ = user
    order = Order(kind="partners", alliance=alliance, cluster=cluster)
    job = studio.jobs.same("partners", record, parameters_of(studio, record, order))
    return PartnersAnswer(
        job=None if job is None else job_view(job), found=result_of(studio, job, PartnersView)
    )
