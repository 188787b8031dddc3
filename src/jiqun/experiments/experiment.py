"""Experiment 实验: scenarios × parameter draws × policies × seeds.

The words are those of the EMA workbench (uncertainties, levers, outcomes) and of NetLogo's
BehaviorSpace (an experiment is a design, its table has a row for each run and time).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jiqun.experiments.dotted import Value, changed
from jiqun.experiments.policy import NO_POLICY, PolicyPlan
from jiqun.experiments.run import Run, inputs_of, run_key, years_of
from jiqun.model.scenario_schema import Scenario

Draw = Mapping[str, Value]
"""Dotted path → value."""


@dataclass(frozen=True, slots=True)
class Case:
    """One run with its place in the experiment."""

    scenario: str
    draw: int
    policy: str
    seed: int
    key: str
    run: Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """What is run: every combination of the four.

    Attributes
    ----------
    scenarios
        Name → scenario.
    draws
        Parameters of each draw; the empty draw leaves a scenario as it is.
    policies
        Plans to compare.
    seeds
        Seeds; each is used under every policy, so that policies share their luck.
    paired
        Whether draw k is run with seed k alone, instead of every draw with every seed.
    """

    scenarios: Mapping[str, Scenario]
    draws: tuple[Draw, ...] = ({},)
    policies: tuple[PolicyPlan, ...] = (NO_POLICY,)
    seeds: Sequence[int] = (0,)
    paired: bool = False

    @property
    def size(self) -> int:
        """Number of runs; those that come to the same are done once."""
        per_draw = 1 if self.paired else len(self.seeds)
        return len(self.scenarios) * len(self.draws) * len(self.policies) * per_draw

    @property
    def worlds(self) -> int:
        """Number of runs of one policy, which differ where draws do."""
        return self.size // max(len(self.policies), 1)

    @property
    def rows(self) -> int:
        """Number of years over all runs."""
        per_scenario = sum(years_of(scenario) for scenario in self.scenarios.values())
        return per_scenario * self.size // max(len(self.scenarios), 1)

    def cases(self) -> Iterator[Case]:
        """Yield every run, all policies and seeds of a draw together.

        Raises
        ------
        InputError
            Where a draw names what the scenario does not have, or is out of bounds.
        """
        for name, scenario in self.scenarios.items():
            for number, draw in enumerate(self.draws):
                world = changed(scenario, draw)
                for plan in self.policies:
                    applied = plan.applied_to(world)
                    inputs = inputs_of(applied, plan.response)
                    for seed in (self.seeds[number],) if self.paired else self.seeds:
                        run = Run(applied, seed, plan.response)
                        yield Case(name, number, plan.name, seed, run_key(inputs, seed), run)
