"""What changed since an earlier record of the same cluster."""

from typing import Annotated

from fastapi import APIRouter, Query

from jiqun.studio.changes_view import ChangesView
from jiqun.studio.orders import Order, parameters_of
from jiqun.studio.results import result_of
from jiqun.studio.routes.answers import refusals
from jiqun.studio.routes.jobs import JobView, job_view
from jiqun.studio.routes.records import RecordId
from jiqun.studio.studio import Here, Reader
from jiqun.studio.wire import Wire

ROUTER = APIRouter(tags=["changes"])


class ChangesAnswer(Wire):
    """What changed, and the job that finds it; both are null before it was asked for."""

    job: JobView | None
    found: ChangesView | None


@ROUTER.get("/api/records/{record}/changes", responses=refusals(404))
def changes(
    record: RecordId,
    studio: Here,
    user: Reader,
    earlier: Annotated[str, Query(pattern="^[0-9a-f]{16}$")],
) -> ChangesAnswer:
    """Say what changed since an earlier record, as far as that was asked for."""
    _ = user
    order = Order(kind="changes", earlier=earlier)
    job = studio.jobs.same("changes", record, parameters_of(studio, record, order))
    return ChangesAnswer(
        job=None if job is None else job_view(job), found=result_of(studio, job, ChangesView)
    )
