"""Files as people send them, for the tests of the table importer."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

Rows = Sequence[Sequence[object]]
CREDIT_CODE = "91350100M000100Y43"
"""The example of GB 32100-2015 itself; its check character is right."""


def write_csv(path: Path, rows: Rows, encoding: str = "utf-8", separator: str = ",") -> Path:
    """Write rows as a CSV file."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_xlsx(path: Path, sheets: Mapping[str, Rows], **options: object) -> Path:
    """Write sheets of plain cells; text stays text."""
    book = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, **options}
    )
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                if value != "":
                    sheet.write(i, j, value)
    book.close()
    return path


def write_folder(path: Path, sheets: Mapping[str, Rows], encoding: str = "utf-8") -> Path:
    """Write each sheet as a CSV file of a folder."""
    path.mkdir()
    for name, rows in sheets.items():
        write_csv(path / f"{name}.csv", rows, encoding)
    return path
