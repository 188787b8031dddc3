"""Identifiers 登记号: check digits of unified social credit codes and of LEIs.

Only an identifier that has the shape of such a number is held to it; any other text may name a firm.
"""

from functools import reduce

import polars as pl

from jiqun.record.problem import Rule
from jiqun.record.requirements.query import ROW, Check, Tables, View
from jiqun.vocabulary.identifiers import (
    CREDIT_CODE_ALPHABET,
    CREDIT_CODE_SHAPE,
    CREDIT_CODE_WEIGHTS,
    LEI_ALPHABET,
    LEI_SHAPE,
)
from jiqun.vocabulary.text import Text

CREDIT_CODE = Rule(
    id="identifiers.credit_code",
    title=Text(
        "Unified social credit codes have the right check character (GB 32100-2015).",
        "统一社会信用代码的校验码正确(GB 32100-2015)。",
    ),
    remedy=Text("Compare with the business licence.", "请与营业执照核对。"),
    severity="warning",
)
LEI = Rule(
    id="identifiers.lei",
    title=Text(
        "Legal entity identifiers have the right check digits (ISO 17442).",
        "法人机构识别编码(LEI)的校验位正确(ISO 17442)。",
    ),
    remedy=Text("Compare with the register of the GLEIF.", "请与 GLEIF 登记信息核对。"),
    severity="warning",
)

LEI_LENGTH = 20
LAST_DIGIT = 9


def _character(position: int, alphabet: str) -> pl.Expr:
    values = {character: value for value, character in enumerate(alphabet)}
    character = pl.col("firm_id").str.slice(position, 1)
    return character.replace_strict(values, default=None, return_dtype=pl.Int64)


def _credit_code_wrong() -> pl.Expr:
    values = [_character(position, CREDIT_CODE_ALPHABET) for position in range(18)]
    total = reduce(
        lambda sum_, pair: sum_ + pair[0] * pair[1],
        zip(values[:17], CREDIT_CODE_WEIGHTS, strict=True),
        pl.lit(0, pl.Int64),
    )
    return (total + values[17]) % 31 != 0


def _lei_wrong() -> pl.Expr:
    remainder = pl.lit(0, pl.Int64)
    for position in range(LEI_LENGTH):
        value = _character(position, LEI_ALPHABET)
        shift = pl.when(value > LAST_DIGIT).then(100).otherwise(10)
        remainder = (remainder * shift + value) % 97
    return remainder != 1


def _shaped(tables: Tables, shape: str) -> pl.LazyFrame:
    return tables.rows["firms"].select(ROW, "firm_id").filter(pl.col("firm_id").str.contains(shape))


def _check(rule: Rule, shape: str, wrong: pl.Expr, message: Text) -> Check:
    view = View(table="firms", needs=("firms",), frame=lambda tables: _shaped(tables, shape))
    return Check(rule=rule, view=view, column="firm_id", message=message, broken=wrong)


RULES = (CREDIT_CODE, LEI)
CHECKS = (
    _check(
        CREDIT_CODE,
        CREDIT_CODE_SHAPE,
        _credit_code_wrong(),
        Text(
            "{value} looks like a unified social credit code but its last character does not check.",
            "{value} 形似统一社会信用代码,但末位校验码不符。",
        ),
    ),
    _check(
        LEI,
        LEI_SHAPE,
        _lei_wrong(),
        Text(
            "{value} looks like an LEI but its last two digits do not check.",
            "{value} 形似 LEI,但末两位校验码不符。",
        ),
    ),
)
