"""County Business Patterns 2018 by metropolitan area, as a table of employment."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

PLANT_INDUSTRIES = tuple(range(0, 80, 8))
"""Columns of the table for which plants are made up: every eighth three-digit industry."""


@dataclass(frozen=True)
class BusinessPatterns:
    """Persons by region and three-digit industry, establishments alike, and persons in all."""

    employment: NDArray[np.float64]
    establishments: NDArray[np.int64]
    total: NDArray[np.float64]

    def plants(self, column: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Share out each cell's employment equally among its establishments."""
        number = np.where(self.employment[:, column] > 0, self.establishments[:, column], 0)
        number = np.maximum(number, self.employment[:, column] > 0)
        region = np.repeat(np.arange(self.total.size), number)
        return (self.employment[:, column] / np.maximum(number, 1))[region], region


def read_business_patterns(path: Path) -> BusinessPatterns:
    """Read the table; regions without a total, and cells without employment, are left out."""
    frame = pl.read_csv(path, schema_overrides={"naics_code": pl.String, "cbsa_code": pl.String})
    total = frame.filter(pl.col("naics_code") == "00", pl.col("EMP") > 0).sort("cbsa_code")
    cells = frame.filter(pl.col("naics_level") == 3, pl.col("EMP") > 0)
    regions = {code: row for row, code in enumerate(total["cbsa_code"])}
    industries = {code: col for col, code in enumerate(cells["naics_code"].unique().sort())}
    cells = cells.filter(pl.col("cbsa_code").is_in(list(regions)))
    rows = [regions[code] for code in cells["cbsa_code"]]
    columns = [industries[code] for code in cells["naics_code"]]
    employment = np.zeros((len(regions), len(industries)))
    establishments = np.zeros(employment.shape, dtype=np.int64)
    employment[rows, columns] = cells["EMP"]
    establishments[rows, columns] = cells["ESTAB"].cast(pl.Int64)
    return BusinessPatterns(employment, establishments, total["EMP"].to_numpy())
