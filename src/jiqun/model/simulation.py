"""Simulate 仿真: run a scenario and return what a real cluster would have left, a record."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from jiqun.model.event_log import EventLog
from jiqun.model.events import happen, next_stop
from jiqun.model.founding import found
from jiqun.model.period import advance, advance_on_threads
from jiqun.model.recording import recorded
from jiqun.model.scenario_schema import Scenario
from jiqun.model.world import World
from jiqun.record.provenance import append
from jiqun.record.record import Record


@dataclass
class Simulation:
    """A run: its world, how far it is, and what was noted so far.

    Attributes
    ----------
    scenario, seed
        What is run.
    world
        The state; changed in place.
    period
        Periods run so far.
    log
        What happened; empty where nothing is recorded.
    """

    scenario: Scenario
    seed: int
    world: World
    period: int = 0
    log: EventLog = field(default_factory=EventLog)

    @classmethod
    def begin(cls, scenario: Scenario, *, seed: int) -> "Simulation":
        """Found the firms of a scenario.

        Raises
        ------
        ValueError
            For a negative seed.
        """
        simulation = cls(scenario, seed, found(scenario, seed=seed))
        simulation.log.note(simulation.world, -1)
        return simulation

    def run(self, until: int, *, recording: bool = True, threads: int = 1) -> None:
        """Run up to a period.

        Parameters
        ----------
        until
            Periods in all; not more than the scenario has.
        recording
            Whether to note what happens. Without it the run is faster and leaves no record.
        threads
            Threads to use; the result is the same for any number.
        """
        until = min(until, self.scenario.periods)
        while self.period < until:
            happen(self.world, self.scenario, self.period)
            stop = self.period + 1 if recording else next_stop(self.scenario, self.period, until)
            if threads == 1:
                advance(self.world, self.period, stop)
            else:
                advance_on_threads(self.world, self.period, stop, threads=threads)
            if recording:
                self.log.note(self.world, self.period)
            self.period = stop

    def record(self) -> Record:
        """Return the record of what was noted."""
        made = recorded(self.log, self.scenario, until=self.period)
        text = self.scenario.model_dump_json()
        return append(
            made,
            command="simulate",
            parameters={"scenario": self.scenario.name, "periods": self.period},
            seed=self.seed,
            inputs={f"{self.scenario.name}.yaml": hashlib.sha256(text.encode()).hexdigest()},
        )


def simulate(
    scenario: Scenario,
    *,
    seed: int = 0,
    threads: int = 1,
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
    progress
        Called after each year with the number of periods run and the world.
    """
    simulation = Simulation.begin(scenario, seed=seed)
    while simulation.period < scenario.periods:
        simulation.run(simulation.period + 4, threads=threads)
        if progress is not None:
            progress(simulation.period, simulation.world)
    return simulation.record()
