"""How often "A beats B" is said where nothing differs, and how often what is better is found.

The noise is that of the model, resampled into comparisons of DRAWS worlds with SEEDS seeds each, in three ways:

- luck of its own: the same policy (none) under two disjoint sets of seeds, so that no difference is true;
- shared luck, as users meet it: no policy and one that hardly does anything (a hundredth of the usual
  budget), with the same seeds;
- shared luck, and a policy that does much: four levers at the usual budget.

What the second policy does on average is taken off again, so that there too no difference is true; how it
differs between worlds stays. Then one of the two is made better by a planted share of sales.

    python verification/policy_errors.py [worlds] [seeds] [folder]

Prints the rate of false calls (wanted 0.05 ± 0.015), how often the planted policy is called better, and
how often it is the one with the least greatest regret (wanted ≥ 0.95 where it dominates).
"""

import sys
from collections.abc import Iterator
from tempfile import mkdtemp

import numpy as np

from jiqun.experiments.ensemble import run_ensemble
from jiqun.experiments.executors import open_executor
from jiqun.experiments.experiment import Experiment
from jiqun.experiments.judging import levels
from jiqun.experiments.policy import NO_POLICY, PolicyPlan
from jiqun.experiments.policy_file import load_policies
from jiqun.experiments.store import RunStore
from jiqun.experiments.uncertainty import latin_hypercube, load_uncertainty
from jiqun.model.scenario import bundled
from jiqun.numerics.paired_effects import clustered_interval, regret

REPEATS = 2000
DRAWS, SEEDS = 12, 2
PLANTED = (0.01, 0.02, 0.05, 0.1)
BUDGET, HUNDREDTH = 3.0, 0.03
MIX = {
    f"{lever}.share": 0.25
    for lever in ("infrastructure", "core_cultivation", "templates", "scenario_opening")
}
PERIODS = 60
Pair = tuple[np.ndarray, np.ndarray]


def policies() -> Iterator[PolicyPlan]:
    """Yield no policy, one that hardly does anything, and one that does much."""
    yield NO_POLICY
    for name, budget in (("hundredth", HUNDREDTH), ("usual", BUDGET)):
        plan = {"name": name, "title": {"en": name, "zh": name}, "settings": MIX}
        yield from load_policies(
            {"budget": budget, "start": 8, "policies": [plan]}, periods=PERIODS
        )


def sales(worlds: int, seeds: int, folder: str) -> dict[str, np.ndarray]:
    """Return policy → mean sales of each world and seed, shape (worlds, seeds)."""
    scenario = bundled("native_core").model_copy(update={"periods": PERIODS})
    draws = latin_hypercube(load_uncertainty("broad", scenario), worlds, seed=5)
    experiment = Experiment(
        scenarios={"native": scenario},
        draws=draws,
        policies=tuple(policies()),
        seeds=tuple(range(seeds)),
    )
    with open_executor(workers=2) as processes:
        found = run_ensemble(experiment, RunStore(folder), processes, workers=2)
    return levels(found.wide(), "sales", first_year=2)


def comparisons(values: dict[str, np.ndarray], other: str | None) -> Iterator[Pair]:
    """Yield two policies' sales without a true difference, shape (DRAWS, SEEDS) each.

    ``other`` shares its luck with no policy; with None there is no policy twice, with luck of its own.
    """
    rng = np.random.default_rng(1)
    none = values["none"]
    worlds, seeds = none.shape
    second = None if other is None else values[other] - (values[other] - none).mean()
    for _ in range(REPEATS):
        rows = rng.choice(worlds, DRAWS, replace=False)[:, None]
        order = np.array([rng.permutation(seeds)[: 2 * SEEDS] for _ in rows])
        first, last = order[:, :SEEDS], order[:, SEEDS:]
        if second is None:
            yield none[rows, first], none[rows, last]
        else:
            yield second[rows, first], none[rows, first]


def judge(pairs: Iterator[Pair]) -> None:
    """Print how often a difference is called where none is, and found where one is planted."""
    false, spread = 0, []
    found = dict.fromkeys(PLANTED, 0)
    robust = dict.fromkeys(PLANTED, 0)
    for one, other in pairs:
        _, low, high = clustered_interval(one - other)
        false += low > 0.0 or high < 0.0
        spread.append(float((one - other).std() / other.mean()))
        for planted in PLANTED:
            better = one * (1.0 + planted)
            found[planted] += clustered_interval(better - other)[1] > 0.0
            lost = regret(np.array([better.mean(axis=1), other.mean(axis=1)])).max(axis=1)
            robust[planted] += lost[0] < lost[1]
    print(f"  spread of the difference between runs: {np.mean(spread):.1%} of sales")
    print(f"  called although nothing differs: {false / REPEATS:.3f}")
    for planted in PLANTED:
        print(
            f"  planted +{planted:.0%}: called better {found[planted] / REPEATS:.3f}, "
            f"least greatest regret {robust[planted] / REPEATS:.3f}"
        )


def main() -> None:
    """Run, resample, and print the rates."""
    worlds, seeds = (int(a) for a in sys.argv[1:3] or ("60", "12"))
    folder = sys.argv[3] if len(sys.argv) > 3 else mkdtemp() + "/store"
    values = sales(worlds, seeds, folder)
    print(f"{worlds} worlds x {seeds} seeds; {REPEATS} comparisons of {DRAWS} x {SEEDS}")
    for title, other in (
        ("luck of its own", None),
        ("shared luck, a hundredth of the budget", "hundredth"),
        ("shared luck, the usual budget", "usual"),
    ):
        print(title)
        judge(comparisons(values, other))


if __name__ == "__main__":
    main()
