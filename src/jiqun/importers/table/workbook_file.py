"""Reading an .xlsx workbook: safe to open, which sheets, which cells have no valid value.

calamine reads the cells; it does not tell a formula without a stored value, or an error value,
from an empty cell, so the XML of each sheet is looked through for those first.
"""

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import ascii_uppercase
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from jiqun.importers.parsing.rules import TOO_LONG
from jiqun.importers.table.long_texts import AT_MOST, LongText, growth
from jiqun.importers.table.rules import (
    EMPTY_FILE,
    FILE_KIND,
    PROTECTED,
    TOO_SPARSE,
    UNREADABLE,
)
from jiqun.importers.table.sheet import Sheet
from jiqun.importers.table.sheet_xml import Survey, survey
from jiqun.record.problem import InputError, Problem, Rule
from jiqun.record.storage.archive import ArchiveLimits, finding, refuse_unsafe
from jiqun.record.storage.rules import EXPANSION
from jiqun.vocabulary.text import Text

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ZIP = b"PK\x03\x04"
LIMITS = ArchiveLimits(total=2**30)
CELLS_PER_CELL = 50
"""How much larger than its cells a sheet's extent may be."""
SMALL_EXTENT = 1_000_000


def read_workbook(path: Path) -> tuple[Sheet, ...]:
    """Read every sheet of a workbook.

    Raises
    ------
    InputError
        Where it is no .xlsx, has a password, is unsafe to expand, or can't be read.
    """
    problems = _refused_kind(path) or refuse_unsafe(path, limits=LIMITS)
    if problems:
        raise InputError(problems)
    try:
        found = survey(path)
        problems = (
            *(_too_sparse(path, sheet) for sheet in found if _is_sparse(sheet)),
            *_too_much_text(path, found),
        )
        if problems:
            raise InputError(problems)
        with CalamineWorkbook.from_path(path) as workbook:
            return tuple(_sheet(path, workbook, sheet) for sheet in found)
    except PasswordError:
        raise InputError((_problem(PROTECTED, path, PASSWORD_MESSAGE),)) from None
    except (
        CalamineError,
        zipfile.BadZipFile,
        ParseError,
        ExpatError,
        KeyError,
        ValueError,
    ) as error:
        message = Text(
            "{file} can't be read as a workbook: {reason}.", "{file} 无法作为工作簿读取:{reason}。"
        ).fill(file=path.name, reason=error)
        raise InputError((_problem(UNREADABLE, path, message),)) from error


def _sheet(path: Path, workbook: CalamineWorkbook, found: Survey) -> Sheet:
    sheet = workbook.get_sheet_by_name(found.name)
    hidden = {m.name for m in workbook.sheets_metadata if m.visible is not SheetVisibleEnum.Visible}
    return Sheet(
        source=f"{path.name}#{found.name}",
        name=found.name,
        rows=sheet.to_python(skip_empty_area=False),
        hidden=found.name in hidden,
        merged=tuple(sheet.merged_cell_ranges or ()),
        faults=found.faults,
        epoch_1904=found.epoch_1904,
    )


PASSWORD_MESSAGE = Text("The workbook is protected by a password.", "该工作簿有密码保护。")


def _refused_kind(path: Path) -> tuple[Problem, ...]:
    """Tell files of other kinds by their first bytes rather than by their names."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        return (_problem(EMPTY_FILE, path, Text("{file} is empty.", "{file} 是空文件。")),)
    if head.startswith(OLE2):
        if ENCRYPTED in path.read_bytes():
            return (_problem(PROTECTED, path, PASSWORD_MESSAGE),)
        return (_kind_problem(path, ".xls"),)
    if not head.startswith(ZIP):
        return (_kind_problem(path, path.suffix or "-"),)
    if b"mimetypeapplication/vnd.oasis.opendocument" in head:
        return (_kind_problem(path, ".ods"),)
    return (_kind_problem(path, ".xlsb"),) if path.suffix.casefold() == ".xlsb" else ()


def _kind_problem(path: Path, kind: str) -> Problem:
    message = Text(
        "{file} is not an .xlsx workbook but of another kind ({kind}).",
        "{file} 不是 .xlsx 工作簿,而是其他格式({kind})。",
    )
    return _problem(FILE_KIND, path, message.fill(file=path.name, kind=kind))


def _is_sparse(sheet: Survey) -> bool:
    extent = sheet.height * sheet.width
    return extent > SMALL_EXTENT and extent > CELLS_PER_CELL * sheet.cells


def _too_sparse(path: Path, sheet: Survey) -> Problem:
    message = Text(
        "Sheet {sheet} reaches over {rows} rows and {columns} columns with only {cells} cells.",
        "工作表 {sheet} 跨 {rows} 行、{columns} 列,却只有 {cells} 个单元格。",
    )
    return TOO_SPARSE.problem(
        table=sheet.name,
        source=f"{path.name}#{sheet.name}",
        message=message.fill(
            sheet=sheet.name, rows=sheet.height, columns=sheet.width, cells=sheet.cells
        ),
    )


def _too_much_text(path: Path, sheets: Sequence[Survey]) -> Iterator[Problem]:
    found = growth(path, sheets)
    if found.characters > AT_MOST:
        message = Text(
            "The cells of {file} come to {n} characters of text, more than the {limit} allowed.",
            "{file} 各单元格的文本合计 {n} 个字符,超过允许的 {limit} 个。",
        ).fill(file=path.name, n=f"{found.characters:,}", limit=f"{AT_MOST:,}")
        yield finding(EXPANSION, path, message, found.characters)
    yield from (_too_long(path, text) for text in found.long)


def _too_long(path: Path, text: LongText) -> Problem:
    message = Text("Cell {cell} has {n} characters.", "单元格 {cell} 有 {n} 个字符。")
    digits = text.cell.lstrip(ascii_uppercase)
    return TOO_LONG.problem(
        table=text.sheet,
        source=f"{path.name}#{text.sheet}",
        row=int(digits) if digits.isdecimal() else None,
        message=message.fill(cell=text.cell, n=f"{text.length:,}"),
    )


def _problem(rule: Rule, path: Path, message: Text) -> Problem:
    return rule.problem(table=path.stem, source=path.name, message=message.fill(file=path.name))
