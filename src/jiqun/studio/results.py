"""What finished jobs found 结果, read back from their folders."""

from typing import TypeVar

from pydantic import ValidationError

from jiqun.studio.jobs.store import DONE, JobRow
from jiqun.studio.studio import Studio
from jiqun.studio.verdicts import DiagnosisView
from jiqun.studio.wire import EstimateView, ProblemView, Wire, Wording

W = TypeVar("W", bound=Wire)


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


def result_of(studio: Studio, job: JobRow | None, form: type[W], name: str = "") -> W | None:
    """Return what a job found, or ``name``, which it left on its way.

    None where it has found nothing yet, and where another version wrote it differently.
    """
    if job is None or (job.state != DONE and not name):
        return None
    path = studio.runner.home(str(job.id)) / name if name else studio.runner.result(str(job.id))
    try:
        return form.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def latest(studio: Studio, record: str, kind: str, form: type[W]) -> W | None:
    """Return the latest result of a kind for a record."""
    return result_of(studio, studio.jobs.finished(kind, record), form)
