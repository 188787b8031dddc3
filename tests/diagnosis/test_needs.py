"""What data would change: worth by hand, what is decided needs nothing, what can only be waited for.

Paper: T1, Q7 (not yet observable)
"""

from dataclasses import replace
from typing import Any

import pytest

from jiqun.diagnosis.card import reference_card
from jiqun.diagnosis.elements.positioning import ASPECTS
from jiqun.diagnosis.ledger import TYPES, entry, posterior
from jiqun.diagnosis.needs import Case, needs
from jiqun.diagnosis.reading import Reading
from jiqun.diagnosis.verdict import judged
from jiqun.vocabulary.text import same

CARD = reference_card()


def support(name: str, beyond: float) -> dict[str, float]:
    """Return the support where the far side of the threshold has this much of it, evenly within."""
    near, far = CARD.aspects[name].sides
    return {s: (1.0 - beyond) / len(near) for s in near} | {s: beyond / len(far) for s in far}


def reading(element: str, aspect: str, first: float | None = None, **given: object) -> Reading:
    """Return a measured reading, or one that is missing."""
    told: dict[str, Any] = {"needs": ("ties.kind",), "status": "not_measured"}
    if first is not None:
        told |= {"status": "measured", "support": support(f"{element}.{aspect}", first)}
    told |= given
    return Reading(element=element, aspect=aspect, title=same(aspect), question=same("?"), **told)


def case(*readings: Reading, firms: int = 100) -> Case:
    lines = tuple(entry(r, CARD) for r in readings)
    found = judged(posterior(CARD.prior, lines), lines, firms)
    return Case(found, readings, lines, CARD, firms)


GATE = [reading("positioning", aspect, 0.99) for aspect in ASPECTS]
NO_GATE = [reading("positioning", aspect) for aspect in ASPECTS]


def test_what_settles_the_verdict_comes_first() -> None:
    """Elements are clear and positioning was not collected: nothing can be called without it."""
    found = needs(
        case(*NO_GATE, reading("core_logic", "origin", 0.01), reading("data_value", "elasticity"))
    )
    assert found[0].element == "positioning"
    assert found[0].changes > 0.2
    assert found[0].rows == 100


def test_what_is_decided_needs_nothing() -> None:
    sure = case(*GATE, reading("core_logic", "origin", 0.99))
    assert needs(sure) == ()


def test_an_aspect_without_weight_is_worth_nothing() -> None:
    name = "core_logic.origin"
    aspects = {**CARD.aspects, name: replace(CARD.aspects[name], weight=0.0)}
    card = replace(CARD, aspects=aspects)
    mute = replace(case(*GATE, reading("core_logic", "origin")), card=card)
    assert needs(mute) == ()
    assert needs(replace(mute, card=CARD)) != ()


def test_what_is_not_yet_observable_is_waited_for() -> None:
    mirror = reading("mirror", "order", status="not_yet_observable", needs=("sites.opened",))
    (need,) = needs(case(*GATE, mirror))
    assert need.rows is None
    assert "not to be seen yet" in need.advice.en


def test_few_firms_need_more_firms() -> None:
    (need,) = needs(case(*GATE, firms=12))
    assert (need.table, need.rows) == ("firms", 18)


def test_worth_by_hand() -> None:
    """One aspect, weight 1, two types that it tells apart perfectly: it settles one bit of two types."""
    name = "core_logic.origin"
    even = dict(zip(TYPES, (0.0, 0.5, 0.5, 0.0), strict=True))
    expected = {
        "digital": dict(zip(even, (0.5, 1e-9, 1.0, 0.5), strict=True)),
        "industrial": dict(zip(even, (0.5, 1.0, 1e-9, 0.5), strict=True)),
    }
    sides = (("digital",), ("industrial",))
    aspect = replace(CARD.aspects[name], weight=1.0, expected=expected, sides=sides)
    prior = {t: max(p, 1e-9) for t, p in even.items()}
    card = replace(CARD, prior=prior, aspects={**CARD.aspects, name: aspect})
    r = reading("core_logic", "origin")
    lines = (entry(r, card),)
    found = judged(posterior(prior, lines), lines, 100)
    (need,) = needs(Case(found, (r,), lines, card, 100))
    # A measure that is right 95 times in 100: 1 − H(0.95) = 0.7136 bits.
    assert need.information == pytest.approx(0.7136, abs=2e-3)


def test_advice_names_tables_in_words_and_rounds_rows() -> None:
    """An account a firm, of 1,234 firms: no more than two figures of that are known."""
    found = needs(case(*NO_GATE, reading("positioning", "data"), firms=1234))
    need = next(n for n in found if n.element == "positioning")
    assert need.rows == 1300
    assert "about 1,300 more rows in Ties; the verdict" in need.advice.en
    assert "在双边关系表中再补充约 1,300 行" in need.advice.to("zh")
    assert "bit" not in need.advice.en
