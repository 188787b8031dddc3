"""Gathering 取证: all that a diagnosis rests on, before anything is concluded from it.

What was gathered can be concluded from again, under another reference card or other weights, without
measuring again.

Paper: T1 (who innovates and how), S1-S18 (what is looked at for the stage)
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from jiqun.diagnosis.card import Card
from jiqun.diagnosis.elements import MEASURES, readings
from jiqun.diagnosis.findings import Evidence, Need, StageDiagnosis, TypeDiagnosis
from jiqun.diagnosis.ledger import entry, posterior
from jiqun.diagnosis.needs import Case, needs
from jiqun.diagnosis.reading import Reading
from jiqun.diagnosis.stage.diagnose_stage import NO_DATES, diagnose_stage, undecided
from jiqun.diagnosis.stage.observations import Observations, misdated, observe, window_years
from jiqun.diagnosis.stage.path import along_paths
from jiqun.diagnosis.verdict import judged
from jiqun.measures import Measurement, measure
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text
from jiqun.vocabulary.typology import STAGES_OF


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What a diagnosis rests on.

    Attributes
    ----------
    firms
        Firms of the cluster.
    readings
        Of every aspect of the elements of Table 1.
    observations
        The markers of Table 2 by window; where there are no windows, the reason why.
    """

    firms: int
    readings: tuple[Reading, ...]
    observations: Observations | Text


def gather(
    record: Record,
    measurement: Measurement | None = None,
    seed: int = 0,
    *,
    leaving: Collection[str] = (),
) -> Gathered:
    """Measure and read all that a diagnosis rests on.

    Parameters
    ----------
    record
        Of the cluster alone.
    measurement
        Measures of the same record, if they were made before.
    seed
        Seed of the measures.
    leaving
        Measures by window that are left out.
    """
    measured = completed(record, measurement, MEASURES, seed)
    return Gathered(
        firms=record["firms"]["firm_id"].n_unique(),
        readings=readings(record, measured),
        observations=_observed(record, seed, leaving),
    )


def _observed(record: Record, seed: int, leaving: Collection[str]) -> Observations | Text:
    years = window_years(record)
    if years is None:
        return NO_DATES
    return misdated(record, years) or observe(record, years, seed, leaving)


def completed(
    record: Record, measurement: Measurement | None, wanted: Iterable[str], seed: int
) -> Measurement:
    """Add the measures that are wanted and not there yet."""
    there = dict(measurement) if measurement is not None else {}
    missing = [name for name in wanted if name not in there]
    return Measurement({**there, **(measure(record, only=missing, seed=seed) if missing else {})})


@dataclass(frozen=True, slots=True, kw_only=True)
class Concluded:
    """What was concluded.

    Attributes
    ----------
    type, stage, needs
        As in a diagnosis.
    """

    type: TypeDiagnosis
    stage: StageDiagnosis
    needs: tuple[Need, ...]


def concluded_type(
    found: Iterable[Reading], card: Card, firms: int
) -> tuple[TypeDiagnosis, tuple[Evidence, ...]]:
    """Conclude the type of a cluster of so many firms, and return the lines in the order of the readings."""
    lines = tuple(entry(reading, card) for reading in found)
    return judged(posterior(card.prior, lines), lines, firms), lines


def concluded(gathered: Gathered, card: Card, seed: int = 0) -> Concluded:
    """Conclude type and stage from what was gathered.

    Parameters
    ----------
    gathered
        From :func:`gather`.
    card
        The reference card.
    seed
        Of the paths that are drawn for the dates of changes.
    """
    kind, lines = concluded_type(gathered.readings, card, gathered.firms)
    listed = needs(Case(kind, gathered.readings, lines, card, gathered.firms))
    if isinstance(gathered.observations, Text):
        return Concluded(type=kind, stage=undecided(gathered.observations, card), needs=listed)
    typed = kind.verdict in STAGES_OF
    types = along_paths(kind.probabilities)
    stage = diagnose_stage(gathered.observations, types, card, seed, typed=typed)
    return Concluded(type=kind, stage=stage, needs=listed)
