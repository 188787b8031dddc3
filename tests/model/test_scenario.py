"""Scenarios: the bundled ones differ where they may, and a wrong one is told everything at once.

Paper: K1c (initial firms, places and logic are all that differs).
"""

import pytest

from jiqun.model.scenario import BUNDLED, bundled, load, parse
from jiqun.record.problem import InputError

WRONG = """
name: wrong
title: {en: Wrong, zh: 错误}
periods: many
colour: blue
regions: [{name: town, x: 0.0, y: 0.0, spred: 3.0}]
industries:
  - {code: "1", physicality: 1.5, demand: -2.0, buys: ["2"]}
  - {code: "2", physicality: 0.5, demand: 2.0, buys: ["3"]}
groups:
  - {name: makers, firms: 1000000000, industries: ["1"], regions: [village]}
core: {group: giants, firms: 3, logic: 0.5}
rules: {tie: {rate: -1.0}, perceive: {sight: 2.0}}
"""


def found(text: str) -> set[tuple[str, str | None]]:
    with pytest.raises(InputError) as caught:
        parse(text, source="wrong.yaml")
    return {(problem.rule, problem.column) for problem in caught.value.problems}


def test_every_problem_is_reported_at_once() -> None:
    assert found(WRONG) == {
        ("scenario.value", "periods"),
        ("scenario.key", "colour"),
        ("scenario.key", "regions.0.spred"),
        ("scenario.value", "industries.0.physicality"),
        ("scenario.value", "industries.0.demand"),
        ("scenario.value", "groups.0.firms"),
        ("scenario.value", "rules.tie.rate"),
        ("scenario.key", "rules.perceive.sight"),
        ("scenario.reference", "industries.1.buys"),
        ("scenario.reference", "groups.0.regions"),
        ("scenario.reference", "core.group"),
        ("scenario.size", "groups"),
    }


def test_messages_are_in_both_languages_and_say_the_bound() -> None:
    with pytest.raises(InputError) as caught:
        parse(WRONG, source="wrong.yaml")
    by_place = {p.column: p for p in caught.value.problems if p.rule == "scenario.value"}
    rate = by_place["rules.tie.rate"]
    assert rate.message.en == "It has to be at least 0."
    assert rate.message.zh == "不得小于 0。"
    assert rate.value == "-1.0"


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "key: [unclosed", "12"])
def test_what_is_no_scenario_is_one_problem(text: str) -> None:
    assert found(text) == {("scenario.yaml", None)}


def test_no_firms_is_a_problem() -> None:
    text = WRONG.replace("1000000000", "0")
    assert ("scenario.size", "groups") in found(text)


def test_an_unknown_name_is_said() -> None:
    with pytest.raises(InputError, match="no scenario futuristic: traditional"):
        bundled("futuristic")
    with pytest.raises(FileNotFoundError):
        load("nowhere.yaml")


def test_bundled_scenarios_differ_only_in_firms_places_and_core() -> None:
    may_differ = {"name", "title", "regions", "groups", "core"}
    rest = [bundled(name).model_dump(exclude=may_differ) for name in BUNDLED]
    assert rest[0] == rest[1] == rest[2]
    assert rest[0]["policy"] == ()
