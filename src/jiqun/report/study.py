"""The study of one record: everything a report says, before any word is laid out."""

from collections.abc import Mapping
from dataclasses import dataclass

from jiqun.diagnosis.diagnose import diagnose
from jiqun.diagnosis.diagnosis import Diagnosis
from jiqun.experiments.comparison import Comparison
from jiqun.experiments.forecasting import Backtest, Forecast
from jiqun.experiments.observed import observe
from jiqun.experiments.outlook import Outlook, outlook
from jiqun.measures import Measurement, measure
from jiqun.measures.estimate import Estimate
from jiqun.record.problem import Problem
from jiqun.record.record import Record
from jiqun.record.requirements import check
from jiqun.record.storage import fingerprint
from jiqun.report.boundaries import Boundaries
from jiqun.report.code_names import with_names
from jiqun.report.labels import told_apart
from jiqun.report.since import Since
from jiqun.report.summary import Summary, summarise
from jiqun.report.synthetic import is_synthetic

KEY_FIGURES_PER_MEASURE = 3


@dataclass(frozen=True, slots=True)
class Input:
    """A file that a report rests on besides its record.

    Attributes
    ----------
    option
        Option of ``jiqun report`` that it was given with.
    name
        Its name, without folders.
    sha256
        Of the file; of a record, its fingerprint.
    """

    option: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """A record with what was found in it.

    Attributes
    ----------
    name
        Name of the record, as the report's title has it.
    record
        What was studied; holds its own provenance and sources.
    seed
        Seed of all random numbers in the study.
    summary
        Rows, period and gaps of the record.
    problems
        What is wrong with the record, errors and warnings.
    measurement
        Measure → its estimates, with those that could not be made and why.
    synthetic
        Whether any part of the record was generated.
    diagnosis
        Type and stage with their evidence; None where only measures were asked for.
    since
        What changed since an earlier record; None where none was given.
    shared, names
        Whether the report leaves the house: no place of a single firm is drawn then; and whether it
        keeps names all the same.
    boundaries
        Lines of the user's own on maps; None for maps without any boundary.
    comparison
        Policies compared in the model; None where none were.
    outlook
        What the record's own past leads one to expect; None without series over years.
    forecast, backtest
        The model's forecast from this record, and how such forecasts would have done; None where
        they were not made.
    fingerprint
        Of the record that was studied, before any name was masked.
    inputs
        Files that the report rests on besides.
    """

    name: str
    record: Record
    seed: int
    summary: Summary
    problems: tuple[Problem, ...]
    measurement: Measurement
    synthetic: bool
    diagnosis: Diagnosis | None = None
    since: Since | None = None
    shared: bool = False
    names: bool = True
    boundaries: Boundaries | None = None
    comparison: Comparison | None = None
    outlook: Outlook | None = None
    forecast: Forecast | None = None
    backtest: Backtest | None = None
    fingerprint: str = ""
    inputs: tuple[Input, ...] = ()

    @property
    def measured(self) -> Mapping[str, tuple[Estimate, ...]]:
        """Measures that gave a number, each with its numbers only, told apart by their labels."""
        numbers = {
            name: told_apart([e for e in estimates if e.measured])
            for name, estimates in self.measurement.items()
        }
        return {name: estimates for name, estimates in numbers.items() if estimates}

    @property
    def not_measured(self) -> tuple[Estimate, ...]:
        """What could not be measured; each says why and what it needs."""
        return tuple(e for group in self.measurement.values() for e in group if not e.measured)

    @property
    def key_figures(self) -> tuple[Estimate, ...]:
        """What the type rests on; without a diagnosis, for each measure what stands for it.

        That is its numbers for the whole record; else the one that rests on the most. Taking the
        largest number instead would make a finding of chance.
        """
        if self.diagnosis is not None:
            rests = (e for line in self.diagnosis.type.evidence for e in line.estimates)
            known = {e.id: e for found in self.measurement.values() for e in found}
            current = (known.get(e.id, e) for e in rests)
            return tuple(dict.fromkeys(e for e in current if e.measured))
        return tuple(
            estimate for estimates in self.measured.values() for estimate in headline(estimates)
        )


def headline(estimates: tuple[Estimate, ...]) -> tuple[Estimate, ...]:
    """Return the numbers of one measure that stand for it on the front page, if any says something."""
    telling = tuple(e for e in estimates if not follows_from_the_source(e))
    whole = tuple(e for e in telling if not e.of)
    if whole or not telling:
        return whole[:KEY_FIGURES_PER_MEASURE]
    return (max(telling, key=lambda e: (e.low is not None, e.n)),)


def follows_from_the_source(estimate: Estimate) -> bool:
    """Say whether all observations are alike, as where a source lists one kind of thing only.

    A list of one buyer's suppliers has supply ties alone, of which that buyer has all.
    """
    ends = (estimate.low, estimate.high)
    return estimate.value in {0.0, 1.0} and (estimate.low is None or estimate.value in ends)


def study(
    record: Record,
    *,
    name: str,
    seed: int = 0,
    problems: tuple[Problem, ...] | None = None,
    measurement: Measurement | None = None,
    diagnosis: Diagnosis | None = None,
    comparison: Comparison | None = None,
) -> Study:
    """Check, measure and diagnose a record.

    Parameters
    ----------
    record
        What to study.
    name
        What the report calls it.
    seed
        Seed of all random numbers.
    problems
        What is already known to be wrong, as an import reports it; checked here where None.
    measurement, diagnosis
        Where they were made before with the same seed; made here where None.
    comparison
        Policies compared, to stand in the report as well.
    """
    measured = with_names(
        measure(record, seed=seed) if measurement is None else measurement, record
    )
    return Study(
        name=name,
        record=record,
        seed=seed,
        summary=summarise(record),
        problems=check(record) if problems is None else problems,
        measurement=measured,
        synthetic=is_synthetic(record),
        diagnosis=diagnosis or diagnose(record, measurement=measured, seed=seed, name=name),
        comparison=comparison,
        outlook=outlook(observe(record), seed=seed),
        fingerprint=fingerprint(record),
    )
