"""Which rows of a sheet hold data: empty rows skipped, totals and ragged rows reported."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from jiqun.importers.parsing.wording import clean, key
from jiqun.importers.table.layout import Layout
from jiqun.importers.table.rules import HEADING_MISSING, MERGED, RAGGED, TOTALS
from jiqun.importers.table.sheet import letters
from jiqun.record.problem import Problem
from jiqun.vocabulary.text import Text

TOTAL_WORDS = frozenset(
    {
        "合计", "总计", "小计", "共计", "总和", "汇总", "合计数", "本页合计", "total", "totals",
        "subtotal", "grandtotal", "sum", "overall", "sumtotal",
    }
)  # fmt: skip
FEW = 3
"""A row with so few filled cells is looked at cell by cell: it may hold blanks or a total."""


@dataclass(slots=True, kw_only=True)
class DataRows:
    """The rows below the headings.

    Attributes
    ----------
    numbers
        Row number in the file of each data row.
    cells
        Their cells, all rows of one length.
    left_out
        Row numbers that were reported and not read.
    problems
        What was wrong.
    """

    numbers: list[int] = field(default_factory=list)
    cells: list[Sequence[object]] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def data_rows(layout: Layout) -> DataRows:
    """Select the data rows of a sheet."""
    found = DataRows()
    width = max(map(len, layout.sheet.rows))
    if layout.sheet.delimited:
        width = _width(layout.sheet.rows[layout.heading_row])
    for i, row in enumerate(layout.sheet.rows[layout.heading_row + 1 :], layout.heading_row + 2):
        filled = len(row) - row.count("")
        if filled <= FEW:
            if not any(map(_filled, row)):
                continue
            if _is_total(row):
                found.left_out.append(i)
                found.problems.append(_total(layout, i, row))
                continue
        even = row
        if layout.sheet.delimited and len(row) != width:
            if not _can_be_evened(row, width):
                found.left_out.append(i)
                found.problems.append(_ragged(layout, i, row, width))
                continue
            even = row[:width]
        found.numbers.append(i)
        found.cells.append(even)
    if len(found.cells) and _is_total(found.cells[-1]):
        found.left_out.append(found.numbers[-1])
        found.problems.append(_total(layout, found.numbers.pop(), found.cells.pop()))
    found.problems.extend(_merged(layout))
    found.problems.extend(_without_heading(layout, found, width))
    return found


def _filled(cell: object) -> bool:
    return cell is not None and not (isinstance(cell, str) and not clean(cell))


def _width(row: Sequence[object]) -> int:
    return max((i for i, cell in enumerate(row, 1) if _filled(cell)), default=0)


def _is_total(row: Sequence[object]) -> bool:
    first = next((cell for cell in row if _filled(cell)), None)
    return isinstance(first, str) and key(first) in TOTAL_WORDS


def _total(layout: Layout, number: int, row: Sequence[object]) -> Problem:
    first = str(next(cell for cell in row if _filled(cell)))
    message = Text(
        "Row {row} holds totals ({word}) and was not imported.",
        "第 {row} 行为合计行({word}),未导入。",
    ).fill(row=number, word=clean(first))
    return TOTALS.problem(
        table=layout.table, source=layout.sheet.source, row=number, value=first, message=message
    )


def _can_be_evened(row: Sequence[object], width: int) -> bool:
    """Say whether a row of a CSV file is too long by empty cells only."""
    return len(row) > width and not any(map(_filled, row[width:]))


def _ragged(layout: Layout, number: int, row: Sequence[object], width: int) -> Problem:
    message = Text(
        "Row {row} has {cells} cells where the heading has {width}.",
        "第 {row} 行有 {cells} 个单元格,而表头有 {width} 个。",
    ).fill(row=number, cells=len(row), width=width)
    return RAGGED.problem(
        table=layout.table, source=layout.sheet.source, row=number, message=message
    )


def _merged(layout: Layout) -> list[Problem]:
    found = []
    for (top, left), (bottom, right) in layout.sheet.merged:
        if bottom <= layout.heading_row:
            continue
        name = f"{letters(left)}{top + 1}:{letters(right)}{bottom + 1}"
        heading = layout.columns.get(left)
        message = Text(
            "The cells {range} are merged, so all but the first are empty.",
            "单元格 {range} 已合并,除首格外均为空。",
        ).fill(range=name)
        found.append(
            MERGED.problem(
                table=layout.table,
                source=layout.sheet.source,
                row=top + 1,
                column=heading.column if heading else None,
                value=name,
                message=message,
            )
        )
    return found


def _without_heading(layout: Layout, rows: DataRows, width: int) -> list[Problem]:
    found = []
    headings = layout.sheet.rows[layout.heading_row]
    for column in range(width):
        if column < len(headings) and _filled(headings[column]):
            continue
        number = next(
            (
                n
                for n, row in zip(rows.numbers, rows.cells, strict=True)
                if column < len(row) and row[column] != "" and _filled(row[column])
            ),
            None,
        )
        if number is not None:
            message = Text(
                "Column {column} has data but no heading.", "{column} 列有数据但没有表头。"
            ).fill(column=letters(column))
            found.append(
                HEADING_MISSING.problem(
                    table=layout.table,
                    source=layout.sheet.source,
                    row=number,
                    column=letters(column),
                    message=message,
                )
            )
    return found
