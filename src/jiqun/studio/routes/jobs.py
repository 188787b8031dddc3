"""Jobs: ask for one, follow it, cancel it, take what it made."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from starlette.responses import FileResponse, Response, StreamingResponse

from jiqun.studio.jobs import KINDS
from jiqun.studio.jobs.store import DONE, LIVE, JobRow
from jiqun.studio.orders import Order, job_row, parameters_of, put_in_queue
from jiqun.studio.refusals import KNOWN, NO_RESULT, refused
from jiqun.studio.routes.answers import EVENTS, refusals
from jiqun.studio.routes.records import RecordId
from jiqun.studio.studio import Editor, Here, Reader, Studio
from jiqun.studio.wire import ProblemView, Wire, Wording
from jiqun.vocabulary.text import Text

ROUTER = APIRouter(tags=["jobs"])
JobId = Annotated[str, Path(pattern="^[0-9a-f]{16}$")]
BETWEEN = 0.4
"""Seconds between two looks at a job."""


class JobView(Wire):
    """How a job stands."""

    id: str
    kind: str
    title: Wording
    record: str | None
    user: str
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    progress: float
    message: Wording
    problems: list[ProblemView]
    created: str


def job_view(row: JobRow) -> JobView:
    """Write a job."""
    kind = str(row.kind)
    title = KINDS[kind].title if kind in KINDS else Text(kind, kind)
    return JobView.model_validate(
        {
            "id": row.id,
            "kind": kind,
            "title": Wording.of(title),
            "record": row.record,
            "user": row.user,
            "state": row.state,
            "progress": row.progress,
            "message": Wording(en=str(row.message_en), zh=str(row.message_zh)),
            "problems": json.loads(str(row.problems)),
            "created": str(row.created),
        }
    )


@ROUTER.post("/api/records/{record}/jobs", responses=refusals(404, 429))
def order_job(record: RecordId, order: Order, studio: Here, user: Editor) -> JobView:
    """Put a job into the queue; one that was asked for in the same words is not done twice."""
    parameters = parameters_of(studio, record, order)
    return job_view(
        put_in_queue(studio, user, kind=order.kind, record=record, parameters=parameters)
    )


@ROUTER.get("/api/jobs", responses=refusals())
def jobs(
    studio: Here, user: Reader, count: Annotated[int, Query(ge=1, le=200)] = 50
) -> list[JobView]:
    """List jobs, newest first."""
    _ = user
    return [job_view(row) for row in studio.jobs.latest(count)]


@ROUTER.get("/api/jobs/{job}", responses=refusals(404))
def job_state(job: JobId, studio: Here, user: Reader) -> JobView:
    """Say how a job stands."""
    _ = user
    return job_view(job_row(studio, job))


@ROUTER.post("/api/jobs/{job}/cancel", responses=refusals(404))
def cancel(job: JobId, studio: Here, user: Editor) -> JobView:
    """End a job that waits or runs."""
    job_row(studio, job)
    studio.runner.cancel(job, by=user.name)
    return job_view(job_row(studio, job))


@ROUTER.get(
    "/api/jobs/{job}/events", responses={**refusals(404), 200: EVENTS}, response_class=Response
)
async def events(job: JobId, studio: Here, user: Reader) -> Response:
    """Tell how a job goes until it has ended."""
    _ = user
    await asyncio.to_thread(job_row, studio, job)
    return StreamingResponse(_follow(studio, job), media_type="text/event-stream")


async def _follow(studio: Studio, job: str) -> AsyncIterator[str]:
    """Send a job whenever it has changed."""
    sent = ""
    while True:
        row = await asyncio.to_thread(studio.jobs.get, job)
        if row is None:
            return
        text = job_view(row).model_dump_json()
        if text != sent:
            yield f"data: {text}\n\n"
            sent = text
        if row.state not in LIVE:
            return
        await asyncio.sleep(BETWEEN)


@ROUTER.get(
    "/api/jobs/{job}/result",
    responses={**refusals(404), 200: {"content": {"application/json": {"schema": {}}}}},
    response_class=FileResponse,
)
def result(job: JobId, studio: Here, user: Reader) -> FileResponse:
    """Return what a job found."""
    _ = user
    row = job_row(studio, job)
    path = studio.runner.result(job)
    if row.state != DONE or not path.exists():
        raise refused(404, KNOWN, NO_RESULT)
    return FileResponse(path, media_type="application/json")
