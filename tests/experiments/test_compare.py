"""Comparing policies: nothing does nothing, equals tie, what is planted is found, controls are set.

Paper: P3 (by diagnosed type), Q22 (equal budgets, who gains and who loses), K1c (structures).
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from jiqun.experiments.compare import Question, compare, with_baseline, with_controls
from jiqun.experiments.comparison import Comparison
from jiqun.experiments.comparison_text import as_text
from jiqun.experiments.dotted import changed
from jiqun.experiments.judging import levels, relative, standings
from jiqun.experiments.policy import PolicyPlan
from jiqun.experiments.policy_file import load_policies
from jiqun.experiments.response import called, true_type
from jiqun.experiments.run import Run, perform
from jiqun.experiments.store import RunStore
from jiqun.experiments.structures import STRUCTURES
from jiqun.experiments.uncertainty import latin_hypercube, load_draws, load_uncertainty
from jiqun.model.scenario import bundled
from jiqun.model.simulation import Simulation
from jiqun.record.problem import InputError
from tests.experiments.small_experiment import PERIODS, POLICIES, Here, small

TWINS = {
    "budget": 2.0,
    "policies": [
        {"name": "none"},
        {"name": "templates", "settings": {"templates.share": 1.0}},
        {"name": "twin", "settings": {"templates.share": 1.0}},
        {"name": "empty", "settings": {"templates.budget": 0.0}},
    ],
}
BY_TYPE = {
    "budget": 2.0,
    "policies": [
        {
            "name": "matched",
            "reviews": [4],
            "cases": {
                "industrial_digitalization": {"templates.share": 1.0},
                "digital_industrialization": {"scenario_opening.share": 1.0},
                "otherwise": {"infrastructure.share": 1.0},
            },
        }
    ],
}


def plans(raw: dict[str, Any]) -> list[PolicyPlan]:
    return load_policies(raw, periods=PERIODS)


def compared(folder: Path, raw: dict[str, Any], **parts: object) -> Comparison:
    scenario = small()
    question = Question(
        scenario=scenario,
        policies=plans(raw),
        draws=latin_hypercube(load_uncertainty("broad", scenario), 3, seed=1),
        seeds=(0, 1),
        structures=False,
    )
    first: list[Comparison] = []
    found = compare(
        replace(question, **parts),  # type: ignore[arg-type]  # parts go by name
        RunStore(folder / "store"),
        Here(),
        workers=2,
        first_answer=first.append,
    )
    assert [f.draws for f in first] == [2]
    return found


def test_nothing_does_nothing_and_equals_tie(tmp_path: Path) -> None:
    found = compared(tmp_path, TWINS)
    assert {e.verdict for e in found.effects if e.policy == "empty"} == {"no_effect"}
    ties = {(d.one, d.other) for d in found.duels if d.tie}
    assert ties == {("none", "empty"), ("templates", "twin")}
    assert all(d.winner is None for d in found.duels if d.tie)
    best = {s.policy: s.best for s in found.standings}
    assert best["templates"] == best["twin"]
    assert best["none"] == best["empty"]
    assert sum(best.values()) == pytest.approx(1.0)


def test_the_comparison_is_told_in_both_languages(tmp_path: Path) -> None:
    found = compared(tmp_path, POLICIES, structures=True)
    english, chinese = as_text(found, "en"), as_text(found, "zh")
    assert english.count("\n|") == chinese.count("\n|")
    assert "无政策" in chinese
    assert "K1c" in english
    assert {row.structure for row in found.structures} == {s.name for s in STRUCTURES}
    assert found.runs == 3 * 3 * 2 + 4 * 3 * 2
    document = found.to_dict("zh")
    assert document["robust"] == found.robust
    years = [row[0] for row in found.series["none"]]
    assert years == [0, 1, 2]
    assert all(low <= mean <= high for rows in found.series.values() for _, mean, low, high in rows)
    spent = {s.policy: s.spent for s in found.standings}
    assert spent == {"none": 0.0, "templates": 16.0, "scenarios": 16.0}


def table(values: dict[str, np.ndarray]) -> pl.DataFrame:
    rows = [
        {"policy": p, "draw": d, "seed": s, "year": 0, "sales": float(v[d, s])}
        for p, v in values.items()
        for d in range(v.shape[0])
        for s in range(v.shape[1])
    ]
    return pl.DataFrame(rows)


def test_what_dominates_is_found_and_the_scale_is_right() -> None:
    """Planted: five per cent more everywhere, under noise that is shared."""
    rng = np.random.default_rng(1)
    base = rng.uniform(50.0, 150.0, (8, 3))
    given = {"none": base, "better": base * 1.05, "luck": base + rng.normal(0.0, 2.0, (8, 3))}
    effects = relative(levels(table(given), "sales", first_year=0), "none")
    assert effects["better"].mean() == pytest.approx(5.0)
    found = standings(effects, effects, dict.fromkeys(effects, 1.0), {"other": effects})
    assert found[0].policy == "better"
    assert found[0].regret_structures == found[0].regret_most
    np.testing.assert_array_equal(
        levels(table(given).sample(fraction=1.0, shuffle=True, seed=2), "sales", first_year=0)[
            "luck"
        ],
        given["luck"],
    )


def test_policies_by_diagnosis_get_their_controls() -> None:
    found = with_controls(with_baseline(plans(BY_TYPE)))
    assert [p.name for p in found] == ["none", "matched", "matched~chance", "matched~truth"]
    assert [p.control_of for p in found] == [None, None, "matched", "matched"]
    assert all(p.cost(PERIODS) == (16.0, 16.0) for p in found[1:])


@pytest.mark.parametrize(
    ("name", "lever"),
    [
        ("native_core", "scenario_opening"),
        ("incumbent_core", "templates"),
        ("traditional", "infrastructure"),
    ],
)
def test_a_type_that_is_known_gets_its_own_levers(name: str, lever: str) -> None:
    scenario = small(name)
    right = with_controls(plans(BY_TYPE))[-1]
    static = {
        "budget": 2.0,
        "start": 4,
        "policies": [{"name": "s", "settings": {f"{lever}.share": 1.0}}],
    }
    (same,) = plans(static)
    np.testing.assert_array_equal(
        perform(Run(scenario, 2, right.response)), perform(Run(same.applied_to(scenario), 2))
    )


def test_accuracy_is_the_share_of_right_calls() -> None:
    (plan,), scenario = plans(BY_TYPE), small()
    for accuracy, low, high in ((0.0, 0.0, 0.0), (0.7, 0.6, 0.8), (1.0, 1.0, 1.0)):
        told = plan.told_by("truth", name="t", title=plan.title, accuracy=accuracy)
        assert told.response is not None
        right = 0
        for seed in range(200):
            run = Simulation(scenario, seed, None, None)  # type: ignore[arg-type]  # only the seed is read
            right += called(run, told.response, 4) == true_type(scenario)
        assert low <= right / 200 <= high


def test_worlds_that_share_a_seed_do_not_share_the_throw_of_dice() -> None:
    (plan,), scenario = plans(BY_TYPE), small()
    told = plan.told_by("chance", name="c", title=plan.title)
    assert told.response is not None

    def thrown(world: float, **parts: object) -> str:
        drawn = changed(scenario, {"rules.market.wage": world}).model_copy(update=parts)
        run = Simulation(drawn, 1, None, None)  # type: ignore[arg-type]  # scenario and seed are read
        assert told.response is not None
        return called(run, told.response, 4)

    wages = np.linspace(0.5, 0.8, 60)
    first = [thrown(w) for w in wages]
    assert 15 < first.count("digital_industrialization") < 45
    assert first == [thrown(w, title="another") for w in wages]  # what is no part of a world


@pytest.mark.slow
def test_a_policy_goes_by_the_diagnosis_of_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def told(record: Any, *, seed: int, verdict: bool, staged: bool) -> str:  # noqa: ANN401, ARG001
        assert not staged  # no case asks for a stage, which takes as long as the type
        seen.append(record["firms"].height)
        return "digital_industrialization"

    monkeypatch.setattr("jiqun.experiments.response.case_of", told)
    (plan,) = plans(BY_TYPE)
    right = with_controls([plan])[-1]
    by_diagnosis = perform(Run(small(), 2, plan.response))
    np.testing.assert_array_equal(by_diagnosis, perform(Run(small(), 2, right.response)))
    assert len(seen) == 1
    assert seen[0] >= sum(group.firms for group in small().groups)


@pytest.mark.parametrize("structure", STRUCTURES, ids=lambda s: s.name)
def test_every_structure_changes_the_run(structure: Any) -> None:  # noqa: ANN401
    scenario = bundled("native_core").model_copy(update={"periods": 40})
    other = changed(scenario, structure.changes(scenario))
    assert not np.array_equal(perform(Run(scenario, 1)), perform(Run(other, 1)))


def test_draws_lie_within_their_ranges_and_can_be_read_back(tmp_path: Path) -> None:
    scenario = small()
    uncertain = load_uncertainty(
        {"rules.market.wage": [0.5, 0.8], "core.logic": [0.0, 1.0]}, scenario
    )
    draws = latin_hypercube(uncertain, 40, seed=3)
    wages = np.array([d["rules.market.wage"] for d in draws])
    assert ((wages >= 0.5) & (wages <= 0.8)).all()
    strata = np.floor(40 * uncertain[0].unscaled(wages) * (1 - 1e-12)).astype(int)
    assert sorted(strata.tolist()) == list(range(40))
    pl.DataFrame(draws).with_columns(weight=1.0).write_csv(tmp_path / "d.csv")
    assert load_draws(tmp_path / "d.csv", scenario, None) == draws
    assert len(load_draws(tmp_path / "d.csv", scenario, 7)) == 7
    pl.DataFrame({"a": [1]}).write_csv(tmp_path / "e.csv")
    with pytest.raises(InputError):
        load_draws(tmp_path / "e.csv", scenario, None)


def test_wrong_ranges_are_told_at_once() -> None:
    wrong = {
        "rules.market.wages": [1, 2],
        "rules.market.wage": [2, 1],
        "core.logic": {"times": [0.5]},
    }
    with pytest.raises(InputError) as caught:
        load_uncertainty(wrong, small())
    assert {(p.rule, p.column) for p in caught.value.problems} == {
        ("experiment.path", "rules.market.wages"),
        ("experiment.range", "rules.market.wage"),
        ("experiment.range", "core.logic"),
    }
