"""How long does ``jiqun clusters`` take among a million firms, and how much memory?

Usage: ``python -m benchmarks.clusters FOLDER [firms]`` (1e6 by default: 5 M ties, 300,000 alliances). The
record is written to FOLDER once; the command is then run on it as a user runs it, from a process of its
own, and what it found is compared with the clusters of 60 that three firms in five were put into. Wall time
depends on what else runs; processor time, halved, is what two free cores take at least.
"""

import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.record.record import Record
from jiqun.record.storage import write
from tests.measures.planted_clusters import adjusted_rand, alone

EXTENT, SIZE = 3e6, 100
SECONDS, GIGABYTES = 120, 6.0
Ints = NDArray[np.int64]


def partners(firm: Ints, first: Ints, loyal: float, rng: np.random.Generator) -> Ints:
    """Draw a partner for each firm, from its cluster with the given chance."""
    found = rng.integers(0, first.size, firm.size)
    order = np.argsort(first, kind="stable")
    start = np.searchsorted(first[order], np.arange(int(first.max()) + 2))
    mine = np.flatnonzero((first[firm] >= 0) & (rng.random(firm.size) < loyal))
    own = first[firm[mine]]
    found[mine] = order[start[own] + (rng.random(mine.size) * np.diff(start)[own]).astype(int)]
    return found


def planted(firms: int, rng: np.random.Generator, *, clusters: bool) -> Ints:
    """Draw the cluster of each firm, −1 for two in five; without clusters −1 for all."""
    count = firms // SIZE
    inside = rng.random(firms) < (0.6 if clusters else 0.0)
    return np.where(inside, rng.integers(0, count, firms), -1)


def world(firms: int, *, clusters: bool = True) -> tuple[Record, Ints]:
    """Make a record and the cluster of each firm; every other cluster lies at one place."""
    rng = np.random.default_rng(0)
    first = planted(firms, rng, clusters=clusters)
    tables = firm_tables(first, rng)
    source = rng.integers(0, firms, 5 * firms)
    target = partners(source, first, 0.5, rng)
    lead = rng.integers(0, firms, 3 * firms // 10)
    of = np.repeat(np.arange(lead.size), 1 + rng.poisson(1.5, lead.size))
    members = np.concatenate([lead, partners(lead[of], first, 0.7, rng)])
    alliance = names("A", np.concatenate([np.arange(lead.size), of]))
    seats = pl.DataFrame({"alliance_id": alliance, "firm_id": names("F", members)})
    apart = source != target
    ties = pl.DataFrame(
        {
            "tie_id": names("T", np.arange(int(apart.sum()))),
            "source": names("F", source[apart]),
            "target": names("F", target[apart]),
        }
    )
    alliances = pl.DataFrame({"alliance_id": names("A", np.arange(lead.size))})
    seats = seats.unique(maintain_order=True)
    return Record.of(**tables, ties=ties, alliances=alliances, memberships=seats), first


def firm_tables(first: Ints, rng: np.random.Generator) -> dict[str, pl.DataFrame]:
    """Make firms with an industry and one site each."""
    firms = first.size
    place = rng.random((firms, 2)) * EXTENT
    compact = (first >= 0) & (first % 2 == 0)
    place[compact] = (rng.random((firms // SIZE, 2)) * EXTENT)[first[compact]]
    place += rng.normal(0, 8e3, place.shape)
    own = (rng.random(firms) < 0.5) & (first >= 0)
    industry = np.where(own, first % 80, rng.integers(0, 80, firms))
    ids, code = names("F", np.arange(firms)), pl.Series(10 + industry).cast(pl.String)
    east, north = 90 + place[:, 0] / 98e3, 30 + place[:, 1] / 111e3
    sites = {"site_id": ids, "firm_id": ids, "longitude": east, "latitude": north}
    return {
        "firms": pl.DataFrame({"firm_id": ids, "industry_code": code}).with_columns(
            industry_scheme=pl.lit("isic4")
        ),
        "sites": pl.DataFrame(sites),
    }


def names(prefix: str, numbers: Ints) -> pl.Series:
    """Turn numbers into identifiers in the same order."""
    text = pl.Series(numbers).cast(pl.String).str.zfill(8)
    return pl.select(pl.lit(prefix) + text).to_series()


def called(path: Path, firms: int) -> Ints:
    """Read the cluster that each firm most surely belongs to, −1 for none."""
    rows = pl.read_csv(path, schema_overrides={"cluster": pl.String}).sort("membership")
    label = np.full(firms, -1)
    number = rows["cluster"].cast(pl.Categorical).to_physical().to_numpy()
    label[rows["firm_id"].str.slice(1).cast(pl.Int64).to_numpy()] = number
    return label


def main(folder: Path, firms: int) -> int:
    """Print seconds, gigabytes, agreement and the verdict."""
    folder.mkdir(parents=True, exist_ok=True)
    stored, truth = folder / f"clusters{firms}.jiqun", folder / f"clusters{firms}.npy"
    if not truth.exists():
        record, first = world(firms)
        write(record, stored)
        np.save(truth, first)
    found = folder / "found.csv"
    jiqun = Path(sys.executable).with_name("jiqun")
    command = [str(jiqun), "clusters", str(stored), "--out", str(found)]
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    seconds, used = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    work, gigabytes = used.ru_utime + used.ru_stime, used.ru_maxrss / 1e6
    rand = adjusted_rand(alone(called(found, firms)), alone(np.load(truth)))
    print(f"{firms} firms: {seconds:.0f} s, {work:.0f} s of processor time, {gigabytes:.1f} GB")
    print(f"adjusted Rand {rand:.2f}")
    return 0 if min(seconds, work / 2) <= SECONDS and gigabytes <= GIGABYTES else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(float(sys.argv[2])) if len(sys.argv) > 2 else 1_000_000))
