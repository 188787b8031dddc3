"""What is concluded from a line of the loop, beside the truth.

Paper: T1, Q17
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jiqun.diagnosis.card import Card
from jiqun.diagnosis.findings import NOTHING, StageDiagnosis, TypeDiagnosis
from jiqun.diagnosis.gathering import Gathered, concluded
from jiqun.diagnosis.lines_file import Line
from jiqun.diagnosis.loop.trial_runs import observations_of
from jiqun.diagnosis.reading import Reading
from jiqun.diagnosis.stage.diagnose_stage import NO_DATES


@dataclass(frozen=True, slots=True)
class Conclusion:
    """One diagnosis beside the truth.

    Attributes
    ----------
    number, hiding
        World and what was hidden.
    gone
        Tables that were taken away.
    true_type, true_stage
        From the mechanisms.
    true_windows
        True stages that were met in each window.
    type, stage
        What was diagnosed.
    """

    number: int
    hiding: str
    gone: tuple[str, ...]
    true_type: str
    true_stage: str
    true_windows: tuple[tuple[str, ...], ...]
    type: TypeDiagnosis
    stage: StageDiagnosis


def conclusions(line: Line, card: Card) -> list[Conclusion]:
    """Conclude from every hiding of one world."""
    everything = set(line["gathered"]["full"]["tables"])
    return [
        _conclusion(line, name, gathered, everything, card)
        for name, gathered in line["gathered"].items()
    ]


def gathered_of(line: Mapping[str, Any]) -> Gathered:
    """Return what was gathered, as a diagnosis takes it."""
    return Gathered(
        firms=line["firms"],
        readings=tuple(_reading(each) for each in line["readings"]),
        observations=NO_DATES if line["windows"] is None else observations_of(line["windows"]),
    )


def _reading(line: Mapping[str, Any]) -> Reading:
    element, aspect = line["aspect"].split(".")
    return Reading(
        element=element,
        aspect=aspect,
        title=NOTHING,
        question=NOTHING,
        status=line["status"],
        support=line["support"],
    )


def _conclusion(
    line: Line, name: str, gathered: Mapping[str, Any], everything: set[str], card: Card
) -> Conclusion:
    found = concluded(gathered_of(gathered), card, line["number"])
    return Conclusion(
        number=line["number"],
        hiding=name,
        gone=tuple(sorted(everything - set(gathered["tables"]))),
        true_type=line["truth"]["type"],
        true_stage=line["truth"]["stage"],
        true_windows=true_windows(line, gathered["windows"]),
        type=found.type,
        stage=found.stage,
    )


def true_windows(line: Line, windows: Mapping[str, Any] | None) -> tuple[tuple[str, ...], ...]:
    """Return the true stages of the years of each window."""
    if windows is None:
        return ()
    stages, start = line["truth"]["stages"], line["start"]
    found = []
    for name in windows["names"]:
        first = int(name.split("-")[0]) - start
        within = stages[max(first, 0) : max(first + windows["years"], 0)]
        found.append(tuple(dict.fromkeys(within)))
    return tuple(found)
