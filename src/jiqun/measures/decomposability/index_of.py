"""D of one kind of evidence, with its verdict, and the chance of a verdict with a record like this.

Paper: K3f, K3g (decomposable or not)
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from jiqun.measures.decomposability.wording import (
    ABSORBED,
    ALL_METHOD,
    ALLIANCES,
    CONSTANT,
    ENOUGH,
    FEW,
    FEW_FAILURES,
    INTERVAL,
    KINDS,
    LABELS,
    NAME,
    NEEDED,
    NO_POWER_INTERVAL,
    NO_SIGNAL,
    NOISE,
    NOT_SHOWN,
    OUTCOMES,
    OWN_STRENGTH,
    PLANNED_STRENGTH,
    POWER,
    POWER_METHOD,
    REFERENCES,
    REVERSED,
    SAME_STATE,
    SCALE,
    SHORT,
    STATES,
    SUCCESSES,
    TIE_METHOD,
    TOO_MANY,
    VERDICTS,
    WHAT,
    WITH_VERDICT,
)
from jiqun.measures.estimate import Estimate, not_measured, p_words, round_up
from jiqun.numerics.decomposability.direction import LEVEL, Index, index
from jiqun.numerics.decomposability.estimators import Sample, components
from jiqun.numerics.decomposability.power import Power, power
from jiqun.numerics.decomposability.states import PairStates
from jiqun.numerics.random import stream
from jiqun.vocabulary.text import Text

LEAST = 30
LEAST_OF = {"D_tie": LEAST, "D_all": 150}
"""With 100 alliances and a weak signal the 90 % interval of ``D_all`` covered in 82 % of records only."""
LEAST_SHOWN = {"D_tie": 100, "D_all": 1000}
"""Alliances at which both verdicts are reached in most of the simulated records."""
DRAWS = 999
RUNS = 300
ALL_SUCCEEDED = 10
"""Known outcomes that make a record without failures suspect."""
FEW_FAILED = 0.05


@dataclass(frozen=True, slots=True)
class Evidence:
    """What D is taken from.

    Attributes
    ----------
    kind
        ``D_tie`` or ``D_all``.
    sample
        The regression sample.
    states
        The pairs that it is from.
    unused
        What is said about rows that were left out.
    outcomes
        Outcomes of the record's alliances, NaN where unknown.
    """

    kind: str
    sample: Sample
    states: PairStates
    unused: tuple[Text, ...]
    outcomes: NDArray[np.float64]

    @property
    def of(self) -> tuple[tuple[str, str], ...]:
        """Identify the estimate."""
        return (("statistic", self.kind),)

    @property
    def clusters(self) -> int:
        """Independent alliances of the sample."""
        return int(np.unique(self.sample.cluster).size)

    @property
    def successes_only(self) -> bool:
        """Whether no alliance of the record is known to have failed, though enough could have."""
        known = self.outcomes[~np.isnan(self.outcomes)]
        return known.size >= ALL_SUCCEEDED and bool((known == 1.0).all())


def index_of(evidence: Evidence, seed: int) -> tuple[Estimate, ...]:
    """Estimate D, or say why not; where it can be fitted, add the chance of either verdict."""
    reason = _impossible(evidence)
    if reason is not None:
        return (_missing(evidence, reason),)
    found = components(evidence.sample)
    if found is None:
        return (_missing(evidence, ABSORBED),)
    generator = stream(seed, NAME, evidence.kind)
    measured = index(found.ab, found.influence, generator, DRAWS)
    if measured.verdict == "reversed":
        return (_missing(evidence, REVERSED),)
    signal = measured.verdict != "no signal"
    chances = power(found, generator, signal=signal, runs=RUNS)
    powers = _powers(evidence, chances, signal=signal)
    if not signal:
        reason = NO_SIGNAL.fill(
            p=p_words(measured.signal), needed=_needed(evidence, _growth(chances))
        )
        return (_missing(evidence, reason), *powers)
    return (_written(evidence, measured), *powers)


def _impossible(evidence: Evidence) -> Text | None:
    """Say what rules an estimate out before any is tried."""
    sample = evidence.sample
    if evidence.clusters < LEAST:
        return FEW.fill(n=evidence.clusters, least=LEAST)
    if np.ptp(sample.outcome) == 0:
        return CONSTANT
    if np.ptp(sample.own) == 0 or np.ptp(sample.weakest) == 0:
        return SAME_STATE
    least = LEAST_OF[evidence.kind]
    return FEW.fill(n=evidence.clusters, least=least) if evidence.clusters < least else None


def _missing(evidence: Evidence, reason: Text) -> Estimate:
    needs = STATES if evidence.kind == "D_tie" else OUTCOMES
    label, of, n = LABELS[evidence.kind], evidence.of, evidence.clusters
    return replace(not_measured(NAME, label, reason, needs=needs, of=of, n=n), n_of=ALLIANCES)


def _written(evidence: Evidence, measured: Index) -> Estimate:
    """Write up D with its verdict."""
    verdict = str(measured.verdict)
    if verdict == "decomposable" and evidence.successes_only:
        verdict = "undecided"
    return Estimate(
        measure=NAME,
        label=WITH_VERDICT.fill(label=LABELS[evidence.kind], verdict=VERDICTS[verdict]),
        of=evidence.of,
        value=measured.value,
        low=measured.low,
        high=measured.high,
        level=LEVEL,
        interval=INTERVAL.fill(b=DRAWS),
        n=measured.clusters,
        n_of=ALLIANCES,
        method=TIE_METHOD if evidence.kind == "D_tie" else ALL_METHOD,
        references=REFERENCES,
        warnings=_warnings(evidence),
        verdict=VERDICTS[verdict],
    )


def _warnings(evidence: Evidence) -> tuple[Text, ...]:
    before = evidence.states.before
    failed = int((before < 1.0).sum())
    found = [SCALE, NOISE, NOT_SHOWN, *evidence.unused]
    if evidence.successes_only:
        found.insert(0, SUCCESSES.fill(n=int((~np.isnan(evidence.outcomes)).sum())))
    if failed < FEW_FAILED * before.size:
        found.insert(0, FEW_FAILURES.fill(n=failed, m=before.size))
    return tuple(found)


def _powers(evidence: Evidence, chances: Power, *, signal: bool) -> tuple[Estimate, Estimate]:
    """Write up how likely either verdict is with a record like this, and what more it takes."""
    given = (
        ("decomposable", chances.decomposable, chances.growth_decomposable),
        ("irreducible", chances.irreducible, chances.growth_irreducible),
    )
    one, other = (
        Estimate(
            measure=NAME,
            label=POWER.fill(verdict=SHORT[verdict], kind=KINDS[evidence.kind]),
            of=(("statistic", f"power of {evidence.kind}"), ("verdict", verdict)),
            value=value,
            interval=NO_POWER_INTERVAL,
            n=evidence.clusters,
            n_of=ALLIANCES,
            method=POWER_METHOD.fill(
                r=RUNS,
                what=WHAT[verdict],
                s=chances.strength,
                source=OWN_STRENGTH if signal else PLANNED_STRENGTH,
            ),
            warnings=(_needed(evidence, growth),),
        )
        for verdict, value, growth in given
    )
    return one, other


def _growth(chances: Power) -> float | None:
    """Return the growth at which both verdicts are within reach."""
    both = (chances.growth_decomposable, chances.growth_irreducible)
    return None if None in both else max(g for g in both if g is not None)


def _needed(evidence: Evidence, growth: float | None) -> Text:
    """Say how many more alliances, states and failures it takes."""
    if growth is None:
        return TOO_MANY
    more = growth - 1.0
    if more <= 0:
        return ENOUGH
    before = evidence.states.before
    return NEEDED.fill(
        a=f"{round_up(more * evidence.clusters):,}",
        s=f"{round_up(more * before.size):,}",
        f=f"{round_up(float(more * (before < 1.0).sum())):,}",
    )
