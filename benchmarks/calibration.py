"""How long a calibration takes: 8 parameters, runs of 500 firms over ten years, two workers.

    python -m benchmarks.calibration [runs] [of]

Times ``runs`` runs of the prior through ensemble and store, and the fit to the series of a record with as
many runs as are wanted in all (``of``; series that were not run are those that were, jittered, since the
fit's time does not depend on what they are). The sum for all of them is computed from both.
"""

import sys
import time
from pathlib import Path
from tempfile import mkdtemp

import numpy as np

from benchmarks.ensembles import WORKERS, of_size
from jiqun.experiments.executors import open_executor
from jiqun.experiments.fitting import Table, fit, run_table
from jiqun.experiments.observed import observe
from jiqun.experiments.store import RunStore
from jiqun.experiments.uncertainty import load_uncertainty
from jiqun.model.simulate import simulate

FIRMS, YEARS = 500, 10


def enlarged(table: Table, count: int) -> Table:
    """Return a table of so many runs, from those that there are."""
    rng = np.random.default_rng(1)
    rows = rng.integers(len(table.unit), size=count)

    def jittered(values: np.ndarray) -> np.ndarray:
        return values[rows] + rng.normal(0.0, 1e-3, (count, values.shape[1]))

    series = {name: jittered(values) for name, values in table.series.items()}
    unit = np.clip(jittered(table.unit), 0.0, 1.0)
    return Table(table.scenario, table.uncertain, unit, series)


def main() -> None:
    """Time and print."""
    given = [int(a) for a in sys.argv[1:]]
    runs, whole = (*given, *(1000, 20_000)[len(given) :])
    scenario = of_size(FIRMS, 4 * YEARS)
    uncertain = load_uncertainty("broad", scenario)
    observed = observe(simulate(scenario, seed=77))
    with open_executor(workers=WORKERS) as processes:
        begun = time.perf_counter()
        table = run_table(
            scenario,
            uncertain,
            RunStore(Path(mkdtemp()) / "store"),
            processes,
            runs=runs,
            years=observed.years,
            seed=1,
            workers=WORKERS,
        )
        ran = time.perf_counter() - begun
    begun = time.perf_counter()
    fit(enlarged(table, whole) if runs < whole else table, observed, seed=1)
    fitted = time.perf_counter() - begun
    print(f"{len(uncertain)} parameters, {runs} runs of {FIRMS} firms, {observed.years} years")
    print(
        f"{ran:.1f} s of runs ({ran / runs * 1e3:.1f} ms a run), {fitted:.1f} s of fit to {whole}"
    )
    print(f"{whole} runs and their fit: {(ran / runs * whole + fitted) / 60:.1f} minutes")


if __name__ == "__main__":
    main()
