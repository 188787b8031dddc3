"""What was found in a record: its latest study and clusters, and the report to take along."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import FileResponse

from jiqun.studio.refusals import KNOWN, NO_RESULT, refused
from jiqun.studio.results import ClustersView, StudyView, latest
from jiqun.studio.routes.answers import refusals
from jiqun.studio.routes.jobs import JobView, job_view
from jiqun.studio.routes.records import RecordId
from jiqun.studio.studio import Here, Reader, Studio
from jiqun.studio.wire import Wire
from jiqun.vocabulary.text import Language

ROUTER = APIRouter(tags=["evidence"])
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
"""For a report: a page of its own that may load nothing and run nothing."""


class Findings(Wire):
    """The latest results, the forms of both reports, and the jobs that are to bring newer ones."""

    study: StudyView | None
    forms: list[str]
    shared_forms: list[str]
    clusters: ClustersView | None
    jobs: list[JobView]


@ROUTER.get("/api/records/{record}/findings", responses=refusals(404))
def findings(record: RecordId, studio: Here, user: Reader) -> Findings:
    """Return what was found in a record so far."""
    _ = user
    studio.library.row(record)
    jobs = [job_view(row) for row in studio.jobs.latest(20, record=record)]
    return Findings(
        study=latest(studio, record, "study", StudyView),
        clusters=latest(studio, record, "clusters", ClustersView),
        forms=_forms(studio, record, "study"),
        shared_forms=_forms(studio, record, "shared"),
        jobs=jobs,
    )


def _forms(studio: Studio, record: str, kind: str) -> list[str]:
    """Say in which forms the report of the latest job of a kind is there."""
    done = studio.jobs.finished(kind, record)
    if done is None:
        return []
    home = studio.runner.home(str(done.id))
    return [form for form in MEDIA if (home / f"report.en.{form}").exists()]


MEDIA = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
Form = Literal["html", "pdf", "docx", "xlsx", "csv"]


@ROUTER.get(
    "/api/records/{record}/report",
    responses={**refusals(404), 200: {"content": {media: {} for media in MEDIA.values()}}},
    response_class=FileResponse,
)
def report(
    record: RecordId,
    studio: Here,
    user: Reader,
    *,
    form: Annotated[Form, Query(alias="to")] = "html",
    lang: Language = "en",
    shared: bool = False,
) -> FileResponse:
    """Return the report of the latest study, or its estimates; ``shared``: the one for others."""
    _ = user
    row = studio.library.row(record)
    kind = "shared" if shared else "study"
    done = studio.jobs.finished(kind, record)
    name = "estimates.csv" if form == "csv" else f"report.{lang}.{form}"
    if done is None or not (path := studio.runner.home(str(done.id)) / name).exists():
        raise refused(404, KNOWN, NO_RESULT)
    return FileResponse(
        path,
        filename=f"{row.name}-{kind}-{name}",
        media_type=MEDIA[form],
        headers={"Content-Security-Policy": SANDBOX},
    )
