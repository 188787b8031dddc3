"""Codes 行业与区域代码: a code is one of its classification, and says which that is.

Lists that are not at hand (``other``; regions beside GB/T 2260) are not held against a code.

Paper: E1 (industries and regions, by which every measure of a cluster is taken).
"""

from collections.abc import Callable, Iterable
from functools import partial

import polars as pl

from jiqun.record.problem import Rule
from jiqun.record.requirements.query import ROW, Check, Tables, View, plain
from jiqun.vocabulary import classifications, regions
from jiqun.vocabulary.text import Text

UNLISTED = Rule(
    id="codes.unlisted",
    title=Text("A code is one of its classification.", "代码在其分类标准之内。"),
    remedy=Text(
        "Correct the code, or name the classification and edition that it is from.",
        "请更正代码,或改为其所属的标准及版本。",
    ),
    severity="warning",
)
NO_SCHEME = Rule(
    id="codes.scheme",
    title=Text("A code says which classification it is from.", "代码注明所属标准。"),
    remedy=Text(
        "Fill in the classification; a code without one is not read.",
        "请填写所属标准;未注明标准的代码不予解读。",
    ),
    severity="warning",
)
NOT_IN = Text("{column} “{value}” is not in {scheme}.", "“{column}”“{value}”不在{scheme}中。")
WITHOUT = Text("{column} is empty beside the code {code}.", "“{column}”为空,而代码为 {code}。")
CODED = (
    ("firms", "industry_scheme", "industry_code"),
    ("functions", "industry_scheme", "industry_code"),
    ("firms", "region_scheme", "region_code"),
    ("sites", "region_scheme", "region_code"),
)

Contains = Callable[[str, str], bool]


def _unlisted(tables: Tables, table: str, scheme: str, code: str) -> pl.LazyFrame:
    """Ask about each code once, however many rows have it."""
    known, contains = LISTS[code]
    rows = tables.rows[table].select(ROW, scheme, code)
    asked = rows.filter(pl.col(scheme).is_in(list(known))).select(scheme, code).drop_nulls()
    pairs = asked.unique().collect(engine="streaming").sort(scheme, code)
    wrong = [pair for pair in pairs.iter_rows() if not contains(*pair)]
    names = pl.LazyFrame(wrong, schema={scheme: pl.String, code: pl.String}, orient="row")
    return rows.join(names, on=[scheme, code])


def _in_division(scheme: str, code: str) -> bool:
    return scheme == GBT2260 and regions.contains(code)


GBT2260 = "GBT2260"
LISTS: dict[str, tuple[Iterable[str], Contains]] = {
    "industry_code": (classifications.schemes(), classifications.contains),
    "region_code": ((GBT2260,), _in_division),
}


def _checks(table: str, scheme: str, code: str) -> tuple[Check, ...]:
    frame = partial(_unlisted, table=table, scheme=scheme, code=code)
    return (
        Check(
            rule=UNLISTED,
            view=View(table=table, needs=(table,), frame=frame),
            column=code,
            message=NOT_IN,
            evidence={"scheme": pl.col(scheme)},
        ),
        Check(
            rule=NO_SCHEME,
            view=plain(table),
            column=scheme,
            message=WITHOUT,
            broken=pl.col(scheme).is_null() & pl.col(code).is_not_null(),
            evidence={"code": pl.col(code)},
        ),
    )


RULES = (UNLISTED, NO_SCHEME)
CHECKS = tuple(check for coded in CODED for check in _checks(*coded))
