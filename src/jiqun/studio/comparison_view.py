"""A comparison of policies as it goes over the wire: every name in words, every number with its doubt."""

from jiqun.experiments.census import BY_NAME
from jiqun.experiments.comparison import VERDICTS, Comparison, Duel, Effect, Standing, StructureRow
from jiqun.model.scenario import bundled
from jiqun.studio.wire import Wire, Wording, worded


class EffectView(Wire):
    """What a policy does to an outcome, in per cent of the same worlds without policy."""

    policy: str
    outcome: str
    mean: float
    low: float | None
    high: float | None
    world_low: float
    world_high: float
    helps: float
    worst: float
    verdict: str
    verdict_title: Wording


class StandingView(Wire):
    """How a policy stands among the others; regret in per cent."""

    policy: str
    best: float
    regret_mean: float
    regret_most: float
    regret_structures: float | None
    front: bool
    spent: float


class DuelView(Wire):
    """Whether one policy beats another."""

    one: str
    other: str
    mean: float
    low: float | None
    high: float | None
    winner: str | None
    tie: bool


class StructureView(Wire):
    """The effect of a policy where a mechanism works otherwise."""

    structure: str
    title: Wording
    policy: str
    mean: float
    low: float | None
    high: float | None


class ComparisonView(Wire):
    """Policies compared; ``series`` holds year, mean, low and high of the criterion."""

    scenario: Wording
    criterion: str
    criterion_unit: Wording
    baseline: str
    robust: str
    titles: dict[str, Wording]
    outcomes: dict[str, Wording]
    effects: list[EffectView]
    standings: list[StandingView]
    duels: list[DuelView]
    structures: list[StructureView]
    series: dict[str, list[tuple[float, float, float, float]]]
    draws: int
    seeds: int
    runs: int
    warnings: list[Wording]


def comparison_view(found: Comparison) -> ComparisonView:
    """Write a comparison."""
    title = bundled(found.scenario).title
    outcomes = dict.fromkeys((found.criterion, *(e.outcome for e in found.effects)))
    return ComparisonView(
        scenario=Wording(en=title.en, zh=title.zh),
        criterion=found.criterion,
        criterion_unit=Wording.of(BY_NAME[found.criterion].unit),
        baseline=found.baseline,
        robust=found.robust,
        titles=worded(found.titles),
        outcomes={name: Wording.of(BY_NAME[name].label) for name in outcomes},
        effects=[_effect(each) for each in found.effects],
        standings=[_standing(each) for each in found.standings],
        duels=[_duel(each) for each in found.duels],
        structures=[_structure(each) for each in found.structures],
        series={name: list(rows) for name, rows in found.series.items()},
        draws=found.draws,
        seeds=found.seeds,
        runs=found.runs,
        warnings=[Wording.of(warning) for warning in found.warnings],
    )


def _effect(e: Effect) -> EffectView:
    return EffectView(
        policy=e.policy,
        outcome=e.outcome,
        mean=e.mean,
        low=e.low,
        high=e.high,
        world_low=e.world_low,
        world_high=e.world_high,
        helps=e.helps,
        worst=e.worst,
        verdict=e.verdict,
        verdict_title=Wording.of(VERDICTS[e.verdict]),
    )


def _standing(s: Standing) -> StandingView:
    return StandingView(
        policy=s.policy,
        best=s.best,
        regret_mean=s.regret_mean,
        regret_most=s.regret_most,
        regret_structures=s.regret_structures,
        front=s.front,
        spent=s.spent,
    )


def _duel(d: Duel) -> DuelView:
    return DuelView(
        one=d.one, other=d.other, mean=d.mean, low=d.low, high=d.high, winner=d.winner, tie=d.tie
    )


def _structure(row: StructureRow) -> StructureView:
    return StructureView(
        structure=row.structure,
        title=Wording.of(row.title),
        policy=row.policy,
        mean=row.mean,
        low=row.low,
        high=row.high,
    )
