"""Back-tests on the real records that allow one: the score tables of the manual.

A back-test needs years of accounts, or dates of founding. Of the open data that the project knows, only
the listed firms of China have dates (of listing and delisting), by area; none has accounts of a cluster.
What is scored is therefore the number of listed firms, and an index of listings is not a cluster.

    python verification/backtest_real.py PANEL_CSV [runs] [folder]

Paper: Q22
"""

import sys
from pathlib import Path
from tempfile import mkdtemp

import polars as pl

from jiqun.experiments.executors import open_executor
from jiqun.experiments.fitting import run_table
from jiqun.experiments.forecast_text import backtest_text
from jiqun.experiments.forecasting import backtest
from jiqun.experiments.observed import observe
from jiqun.experiments.store import RunStore
from jiqun.experiments.uncertainty import load_uncertainty
from jiqun.model.scenario import bundled
from jiqun.record.record import Record

FIRST, LAST = 2004, 2022
LARGEST = 6
"""Areas that are scored, those with most firms."""
YEARS, ORIGINS = 3, 5


def listed(panel: Path) -> pl.DataFrame:
    """Return a row a firm: when it was listed and delisted, and where it is."""
    rows = pl.read_csv(panel, schema_overrides={"code": pl.String}, infer_schema_length=None)
    firms = rows.group_by("code").agg(
        pl.col("area", "list_date", "delist_date").drop_nulls().first()
    )

    def day(name: str) -> pl.Expr:
        text = pl.col(name).cast(pl.Float64).cast(pl.Int64).cast(pl.String)
        return text.str.to_date("%Y%m%d", strict=False).alias(name)

    return (
        firms.with_columns(day("list_date"), day("delist_date"))
        .drop_nulls("list_date")
        .sort("code")
    )


def record_of(firms: pl.DataFrame) -> Record:
    """Return the record of some firms."""
    table = firms.select(
        pl.col("code").alias("firm_id"),
        pl.col("code").alias("name"),
        pl.col("list_date").alias("founded"),
        pl.col("delist_date").alias("closed"),
    )
    return Record({"firms": table})


def main() -> None:
    """Back-test the areas with most firms."""
    panel = Path(sys.argv[1])
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 400
    folder = sys.argv[3] if len(sys.argv) > 3 else mkdtemp() + "/store"
    firms = listed(panel)
    scenario = bundled("native_core")
    uncertain = load_uncertainty("broad", scenario)
    years = LAST - FIRST + 1
    with open_executor(workers=2) as processes:
        table = run_table(
            scenario,
            uncertain,
            RunStore(folder),
            processes,
            runs=runs,
            years=years,
            seed=1,
            workers=2,
        )
    areas = firms.drop_nulls("area")["area"].value_counts(sort=True).head(LARGEST)
    for area, count in areas.iter_rows():
        own = record_of(firms.filter(pl.col("area") == area))
        observed = observe(own, first_year=FIRST, last_year=LAST)
        print(f"{area}: {count} firms")
        print(backtest_text(backtest(table, observed, years=YEARS, origins=ORIGINS, seed=1), "en"))


if __name__ == "__main__":
    main()
