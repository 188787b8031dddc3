"""Parts of a diagnosis: type and stage as probabilities, the evidence for each, what would change them.

Paper: T1 (the type rests on who innovates digitally and how), Q7 (not yet observable is not no), Q15 (a
type is a probability over time), Q17 (a stage may stall or fall back), Q25 (none of these)
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from jiqun.measures.estimate import Estimate
from jiqun.vocabulary.text import Text, same

Status = Literal["measured", "not_measured", "not_yet_observable"]

NOTHING = same("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One line of the ledger: what was asked, what was found, which way it points and how strongly.

    Attributes
    ----------
    element
        Element of Table 1 or, for a stage, name of the marker.
    aspect
        Which aspect of the element; empty for a marker of a stage.
    status
        ``not_measured`` (the record cannot say) and ``not_yet_observable`` (it could, later) are no "no".
    title, question, finding
        What it is called, what was asked, and what was found, in plain words.
    points_to
        The types or stages that it speaks for, above the widest gap; none where it tells nothing apart.
    strength
        How strongly, in words.
    contradicts
        Whether it speaks against the verdict.
    log_bayes_factor
        Type or stage → log of how much more probable the finding is there than on average, after
        tempering.
    log_fit
        How much more probable the finding is on average over the types than if its states came by
        chance, tempered alike; below 0 it fits none of them well.
    weight
        The share of its own log Bayes factor that is counted, since elements depend on each other.
    estimates
        What it rests on, the first one foremost.
    window
        Years that it is about; empty for the whole record.
    reason
        Why it was not measured, or what limits it.
    needs
        ``table.column`` names that would allow it.
    """

    element: str
    status: Status
    title: Text
    question: Text
    aspect: str = ""
    finding: Text = NOTHING
    points_to: tuple[str, ...] = ()
    strength: Text = NOTHING
    contradicts: bool = False
    log_bayes_factor: Mapping[str, float] = field(default_factory=dict)
    log_fit: float = 0.0
    weight: float = 1.0
    estimates: tuple[Estimate, ...] = ()
    window: str = ""
    reason: Text = NOTHING
    needs: tuple[str, ...] = ()

    @property
    def estimate(self) -> Estimate | None:
        """The foremost estimate."""
        return self.estimates[0] if self.estimates else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeDiagnosis:
    """Which type of cluster.

    Attributes
    ----------
    verdict
        A code of ``TYPE_VERDICT``.
    probabilities
        Type → probability; they sum to 1 whatever the verdict.
    evidence
        The ledger; what contradicts the verdict comes first.
    reason
        Why this verdict.
    """

    verdict: str
    probabilities: Mapping[str, float]
    evidence: tuple[Evidence, ...]
    reason: Text

    @property
    def likeliest(self) -> str:
        """The most probable type, whether or not it was called."""
        return max(self.probabilities, key=lambda name: self.probabilities[name])

    def credible_set(self, level: float = 0.8) -> tuple[str, ...]:
        """Return the fewest types that hold the truth with this probability."""
        return credible_set(self.probabilities, level)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageWindow:
    """The stage in one window of time.

    Attributes
    ----------
    window
        First and last calendar year as text.
    first_year, last_year
        Of the window.
    verdict
        A code of ``STAGE_VERDICT``.
    probabilities
        Stage → probability.
    markers
        Numbers of Table 2 that this window could be judged by.
    """

    window: str
    first_year: int
    last_year: int
    verdict: str
    probabilities: Mapping[str, float]
    markers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StageChange:
    """A change of stage with its date.

    Attributes
    ----------
    before, after
        Stages; a regress is a change to an earlier one.
    year, low, high
        First year of the later stage, and the interval that holds it with probability ``level``.
    level
        Probability of the interval.
    probability
        That the change took place at all within the record.
    """

    before: str
    after: str
    year: int
    low: int
    high: int
    level: float
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a record says about the paper's stages.

    Attributes
    ----------
    ordered
        Log Bayes factor of ordered against free stages.
    stretches
        Number of stretches → log Bayes factor against one.
    windows
        Windows that it rests on.
    """

    ordered: float
    stretches: Mapping[int, float]
    windows: int

    @property
    def likeliest(self) -> int:
        """The number of stretches that the record supports most."""
        return max(self.stretches, key=lambda k: self.stretches[k])


@dataclass(frozen=True, slots=True, kw_only=True)
class StageDiagnosis:
    """How far along.

    Attributes
    ----------
    verdict
        A code of ``STAGE_VERDICT``, for the last window.
    probabilities
        Stage → probability in the last window.
    history
        A row a window, in order of time.
    changes
        When stages began, as far as the record shows it.
    evidence
        The markers of the last windows; what contradicts the verdict comes first.
    reason
        Why this verdict.
    card
        Version of the reference card.
    markers
        Every marker but the mix of modes in each window where it has a value, in order of time.
    trial
        What the record says about the paper's own stages; None where it is too short.
    """

    verdict: str
    probabilities: Mapping[str, float]
    history: tuple[StageWindow, ...]
    changes: tuple[StageChange, ...]
    evidence: tuple[Evidence, ...]
    reason: Text
    card: str
    markers: tuple[Estimate, ...] = ()
    trial: Trial | None = None

    def credible_set(self, level: float = 0.8) -> tuple[str, ...]:
        """Return the fewest stages that hold the truth with this probability."""
        return credible_set(self.probabilities, level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Data that would change the verdict or settle it.

    Attributes
    ----------
    element
        Element of Table 1 that it would inform.
    table
        Table to fill.
    columns
        ``table.column`` names.
    rows
        How many rows more it takes; None where rows are not what is missing.
    information
        How much it is expected to tell about the type, in bits.
    changes
        Probability that the verdict would become another.
    advice
        The same in words.
    """

    element: str
    table: str
    columns: tuple[str, ...]
    rows: int | None
    information: float
    changes: float
    advice: Text


def credible_set(probabilities: Mapping[str, float], level: float) -> tuple[str, ...]:
    """Return the most probable codes, fewest first, whose probabilities reach a level."""
    chosen: list[str] = []
    total = 0.0
    for code in sorted(probabilities, key=lambda name: -probabilities[name]):
        chosen.append(code)
        total += probabilities[code]
        if total >= level - 1e-12:
            break
    return tuple(chosen)


def percent(probability: float) -> str:
    """Write a probability; none is certain, so neither 0% nor 100% is ever written.

    Examples
    --------
    >>> percent(0.999), percent(0.42), percent(0.002)
    ('>99%', '42%', '<1%')
    """
    if probability >= 0.995:  # noqa: PLR2004 - would round to 100
        return ">99%"
    return "<1%" if probability < 0.005 else f"{probability:.0%}"  # noqa: PLR2004
