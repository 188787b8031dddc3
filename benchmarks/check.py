"""Time the requirements by family: 100,000 firms, 1,000,000 ties, 275,000 memberships.

``python benchmarks/check.py`` prints the seconds of each family, least of three; ``--folder DIR``
checks a stored record of any size instead and prints its seconds and the peak of its memory.
"""

import argparse
import datetime as dt
import resource
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl

from jiqun.record.record import Record
from jiqun.record.requirements import (
    FAMILIES,
    check,
    check_folder,
    keys,
    plausibility,
    shape,
)
from jiqun.record.requirements.query import Tables
from jiqun.record.requirements.run import run

FIRMS, TIES, ALLIANCES, MEMBERS = 100_000, 1_000_000, 55_000, 5
REPEATS = 3


def named(prefix: str, numbers: np.ndarray) -> pl.Series:
    """Turn numbers into identifiers of nine characters."""
    return prefix + pl.Series(numbers).cast(pl.String).str.zfill(8)


def days(rng: np.random.Generator, n: int, *, first: int, last: int) -> pl.Series:
    """Draw days between two years."""
    start = (dt.date(first, 1, 1) - dt.date(1970, 1, 1)).days
    return (
        pl.Series(rng.integers(start, start + 365 * (last - first), n)).cast(pl.Int32).cast(pl.Date)
    )


def firms(rng: np.random.Generator, n: int) -> pl.DataFrame:
    """Make firms with names, industries and dates."""
    return pl.DataFrame(
        {
            "firm_id": named("F", np.arange(n)),
            "name": named("示例有限公司", np.arange(n)),
            "kind": "firm",
            "industry_scheme": "GBT4754-2017",
            "industry_code": pl.Series(rng.integers(13, 44, n)).cast(pl.String),
            "founded": days(rng, n, first=1980, last=2000),
            "country": "CN",
            "region_scheme": "GBT2260",
            "region_code": "330100",
        }
    )


def ties(rng: np.random.Generator, n: int, among: int) -> pl.DataFrame:
    """Make ties between different firms, each longer than a day."""
    source = rng.integers(0, among, n)
    start = days(rng, n, first=2000, last=2020)
    return pl.DataFrame(
        {
            "tie_id": named("T", np.arange(n)),
            "source": named("F", source),
            "target": named("F", (source + rng.integers(1, among, n)) % among),
            "kind": "supply",
            "channel": "physical",
            "start": start,
            "end": start.dt.offset_by("300d"),
            "value": rng.lognormal(10, 1, n),
            "currency": "CNY",
        }
    )


def record(seed: int = 0) -> Record:
    """Make the record of the headline figure."""
    rng = np.random.default_rng(seed)
    alliance = np.arange(ALLIANCES)
    begun = days(rng, ALLIANCES, first=2000, last=2010)
    member = (rng.integers(0, FIRMS, ALLIANCES)[:, None] + np.arange(MEMBERS)) % FIRMS
    accounts = np.arange(FIRMS)
    return Record.of(
        firms=firms(rng, FIRMS),
        sites=pl.DataFrame(
            {
                "site_id": named("S", accounts),
                "firm_id": named("F", accounts),
                "longitude": rng.normal(120, 1, FIRMS),
                "latitude": rng.normal(30, 1, FIRMS),
                "employees": rng.integers(1, 3000, FIRMS),
            }
        ),
        ties=ties(rng, TIES, FIRMS),
        alliances=pl.DataFrame(
            {"alliance_id": named("A", alliance), "kind": "joint_innovation", "start": begun}
        ),
        memberships=pl.DataFrame(
            {
                "alliance_id": named("A", np.repeat(alliance, MEMBERS)),
                "firm_id": named("F", member.ravel()),
                "role": "member",
                "joined": begun.gather(np.repeat(alliance, MEMBERS)),
            }
        ),
    )


def seconds(action: Callable[[], object]) -> float:
    """Time an action: the least of some repetitions."""
    least = float("inf")
    for _ in range(REPEATS):
        begun = time.perf_counter()
        action()
        least = min(least, time.perf_counter() - begun)
    return least


def by_family(made: Record) -> None:
    """Print the time of each family alone, then that of all together."""
    rows = shape.numbered({name: made[name].lazy() for name in made})
    tables = Tables(rows, rows)
    families = {"keys": keys.CHECKS, **FAMILIES}
    for name, checks in families.items():
        print(f"{name:14s} {seconds(partial(run, checks, tables, limit=None)):7.3f} s")
    print(f"{'plausibility':14s} {seconds(lambda: plausibility.suspect(tables)):7.3f} s")
    print(f"{'all':14s} {seconds(lambda: check(made)):7.3f} s, {len(check(made))} problems")


def of_folder(path: Path) -> None:
    """Check a stored record and print what it took."""
    begun = time.perf_counter()
    problems = check_folder(path)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{len(problems)} problems, {time.perf_counter() - begun:.1f} s, peak {peak:.2f} GiB")
    for problem in problems[:10]:
        print(problem.rule, problem.table, problem.row, problem.column, problem.message.en)


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path)
    folder = parser.parse_args().folder
    if folder is None:
        by_family(record())
    else:
        of_folder(folder)


if __name__ == "__main__":
    main()
