"""Write a record too large for memory, a piece at a time, and query it a piece at a time.

Run ``python benchmarks/large_record.py FOLDER [--firms N --ties N]``; the record is written to
``FOLDER/large.jiqun`` and stays there for other benchmarks (``--reuse`` skips the writing).
By default 10 million firms and 50 million ties, whose peak memory should stay below 6 GB.
The record is valid, its rows depend only on the sizes and the seed, and are in the order of the keys.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl
from polars.io.plugins import register_io_source

from jiqun.record.record import conform
from jiqun.record.schema import TABLES
from jiqun.record.storage import scan, seal

PIECE = 500_000
FIRST_DAY = np.datetime64("1990-01-01")
PROVINCES = ("11", "31", "32", "33", "44", "51")
REGIONS = pl.Series([f"{p}{city:02d}00" for p in PROVINCES for city in range(1, 13)])
INDUSTRIES = pl.Series([f"{code}" for code in range(1310, 4390, 11)])
KINDS = pl.Series(["supply", "licence", "ownership", "collaboration"])
ROW_GROUP = 2**18

MakePiece = Callable[[np.random.Generator, int, int], pl.DataFrame]


def names(prefix: str, numbers: np.ndarray, digits: int) -> pl.Series:
    """Turn numbers into identifiers whose alphabetical order is that of the numbers."""
    return pl.select(
        pl.lit(prefix) + pl.Series(numbers).cast(pl.String).str.zfill(digits)
    ).to_series()


def days(offsets: np.ndarray) -> pl.Series:
    """Turn numbers of days into dates."""
    return pl.Series(FIRST_DAY + offsets.astype("timedelta64[D]"))


def firms_piece(rng: np.random.Generator, start: int, rows: int) -> pl.DataFrame:
    """Make some firms; every fifth is closed, every tenth has no industry code."""
    ids = names("F", np.arange(start, start + rows), 8)
    founded = rng.integers(0, 9_000, rows)
    ended = days(founded + rng.integers(1, 4_000, rows))
    frame = pl.DataFrame(
        {
            "firm_id": ids,
            "name": pl.select("企业" + ids).to_series(),
            "kind": "firm",
            "industry_scheme": "GBT4754-2017",
            "industry_code": INDUSTRIES[rng.zipf(1.3, rows) % len(INDUSTRIES)],
            "founded": days(founded),
            "closed": ended,
            "country": "CN",
            "region_scheme": "GBT2260",
            "region_code": REGIONS[rng.zipf(1.2, rows) % len(REGIONS)],
        }
    )
    luck = pl.Series(rng.random(rows))
    return frame.with_columns(
        closed=pl.when(luck < 0.2).then("closed"),
        industry_code=pl.when(luck < 0.9).then("industry_code"),
    )


def ties_piece_among(firms: int) -> MakePiece:
    """Make ties between so many firms; none is a firm's tie to itself."""

    def ties_piece(rng: np.random.Generator, start: int, rows: int) -> pl.DataFrame:
        source = rng.integers(0, firms, rows)
        target = (source + rng.integers(1, firms, rows)) % firms
        begun = rng.integers(0, 12_000, rows)
        return pl.DataFrame(
            {
                "tie_id": names("T", np.arange(start, start + rows), 9),
                "source": names("F", source, 8),
                "target": names("F", target, 8),
                "kind": KINDS[rng.integers(0, len(KINDS), rows)],
                "channel": "physical",
                "start": days(begun),
                "end": days(begun + rng.integers(1, 2_000, rows)),
                "value": np.round(rng.lognormal(11, 2, rows), 2),
                "currency": "CNY",
            }
        )

    return ties_piece


def stream(table: str, rows: int, make: MakePiece, folder: Path, seed: int) -> None:
    """Write one table a piece at a time; each piece has random numbers of its own."""

    def pieces(
        columns: list[str] | None, _predicate: pl.Expr | None, _rows: int | None, _size: int | None
    ) -> Iterator[pl.DataFrame]:
        for number, start in enumerate(range(0, rows, PIECE)):
            rng = np.random.default_rng([seed, list(TABLES).index(table), number])
            piece = conform(table, make(rng, start, min(PIECE, rows - start)))
            yield piece if columns is None else piece.select(columns)

    source = register_io_source(pieces, schema=TABLES[table].polars_schema)
    source.sink_parquet(
        folder / f"{table}.parquet",
        compression="zstd",
        compression_level=1,
        row_group_size=ROW_GROUP,
        engine="streaming",
    )


def write_large(folder: Path, *, firms: int, ties: int, seed: int = 0) -> None:
    """Write the record ``folder``, which must not exist yet."""
    folder.mkdir(parents=True)
    stream("firms", firms, firms_piece, folder, seed)
    if ties:
        stream("ties", ties, ties_piece_among(firms), folder, seed)
    seal(folder)


def by_region_and_industry(folder: Path) -> pl.DataFrame:
    """Return the number of firms and the value of the ties from them, largest value first."""
    tables = scan(folder)
    place = ["region_code", "industry_code"]
    firms = tables["firms"].select("firm_id", *place)
    values = (
        tables["ties"]
        .group_by("source")
        .agg(value=pl.col("value").sum(), ties=pl.len())
        .rename({"source": "firm_id"})
    )
    return (
        firms.join(values, on="firm_id", how="left")
        .group_by(place)
        .agg(firms=pl.len(), ties=pl.col("ties").sum(), value=pl.col("value").sum())
        .sort("value", *place, descending=[True, False, False])
        .collect(engine="streaming")
    )


def peak_gb() -> float:
    """Return the largest resident memory so far, GB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e9 if sys.platform == "darwin" else peak * 1024 / 1e9


def main() -> None:
    """Write, query and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--firms", type=int, default=10_000_000)
    options.add_argument("--ties", type=int, default=50_000_000)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--reuse", action="store_true", help="query the record that is there")
    given = options.parse_args()
    record = given.folder / "large.jiqun"
    print(f"{given.firms:,} firms, {given.ties:,} ties, {pl.thread_pool_size()} threads")
    print(f"{'':28}{'seconds':>9}{'peak GB':>9}")
    steps: list[tuple[str, Callable[[], object]]] = [
        ("aggregate", lambda: print(by_region_and_industry(record).head(3), file=sys.stderr)),
    ]
    if not given.reuse:
        write = partial(write_large, record, firms=given.firms, ties=given.ties, seed=given.seed)
        steps.insert(0, ("write", write))
    for label, step in steps:
        start = time.perf_counter()
        step()
        print(f"{label:28}{time.perf_counter() - start:9.1f}{peak_gb():9.2f}", flush=True)
    size = sum(file.stat().st_size for file in record.iterdir())
    print(f"on disk {size / 1e9:.2f} GB in {record}")


if __name__ == "__main__":
    main()
