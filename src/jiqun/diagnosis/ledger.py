r"""The ledger 证据台账: readings become log Bayes factors of types, and their sum a probability.

.. math::
    \log P(t \mid data) = \log P(t) + \sum_a w_a \log \sum_s L_a(s) P_a(s \mid t) + const

L is the support of a state by the data, P(s | t) what the reference card expects, and w the share that
is counted, since aspects of one cluster depend on each other.

Paper: T1 (who innovates and how), B5-B10

References
----------
Good, I. J. (1985). Weight of evidence: a brief survey. In: Bayesian Statistics 2, 249-270.
Kass, R. E. & Raftery, A. E. (1995). Bayes factors. Journal of the American Statistical Association
90(430), 773-795. doi:10.1080/01621459.1995.10476572 (words for strengths)
"""

from collections.abc import Iterable, Mapping
from itertools import pairwise

import numpy as np

from jiqun.diagnosis.card import Aspect, Card
from jiqun.diagnosis.findings import NOTHING, Evidence
from jiqun.diagnosis.reading import Reading
from jiqun.vocabulary.text import Text
from jiqun.vocabulary.typology import CLUSTER_TYPE

TYPES = CLUSTER_TYPE.codes
STRENGTHS = (
    (0.2, Text("hardly at all", "几乎没有")),
    (1.1, Text("weakly", "较弱")),
    (2.3, Text("clearly", "明显")),
    (np.inf, Text("strongly", "强烈")),
)
"""Widest gap between log Bayes factors up to which each word holds: odds of 1.2, 3 and 10."""


def entry(reading: Reading, card: Card) -> Evidence:
    """Write one reading down as a line of the ledger."""
    factors: dict[str, float] = {}
    weight = fit = 0.0
    told: Mapping[str, float | None] = dict.fromkeys(TYPES)
    if reading.status == "measured":
        aspect = card.aspects[f"{reading.element}.{reading.aspect}"]
        weight = aspect.weight
        factors = log_bayes_factors(reading.support, aspect.expected, weight)
        told = next(iter(aspect.expected.values()))
        fit = log_fit(reading.support, aspect)
    favoured, strength = pointing({t: f for t, f in factors.items() if told[t] is not None})
    return Evidence(
        element=reading.element,
        aspect=reading.aspect,
        status=reading.status,
        title=reading.title,
        question=reading.question,
        finding=reading.finding,
        points_to=favoured,
        strength=strength,
        log_bayes_factor=factors,
        log_fit=fit,
        weight=weight,
        estimates=reading.estimates,
        reason=reading.reason,
        needs=reading.needs,
    )


def log_bayes_factors(
    support: Mapping[str, float],
    expected: Mapping[str, Mapping[str, float | None]],
    weight: float,
) -> dict[str, float]:
    """Return type → log of its likelihood over the mean over types, tempered.

    A type of which the card says nothing takes the mean of the others, which is no evidence.
    """
    known = {
        t: sum(p * (expected[s][t] or 0.0) for s, p in support.items())
        for t in TYPES
        if all(expected[s][t] is not None for s in support)
    }
    mean = sum(known.values()) / len(known)
    return {t: weight * float(np.log(known.get(t, mean) / mean)) for t in TYPES}


def log_fit(support: Mapping[str, float], aspect: Aspect) -> float:
    """Return how much more probable a finding is on average over the types than by chance, tempered."""
    mean = [
        np.mean([p for p in aspect.expected[state].values() if p is not None] or [np.nan])
        for state in support
    ]
    likely = float(np.dot(list(support.values()), mean)) * len(aspect.expected)
    return aspect.weight * float(np.log(likely))


def pointing(factors: Mapping[str, float]) -> tuple[tuple[str, ...], Text]:
    """Return what a line speaks for and how strongly: all above the widest gap, and the gap in words.

    Examples
    --------
    >>> pointing({"a": 0.5, "b": 0.4, "c": -1.0})[0]
    ('a', 'b')
    """
    if not factors:
        return (), NOTHING
    ranked = sorted(factors, key=lambda code: -factors[code])
    gaps = [factors[a] - factors[b] for a, b in pairwise(ranked)]
    widest = int(np.argmax(gaps))
    strength = next(word for bound, word in STRENGTHS if gaps[widest] < bound)
    if gaps[widest] < STRENGTHS[0][0]:
        return (), strength
    return tuple(code for code in factors if code in ranked[: widest + 1]), strength


def posterior(prior: Mapping[str, float], lines: Iterable[Evidence]) -> dict[str, float]:
    """Return type → probability, from the prior and every line that has something to weigh."""
    log = np.array([np.log(prior[t]) for t in TYPES])
    for line in lines:
        if line.log_bayes_factor:
            log += np.array([line.log_bayes_factor[t] for t in TYPES])
    share = np.exp(log - log.max())
    return {t: float(p) for t, p in zip(TYPES, share / share.sum(), strict=True)}
