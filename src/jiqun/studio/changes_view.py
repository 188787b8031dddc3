"""What changed between two records as it goes over the wire: each difference in its three parts."""

from collections.abc import Sequence

from jiqun.diagnosis.diagnosis import Diagnosis
from jiqun.record.schema import TABLES
from jiqun.report.sections.since import AGAIN, NOW, THEN
from jiqun.report.since import Change, Since
from jiqun.studio.verdicts import name_of
from jiqun.studio.wire import EstimateView, Wire, Wording, finite
from jiqun.vocabulary.text import Text, same


class VerdictLine(Wire):
    """Type and stage as one of the records has them."""

    title: Wording
    type: Wording
    likeliest: Wording
    probability: float
    stage: Wording


class NumberChange(Wire):
    """One number then and now; a part is null where it could not be made."""

    then: EstimateView
    now: EstimateView
    measuring: float | None
    behaviour: float | None
    membership: float | None
    apart: bool


class TableChange(Wire):
    """Rows of a table then and now."""

    label: Wording
    then: int
    now: int


class ChangesView(Wire):
    """What changed since an earlier record; ``revised`` where its verdict would be another today."""

    name: str
    until: str
    verdicts: list[VerdictLine]
    revised: bool
    changes: list[NumberChange]
    gained: list[EstimateView]
    lost: list[EstimateView]
    stayed: int
    entered: int
    left: int
    tables: list[TableChange]
    made_then: list[str]
    made_now: list[str]


def changes_view(found: Since, now: Diagnosis) -> ChangesView:
    """Write what changed."""
    verdicts = ((THEN, found.then), (AGAIN, found.again), (NOW, now))
    return ChangesView(
        name=found.name,
        until=found.until.isoformat(),
        verdicts=[_verdict(title, each) for title, each in verdicts],
        revised=found.then.type.verdict != found.again.type.verdict,
        changes=_changes(found.changes),
        gained=EstimateView.all_of(found.gained),
        lost=EstimateView.all_of(found.lost),
        stayed=found.stayed,
        entered=found.entered,
        left=found.left,
        tables=[
            TableChange(label=Wording.of(_label(name)), then=then, now=later)
            for name, (then, later) in found.rows.items()
        ],
        made_then=list(found.made_then),
        made_now=list(found.made_now),
    )


def _label(table: str) -> Text:
    return TABLES[table].label if table in TABLES else same(table)


def _verdict(title: Text, found: Diagnosis) -> VerdictLine:
    likeliest = found.type.likeliest
    return VerdictLine(
        title=Wording.of(title),
        type=Wording.of(name_of(found.type.verdict)),
        likeliest=Wording.of(name_of(likeliest)),
        probability=found.type.probabilities[likeliest],
        stage=Wording.of(name_of(found.stage.verdict)),
    )


def _changes(found: Sequence[Change]) -> list[NumberChange]:
    then = EstimateView.all_of([change.then for change in found])
    now = EstimateView.all_of([change.now for change in found])
    return [
        NumberChange(
            then=before,
            now=after,
            measuring=finite(change.measuring),
            behaviour=finite(change.behaviour),
            membership=finite(change.membership),
            apart=change.apart,
        )
        for change, before, after in zip(found, then, now, strict=True)
    ]
