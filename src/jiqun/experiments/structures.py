"""Structures 结构假设: the same comparison where a mechanism works otherwise.

A choice of policy that hangs on one disputed mechanism is fragile. Each structure changes the scenario
by dotted paths, so that any other can be tried in the same words.

Paper: K1c (logic of the core), K3g (alliances), N2f (network effects), P2c (imitation).
"""

from collections.abc import Callable
from dataclasses import dataclass

from jiqun.experiments.dotted import Value
from jiqun.model.scenario_schema import Scenario
from jiqun.vocabulary.text import Text

BETWEEN = 0.5
"""Logic halfway between industrial and digital."""


@dataclass(frozen=True, slots=True)
class Structure:
    """One change of the rules of the game: name, title, scenario → dotted settings."""

    name: str
    title: Text
    changes: Callable[[Scenario], dict[str, Value]]


def _one_logic(scenario: Scenario) -> dict[str, Value]:
    """Give every firm the same logic: no path can come from the logic of the core."""
    settings: dict[str, Value] = {f"groups.{g.name}.logic": BETWEEN for g in scenario.groups}
    settings |= {f"groups.{g.name}.logic_spread": 0.0 for g in scenario.groups}
    if scenario.core is not None:
        settings["core.logic"] = BETWEEN
    return settings


def _switched(**switches: int) -> Callable[[Scenario], dict[str, Value]]:
    """Return a change of switches."""

    def changes(_: Scenario) -> dict[str, Value]:
        return {f"switches.{name}": value for name, value in switches.items()}

    return changes


STRUCTURES: tuple[Structure, ...] = (
    Structure(
        "one_logic",
        Text("All firms share one logic (K1c false)", "所有企业逻辑相同(K1c 不成立)"),
        _one_logic,
    ),
    Structure(
        "no_network_effects",
        Text("No network effects", "无网络效应"),
        _switched(direct_effect=0, cross_effect=0, data_effect=0),
    ),
    Structure(
        "no_imitation",
        Text("Firms do not imitate", "企业互不模仿"),
        _switched(imitation=0, logic_imitation=0),
    ),
    Structure(
        "pair_sum", Text("Alliances are sums of pairs", "联盟价值为双边之和"), _switched(pair_sum=1)
    ),
)
