"""Reading a CSV file: encoding, separator, quotes, and what is wrong with them."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from jiqun.importers.parsing.encodings import Decoded, decode
from jiqun.importers.table.rules import CSV_FORM, EMPTY_FILE, ENCODING
from jiqun.importers.table.sheet import Sheet
from jiqun.record.problem import InputError, Problem
from jiqun.vocabulary.text import Text

SEPARATORS = ",\t;|"
LOOKED_AT = 10
SHOWN = 100
"""Lines with undecodable bytes that are reported one by one."""


def read_delimited(path: Path, *, encoding: str | None = None) -> Sheet:
    """Read one CSV file.

    Raises
    ------
    InputError
        Where it is empty, can't be decoded, or breaks the rules of CSV.
    """
    data = path.read_bytes()
    if not data.strip():
        raise InputError((_empty(path),))
    try:
        decoded = decode(data, encoding)
    except LookupError:
        raise InputError((_unknown_encoding(path, encoding or ""),)) from None
    del data
    if decoded.bad_lines:
        raise InputError(_undecodable(path, decoded))
    if not decoded.text.strip("\ufeff \r\n\t"):
        raise InputError((_empty(path),))
    return Sheet(
        source=path.name,
        name=path.stem,
        rows=_rows(path, decoded.text.removeprefix("\ufeff")),
        delimited=True,
    )


def _rows(path: Path, text: str) -> Sequence[Sequence[object]]:
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise InputError((_malformed(path, line, "NUL"),))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        return list(reader)
    except csv.Error as error:
        raise InputError((_malformed(path, reader.line_num, str(error)),)) from error


def _separator(text: str) -> str:
    """Choose the separator that the first lines hold most evenly."""
    lines = [line for line in text[:65_536].splitlines() if line.strip()][:LOOKED_AT]
    counts: Counter[str] = Counter()
    for separator in SEPARATORS:
        found = sorted(line.count(separator) for line in lines)
        counts[separator] = found[len(found) // 2]
    best, number = max(counts.items(), key=lambda item: item[1])
    return best if number else ","


def _empty(path: Path) -> Problem:
    return EMPTY_FILE.problem(
        table=path.stem,
        source=path.name,
        message=Text("{file} is empty.", "{file} 是空文件。").fill(file=path.name),
    )


def _unknown_encoding(path: Path, encoding: str) -> Problem:
    return ENCODING.problem(
        table=path.stem,
        source=path.name,
        value=encoding,
        message=Text("No encoding is called {name}.", "没有名为 {name} 的编码。").fill(
            name=encoding
        ),
    )


def _undecodable(path: Path, decoded: Decoded) -> tuple[Problem, ...]:
    message = Text(
        "Line {line} has bytes that are not {encoding}: {found}.",
        "第 {line} 行含有无法按 {encoding} 解码的字节:{found}。",
    )
    return tuple(
        ENCODING.problem(
            table=path.stem,
            source=path.name,
            row=line,
            value=found.hex(" "),
            message=message.fill(line=line, encoding=decoded.encoding, found=found.hex(" ")),
        )
        for line, found in decoded.bad_lines[:SHOWN]
    )


def _malformed(path: Path, line: int, reason: str) -> Problem:
    return CSV_FORM.problem(
        table=path.stem,
        source=path.name,
        row=line,
        message=Text("Line {line}: {reason}.", "第 {line} 行格式有误:{reason}。").fill(
            line=line, reason=reason
        ),
    )
