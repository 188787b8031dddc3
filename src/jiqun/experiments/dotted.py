"""Dotted paths 点分路径: one way to name a part of a scenario, in YAML, in Python and on the page.

``rules.market.demand_growth``, ``switches.data_effect``, ``core.logic``, ``groups.core.digital``,
``industries.6311.demand``: members of a list go by name or code.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from jiqun.experiments.problems import PATH, POLICY_VALUE
from jiqun.model.scenario_schema import Scenario
from jiqun.record.problem import InputError, Problem
from jiqun.vocabulary.text import Text

Value = float | int | str | bool


def changed(scenario: Scenario, settings: Mapping[str, Value]) -> Scenario:
    """Return the scenario with the parts at some dotted paths replaced, checked anew.

    Raises
    ------
    InputError
        With every path that names nothing and every value out of bounds.
    """
    if not settings:
        return scenario
    raw = _parts(scenario)
    problems = [p for path, value in settings.items() if (p := _put(raw, path, value)) is not None]
    if problems:
        raise InputError(tuple(problems))
    try:
        return Scenario.model_validate(raw)
    except ValidationError as error:
        raise InputError(tuple(_refused(dict(e)) for e in error.errors())) from error


def paths(scenario: Scenario) -> tuple[str, ...]:
    """Return every dotted path of a scenario that ends in a number."""
    return _paths(scenario.model_dump_json(), scenario)


@lru_cache(maxsize=8)
def _paths(_text: str, scenario: Scenario) -> tuple[str, ...]:
    """Return the paths; a scenario is told by its text."""
    found: list[str] = []
    _walk(_parts(scenario), "", found)
    return tuple(found)


def _parts(scenario: Scenario) -> dict[str, Any]:
    """Return the parts of a scenario; those that are tuples keep the names of their numbers."""
    return scenario.model_dump() | {"rules": scenario.rules, "switches": scenario.switches}


def _walk(part: object, prefix: str, found: list[str]) -> None:
    if hasattr(part, "_asdict"):
        part = part._asdict()
    if isinstance(part, dict):
        for name, value in part.items():
            _walk(value, f"{prefix}.{name}" if prefix else str(name), found)
    elif isinstance(part, list | tuple):
        for value in part:
            if isinstance(value, dict):
                _walk(value, f"{prefix}.{value.get('name', value.get('code'))}", found)
    elif isinstance(part, int | float):
        found.append(prefix)


def _put(raw: dict[str, Any], path: str, value: Value) -> Problem | None:
    """Write one value into the nested parts; return a problem where the path leads nowhere."""
    names = path.split(".")
    place: Any = raw
    for depth, name in enumerate(names):
        last = depth == len(names) - 1
        keys, at = _keys(place), name
        if at not in keys:
            return _nowhere(raw, path)
        key = keys[at]
        if last:
            if _keys(place[key]):
                return _nowhere(raw, path)
            place[key] = value
            return None
        if hasattr(place[key], "_asdict"):
            place[key] = place[key]._asdict()
        elif isinstance(place[key], tuple):
            place[key] = list(place[key])
        place = place[key]
    return _nowhere(raw, path)


def _keys(place: object) -> dict[str, Any]:
    """Return name → key of the members of a part."""
    if isinstance(place, dict):
        return {str(key): key for key in place}
    if hasattr(place, "_asdict"):
        return {key: key for key in place._asdict()}
    if isinstance(place, list | tuple):
        named = (m.get("name", m.get("code")) for m in place if isinstance(m, dict))
        return {str(name): number for number, name in enumerate(named)}
    return {}


def _nowhere(raw: dict[str, Any], path: str) -> Problem:
    """Say that a path names nothing, and what comes nearest."""
    known: list[str] = []
    _walk(raw, "", known)
    near = ", ".join(get_close_matches(path, known, n=3, cutoff=0.5))
    message = Text(
        f"The scenario has no number at {path}." + (f" Near it: {near}." if near else ""),
        f"情景中没有数值项 {path}。" + (f"相近的有:{near}。" if near else ""),
    )
    return PATH.problem(table="scenario", column=path, message=message)


def _refused(error: dict[str, Any]) -> Problem:
    """Turn one finding of the schema into a problem."""
    place = ".".join(str(part) for part in error["loc"])
    message = Text(
        f"{error['input']} is refused: {error['msg']}.", f"取值 {error['input']} 超出允许范围。"
    )
    return POLICY_VALUE.problem(
        table="scenario", column=place, value=error["input"], message=message
    )
