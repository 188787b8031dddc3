"""Columns that users add for what the record does not declare, read in the same way by all measures.

Paper: S11, S18 (what the declared columns cannot say)
"""

import numpy as np
import polars as pl

from jiqun.measures.readings.windows import Floats

YES = ("1", "true", "yes", "y", "是", "有")
NO = ("0", "false", "no", "n", "否", "无")


def stated_flags(table: pl.DataFrame, column: str) -> Floats:
    """Read yes and no as 1 and 0, anything else and an absent column as NaN, shape (rows,)."""
    if column not in table.columns:
        return np.full(table.height, np.nan)
    word = table[column].str.strip_chars().str.to_lowercase()
    yes, no = word.is_in(YES), word.is_in(NO)
    flags = pl.select(pl.when(yes).then(1.0).when(no).then(0.0)).to_series()
    return flags.fill_null(np.nan).to_numpy()


def stated_numbers(table: pl.DataFrame, column: str) -> Floats:
    """Read numbers, anything else and an absent column as NaN, shape (rows,)."""
    if column not in table.columns:
        return np.full(table.height, np.nan)
    return table[column].cast(pl.Float64, strict=False).fill_null(np.nan).to_numpy()


def stated_words(table: pl.DataFrame, column: str) -> pl.Series:
    """Read words in lower case, an absent column as missing."""
    if column not in table.columns:
        return pl.Series(column, [None] * table.height, dtype=pl.String)
    return table[column].str.strip_chars().str.to_lowercase()
