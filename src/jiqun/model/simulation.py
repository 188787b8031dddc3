"""Simulate 仿真: run a scenario and return what a real cluster would have left, a record."""

import hashlib
from dataclasses import dataclass

from jiqun.model.event_log import NEXT, Noted, empty_log, used
from jiqun.model.events import happen, next_stop
from jiqun.model.founding import found
from jiqun.model.invariants import before, verify
from jiqun.model.noting import advance_noted, has_room, note, with_room
from jiqun.model.period import advance, advance_on_threads
from jiqun.model.recording import recorded
from jiqun.model.scenario_schema import Scenario
from jiqun.model.start.real_start import Origin, RealStart
from jiqun.model.state import LIVING
from jiqun.model.world import World
from jiqun.record.provenance import append
from jiqun.record.record import Record

FIRMS_FOR_THREADS = 20_000
"""Firms below which handing work to threads takes longer than it saves."""


@dataclass
class Simulation:
    """A run: its world, how far it is, and what was noted so far.

    Attributes
    ----------
    scenario, seed
        What is run.
    world
        The state; changed in place.
    log
        What happened; empty where nothing is recorded.
    period
        Periods run so far.
    origin
        Who the firms at the start are, where they are from a record.
    """

    scenario: Scenario
    seed: int
    world: World
    log: Noted
    period: int = 0
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
        world = found(scenario, seed=seed, start=start)
        log = empty_log(world.firms.size if recording else 0)
        if recording:
            log = with_room(world, log)
            note(world, log, -1)
        origin = None if start is None else start.origin
        return cls(scenario, seed, world, log, origin=origin)

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
            Threads to use where there are firms enough that they save time; the result is the same
            for any number.
        check
            Whether to look at every invariant after each period; slow, for tests and defects.

        Raises
        ------
        BrokenInvariantError
            Where ``check`` finds one that does not hold.
        ValueError
            Where it is to be noted what happens, and its beginning was not.
        """
        until = min(until, self.scenario.periods)
        if recording and self.log.tally[NEXT] != self.period:
            msg = f"nothing was noted before period {self.period}: record a run from its beginning"
            raise ValueError(msg)
        while self.period < until:
            happen(self.world, self.scenario, self.period)
            stop = next_stop(self.scenario, self.period, self.period + 1 if check else until)
            was = before(self.world) if check else None
            used_threads = threads if self.world.tally[LIVING] >= FIRMS_FOR_THREADS else 1
            if recording:
                self._advance_noted(stop, used_threads)
            elif used_threads == 1:
                advance(self.world, self.period, stop)
            else:
                advance_on_threads(self.world, self.period, stop, threads=used_threads)
            if was is not None:
                verify(self.world, was, self.period)
            self.period = stop

    def _advance_noted(self, stop: int, threads: int) -> None:
        """Run up to a period before which nothing happens from outside, and note each."""
        period = self.period
        while period < stop:
            if threads > 1 and has_room(self.world, self.log):
                advance_on_threads(self.world, period, period + 1, threads=threads)
                note(self.world, self.log, period)
                period += 1
            elif threads == 1:
                period = advance_noted(self.world, self.log, period, stop)
            if period < stop and not has_room(self.world, self.log):
                self.log = with_room(self.world, self.log)

    def record(self) -> Record:
        """Return the record of what was noted."""
        made = recorded(used(self.log), self.scenario, until=self.period, origin=self.origin)
        text = self.scenario.model_dump_json()
        return append(
            made,
            command="simulate",
            parameters={"scenario": self.scenario.name, "periods": self.period},
            seed=self.seed,
            inputs={f"{self.scenario.name}.yaml": hashlib.sha256(text.encode()).hexdigest()},
        )
