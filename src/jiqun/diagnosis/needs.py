r"""Needs 所需数据: which data would tell most about the type, on this very record.

For each aspect that is missing or undecided: had it been measured well, it would show a state s with the
probability that the present evidence gives it; the ledger is then written anew with it. What it is worth
is the expected fall of entropy,

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

import numpy as np

from jiqun.diagnosis.card import Aspect, Card
from jiqun.diagnosis.findings import Evidence, Need, TypeDiagnosis, percent
from jiqun.diagnosis.ledger import TYPES, log_bayes_factors, posterior
from jiqun.diagnosis.reading import Reading
from jiqun.diagnosis.verdict import LEAST_FIRMS, judged
from jiqun.vocabulary.text import Text

SURE = 0.95
"""Support of the true state in data that are good enough."""
DECIDED = 0.9
LEAST_BITS = 0.01
SHOWN = 5
MOST_TIMES = 20
ADVICE = Text(
    "{title}: about {rows} more rows in {tables} are expected to tell {bits:.2f} bits about the type; the "
    "verdict would become another with a probability of {p}.",
    "{title}:在{tables}中再补充约 {rows} 行,预计可提供 {bits:.2f} 比特的类型信息;判定改变的概率为 {p}。",
)
WAIT = Text(
    "{title}: not to be seen yet; once it is, it is expected to tell {bits:.2f} bits about the type.",
    "{title}:目前尚不可观测;可观测后预计可提供 {bits:.2f} 比特的类型信息。",
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
    "positioning.complementarity": Enough("memberships", 1, per_firm=True),
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
    """List what would tell most, most first."""
    if case.firms < LEAST_FIRMS:
        return (_more_firms(case.firms),)
    every = (_need(at, reading, case) for at, reading in enumerate(case.readings))
    listed = [need for need in every if need is not None]
    return tuple(sorted(listed, key=lambda need: -need.information)[:SHOWN])


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


def _need(at: int, reading: Reading, case: Case) -> Need | None:
    """Say what one aspect is worth; None where it is decided or worth nothing."""
    if reading.status == "measured" and max(reading.support.values()) >= DECIDED:
        return None
    name = f"{reading.element}.{reading.aspect}"
    information, changes = _worth(at, case.card.aspects[name], case)
    if information < LEAST_BITS:
        return None
    enough = ENOUGH[name]
    waits = reading.status == "not_yet_observable"
    rows = None if waits else _rows(reading, enough, case.firms)
    tables = tuple(dict.fromkeys(c.split(".")[0] for c in reading.needs)) or (enough.table,)
    told = {"title": reading.title, "bits": information}
    joined = Text(", ".join(tables), "、".join(tables))
    advice = (
        WAIT.fill(**told)
        if waits
        else ADVICE.fill(**told, rows=rows, tables=joined, p=percent(changes))
    )
    return Need(
        element=reading.element,
        table=enough.table,
        columns=reading.needs,
        rows=rows,
        information=information,
        changes=changes,
        advice=advice,
    )


def _worth(at: int, aspect: Aspect, case: Case) -> tuple[float, float]:
    """Return the expected fall of entropy in bits, and the chance that the verdict changes."""
    information, changes = _entropy(case.found.probabilities), 0.0
    states = tuple(aspect.expected)
    chance = _predicted(aspect, case.found.probabilities)
    for state, p in zip(states, chance, strict=True):
        rest = (1.0 - SURE) / (len(states) - 1)
        support = {s: SURE if s == state else rest for s in states}
        factors = log_bayes_factors(support, aspect.expected, aspect.weight)
        line = replace(case.lines[at], status="measured", log_bayes_factor=factors)
        written = [*case.lines[:at], line, *case.lines[at + 1 :]]
        then = posterior(case.card.prior, written)
        information -= p * _entropy(then)
        changes += p * (judged(then, written, case.firms).verdict != case.found.verdict)
    return max(information, 0.0), changes


def _predicted(aspect: Aspect, probabilities: Mapping[str, float]) -> list[float]:
    """Return the probability of each state given what is known of the type."""
    known = {t for t in TYPES if all(row[t] is not None for row in aspect.expected.values())}
    mass = sum(probabilities[t] for t in known) or 1.0
    each = [
        sum(probabilities[t] * (row[t] or 0.0) for t in known) / mass
        for row in aspect.expected.values()
    ]
    return [p / sum(each) for p in each]


def _entropy(probabilities: Mapping[str, float]) -> float:
    p = np.array([v for v in probabilities.values() if v > 0.0])
    return float(-(p * np.log2(p)).sum())


def _rows(reading: Reading, enough: Enough, firms: int) -> int:
    """Return how many rows more: what is usually enough, or what narrows the interval until it decides."""
    wanted = enough.rows * (firms if enough.per_firm else 1)
    if reading.status != "measured" or not reading.estimates:
        return wanted
    n, best = reading.estimates[0].n, max(reading.support.values())
    least = min(reading.support.values())
    odds = np.log(best / least) if best > least else 0.0
    times = min((np.log(19.0) / max(odds, 1e-3)) ** 2, MOST_TIMES)
    return int(np.ceil(n * max(times - 1.0, 0.1)))
