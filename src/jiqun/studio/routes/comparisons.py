"""Comparisons of policies: ask for one, see the first answer, then all of it."""

import json

from fastapi import APIRouter

from jiqun.model.scenario import BUNDLED, bundled
from jiqun.studio.comparison_order import ComparisonOrder, python_for, question_of, runs_of
from jiqun.studio.comparison_view import ComparisonView
from jiqun.studio.jobs.compare import COMPARE, FIRST
from jiqun.studio.jobs.store import LIVE, JobRow
from jiqun.studio.orders import MADE_BY, job_row, put_in_queue
from jiqun.studio.refusals import KNOWN, NO_JOB, VALID, WITHIN_LIMITS, refused
from jiqun.studio.results import result_of
from jiqun.studio.routes.answers import refusals
from jiqun.studio.routes.desk import NO_SCENARIO
from jiqun.studio.routes.jobs import JobId, JobView, job_view
from jiqun.studio.studio import Editor, Here, Reader
from jiqun.studio.wire import Wire
from jiqun.vocabulary.text import Text

ROUTER = APIRouter(tags=["comparisons"])
TOO_BIG = Text(
    "{work:,} firm-periods were asked for; a comparison takes {most:,}.",
    "所请求的企业·期数为 {work:,},比较任务上限为 {most:,}。",
)


class ComparisonLine(Wire):
    """A comparison that was asked for, and how its job stands."""

    job: JobView
    order: ComparisonOrder
    runs: int


class ComparisonAnswer(Wire):
    """One comparison; ``is_first`` where only the first worlds have been run."""

    job: JobView
    order: ComparisonOrder
    runs: int
    found: ComparisonView | None
    is_first: bool
    python: str


def _asked(row: JobRow) -> tuple[ComparisonOrder, int]:
    """Return what was asked for, and how many runs that takes."""
    parameters = json.loads(str(row.parameters))
    return ComparisonOrder.model_validate(parameters["order"]), int(parameters["runs"])


@ROUTER.post("/api/comparisons", responses=refusals(404, 429))
def order_comparison(order: ComparisonOrder, studio: Here, user: Editor) -> ComparisonLine:
    """Put a comparison into the queue; one that was asked for in the same words is not done twice."""
    if order.scenario not in BUNDLED:
        raise refused(422, VALID, NO_SCENARIO.fill(name=order.scenario), value=order.scenario)
    question = question_of(order)
    firms = sum(group.firms for group in bundled(order.scenario).groups)
    runs = runs_of(question)
    work = firms * question.scenario.periods * runs
    most = studio.settings.limits.experiment
    if work > most:
        raise refused(422, WITHIN_LIMITS, TOO_BIG.fill(work=work, most=most), value=work)
    parameters: dict[str, object] = {
        "order": order.model_dump(),
        "runs": runs,
        "made_by": MADE_BY,
    }
    row = put_in_queue(studio, user, kind=COMPARE.name, record=None, parameters=parameters)
    return ComparisonLine(job=job_view(row), order=order, runs=runs)


@ROUTER.get("/api/comparisons", responses=refusals())
def comparisons(studio: Here, user: Reader) -> list[ComparisonLine]:
    """List comparisons, newest first."""
    _ = user
    rows = studio.jobs.latest(50, kind=COMPARE.name)
    return [
        ComparisonLine(job=job_view(row), order=order, runs=runs)
        for row, (order, runs) in zip(rows, map(_asked, rows), strict=True)
    ]


@ROUTER.get("/api/comparisons/{job}", responses=refusals(404))
def comparison(job: JobId, studio: Here, user: Reader) -> ComparisonAnswer:
    """Return a comparison: how its job stands, and what was found so far."""
    _ = user
    row = job_row(studio, job)
    if row.kind != COMPARE.name:
        raise refused(404, KNOWN, NO_JOB)
    order, runs = _asked(row)
    is_first = row.state in LIVE
    return ComparisonAnswer(
        job=job_view(row),
        order=order,
        runs=runs,
        found=result_of(studio, row, ComparisonView, FIRST if is_first else ""),
        is_first=is_first,
        python=python_for(order),
    )
