"""Which sheets are there? A workbook, a CSV file, or a folder of them."""

from collections.abc import Mapping
from pathlib import Path

from jiqun.importers.table.delimited import read_delimited
from jiqun.importers.table.options import Options
from jiqun.importers.table.rules import FILE_KIND, NOTHING_FOUND
from jiqun.importers.table.sheet import Sheet
from jiqun.importers.table.workbook_file import read_workbook
from jiqun.record.problem import InputError, Problem
from jiqun.record.provenance import sha256_of
from jiqun.vocabulary.text import Text

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xltx"})
DELIMITED = frozenset({".csv", ".tsv", ".txt"})
OTHERS = frozenset({".xls", ".ods", ".xlsb", ".et", ".numbers"})
IGNORED = ("~$", ".")
"""How temporary and hidden files begin."""


def read_files(source: Path, options: Options) -> tuple[tuple[Sheet, ...], Mapping[str, str]]:
    """Read every sheet of a file or of the files of a folder.

    Returns
    -------
    tuple
        The sheets, and file name → sha256.

    Raises
    ------
    InputError
        With what is wrong with every file that can't be read.
    """
    files = sorted(_files(source)) if source.is_dir() else [source]
    problems: list[Problem] = []
    sheets: list[Sheet] = []
    if not files:
        raise InputError((_nothing(source),))
    for file in files:
        try:
            sheets.extend(_read(file, options))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(tuple(problems))
    return tuple(sheets), {file.name: sha256_of(file) for file in files}


def _files(folder: Path) -> list[Path]:
    """List the tables that lie in a folder itself; notes and links out of it are left alone."""
    wanted = (WORKBOOKS | DELIMITED | OTHERS) - {".txt"}
    return [
        path
        for path in folder.iterdir()
        if path.suffix.casefold() in wanted
        and not path.name.startswith(IGNORED)
        and path.is_file()
        and path.resolve().parent == folder.resolve()
    ]


def _read(file: Path, options: Options) -> tuple[Sheet, ...]:
    suffix = file.suffix.casefold()
    if suffix in DELIMITED:
        return (read_delimited(file, encoding=options.encoding),)
    if suffix in WORKBOOKS | OTHERS:
        return read_workbook(file)
    message = Text(
        "{file} is neither an .xlsx workbook nor a CSV file.", "{file} 既不是 .xlsx 也不是 CSV。"
    ).fill(file=file.name)
    raise InputError((FILE_KIND.problem(table=file.stem, source=file.name, message=message),))


def _nothing(source: Path) -> Problem:
    message = Text("{folder} holds no .xlsx or .csv file.", "{folder} 中没有 .xlsx 或 .csv 文件。")
    return NOTHING_FOUND.problem(
        table="", source=source.name, message=message.fill(folder=source.name)
    )
