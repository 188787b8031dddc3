"""How a measure is declared, and what running several of them returns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Protocol, cast

import polars as pl

from jiqun.measures.estimate import Estimate
from jiqun.record.record import Record
from jiqun.vocabulary.text import Language, Text


class MeasureFunction(Protocol):
    """Turn a record into estimates; the same record and seed give the same estimates."""

    def __call__(self, record: Record, *, seed: int) -> tuple[Estimate, ...]:
        """Measure ``record``; ``seed`` addresses the streams that the measure opens."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure: the function ``name`` in the file ``name.py``, imported when first called.

    Attributes
    ----------
    name
        As typed by the user, and the name of file and function.
    title
        What it is called.
    question
        What it answers, as a reader would ask it.
    needs
        ``table.column`` names without which it says nothing.
    """

    name: str
    title: Text
    question: Text
    needs: tuple[str, ...]

    @property
    def function(self) -> MeasureFunction:
        """The function itself."""
        module = import_module(f"jiqun.measures.{self.name}")
        return cast("MeasureFunction", getattr(module, self.name))


COLUMNS: dict[str, pl.DataType] = {
    **dict.fromkeys(("id", "measure", "of", "label"), pl.String()),
    **dict.fromkeys(("value", "low", "high", "level"), pl.Float64()),
    "unit": pl.String(),
    "n": pl.Int64(),
    **dict.fromkeys(
        ("n_of", "interval", "method", "reason", "needs", "warnings", "references"), pl.String()
    ),
}


def estimate_row(estimate: Estimate, language: Language) -> dict[str, object]:
    """Write one estimate as a row of text and numbers in one language."""
    return {
        "id": estimate.id,
        "measure": estimate.measure,
        "of": "; ".join(f"{key}={value}" for key, value in estimate.of),
        "label": estimate.label.to(language),
        "value": estimate.value,
        "low": estimate.low,
        "high": estimate.high,
        "level": estimate.level if estimate.low is not None else None,
        "unit": estimate.unit.to(language),
        "n": estimate.n,
        "n_of": estimate.n_of.to(language),
        "interval": estimate.interval.to(language),
        "method": estimate.method.to(language),
        "reason": None if estimate.reason is None else estimate.reason.to(language),
        "needs": "; ".join(estimate.needs),
        "warnings": " ".join(warning.to(language) for warning in estimate.warnings),
        "references": "; ".join(estimate.references),
    }


@dataclass(frozen=True, slots=True)
class Measurement(Mapping[str, tuple[Estimate, ...]]):
    """What was measured: name of the measure → its estimates.

    Attributes
    ----------
    estimates
        In the order of the registry.
    """

    estimates: Mapping[str, tuple[Estimate, ...]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> tuple[Estimate, ...]:
        """Return the estimates of one measure."""
        return self.estimates[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of the measures."""
        return iter(self.estimates)

    def __len__(self) -> int:
        """Count the measures."""
        return len(self.estimates)

    def to_frame(self, language: Language = "en") -> pl.DataFrame:
        """Return one row per estimate, with every text in one language."""
        rows = [estimate_row(e, language) for found in self.values() for e in found]
        return pl.DataFrame(rows, schema=COLUMNS)
