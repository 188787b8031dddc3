"""What a person may say about a table beyond the file itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast, get_args

from jiqun.importers.parsing.coded import currency_terms
from jiqun.importers.parsing.dates import Order
from jiqun.importers.parsing.wording import key
from jiqun.importers.table.rules import OPTION
from jiqun.numerics.datum import Datum
from jiqun.record.problem import InputError, Problem
from jiqun.record.schema import TABLES
from jiqun.vocabulary.text import Text

NONE = "none"
OPTIONS: Mapping[str, Text] = {
    "column.HEADING": Text(
        "table.column (or x_name) that the heading stands for", "表头对应的 表.列(或 x_名称)"
    ),
    "sheet.NAME": Text(
        "table that the sheet or file holds, or none to leave it out",
        "工作表或文件对应的表;none 表示忽略",
    ),
    "datum": Text("datum of coordinates: WGS84, GCJ02 or BD09", "坐标系:WGS84、GCJ02 或 BD09"),
    "dates": Text("order of 3/4/2023: dmy or mdy", "3/4/2023 的日月顺序:dmy 或 mdy"),
    "encoding": Text("encoding of CSV files", "CSV 文件的编码"),
    "year": Text("year of amounts that name none", "未注明年份的金额所属年份"),
    "currency": Text("currency of amounts that name none", "未注明币种的金额所用币种"),
    "merge": Text(
        "CSV of reviewed merges (columns keep, drop)", "已核对的合并清单 CSV(列 keep、drop)"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The options, checked.

    Attributes
    ----------
    columns, sheets
        Normalised heading → ``table.column`` or ``x_name``; normalised sheet name → table.
    datum, dates, encoding, year, currency
        As documented for the importer; None where not said.
    merge
        File of reviewed merges.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    sheets: Mapping[str, str] = field(default_factory=dict)
    datum: Datum | None = None
    dates: Order | None = None
    encoding: str | None = None
    year: int | None = None
    currency: str | None = None
    merge: Path | None = None


def read_options(options: Mapping[str, str]) -> Options:
    """Check the options.

    Raises
    ------
    InputError
        With every option that is unknown or has a value that it can't have.
    """
    problems: list[Problem] = []
    columns: dict[str, str] = {}
    sheets: dict[str, str] = {}
    for name, value in options.items():
        family, _, subject = name.partition(".")
        if family == "column" and subject:
            columns[key(subject)] = value
        elif family == "sheet" and subject:
            sheets[key(subject)] = value
            _choice(problems, name, value, (*TABLES, NONE))
        elif name not in OPTIONS:
            _choice(problems, name, name, tuple(OPTIONS))
    _choice(problems, "datum", options.get("datum"), get_args(Datum))
    _choice(problems, "dates", options.get("dates"), get_args(Order))
    year = options.get("year")
    if year is not None and not (year.isdecimal() and len(year) == 4):  # noqa: PLR2004 - YYYY
        _choice(problems, "year", year, ("2023", "2024", "..."))
    currency = options.get("currency")
    code = currency_terms().get(key(currency)) if currency else None
    if currency and code is None:
        _choice(problems, "currency", currency, ("CNY", "USD", "EUR", "..."))
    if problems:
        raise InputError(tuple(problems))
    return Options(
        columns=columns,
        sheets=sheets,
        datum=cast("Datum | None", options.get("datum")),
        dates=cast("Order | None", options.get("dates")),
        encoding=options.get("encoding"),
        year=int(year) if year else None,
        currency=code,
        merge=Path(options["merge"]) if "merge" in options else None,
    )


def _choice(
    problems: list[Problem], name: str, value: str | None, choices: tuple[str, ...]
) -> None:
    if value is None or value in choices:
        return
    problems.append(
        OPTION.problem(
            table="",
            column=name,
            value=value,
            message=Text("Option {name} can't be {value}.", "选项 {name} 不能取 {value}。").fill(
                name=name, value=value
            ),
            remedy=OPTION.remedy.fill(choices=", ".join(choices)),
        )
    )
