r"""Needs 所需数据: which data would tell most about the type, on this very record.

For each element with aspects that are missing or undecided: had they been measured well, they would show
which side of its threshold each is on, s, with the probability that the present evidence gives it; the ledger
is then written anew. What it is worth is the expected fall of entropy,

.. math::  I = H(t) - \sum_s P(s) H(t \mid s), \qquad P(s) = \sum_t P(t) P_a(s \mid t)

and the chance that the verdict becomes another is added up over the same states.

Paper: T1, Q7 (not yet observable: waiting, not collecting, is what it takes)

References
----------
Lindley, D. V. (1956). On a measure of the information provided by an experiment. Annals of Mathematical
Statistics 27(4), 986-1005. doi:10.1214/aoms/1177728069
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from jiqun.diagnosis.card import Aspect, Card
from jiqun.diagnosis.findings import Evidence, Need, TypeDiagnosis, percent
from jiqun.diagnosis.ledger import log_bayes_factors, posterior
from jiqun.diagnosis.reading import Reading
from jiqun.diagnosis.verdict import LEAST_FIRMS, judged
from jiqun.measures.estimate import round_up
from jiqun.record.schema import TABLES
from jiqun.vocabulary.text import Text, capitalised, joined
from jiqun.vocabulary.typology import ELEMENT

SURE = 0.95
"""Support of the true side in data that are good enough."""
DECIDED = 0.9
LEAST_BITS = 0.05
"""Of the 1.58 bits between three types: data that tell less are not worth the asking."""
SHOWN = 5
MOST_TIMES = 20
ADVICE = Text(
    "{title}: about {rows} more rows in {tables}; the verdict would then become another with a probability "
    "of {p}.",
    "{title}:在{tables}表中再补充约 {rows} 行;判定因此改变的概率为 {p}。",
)
WAIT = Text(
    "{title}: not to be seen yet; once it is, the verdict would become another with a probability of {p}.",
    "{title}:目前尚不可观测;可观测后判定改变的概率为 {p}。",
)
MORE_FIRMS = Text(
    "No type is called for fewer than {least} firms: {rows} more rows in firms, with what is known of them.",
    "企业不足 {least} 家时不作类型判定:企业表需再补充 {rows} 行及其相关数据。",
)


@dataclass(frozen=True, slots=True)
class Enough:
    """Rows with which an aspect is usually decided: of which table, and how many, or one per firm."""

    table: str
    rows: int
    per_firm: bool = False


ENOUGH = {
    "positioning.platform": Enough("participations", 1, per_firm=True),
    "positioning.data": Enough("accounts", 1, per_firm=True),
    "positioning.exchange": Enough("ties", 1, per_firm=True),
    "positioning.twins": Enough("ties", 1, per_firm=True),
    "positioning.purpose": Enough("innovations", 50),
    "positioning.complementarity": Enough("memberships", 1, per_firm=True),
    "core_logic.leaders": Enough("accounts", 5),
    "core_logic.origin": Enough("firms", 10),
    "core_logic.revenue": Enough("accounts", 10),
    "core_logic.sector": Enough("firms", 10),
    "mirror.order": Enough("sites", 60),
    "network.decomposability": Enough("interfaces", 400),
    "data_value.elasticity": Enough("accounts", 200),
    "data_value.revenue": Enough("accounts", 50),
}
"""Ten core firms; 20 moves and more; 100 alliances of three to four; 200 firm-years: the sizes at which
each measure reached its verdict in most of its own simulated records."""


@dataclass(frozen=True, slots=True)
class Case:
    """A diagnosis of the type, with the aspects and the ledger written from them, in one order."""

    found: TypeDiagnosis
    readings: Sequence[Reading]
    lines: Sequence[Evidence]
    card: Card
    firms: int


def needs(case: Case) -> tuple[Need, ...]:
    """List what would tell most, most first; the aspects of an element are collected together."""
    if case.firms < LEAST_FIRMS:
        return (_more_firms(case.firms),)
    open_aspects: dict[str, list[int]] = {}
    for at, reading in enumerate(case.readings):
        if reading.status != "measured" or max(_sides(reading, case.card)) < DECIDED:
            open_aspects.setdefault(reading.element, []).append(at)
    every = (_need(element, places, case) for element, places in open_aspects.items())
    listed = [need for need in every if need is not None]
    return tuple(sorted(listed, key=lambda need: (-need.changes, -need.information))[:SHOWN])


def _sides(reading: Reading, card: Card) -> list[float]:
    """Return the support of each side of the threshold."""
    sides = card.aspects[f"{reading.element}.{reading.aspect}"].sides
    return [sum(reading.support[s] for s in side) for side in sides]


def _more_firms(firms: int) -> Need:
    rows = LEAST_FIRMS - firms
    return Need(
        element="positioning",
        table="firms",
        columns=("firms.firm_id",),
        rows=rows,
        information=0.0,
        changes=0.0,
        advice=MORE_FIRMS.fill(least=LEAST_FIRMS, rows=rows),
    )


def _need(element: str, places: Sequence[int], case: Case) -> Need | None:
    """Say what one element is worth; None where it is worth nothing."""
    information, changes = _worth(places, case)
    if information < LEAST_BITS:
        return None
    readings = [case.readings[at] for at in places]
    columns = tuple(dict.fromkeys(c for r in readings for c in r.needs))
    waits = all(r.status == "not_yet_observable" for r in readings)
    rows = None if waits else max(_rows(r, case) for r in readings)
    told = {"title": capitalised(ELEMENT.terms[element]), "p": percent(changes)}
    tables = dict.fromkeys(c.split(".")[0] for c in columns)
    where = joined((TABLES[t].label for t in tables), ", ", "、")
    advice = (
        WAIT.fill(**told) if rows is None else ADVICE.fill(**told, rows=f"{rows:,}", tables=where)
    )
    return Need(
        element=element,
        table=ENOUGH[f"{element}.{readings[0].aspect}"].table,
        columns=columns,
        rows=rows,
        information=information,
        changes=changes,
        advice=advice,
    )


def _worth(places: Sequence[int], case: Case) -> tuple[float, float]:
    """Return the expected fall of entropy in bits, and the chance that the verdict changes."""
    named = [f"{case.readings[at].element}.{case.readings[at].aspect}" for at in places]
    aspects = [case.card.aspects[name] for name in named]
    now = case.found.probabilities
    information, changes, total = 0.0, 0.0, 0.0
    for sides in product(*(aspect.sides for aspect in aspects)):
        p = _predicted(aspects, sides, now)
        written = list(case.lines)
        for at, aspect, side in zip(places, aspects, sides, strict=True):
            factors = log_bayes_factors(_sure(aspect, side), aspect.expected, aspect.weight)
            written[at] = replace(written[at], status="measured", log_bayes_factor=factors)
        then = posterior(case.card.prior, written)
        total += p
        information += p * _entropy(then)
        changes += p * (judged(then, written, case.firms).verdict != case.found.verdict)
    return max(_entropy(now) - information / total, 0.0), changes / total


def _sure(aspect: Aspect, side: Sequence[str]) -> dict[str, float]:
    """Return the support where the data are nearly sure of a side and say no more within it."""
    rest = (1.0 - SURE) / (len(aspect.sides) - 1)
    return {s: SURE if s in side else rest for s in aspect.expected}


def _predicted(
    aspects: Sequence[Aspect], sides: Sequence[Sequence[str]], probabilities: Mapping[str, float]
) -> float:
    """Return the probability of a side of each aspect given what is known of the type, up to a factor."""
    found = 0.0
    for t, p in probabilities.items():
        for aspect, side in zip(aspects, sides, strict=True):
            told = [aspect.expected[s][t] for s in side]
            even = 1.0 / len(aspect.sides)
            p *= sum(v if v is not None else even / len(side) for v in told)  # noqa: PLW2901
        found += p
    return found


def _entropy(probabilities: Mapping[str, float]) -> float:
    p = np.array([v for v in probabilities.values() if v > 0.0])
    return float(-(p * np.log2(p)).sum())


def _rows(reading: Reading, case: Case) -> int:
    """Return how many rows more: what is usually enough, or what narrows the interval until it decides."""
    enough = ENOUGH[f"{reading.element}.{reading.aspect}"]
    if reading.status != "measured" or not reading.estimates:
        return round_up(enough.rows * (case.firms if enough.per_firm else 1))
    n, sides = reading.estimates[0].n, _sides(reading, case.card)
    odds = float(np.log(max(sides) / min(sides)))
    times = min((np.log(SURE / (1.0 - SURE)) / max(odds, 1e-3)) ** 2, MOST_TIMES)
    return round_up(n * max(times - 1.0, 0.1))
