"""The runs of the ledger: scenarios with one mechanism off, the logic exchanged, or a policy set."""

from itertools import product
from typing import Literal

from jiqun.model.scenario import bundled
from jiqun.model.scenario_schema import Policy, Scenario
from jiqun.model.switches import Switches

BUDGET = 3.0
"""Money per period of each policy compared."""
FACTORS = ("logic", "firms", "places")
"""What is exchanged between the two scenarios in the design of eight."""
LOGICS = {"incumbent": 0.1, "native": 0.9}

OFF: dict[str, Switches] = {
    "pair sum": Switches(pair_sum=1),
    "random siting": Switches(data_siting=0),
    "no data effect": Switches(data_effect=0),
    "no network effects": Switches(direct_effect=0, cross_effect=0, data_effect=0),
    "no pooling": Switches(pooling=0),
    "no data from use": Switches(data_accumulation=0),
    "no imitation": Switches(imitation=0),
    "no change of logic": Switches(logic_imitation=0),
    "no shared capacity": Switches(mirror=0),
    "no platforms": Switches(platforms=0),
    "one home": Switches(multi_homing=0),
    "pairs only": Switches(multilateral=0),
    "efficiency only": Switches(modes=(1, 0, 0)),
    "no functions": Switches(functions=0),
    "no relatedness": Switches(relatedness=0),
    "no scenarios": Switches(scenarios=0),
    "no wakes": Switches(wakes=0),
    "one technique": Switches(technique=0),
    "no likeness": Switches(homogeneous_competition=0),
    "fixed wages": Switches(wage_feedback=0),
    "no entry": Switches(entry=0),
    "no inheritance": Switches(inheritance=0),
}
"""What is set otherwise when a mechanism is off, by the words of the ledger."""


def design_name(logic: str, firms: str, places: str) -> str:
    """Return the name of one of the eight runs of the design."""
    if logic == firms == places:
        return logic
    return f"{logic} logic, {firms} firms, {places} places"


def designed(logic: str, firms: str, places: str) -> Scenario:
    """Return the scenario with the core's logic, the firms and the places of either kind."""
    of = {"incumbent": bundled("incumbent_core"), "native": bundled("native_core")}
    base = of[firms]
    if base.core is None:
        return base
    core = base.core.model_copy(update={"logic": LOGICS[logic]})
    groups = tuple(
        g.model_copy(update={"logic": LOGICS[logic]}) if g.name == core.group else g
        for g in base.groups
    )
    changed = {"core": core, "groups": groups, "regions": of[places].regions}
    return base.model_copy(update=changed)


def variants() -> dict[str, Scenario]:
    """Return every scenario that the ledger runs, by name; it runs those that a row needs."""
    every = {"traditional": bundled("traditional")}
    every |= {design_name(*cell): designed(*cell) for cell in product(LOGICS, repeat=len(FACTORS))}
    bases = {name: every[name] for name in ("traditional", "incumbent", "native")}
    for name, scenario in bases.items():
        for words, switches in OFF.items():
            every[f"{name}, {words}"] = scenario.model_copy(update={"switches": switches})
        still = scenario.rules._replace(innovate=scenario.rules.innovate._replace(chance=0.0))
        every[f"{name}, no innovation"] = scenario.model_copy(update={"rules": still})
        rigid = scenario.rules._replace(ally=scenario.rules.ally._replace(modular=0.0))
        every[f"{name}, no modularity"] = scenario.model_copy(update={"rules": rigid})
        every[f"{name}, templates"] = _under(scenario, "templates")
        every[f"{name}, open scenarios"] = _under(scenario, "scenario_opening")
    return every


def _under(scenario: Scenario, lever: Literal["templates", "scenario_opening"]) -> Scenario:
    """Return a scenario with one lever from the third year to the end."""
    policy = Policy(lever=lever, start=8, stop=scenario.periods, budget=BUDGET)
    return scenario.model_copy(update={"policy": (policy,)})
