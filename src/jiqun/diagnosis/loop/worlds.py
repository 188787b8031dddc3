"""Worlds to be diagnosed: scenarios with numbers of their own, drawn apart for building and for scoring.

Each draw takes a bundled scenario and changes how many firms there are, how long it runs, the logic of
the core, how digital firms are at first, how far apart they sit, and the seed. A world is known by its
purpose and number. Those for building come from three scenarios and are never scored; those for scoring
come from nine, six of which (decline, hybrid, two platforms, an owner who leaves, no core, ties cut) are
never built on.

Paper: K1c (logic of the core), Q17 (what the paper does not promise; runs of any length)
"""

from typing import Literal

import numpy as np

from jiqun.model.scenario import TWINS, bundled
from jiqun.model.scenario_schema import Core, Group, Scenario
from jiqun.numerics.random import stream

Purpose = Literal["build", "score"]
PERIODS = (60, 120)
"""Quarters: from 15 to 30 years."""
CYCLES: dict[Purpose, tuple[str, ...]] = {
    "build": TWINS,
    "score": (
        *("traditional", "incumbent_core", "native_core"),
        *("decline", "hybrid", "two_platforms"),
        *("traditional", "incumbent_core", "owner_leaves"),
        *("no_core", "incumbent_core", "ties_cut"),
    ),
}
"""Scenario of each world, over and over."""
SERIES = "2026.12"
"""Drawn anew whenever what is read or the truth is changed, so that no cluster is scored that was looked at
while the program was being made."""
HALF = 0.5
UNCLEAR = 0.1
"""Distance from one half up to which the logic of a core is left as it is."""
SIZE = (0.5, 1.0)
"""Times the firms of the bundled scenario."""


def world(number: int, purpose: Purpose) -> tuple[Scenario, int]:
    """Draw a scenario and its seed.

    Parameters
    ----------
    number
        Number of the world, from 0.
    purpose
        ``build`` or ``score``; each has streams of its own.
    """
    chance = stream(number, "worlds", purpose, SERIES)
    cycle = CYCLES[purpose]
    drawn = bundled(cycle[number % len(cycle)])
    core = None if drawn.core is None else drawn.core.group
    size = float(chance.uniform(*SIZE))
    groups = tuple(
        _group(group, 1.0 if group.name == core else size, chance) for group in drawn.groups
    )
    spread = float(np.exp(chance.normal(0.0, 0.3)))
    regions = tuple(
        r.model_copy(update={"spread": r.spread * spread, "capacity": r.capacity * size})
        for r in drawn.regions
    )
    years = int(chance.integers(PERIODS[0] // 4, PERIODS[1] // 4 + 1))
    changed = drawn.model_copy(
        update={
            "periods": 4 * years,
            "start_year": int(chance.integers(1990, 2006)),
            "groups": groups,
            "regions": regions,
            "core": _core(drawn.core, chance),
        }
    )
    return changed, int(chance.integers(0, 2**31))


def built_on(number: int) -> bool:
    """Say whether the scenario of a scored world is one that the card was built on."""
    return CYCLES["score"][number % len(CYCLES["score"])] in CYCLES["build"]


def _group(group: Group, size: float, chance: np.random.Generator) -> Group:
    """Change a group: its number of firms, and how digital it is at first."""
    firms = max(1, round(group.firms * size))
    factor = np.exp(chance.normal(0.0, 0.25, 3))
    return group.model_copy(
        update={
            "firms": firms,
            "digital": float(min(group.digital * factor[0], 0.9)),
            "data": float(group.data * factor[1]),
            "cash": float(group.cash * factor[2]),
        }
    )


def _core(core: Core | None, chance: np.random.Generator) -> Core | None:
    """Draw the logic of the core on its own side of one half."""
    if core is None or abs(core.logic - HALF) <= UNCLEAR:
        return core
    bounds = (0.65, 0.95) if core.logic > HALF else (0.05, 0.35)
    return core.model_copy(update={"logic": float(chance.uniform(*bounds))})
