"""A reading: what the record says about one aspect of an element, before any type is weighed.

Each aspect is in one of a few states, such as ``decomposable`` and ``irreducible``. A reading gives the
support of each state: how probable the data are in it, up to a factor, which is what remains of the
posterior once an even prior is taken out.

Paper: B5-B10 (the elements of Table 1), Q10 (gaps that are small return undetermined)
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from scipy import stats

from jiqun.diagnosis.findings import NOTHING, Status
from jiqun.measures import Measurement
from jiqun.measures.estimate import Estimate
from jiqun.vocabulary.text import Text

LEAST_DOUBT = 0.005
"""Support that a state keeps whatever the data say: a measure may be wrong in ways it does not know."""
SIXTHS = tuple(f"sixth_{k}" for k in range(1, 7))
"""States of a share, from none to all: a sixth is where early adopters end, three sixths are one half."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the record says about one aspect.

    Attributes
    ----------
    element, aspect
        Which element of Table 1 and which of its aspects.
    status
        Whether there is something to weigh.
    title, question
        What the aspect is called, and what was asked.
    finding
        What was found, in plain words.
    support
        State → how probable the data are in it, up to a factor; they sum to 1.
    estimates
        What it rests on.
    reason, needs
        Why there is nothing to weigh, or what limits it; and what would allow it.
    """

    element: str
    aspect: str
    title: Text
    question: Text
    status: Status = "measured"
    finding: Text = NOTHING
    support: Mapping[str, float] = field(default_factory=dict)
    estimates: tuple[Estimate, ...] = ()
    reason: Text = NOTHING
    needs: tuple[str, ...] = ()


def found(measurement: Measurement, measure: str, **of: str) -> Estimate | None:
    """Return the estimate of a measure that is told apart by ``of``; None where there is none."""
    wanted = set(of.items())
    every = measurement.get(measure, ())
    return next((each for each in every if wanted <= set(each.of)), None)


def above(estimate: Estimate, threshold: float) -> float:
    """Return the probability that the truth is above a threshold, as the interval has it.

    Each side of the interval is taken as half a normal distribution of its own width. Without an
    interval the answer is open.
    """
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return 0.5
    z = float(stats.norm.isf(0.5 - estimate.level / 2))
    upward = threshold >= estimate.value
    half = (estimate.high - estimate.value) if upward else (estimate.value - estimate.low)
    if half <= 0.0:
        half = max(estimate.high - estimate.low, 1e-9)
    if half == float("inf"):
        return 0.5
    return float(stats.norm.sf((threshold - estimate.value) * z / half))


def two_states(yes: str, no: str, probability: float) -> dict[str, float]:
    """Return the support of a state and its opposite."""
    kept = min(max(probability, LEAST_DOUBT), 1.0 - LEAST_DOUBT)
    return {yes: kept, no: 1.0 - kept}


def share_text(value: float) -> str:
    """Write a share for a sentence."""
    return f"{value:.0%}"


def sixths(estimate: Estimate) -> dict[str, float]:
    """Return the support of each sixth of the way from none to all for a share, as its interval has it.

    Without an interval every sixth is alike.
    """
    if estimate.low is None or estimate.high is None or estimate.high == float("inf"):
        return dict.fromkeys(SIXTHS, 1.0 / len(SIXTHS))
    cuts = [k / len(SIXTHS) for k in range(1, len(SIXTHS))]
    beyond = [1.0, *(above(estimate, cut) for cut in cuts), 0.0]
    sure = 1.0 - len(SIXTHS) * LEAST_DOUBT
    within = [max(a - b, 0.0) for a, b in pairwise(beyond)]
    return {s: LEAST_DOUBT + sure * v for s, v in zip(SIXTHS, within, strict=True)}
