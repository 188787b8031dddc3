"""The ledger: verdicts follow from intervals, switches bite, and the six that carry the paper are judged.

Paper: K1c, K3g, K2c, K2g, K4c, K4d, N2f, P3 (the rows of the ledger).
"""

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from jiqun.model.event_log import used
from jiqun.model.ledger import (
    Interval,
    Number,
    Row,
    Verdict,
    above,
    as_table,
    below,
    judged,
    run_variants,
)
from jiqun.model.ledger_numbers import CELLS, matched_edge, shapley
from jiqun.model.ledger_rows import ROWS
from jiqun.model.ledger_variants import FACTORS, design_name, variants
from jiqun.model.outcomes import outcome
from jiqun.model.simulation import Simulation
from jiqun.model.switches import Switches
from jiqun.vocabulary.text import Text
from tests.model.small import small

SIX = {"K1c", "K3g", "K2c", "K2g", "K4c", "K4d", "N2f", "P3"}


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(0.6, 0.9, "holds"), (0.1, 0.4, "fails"), (0.4, 0.6, "undetermined")],
)
def test_a_verdict_follows_from_the_interval_alone(low: float, high: float, verdict: str) -> None:
    found = Interval(0.5, low, high)
    assert above(0.5)(found) == verdict
    turned = {"holds": "fails", "fails": "holds"}.get(verdict, verdict)
    assert below(0.5)(found) == turned


def design(effect: dict[str, float], noise: float) -> dict[str, dict[str, np.ndarray]]:
    """Results of the design of eight in which each factor adds its effect, with noise by seed."""
    seeds = noise * np.array([-1.0, 1.0])
    return {
        design_name(*cell): {
            "x": seeds + sum(effect[f] for f, v in zip(FACTORS, cell, strict=True) if v == "native")
        }
        for cell in CELLS
    }


def test_variance_is_shared_as_by_hand() -> None:
    """Effects 2 and 1: contrasts 1 and 1/2, variances 1 and 1/4; noise ±1/2: 1/4. Shares 4:1:1 of 6."""
    shares = shapley(design({"logic": 2.0, "firms": 1.0, "places": 0.0}, 0.5), "x")
    assert shares == pytest.approx({"logic": 4 / 6, "firms": 1 / 6, "places": 0, "chance": 1 / 6})


def test_an_interaction_is_shared_equally() -> None:
    """What only logic and firms together make: contrasts 1/4 each; both get half, places nothing."""
    results = design(dict.fromkeys(FACTORS, 0.0), 0.0)
    for cell in CELLS:
        if cell[0] == cell[1] == "native":
            results[design_name(*cell)]["x"] += 1.0
    shares = shapley(results, "x")
    assert shares["logic"] == pytest.approx(0.5)
    assert shares["firms"] == pytest.approx(0.5)
    assert shares["places"] == pytest.approx(0.0)


def test_the_edge_of_matched_policy_is_what_it_adds() -> None:
    """Templates add 20 % with incumbents, scenarios 10 % with natives, crossed nothing: 15 %."""
    grown = {"incumbent, templates": 1.2, "native, open scenarios": 1.1}
    names = [
        f"{s}{p}" for s in ("incumbent", "native") for p in ("", ", templates", ", open scenarios")
    ]
    results = {name: {"growth": np.array([grown.get(name, 1.0)])} for name in names}
    assert matched_edge(results) == pytest.approx(0.15)


def row() -> Row:
    """A row in which x falls to a quarter with the switch and y to a share of what it was."""

    def number(name: str, judge: Callable[[Interval], Verdict]) -> Number:
        label = Text("share left", "剩余比例")
        return Number(
            label=label,
            of=lambda r: float(r["off"][name].mean() / r["on"][name].mean()),
            judge=judge,
        )

    return Row(
        id="K3g",
        claim=Text("claim", "命题"),
        change=Text("change", "改动"),
        needs=("on", "off"),
        vanishes=number("x", below(0.5)),
        stays=number("y", above(0.8)),
        pair=("on", "off"),
    )


def test_what_runs_were_too_short_to_see_is_a_dash_and_undetermined() -> None:
    unseen = np.full(2, np.nan)
    on = {"x": np.array([1.0, 1.01]), "y": unseen}
    entry = judged((row(),), {"on": {**on, "x": unseen}, "off": on}, seeds=2)
    assert entry[0].verdict == "undetermined"
    assert "| – | – |" in as_table(entry, language="en")
    assert "nan" not in as_table(entry, language="en")
    results = design(dict.fromkeys(FACTORS, 1.0), 0.5)
    results[design_name(*CELLS[0])]["x"] = unseen
    assert np.isnan(list(shapley(results, "x").values())).all()


@pytest.mark.parametrize(("y", "verdict"), [(0.95, "holds"), (0.5, "fails")])
def test_what_has_to_stay_decides_too(y: float, verdict: str) -> None:
    on = {"x": np.array([1.0, 1.01]), "y": np.array([1.0, 1.01])}
    off = {"x": 0.25 * on["x"], "y": y * on["y"]}
    assert judged((row(),), {"on": on, "off": off}, seeds=2)[0].verdict == verdict


def test_a_switch_without_effect_is_called_a_defect() -> None:
    on = {"x": np.array([1.0, np.nan]), "y": np.array([1.0, 2.0])}
    entry = judged((row(),), {"on": on, "off": dict(on)}, seeds=2)
    assert entry[0].verdict == "no_effect"
    assert "defect" in as_table(entry, language="en")
    assert "缺陷" in as_table(entry, language="zh")


def test_rows_cite_the_paper_and_name_runs_that_exist() -> None:
    text = Path("docs/paper_rows.csv").read_text(encoding="utf-8")
    known = {line["id"] for line in csv.DictReader(text.splitlines())}
    every = set(variants())
    for one in ROWS:
        assert one.id in known | {"K4"}, one.id
        assert set(one.needs) <= every, one.id
        assert one.pair is None or set(one.pair) <= set(one.needs)
    assert {one.id for one in ROWS} >= SIX
    assert len(ROWS) >= 12


def test_the_six_that_carry_the_paper_are_judged_at_a_small_size() -> None:
    rows = [one for one in ROWS if one.id in SIX]
    needed = {name for one in rows for name in one.needs}
    chosen = {name: scenario for name, scenario in variants().items() if name in needed}
    entries = judged(rows, run_variants(chosen, seeds=2, periods=60), seeds=2)
    found = {e.row.id: e for e in entries}
    assert all(np.isfinite(e.found.value) for e in entries if e.row.id != "K3g")
    assert "no_effect" not in {e.verdict for e in entries}
    # These hold with a wide margin at the full size, and have to at this one.
    assert found["K4c"].verdict == "holds"
    assert found["N2f"].found.value < 1.0
    for language in ("en", "zh"):
        assert as_table(entries, language=language).count("\n") == len(rows) + 2


def trace(switches: Switches, periods: int) -> float:
    """Run and return the cash of all."""
    run = Simulation.begin(small(periods=periods, switches=switches), seed=1)
    run.run(periods, recording=False)
    return float(run.world.firms.cash.sum())


@cache
def baseline(periods: int) -> float:
    """Run with every mechanism as it is."""
    return trace(Switches(), periods)


def test_a_switch_that_changes_nothing_is_a_defect() -> None:
    # Platforms first reach for an unrelated industry in the twentieth year or later.
    late = {"relatedness": 120}
    for name in sorted(set(Switches._fields) - {"modes"}):
        periods = late.get(name, 60)
        full = baseline(periods)
        flipped = trace(Switches(**{name: 1 - getattr(Switches(), name)}), periods)
        assert full != flipped, name


def test_a_mode_that_is_switched_off_is_not_seen() -> None:
    scenario = small()
    for mode in range(3):
        flags = (int(mode != 0), int(mode != 1), int(mode != 2))
        switches = scenario.switches._replace(modes=flags)
        run = Simulation.begin(scenario.model_copy(update={"switches": switches}), seed=1)
        run.run(40)
        assert set(used(run.log).innovations.mode.tolist()) == set(range(3)) - {mode}


def test_an_outcome_has_a_number_for_everything_that_was_seen() -> None:
    numbers = outcome(Simulation.begin(small(), seed=1))
    assert numbers["growth"] > 0
    assert 0 < numbers["after_peak"] <= 1
    assert numbers["alliance_size"] >= 2
    assert 0 <= numbers["virtual_first"] <= 1
