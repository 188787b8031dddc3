"""The study of one record: everything a report says, before any word is laid out."""

from collections.abc import Mapping
from dataclasses import dataclass

from jiqun.measures import Measurement, measure
from jiqun.measures.estimate import Estimate
from jiqun.record.problem import Problem
from jiqun.record.record import Record
from jiqun.record.requirements import check
from jiqun.report.labels import told_apart
from jiqun.report.summary import Summary, summarise
from jiqun.report.synthetic import is_synthetic

KEY_FIGURES_PER_MEASURE = 3


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
    """

    name: str
    record: Record
    seed: int
    summary: Summary
    problems: tuple[Problem, ...]
    measurement: Measurement
    synthetic: bool

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
        """For each measure its numbers for the whole record; else the one that rests on the most.

        Taking the largest number instead would make a finding of chance.
        """
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
    record: Record, *, name: str, seed: int = 0, problems: tuple[Problem, ...] | None = None
) -> Study:
    """Check and measure a record.

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
    """
    return Study(
        name=name,
        record=record,
        seed=seed,
        summary=summarise(record),
        problems=check(record) if problems is None else problems,
        measurement=measure(record, seed=seed),
        synthetic=is_synthetic(record),
    )
