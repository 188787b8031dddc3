"""The ledger: verdicts follow from intervals, switches bite, and a small run judges every row.

Paper: K1c, K3g, K2c, K2g, K4c, K4d, N2f, P3 (the rows of the ledger).
"""

import dataclasses
from functools import cache

import numpy as np
import pytest

from jiqun.model import ledger
from jiqun.model.ledger import ROWS, Interval, above, below, judged, run_variants, variants
from jiqun.model.outcomes import outcome
from jiqun.model.simulation import Simulation
from jiqun.model.switches import Switches
from tests.model.small import small


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(0.6, 0.9, "holds"), (0.1, 0.4, "fails"), (0.4, 0.6, "undetermined")],
)
def test_a_verdict_follows_from_the_interval_alone(low: float, high: float, verdict: str) -> None:
    found = Interval(0.5, low, high)
    assert above(0.5)(found) == verdict
    turned = {"holds": "fails", "fails": "holds"}.get(verdict, verdict)
    assert below(0.5)(found) == turned


def planted(**numbers: dict[str, float]) -> dict[str, dict[str, np.ndarray]]:
    """Results of three seeds in which every outcome of every variant is 1 unless told."""
    names = ("growth", "digital_sales", "virtual_first", "sigma", "facility_distance", "users")
    of = {v: dict.fromkeys(names, 1.0) for v in variants()}
    for variant, values in numbers.items():
        of[variant.replace("_", " ")] |= values
    noise = np.array([0.99, 1.0, 1.01])
    return {v: {name: x * noise for name, x in values.items()} for v, values in of.items()}


def test_logic_that_makes_the_whole_gap_closes_all_of_it() -> None:
    """Incumbents with the natives' logic get the natives' number, and the reverse: share 1."""
    results = planted(incumbent={"sigma": 0.5}, native={"sigma": 2.0})
    results["incumbent, digital logic"]["sigma"] = results["native"]["sigma"]
    results["native, industrial logic"]["sigma"] = results["incumbent"]["sigma"]
    assert ledger.gap_closed(results, "sigma") == pytest.approx(1.0)
    results["incumbent, digital logic"]["sigma"] = results["incumbent"]["sigma"]
    results["native, industrial logic"]["sigma"] = results["native"]["sigma"]
    assert ledger.gap_closed(results, "sigma") == pytest.approx(0.0)


def test_the_edge_of_matched_policy_is_what_it_adds() -> None:
    """Templates add 20 % with incumbents, scenarios 10 % with natives, crossed nothing: 15 %."""
    results = planted()
    results["incumbent, templates"]["growth"] = results["incumbent"]["growth"] * 1.2
    results["native, scenarios"]["growth"] = results["native"]["growth"] * 1.1
    assert ledger.matched_edge(results) == pytest.approx(0.15)


def test_every_row_gets_its_verdict() -> None:
    few = run_variants(variants(), seeds=2, periods=8)
    entries = judged(few, seeds=2)
    assert [e.row for e in entries] == list(ROWS)
    assert {e.verdict for e in entries} <= {"holds", "fails", "undetermined"}
    for language in ("en", "zh"):
        table = ledger.as_table(entries, language=language)
        assert table.count("\n") == len(ROWS) + 2


def trace(switches: Switches, periods: int) -> tuple[float, tuple[int, ...]]:
    """Run and return the cash of all and what innovations build on."""
    run = Simulation.begin(small(periods=periods, switches=switches), seed=1)
    parents: list[int] = []
    for period in range(1, periods + 1):
        run.run(period, recording=False)
        parents += run.world.firms.parent.tolist()
    return float(run.world.firms.cash.sum()), tuple(parents)


@cache
def baseline(periods: int) -> tuple[float, tuple[int, ...]]:
    """Run with every mechanism as it is."""
    return trace(Switches(), periods)


def test_a_switch_that_changes_nothing_is_a_defect() -> None:
    # Platforms first reach for an unrelated industry in the twentieth year or later.
    late = {"relatedness": 120}
    for name in sorted(set(Switches._fields) - {"modes"}):
        periods = late.get(name, 60)
        full = baseline(periods)
        flipped = trace(Switches(**{name: 1 - getattr(Switches(), name)}), periods)
        # Wakes alone change no money: they say what an innovation builds on.
        assert full[name == "wakes"] != flipped[name == "wakes"], name


def test_a_mode_that_is_switched_off_is_not_seen() -> None:
    scenario = small()
    for mode in range(3):
        flags = (int(mode != 0), int(mode != 1), int(mode != 2))
        switches = scenario.switches._replace(modes=flags)
        run = Simulation.begin(scenario.model_copy(update={"switches": switches}), seed=1)
        run.run(40)
        assert {row[2] for row in run.log.innovations} == set(range(3)) - {mode}


def test_an_outcome_has_a_number_for_everything_that_was_seen() -> None:
    run = Simulation.begin(small(), seed=1)
    run.run(40)
    numbers = dataclasses.asdict(outcome(run))
    assert numbers["growth"] > 0
    assert numbers["alliance_size"] >= 2
    assert 0 <= numbers["virtual_first"] <= 1
