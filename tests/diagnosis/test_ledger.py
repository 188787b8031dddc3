"""The ledger: a sum worked by hand, what tempering does, and which way a line points.

Paper: T1 (evidence by element)
"""

import math
from dataclasses import replace

import numpy as np
import pytest

from jiqun.diagnosis.card import Card, card_of, judgements, reference_card
from jiqun.diagnosis.findings import credible_set
from jiqun.diagnosis.ledger import TYPES, entry, log_bayes_factors, pointing, posterior
from jiqun.diagnosis.reading import LEAST_DOUBT, SIXTHS, Reading, above, sixths, two_states
from jiqun.diagnosis.verdict import judged
from jiqun.measures.estimate import Estimate
from jiqun.vocabulary.text import same
from jiqun.vocabulary.typology import DIGITAL

EVEN = dict.fromkeys(TYPES, 1 / len(TYPES))


def reading(**given: object) -> Reading:
    support = two_states("decomposable", "irreducible", 0.5)
    told = {"element": "network", "aspect": "decomposability", "support": support, **given}
    return Reading(title=same("t"), question=same("q"), **told)  # type: ignore[arg-type]


def share_of(value: float, width: float = 0.1) -> dict[str, float]:
    """Return the support of a share that is known with an interval of this half-width."""
    low, high = max(value - width, 0.0), min(value + width, 1.0)
    return sixths(Estimate(measure="m", label=same("l"), value=value, low=low, high=high))


def test_sixths_follow_the_interval() -> None:
    """A share of 1/4 known to 0.01 is in the second sixth; without an interval every sixth is alike."""
    sure = share_of(0.25, 0.01)
    assert sure["sixth_2"] == pytest.approx(1.0 - 5 * LEAST_DOUBT)
    assert sum(sure.values()) == pytest.approx(1.0)
    open_to_all = sixths(Estimate(measure="m", label=same("l"), value=0.25))
    assert set(open_to_all.values()) == {1 / 6}
    line = share_of(0.5, 0.2)
    assert sum(list(line.values())[:3]) == pytest.approx(0.5)


def test_the_core_is_judged_evenly_on_both_sides_of_one_half() -> None:
    """What the card judges of the core's origin, mirrored at one half, is that of the other type."""
    judged = judgements()["types"]["core_logic.origin"]["judged"]
    assert judged[TYPES[1]] == judged[TYPES[2]][::-1]


def test_what_is_expected_is_a_quarter_judged_and_the_rest_simulated() -> None:
    judged = judgements()
    name = "data_value.elasticity"
    seen = {"built_on": 1, "types": {name: {TYPES[1]: [0.45, 0.55], "weight": 0.3}}}
    aspect = card_of(judged, seen).aspects[name]
    own = judged["types"][name]["judged"][TYPES[1]]
    assert aspect.expected["complement"][TYPES[1]] == pytest.approx(0.25 * own[0] + 0.75 * 0.45)
    assert aspect.expected["complement"][TYPES[0]] is None
    assert aspect.weight == 0.3


def test_more_of_a_share_never_points_to_a_traditional_cluster() -> None:
    """Whatever few simulated worlds show in some sixth: Table 1 says which way each share points."""
    judged = judgements()
    name = "positioning.complementarity"
    odd = {TYPES[0]: [0.1, 0.1, 0.1, 0.6, 0.05, 0.05], TYPES[1]: [0.1, 0.1, 0.6, 0.1, 0.05, 0.05]}
    cards = (reference_card(), card_of(judged, {"built_on": 1, "types": {name: odd}}))
    for aspect in (a for card in cards for a in card.aspects.values()):
        if tuple(aspect.expected) == SIXTHS:
            for code in DIGITAL:
                ratios = [row[code] / row[TYPES[0]] for row in aspect.expected.values()]  # type: ignore[operator]
                assert np.all(np.diff(ratios) > -1e-9)
                assert sum(row[code] or 0.0 for row in aspect.expected.values()) == pytest.approx(1)


def test_by_hand() -> None:
    """Support 0.9 and 0.1; expected 0.8 and 0.2 of one type, 0.1 and 0.9 of two."""
    expected = {
        "a": dict(zip(TYPES, (0.8, 0.1, 0.1, 0.5), strict=True)),
        "b": dict(zip(TYPES, (0.2, 0.9, 0.9, 0.5), strict=True)),
    }
    found = log_bayes_factors({"a": 0.9, "b": 0.1}, expected, 1.0)
    likely = [0.9 * 0.8 + 0.1 * 0.2, 0.18, 0.18, 0.5]
    mean = sum(likely) / 4
    assert [found[t] for t in TYPES] == pytest.approx([math.log(v / mean) for v in likely])
    half = log_bayes_factors({"a": 0.9, "b": 0.1}, expected, 0.5)
    assert half[TYPES[0]] == pytest.approx(found[TYPES[0]] / 2)


def test_a_type_of_which_the_card_is_silent_gains_and_loses_nothing() -> None:
    expected = {"a": dict(zip(TYPES, (None, 0.9, 0.1, None), strict=True))}
    found = log_bayes_factors({"a": 1.0}, expected, 1.0)
    assert found[TYPES[0]] == 0.0
    assert found[TYPES[1]] > 0.0 > found[TYPES[2]]


def test_what_is_open_counts_nothing() -> None:
    card = reference_card()
    line = entry(reading(status="not_measured", support={}), card)
    assert line.log_bayes_factor == {}
    assert posterior(EVEN, [line]) == pytest.approx(EVEN)


def test_lines_add_up() -> None:
    """Two equal lines move the odds twice as far as one."""
    card = reference_card()
    line = entry(reading(support=two_states("decomposable", "irreducible", 0.05)), card)
    one, two = posterior(EVEN, [line]), posterior(EVEN, [line, line])
    a, b = DIGITAL
    assert math.log(two[b] / two[a]) == pytest.approx(2 * math.log(one[b] / one[a]))
    assert one[b] > one[a]


def test_pointing_takes_all_above_the_widest_gap() -> None:
    assert pointing({"x": 0.5, "y": 0.4, "z": -1.0})[0] == ("x", "y")
    assert pointing({"x": 2.5, "y": 0.1, "z": 0.0})[0] == ("x",)
    assert pointing({"x": 0.1, "y": 0.05, "z": 0.0})[0] == ()
    assert pointing({"x": 3.0, "y": 0.0})[1].en == "strongly"


def test_the_card_is_complete() -> None:
    """Every aspect has states whose probabilities sum to 1 in each type."""
    card: Card = reference_card()
    assert sum(card.prior.values()) == pytest.approx(1.0)
    for aspect in card.aspects.values():
        assert 0.0 <= aspect.weight <= 1.0
        for t in TYPES:
            told = [row[t] for row in aspect.expected.values()]
            assert None in told or sum(p or 0.0 for p in told) == pytest.approx(1.0)
            assert set(told) == {None} or None not in told


def test_above_follows_each_side_of_the_interval() -> None:
    e = Estimate(measure="m", label=same("l"), value=0.6, low=0.5, high=1.0)
    assert above(e, 0.5) == pytest.approx(0.975, abs=1e-3)
    assert above(e, 0.6) == pytest.approx(0.5)
    assert above(Estimate(measure="m", label=same("l"), value=0.6), 0.5) == 0.5


def test_credible_set_is_the_smallest() -> None:
    assert credible_set({"a": 0.5, "b": 0.3, "c": 0.2}, 0.8) == ("a", "b")
    assert credible_set({"a": 0.85, "b": 0.1, "c": 0.05}, 0.8) == ("a",)


def test_a_traditional_cluster_is_called_only_where_who_is_who_was_read() -> None:
    """Counts are the same in tables whose firms were exchanged: without a core they call nothing."""
    card = reference_card()
    few = [
        reading(element="positioning", aspect=a, support=share_of(0.03, 0.02))
        for a in ("platform", "exchange", "twins")
    ]
    core = reading(element="core_logic", aspect="origin", support=share_of(0.1))
    for rows, verdict in (
        (few, "insufficient_evidence"),
        ([*few, replace(core, status="not_measured", support={})], "insufficient_evidence"),
        ([*few, core], TYPES[0]),
    ):
        lines = [entry(r, card) for r in rows]
        assert judged(posterior(card.prior, lines), lines, 100).verdict == verdict


def test_verdicts_that_are_none_of_the_types() -> None:
    """Both logics lead: a hybrid, and none without the core; and what fits no type."""
    card = replace(reference_card(), prior=EVEN)
    card = replace(card, aspects={k: replace(a, weight=1.0) for k, a in card.aspects.items()})
    gate = [
        reading(element="positioning", aspect=a, support=share_of(0.6))
        for a in ("platform", "data", "exchange")
    ]
    core = reading(element="core_logic", aspect="leaders", support=share_of(0.5))
    split = reading(support=two_states("decomposable", "irreducible", 0.5))
    lines = [entry(r, card) for r in (*gate, core, split)]
    assert judged(posterior(EVEN, lines), lines, 100).verdict == "hybrid"
    sure = {t: 0.97 if t == "hybrid" else 0.01 for t in TYPES}
    assert judged(sure, lines, 100).verdict == "hybrid"
    mirror = reading(
        element="mirror",
        aspect="order",
        support=dict.fromkeys(("place_first", "ties_first", "neither"), 1 / 3),
    )
    unnamed = [entry(r, card) for r in (*gate, split, mirror)]
    assert judged(sure, unnamed, 100).verdict == "insufficient_evidence"
    strange = {t: 0.02 if t != TYPES[0] else 0.9 for t in TYPES}
    rest = {t: 1.0 - p for t, p in strange.items()}
    odd = replace(
        card.aspects["mirror.order"], expected={"a": strange, "b": rest}, sides=(("a",), ("b",))
    )
    aspects = {**card.aspects, "mirror.order": odd}
    third = reading(element="mirror", aspect="order", support={"a": 0.99, "b": 0.01})
    lines = [entry(r, replace(card, aspects=aspects)) for r in (*gate, core, split, third)]
    assert judged(posterior(EVEN, lines), lines, 100).verdict == "none_of_these"
