"""A diagnosis as it goes over the wire: every code with its name, every word in both languages."""

from collections.abc import Mapping, Sequence

from jiqun.diagnosis.diagnosis import Diagnosis
from jiqun.diagnosis.findings import Evidence, Need, StageChange, StageDiagnosis, TypeDiagnosis
from jiqun.studio.wire import EstimateView, Wire, Wording
from jiqun.vocabulary.text import Text, same
from jiqun.vocabulary.typology import STAGE_VERDICT, TYPE_VERDICT


class Share(Wire):
    """A type or stage with its probability."""

    code: str
    title: Wording
    probability: float


class EvidenceView(Wire):
    """One line of the ledger of a verdict."""

    element: str
    status: str
    title: Wording
    question: Wording
    finding: Wording
    points_to: list[Wording]
    strength: Wording
    contradicts: bool
    window: str
    reason: Wording
    needs: list[str]
    estimates: list[EstimateView]


class VerdictView(Wire):
    """A type or a stage: what is called, how probable each one is, and why."""

    code: str
    title: Wording
    reason: Wording
    shares: list[Share]
    evidence: list[EvidenceView]


class StageWindowView(Wire):
    """The stage in one window of time."""

    window: str
    title: Wording
    shares: list[Share]
    markers: int


class ChangeView(Wire):
    """When one stage gave way to another."""

    before: Wording
    after: Wording
    year: int
    low: int
    high: int
    level: float
    probability: float


class NeedView(Wire):
    """Data that would change the verdict."""

    table: str
    columns: list[str]
    rows: int | None
    advice: Wording


class DiagnosisView(Wire):
    """Type and stage of a record."""

    type: VerdictView
    stage: VerdictView
    history: list[StageWindowView]
    changes: list[ChangeView]
    markers: list[EstimateView]
    needs: list[NeedView]
    warnings: list[Wording]
    firms: int


def name_of(code: str) -> Text:
    """Return the name of a type or a stage."""
    return {**TYPE_VERDICT.terms, **STAGE_VERDICT.terms}.get(code, same(code))


def shares_of(probabilities: Mapping[str, float]) -> list[Share]:
    """Write probabilities, in the order in which they are given."""
    return [
        Share(code=code, title=Wording.of(name_of(code)), probability=probability)
        for code, probability in probabilities.items()
    ]


def _evidence(lines: Sequence[Evidence]) -> list[EvidenceView]:
    return [
        EvidenceView(
            element=line.element,
            status=line.status,
            title=Wording.of(line.title),
            question=Wording.of(line.question),
            finding=Wording.of(line.finding),
            points_to=[Wording.of(name_of(code)) for code in line.points_to],
            strength=Wording.of(line.strength),
            contradicts=line.contradicts,
            window=line.window,
            reason=Wording.of(line.reason),
            needs=list(line.needs),
            estimates=EstimateView.all_of(line.estimates),
        )
        for line in lines
    ]


def _need(need: Need) -> NeedView:
    return NeedView(
        table=need.table,
        columns=list(need.columns),
        rows=need.rows,
        advice=Wording.of(need.advice),
    )


def _verdict(found: TypeDiagnosis | StageDiagnosis) -> VerdictView:
    return VerdictView(
        code=found.verdict,
        title=Wording.of(name_of(found.verdict)),
        reason=Wording.of(found.reason),
        shares=shares_of(found.probabilities),
        evidence=_evidence(found.evidence),
    )


def _change(change: StageChange) -> ChangeView:
    return ChangeView(
        before=Wording.of(name_of(change.before)),
        after=Wording.of(name_of(change.after)),
        year=change.year,
        low=change.low,
        high=change.high,
        level=change.level,
        probability=change.probability,
    )


def diagnosis_view(found: Diagnosis) -> DiagnosisView:
    """Write a diagnosis."""
    return DiagnosisView(
        type=_verdict(found.type),
        stage=_verdict(found.stage),
        history=[
            StageWindowView(
                window=each.window,
                title=Wording.of(name_of(each.verdict)),
                shares=shares_of(each.probabilities),
                markers=each.markers,
            )
            for each in found.stage.history
        ],
        changes=[_change(change) for change in found.stage.changes],
        markers=EstimateView.all_of(found.stage.markers),
        needs=[_need(need) for need in found.needs],
        warnings=[Wording.of(warning) for warning in found.warnings],
        firms=found.firms,
    )
