"""Speed of the model: firm-steps per second by number of firms, recording off and on.

    python benchmarks/model.py [FIRMS ...]

Prints the median of three runs after one that compiles; the machine's other load is in the numbers.
After the table: bytes for each firm, what a process costs that is switched off, and how long it takes
from the import to the first step, with kept machine code and without.
"""

import os
import subprocess
import sys
import tempfile
import time
from statistics import median

from jiqun.model.founding import found
from jiqun.model.period import JOIN, advance, advance_on_threads, run_blocks
from jiqun.model.scenario import bundled
from jiqun.model.scenario_schema import Scenario
from jiqun.model.simulation import Simulation
from jiqun.model.state import BLOCK

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


def throughput(scenario: Scenario, *, periods: int, threads: int) -> float:
    """Return firm-steps per second without recording."""
    world = found(scenario, seed=1)
    advance(world, 0, 2)
    firm_steps, start = 0, time.perf_counter()
    for period in range(2, 2 + periods):
        firm_steps += int(world.tally[0])
        if threads == 1:
            advance(world, period, period + 1)
        else:
            advance_on_threads(world, period, period + 1, threads=threads)
    return firm_steps / (time.perf_counter() - start)


def recorded_throughput(scenario: Scenario, *, periods: int) -> float:
    """Return firm-steps per second with recording."""
    run = Simulation.begin(scenario, seed=1)
    firm_steps, start = 0, time.perf_counter()
    for period in range(1, 1 + periods):
        firm_steps += int(run.world.tally[0])
        run.run(period)
    return firm_steps / (time.perf_counter() - start)


def switched_off() -> float:
    """Return the share of a step that the stage of a process takes which is switched off."""
    quiet = scaled(10_000)
    quiet = quiet.model_copy(update={"switches": quiet.switches._replace(platforms=0)})
    world = found(quiet, seed=1)
    advance(world, 0, 3)
    blocks = -(-int(world.tally[0]) // BLOCK)
    stage: list[float] = []
    whole: list[float] = []
    for period in range(3, 23):
        start = time.process_time()
        run_blocks(world, period, JOIN, 0, blocks)
        middle = time.process_time()
        advance(world, period, period + 1)
        stage.append(middle - start)
        whole.append(time.process_time() - middle)
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
    print(f"{'firms':>9} {'1 thread':>12} {'2 threads':>12} {'recording':>12}  firm-steps/s")
    for size in sizes:
        scenario = scaled(size)
        periods = max(4, min(60, 400_000 // size))
        one, two = (
            median(throughput(scenario, periods=periods, threads=n) for _ in range(RUNS))
            for n in (1, 2)
        )
        noted = recorded_throughput(scenario, periods=min(periods, 8))
        print(f"{size:9d} {one:12,.0f} {two:12,.0f} {noted:12,.0f}")
    world = found(scaled(1_000), seed=1)
    tables = (world.firms, world.relations, world.alliances, world.lists)
    print(f"{sum(table.dtype.itemsize for table in tables)} bytes per firm in arrays")
    print(f"platforms switched off cost {switched_off():.2%} of a step")
    for kept in (True, False):
        print(f"import to first step, {'warm' if kept else 'cold'}: {first_step(kept=kept):.2f} s")


if __name__ == "__main__":
    main()
