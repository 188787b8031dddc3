"""How a measure is declared, and what running several of them returns."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Protocol, cast

import polars as pl

from jiqun.measures import curve_points
from jiqun.measures.estimate import Estimate
from jiqun.record.record import Record
from jiqun.vocabulary.text import Language, Text


class MeasureFunction(Protocol):
    """Turn a record into estimates; the same record and seed give the same estimates."""

    def __call__(self, record: Record, *, seed: int) -> tuple[Estimate, ...]:
        """Measure ``record``; ``seed`` addresses the streams that the measure opens."""
        ...


class WindowedFunction(Protocol):
    """Turn a record into estimates for the whole of it and for each window of time."""

    def __call__(
        self, record: Record, *, seed: int = 0, years: int | None = None
    ) -> tuple[Estimate, ...]:
        """Measure ``record`` in windows of so many calendar years."""
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
    windowed
        Whether it can be asked for in windows of a given length.
    """

    name: str
    title: Text
    question: Text
    needs: tuple[str, ...]
    windowed: bool = False

    @property
    def function(self) -> MeasureFunction:
        """The function itself."""
        module = import_module(f"jiqun.measures.{self.name}")
        return cast("MeasureFunction", getattr(module, self.name))

    @property
    def over_windows(self) -> WindowedFunction:
        """The same function, asked for windows of a given length.

        Raises
        ------
        ValueError
            For a measure that is not made over windows.
        """
        if not self.windowed:
            msg = f"{self.name} is not measured over windows"
            raise ValueError(msg)
        return cast("WindowedFunction", self.function)


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


TIDY: dict[str, pl.DataType] = {
    **dict.fromkeys(("measure", "statistic", "of", "window"), pl.String()),
    **dict.fromkeys(("first_year", "last_year"), pl.Int64()),
    **dict.fromkeys(("value", "low", "high", "level"), pl.Float64()),
    "unit": pl.String(),
    "n": pl.Int64(),
    **dict.fromkeys(("n_of", "reason", "needs", "warnings"), pl.String()),
}


def tidy_row(estimate: Estimate, language: Language) -> dict[str, object]:
    """Write one estimate as a row that is told apart by statistic and window."""
    row = estimate_row(estimate, language)
    of = dict(estimate.of)
    window = of.pop("window", "")
    years = re.fullmatch(r"(\d+)(?:-(\d+))?", window)
    first, last = (years[1], years[2] or years[1]) if years else (None, None)
    told = {
        "statistic": of.pop("statistic", ""),
        "of": "; ".join(f"{key}={value}" for key, value in of.items()),
        "window": window,
        "first_year": None if first is None else int(first),
        "last_year": None if last is None else int(last),
    }
    return {name: told.get(name, row.get(name)) for name in TIDY}


CURVES: dict[str, pl.DataType] = {
    **dict.fromkeys(("id", "measure", "of", "axis", "quantity"), pl.String()),
    **dict.fromkeys(curve_points.COLUMNS, pl.Float64()),
}


def curve_rows(estimate: Estimate, language: Language) -> list[dict[str, object]]:
    """Write the curve of one estimate as a row per point; none where it has no curve."""
    curve = estimate.curve
    if curve is None:
        return []
    told = {
        "id": estimate.id,
        "measure": estimate.measure,
        "of": "; ".join(f"{key}={value}" for key, value in estimate.of),
        "axis": curve.axis.to(language),
        "quantity": curve.quantity.to(language),
    }
    return [{**told, **dict(zip(curve_points.COLUMNS, row, strict=True))} for row in curve.rows()]


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

    def to_tidy(self, language: Language = "en") -> pl.DataFrame:
        """Return one row per statistic and window, for plotting and further computation."""
        rows = [tidy_row(e, language) for found in self.values() for e in found]
        return pl.DataFrame(rows, schema=TIDY)

    def to_curves(self, language: Language = "en") -> pl.DataFrame:
        """Return one row per point of each curve that an estimate sums up, with its bands."""
        rows = [row for found in self.values() for e in found for row in curve_rows(e, language)]
        return pl.DataFrame(rows, schema=CURVES)
