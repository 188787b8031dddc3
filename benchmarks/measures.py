"""Time every measure on a random record of 100,000 memberships.

Usage: python benchmarks/measures.py [scale]

One line a measure: seconds, estimates returned, and peak memory above the record's own.
"""

import resource
import sys
import time

import numpy as np
import polars as pl

from jiqun.measures import MEASURES, measure
from jiqun.record.record import Record


def random_record(scale: float = 1.0, seed: int = 0) -> Record:
    """Draw a record of 20,000 firms, 30,000 alliances and 50,000 ties, times ``scale``."""
    generator = np.random.default_rng(seed)
    firms, alliances, ties = int(20_000 * scale), int(30_000 * scale), int(50_000 * scale)
    name = np.array([f"f{i}" for i in range(firms)])
    size = generator.integers(2, 6, alliances)
    team = np.array([f"a{i}" for i in range(alliances)])
    began = np.datetime64("2010-01-01") + generator.integers(0, 3650, alliances)
    tied = np.datetime64("2010-01-01") + generator.integers(0, 3650, ties)
    industry = generator.integers(13, 60, firms) * 100 + generator.integers(10, 50, firms)
    region = 330_000 + generator.integers(1, 12, firms) * 100 + generator.integers(1, 10, firms)
    return Record.of(
        firms=pl.DataFrame({"firm_id": name}).with_columns(
            industry_code=pl.Series(industry.astype(str)),
            region_code=pl.Series(region.astype(str)),
            industry_scheme=pl.lit("GBT4754-2017"),
            region_scheme=pl.lit("GBT2260"),
        ),
        alliances=pl.DataFrame({"alliance_id": team, "start": began}),
        memberships=pl.DataFrame(
            {
                "alliance_id": np.repeat(team, size),
                "firm_id": name[generator.integers(0, firms, size.sum())],
            }
        ),
        ties=pl.DataFrame(
            {
                "tie_id": [f"t{i}" for i in range(ties)],
                "source": name[generator.integers(0, firms, ties)],
                "target": name[generator.integers(0, firms, ties)],
                "kind": generator.choice(["supply", "licence", "collaboration"], ties),
                "start": tied,
            }
        ),
    )


def peak() -> float:
    """Return the highest resident memory so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    record = random_record(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
    before = peak()
    print(f"{record['memberships'].height} memberships, {record['ties'].height} ties")
    for one in MEASURES:
        start = time.perf_counter()
        found = measure(record, only=[one])
        seconds = time.perf_counter() - start
        print(f"{one:20} {seconds:7.2f} s {len(found[one]):6} estimates {peak() - before:6.0f} MB")
