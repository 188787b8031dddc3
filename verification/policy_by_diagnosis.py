"""P3 on trial: does matched policy beat mismatched, and how good must a diagnosis be?

The paper's two policies run in both bundled scenarios at one budget, in the same drawn worlds with the
same luck. What a policy by diagnosed type reaches at an accuracy a is the mean of right and wrong:

    told(a) = a · matched + (1 − a) · mismatched

from chance (a = 1/2) to certainty (a = 1); it is held against the same policy told by a coin, where it is
nothing at chance by construction, and against the uniform policy, where it need not be. K1c is then
switched off (all firms share one logic), in the same drawn worlds, where the advantage should vanish.

    python verification/policy_by_diagnosis.py [draws] [seeds] [folder]

Paper: P3 (differentiated policy), K1c (logic of the core)
"""

import sys
from tempfile import mkdtemp

import numpy as np

from jiqun.experiments.ensemble import run_ensemble
from jiqun.experiments.executors import open_executor
from jiqun.experiments.experiment import Experiment
from jiqun.experiments.judging import levels, relative
from jiqun.experiments.policy_file import load_policies
from jiqun.experiments.store import RunStore
from jiqun.experiments.structures import STRUCTURES
from jiqun.experiments.uncertainty import latin_hypercube, load_uncertainty
from jiqun.model.scenario import bundled
from jiqun.numerics.paired_effects import clustered_interval

OWN = {"incumbent_core": "for_incumbents", "native_core": "for_natives"}
OUTCOMES = ("sales", "small_sales", "digital_share", "small_digital", "outside_sales")
ACCURACIES = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


def gains(draws: int, seeds: int, folder: str, *, one_logic: bool) -> dict[str, dict[str, dict]]:
    """Return scenario → outcome → policy → effects in per cent, shape (draws, seeds)."""
    found: dict[str, dict[str, dict]] = {}
    change = next(s for s in STRUCTURES if s.name == "one_logic").changes
    for name in OWN:
        scenario = bundled(name)
        plans = [p for p in load_policies("paper", periods=scenario.periods) if p.response is None]
        drawn = latin_hypercube(load_uncertainty("broad", scenario), draws, seed=3)
        extra = change(scenario) if one_logic else {}
        experiment = Experiment(
            scenarios={name: scenario},
            draws=tuple({**d, **extra} for d in drawn),
            policies=tuple(plans),
            seeds=tuple(range(seeds)),
        )
        with open_executor(workers=2) as processes:
            wide = run_ensemble(experiment, RunStore(folder), processes, workers=2).wide()
        found[name] = {o: relative(levels(wide, o, first_year=2), "none") for o in OUTCOMES}
    return found


def _words(values: np.ndarray) -> str:
    """Return mean and interval of effects, shape (draws, seeds)."""
    mean, low, high = clustered_interval(values)
    return f"{mean:+.2f} [{low:+.2f}, {high:+.2f}]"


def report(found: dict[str, dict[str, dict]]) -> None:
    """Print effects, and the edge by accuracy."""
    for outcome in OUTCOMES:
        for name in OWN:
            cells = []
            for policy, effects in found[name][outcome].items():
                cells.append(f"{policy} {_words(effects)}")
            print(f"  {outcome} {name}: " + "; ".join(cells[1:]))
        matched = np.mean([found[n][outcome][OWN[n]] for n in OWN], axis=0)
        crossed = np.mean(
            [found[n][outcome][p] for n, p in zip(OWN, [*OWN.values()][::-1], strict=True)], axis=0
        )
        uniform = np.mean([found[n][outcome]["uniform"] for n in OWN], axis=0)
        told = {a: a * matched + (1.0 - a) * crossed for a in ACCURACIES}
        print(f"  {outcome}: matched less mismatched {_words(matched - crossed)}")
        for against, other in (("a coin", told[ACCURACIES[0]]), ("uniform", uniform)):
            line = (f"{a:.0%} {_words(values - other)}" for a, values in told.items())
            print(f"  {outcome}: over {against} by accuracy: " + "; ".join(line))


def main() -> None:
    """Run both worlds and print."""
    draws, seeds = (int(a) for a in sys.argv[1:3] or ("30", "4"))
    folder = sys.argv[3] if len(sys.argv) > 3 else mkdtemp() + "/store"
    print(f"{draws} draws x {seeds} seeds, effects in per cent of no policy, 95 % intervals")
    print("the model as it is")
    report(gains(draws, seeds, folder, one_logic=False))
    print("all firms share one logic (K1c false)")
    report(gains(draws, seeds, folder, one_logic=True))


if __name__ == "__main__":
    main()
