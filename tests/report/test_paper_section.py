"""The paper on trial: a record can speak against it, and where it cannot be asked that is said.

Paper: T1, Q4, Q17, S1-S18, P3
"""

from dataclasses import replace

import pytest

from jiqun.diagnosis.diagnosis import Diagnosis
from jiqun.diagnosis.findings import Trial
from jiqun.experiments.comparison import Duel
from jiqun.report.block import Grid
from jiqun.report.sections.paper import ANSWERS, PAPER
from jiqun.vocabulary.text import Text
from tests.report.study_samples import a_diagnosis, a_line, a_marker, a_study
from tests.report.test_policies_section import a_comparison

ORDER, NUMBER, TOGETHER, FITS, MARKS, MATCH = range(6)


def answer(found: Diagnosis, row: int, **more: object) -> tuple[str, str]:
    """Return the answer to one claim and what the record says of it."""
    study = replace(a_study(diagnosis=found), **more)  # type: ignore[arg-type]
    (grid,) = [b for b in PAPER.build(study) if isinstance(b, Grid)]
    _, told, verdict = grid.rows[row]
    assert isinstance(told, Text)
    return next(code for code, words in ANSWERS.items() if words == verdict), told.en


def tried(ordered: float, **stretches: float) -> Diagnosis:
    found = a_diagnosis()
    even = dict.fromkeys(range(1, 6), 0.0) | {int(k[1:]): v for k, v in stretches.items()}
    trial = Trial(ordered=ordered, stretches=even, windows=9)
    return replace(found, stage=replace(found.stage, trial=trial))


@pytest.mark.parametrize(
    ("ordered", "verdict"), [(2.0, "for"), (-2.0, "against"), (0.5, "open"), (-0.5, "open")]
)
def test_order_is_for_against_or_open(ordered: float, verdict: str) -> None:
    assert answer(tried(ordered), ORDER)[0] == verdict


def test_the_number_of_stages() -> None:
    assert answer(tried(0.0, k3=5.0), NUMBER)[0] == "for"
    assert answer(tried(0.0, k5=5.0), NUMBER)[0] == "against"
    assert answer(tried(0.0, k4=5.0, k5=4.5), NUMBER)[0] == "open"
    verdict, told = answer(tried(0.0, k2=5.0), NUMBER)
    assert verdict == "open"
    assert "begins late or ends early" in told
    assert answer(a_diagnosis(), NUMBER)[0] == "silent"


def test_elements_that_point_elsewhere_speak_against_their_going_together() -> None:
    found = a_diagnosis()
    verdict, told = answer(found, TOGETHER)
    assert verdict == "open"  # one for, one against
    assert "network of relations" in told

    def with_lines(*lines: object) -> Diagnosis:
        return replace(found, type=replace(found.type, evidence=lines))  # type: ignore[arg-type]

    own, other = (-1.0, -1.0, 1.0), (-1.0, 1.0, -1.0)
    both = with_lines(a_line("network", own), a_line("mirror", own))
    assert answer(both, TOGETHER)[0] == "for"
    most = with_lines(a_line("network", other), a_line("mirror", other), a_line("core_logic", own))
    assert answer(most, TOGETHER)[0] == "against"
    assert answer(with_lines(a_line("network", own)), TOGETHER)[0] == "silent"


def test_findings_that_fit_no_type_are_named() -> None:
    found = a_diagnosis()
    odd = replace(a_line("network", (0.1, 0.0, -0.1)), log_fit=-2.0)
    assert answer(found, FITS)[0] == "for"
    told = answer(replace(found, type=replace(found.type, evidence=(odd,))), FITS)
    assert told[0] == "against"
    assert "aspect of network" in told[1]


def test_a_later_stage_met_before_an_earlier_one_speaks_against_the_markers() -> None:
    assert answer(a_diagnosis(), MARKS)[0] in {"open", "silent", "for"}
    found = a_diagnosis()
    none = replace(found.stage, evidence=(a_marker("joint", None),))
    assert answer(replace(found, stage=none), MARKS)[0] == "silent"


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(0.5, 2.0, "for"), (-2.0, -0.5, "against"), (-1.0, 1.0, "open"), (None, None, "silent")],
)
def test_policy_by_diagnosis_is_held_against_chance(
    low: float | None, high: float | None, verdict: str
) -> None:
    duel = Duel(
        one="matched", other="matched~chance", mean=0.1, low=low, high=high, winner=None, tie=False
    )
    turned = replace(
        duel,
        one="matched~chance",
        other="matched",
        low=None if high is None else -high,
        high=None if low is None else -low,
    )
    for each in (duel, turned):
        compared = replace(a_comparison(), duels=(each,))
        assert answer(a_diagnosis(), MATCH, comparison=compared)[0] == verdict
    assert answer(a_diagnosis(), MATCH)[0] == "silent"


def test_without_a_diagnosis_there_is_no_section() -> None:
    assert PAPER.build(a_study()) == ()
