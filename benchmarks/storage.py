"""How long reading and writing a record takes, beside polars' own reading and writing of its tables.

Run ``python benchmarks/storage.py [--firms N --ties N --memberships N --repeats K]``. Target: at most
twice polars' own time, with sorting, checksums and waiting for the disk included on our side only.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl

from jiqun.record.record import Record
from jiqun.record.storage import read, write

FIRST_DAY = np.datetime64("2000-01-01")


def random_days(rng: np.random.Generator, n: int) -> pl.Series:
    """Draw days from a quarter of a century."""
    return pl.Series(FIRST_DAY + rng.integers(0, 9000, n).astype("timedelta64[D]"))


def random_choice(rng: np.random.Generator, values: list[str], n: int) -> pl.Series:
    """Draw values, each as likely as any other."""
    return pl.Series(values)[rng.integers(0, len(values), n)]


def record_of(firms: int, ties: int, memberships: int, *, seed: int = 0) -> Record:
    """Make a record of the given size; ids are padded, so that it is in the order of its keys."""
    rng = np.random.default_rng(seed)
    alliances = max(1, memberships // 5)
    days, one_of = partial(random_days, rng), partial(random_choice, rng)
    firm_ids = pl.Series("firm_id", [f"F{i:08d}" for i in range(firms)])
    alliance_ids = pl.Series([f"A{i:07d}" for i in range(alliances)])
    return Record.of(
        firms=pl.DataFrame(
            {
                "firm_id": firm_ids,
                "kind": one_of(["firm", "university"], firms),
                "industry_code": one_of([f"{c}" for c in range(1000, 1400)], firms),
                "region_code": one_of([f"33{c:02d}00" for c in range(1, 12)], firms),
                "founded": days(firms),
            }
        ),
        ties=pl.DataFrame(
            {
                "tie_id": [f"T{i:09d}" for i in range(ties)],
                "source": firm_ids[rng.integers(0, firms, ties)],
                "target": firm_ids[rng.integers(0, firms, ties)],
                "kind": one_of(["supply", "licence", "ownership"], ties),
                "start": days(ties),
                "value": rng.lognormal(10, 2, ties),
            }
        ),
        alliances=pl.DataFrame({"alliance_id": alliance_ids, "start": days(alliances)}),
        memberships=pl.DataFrame(
            {
                "alliance_id": alliance_ids[np.sort(rng.integers(0, alliances, memberships))],
                "firm_id": firm_ids[rng.integers(0, firms, memberships)],
                "role": one_of(["lead", "member"], memberships),
                "joined": days(memberships),
            }
        ).sort("alliance_id", "firm_id", "role", "joined"),
    )


def shuffled(record: Record, *, seed: int = 1) -> Record:
    """Put the rows of every table in another order."""
    return Record(
        {
            name: frame.sample(fraction=1, shuffle=True, seed=seed)
            for name, frame in record.tables.items()
        }
    )


def plain_write(record: Record, folder: Path) -> None:
    """Write the tables with polars and nothing else."""
    folder.mkdir(exist_ok=True)
    for name, frame in record.tables.items():
        frame.write_parquet(folder / f"{name}.parquet")


def plain_read(folder: Path) -> dict[str, pl.DataFrame]:
    """Read the tables of a record with polars and nothing else."""
    return {file.stem: pl.read_parquet(file) for file in folder.glob("*.parquet")}


def side_by_side(
    ours: Callable[[], object], plain: Callable[[], object], repeats: int
) -> tuple[float, float]:
    """Time two calls in turn; return the median seconds of each."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(repeats):
        for call, spent in zip((ours, plain), seconds, strict=True):
            start = time.perf_counter()
            call()
            spent.append(time.perf_counter() - start)
    return statistics.median(seconds[0]), statistics.median(seconds[1])


def main() -> None:
    """Time and print."""
    options = argparse.ArgumentParser(description=__doc__)
    for name, default in (("firms", 100_000), ("ties", 1_000_000), ("memberships", 275_000)):
        options.add_argument(f"--{name}", type=int, default=default)
    options.add_argument("--repeats", type=int, default=9)
    options.add_argument("--folder", type=Path, help="where to write; default: a temporary folder")
    given = options.parse_args()
    record = record_of(given.firms, given.ties, given.memberships)
    other_order = shuffled(record)
    with tempfile.TemporaryDirectory(dir=given.folder) as scratch:
        stored, packed = Path(scratch) / "r.jiqun", Path(scratch) / "r.jiqun.zip"
        plain = Path(scratch) / "plain"
        rows: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
            ("write, in order", lambda: write(record, stored), lambda: plain_write(record, plain)),
            ("write .zip", lambda: write(record, packed), lambda: plain_write(record, plain)),
            (
                "write, shuffled (sorts)",
                lambda: write(other_order, stored),
                lambda: plain_write(other_order, plain),
            ),
            ("read", lambda: read(stored), lambda: plain_read(stored)),
            ("read .zip", lambda: read(packed), lambda: plain_read(stored)),
        ]
        print(f"{given.firms:,} firms, {given.ties:,} ties, {given.memberships:,} memberships")
        print(
            f"{pl.thread_pool_size()} threads, median of {given.repeats}, polars {pl.__version__}"
        )
        print(f"{'':26}{'ours, s':>10}{'polars, s':>12}{'ratio':>8}")
        for label, ours, alone in rows:
            ours()
            ours_s, plain_s = side_by_side(ours, alone, given.repeats)
            print(f"{label:26}{ours_s:10.3f}{plain_s:12.3f}{ours_s / plain_s:8.2f}")
        size = sum(file.stat().st_size for file in stored.iterdir())
        print(f"on disk {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
