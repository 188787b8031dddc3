"""Dotted paths: they reach what they name, everything wrong is told at once, bounds hold."""

import pytest

from jiqun.experiments.dotted import changed, paths
from jiqun.model.scenario import bundled
from jiqun.record.problem import InputError

SCENARIO = bundled("native_core")


def test_each_kind_of_place_is_reached() -> None:
    found = changed(
        SCENARIO,
        {
            "rules.market.wage": 0.75,
            "switches.data_effect": 0,
            "core.logic": 0.5,
            "groups.makers.digital": 0.3,
            "industries.6311.demand": 7.0,
            "regions.city.capacity": 9.0,
            "periods": 8,
        },
    )
    assert found.rules.market.wage == 0.75
    assert found.switches.data_effect == 0
    assert found.core is not None
    assert found.core.logic == 0.5
    assert {g.name: g.digital for g in found.groups}["makers"] == 0.3
    assert {i.code: i.demand for i in found.industries}["6311"] == 7.0
    assert {r.name: r.capacity for r in found.regions}["city"] == 9.0
    assert found.periods == 8
    assert found.rules._replace(market=SCENARIO.rules.market) == SCENARIO.rules
    assert SCENARIO.periods != 8


def test_every_path_that_is_listed_is_reached() -> None:
    every = paths(SCENARIO)
    assert {"rules.market.wage", "core.logic", "industries.6201.demand"} <= set(every)
    for path in every:
        same = changed(SCENARIO, {path: _value(path)})
        assert same == SCENARIO, path


def _value(path: str) -> float:
    place: object = SCENARIO
    for name in path.split("."):
        if isinstance(place, tuple) and not hasattr(place, "_asdict"):
            place = next(
                m for m in place if name in {getattr(m, "name", ""), getattr(m, "code", "")}
            )
        else:
            place = getattr(place, name)
    assert isinstance(place, int | float)
    return place


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(InputError) as caught:
        changed(SCENARIO, {"rules.market.wages": 1.0, "groups.giants.digital": 0.1, "rules": 3})
    problems = {p.column: p for p in caught.value.problems}
    assert problems.keys() == {"rules.market.wages", "groups.giants.digital", "rules"}
    assert "rules.market.wage" in problems["rules.market.wages"].message.zh


def test_a_value_out_of_bounds_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        changed(SCENARIO, {"rules.market.wage": -1.0})
    assert [p.rule for p in caught.value.problems] == ["policy.value"]
