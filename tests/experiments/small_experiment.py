"""A small experiment, and an executor that needs no processes."""

from collections.abc import Iterable, Iterator

from jiqun.experiments.experiment import Experiment
from jiqun.experiments.policy_file import load_policies
from jiqun.experiments.work import Batch, Done, do
from jiqun.model.scenario import bundled
from jiqun.model.scenario_schema import Scenario

PERIODS = 12
POLICIES = {
    "budget": 2.0,
    "start": 4,
    "policies": [
        {"name": "none"},
        {"name": "templates", "settings": {"templates.share": 1.0}},
        {"name": "scenarios", "settings": {"scenario_opening.share": 1.0}},
    ],
}


class Here:
    """Does batches in this process; stops with an error after some, where asked to."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.stop_after = stop_after
        self.done = 0

    def map(self, batches: Iterable[Batch]) -> Iterator[Done]:
        for batch in batches:
            if self.stop_after is not None and self.done >= self.stop_after:
                raise KeyboardInterrupt
            self.done += 1
            yield do(batch)


def small(name: str = "native_core") -> Scenario:
    return bundled(name).model_copy(update={"periods": PERIODS})


def experiment(seeds: int = 4, **changed: object) -> Experiment:
    parts: dict[str, object] = {
        "scenarios": {"native": small()},
        "policies": tuple(load_policies(POLICIES, periods=PERIODS)),
        "draws": ({}, {"rules.market.wage": 0.7}),
        "seeds": tuple(range(seeds)),
    }
    return Experiment(**(parts | changed))  # type: ignore[arg-type]  # parts go by name
