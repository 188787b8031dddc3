"""What goes over the wire: the types from which the page's client is made."""

import math
from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from jiqun.measures.curve_points import CurvePoints
from jiqun.measures.estimate import Estimate
from jiqun.record.problem import Problem
from jiqun.report.labels import told_apart
from jiqun.studio.settings import Role
from jiqun.vocabulary.text import Text


class Wire(BaseModel):
    """An answer or a question."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Wording(Wire):
    """A text in both languages."""

    en: str
    zh: str

    @classmethod
    def of(cls, text: Text) -> "Wording":
        """Write a text as it is printed."""
        return cls(en=text.to("en"), zh=text.to("zh"))


def worded(texts: Mapping[str, Text]) -> dict[str, Wording]:
    """Write a table of texts."""
    return {key: Wording.of(text) for key, text in texts.items()}


class Curve(Wire):
    """A statistic along an axis with the band that chance gives; numbers that JSON lacks are null."""

    axis: Wording
    quantity: Wording
    at: list[float | None]
    value: list[float | None]
    expected: list[float | None]
    low: list[float | None]
    high: list[float | None]
    departs: bool

    @classmethod
    def of(cls, curve: CurvePoints) -> "Curve":
        """Write a curve."""
        columns = {
            name: [finite(x) for x in getattr(curve, name)]
            for name in ("at", "value", "expected", "low", "high")
        }
        return cls(
            axis=Wording.of(curve.axis),
            quantity=Wording.of(curve.quantity),
            departs=curve.departs,
            **columns,
        )


def finite(value: float | None) -> float | None:
    """Return a number that JSON can hold."""
    return value if value is not None and math.isfinite(value) else None


class EstimateView(Wire):
    """An estimate with everything that says how it was made.

    ``told`` is its label with what tells it apart from others beside it.
    """

    id: str
    measure: str
    label: Wording
    told: Wording
    of: list[tuple[str, str]]
    value: float | None
    low: float | None
    high: float | None
    level: float
    unbounded: bool
    interval: Wording
    unit: Wording
    n: int
    n_of: Wording
    method: Wording
    references: list[str]
    warnings: list[Wording]
    reason: Wording | None
    needs: list[str]
    verdict: Wording | None
    curve: Curve | None

    @classmethod
    def all_of(cls, estimates: Sequence[Estimate]) -> "list[EstimateView]":
        """Write estimates that are shown beside each other."""
        told = told_apart(estimates)
        return [cls._of(e, t.label) for e, t in zip(estimates, told, strict=True)]

    @classmethod
    def _of(cls, e: Estimate, told: Text) -> "EstimateView":
        """Write an estimate."""
        ends = (e.value, e.low, e.high)
        return cls(
            id=e.id,
            measure=e.measure,
            label=Wording.of(e.label),
            told=Wording.of(told),
            of=list(e.of),
            value=finite(e.value),
            low=finite(e.low),
            high=finite(e.high),
            level=e.level,
            unbounded=any(x is not None and math.isinf(x) for x in ends),
            interval=Wording.of(e.interval),
            unit=Wording.of(e.unit),
            n=e.n,
            n_of=Wording.of(e.n_of),
            method=Wording.of(e.method),
            references=list(e.references),
            warnings=[Wording.of(w) for w in e.warnings],
            reason=None if e.reason is None else Wording.of(e.reason),
            needs=list(e.needs),
            verdict=None if e.verdict is None else Wording.of(e.verdict),
            curve=None if e.curve is None else Curve.of(e.curve),
        )


SHOWN_OF_VALUE = 200


class ProblemView(Wire):
    """What is wrong, where, and what to do."""

    rule: str
    severity: Literal["error", "warning"]
    source: str
    table: str
    row: int | None
    column: str | None
    value: str | None
    message: Wording
    remedy: Wording

    @classmethod
    def of(cls, problem: Problem) -> "ProblemView":
        """Write a problem; of an endless value only the beginning."""
        value = problem.value
        return cls(
            rule=problem.rule,
            severity=problem.severity,
            source=shortened(problem.source),
            table=shortened(problem.table),
            row=problem.row,
            column=None if problem.column is None else shortened(problem.column),
            value=None if value is None else shortened(value),
            message=bounded(problem.message),
            remedy=bounded(problem.remedy),
        )


def shortened(words: str, most: int = SHOWN_OF_VALUE) -> str:
    """Return at most the beginning of a text from a record."""
    return words if len(words) <= most else words[: most - 1] + "…"


def bounded(text: Text) -> Wording:
    """Write a text that may quote a value without end."""
    return Wording(en=shortened(text.to("en"), 2000), zh=shortened(text.to("zh"), 2000))


class Refusal(Wire):
    """Why something was not done."""

    problems: list[ProblemView]


class Session(Wire):
    """Who one is here."""

    user: str | None
    role: Role | None
    mode: Literal["link", "accounts", "proxy", "oidc"]
    version: str
