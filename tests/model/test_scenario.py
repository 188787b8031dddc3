"""Scenarios: the bundled ones differ where they may, and a wrong one is told everything at once.

Paper: K1c (initial firms, places and logic are all that differs).
"""

import pytest

from jiqun.model.scenario import BUNDLED, TWINS, bundled, load, parse
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
policy: [{lever: magic, start: 9, stop: 5, budget: 1.0}]
events:
  - {kind: flood, start: 3}
  - {kind: ties_cut, start: 3, relations: [love]}
colour: red
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
        ("scenario.reference", "industries.1.buys.0"),
        ("scenario.reference", "groups.0.regions.0"),
        ("scenario.reference", "core.group"),
        ("scenario.size", "groups"),
        ("scenario.value", "policy.0.lever"),
        ("scenario.dates", "policy.0.stop"),
        ("scenario.value", "events.0"),
        ("scenario.value", "events.1.relations.0"),
        ("scenario.repeated_key", "colour"),
    }


def test_a_problem_says_on_which_line_it_is() -> None:
    with pytest.raises(InputError) as caught:
        parse(WRONG, source="wrong.yaml")
    lines = {p.column: p.row for p in caught.value.problems}
    assert lines["periods"] == 4
    assert lines["industries.1.buys.0"] == 9
    assert lines["events.1.relations.0"] == 17
    assert [p.row for p in caught.value.problems] == sorted(
        p.row or 0 for p in caught.value.problems
    )


def test_names_are_declared_once_and_events_are_within_the_run() -> None:
    text = (
        "like: traditional\nname: more\ntitle: {en: a, zh: b}\nperiods: 20\n"
        "regions: [{name: town, x: 0.0, y: 0.0}, {name: town, x: 1.0, y: 0.0}]\n"
        "groups: [{name: makers, firms: 5, industries: ['2410'], regions: [town]}]\n"
        "events: [{kind: owner_leaves, start: 20}]\n"
    )
    assert found(text) == {
        ("scenario.repeated_name", "regions.1.name"),
        ("scenario.dates", "events.0.start"),
    }


def test_what_a_scenario_is_like_is_bundled() -> None:
    text = "like: {}\nname: short\ntitle: {{en: a, zh: b}}\nperiods: 20\n"
    short = parse(text.format("native_core"), source="short.yaml")
    assert short.groups == bundled("native_core").groups
    assert (short.name, short.periods) == ("short", 20)
    assert ("scenario.like", "like") in found(text.format("futuristic"))


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
    with pytest.raises(InputError, match=r"no readable file nowhere\.yaml"):
        load("nowhere.yaml")


def test_bundled_scenarios_differ_only_in_firms_places_and_core() -> None:
    may_differ = {"name", "title", "regions", "groups", "core"}
    rest = [bundled(name).model_dump(exclude=may_differ) for name in TWINS]
    assert rest[0] == rest[1] == rest[2]
    assert rest[0]["policy"] == ()


@pytest.mark.parametrize("name", BUNDLED)
def test_a_bundled_scenario_is_named_after_its_file(name: str) -> None:
    assert bundled(name).name == name
