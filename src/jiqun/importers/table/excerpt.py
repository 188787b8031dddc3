"""The rows of a person's own sheet that have problems, as they stand there, for a page to show in place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jiqun.importers.table.files import read_files
from jiqun.importers.table.importer import lay_out_all
from jiqun.importers.table.layout import Layout
from jiqun.importers.table.options import read_options
from jiqun.importers.table.sheet import letters
from jiqun.record.problem import InputError, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcerptRow:
    """One row with problems.

    Attributes
    ----------
    number
        Its number in the sheet, counted from 1 as spreadsheets do.
    cells
        Its cells as text, as many as the excerpt has columns.
    marks
        (index of the column, place of the problem in the list given); -1 where it is about the row.
    """

    number: int
    cells: tuple[str, ...]
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """The rows of one sheet that have problems.

    Attributes
    ----------
    source
        ``file`` or ``file#sheet``, as problems name it.
    letters, headings
        Of each column.
    rows
        In the order of the sheet.
    """

    source: str
    letters: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[ExcerptRow, ...]


def excerpts(
    source: Path,
    problems: Sequence[Problem],
    *,
    most_rows: int = 40,
    most_columns: int = 40,
    options: Mapping[str, str] | None = None,
) -> tuple[Excerpt, ...]:
    """Return the rows with problems of each sheet; nothing of a file that cannot be read.

    Parameters
    ----------
    source
        The workbook, CSV file or folder that was imported.
    problems
        What the import reported.
    most_rows, most_columns
        Rows shown of each sheet, and columns; a column with a problem is shown in any case.
    options
        The options of the import.
    """
    chosen = read_options(options or {})
    try:
        sheets, _ = read_files(source, chosen)
    except InputError:
        return ()
    found = (
        _excerpt(lo, problems, most_rows, most_columns) for lo in lay_out_all(sheets, chosen)[0]
    )
    return tuple(excerpt for excerpt in found if excerpt.rows)


def _excerpt(layout: Layout, problems: Sequence[Problem], most: int, wide: int) -> Excerpt:
    """Return the rows with problems of one sheet."""
    marks: dict[int, list[tuple[int, int]]] = {}
    for place, problem in enumerate(problems):
        number, column = problem.row, layout.of_problem(problem.table, problem.column)
        if problem.source != layout.sheet.source:
            continue
        if number is None and column is not None:
            number = layout.heading_row + 1
        if number is not None and 1 <= number <= len(layout.sheet.rows):
            marks.setdefault(number, []).append((-1 if column is None else column, place))
    numbers = sorted(marks)[:most]
    wanted = {column for n in numbers for column, _ in marks[n] if column >= 0}
    columns = sorted({*sorted(layout.columns)[:wide], *wanted})
    at = {column: index for index, column in enumerate(columns)} | {-1: -1}
    return Excerpt(
        source=layout.sheet.source,
        letters=tuple(letters(column) for column in columns),
        headings=_cells(layout.sheet.rows[layout.heading_row], columns),
        rows=tuple(
            ExcerptRow(
                number=n,
                cells=_cells(layout.sheet.rows[n - 1], columns),
                marks=tuple((at[column], place) for column, place in marks[n]),
            )
            for n in numbers
        ),
    )


def _cells(row: Sequence[object], columns: Sequence[int]) -> tuple[str, ...]:
    """Return cells as text; a row of a CSV file may end early."""
    return tuple(
        "" if column >= len(row) or row[column] is None else str(row[column]) for column in columns
    )
