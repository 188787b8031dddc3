"""One sheet or CSV file as it stands, before anything is made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Corner = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The cells of one sheet, with what a reader must know about them.

    Attributes
    ----------
    source
        ``file`` or ``file#sheet``, as problems name it.
    name
        Name of the sheet, or of the file without its ending.
    rows
        Cells of each row; row 1 of the file first. "" where a cell is empty.
    hidden
        Whether the sheet is hidden.
    merged
        Merged ranges as two (row, column) corners, counted from 0.
    faults
        (row, column) counted from 0 → formula without a value, or error value, in words.
    epoch_1904
        Whether the workbook counts days from 1904.
    delimited
        Whether it is a CSV file, whose rows may differ in length.
    """

    source: str
    name: str
    rows: Sequence[Sequence[object]]
    hidden: bool = False
    merged: tuple[tuple[Corner, Corner], ...] = ()
    faults: Mapping[Corner, str] = field(default_factory=dict)
    epoch_1904: bool = False
    delimited: bool = False


def letters(column: int) -> str:
    """Return the letters by which a spreadsheet names a column counted from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
