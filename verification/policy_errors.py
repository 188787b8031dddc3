"""How often "A beats B" is said where nothing differs, and how often what is better is found.

The noise is that of the model: the same policy (none) under two disjoint sets of seeds, so that no
difference is true, resampled into comparisons of DRAWS worlds with SEEDS seeds each. Then one of the two is
made better by a planted share of sales.

    python verification/policy_errors.py [worlds] [seeds] [folder]

Prints the rate of false calls (wanted 0.05 ± 0.015), how often the planted policy is called better, and
how often it is the one with the least greatest regret (wanted ≥ 0.95 where it dominates).
"""

import sys
from tempfile import mkdtemp

import numpy as np

from jiqun.experiments.ensemble import run_ensemble
from jiqun.experiments.executors import open_executor
from jiqun.experiments.experiment import Experiment
from jiqun.experiments.judging import levels
from jiqun.experiments.store import RunStore
from jiqun.experiments.uncertainty import latin_hypercube, load_uncertainty
from jiqun.model.scenario import bundled
from jiqun.numerics.paired_effects import clustered_interval, regret

REPEATS = 2000
DRAWS, SEEDS = 12, 2
PLANTED = (0.01, 0.02, 0.05, 0.1)


def sales(worlds: int, seeds: int, folder: str) -> np.ndarray:
    """Return mean sales of each world and seed, shape (worlds, seeds)."""
    scenario = bundled("native_core").model_copy(update={"periods": 60})
    draws = latin_hypercube(load_uncertainty("broad", scenario), worlds, seed=5)
    experiment = Experiment(scenarios={"native": scenario}, draws=draws, seeds=tuple(range(seeds)))
    with open_executor(workers=2) as processes:
        found = run_ensemble(experiment, RunStore(folder), processes, workers=2)
    return levels(found.wide(), "sales", first_year=2)["none"]


def main() -> None:
    """Run, resample, and print the rates."""
    worlds, seeds = (int(a) for a in sys.argv[1:3] or ("60", "12"))
    folder = sys.argv[3] if len(sys.argv) > 3 else mkdtemp() + "/store"
    values = sales(worlds, seeds, folder)
    rng = np.random.default_rng(1)
    false = 0
    found = dict.fromkeys(PLANTED, 0)
    robust = dict.fromkeys(PLANTED, 0)
    for _ in range(REPEATS):
        rows = rng.choice(worlds, DRAWS, replace=False)
        order = np.array([rng.permutation(seeds)[: 2 * SEEDS] for _ in rows])
        one = values[rows[:, None], order[:, :SEEDS]]
        other = values[rows[:, None], order[:, SEEDS:]]
        _, low, high = clustered_interval(one - other)
        false += low > 0.0 or high < 0.0
        for planted in PLANTED:
            better = one * (1.0 + planted)
            found[planted] += clustered_interval(better - other)[1] > 0.0
            lost = regret(np.array([better.mean(axis=1), other.mean(axis=1)])).max(axis=1)
            robust[planted] += lost[0] < lost[1]
    print(
        f"{worlds} worlds x {seeds} seeds; {REPEATS} comparisons of {DRAWS} x {SEEDS}, own luck each"
    )
    print(f"called although nothing differs: {false / REPEATS:.3f}")
    for planted in PLANTED:
        print(
            f"planted +{planted:.0%}: called better {found[planted] / REPEATS:.3f}, "
            f"least greatest regret {robust[planted] / REPEATS:.3f}"
        )


if __name__ == "__main__":
    main()
