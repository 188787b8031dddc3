"""Accounts in one currency and one price basis.

Paper: E16, D1-D3 (value added, margin, wages)
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.measures.readings.marker import numbered
from jiqun.measures.readings.windows import Floats, days
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text, same

LEFT_OUT = Text(
    "{n} of {all} accounts are left out: in another currency or price basis than {kept}.",
    "{all} 条账目中有 {n} 条未计入:币种或价格口径与 {kept} 不同。",
)


@dataclass(frozen=True, slots=True)
class FirmAccounts:
    """Accounts of the most frequent currency and price basis, by firm and first day.

    Attributes
    ----------
    table
        The accounts.
    firm
        Number of each firm, shape (N,).
    start, end
        Days, shape (N,).
    warnings
        What was left out.
    """

    table: pl.DataFrame
    firm: NDArray[np.int64]
    start: Floats
    end: Floats
    warnings: tuple[Text, ...]

    def amount(self, column: str) -> Floats:
        """Return a column, NaN where there is no number."""
        values = self.table[column].fill_null(np.nan).to_numpy()
        return np.where(np.isfinite(values), values, np.nan)


def firm_accounts(record: Record) -> FirmAccounts:
    """Read accounts that can be added up; constant prices are preferred where they are as frequent."""
    table = record["accounts"].drop_nulls(["firm_id", "start", "end"])
    kinds = (
        table.group_by("currency", "price_basis")
        .len("count")
        .sort(
            ["count", "price_basis", "currency"], descending=[True, False, False], nulls_last=True
        )
    )
    if kinds.height > 1:
        currency, basis = kinds["currency"][0], kinds["price_basis"][0]
        kept = table.filter(
            pl.col("currency").eq_missing(pl.lit(currency, pl.String)),
            pl.col("price_basis").eq_missing(pl.lit(basis, pl.String)),
        )
        name = same(" ".join(str(word) for word in (currency, basis) if word is not None) or "–")
        gap = LEFT_OUT.fill(n=table.height - kept.height, all=table.height, kept=name)
        warnings: tuple[Text, ...] = (gap,)
    else:
        kept, warnings = table, ()
    kept = kept.sort("firm_id", "start", "end")
    return FirmAccounts(
        kept, numbered(kept["firm_id"]), days(kept["start"]), days(kept["end"]), warnings
    )
