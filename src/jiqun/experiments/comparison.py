"""What a comparison of policies found 政策比较结果: rows that a page, a report or a terminal can show.

Effects are in per cent of what the same worlds with the same luck reach without policy, averaged over
the years from the first policy on. Every row says how sure we are, and a difference whose interval
holds 0 is called undetermined.

Paper: P3 (matched policy), Q22 (who gains, who loses, harm).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Literal

from jiqun.experiments.census import BY_NAME
from jiqun.vocabulary.text import Language, Text

Verdict = Literal["gains", "loses", "undetermined", "no_effect"]
VERDICTS: dict[Verdict, Text] = {
    "gains": Text("gains", "受益"),
    "loses": Text("loses", "受损"),
    "undetermined": Text("undetermined", "未定"),
    "no_effect": Text("no effect at all", "毫无影响"),
}
Number = float | None
"""A number, or that there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one policy does to one outcome.

    Attributes
    ----------
    policy, outcome
        Names.
    mean, low, high
        Mean effect in per cent and its 95 % interval over draws; None where one run cannot tell.
    world_low, world_high
        Between these lies the effect in nine of ten drawn worlds.
    helps
        Share of worlds in which it is above 0.
    worst
        Mean effect in the worst tenth of worlds.
    verdict
        Whether the interval leaves 0 out.
    """

    policy: str
    outcome: str
    mean: float
    low: Number
    high: Number
    world_low: float
    world_high: float
    helps: float
    worst: float
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one policy stands among all that are compared.

    Attributes
    ----------
    policy
        Name.
    best
        Share of worlds in which it is best, equals sharing a world.
    regret_mean, regret_most
        What the best has more, in per cent: on average, and in the worst of the worlds.
    regret_structures
        The most over all structures too; None where none were tried.
    front
        Whether no other is at least as good for cluster, small firms and the worst tenth at once.
    spent
        Money spent over the run.
    """

    policy: str
    best: float
    regret_mean: float
    regret_most: float
    regret_structures: Number
    front: bool
    spent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Duel:
    """Whether one policy beats another: difference in per cent with its 95 % interval over draws.

    ``tie`` says that no run differed; without a winner and a tie it is undetermined.
    """

    one: str
    other: str
    mean: float
    low: Number
    high: Number
    winner: str | None
    tie: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StructureRow:
    """The mean effect of a policy on the criterion where a mechanism works otherwise."""

    structure: str
    title: Text
    policy: str
    mean: float
    low: Number
    high: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Policies compared in one scenario.

    Attributes
    ----------
    scenario, criterion, baseline
        Names; the criterion is an outcome of the census, the baseline a policy.
    titles
        Policy → what readers see.
    effects
        A row a policy and outcome.
    standings
        A row a policy, best regret first; controls are left out.
    duels
        Every two policies, controls too.
    structures
        A row a structure and policy; empty where none were tried.
    series
        Policy → rows of year, mean, low and high of the criterion (fan chart: 90 % of runs).
    regrets
        Structure → policy → what the best has more in each world, in per cent. The worlds as they
        were drawn are under the empty name; controls are left out.
    draws, seeds, runs
        How much was run.
    warnings
        What a reader must know before relying on it.
    """

    scenario: str
    criterion: str
    baseline: str
    titles: Mapping[str, Text]
    effects: tuple[Effect, ...]
    standings: tuple[Standing, ...]
    duels: tuple[Duel, ...]
    structures: tuple[StructureRow, ...]
    series: Mapping[str, tuple[tuple[float, float, float, float], ...]]
    draws: int
    seeds: int
    runs: int
    warnings: tuple[Text, ...] = ()
    regrets: Mapping[str, Mapping[str, tuple[float, ...]]] = field(default_factory=dict)

    @property
    def robust(self) -> str:
        """The policy whose regret in the worst world, structures included, is least."""
        return min(
            self.standings,
            key=lambda s: (
                s.regret_most if s.regret_structures is None else s.regret_structures,
                s.policy,
            ),
        ).policy

    def of(self, outcome: str) -> tuple[Effect, ...]:
        """Return the effects on one outcome."""
        return tuple(effect for effect in self.effects if effect.outcome == outcome)

    def to_dict(self, language: Language = "en") -> dict[str, object]:
        """Return it as it stands in ``jiqun compare --json``."""
        return {
            "scenario": self.scenario,
            "criterion": self.criterion,
            "criterion_label": BY_NAME[self.criterion].label.to(language),
            "baseline": self.baseline,
            "draws": self.draws,
            "seeds": self.seeds,
            "runs": self.runs,
            "robust": self.robust,
            "titles": {name: title.to(language) for name, title in self.titles.items()},
            "effects": [asdict(effect) for effect in self.effects],
            "standings": [asdict(standing) for standing in self.standings],
            "duels": [asdict(duel) for duel in self.duels],
            "structures": [
                asdict(row) | {"title": row.title.to(language)} for row in self.structures
            ],
            "series": {name: [list(row) for row in rows] for name, rows in self.series.items()},
            "regrets": {
                structure: {name: list(lost) for name, lost in by_policy.items()}
                for structure, by_policy in self.regrets.items()
            },
            "warnings": [warning.to(language) for warning in self.warnings],
            "words": {
                "titles": {name: title.both() for name, title in self.titles.items()},
                "structures": {row.structure: row.title.both() for row in self.structures},
                "warnings": [warning.both() for warning in self.warnings],
            },
        }
