"""What an ensemble costs beside the bare engine: overhead, bytes on disk, and both cores' use.

    python benchmarks/ensembles.py [runs] [firms] [periods]

The bare engine runs one tenth of the same runs in one process, without census or store; both are timed
in one go, after a first run of each, so that the ratio holds on a busy machine as well.
"""

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


def of_size(firms: int, periods: int) -> Scenario:
    """Return a bundled scenario with so many firms."""
    scenario = bundled("native_core")
    times = firms / sum(group.firms for group in scenario.groups)
    groups = tuple(g.model_copy(update={"firms": round(g.firms * times)}) for g in scenario.groups)
    markets = tuple(i.model_copy(update={"demand": i.demand * times}) for i in scenario.industries)
    changes = {"groups": groups, "industries": markets, "periods": periods}
    return scenario.model_copy(update=changes)


def main() -> None:
    """Time both and print."""
    given = [int(a) for a in sys.argv[1:]]
    runs, firms, periods = (*given, *(2000, 1000, 100)[len(given) :])
    scenario = of_size(firms, periods)

    def bare(seed: int) -> None:
        simulation = Simulation.begin(scenario, seed=seed)
        simulation.run(periods, recording=False)

    bare(0)
    perform(Run(scenario, 0))
    sample = max(runs // 10, 1)
    begun = time.process_time()
    for seed in range(sample):
        bare(seed)
    engine = (time.process_time() - begun) / sample
    begun = time.process_time()
    for seed in range(sample):
        perform(Run(scenario, seed))
    counted = (time.process_time() - begun) / sample
    folder = Path(mkdtemp()) / "store"
    with open_executor(workers=WORKERS) as processes:
        begun = time.perf_counter()
        experiment = Experiment(scenarios={"bench": scenario}, seeds=tuple(range(runs)))
        run_ensemble(experiment, RunStore(folder), processes, workers=WORKERS)
        wall = time.perf_counter() - begun
    size = (folder / "runs.parquet").stat().st_size / runs
    print(f"{runs} runs of {firms} firms x {periods} periods, {WORKERS} workers")
    print(f"bare engine {engine * 1e3:.1f} ms a run, with census {counted * 1e3:.1f} ms")
    print(f"ensemble {wall / runs * 1e3:.2f} ms a run of wall time, {wall:.1f} s in all")
    print(f"of {WORKERS} cores' bare speed: {engine / WORKERS / (wall / runs):.0%}")
    print(f"store: {size:.0f} bytes a run")


if __name__ == "__main__":
    main()
