"""Run 单次运行: one scenario with one seed under one policy, known by the hash of all three."""

import hashlib
from dataclasses import dataclass

from jiqun.experiments.census import YEAR, Floats, groups_of
from jiqun.experiments.counting import Book, advance_counted, count, opened, spread
from jiqun.experiments.model_version import model_version
from jiqun.experiments.response import Response, respond
from jiqun.model.events import happen, next_stop
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
    book = opened(groups_of(run.scenario, simulation.world), simulation.world, run.scenario.periods)
    if run.response is not None:
        _follow(simulation, run.response, book)
    while simulation.period < run.scenario.periods:
        happen(simulation.world, run.scenario, simulation.period)
        stop = next_stop(run.scenario, simulation.period, run.scenario.periods)
        simulation.period = advance_counted(simulation.world, book, simulation.period, stop)
        spread(book, simulation.period)
    return book.rows


def _follow(simulation: Simulation, response: Response, book: Book) -> None:
    """Run up to the last review with recording, and respond at each."""
    for review in (r for r in response.reviews if r < simulation.scenario.periods):
        while simulation.period < review:
            simulation.run(min(review, (simulation.period // YEAR + 1) * YEAR), recording=True)
            if simulation.period % YEAR == 0:
                count(simulation.world, book, simulation.period - 1)
                spread(book, simulation.period)
        respond(simulation, response, review)


def years_of(scenario: Scenario) -> int:
    """Return the rows of a run: whole years, and the last begun one."""
    return -(-scenario.periods // YEAR)
