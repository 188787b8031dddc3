"""What a section of the report is made of: a few kinds of block, free of any output format."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from jiqun.measures.estimate import Estimate
from jiqun.vocabulary.text import Language, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number on the page and where it is from.

    Attributes
    ----------
    value
        The number.
    basis
        ``Estimate.id``, or ``count:`` and what was counted.
    """

    value: float
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Words that stay in their own language in every report, as in a glossary."""

    words: str
    language: Language


Value = Text | str | date | Number | Estimate | Term | None
"""A ``str`` is the record's own wording and is shown as it stands in either language; an ``Estimate``
shows its value and its interval."""

Cell = Value | tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One sentence or more; ``notice`` makes it stand out."""

    text: Text
    notice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Opens a part of a section."""

    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list; each item is a run of values."""

    items: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table; the first cell of a row heads it.

    Attributes
    ----------
    caption, heads, rows
        Its words.
    notes
        What stands below it.
    sheet
        Name of the sheet or file that holds it as well; empty where none does.
    """

    caption: Text
    heads: tuple[Text, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[Text, ...] = ()
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of :class:`Rows`.

    Attributes
    ----------
    name
        As programs call it; the same in both languages.
    head
        As people call it.
    meaning
        What stands in it, where the heading does not say so.
    """

    name: str
    head: Text
    meaning: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A table for programs: what a figure is drawn from, or a sheet of a workbook."""

    fields: tuple[Field, ...]
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Equation:
    """How a number is computed, as a formula in one line; the same in both languages."""

    formula: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawing with its words.

    Attributes
    ----------
    name
        Stable, unique in the report.
    title
        What is shown.
    alt
        What a reader who can't see it should know, made from the numbers.
    draw
        Returns the SVG in one language.
    data
        What is drawn.
    notes
        What is left out and why.
    """

    name: str
    title: Text
    alt: Text
    draw: Callable[[Language], Markup]
    data: Rows
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigures:
    """Estimates shown large, each with interval, what it means, n, method and references."""

    estimates: tuple[Estimate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """Rows that travel with the report, as a CSV file or a sheet.

    Attributes
    ----------
    name
        Stable, unique in the report; the name of the file.
    title
        What the rows are.
    data
        The rows; of a large table the first ones.
    total
        How many there are in all.
    sheet
        Sheet of the workbook that holds them, where it is not one of their own.
    told
        How many of them stand in the report already.
    """

    name: str
    title: Text
    data: Rows
    total: int
    sheet: str = ""
    told: int = 0


Block = Paragraph | Heading | Items | Grid | Figure | KeyFigures | Download | Equation


def count_of(value: int, of: str) -> Number:
    """Return a number that was counted in the record."""
    return Number(value=value, basis=f"count:{of}")
