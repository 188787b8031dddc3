"""The stage: planted paths are found with their dates, missing windows change nothing, falls are shown.

Paper: S1-S18, Q4, Q17 (regress)
"""

from collections.abc import Sequence

import numpy as np
import pytest

from jiqun.diagnosis.card import STATES, reference_card
from jiqun.diagnosis.stage.diagnose_stage import diagnose_stage
from jiqun.diagnosis.stage.emissions import log_emissions, total
from jiqun.diagnosis.stage.observations import Observations, observe
from jiqun.diagnosis.stage.trial import trial
from jiqun.measures.readings.windows import Window
from tests.measures.cluster_years import baseline

CARD = reference_card()
DI = {"traditional": 0.02, "industrial_digitalization": 0.03, "digital_industrialization": 0.95}
PATH = ["baseline"] * 3 + ["platform_building"] * 3 + ["dynamic_innovation"] * 3
PATH += ["ecosystem_optimization"] * 3


def observed(path: Sequence[str], events: float = 60.0) -> Observations:
    """Return markers exactly as the card expects them of each window's stage."""
    at = [STATES.index(s) for s in path]
    full = np.full(len(at), events)
    return Observations(
        windows=tuple(Window(str(2000 + t), 0.0, 0.0) for t in range(len(at))),
        years=1,
        modes=events * CARD.stages.modes.means[at],
        shares={
            k: np.column_stack([events * e.means[at], full]) for k, e in CARD.stages.shares.items()
        },
        indices={
            k: np.column_stack([e.means[at], 0.1 * e.spread + 0.0 * full])
            for k, e in CARD.stages.indices.items()
        },
        estimates={},
    )


def parts_only(found: Observations) -> np.ndarray:
    return total(log_emissions(found, CARD.stages))


def changes(path: Sequence[str]) -> dict[tuple[str, str], tuple[int, int, int]]:
    from jiqun.diagnosis.stage.diagnose_stage import _changes
    from jiqun.diagnosis.stage.path import stage_path, states_of
    from jiqun.numerics.random import stream

    found = observed(path)
    walked = stage_path(parts_only(found), DI, CARD.stages, 1, stream(0, "test"))
    code = "digital_industrialization"
    listed = _changes(found, walked.draws[code], states_of(code))
    return {(c.before, c.after): (c.low, c.year, c.high) for c in listed}


def test_a_planted_path_is_dated() -> None:
    found = changes(PATH)
    for step, year in ((3, 2003), (6, 2006), (9, 2009)):
        low, middle, high = found[PATH[step - 1], PATH[step]]
        assert low <= year <= high
        assert abs(middle - year) <= 1


def test_a_fall_back_is_a_change() -> None:
    fallen = ["dynamic_innovation"] * 6 + ["platform_building"] * 6
    low, _, high = changes(fallen)["dynamic_innovation", "platform_building"]
    assert low <= 2006 <= high


def test_markers_that_are_missing_count_nothing() -> None:
    found = observed(PATH)
    for values in (found.modes, *found.shares.values(), *found.indices.values()):
        values[4] = np.nan
    assert parts_only(found)[4] == pytest.approx(np.zeros(len(STATES)))


def test_order_is_told_from_shuffle() -> None:
    """Evidence for order falls when the same windows come in another order."""
    rng = np.random.default_rng(1)
    code = "digital_industrialization"
    ordered = observed(PATH)
    one = trial(ordered, parts_only(ordered), code, CARD.stages)
    mixed = observed([PATH[k] for k in rng.permutation(len(PATH))])
    other = trial(mixed, parts_only(mixed), code, CARD.stages)
    assert one is not None
    assert other is not None
    assert one.ordered > 0.0 > other.ordered


def test_stretches_need_no_card() -> None:
    steady = observed(["dynamic_innovation"] * 12)
    code = "digital_industrialization"
    flat = trial(steady, parts_only(steady), code, CARD.stages)
    stepped = trial(observed(PATH), parts_only(observed(PATH)), code, CARD.stages)
    assert flat is not None
    assert stepped is not None
    assert flat.likeliest == 1
    assert stepped.likeliest >= 3
    short = observed(PATH[:3])
    assert trial(short, parts_only(short), code, CARD.stages) is None


def test_a_traditional_cluster_has_no_stages() -> None:
    types = {
        "traditional": 0.9,
        "industrial_digitalization": 0.05,
        "digital_industrialization": 0.05,
    }
    found = observed(["baseline"] * 8)
    whole = Observations(
        **{
            **{k: getattr(found, k) for k in ("windows", "years", "modes", "shares", "indices")},
            "estimates": dict.fromkeys(("modes", *found.shares, *found.indices), (None,) * 8),
        }
    )
    stage = diagnose_stage(whole, types, CARD, 0, typed=True)
    assert stage.verdict == "baseline"
    assert stage.trial is None


def test_a_marker_without_its_table_names_it_and_one_that_never_varies_says_so() -> None:
    stage = diagnose_stage(observe(baseline(), 5, 0), DI, CARD, 0, typed=True)
    lines = {line.element: line for line in stage.evidence}
    assert lines["on_platforms"].needs == ("participations.joined",)
    assert "who joins platforms" in lines["on_platforms"].reason.en
    assert "came out at 1.00" in lines["kinds_of_tie"].reason.en
    for line in lines.values():
        assert line.status == "measured" or line.needs or "came out" in line.reason.en, line.element
