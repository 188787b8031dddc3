"""Time decomposability on 1,000 alliances, and on more.

Usage: python benchmarks/decomposability.py [alliances ...]

One line a size: seconds of the whole measure from the record (both indices, 999 bootstrap draws each, the
chances of the verdicts, the effects of other pairs), after a first call that compiles the loops. No
library has this measure, so there is no peer beside it.
"""

import sys
import time
from datetime import date

import numpy as np
import polars as pl

from jiqun.measures.decomposability import decomposability
from jiqun.record.record import Record

SIZES = (1_000, 10_000)


def random_record(alliances: int, seed: int = 0) -> Record:
    """Draw alliances of three to six firms whose pairs go by the weakest."""
    generator = np.random.default_rng(seed)
    size = generator.choice([3, 4, 5, 6], alliances)
    firms = max(int(size.sum() / 12), 12)
    rows: dict[str, list[object]] = {"alliance_id": [], "firm_a": [], "firm_b": []}
    before, after = [], []
    for e, k in enumerate(size):
        team = generator.choice(firms, k, replace=False)
        one, other = np.triu_indices(k, 1)
        rows["alliance_id"] += [f"a{e:06d}"] * one.size
        rows["firm_a"] += [f"f{i}" for i in team[one]]
        rows["firm_b"] += [f"f{i}" for i in team[other]]
        states = generator.random(one.size) < 0.8
        before += states.tolist()
        after += (generator.random(one.size) < (0.8 if states.all() else 0.4)).tolist()
    days = [date(2020, 1, 1)] * len(before) + [date(2022, 1, 1)] * len(after)
    state = np.where(np.array(before + after), "coordinated", "failed")
    columns = {name: values + values for name, values in rows.items()}
    outcome = np.where(generator.random(alliances) < 0.5, "succeeded", "failed")
    names = [f"a{e:06d}" for e in range(alliances)]
    ends = [date(2021, 1, 1)] * alliances
    return Record.of(
        firms=pl.DataFrame({"firm_id": [f"f{i}" for i in range(firms)]}),
        interfaces=pl.DataFrame({**columns, "date": days, "state": state}),
        alliances=pl.DataFrame({"alliance_id": names, "outcome": outcome, "end": ends}),
    )


def main() -> None:
    """Print one line a size."""
    sizes = [int(a) for a in sys.argv[1:]] or list(SIZES)
    started = time.perf_counter()
    decomposability(random_record(60), seed=0)
    print(f"first call, compiling included: {time.perf_counter() - started:.1f} s")
    for alliances in sizes:
        record = random_record(alliances)
        started = time.perf_counter()
        found = decomposability(record, seed=0)
        seconds = time.perf_counter() - started
        verdict = found[0].verdict
        said = "not measured" if verdict is None else verdict.en.split(":")[0]
        print(f"{alliances:>8} alliances: {seconds:6.2f} s   ({said})", flush=True)


if __name__ == "__main__":
    main()
