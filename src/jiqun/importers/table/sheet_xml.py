"""What the XML of a workbook says that the cell reader does not: extent, formulas, error values."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.parsers import expat

import numpy as np

from jiqun.importers.table.sheet import Corner

MAIN = "{*}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
WORKBOOK = "xl/workbook.xml"
CHUNK = 2**20
OVERLAP = 64
"""Bytes carried from one piece to the next, so that no tag is cut."""
ERROR = b't="e"'
FORMULA = b"<f"
AFTER_FORMULA = frozenset(b"> /")
UNUSUAL = (b":sheetData", b" r='")
"""Prefixed tags and single quotes, which no common program writes: such sheets are parsed in full."""
LONGEST_REFERENCE = 11
"""Characters of the longest reference, XFD1048576, and its quotation mark."""
REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
LARGEST_INDEX = 8 * 2**20
"""Bytes of the list of sheets; a longer one is no honest workbook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What one sheet's XML holds.

    Attributes
    ----------
    name, member
        Name of the sheet, and of its file in the workbook.
    height, width
        Last row and column with a cell.
    cells
        How many cells are written down.
    faults
        (row, column) counted from 0 → what is wrong with the formula there.
    epoch_1904
        Whether the workbook counts days from 1904.
    has_long_run
        Whether some megabyte of it has no tag, so that one cell holds at least as much.
    """

    name: str
    member: str
    height: int
    width: int
    cells: int
    faults: dict[Corner, str]
    epoch_1904: bool
    has_long_run: bool


def survey(path: Path) -> tuple[Survey, ...]:
    """Look through the XML of each worksheet, a piece at a time."""
    with zipfile.ZipFile(path) as archive:
        names, epoch_1904 = _worksheets(archive)
        return tuple(
            _survey(archive, name, member, epoch_1904=epoch_1904) for name, member in names
        )


def _worksheets(archive: zipfile.ZipFile) -> tuple[list[tuple[str, str]], bool]:
    root = _small_xml(archive, WORKBOOK)
    relations = {
        relation.get("Id"): relation.get("Target", "")
        for relation in _small_xml(archive, "xl/_rels/workbook.xml.rels")
        if relation.get("Type", "").endswith("/worksheet")
    }
    properties = root.find(f"{MAIN}workbookPr")
    flag = properties.get("date1904", "0") if properties is not None else "0"
    found = []
    for sheet in root.iterfind(f"{MAIN}sheets/{MAIN}sheet"):
        target = relations.get(sheet.get(RELATION) or sheet.get(STRICT_RELATION))
        if target:
            member = target[1:] if target.startswith("/") else f"xl/{target}"
            found.append((sheet.get("name", ""), member))
    return found, flag in {"1", "true"}


def _small_xml(archive: zipfile.ZipFile, member: str) -> ET.Element:
    if archive.getinfo(member).file_size > LARGEST_INDEX:
        msg = f"{member} is too large"
        raise ValueError(msg)
    return ET.fromstring(archive.read(member))  # noqa: S314 - expat limits expansion; size checked


def pieces(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """Expand a file of the workbook a piece at a time."""
    with archive.open(member) as file:
        while piece := file.read(CHUNK):
            yield piece


def _survey(archive: zipfile.ZipFile, name: str, member: str, *, epoch_1904: bool) -> Survey:
    height = width = cells = 0
    suspect = has_long_run = False
    tail = b""
    for piece in pieces(archive, member):
        text = tail + piece
        last_row, last_column, number = _extent(text)
        height, width, cells = max(height, last_row), max(width, last_column), cells + number
        has_long_run = has_long_run or b"<" not in piece
        suspect = suspect or _has_formula_or_error(text)
        if not tail:
            suspect = suspect or any(mark in text for mark in UNUSUAL)
        tail = text[-OVERLAP:]
    return Survey(
        name=name,
        member=member,
        height=height,
        width=width,
        cells=cells,
        faults=_faults(archive, member) if suspect else {},
        epoch_1904=epoch_1904,
        has_long_run=has_long_run,
    )


def _has_formula_or_error(text: bytes) -> bool:
    """Look for the tag ``f`` itself, for ``formula1`` of a drop-down list starts alike."""
    at = text.find(FORMULA)
    while at >= 0:
        if text[at + 2 : at + 3] and text[at + 2] in AFTER_FORMULA:
            return True
        at = text.find(FORMULA, at + 1)
    return ERROR in text


def _extent(text: bytes) -> tuple[int, int, int]:
    """Return the last row and column that attributes ``r="…"`` of a piece of XML name, and how many."""
    found = np.frombuffer(text + bytes(LONGEST_REFERENCE + 3), dtype=np.uint8)
    end = len(text)
    is_reference = (
        (found[:end] == ord("r"))
        & (found[1 : end + 1] == ord("="))
        & ((found[2 : end + 2] == ord('"')) | (found[2 : end + 2] == ord("'")))
    )
    start = np.flatnonzero(is_reference) + 3
    row = np.zeros(start.size, dtype=np.int64)
    column = np.zeros(start.size, dtype=np.int64)
    open_ = np.ones(start.size, dtype=bool)
    for place in range(LONGEST_REFERENCE):
        letter = found[start + place].astype(np.int64)
        is_letter = open_ & (letter >= ord("A")) & (letter <= ord("Z")) & (row == 0)
        is_digit = open_ & (letter >= ord("0")) & (letter <= ord("9"))
        column = np.where(is_letter, column * 26 + letter - 64, column)
        row = np.where(is_digit, row * 10 + letter - 48, row)
        open_ = is_letter | is_digit
        if not open_.any():
            break
    return int(row.max(initial=0)), int(column.max(initial=0)), int((column > 0).sum())


def _index(column: bytes | str) -> int:
    number = 0
    for letter in column.encode() if isinstance(column, str) else column:
        number = number * 26 + letter - 64
    return number


@dataclass(slots=True)
class FaultFinder:
    """Parser events of one sheet → the cells whose formula or value is no good."""

    faults: dict[Corner, str] = field(default_factory=dict)
    row: int = 0
    column: int = 0
    kind: str = ""
    formula: bool = False
    inside: bool = False
    value: list[str] = field(default_factory=list)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Note where a cell begins, and that it holds a formula or a value."""
        tag = tag.rpartition(":")[2]
        if tag == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
        elif tag == "c":
            match = REFERENCE.fullmatch(attributes.get("r", ""))
            self.column = _index(match[1]) if match else self.column + 1
            self.kind, self.formula, self.value = attributes.get("t", ""), False, []
        elif tag == "f":
            self.formula = True
        elif tag == "v":
            self.inside = True

    def text(self, data: str) -> None:
        """Collect the stored value."""
        if self.inside:
            self.value.append(data)

    def end(self, tag: str) -> None:
        """Judge a cell when it is complete."""
        tag = tag.rpartition(":")[2]
        if tag == "v":
            self.inside = False
        elif tag == "c":
            value = "".join(self.value)
            if self.kind == "e":
                self.faults[self.row - 1, self.column - 1] = value or "#N/A"
            elif self.formula and not value and self.kind != "str":
                self.faults[self.row - 1, self.column - 1] = ""


def _faults(archive: zipfile.ZipFile, member: str) -> dict[Corner, str]:
    finder = FaultFinder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = finder.start
    parser.EndElementHandler = finder.end
    parser.CharacterDataHandler = finder.text
    for piece in pieces(archive, member):
        parser.Parse(piece, False)
    parser.Parse(b"", True)
    return finder.faults
