"""Texts that a workbook holds once and its cells repeat: how much they come to, before they are read.

A workbook keeps each text once in a list of shared strings, and a cell holds its place there. A
small file whose many cells share one long text therefore grows a thousandfold in whoever reads it,
though nothing in it is packed more than twice.
"""

import re
import zipfile
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from jiqun.importers.parsing.texts import LONGEST
from jiqun.importers.table.sheet_xml import Survey, pieces

SHARED = "xl/sharedstrings.xml"
ITEM = re.compile(rb"<(?:\w+:)?si[\s/>]")
AT_MOST = 2**28
"""Characters that the cells of a workbook may come to: 100,000 rows of 2,500."""
LISTED = 100
"""Cells with a text that is too long that are listed one by one."""


@dataclass(frozen=True, slots=True)
class LongText:
    """A cell with more text than a spreadsheet can hold."""

    sheet: str
    cell: str
    length: int


@dataclass(slots=True)
class Growth:
    """How much text the cells of a workbook come to.

    Attributes
    ----------
    characters
        All cells together.
    long
        Cells that hold more than a spreadsheet can, the first of them.
    """

    characters: int = 0
    long: list[LongText] = field(default_factory=list)


def growth(path: Path, sheets: Sequence[Survey]) -> Growth:
    """Count the text of all cells, or nothing where it can't be much, which is told quickly."""
    with zipfile.ZipFile(path) as archive:
        shared = next((n for n in archive.namelist() if n.casefold() == SHARED), None)
        longest = _longest(archive, shared) if shared else 0
        cells = sum(sheet.cells for sheet in sheets)
        is_little = longest <= LONGEST and longest * cells <= AT_MOST
        if is_little and not any(sheet.has_long_run for sheet in sheets):
            return Growth()
        counter = _Cells(_lengths(archive, shared) if shared else array("Q"))
        for sheet in sheets:
            counter.sheet = sheet.name
            _parse(archive, sheet.member, counter.start, counter.text, counter.end)
        return counter.found


def _longest(archive: zipfile.ZipFile, member: str) -> int:
    """Return the bytes from one shared string to the next, at most: never fewer than its text."""
    longest = start = at = 0
    tail = b""
    for piece in pieces(archive, member):
        text = tail + piece
        for match in ITEM.finditer(text):
            place = at - len(tail) + match.start()
            longest, start = max(longest, place - start), place
        at += len(piece)
        tail = text[-32:] if not ITEM.search(text[-32:]) else b""
    return max(longest, at - start)


def _parse(
    archive: zipfile.ZipFile,
    member: str,
    start: Callable[[str, dict[str, str]], None],
    text: Callable[[str], None],
    end: Callable[[str], None],
) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parser.EndElementHandler = end
    for piece in pieces(archive, member):
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def _lengths(archive: zipfile.ZipFile, member: str) -> "array[int]":
    """Return the number of characters of each shared string."""
    lengths = array("Q")

    def start(tag: str, _: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "si":
            lengths.append(0)

    def text(data: str) -> None:
        if lengths:
            lengths[-1] += len(data)

    _parse(archive, member, start, text, lambda _: None)
    return lengths


@dataclass(slots=True)
class _Cells:
    """Parser events of the sheets → how much text their cells come to."""

    lengths: "array[int]"
    sheet: str = ""
    cell: str = ""
    is_shared: bool = False
    number: str = ""
    own: int = 0
    found: Growth = field(default_factory=Growth)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "c":
            self.cell, self.is_shared = attributes.get("r", ""), attributes.get("t") == "s"
            self.number, self.own = "", 0

    def text(self, data: str) -> None:
        self.own += len(data)
        if self.is_shared and len(self.number) < LISTED:
            self.number += data

    def end(self, tag: str) -> None:
        if tag.rpartition(":")[2] != "c":
            return
        length = self.own
        if self.is_shared and (place := self.number.strip()).isdecimal():
            length = self.lengths[int(place)] if int(place) < len(self.lengths) else 0
        self.found.characters += length
        if length > LONGEST and len(self.found.long) < LISTED:
            self.found.long.append(LongText(self.sheet, self.cell, length))
