"""Run 单次运行: one scenario with one seed under one policy, known by the hash of all three."""

import hashlib
from dataclasses import dataclass

import numpy as np

from jiqun.experiments.census import NAMES, YEAR, Floats, groups_of, take
from jiqun.experiments.model_version import model_version
from jiqun.experiments.response import Response, respond
from jiqun.model.scenario_schema import Scenario
from jiqun.model.simulation import Simulation

COSMETIC = {"name", "title"}
"""Parts of a scenario that no result depends on."""


@dataclass(frozen=True, slots=True)
class Run:
    """What is run.

    Attributes
    ----------
    scenario
        With the parameters of a draw and the policy that is set from the start.
    seed
        At least 0; runs with the same seed share their luck.
    response
        A policy that looks at the cluster and then decides; None where none does.
    """

    scenario: Scenario
    seed: int
    response: Response | None = None

    @property
    def key(self) -> str:
        """Address of the result: 32 hexadecimal digits of the hash of model, inputs and seed."""
        return run_key(inputs_of(self.scenario, self.response), self.seed)


def inputs_of(scenario: Scenario, response: Response | None) -> str:
    """Return everything that a run depends on besides its seed, as text."""
    said = scenario.model_dump_json(exclude=COSMETIC)
    return said if response is None else f"{said}\x1f{response.text}"


def run_key(inputs: str, seed: int) -> str:
    """Return the address of a run."""
    text = f"{model_version()}\x1f{inputs}\x1f{seed}"
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def perform(run: Run) -> Floats:
    """Run the model and return a census of every year, shape (years, outcomes)."""
    noted = run.response is not None  # who decides by a diagnosis has to have a record
    simulation = Simulation.begin(run.scenario, seed=run.seed, recording=noted)
    groups = groups_of(run.scenario, simulation.world)
    years = years_of(run.scenario)
    rows = np.empty((years, len(NAMES)))
    reviews = () if run.response is None else run.response.reviews
    for year in range(years):
        until = min((year + 1) * YEAR, run.scenario.periods)
        for review in (r for r in reviews if simulation.period <= r < until):
            simulation.run(review, recording=True)
            if run.response is not None:
                respond(simulation, run.response, review)
        recording = any(r >= simulation.period for r in reviews)
        simulation.run(until, recording=recording)
        rows[year] = take(simulation.world, groups, until - 1)
    return rows


def years_of(scenario: Scenario) -> int:
    """Return the rows of a run: whole years, and the last begun one."""
    return -(-scenario.periods // YEAR)
