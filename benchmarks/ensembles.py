"""What an ensemble costs beside the bare engine: overhead, bytes on disk, and both cores' use.

    python benchmarks/ensembles.py [runs] [firms] [periods]

All is CPU time, so that the ratio holds on a busy machine too: the bare engine before and after the
ensemble, in turns with the same run and its census; ensembles of two sizes, which tell what a run takes
apart from what starting the workers takes.
"""

import resource
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


def bare(scenario: Scenario, seed: int) -> None:
    """Run without census or store."""
    simulation = Simulation.begin(scenario, seed=seed, recording=False)
    simulation.run(scenario.periods, recording=False)


def turns(scenario: Scenario, count: int) -> tuple[float, float]:
    """Return the seconds of CPU of a bare run and of one with census, taken in turns."""
    spent = [0.0, 0.0]
    for seed in range(-1, count):
        for which, work in enumerate((bare, lambda s, n: perform(Run(s, n)))):
            begun = time.process_time()
            work(scenario, max(seed, 0))
            if seed >= 0:  # the first turn loads what was compiled
                spent[which] += time.process_time() - begun
    return spent[0] / count, spent[1] / count


def cpu() -> float:
    """Return the seconds of CPU of this process and of its children that have ended."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def ensemble(scenario: Scenario, runs: int) -> tuple[float, float, float]:
    """Return the seconds of CPU and of wall of an ensemble, and the bytes of its store."""
    folder = Path(mkdtemp()) / "store"
    used, begun = cpu(), time.perf_counter()
    with open_executor(workers=WORKERS) as processes:
        experiment = Experiment(scenarios={"bench": scenario}, seeds=range(runs))
        run_ensemble(experiment, RunStore(folder), processes, workers=WORKERS)
    size = (folder / "runs.parquet").stat().st_size
    return cpu() - used, time.perf_counter() - begun, size


def main() -> None:
    """Time all and print."""
    given = [int(a) for a in sys.argv[1:]]
    runs, firms, periods = (*given, *(2000, 1000, 100)[len(given) :])
    scenario = of_size(firms, periods)
    few = max(runs // 5, 2 * WORKERS)
    engine, counted = turns(scenario, max(runs // 20, 5))
    short = ensemble(scenario, few)[0]
    whole, wall, size = ensemble(scenario, runs)
    again, _ = turns(scenario, max(runs // 20, 5))
    engine = (engine + again) / 2
    each = (whole - short) / (runs - few)
    start = whole - each * runs
    print(f"{runs} runs of {firms} firms x {periods} periods, {WORKERS} workers; CPU time")
    print(f"bare engine {engine * 1e3:.2f} ms a run, with census {counted * 1e3:.2f} ms")
    print(f"ensemble {each * 1e3:.2f} ms a run, and {start:.1f} s to start the workers")
    print(
        f"of the bare engine's speed: {engine / each:.1%} a run, {engine * runs / whole:.1%} in all"
    )
    print(f"wall {wall:.1f} s; both cores at work for {whole / WORKERS / wall:.0%} of it")
    print(f"store: {size / runs:.0f} bytes a run")


if __name__ == "__main__":
    main()
