"""Personal data 个人信息: a record is of firms; numbers of persons do not belong in it."""

from collections.abc import Iterator
from functools import partial

import polars as pl

from jiqun.record.problem import Rule
from jiqun.record.requirements.query import ROW, Check, Tables, View
from jiqun.record.schema import EXTENSION_PREFIX, TABLES, Table
from jiqun.vocabulary.identifiers import IDENTITY_CHECKS, IDENTITY_SHAPE, IDENTITY_WEIGHTS
from jiqun.vocabulary.text import Text

REMOVE = Text(
    "Remove it: the record needs no data of persons, and sharing them may be against the law.",
    "请删除:记录无须个人信息,对外提供可能违法。",
)
IDENTITY = Rule(
    id="personal.identity_number",
    title=Text("No text holds a resident identity number.", "文本中不含公民身份号码。"),
    remedy=REMOVE,
    severity="warning",
)
MOBILE = Rule(
    id="personal.mobile_number",
    title=Text("No text holds a mobile phone number.", "文本中不含手机号码。"),
    remedy=REMOVE,
    severity="warning",
)
EDGE = r"[^0-9A-Za-z.]"
IN_TEXT = rf"(?:^|{EDGE})({IDENTITY_SHAPE})(?:$|{EDGE})"
MOBILE_SHAPE = rf"(?:^|\+86 ?|{EDGE})(1[3-9][0-9]{{9}})(?:$|{EDGE})"
SHAPES = (IN_TEXT, MOBILE_SHAPE)
SHOWN = 3
"""Leading characters that a finding repeats; the rest of the number is masked."""
FOUND_IDENTITY = Text(
    "{column} holds a resident identity number ({value}).", "“{column}”含公民身份号码({value})。"
)
FOUND_MOBILE = Text(
    "{column} holds what looks like a mobile phone number ({value}).",
    "“{column}”含疑似手机号码({value})。",
)
WRITTEN_BY_RULE = ("country", "currency", "sha256", "industry_code", "region_code")


def _masked(number: pl.Expr) -> pl.Expr:
    hidden = number.str.slice(SHOWN).str.replace_all(".", "*")
    return pl.concat_str(number.str.slice(0, SHOWN), hidden)


def _identity_ok(number: pl.Expr) -> pl.Expr:
    total = pl.sum_horizontal(
        number.str.slice(position, 1).cast(pl.Int64) * weight
        for position, weight in enumerate(IDENTITY_WEIGHTS)
    )
    checks = dict(enumerate(IDENTITY_CHECKS))
    expected = (total % 11).replace_strict(checks, default=None, return_dtype=pl.String)
    return number.str.slice(17, 1).str.to_uppercase() == expected


def _suspects(tables: Tables, table: str, columns: tuple[str, ...]) -> pl.LazyFrame:
    """Keep the rows in which some text holds a run of digits of either shape."""
    suspect = pl.any_horizontal(
        pl.col(column).str.contains(shape) for column in columns for shape in SHAPES
    )
    return tables.rows[table].select(ROW, *columns).filter(suspect)


def _checks(table: str, columns: tuple[str, ...], keys: tuple[str, ...]) -> Iterator[Check]:
    """Look for numbers of persons in text columns; a key may be any run of eleven digits."""
    frame = partial(_suspects, table=table, columns=columns)
    view = View(table=table, needs=(table,), frame=frame)
    for column in columns:
        identity = pl.col(column).str.extract(IN_TEXT, 1)
        yield Check(
            rule=IDENTITY,
            view=view,
            column=column,
            message=FOUND_IDENTITY,
            broken=_identity_ok(identity),
            value=_masked(identity),
        )
        mobile = pl.col(column).str.extract(MOBILE_SHAPE, 1)
        if column not in keys:
            yield Check(
                rule=MOBILE,
                view=view,
                column=column,
                message=FOUND_MOBILE,
                broken=mobile.is_not_null(),
                value=_masked(mobile),
            )


def _free_text(table: Table) -> tuple[str, ...]:
    return tuple(
        column.name
        for column in table.columns
        if column.type == "string"
        and column.codes is None
        and column.references is None
        and column.name not in WRITTEN_BY_RULE
    )


def own_columns(tables: Tables) -> tuple[Check, ...]:
    """Look into the columns that users added to the tables at hand."""
    own = {
        table: tuple(
            column
            for column in rows.collect_schema().names()
            if column.startswith(EXTENSION_PREFIX)
        )
        for table, rows in tables.rows.items()
    }
    return tuple(
        check for table, columns in own.items() if columns for check in _checks(table, columns, ())
    )


RULES = (IDENTITY, MOBILE)
CHECKS = tuple(
    check
    for table in TABLES.values()
    if _free_text(table)
    for check in _checks(table.name, _free_text(table), table.key)
)
