"""Response 动态政策: a policy that looks at the cluster at some dates and then decides.

At each review the cluster is called one of the types, rightly or wrongly, and the mix of levers of
that case runs until the next review. How it is called is part of what is compared: by the diagnosis
of the record that the run has left so far, with the diagnosis's own errors; rightly; or by chance.

Paper: P3 (differentiated, dynamic policy by the diagnosed type).
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Literal

from jiqun.experiments.diagnosed import case_of
from jiqun.model.founding import schedule
from jiqun.model.scenario_schema import Policy, Scenario
from jiqun.model.simulation import Simulation
from jiqun.numerics.random import stream

By = Literal["likeliest", "verdict", "truth", "chance"]
"""By the likeliest diagnosed type, by the verdict of the diagnosis, rightly, or by a throw of dice."""
OTHERWISE = "otherwise"
DICE = "a throw a world"
"""How dice are thrown, part of the address of runs that are told by them."""
DIGITAL = 0.5
"""Logic of the core from which on a cluster is led by digital natives."""


@dataclass(frozen=True, slots=True)
class Response:
    """What is done in which case, and how the case is told.

    Attributes
    ----------
    cases
        Pairs of case and mix; a case is a type, ``type.stage``, or ``otherwise``.
    reviews
        Periods at which the cluster is looked at, in order; the first is when the policy starts.
    by
        How the case is told.
    accuracy
        With ``truth``: the probability of being right; wrong calls are spread over the other types.
    sources
        Hash of what the diagnosis depends on; empty where there is none.
    """

    cases: tuple[tuple[str, tuple[Policy, ...]], ...]
    reviews: tuple[int, ...]
    by: By = "likeliest"
    accuracy: float = 1.0
    sources: str = ""

    @property
    def text(self) -> str:
        """All of it as text, for the hash of a run."""
        mixes = [(case, [p.model_dump(mode="json") for p in mix]) for case, mix in self.cases]
        parts = [mixes, self.reviews, self.by, self.accuracy, self.sources or DICE]
        return json.dumps(parts, sort_keys=True)


def respond(simulation: Simulation, response: Response, review: int) -> None:
    """Look at the cluster and set the levers from this period up to the next review."""
    decide(simulation, response, review, called(simulation, response, review))


def decide(simulation: Simulation, response: Response, review: int, case: str) -> None:
    """Set the levers of a case from this period up to the next review."""
    cases = dict(response.cases)
    mix = cases.get(case, cases.get(case.partition(".")[0], cases.get(OTHERWISE, ())))
    scenario = simulation.scenario
    later = [r for r in response.reviews if r > review]
    stop = min(later, default=scenario.periods)
    dated = tuple(p.model_copy(update={"start": review, "stop": stop}) for p in mix)
    planned = schedule(scenario.model_copy(update={"policy": dated}))
    simulation.world.levers[review:] = planned[review:]


def called(simulation: Simulation, response: Response, review: int) -> str:
    """Return what the cluster is called at a review."""
    if response.by in {"likeliest", "verdict"}:
        return case_of(
            simulation.record(),
            seed=simulation.seed,
            verdict=response.by == "verdict",
            staged=any("." in case for case, _ in response.cases),
        )
    types = sorted({case.partition(".")[0] for case, _ in response.cases} - {OTHERWISE})
    truth = true_type(simulation.scenario)
    luck = stream(simulation.seed, "calling", str(review), world_of(simulation.scenario))
    if response.by == "chance":
        return types[int(luck.integers(len(types)))]
    if luck.random() < response.accuracy:
        return truth
    others = [name for name in types if name != truth]
    return others[int(luck.integers(len(others)))] if others else truth


def world_of(scenario: Scenario) -> str:
    """Return what tells drawn worlds apart: runs that share a seed must not share the throw of dice."""
    said = scenario.model_dump_json(exclude={"name", "title", "policy"})
    return hashlib.sha256(said.encode()).hexdigest()


def true_type(scenario: Scenario) -> str:
    """Return the type that a scenario is set up as: by who leads it, as the paper defines it.

    Paper: T1, K1c.
    """
    if scenario.core is None:
        return "traditional"
    native = scenario.core.logic >= DIGITAL
    return "digital_industrialization" if native else "industrial_digitalization"
