"""Compare 政策比较: what each policy would do here, compared with the others, and how sure that is.

All policies run in the same drawn worlds with the same luck and the same budget, so that a difference
is the work of the policy. A policy that decides by the diagnosed type gets two controls, in which the
type is told by a throw of dice, and rightly: what lies between them is what diagnosis is worth.

Paper: P3 (differentiated policy by diagnosed type), Q22 (equal budgets, harm), K1c (structures).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jiqun.experiments.census import YEAR
from jiqun.experiments.comparison import Comparison, Effect, StructureRow
from jiqun.experiments.ensemble import Ensemble, Progress, run_ensemble
from jiqun.experiments.executors import Executor
from jiqun.experiments.experiment import Draw, Experiment
from jiqun.experiments.judging import (
    AFFECTED,
    Values,
    duels,
    effect,
    fan,
    levels,
    regrets,
    relative,
    standings,
)
from jiqun.experiments.policy import NO_POLICY, PolicyPlan
from jiqun.experiments.store import RunStore
from jiqun.experiments.structures import STRUCTURES, Structure
from jiqun.model.scenario_schema import Scenario
from jiqun.numerics.paired_effects import clustered_interval
from jiqun.vocabulary.text import Text

FIRST = 2
"""Draws after which a first answer is given."""
FOR_STRUCTURES = 5
"""One draw in so many is run under every structure too."""
FEW = 10
"""Fewer draws get a warning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is to be compared.

    Attributes
    ----------
    scenario
        Where.
    policies
        Plans; one that sets nothing is the baseline, and is added where it is missing.
    draws
        Parameters of each drawn world.
    seeds
        Seeds, the same in every world and under every policy.
    criterion
        Outcome that policies are ranked by.
    structures
        Whether to ask too what holds where a mechanism works otherwise.
    """

    scenario: Scenario
    policies: Sequence[PolicyPlan]
    draws: tuple[Draw, ...]
    seeds: Sequence[int]
    criterion: str = "sales"
    structures: bool = True


def compare(
    question: Question,
    store: RunStore,
    executor: Executor,
    *,
    workers: int,
    progress: Callable[[Progress], None] | None = None,
    first_answer: Callable[[Comparison], None] | None = None,
) -> Comparison:
    """Run what the store lacks and compare.

    Parameters
    ----------
    question
        What to compare.
    store, executor, workers, progress
        As in :func:`jiqun.experiments.ensemble.run_ensemble`.
    first_answer
        Called with the comparison over the first draws, before the rest is run.

    Raises
    ------
    InputError
        From the store, the executor or a draw.
    """
    plans = with_controls(with_baseline(question.policies))

    def run(draws: tuple[Draw, ...], structure: Structure | None) -> Ensemble:
        changes = {} if structure is None else structure.changes(question.scenario)
        worlds = tuple({**draw, **changes} for draw in draws)
        experiment = Experiment(
            scenarios={question.scenario.name: question.scenario},
            draws=worlds,
            policies=tuple(plans),
            seeds=question.seeds,
        )
        return run_ensemble(experiment, store, executor, workers=workers, progress=progress)

    if first_answer is not None and len(question.draws) > FIRST:
        first_answer(judged(question, plans, run(question.draws[:FIRST], None), {}))
    whole = run(question.draws, None)
    chosen = STRUCTURES if question.structures else ()
    otherwise = {s.name: run(question.draws[::FOR_STRUCTURES], s) for s in chosen}
    return judged(question, plans, whole, otherwise)


def with_baseline(plans: Sequence[PolicyPlan]) -> list[PolicyPlan]:
    """Put a policy that sets nothing first."""
    idle = [plan for plan in plans if not plan.levers and plan.response is None]
    baseline = idle[0] if idle else NO_POLICY
    return [baseline, *(plan for plan in plans if plan is not baseline)]


def with_controls(plans: Sequence[PolicyPlan]) -> list[PolicyPlan]:
    """Add to each policy that decides by diagnosis its two controls."""
    controls = []
    for plan in plans:
        if plan.response is not None and plan.response.by in {"likeliest", "verdict"}:
            coin = Text("{title}, type by chance", "{title}(类型随机)").fill(title=plan.title)
            right = Text("{title}, type known", "{title}(类型已知)").fill(title=plan.title)
            controls += [
                plan.told_by("chance", name=f"{plan.name}~chance", title=coin),
                plan.told_by("truth", name=f"{plan.name}~truth", title=right),
            ]
    return [*plans, *controls]


def judged(
    question: Question,
    plans: Sequence[PolicyPlan],
    whole: Ensemble,
    otherwise: Mapping[str, Ensemble],
) -> Comparison:
    """Judge the runs of a comparison."""
    wide, baseline = whole.wide(), plans[0].name
    first_year = _first_year(plans, question.scenario)
    outcomes = dict.fromkeys((question.criterion, *AFFECTED))
    gained = {
        outcome: relative(levels(wide, outcome, first_year=first_year), baseline)
        for outcome in outcomes
    }
    criterion = gained[question.criterion]
    ranked = [plan.name for plan in plans if plan.control_of is None]
    by_structure = {
        name: relative(levels(found.wide(), question.criterion, first_year=first_year), baseline)
        for name, found in otherwise.items()
    }
    return Comparison(
        scenario=question.scenario.name,
        criterion=question.criterion,
        baseline=baseline,
        titles={plan.name: plan.title for plan in plans},
        effects=_effects(gained, plans),
        standings=standings(
            {name: criterion[name] for name in ranked},
            gained["small_sales"],
            {plan.name: plan.cost(question.scenario.periods)[1] for plan in plans},
            by_structure,
        ),
        duels=duels(criterion, [plan.name for plan in plans]),
        structures=_structure_rows(by_structure, ranked[1:]),
        series=fan(wide, question.criterion),
        draws=len(whole.experiment.draws),
        seeds=len(question.seeds),
        runs=whole.experiment.size + sum(e.experiment.size for e in otherwise.values()),
        warnings=_warnings(len(whole.experiment.draws)),
        regrets=_regrets({"": criterion, **by_structure}, ranked),
    )


def _regrets(
    by_structure: Mapping[str, Values], names: Sequence[str]
) -> dict[str, dict[str, tuple[float, ...]]]:
    """Return structure → policy → regret in each world."""
    return {
        structure: dict(zip(names, map(tuple, regrets(values, names).tolist()), strict=True))
        for structure, values in by_structure.items()
    }


def _effects(gained: Mapping[str, Values], plans: Sequence[PolicyPlan]) -> tuple[Effect, ...]:
    """Return a row a policy and outcome; the baseline, which comes first, has none."""
    return tuple(
        effect(plan.name, outcome, values[plan.name])
        for plan in plans[1:]
        for outcome, values in gained.items()
    )


def _first_year(plans: Sequence[PolicyPlan], scenario: Scenario) -> int:
    """Return the year in which the first policy begins."""
    starts = [p.start for plan in plans for p in plan.levers if p.budget > 0.0]
    starts += [min(plan.response.reviews) for plan in plans if plan.response is not None]
    first = min(starts, default=0)
    return min(first, scenario.periods - 1) // YEAR


def _structure_rows(
    by_structure: Mapping[str, Values], names: Sequence[str]
) -> tuple[StructureRow, ...]:
    """Return the mean effect of each policy under each structure."""
    titles = {structure.name: structure.title for structure in STRUCTURES}
    rows = []
    for structure, values in by_structure.items():
        for name in names:
            mean, low, high = clustered_interval(values[name])
            told = low == low  # noqa: PLR0124 - NaN is not equal to itself
            rows.append(
                StructureRow(
                    structure=structure,
                    title=titles[structure],
                    policy=name,
                    mean=mean,
                    low=low if told else None,
                    high=high if told else None,
                )
            )
    return tuple(rows)


def _warnings(draws: int) -> tuple[Text, ...]:
    """Return what a reader must know."""
    found = [
        Text(
            "These are results of a model; its findings page says where the model fails.",
            "以上为模型结果;模型在何处失效,见手册中的模型发现页。",
        )
    ]
    if draws < FEW:
        few = Text(
            "Only {draws} draws of the parameters: intervals are wide and may be off.",
            "参数抽样仅 {draws} 组:区间较宽,且可能不准。",
        )
        found.append(few.fill(draws=draws))
    return tuple(found)


def compare_policies(
    scenario: Scenario,
    policies: str | Path | Mapping[str, Any] = "paper",
    *,
    store: str | Path,
    seed: int = 0,
    draws: int = 50,
    seeds: int = 4,
    parameters: str | Path | Mapping[str, Any] = "broad",
    criterion: str = "sales",
    structures: bool = True,
    workers: int = 2,
) -> Comparison:
    """Compare policies in a scenario (``jq.compare``).

    Parameters
    ----------
    scenario
        From :func:`jiqun.model.scenario.load`.
    policies
        ``paper``, a file, or a mapping of the same content.
    store
        Folder in which runs are kept; the same call goes on from what is there.
    seed
        Seed of draws and of the first run; ``seeds`` runs take the seeds from it on.
    draws, parameters
        Number of drawn worlds, and what is uncertain in them.
    criterion
        Outcome that policies are ranked by.
    structures
        Whether to try other structures too.
    workers
        Processes of this machine.

    Raises
    ------
    InputError
        With every problem of the policies, the parameters and the store.
    """
    from jiqun.experiments.executors import open_executor  # noqa: PLC0415 - heavy
    from jiqun.experiments.policy_file import load_policies  # noqa: PLC0415 - heavy
    from jiqun.experiments.uncertainty import latin_hypercube, load_uncertainty  # noqa: PLC0415

    question = Question(
        scenario=scenario,
        policies=load_policies(policies, periods=scenario.periods),
        draws=latin_hypercube(load_uncertainty(parameters, scenario), draws, seed=seed),
        seeds=range(seed, seed + seeds),
        criterion=criterion,
        structures=structures,
    )
    with open_executor(workers=workers) as executor:
        return compare(question, RunStore(store), executor, workers=workers)
