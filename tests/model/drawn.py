"""Scenarios drawn at random: small, of every kind, with every switch, lever and event."""

from typing import Any

from hypothesis import strategies as st

from jiqun.model.scenario_schema import OwnerLeaves, Policy, Scenario, TiesCut
from jiqun.model.switches import Switches
from tests.model.small import small

LEVERS = (
    "infrastructure",
    "core_cultivation",
    "templates",
    "scenario_opening",
    "data_circulation",
    "offline_virtual_coordination",
)


@st.composite
def scenarios(draw: st.DrawFn, *, events: bool) -> Scenario:
    """Draw a small scenario: a bundled one with other sizes, switches, rules, policy and events."""
    base = small(draw(st.sampled_from(("traditional", "incumbent_core", "native_core"))))
    groups = tuple(
        g.model_copy(update={"firms": draw(st.integers(0, 12))}) for g in base.groups[1:]
    )
    first = base.groups[0].model_copy(update={"firms": draw(st.integers(1, 12))})
    flags = st.fixed_dictionaries({n: st.integers(0, 1) for n in Switches._fields if n != "modes"})
    chosen: dict[str, Any] = draw(flags)
    rules = base.rules._replace(
        turnover=base.rules.turnover._replace(exit=draw(st.floats(0, 0.5))),
        tie=base.rules.tie._replace(rate=draw(st.floats(0, 100))),
        mirror=base.rules.mirror._replace(cost=draw(st.floats(0, 1))),
        ally=base.rules.ally._replace(failure=draw(st.floats(0, 1))),
    )
    lever = draw(st.sampled_from(LEVERS))
    policy = Policy.model_validate(
        {"lever": lever, "start": 2, "stop": 9, "budget": draw(st.floats(0, 20))}
    )
    dated = (OwnerLeaves(kind="owner_leaves", start=8), TiesCut(kind="ties_cut", start=5))
    return base.model_copy(
        update={
            "core": None,
            "periods": 14,
            "room": draw(st.floats(1, 3)),
            "groups": (first, *groups),
            "switches": Switches()._replace(**chosen),
            "rules": rules,
            "policy": (policy,),
            "events": dated if events else (),
        }
    )
