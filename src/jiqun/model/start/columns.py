"""Accounts and scores of a record as columns of the model, and what has to be drawn instead."""

import datetime as dt

import numpy as np
import polars as pl

from jiqun.model.state import Floats
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

PERSONS = 100.0
MILLION = 1_000_000.0
SMALLEST = 0.01
"""Factors of a firm with a single employee, 100 persons."""
LOGIC = (0.1, 0.8)
DIGITAL = (0.05, 0.5)
"""Logic and digital capability of a firm with a digital-native score of 0, and what 1 adds."""


def known_columns(
    record: Record, firms: pl.DataFrame, number: dict[str, int], day: dt.date
) -> tuple[dict[str, Floats], list[Text]]:
    """Return factors, data, logic and digital capability as far as they are known, and what is not.

    Logic and digital capability follow the digital-native score where there is one; that a firm
    founded on digital means thinks in data is an assumption, and is said.
    """
    accounts = (
        record["accounts"]
        .filter(pl.col("firm_id").is_in(list(number)) & (pl.col("start") <= day))
        .sort("firm_id", "start")
    )
    employees = _latest(accounts, "employees", number) / PERSONS
    money = accounts.filter(pl.col("currency").is_null() | (pl.col("currency") == "CNY"))
    score = firms["digital_native"].cast(pl.Float64).to_numpy().astype(np.float64)
    columns = {
        "factors": np.where(np.isnan(employees), np.nan, np.maximum(employees, SMALLEST)),
        "stock": _latest(money, "data_capital", number) / MILLION,
        "logic": LOGIC[0] + LOGIC[1] * score,
        "digital": DIGITAL[0] + DIGITAL[1] * score,
    }
    return columns, _drawn(columns, assumed=not np.isnan(score).all())


WORDING = {
    "factors": Text("size", "规模"),
    "stock": Text("data stock", "数据存量"),
    "logic": Text("dominant logic and digital capability", "主导逻辑与数字能力"),
}
ASSUMED = Text(
    "logic and digital capability follow the digital-native score: an assumption",
    "主导逻辑与数字能力按数字原生程度设定,属假设",
)
NEVER_KNOWN = Text(
    "skills, efficiency, quality, services and cash drawn for every firm",
    "所有企业的技能、效率、质量、服务与现金均为抽取",
)


def _drawn(columns: dict[str, Floats], *, assumed: bool) -> list[Text]:
    """Say for how many firms what was drawn, and what is assumed."""
    counts = {name: int(np.isnan(columns[name]).sum()) for name in WORDING}
    notes = [
        Text(f"{name.en} drawn for {count} firms", f"{count} 家企业的{name.zh}为抽取")
        for name, count in zip(WORDING.values(), counts.values(), strict=True)
        if count
    ]
    return [*notes, *([ASSUMED] if assumed else []), NEVER_KNOWN]


def _latest(accounts: pl.DataFrame, column: str, number: dict[str, int]) -> Floats:
    """Return the last known value of each firm; not a number where there is none."""
    values = np.full(len(number), np.nan)
    known = accounts.filter(pl.col(column).is_not_null()).unique("firm_id", keep="last")
    values[[number[f] for f in known["firm_id"]]] = known[column].cast(pl.Float64).to_numpy()
    return values
