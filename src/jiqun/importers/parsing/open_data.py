"""Read a published CSV file: every row is kept or reported, with its number.

Rows count as the CSV format has them, the heading being row 1; a row may span several lines.
"""

import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import polars as pl

from jiqun.importers.imported import RowCount
from jiqun.importers.parsing.encodings import decode
from jiqun.importers.parsing.wording import clean
from jiqun.record.problem import InputError, Problem, Rule
from jiqun.record.schema import TABLES
from jiqun.record.storage.archive import ArchiveLimits
from jiqun.record.storage.faults import reason
from jiqun.record.storage.rules import EXPANSION
from jiqun.vocabulary.text import Text, same

GZIP = b"\x1f\x8b"
LARGEST = 2**30
"""Bytes of a published table; one that is larger is no table of these formats."""
UNREADABLE = Rule(
    id="source.unreadable",
    title=Text("The file can be read as text.", "文件可按文本读取。"),
    remedy=Text("Fetch it again, or save it as UTF-8.", "请重新获取,或另存为 UTF-8。"),
)
COLUMNS = Rule(
    id="source.columns",
    title=Text("The file has the columns of its format.", "文件具备该格式的各列。"),
    remedy=Text("Choose the right format or file.", "请选择正确的格式或文件。"),
)
MALFORMED = Rule(
    id="source.malformed_row",
    title=Text("A row has as many fields as the heading.", "每行的字段数与表头一致。"),
    remedy=Text("Mend the row at its source.", "请在来源处修正该行。"),
    severity="warning",
)
UNUSABLE = Rule(
    id="source.unusable_row",
    title=Text("A row says enough to be kept.", "该行信息足以保留。"),
    remedy=Text("Complete the row, or leave it out.", "请补全该行,或不予采用。"),
    severity="warning",
)
DUPLICATE = Rule(
    id="source.duplicate_row",
    title=Text("A row says something that no earlier row says.", "该行与前面的行不重复。"),
    remedy=Text("Nothing; the earlier row is kept.", "无需处理;已保留前面的行。"),
    severity="warning",
)
DOUBTFUL = Rule(
    id="source.doubtful_value",
    title=Text("A value can be what its column says.", "取值符合所在列的含义。"),
    remedy=Text("Check it at its source.", "请与来源核对。"),
    severity="warning",
)
NOTICE = Rule(
    id="source.notice",
    title=Text("What this source can't tell.", "该来源无法说明的情况。"),
    remedy=Text("Bear it in mind when reading results.", "解读结果时请予注意。"),
    severity="warning",
)


@dataclass(slots=True)
class Ledger:
    """What became of the rows of one file.

    Attributes
    ----------
    source
        File name.
    read
        Number of data rows.
    problems
        Findings so far.
    """

    source: str
    read: int = 0
    problems: list[Problem] = field(default_factory=list)
    _left_out: set[int] = field(default_factory=set)

    def leave_out(
        self,
        rule: Rule,
        row: int,
        message: Text,
        *,
        column: str | None = None,
        value: object = None,
    ) -> None:
        """Report a row that does not get into the record."""
        self._left_out.add(row)
        self.note(rule, message, row=row, column=column, value=value)

    def note(
        self,
        rule: Rule,
        message: Text,
        *,
        row: int | None = None,
        column: str | None = None,
        value: object = None,
    ) -> None:
        """Report something about a row that is kept, or about the file."""
        self.problems.append(
            rule.problem(
                table="", row=row, column=column, value=value, message=message, source=self.source
            )
        )

    def count(self) -> RowCount:
        """Return where the rows went."""
        reported = len(self._left_out)
        return RowCount(
            source=self.source, read=self.read, kept=self.read - reported, reported=reported
        )


Row = tuple[int, Mapping[str, str]]
"""Row number and column → cleaned text."""


def bytes_of(path: Path) -> bytes:
    """Return the content of a file, decompressed where it is gzip.

    Raises
    ------
    InputError
        Where the file can't be read or decompressed.
    """
    try:
        with path.open("rb") as file:
            is_packed = file.read(2) == GZIP
        return _expanded(path) if is_packed else path.read_bytes()
    except OSError as error:
        raise InputError((_unreadable(path, reason(error)),)) from error
    except (EOFError, zlib.error) as error:
        raise InputError((_unreadable(path, same(str(error))),)) from error


def _expanded(path: Path) -> bytes:
    """Decompress a file, but not one that grows without measure."""
    limits = ArchiveLimits()
    allowed = min(LARGEST, max(limits.harmless, int(limits.ratio * path.stat().st_size)))
    grown = 0
    with gzip.open(path) as file:
        while grown <= allowed and (piece := file.read(limits.harmless)):
            grown += len(piece)
    if grown > allowed:
        told = Text(
            "{path} would grow to more than the {limit} bytes allowed.",
            "{path} 解压后将超过允许的 {limit} 字节。",
        ).fill(path=path.name, limit=f"{allowed:,}")
        raise InputError((EXPANSION.problem(table="", message=told, source=path.name),))
    return gzip.decompress(path.read_bytes())


def the_file(source: Path) -> Path:
    """Return the CSV file that is meant: ``source`` itself, or the only one in that folder.

    Raises
    ------
    InputError
        Where the folder holds none, or several.
    """
    if not source.is_dir():
        return source
    found = sorted(p for p in source.iterdir() if p.name.casefold().endswith((".csv", ".csv.gz")))
    if len(found) != 1:
        told = Text(
            "It is a folder with {n} CSV files; name the one to read.",
            "这是含 {n} 个 CSV 文件的文件夹,请指明要读取的文件。",
        )
        raise InputError((_unreadable(source, told.fill(n=len(found))),))
    return found[0]


def checksum(path: Path) -> str:
    """Return the SHA-256 of the file as it lies there."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def rows_of(path: Path, columns: Iterable[str]) -> tuple[list[Row], Ledger]:
    """Read a CSV file.

    Parameters
    ----------
    path
        The file, compressed by gzip or not.
    columns
        Columns that it must have.

    Returns
    -------
    list of Row, Ledger
        Well-formed rows; the ledger already holds those that are not.

    Raises
    ------
    InputError
        Where the file can't be read, or lacks a column.
    """
    decoded = decode(bytes_of(path))
    if decoded.bad_lines or not decoded.encoding:
        told = Text("It is not text in a known encoding.", "不是已知编码的文本。")
        raise InputError((_unreadable(path, told),))
    # A cell of a published table may be long; the limit of the module is 128 KiB.
    csv.field_size_limit(1 << 24)
    lines = csv.reader(io.StringIO(decoded.text, newline=""))
    ledger = Ledger(path.name)
    try:
        heading = [clean(cell) for cell in next(lines, [])]
        _require(path, heading, columns)
        return list(_well_formed(lines, heading, ledger)), ledger
    except csv.Error as error:
        told = Text("Line {line}: {why}.", "第 {line} 行:{why}。").fill(
            line=lines.line_num, why=error
        )
        raise InputError((_unreadable(path, told),)) from error


def _well_formed(lines: Iterator[list[str]], heading: list[str], ledger: Ledger) -> Iterator[Row]:
    for number, cells in enumerate(lines, 2):
        if not any(map(clean, cells)):
            continue
        ledger.read += 1
        if len(cells) == len(heading):
            yield number, dict(zip(heading, map(clean, cells), strict=True))
        else:
            told = Text(
                "The row has {n} fields, the heading {m}.", "该行有 {n} 个字段,表头有 {m} 个。"
            )
            ledger.leave_out(MALFORMED, number, told.fill(n=len(cells), m=len(heading)))


def _require(path: Path, heading: list[str], columns: Iterable[str]) -> None:
    lacking = [column for column in columns if column not in heading]
    if lacking:
        told = Text("Columns are missing: {columns}.", "缺少列:{columns}。")
        problem = COLUMNS.problem(
            table="", message=told.fill(columns=", ".join(lacking)), source=path.name
        )
        raise InputError((problem,))


def _unreadable(path: Path, why: Text) -> Problem:
    told = Text("{name} can't be read: {why}", "无法读取 {name}:{why}")
    return UNREADABLE.problem(
        table="", message=told.fill(name=path.name, why=why), source=path.name
    )


def runs(seen: Iterable[int]) -> list[tuple[int, int]]:
    """Group whole numbers into stretches without a gap: first and last of each, in order."""
    ordered = enumerate(sorted(set(seen)))
    stretches = [[n for _, n in group] for _, group in groupby(ordered, lambda p: p[1] - p[0])]
    return [(stretch[0], stretch[-1]) for stretch in stretches]


def frame_of(table: str, rows: Sequence[Mapping[str, object]]) -> pl.DataFrame:
    """Return rows as a frame with all columns of a table, and extension columns as text."""
    declared = TABLES[table].polars_schema
    extensions = sorted({name for row in rows for name in row} - set(declared))
    return pl.DataFrame(rows, schema=declared | dict.fromkeys(extensions, pl.String()))
