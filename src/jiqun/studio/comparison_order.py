"""What may be asked of a comparison of policies 政策比较任务: where, which policies, in how many worlds.

The paper's policies are always among them, at one budget; a mix of one's own is compared with them at
that same budget.

Paper: P3 (policy by diagnosed type), Q22 (equal budgets)
"""

from pprint import pformat
from typing import Annotated, Any, Literal

from pydantic import Field

from jiqun.experiments.compare import FOR_STRUCTURES, Question, with_baseline, with_controls
from jiqun.experiments.policy_file import bundled_policies, load_policies
from jiqun.experiments.structures import STRUCTURES
from jiqun.experiments.uncertainty import latin_hypercube, load_uncertainty
from jiqun.model.scenario import bundled
from jiqun.studio.wire import Wire
from jiqun.vocabulary.text import Text

OWN = "own_mix"
OWN_TITLE = Text("Your mix", "您的组合")
LeverName = Literal[
    "infrastructure",
    "core_cultivation",
    "templates",
    "scenario_opening",
    "data_circulation",
    "offline_virtual_coordination",
]
Money = Annotated[float, Field(ge=0.01, le=1000, allow_inf_nan=False)]


class ComparisonOrder(Wire):
    """Policies to be compared in a scenario at one budget; ``mix`` is a policy of one's own."""

    scenario: Annotated[str, Field(max_length=60)] = "incumbent_core"
    budget: Money = 3.0
    mix: Annotated[dict[LeverName, Money], Field(max_length=6, default_factory=dict)]
    diagnosed: bool = False
    structures: bool = True
    criterion: Literal["sales", "small_sales", "profit", "firms", "digital"] = "sales"
    draws: Annotated[int, Field(ge=2, le=500)] = 50
    seeds: Annotated[int, Field(ge=1, le=50)] = 4
    seed: Annotated[int, Field(ge=0, le=2**31)] = 0


def policies_of(order: ComparisonOrder) -> dict[str, Any]:
    """Return the policies as ``jq.compare`` takes them."""
    found = bundled_policies("paper")
    found["budget"] = order.budget
    if not order.diagnosed:
        found["policies"] = [each for each in found["policies"] if "cases" not in each]
    if order.mix:
        whole = sum(order.mix.values())
        own = {
            "name": OWN,
            "title": {"en": OWN_TITLE.to("en"), "zh": OWN_TITLE.to("zh")},
            "settings": {f"{lever}.share": money / whole for lever, money in order.mix.items()},
        }
        found["policies"] = [*found["policies"], own]
    return found


def question_of(order: ComparisonOrder) -> Question:
    """Return the order as a question to the model.

    Raises
    ------
    InputError
        For a scenario that there is not.
    """
    scenario = bundled(order.scenario)
    return Question(
        scenario=scenario,
        policies=load_policies(policies_of(order), periods=scenario.periods),
        draws=latin_hypercube(load_uncertainty("broad", scenario), order.draws, seed=order.seed),
        seeds=tuple(range(order.seed, order.seed + order.seeds)),
        criterion=order.criterion,
        structures=order.structures,
    )


def runs_of(question: Question) -> int:
    """Return how many runs a question takes."""
    draws = len(question.draws)
    worlds = draws + question.structures * len(STRUCTURES) * -(-draws // FOR_STRUCTURES)
    policies = with_controls(with_baseline(question.policies))
    return len(policies) * len(question.seeds) * worlds


def python_for(order: ComparisonOrder) -> str:
    """Return a script that gives the same numbers."""
    return f"""\
import jiqun as jq
from jiqun.model.scenario import load

policies = {pformat(policies_of(order), sort_dicts=False, width=96)}
found = jq.compare(
    load({order.scenario!r}), policies, store="runs", seed={order.seed}, draws={order.draws},
    seeds={order.seeds}, criterion={order.criterion!r}, structures={order.structures},
)
for standing in found.standings:
    print(standing)
"""
