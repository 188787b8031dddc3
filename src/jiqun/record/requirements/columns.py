"""Columns 列: what each column demands of its own value, read off the declaration.

Paper: E1, K3f, K3g (a record that measures may rely on).
"""

from collections.abc import Iterator

import polars as pl

from jiqun.record.problem import Rule
from jiqun.record.requirements.query import Check, plain
from jiqun.record.schema import TABLES, Column
from jiqun.record.validators import EARLIEST_DAY, LATEST_DAY, SCHEMAS
from jiqun.vocabulary.text import Text

REQUIRED = Rule(
    id="columns.required",
    title=Text("Required columns hold a value in every row.", "必填列的每一行均有值。"),
    remedy=Text("Fill in the value, or leave the row out.", "请填写该值,或删去该行。"),
)
CODE = Rule(
    id="columns.code",
    title=Text("Coded columns hold a code of their list.", "编码列的取值均在其代码表内。"),
    remedy=Text("Use one of the codes listed.", "请从所列代码中选用。"),
)
RANGE = Rule(
    id="columns.range",
    title=Text("Numbers keep the bounds of their column.", "数值不超出所在列的取值范围。"),
    remedy=Text(
        "Correct the number or its unit; leave it empty where it is not known.",
        "请更正数值或单位;未知则留空。",
    ),
)
FINITE = Rule(
    id="columns.finite",
    title=Text("Numbers are finite.", "数值均为有限数。"),
    remedy=Text(
        "Leave the cell empty where there is no number; NaN and infinity are not numbers.",
        "无数值时请留空;NaN 与无穷大不是数值。",
    ),
)
IMPOSSIBLE_DATE = Rule(
    id="columns.impossible_date",
    title=Text("Dates lie in the years 1000 to 2200.", "日期在 1000 年至 2200 年之间。"),
    remedy=Text(
        "Correct the date; leave it empty where it is open or unknown.",
        "请更正日期;未定或未知则留空。",
    ),
)
FORMAT = Rule(
    id="columns.format",
    title=Text(
        "Countries are two capital letters (ISO 3166-1), currencies three (ISO 4217).",
        "国家或地区为两位大写字母(ISO 3166-1),币种为三位(ISO 4217)。",
    ),
    remedy=Text("Write the ISO code, such as CN or CNY.", "请填写 ISO 代码,如 CN 或 CNY。"),
)
RULES = (REQUIRED, CODE, RANGE, FINITE, IMPOSSIBLE_DATE, FORMAT)

EMPTY = Text("{column} is empty.", "“{column}”为空。")
NOT_A_NUMBER = Text("{column} is {value}, which is no number.", "“{column}”为 {value},不是数值。")
OUTSIDE = {
    "min": Text(
        "{{column}} is {{value}}, below {bound}.", "“{{column}}”为 {{value}},小于下限 {bound}。"
    ),
    "max": Text(
        "{{column}} is {{value}}, above {bound}.", "“{{column}}”为 {{value}},大于上限 {bound}。"
    ),
}
NO_CODE = Text(
    "{{column}} is “{{value}}”, which is none of {codes}.",
    "“{{column}}”为“{{value}}”,不在代码表内:{codes}。",
)
NOT_THE_FORM = Text(
    "{{column}} is “{{value}}”, not {form}.", "“{{column}}”为“{{value}}”,应为{form}。"
)
FORMS = {
    "country": Text("two capital letters", "两位大写字母"),
    "currency": Text("three capital letters", "三位大写字母"),
}


def _bound(column: Column, which: str) -> tuple[Rule, Text]:
    if column.type == "date":
        bound = EARLIEST_DAY if which == "min" else LATEST_DAY
        return IMPOSSIBLE_DATE, OUTSIDE[which].fill(bound=bound)
    limit = column.minimum if which == "min" else column.maximum
    return RANGE, OUTSIDE[which].fill(bound=f"{limit:g}")


def _rule(column: Column, validator: str) -> tuple[Rule, Text]:
    """Translate the name that dataframely gives to a rule of a column."""
    match validator:
        case "nullability" | "check__blank":
            return REQUIRED, EMPTY
        case "nan" | "inf":
            return FINITE, NOT_A_NUMBER
        case "check__code" if column.codes is not None:
            return CODE, NO_CODE.fill(codes=", ".join(column.codes.codes))
        case "regex":
            return FORMAT, NOT_THE_FORM.fill(form=FORMS[column.name])
        case "min" | "max":
            return _bound(column, validator)
        case _:
            msg = f"no requirement stands for the validator {validator} of {column.name}"
            raise LookupError(msg)


def _checks(table: str) -> Iterator[Check]:
    for name, validator in SCHEMAS[table].columns().items():
        column, value = TABLES[table].column(name), pl.col(name)
        for validator_rule, holds in validator.validation_rules(value).items():
            rule, message = _rule(column, validator_rule)
            broken = ~holds
            if rule is RANGE and column.type == "number":
                broken &= value.is_finite()  # NaN and infinity are the finding of another rule
            yield Check(rule=rule, view=plain(table), column=name, message=message, broken=broken)


CHECKS = tuple(check for table in TABLES for check in _checks(table))
