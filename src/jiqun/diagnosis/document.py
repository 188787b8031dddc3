"""A diagnosis as plain data: the form of ``jiqun diagnose --json``, which is kept stable.

What is added later is added beside what is there; nothing is renamed or taken away.
"""

from collections.abc import Mapping

from jiqun.diagnosis.findings import (
    Evidence,
    Need,
    StageChange,
    StageDiagnosis,
    StageWindow,
    Trial,
    TypeDiagnosis,
)
from jiqun.measures.estimate import Estimate
from jiqun.vocabulary.text import Language
from jiqun.vocabulary.typology import STAGE_VERDICT, TYPE_VERDICT

Document = dict[str, object]
DIGITS = 6


def type_document(found: TypeDiagnosis, language: Language) -> Document:
    """Return the type as it stands in ``--json``."""
    return {
        "verdict": found.verdict,
        "label": TYPE_VERDICT.terms[found.verdict].to(language),
        "probabilities": _rounded(found.probabilities),
        "credible_set_80": list(found.credible_set()),
        "reason": found.reason.to(language),
        "evidence": [_evidence(line, language) for line in found.evidence],
    }


def stage_document(found: StageDiagnosis, language: Language) -> Document:
    """Return the stage as it stands in ``--json``."""
    return {
        "verdict": found.verdict,
        "label": STAGE_VERDICT.terms[found.verdict].to(language),
        "probabilities": _rounded(found.probabilities),
        "credible_set_80": list(found.credible_set()),
        "reason": found.reason.to(language),
        "card": found.card,
        "history": [_window(window) for window in found.history],
        "changes": [_change(change) for change in found.changes],
        "trial": None if found.trial is None else _trial(found.trial),
        "evidence": [_evidence(line, language) for line in found.evidence],
    }


def _trial(found: Trial) -> Document:
    return {
        "ordered_against_free": round(found.ordered, DIGITS),
        "stretches_against_one": _rounded({str(k): v for k, v in found.stretches.items()}),
        "windows": found.windows,
    }


def _window(window: StageWindow) -> Document:
    return {
        "window": window.window,
        "first_year": window.first_year,
        "last_year": window.last_year,
        "verdict": window.verdict,
        "probabilities": _rounded(window.probabilities),
        "markers": window.markers,
    }


def _change(change: StageChange) -> Document:
    return {
        "before": change.before,
        "after": change.after,
        "year": change.year,
        "low": change.low,
        "high": change.high,
        "level": change.level,
        "probability": round(change.probability, DIGITS),
    }


def _evidence(line: Evidence, language: Language) -> Document:
    return {
        "element": line.element,
        "aspect": line.aspect,
        "status": line.status,
        "title": line.title.to(language),
        "question": line.question.to(language),
        "finding": line.finding.to(language),
        "points_to": list(line.points_to),
        "strength": line.strength.to(language),
        "contradicts": line.contradicts,
        "estimate": None if line.estimate is None else _estimate(line.estimate, language),
        "estimates": [_estimate(each, language) for each in line.estimates],
        "log_bayes_factor": _rounded(line.log_bayes_factor),
        "log_fit": round(line.log_fit, DIGITS),
        "weight": round(line.weight, DIGITS),
        "window": line.window,
        "reason": line.reason.to(language),
        "needs": list(line.needs),
    }


def _estimate(found: Estimate, language: Language) -> Document:
    return {
        "id": found.id,
        "label": found.label.to(language),
        "value": found.value,
        "low": found.low,
        "high": found.high,
        "unit": found.unit.to(language),
        "n": found.n,
        "n_of": found.n_of.to(language),
        "reason": None if found.reason is None else found.reason.to(language),
    }


def need_document(need: Need, language: Language) -> Document:
    """Return what is needed as it stands in ``--json``."""
    return {
        "element": need.element,
        "table": need.table,
        "columns": list(need.columns),
        "rows": need.rows,
        "information_bits": round(need.information, DIGITS),
        "changes": round(need.changes, DIGITS),
        "advice": need.advice.to(language),
    }


def _rounded(numbers: Mapping[str, float]) -> dict[str, float]:
    return {name: round(float(value), DIGITS) for name, value in numbers.items()}
