"""Time and memory of a register: simulated clusters far apart in one record, found and diagnosed.

    python benchmarks/register.py [clusters]

Prints what was found, seconds to find the clusters, seconds a cluster, and the peak of memory.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from jiqun.diagnosis.loop.worlds import world
from jiqun.diagnosis.registers import diagnose_all
from jiqun.model.simulation import Simulation
from jiqun.record.record import Record
from jiqun.record.schema import TABLES

LEFT_OUT = ("sources", "provenance", "policies")
A_ROW = 12
EAST, NORTH = 8.0, 5.0
"""Degrees between neighbouring clusters."""


def moved(name: str, frame: pl.DataFrame, number: int) -> pl.DataFrame:
    """Give the rows of one simulated cluster names and a place of their own."""
    table = TABLES[name]
    keys = {key for key in table.key if key.endswith("_id")}
    own = keys | {c.name for c in table.columns if c.references and c.name != "source_id"}
    changes = [(pl.lit(f"w{number}-") + pl.col(c)).alias(c) for c in frame.columns if c in own]
    if "longitude" in frame.columns:
        row, place = divmod(number, A_ROW)
        changes += [pl.col("longitude") - EAST * place, pl.col("latitude") - NORTH * row]
    if "source_id" in frame.columns:
        changes.append(pl.lit(None, pl.String()).alias("source_id"))
    return frame.with_columns(changes)


def register_of(clusters: int) -> Record:
    """Simulate so many clusters into one record."""
    parts: dict[str, list[pl.DataFrame]] = {}
    for number in range(clusters):
        scenario, seed = world(number, "score")
        run = Simulation.begin(scenario, seed=seed)
        run.run(scenario.periods)
        for name, frame in run.record().tables.items():
            if frame.height and name not in LEFT_OUT:
                parts.setdefault(name, []).append(moved(name, frame, number))
    return Record({name: pl.concat(frames) for name, frames in parts.items()})


def main() -> None:
    """Print the figures."""
    record = register_of(int(sys.argv[1]) if len(sys.argv) > 1 else 120)
    times: list[float] = []

    def tick(done: int, every: int) -> None:
        times.append(time.perf_counter())
        print(f"\r{done} of {every}", end="", file=sys.stderr, flush=True)

    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        found = diagnose_all(record, Path(folder) / "lines.jsonl", progress=tick)
    print(f"{record['firms'].height} firms, {len(found)} clusters found")
    print(f"{times[0] - start:.1f} s to find them and to diagnose the first")
    print(f"{(times[-1] - times[0]) / max(len(times) - 1, 1):.2f} s for each of the others")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB at most")


if __name__ == "__main__":
    main()
