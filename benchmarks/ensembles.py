"""What an ensemble costs beside the bare engine: overhead, bytes on disk, and both cores' use.

    python benchmarks/ensembles.py [runs] [firms] [periods]

The bare engine is timed on both cores at once: as many processes as the ensemble has workers, each with
its share of a tenth of the same runs, without census or store. Then one process times the census. The
ensemble starts its workers anew, which counts.
"""

import subprocess
import sys
import time
from pathlib import Path
from tempfile import mkdtemp

from jiqun.experiments.ensemble import run_ensemble
from jiqun.experiments.executors import open_executor
from jiqun.experiments.experiment import Experiment
from jiqun.experiments.run import Run, perform
from jiqun.experiments.store import RunStore
from jiqun.model.scenario import bundled
from jiqun.model.scenario_schema import Scenario
from jiqun.model.simulation import Simulation

WORKERS = 2
ALONE = "--bare"


def of_size(firms: int, periods: int) -> Scenario:
    """Return a bundled scenario with so many firms."""
    scenario = bundled("native_core")
    times = firms / sum(group.firms for group in scenario.groups)
    groups = tuple(g.model_copy(update={"firms": round(g.firms * times)}) for g in scenario.groups)
    markets = tuple(i.model_copy(update={"demand": i.demand * times}) for i in scenario.industries)
    changes = {"groups": groups, "industries": markets, "periods": periods}
    return scenario.model_copy(update=changes)


def bare(scenario: Scenario, seeds: range) -> float:
    """Run without census or store; return the seconds of a run."""
    for seed in (seeds[0], *seeds):
        if seed == seeds[0]:  # the first one compiles, or loads what was compiled, and counts once
            begun = time.perf_counter()
        simulation = Simulation.begin(scenario, seed=seed)
        simulation.run(scenario.periods, recording=False)
    return (time.perf_counter() - begun) / len(seeds)


def bare_at_once(sample: int, firms: int, periods: int) -> float:
    """Return the seconds of a bare run while every core runs the engine."""
    given = [str(n) for n in (sample // WORKERS, firms, periods)]
    command = [sys.executable, __file__, ALONE, *given]
    programs = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(WORKERS)
    ]
    return sum(float(program.communicate()[0]) for program in programs) / WORKERS


def main() -> None:
    """Time both and print."""
    if ALONE in sys.argv:
        count, firms, periods = (int(a) for a in sys.argv[2:])
        print(bare(of_size(firms, periods), range(count)))
        return
    given = [int(a) for a in sys.argv[1:]]
    runs, firms, periods = (*given, *(2000, 1000, 100)[len(given) :])
    scenario, sample = of_size(firms, periods), max(runs // 10, 2 * WORKERS)
    engine = bare_at_once(sample, firms, periods)
    perform(Run(scenario, 0))
    begun = time.process_time()
    for seed in range(sample // WORKERS):
        perform(Run(scenario, seed))
    counted = (time.process_time() - begun) / (sample // WORKERS)
    folder = Path(mkdtemp()) / "store"
    with open_executor(workers=WORKERS) as processes:
        begun = time.perf_counter()
        experiment = Experiment(scenarios={"bench": scenario}, seeds=tuple(range(runs)))
        run_ensemble(experiment, RunStore(folder), processes, workers=WORKERS)
        wall = time.perf_counter() - begun
    size = (folder / "runs.parquet").stat().st_size / runs
    print(f"{runs} runs of {firms} firms x {periods} periods, {WORKERS} workers")
    print(f"bare engine {engine * 1e3:.1f} ms a run with {WORKERS} at once")
    print(f"with census {counted * 1e3:.1f} ms of CPU, one process alone")
    print(f"ensemble {wall / runs * 1e3:.2f} ms a run of wall time, {wall:.1f} s in all")
    print(f"of {WORKERS} cores' bare speed: {engine / WORKERS / (wall / runs):.0%}")
    print(f"store: {size:.0f} bytes a run")


if __name__ == "__main__":
    main()
