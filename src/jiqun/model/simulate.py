"""Simulate 仿真: run a scenario to its end, on disk if asked, and return its record."""

from collections.abc import Callable
from pathlib import Path

from jiqun.model.checkpoint import continued, save
from jiqun.model.scenario_schema import Scenario
from jiqun.model.simulation import Simulation
from jiqun.model.start.real_start import RealStart
from jiqun.model.thinning import Thinning
from jiqun.model.world import World
from jiqun.record.record import Record

YEAR = 4
"""Periods of a year."""
SAVED_EVERY = 5
"""Years from one checkpoint to the next."""


def simulate(
    scenario: Scenario,
    *,
    seed: int = 0,
    threads: int = 1,
    start: RealStart | None = None,
    checkpoint: Path | None = None,
    thinning: Thinning | None = None,
    progress: Callable[[int, World], None] | None = None,
) -> Record:
    """Run a scenario and return its record.

    Parameters
    ----------
    scenario
        From :func:`jiqun.model.scenario.load`.
    seed
        At least 0; the same seed gives the same record on any number of threads.
    threads
        Threads to use.
    start
        What a record gives, from :func:`jiqun.model.start.from_record.started`.
    checkpoint
        File to which the run is written every five years. Where it exists, the run goes on from
        there; the result is that of an uninterrupted run.
    thinning
        What the record leaves out; nothing by default.
    progress
        Called after each year with the number of periods run and the world.

    Raises
    ------
    InputError
        Where the checkpoint is of another run.
    """
    if checkpoint is not None and checkpoint.exists():
        simulation = continued(checkpoint, scenario, seed=seed)
    else:
        simulation = Simulation.begin(scenario, seed=seed, start=start)
    while simulation.period < scenario.periods:
        simulation.run(simulation.period + YEAR, threads=threads)
        if progress is not None:
            progress(simulation.period, simulation.world)
        done = simulation.period >= scenario.periods
        if checkpoint is not None and (done or simulation.period % (SAVED_EVERY * YEAR) == 0):
            save(simulation, checkpoint)
    record = simulation.record()
    return record if thinning is None else thinning.of(record, start_year=scenario.start_year)
