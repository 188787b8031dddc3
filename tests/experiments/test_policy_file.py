"""Policies: read as dated settings, equal budgets enforced, every problem told at once.

Paper: P1, P2, P3 (the bundled policies), Q22 (equal budget).
"""

from pathlib import Path
from typing import Any

import pytest

from jiqun.experiments.policy_file import load_policies
from jiqun.record.problem import InputError


def problems(raw: dict[str, Any], periods: int = 40) -> set[tuple[str, str | None]]:
    with pytest.raises(InputError) as caught:
        load_policies(raw, periods=periods)
    assert all(p.message.zh and p.remedy.zh for p in caught.value.problems)
    return {(p.rule, p.column) for p in caught.value.problems}


def test_the_papers_policies_cost_the_same_or_nothing() -> None:
    plans = {plan.name: plan for plan in load_policies("paper", periods=120)}
    assert plans["none"].cost(120) == (0.0, 0.0)
    for name in plans.keys() - {"none"}:
        assert plans[name].cost(120) == pytest.approx((336.0, 336.0)), name
    assert plans["matched"].response is not None
    assert all(plan.title.en != plan.title.zh for plan in plans.values())


def test_dates_part_a_policy() -> None:
    raw = {
        "budget": 2.0,
        "policies": [
            {
                "name": "later",
                "dated": {
                    4: {"templates.share": 1.0},
                    20: {"templates.budget": 0.5, "infrastructure.share": 0.75},
                },
            }
        ],
    }
    (plan,) = load_policies(raw, periods=40)
    found = {(p.lever, p.start): (p.stop, p.budget) for p in plan.levers}
    assert found["templates", 4] == (20, 2.0)
    assert found["templates", 20][1] == 0.5
    assert found["infrastructure", 20][1] == 1.5
    assert plan.cost(40) == pytest.approx((72.0, 72.0))


def test_unequal_budgets_are_refused_unless_wanted() -> None:
    raw: dict[str, Any] = {
        "policies": [
            {"name": "none"},
            {"name": "small", "settings": {"templates.budget": 1.0}},
            {"name": "large", "settings": {"templates.budget": 2.0}},
        ]
    }
    assert problems(raw) == {("policy.budget", "policies.small")}
    assert len(load_policies(raw | {"equal_budget": False}, periods=40)) == 3


def test_a_case_that_spends_less_is_refused() -> None:
    cases = {"traditional": {"templates.budget": 2.0}, "otherwise": {"templates.budget": 1.0}}
    raw = {"policies": [{"name": "by_type", "reviews": [4], "cases": cases}]}
    assert problems(raw) == {("policy.budget", "policies.by_type")}


def test_every_problem_is_told_at_once() -> None:
    raw = {
        "budget": 1.0,
        "colour": "blue",
        "policies": [
            {"name": "a", "settings": {"subsidy.share": 1.0}},
            {"name": "a", "settings": {"templates.share": -1.0}},
            {"name": "b", "settings": {"templates.speed": 1.0}, "when": 3},
            {"name": "c", "cases": {"blue": {}}, "reviews": [3]},
            {"name": "d", "dated": {-3: {}}},
            {"title": "no name"},
        ],
    }
    assert problems(raw) == {
        ("experiment.settings", "colour"),
        ("policy.lever", "policies.a.0.subsidy.share"),
        ("policy.value", "policies.a.0.templates.budget"),
        ("policy.lever", "policies.b.0.templates.speed"),
        ("experiment.settings", "policies.b.when"),
        ("experiment.settings", "policies.c.cases.blue"),
        ("experiment.settings", "policies.d.-3"),
        ("experiment.settings", "policies.5"),
        ("experiment.settings", "a"),
    }


def test_a_policy_that_does_nothing_in_some_cases_is_refused() -> None:
    """A diagnosis can say that it cannot tell; what is done then has to cost the same."""
    cases = {"traditional": {"templates.budget": 2.0}}
    raw = {"policies": [{"name": "by_type", "reviews": [4], "cases": cases}]}
    assert problems(raw) == {("policy.budget", "policies.by_type")}


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ({"settings": 5}, "settings"),
        ({"settings": None}, "settings"),
        ({"dated": [1]}, "dated"),
        ({"dated": {8: 5}}, "dated.8"),
        ({"cases": ["a"]}, "cases"),
        ({"cases": {"otherwise": None}}, "cases.otherwise"),
        ({"cases": {"otherwise": {}}, "reviews": 8}, "reviews"),
        ({"cases": {"otherwise": {}}, "by": ["verdict"]}, "by"),
    ],
)
def test_parts_that_would_set_nothing_are_told(part: dict[str, Any], place: str) -> None:
    raw = {"policies": [{"name": "x", **part}]}
    assert problems(raw) == {("experiment.settings", f"policies.x.{place}")}


@pytest.mark.parametrize("budget", ["abc", None, True, -1.0, float("inf")])
def test_a_budget_is_an_amount(budget: object) -> None:
    raw = {"budget": budget, "policies": [{"name": "x", "settings": {"templates.share": 1.0}}]}
    assert problems(raw) == {("policy.budget", "budget")}


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(b"\xff\xfe\x00policies")
    with pytest.raises(InputError, match="UTF-8"):
        load_policies(path, periods=40)


@pytest.mark.parametrize("text", ["", "- a\n", "key: [unclosed"])
def test_what_is_no_policy_file_is_one_problem(text: str, tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        load_policies(path, periods=40)
    assert {p.rule for p in caught.value.problems} == {"experiment.settings"}
