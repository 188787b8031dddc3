"""P3 with the diagnosis as it is: what a policy by diagnosed type is told at its reviews, and what it is worth.

``policy_by_diagnosis.py`` assumes how often a diagnosis is right. Here the program diagnoses: the paper's policy
by type runs in both bundled scenarios, in the same drawn worlds, and at each review the record that the run has
left so far is diagnosed. It is held against the same policy told by a coin, told rightly, and the uniform one.

    python verification/policy_as_diagnosed.py [draws] [seeds] [folder]

Prints what the clusters were called at each review (by the likeliest type, which the policy goes by, and by the
verdict, which may abstain), and the effects in per cent of no policy with 95 % intervals over worlds.

Paper: P3 (differentiated policy by diagnosed type)
"""

import sys
from collections import Counter
from collections.abc import Iterator
from tempfile import mkdtemp

import numpy as np

from jiqun.experiments.compare import with_controls
from jiqun.experiments.diagnosed import measured_for_type, type_of
from jiqun.experiments.dotted import changed
from jiqun.experiments.ensemble import run_ensemble
from jiqun.experiments.executors import open_executor
from jiqun.experiments.experiment import Draw, Experiment
from jiqun.experiments.judging import levels, relative
from jiqun.experiments.policy import PolicyPlan
from jiqun.experiments.policy_file import load_policies
from jiqun.experiments.response import Response, decide, true_type
from jiqun.experiments.store import RunStore
from jiqun.experiments.uncertainty import latin_hypercube, load_uncertainty
from jiqun.model.scenario import bundled
from jiqun.model.scenario_schema import Scenario
from jiqun.model.simulation import Simulation
from jiqun.numerics.paired_effects import clustered_interval

SCENARIOS = ("incumbent_core", "native_core")
OUTCOMES = ("sales", "small_sales", "digital_share", "small_digital", "outside_sales")
AGAINST = ("matched~chance", "matched~truth", "uniform")


def plans(scenario: Scenario) -> list[PolicyPlan]:
    """Return no policy, the uniform one, the one by type, and its controls."""
    paper = {plan.name: plan for plan in load_policies("paper", periods=scenario.periods)}
    return with_controls([paper[name] for name in ("none", "uniform", "matched")])


def calls(scenario: Scenario, response: Response, seed: int) -> Iterator[tuple[int, str, str]]:
    """Yield what a cluster is called at each review under the policy: period, likeliest, verdict."""
    run = Simulation.begin(scenario, seed=seed, recording=True)
    for review in response.reviews:
        run.run(review, recording=True)
        record = run.record()
        found = type_of(record, measured_for_type(record, seed=seed))
        yield review, found.likeliest, found.verdict
        decide(run, response, review, found.likeliest)


def print_calls(name: str, draws: tuple[Draw, ...]) -> None:
    """Print how often each type was called, rightly and wrongly."""
    scenario = bundled(name)
    response = plans(scenario)[2].response
    if response is None:
        raise ValueError(name)
    seen: Counter[tuple[int, str, str]] = Counter()
    for seed, draw in enumerate(draws):
        seen.update(calls(changed(scenario, draw), response, seed))
    truth = true_type(scenario)
    print(f"{name}, truly {truth}; {len(draws)} worlds")
    for review in response.reviews:
        own = {key[1:]: n for key, n in seen.items() if key[0] == review}
        right = sum(n for (likeliest, _), n in own.items() if likeliest == truth)
        sure = sum(n for (_, verdict), n in own.items() if verdict == truth)
        print(f"  quarter {review}: likeliest right {right}, verdict right {sure} of {len(draws)}")
        for (likeliest, verdict), n in sorted(own.items(), key=lambda item: -item[1]):
            print(f"    {n}: likeliest {likeliest}, verdict {verdict}")


def gains(name: str, draws: tuple[Draw, ...], seeds: int, folder: str) -> dict[str, dict]:
    """Return outcome → policy → effects in per cent, shape (draws, seeds)."""
    scenario = bundled(name)
    experiment = Experiment(
        scenarios={name: scenario},
        draws=draws,
        policies=tuple(plans(scenario)),
        seeds=tuple(range(seeds)),
    )
    with open_executor(workers=2) as processes:
        wide = run_ensemble(experiment, RunStore(folder), processes, workers=2).wide()
    return {o: relative(levels(wide, o, first_year=2), "none") for o in OUTCOMES}


def words(values: np.ndarray) -> str:
    """Return mean and interval of effects, shape (draws, seeds)."""
    mean, low, high = clustered_interval(values)
    return f"{mean:+.2f} [{low:+.2f}, {high:+.2f}]"


def main() -> None:
    """Call, run both worlds, and print."""
    draws, seeds = (int(a) for a in sys.argv[1:3] or ("60", "2"))
    folder = sys.argv[3] if len(sys.argv) > 3 else mkdtemp() + "/store"
    drawn = {
        name: latin_hypercube(load_uncertainty("broad", bundled(name)), draws, seed=3)
        for name in SCENARIOS
    }
    for name in SCENARIOS:
        print_calls(name, drawn[name])
    print(f"{draws} draws x {seeds} seeds, effects in per cent of no policy, 95 % intervals")
    found = {name: gains(name, drawn[name], seeds, folder) for name in SCENARIOS}
    for outcome in OUTCOMES:
        for name in SCENARIOS:
            cells = (f"{policy} {words(v)}" for policy, v in found[name][outcome].items())
            print(f"  {outcome} {name}: " + "; ".join(list(cells)[1:]))
        both = {
            policy: np.mean([found[name][outcome][policy] for name in SCENARIOS], axis=0)
            for policy in ("matched", *AGAINST)
        }
        line = (f"over {other} {words(both['matched'] - both[other])}" for other in AGAINST)
        print(f"  {outcome}, by diagnosis: " + "; ".join(line))


if __name__ == "__main__":
    main()
