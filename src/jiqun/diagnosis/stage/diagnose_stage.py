"""The stage of a cluster, with its history and the dates of changes.

Paper: I1a, I2a, I3a, N1a, N2a, N3a (the stages), Q7 (not yet observable), Q17 (fall back)
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from jiqun.diagnosis.card import STATES, Card
from jiqun.diagnosis.findings import Evidence, StageChange, StageDiagnosis, StageWindow, percent
from jiqun.diagnosis.ledger import pointing
from jiqun.diagnosis.stage.emissions import log_emissions, total
from jiqun.diagnosis.stage.markers import MARKERS, MIX, StageMarker
from jiqun.diagnosis.stage.observations import LATELY, Observations
from jiqun.diagnosis.stage.path import StagePath, stage_path, states_of
from jiqun.diagnosis.stage.trial import trial
from jiqun.measures.estimate import Estimate
from jiqun.numerics.random import stream
from jiqun.vocabulary.counting import counted
from jiqun.vocabulary.text import Text
from jiqun.vocabulary.typology import STAGE

NAME = "stage"
LEVEL = 0.8
CALLED = 0.6
"""Probability from which a stage is called."""
LEAST_MARKERS = 2
SHOWN_CHANGE = 0.2
"""Probability from which a change is listed."""
NO_DATES = Text("The record bears no dates.", "记录没有日期。")
FEW_MARKERS = Text(
    "{n} marker(s) of Table 2 can be read in the last three windows; a stage takes {least}.",
    "最后三个时段仅可读取 {n} 项阶段标志;判定阶段至少需要 {least} 项。",
)
CALL = Text(
    "In {window}: {stage}, with a probability of {p}, on {n} markers.",
    "{window} 年:{stage},概率 {p},依据 {n} 项标志。",
)
OPEN = Text(
    "In {window} the likeliest stage, {stage}, has a probability of {p}; a call takes {called}.",
    "{window} 年可能性最大的阶段为{stage},概率 {p};达到 {called} 方作判定。",
)
NO_TYPE = Text(
    "Only types with a path in the paper have stages (a hybrid has none), and none of those is called; "
    "the probabilities weigh the types.",
    "论文仅为有演化路径的类型划分阶段(混合型没有),而此类类型未能判定;概率已按类型概率加权。",
)
FOUND = Text("{value:.2f} in {window} ({n} {of})", "{window} 年为 {value:.2f}({n} {of})")


def diagnose_stage(
    found: Observations, types: Mapping[str, float], card: Card, seed: int, *, typed: bool
) -> StageDiagnosis:
    """Diagnose the stage.

    Parameters
    ----------
    found
        The markers by window.
    types
        Type → probability, from the ledger.
    card
        The reference card.
    seed
        Of the drawn paths.
    typed
        Whether a type was called.
    """
    parts = log_emissions(found, card.stages)
    emission, chance = total(parts), stream(seed, NAME)
    path = stage_path(emission, types, card.stages, found.years, chance)
    written = _written(found, parts, path, types, card, typed=typed)
    likeliest = max(types, key=lambda t: types[t])
    return replace(written, trial=trial(found, emission, likeliest, card.stages))


def undecided(reason: Text, card: Card) -> StageDiagnosis:
    """Return that nothing can be said."""
    return StageDiagnosis(
        verdict="insufficient_evidence",
        probabilities={},
        history=(),
        changes=(),
        evidence=(),
        reason=reason,
        card=card.version,
    )


def _written(
    found: Observations,
    parts: dict[str, NDArray[np.float64]],
    path: StagePath,
    types: Mapping[str, float],
    card: Card,
    *,
    typed: bool,
) -> StageDiagnosis:
    last = {s: float(p) for s, p in zip(STATES, path.state[-1], strict=True)}
    verdict, reason = _verdict(last, found, typed=typed)
    likeliest = max(types, key=lambda t: types[t])
    return StageDiagnosis(
        verdict=verdict,
        probabilities=last,
        history=tuple(_window(found, path, t) for t in range(len(found.windows))),
        changes=_changes(found, path.draws[likeliest], states_of(likeliest)) if typed else (),
        evidence=_evidence(found, parts, *_told_apart(likeliest, path)),
        reason=reason,
        card=card.version,
        markers=tuple(
            e
            for marker in MARKERS
            for e in found.estimates.get(marker.name, ())
            if e is not None and e.value is not None
        ),
    )


def _told_apart(code: str, path: StagePath) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """Return the stages that markers are to tell apart: of the likeliest type, or all if it has one."""
    own = states_of(code)
    return (own, path.of_type[code][-1]) if len(own) > 1 else (STATES, path.state[-1])


def _verdict(last: Mapping[str, float], found: Observations, *, typed: bool) -> tuple[str, Text]:
    recent = int(_known_lately(found))
    if recent < LEAST_MARKERS:
        return "insufficient_evidence", FEW_MARKERS.fill(n=recent, least=LEAST_MARKERS)
    if not typed:
        return "insufficient_evidence", NO_TYPE
    stage = max(last, key=lambda s: last[s])
    told = {
        "window": found.windows[-1].name,
        "stage": STAGE.terms[stage],
        "p": percent(last[stage]),
    }
    if last[stage] < CALLED:
        return "insufficient_evidence", OPEN.fill(**told, called=percent(CALLED))
    return stage, CALL.fill(**told, n=recent)


def _known_lately(found: Observations) -> int:
    """Count the markers known in any of the last three windows."""
    every = [
        found.modes[-LATELY:, 0],
        *(v[-LATELY:, 0] for v in (*found.shares.values(), *found.indices.values())),
    ]
    return sum(bool(np.isfinite(v).any()) for v in every)


def _window(found: Observations, path: StagePath, t: int) -> StageWindow:
    at = path.state[t]
    best = int(at.argmax())
    first = int(found.windows[t].name.split("-")[0])
    return StageWindow(
        window=found.windows[t].name,
        first_year=first,
        last_year=first + found.years - 1,
        verdict=STATES[best] if at[best] >= CALLED else "insufficient_evidence",
        probabilities={s: float(p) for s, p in zip(STATES, at, strict=True)},
        markers=int(found.known[t]),
    )


def _changes(
    found: Observations, paths: NDArray[np.int64], states: tuple[str, ...]
) -> tuple[StageChange, ...]:
    """Date the first time that each stage was reached after the first window, and any fall back."""
    first = [int(w.name.split("-")[0]) for w in found.windows]
    listed = []
    for k in range(1, len(states)):
        reached = paths >= k
        listed.append(_change(reached & ~reached[:, :1], first, states[k - 1], states[k]))
    if paths.shape[1] > 1:
        for k in range(1, len(states)):
            fell = np.zeros(paths.shape, dtype=bool)
            fell[:, 1:] = (paths[:, :-1] == k) & (paths[:, 1:] == k - 1)
            listed.append(_change(fell, first, states[k], states[k - 1]))
    shown = [change for change in listed if change is not None]
    return tuple(sorted(shown, key=lambda change: change.year))


def _change(
    happened: NDArray[np.bool_], first: list[int], before: str, after: str
) -> StageChange | None:
    """Date the first True of each path; None where it is improbable that there is one."""
    some = happened.any(axis=1)
    probability = float(some.mean())
    if probability < SHOWN_CHANGE:
        return None
    year = np.array(first)[happened[some].argmax(axis=1)]
    low, middle, high = np.quantile(year, [0.1, 0.5, 0.9], method="inverted_cdf")
    return StageChange(
        before=before,
        after=after,
        year=int(middle),
        low=int(low),
        high=int(high),
        level=LEVEL,
        probability=probability,
    )


def _evidence(
    found: Observations,
    parts: dict[str, NDArray[np.float64]],
    states: tuple[str, ...],
    last: NDArray[np.float64],
) -> tuple[Evidence, ...]:
    """Write the markers of their last known window down, for the stages of the likeliest type."""
    stage = states[int(last.argmax())]
    lines = [_line(marker, found, parts, states, stage) for marker in (MIX, *MARKERS)]
    return tuple(sorted(lines, key=_place))


def _place(line: Evidence) -> tuple[int, float]:
    spread = 0.0
    if line.log_bayes_factor:
        spread = max(line.log_bayes_factor.values()) - min(line.log_bayes_factor.values())
    return (0 if line.contradicts else 1 if line.status == "measured" else 2, -spread)


def _line(
    marker: StageMarker,
    found: Observations,
    parts: dict[str, NDArray[np.float64]],
    states: tuple[str, ...],
    stage: str,
) -> Evidence:
    name = marker.name
    estimates = found.estimates.get(name) or (None,) * len(found.windows)
    part = parts.get(name)
    known = np.flatnonzero(np.abs(part).sum(axis=1) > 0.0) if part is not None else np.zeros(0)
    if part is None or known.size == 0:
        missing = next((e for e in reversed(estimates) if e is not None), None)
        return Evidence(
            element=name,
            status="not_measured",
            title=marker.title,
            question=marker.question,
            reason=_reason(missing),
            needs=missing.needs if missing is not None else (),
        )
    at = int(known[-1])
    own = np.array([part[at, STATES.index(s)] for s in states])
    factors = {s: float(v) for s, v in zip(states, own - np.log(np.exp(own).mean()), strict=True)}
    favoured, strength = pointing(factors)
    return Evidence(
        element=name,
        status="measured",
        title=marker.title,
        question=marker.question,
        finding=_finding(name, found, at),
        points_to=favoured,
        strength=strength,
        contradicts=bool(favoured) and stage not in favoured,
        log_bayes_factor=factors,
        estimates=tuple(e for e in (estimates[at],) if e is not None),
        window=found.windows[at].name,
    )


UNSURE = Text(
    "It came out at {value:.2f} of {n} {of}, with nothing that varies to say how sure that is.",
    "由 {n} {of}得到 {value:.2f},但数据没有变异,无从说明其可靠程度。",
)


def _reason(missing: Estimate | None) -> Text:
    if missing is None:
        return Text(
            "The tables that would show it were not collected.", "未收集可显示该项的数据表。"
        )
    if missing.reason is None:
        return UNSURE.fill(value=missing.value, n=missing.n, of=counted(missing.n_of))
    return missing.reason


def _finding(name: str, found: Observations, at: int) -> Text:
    """Say what the window shows."""
    window = found.windows[at].name
    if name == MIX.name:
        shares = found.modes[at] / found.modes[at].sum()
        return Text(
            "In {w}: efficiency {a:.0%}, convergence {b:.0%}, digital value {c:.0%}",
            "{w} 年:效率提升 {a:.0%},融合创新 {b:.0%},数字价值生成 {c:.0%}",
        ).fill(w=window, a=shares[0], b=shares[1], c=shares[2])
    estimate = (found.estimates.get(name) or {at: None})[at]
    if estimate is None:
        return Text("", "")
    return FOUND.fill(value=estimate.value, window=window, n=estimate.n, of=counted(estimate.n_of))
