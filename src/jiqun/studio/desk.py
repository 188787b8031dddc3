"""The policy desk 政策台: a simulation that answers while the slider moves.

Baseline and policy run from the same seed. Every draw of the model is addressed by what it decides, so
both worlds share their luck and the difference between them is the policy.

Paper: P1, P3a (the levers)
"""

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from jiqun.model.scenario import bundled
from jiqun.model.scenario_schema import Policy, Scenario
from jiqun.model.simulation import Simulation
from jiqun.model.state import LIVING, NOBODY
from jiqun.vocabulary.text import Text

COMPILE = (
    "from jiqun.model.scenario import bundled; from jiqun.model.simulation import Simulation; "
    "Simulation.begin(bundled('traditional'), seed=0).run(1, recording=False)"
)
SERIES = {
    "sales": Text("Sales per period", "每期销售额"),
    "firms": Text("Living firms", "存续企业数"),
    "digital_sales": Text("Share of digital services in sales", "数字服务占销售额比重"),
    "capability": Text("Mean digital capability", "平均数字能力"),
    "alliances": Text("Alliances at work", "进行中的联盟"),
    "users": Text("Users of platforms", "平台用户数"),
}
Series = dict[str, list[float]]


@dataclass(slots=True)
class Desk:
    """Whether the model is compiled; it takes minutes after an installation, then seconds."""

    ready: threading.Event = field(default_factory=threading.Event)
    _begun: threading.Lock = field(default_factory=threading.Lock)

    def warm_up(self) -> None:
        """Compile the model, aside and once, when someone first opens the desk."""
        if self._begun.acquire(blocking=False):
            threading.Thread(target=self._warm_up, daemon=True).start()

    def _warm_up(self) -> None:
        """Compile in another process, so that this one goes on answering; then load it here."""
        command = [sys.executable, "-c", COMPILE]
        subprocess.run(command, check=False, env=os.environ)  # noqa: S603 - our own module
        Simulation.begin(bundled("traditional"), seed=0).run(1, recording=False)
        self.ready.set()


def sized(scenario: Scenario, size: float, periods: int, policy: tuple[Policy, ...]) -> Scenario:
    """Return a scenario with ``size`` times the firms, their markets and their room."""
    return scenario.model_copy(
        update={
            "periods": periods,
            "policy": policy,
            "groups": tuple(
                g.model_copy(update={"firms": max(1, round(g.firms * size))})
                for g in scenario.groups
            ),
            "industries": tuple(
                i.model_copy(update={"demand": i.demand * size}) for i in scenario.industries
            ),
            "regions": tuple(
                r.model_copy(update={"capacity": r.capacity * size}) for r in scenario.regions
            ),
        }
    )


def run(scenario: Scenario, seed: int, stopped: Callable[[], bool]) -> Series | None:
    """Run a scenario and return what the desk shows of each period; None where it was stopped."""
    simulation = Simulation.begin(scenario, seed=seed)
    series: Series = {name: [] for name in SERIES}
    for period in range(scenario.periods):
        if stopped():
            return None
        simulation.run(period + 1, recording=False)
        for name, value in state_of(simulation).items():
            series[name].append(value)
    return series


def state_of(simulation: Simulation) -> dict[str, float]:
    """Describe the present state in the numbers that the desk shows."""
    world = simulation.world
    firms = world.firms
    living = world.lists.roster[: int(world.tally[LIVING])]
    digital = float(firms.digital_revenue[living].sum())
    sales = float(firms.revenue[living].sum()) + digital
    return {
        "sales": sales,
        "firms": float(living.size),
        "digital_sales": digital / sales if sales > 0 else 0.0,
        "capability": float(firms.digital[living].mean()) if living.size else 0.0,
        "alliances": float(np.count_nonzero(world.alliances.headcount[living])),
        "users": float(world.platforms.users[world.platforms.owner != NOBODY].sum()),
    }


@lru_cache(maxsize=64)
def _baseline(text: str, seed: int) -> Series:
    """Run a baseline, and keep it: a slider changes the policy only."""
    series = run(Scenario.model_validate_json(text), seed, lambda: False)
    assert series is not None  # noqa: S101 - it is never stopped
    return series


async def stream(
    baseline: Scenario, policy: Scenario, *, seed: int, runs: int
) -> AsyncIterator[dict[str, object]]:
    """Run both worlds from one seed after another, and hand over each pair as it is done."""
    stop = threading.Event()
    text = baseline.model_dump_json()
    try:
        for number in range(runs):
            without = await asyncio.to_thread(_baseline, text, seed + number)
            with_policy = await asyncio.to_thread(run, policy, seed + number, stop.is_set)
            if with_policy is not None:
                yield {"run": number, "baseline": without, "policy": with_policy}
    finally:
        stop.set()
