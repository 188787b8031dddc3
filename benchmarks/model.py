"""Speed of the model: firm-steps per second by number of firms, and what threads and recording do to it.

    python benchmarks/model.py [FIRMS ...]

Prints medians of three turns, each with all kinds of run one after the other: the speed of one thread,
and that of two threads, of noting what happens and of making a record of it, each over that of one.
After the table: bytes for each firm, what a process costs that is switched off, and how long it takes
from the import to the first step, with kept machine code and without.
"""

import os
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from statistics import median

from jiqun.model.founding import found
from jiqun.model.period import JOIN, advance, advance_on_threads, run_blocks
from jiqun.model.scenario import bundled
from jiqun.model.scenario_schema import Scenario
from jiqun.model.simulation import Simulation
from jiqun.model.state import BLOCK, LIVING

RUNS = 3


def scaled(firms: int) -> Scenario:
    """Return the native scenario with this many firms and markets in proportion."""
    native = bundled("native_core")
    times = firms / sum(group.firms for group in native.groups)
    groups = tuple(g.model_copy(update={"firms": int(g.firms * times)}) for g in native.groups)
    regions = tuple(r.model_copy(update={"capacity": r.capacity * times}) for r in native.regions)
    industries = tuple(i.model_copy(update={"demand": i.demand * times}) for i in native.industries)
    changed = {"groups": groups, "regions": regions, "industries": industries, "room": 1.5}
    return native.model_copy(update=changed)


WARMED_UP = 2
"""Periods before those that are timed."""


def firm_steps(scenario: Scenario, *, periods: int) -> int:
    """Return how many firms the periods step, added up."""
    world, steps = found(scenario, seed=1), 0
    advance(world, 0, WARMED_UP)
    for period in range(WARMED_UP, WARMED_UP + periods):
        steps += int(world.tally[LIVING])
        advance(world, period, period + 1)
    return steps


def plain(scenario: Scenario, *, periods: int, threads: int) -> float:
    """Return the seconds of a run without recording."""
    world = found(scenario, seed=1)
    advance(world, 0, WARMED_UP)
    start = time.perf_counter()
    if threads == 1:
        advance(world, WARMED_UP, WARMED_UP + periods)
    else:
        advance_on_threads(world, WARMED_UP, WARMED_UP + periods, threads=threads)
    return time.perf_counter() - start


def noted(scenario: Scenario, *, periods: int) -> tuple[float, float]:
    """Return the seconds of the same run with recording, and those of putting the record together."""
    run = Simulation.begin(scenario, seed=1)
    run.run(WARMED_UP)
    start = time.perf_counter()
    run.run(WARMED_UP + periods)
    middle = time.perf_counter()
    run.record()
    return middle - start, time.perf_counter() - middle


def measured(scenario: Scenario, *, periods: int) -> tuple[float, float, float, float]:
    """Return firm-steps per second, and what threads and recording make of it, paired in one turn."""
    turns, steps = [], firm_steps(scenario, periods=periods)
    for _ in range(RUNS):
        one = plain(scenario, periods=periods, threads=1)
        two = plain(scenario, periods=periods, threads=2)
        looked, told = noted(scenario, periods=periods)
        turns.append((steps / one, one / two, one / looked, one / (looked + told)))
    speed, threads, noting, recording = (median(turn[n] for turn in turns) for n in range(4))
    return speed, threads, noting, recording


def switched_off() -> float:
    """Return the share of a step that the stage of a process takes which is switched off."""
    quiet = scaled(10_000)
    quiet = quiet.model_copy(update={"switches": quiet.switches._replace(platforms=0)})
    world = found(quiet, seed=1)
    advance(world, 0, 3)
    blocks = -(-int(world.tally[0]) // BLOCK)
    stage: list[float] = []
    whole: list[float] = []
    for period in range(3, 43):
        times = [time.process_time()]
        run_blocks(world, period, JOIN, JOIN, 0, 0)  # what the call from outside costs is in no run
        times.append(time.process_time())
        run_blocks(world, period, JOIN, JOIN, 0, blocks)
        times.append(time.process_time())
        advance(world, period, period + 1)
        times.append(time.process_time())
        called, switched, step = (after - before for before, after in pairwise(times))
        stage.append(switched - called)
        whole.append(step - called)
    return median(stage) / median(whole)


def first_step(*, kept: bool) -> float:
    """Return the processor's seconds from the import to the first step, in a new process."""
    program = (
        "import time; from jiqun.model.founding import found; "
        "from jiqun.model.period import advance; from jiqun.model.scenario import bundled; "
        "advance(found(bundled('traditional'), seed=1), 0, 1); print(time.process_time())"
    )
    with tempfile.TemporaryDirectory() as folder:
        where = {} if kept else {"NUMBA_CACHE_DIR": folder}
        run = subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | where,
            capture_output=True,
            text=True,
            check=True,
        )
    return float(run.stdout)


def main() -> None:
    """Print the table."""
    sizes = [int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000]
    print(f"{'firms':>9} {'firm-steps/s':>13} {'2 threads':>10} {'noted':>6} {'with record':>12}")
    for size in sizes:
        periods = max(4, min(60, 400_000 // size))
        speed, threads, noting, recording = measured(scaled(size), periods=periods)
        print(f"{size:9d} {speed:13,.0f} {threads:10.2f} {noting:6.2f} {recording:12.2f}")
    world = found(scaled(1_000), seed=1)
    tables = (world.firms, world.relations, world.alliances, world.lists)
    print(f"{sum(table.dtype.itemsize for table in tables)} bytes per firm in arrays")
    print(f"platforms switched off cost {switched_off():.2%} of a step")
    for kept in (True, False):
        print(f"import to first step, {'warm' if kept else 'cold'}: {first_step(kept=kept):.2f} s")


if __name__ == "__main__":
    main()
