"""Scores of diagnoses whose truth is known: right, abstained, calibrated, and by what was taken away.

References
----------
Guo, C., Pleiss, G., Sun, Y. & Weinberger, K. Q. (2017). On calibration of modern neural networks.
Proceedings of Machine Learning Research 70, 1321-1330 (expected calibration error)

Paper: T1 (types), Q17 (stages)
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from jiqun.diagnosis.findings import Evidence
from jiqun.diagnosis.ledger import posterior
from jiqun.diagnosis.loop.conclusions import Conclusion
from jiqun.vocabulary.typology import CLUSTER_TYPE, HYBRID, STAGES_OF, TRADITIONAL

LEVEL = 0.8
BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How a set of diagnoses fared.

    Attributes
    ----------
    worlds
        How many.
    abstained
        Share without a called type; to call a hybrid is to call a type.
    right
        Share right among those called.
    hybrids_right
        Share right among the hybrids that are called anything.
    coverage, plain_coverage
        Of the 80 % sets of types: at exactly that level (the last type counts in part), and as shown
        to users (at least that level).
    calibration_error
        Expected calibration error of the likeliest type's probability.
    stage_right, stage_called
        Of all worlds whose type is right and has stages: share whose likeliest stage in the last window is a true one
        of that window or of a neighbouring one; share whose stage is called.
    digital_stage_right
        The first of the two without traditional clusters, which have one stage only.
    history_right
        The same over all windows.
    stage_coverage, stage_calibration_error
        As for types, over all worlds with dates whose true type has stages: a stage's probability holds the doubt about the type,
        so that it would look too low wherever the type has turned out right.
    confusion
        (true type, verdict) → worlds.
    """

    worlds: int
    abstained: float
    right: float
    hybrids_right: float
    coverage: float
    plain_coverage: float
    calibration_error: float
    stage_right: float
    digital_stage_right: float
    stage_called: float
    history_right: float
    stage_coverage: float
    stage_calibration_error: float
    confusion: Mapping[tuple[str, str], int]


def score(found: Sequence[Conclusion]) -> Score:
    """Score diagnoses."""
    some = [c for c in found if c.type.verdict in CLUSTER_TYPE.codes]
    staged = [c for c in found if c.true_type in STAGES_OF and c.stage.probabilities]
    typed = [c for c in staged if c.type.verdict == c.true_type]
    return Score(
        worlds=len(found),
        abstained=1.0 - called(found),
        right=_share([_type_right(c) for c in some]),
        hybrids_right=_share([_type_right(c) for c in some if c.true_type == HYBRID]),
        coverage=_share([exact_cover(c.type.probabilities, c.true_type) for c in found]),
        plain_coverage=_share([c.true_type in c.type.credible_set(LEVEL) for c in found]),
        calibration_error=calibration_error(
            [
                (c.type.probabilities[c.type.likeliest], c.type.likeliest == c.true_type)
                for c in found
            ]
        ),
        stage_right=_share([_stage_right(c, -1) for c in typed]),
        digital_stage_right=_share(
            [_stage_right(c, -1) for c in typed if c.true_type != TRADITIONAL]
        ),
        stage_called=_share([c.stage.verdict != "insufficient_evidence" for c in typed]),
        history_right=_share(
            [_stage_right(c, t) for c in typed for t in range(len(c.stage.history))]
        ),
        stage_coverage=_share([exact_cover(c.stage.probabilities, c.true_stage) for c in staged]),
        stage_calibration_error=calibration_error([_stage_call(c) for c in staged]),
        confusion=Counter((c.true_type, c.type.verdict) for c in found),
    )


def _share(values: Sequence[float]) -> float:
    return float(np.mean(values)) if len(values) else np.nan


def _type_right(found: Conclusion) -> bool:
    return found.type.verdict == found.true_type


def _stage_call(found: Conclusion) -> tuple[float, bool]:
    stage = max(found.stage.probabilities, key=lambda s: found.stage.probabilities[s])
    return found.stage.probabilities[stage], stage == found.true_stage


def _stage_right(found: Conclusion, t: int) -> bool:
    """Say whether the likeliest stage of a window was met in it or in a neighbouring window."""
    at = t % len(found.stage.history)
    window = found.stage.history[at].probabilities
    near = {s for stages in found.true_windows[max(at - 1, 0) : at + 2] for s in stages}
    return max(window, key=lambda s: window[s]) in near


def exact_cover(probabilities: Mapping[str, float], truth: str, level: float = LEVEL) -> float:
    """Return how far a set of exactly ``level`` holds the truth: its last member counts in part.

    A set that must hold whole codes holds more than its level; to see whether probabilities are right,
    the last code is taken in with the chance that makes up the level.
    """
    total = 0.0
    for code in sorted(probabilities, key=lambda name: -probabilities[name]):
        p = probabilities[code]
        if code == truth:
            return float(np.clip((level - total) / p, 0.0, 1.0)) if p > 0.0 else 0.0
        total += p
    return 0.0


def calibration_error(calls: Sequence[tuple[float, bool]]) -> float:
    """Return the mean gap between probability and frequency, over ten bins weighted by their calls."""
    if not calls:
        return np.nan
    p, right = np.array([c[0] for c in calls]), np.array([c[1] for c in calls], dtype=float)
    place = np.minimum((p * BINS).astype(int), BINS - 1)
    gaps = [
        abs(p[place == b].mean() - right[place == b].mean()) * (place == b).mean()
        for b in set(place)
    ]
    return float(sum(gaps))


def reliability(found: Sequence[Conclusion]) -> list[tuple[float, float, int]]:
    """Return mean probability of the likeliest type, share right and calls, by bin of probability."""
    p = np.array([c.type.probabilities[c.type.likeliest] for c in found])
    right = np.array([c.type.likeliest == c.true_type for c in found], dtype=float)
    place = np.minimum((p * BINS).astype(int), BINS - 1)
    return [
        (float(p[place == b].mean()), float(right[place == b].mean()), int((place == b).sum()))
        for b in sorted(set(place.tolist()))
    ]


def called(found: Sequence[Conclusion], types: Sequence[str] = CLUSTER_TYPE.codes) -> float:
    """Return the share of diagnoses that call one of these types."""
    return _share([c.type.verdict in types for c in found])


def type_evidence(line: Evidence) -> bool:
    """Say whether a line depends on which firm is which.

    How many firms are on a platform, say, how many ties have a twin, or how much of all revenue is
    digital, is the same whoever they are.
    """
    counts = line.element == "positioning"
    return not counts and (line.element, line.aspect) != ("data_value", "revenue")


def distance_from_prior(
    found: Sequence[Conclusion],
    prior: Mapping[str, float],
    kept: Callable[[Evidence], bool] | None = None,
) -> float:
    """Return the mean total variation distance between posterior and prior of the type.

    Parameters
    ----------
    found
        Diagnoses.
    prior
        Type → probability before any evidence.
    kept
        Which lines of the ledger to count; all by default.
    """
    after = [
        posterior(prior, [e for e in c.type.evidence if kept is None or kept(e)]) for c in found
    ]
    return _share([0.5 * sum(abs(p[t] - prior[t]) for t in prior) for p in after])
