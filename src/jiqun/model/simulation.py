"""Simulate 仿真: run a scenario and return what a real cluster would have left, a record."""

import hashlib
from dataclasses import dataclass, field

from jiqun.model.event_log import EventLog
from jiqun.model.events import happen, next_stop
from jiqun.model.founding import found
from jiqun.model.invariants import before, verify
from jiqun.model.period import advance, advance_on_threads
from jiqun.model.recording import recorded
from jiqun.model.scenario_schema import Scenario
from jiqun.model.start.real_start import Origin, RealStart
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
    origin
        Who the firms at the start are, where they are from a record.
    """

    scenario: Scenario
    seed: int
    world: World
    period: int = 0
    log: EventLog = field(default_factory=EventLog)
    origin: Origin | None = None

    @classmethod
    def begin(
        cls,
        scenario: Scenario,
        *,
        seed: int,
        start: RealStart | None = None,
        recording: bool = True,
    ) -> "Simulation":
        """Found the firms of a scenario, or those that a record gives, and note them if asked.

        Raises
        ------
        ValueError
            For a negative seed.
        """
        simulation = cls(scenario, seed, found(scenario, seed=seed, start=start))
        simulation.origin = None if start is None else start.origin
        if recording:
            simulation.log.note(simulation.world, -1)
        return simulation

    def run(
        self, until: int, *, recording: bool = True, threads: int = 1, check: bool = False
    ) -> None:
        """Run up to a period.

        Parameters
        ----------
        until
            Periods in all; not more than the scenario has.
        recording
            Whether to note what happens. Without it the run is faster and leaves no record.
        threads
            Threads to use; the result is the same for any number.
        check
            Whether to look at every invariant after each period; slow, for tests and defects.

        Raises
        ------
        BrokenInvariantError
            Where ``check`` finds one that does not hold.
        """
        until = min(until, self.scenario.periods)
        while self.period < until:
            happen(self.world, self.scenario, self.period)
            step = self.period + 1 if recording or check else until
            stop = next_stop(self.scenario, self.period, step)
            was = before(self.world) if check else None
            if threads == 1:
                advance(self.world, self.period, stop)
            else:
                advance_on_threads(self.world, self.period, stop, threads=threads)
            if was is not None:
                verify(self.world, was, self.period)
            if recording:
                self.log.note(self.world, self.period)
            self.period = stop

    def record(self) -> Record:
        """Return the record of what was noted."""
        made = recorded(self.log, self.scenario, until=self.period, origin=self.origin)
        text = self.scenario.model_dump_json()
        return append(
            made,
            command="simulate",
            parameters={"scenario": self.scenario.name, "periods": self.period},
            seed=self.seed,
            inputs={f"{self.scenario.name}.yaml": hashlib.sha256(text.encode()).hexdigest()},
        )
