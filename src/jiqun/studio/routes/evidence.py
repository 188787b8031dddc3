"""What was found in a record: its latest study and clusters, and the report to take along."""

from typing import Annotated, Literal, TypeVar

from fastapi import APIRouter, Query
from pydantic import ValidationError
from starlette.responses import FileResponse

from jiqun.studio.refusals import KNOWN, NO_RESULT, refused
from jiqun.studio.routes.answers import refusals
from jiqun.studio.routes.jobs import JobView, job_view
from jiqun.studio.routes.records import RecordId
from jiqun.studio.studio import Here, Reader, Studio
from jiqun.studio.verdicts import DiagnosisView
from jiqun.studio.wire import EstimateView, ProblemView, Wire, Wording
from jiqun.vocabulary.text import Language

ROUTER = APIRouter(tags=["evidence"])
W = TypeVar("W", bound=Wire)
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
"""For a report: a page of its own that may load nothing and run nothing."""


class MeasureView(Wire):
    """One measure with its estimates."""

    name: str
    title: Wording
    question: Wording
    needs: list[str]
    estimates: list[EstimateView]


class StudyView(Wire):
    """Everything that was measured."""

    seed: int
    problems: list[ProblemView]
    diagnosis: DiagnosisView
    measures: list[MeasureView]


class Member(Wire):
    """A firm of a cluster and how surely."""

    firm_id: str
    name: str
    membership: float


class Boundary(Wire):
    """What one layer says about the boundary."""

    layer: str
    observed: float | None
    expected: float | None
    p_value: float | None
    carries: bool


class ClusterView(Wire):
    """A cluster that was found."""

    name: str
    space: Wording
    stability: float
    members: list[Member]
    evidence: list[Boundary]
    industries: list[tuple[str, float, float]]


class ClustersView(Wire):
    """The clusters of a record, or why there are none."""

    firms: int
    method: Wording
    reason: Wording | None
    warnings: list[Wording]
    clusters: list[ClusterView]


class Findings(Wire):
    """The latest results, the forms of its report, and the jobs that are to bring newer ones."""

    study: StudyView | None
    forms: list[str]
    clusters: ClustersView | None
    jobs: list[JobView]


@ROUTER.get("/api/records/{record}/findings", responses=refusals(404))
def findings(record: RecordId, studio: Here, user: Reader) -> Findings:
    """Return what was found in a record so far."""
    _ = user
    studio.library.row(record)
    jobs = [job_view(row) for row in studio.jobs.latest(20, record=record)]
    return Findings(
        study=_latest(studio, record, "study", StudyView),
        clusters=_latest(studio, record, "clusters", ClustersView),
        forms=_forms(studio, record),
        jobs=jobs,
    )


def _latest(studio: Studio, record: str, kind: str, form: type[W]) -> W | None:
    """Return the latest result of a kind; one that another version wrote differently is left out."""
    done = studio.jobs.finished(kind, record)
    if done is None:
        return None
    try:
        return form.model_validate_json(studio.runner.result(str(done.id)).read_bytes())
    except (OSError, ValidationError):
        return None


def _forms(studio: Studio, record: str) -> list[str]:
    """Say in which forms the report of the latest study is there."""
    done = studio.jobs.finished("study", record)
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
) -> FileResponse:
    """Return the report of the latest study, or its estimates, as a file to keep."""
    _ = user
    row = studio.library.row(record)
    done = studio.jobs.finished("study", record)
    name = "estimates.csv" if form == "csv" else f"report.{lang}.{form}"
    if done is None or not (path := studio.runner.home(str(done.id)) / name).exists():
        raise refused(404, KNOWN, NO_RESULT)
    return FileResponse(
        path,
        filename=f"{row.name}-{name}",
        media_type=MEDIA[form],
        headers={"Content-Security-Policy": SANDBOX},
    )
