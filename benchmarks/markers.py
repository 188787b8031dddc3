"""Time every measure that is made over windows: 20 windows, 100,000 firms, a million ties.

Usage: python benchmarks/markers.py [scale]

One line a measure: seconds, estimates, and peak memory so far; then the sum of the stage markers
against the limits of 30 seconds and 3 GB. What reads accounts by the year, and the roles of core firms,
which are no marker of stages, are timed and not in the sum.
"""

import resource
import sys
import time

import numpy as np
import polars as pl

from jiqun.measures import MEASURES, measure
from jiqun.record.record import Record

DAYS = 20 * 365
BEGIN = np.datetime64("2001-01-01")
SECONDS, GIGABYTES = 30.0, 3.0
BESIDE = {"growth_shape", "health_panel", "decline_signs", "core_firm_roles"}


def dates(generator: np.random.Generator, count: int) -> np.ndarray:
    """Draw days over twenty years."""
    return BEGIN + generator.integers(0, DAYS, count)


def ended(generator: np.random.Generator, start: np.ndarray, years: float) -> pl.Series:
    """Draw ends; what would end after the last day goes on."""
    end = start + generator.exponential(years * 365, start.size).astype(int) + 1
    last = BEGIN + DAYS
    return pl.Series(end).set(pl.Series(end >= last), None)


def relations(
    generator: np.random.Generator, name: np.ndarray, scale: float
) -> dict[str, pl.DataFrame]:
    """Draw a million ties and 300,000 alliances, times ``scale``."""
    ties, alliances = int(1_000_000 * scale), int(300_000 * scale)
    tied, began = dates(generator, ties), dates(generator, alliances)
    size = generator.integers(2, 5, alliances)
    team = np.array([f"a{i}" for i in range(alliances)])
    on = generator.random(alliances) < 0.3
    platform = np.array([f"p{i}" for i in generator.integers(0, 50, alliances)])
    kinds = ["supply", "licence", "collaboration", "data_flow", "api"]
    return {
        "ties": pl.DataFrame(
            {
                "tie_id": [f"t{i}" for i in range(ties)],
                "source": name[generator.integers(0, name.size, ties)],
                "target": name[generator.integers(0, name.size, ties)],
                "kind": generator.choice(kinds, ties, p=[0.5, 0.1, 0.1, 0.2, 0.1]),
                "start": tied,
                "end": ended(generator, tied, 5.0),
            }
        ),
        "alliances": pl.DataFrame(
            {
                "alliance_id": team,
                "platform_id": pl.Series(platform).set(pl.Series(~on), None),
                "start": began,
                "end": ended(generator, began, 2.0),
            }
        ),
        "memberships": pl.DataFrame(
            {
                "alliance_id": np.repeat(team, size),
                "firm_id": name[generator.integers(0, name.size, size.sum())],
                "role": generator.choice(["initiator", "member"], size.sum(), p=[0.35, 0.65]),
            }
        ).unique(["alliance_id", "firm_id"], maintain_order=True),
    }


def doings(
    generator: np.random.Generator, name: np.ndarray, scale: float
) -> dict[str, pl.DataFrame]:
    """Draw 50 platforms with 100,000 members, 100,000 innovations and 20 accounts a firm."""
    return {
        **platform_tables(generator, name, int(100_000 * scale)),
        **innovation_tables(generator, name, int(100_000 * scale)),
        "accounts": account_table(generator, name),
    }


def innovation_tables(
    generator: np.random.Generator, name: np.ndarray, innovations: int
) -> dict[str, pl.DataFrame]:
    """Draw innovations, half of which build on an earlier one, by two firms each."""
    made = np.array([f"i{i}" for i in range(innovations)])
    earlier = made[(generator.random(innovations) * np.arange(innovations)).astype(int)]
    return {
        "innovations": pl.DataFrame(
            {
                "innovation_id": made,
                "date": np.sort(dates(generator, innovations)),
                "output": generator.choice(["process", "product", "business_model"], innovations),
                "builds_on": pl.Series(earlier).set(
                    pl.Series(generator.random(innovations) < 0.5),
                    None,
                ),
                "radicalness": generator.random(innovations),
            }
        ),
        "innovators": pl.DataFrame(
            {
                "innovation_id": np.repeat(made, 2),
                "firm_id": name[generator.integers(0, name.size, 2 * innovations)],
            }
        ).unique(maintain_order=True),
    }


def platform_tables(
    generator: np.random.Generator, name: np.ndarray, members: int
) -> dict[str, pl.DataFrame]:
    """Draw 50 platforms, their members and 500 functions."""
    return {
        "platforms": pl.DataFrame(
            {
                "platform_id": [f"p{i}" for i in range(50)],
                "operator": name[:50],
                "opened": np.full(50, BEGIN),
                "openness": generator.random(50),
            }
        ),
        "participations": pl.DataFrame(
            {
                "platform_id": [f"p{i}" for i in generator.integers(0, 50, members)],
                "firm_id": name[generator.integers(0, name.size, members)],
                "joined": dates(generator, members),
            }
        ),
        "functions": pl.DataFrame(
            {
                "platform_id": [f"p{i}" for i in generator.integers(0, 50, 500)],
                "industry_code": generator.integers(10, 90, 500).astype(str),
                "opened": dates(generator, 500),
            }
        ),
    }


def account_table(generator: np.random.Generator, name: np.ndarray) -> pl.DataFrame:
    """Draw 20 annual accounts a firm."""
    years = np.arange(20).astype("timedelta64[Y]") + np.datetime64("2001", "Y")
    start = np.tile(years, name.size).astype("datetime64[D]")
    amounts = {
        column: generator.lognormal(3.0, 1.0, start.size)
        for column in ("value_added", "revenue", "employees", "capital", "data_spending")
    }
    return pl.DataFrame(
        {
            "firm_id": np.repeat(name, 20),
            "start": start,
            "end": start + np.timedelta64(365, "D"),
            "currency": ["CNY"] * start.size,
            "price_basis": ["constant"] * start.size,
            **amounts,
        }
    )


def large_record(scale: float, seed: int = 0) -> Record:
    """Draw a record of 100,000 firms, times ``scale``."""
    generator = np.random.default_rng(seed)
    firms = int(100_000 * scale)
    name = np.array([f"f{i}" for i in range(firms)])
    industry = generator.integers(13, 60, firms) * 100 + generator.integers(10, 50, firms)
    region = 330_000 + generator.integers(1, 12, firms) * 100 + 1
    table = pl.DataFrame({"firm_id": name, "founded": dates(generator, firms)}).with_columns(
        industry_code=pl.Series(industry.astype(str)),
        region_code=pl.Series(region.astype(str)),
        industry_scheme=pl.lit("GBT4754-2017"),
        region_scheme=pl.lit("GBT2260"),
    )
    return Record.of(
        firms=table, **relations(generator, name, scale), **doings(generator, name, scale)
    )


def peak() -> float:
    """Return the highest resident memory so far, GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


if __name__ == "__main__":
    record = large_record(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
    print(", ".join(f"{record[name].height:,} {name}" for name in record), f"; {peak():.2f} GB")
    total = used = 0.0
    for one in (name for name, entry in MEASURES.items() if entry.windowed):
        begun, spent = time.perf_counter(), time.process_time()
        found = measure(record, only=[one], window=1)[one]
        seconds, spent = time.perf_counter() - begun, time.process_time() - spent
        total += 0.0 if one in BESIDE else seconds
        used += 0.0 if one in BESIDE else spent
        print(
            f"{one:30} {seconds:7.2f} s ({spent:6.2f} of CPU) {len(found):6} estimates {peak():6.2f} GB",
            flush=True,
        )
    print(
        f"together {total:.1f} s, {used:.1f} of CPU (limit {SECONDS:.0f}), peak {peak():.2f} GB (limit {GIGABYTES:.0f})"
    )
    sys.exit(not (total <= SECONDS and peak() <= GIGABYTES))
