"""Speed of the statistics of point patterns, beside dbmss where R has it and treecorr where Python has.

Times are seconds of processor time of one thread. dbmss is slow enough that its runs of many
simulations are timed with few and scaled, which the table says.

    python benchmarks/point_pattern.py [--register] [--million]
"""

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from jiqun.numerics.point_pattern import kd, m_function, scan_register
from jiqun.numerics.point_pattern.gridded import pairs_by_distance
from jiqun.numerics.point_pattern.histogram import Bins, in_bin_units, within
from jiqun.numerics.point_pattern.placement import place

Floats = NDArray[np.float64]

HERE = Path(__file__).parent
RADII = np.linspace(0.0, 0.4, 128)
KD_CASES = ((1000, 2000, 100), (500, 10_000, 100), (5000, 10_000, 3))  # of, sites, runs of dbmss
M_CASES = ((500, 10_000, 30), (1000, 20_000, 10))
FEW = 4  # simulations: dbmss needs some
CELL = 1.0 / 512.0


def pattern(cases: int, sites: int) -> tuple[Floats, NDArray[np.bool_]]:
    """Return sites in a unit square, most of them in towns, and an industry chosen at random."""
    rng = np.random.default_rng(1)
    towns, spread = rng.random((40, 2)), rng.uniform(0.01, 0.08, 40)
    town = rng.choice(40, sites)
    points = (towns[town] + rng.normal(size=(sites, 2)) * spread[town, None]) % 1.0
    chosen = np.zeros(sites, bool)
    chosen[rng.choice(sites, cases, replace=False)] = True
    return points, chosen


def seconds(work: Callable[[], object], repeats: int = 1) -> float:
    """Return the least processor time of some runs, after one that compiles."""
    spent = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


def reference(
    what: str, points: Floats, cases: NDArray[np.bool_], simulations: int
) -> float | None:
    """Return the processor time of dbmss for 1,000 simulations, or None where R lacks it."""
    if shutil.which("Rscript") is None:
        return None
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
        np.savetxt(
            file, np.column_stack([points, cases]), delimiter=",", header="x,y,case", comments=""
        )
        file.flush()
        script = [str(HERE / "point_pattern_dbmss.R"), file.name, what]
        times = []
        for count in (FEW, FEW + simulations):  # the difference leaves out what is done once
            command = ["Rscript", *script, str(count), str(RADII[-1])]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                return None
            times.append(float(done.stdout.split()[-1]))
    return times[0] + (times[1] - times[0]) / simulations * (1000.0 - FEW)


def line(name: str, ours: float, theirs: float | None, note: str = "") -> None:
    """Print one row of the table."""
    other = "" if theirs is None else f"{theirs:10.1f} s{theirs / ours:9.0f} x"
    print(f"{name:<44}{ours:10.3f} s{other}  {note}")


def exact_pairs() -> None:
    """Time one pair of the exact histogram in both precisions."""
    points, cases = pattern(20_000, 20_000)
    placement = place(points)
    n = cases.size
    for width, name in ((1e-3, "single"), (2e-5, "double")):
        bins = Bins(width=width, count=int(1.5 / width))
        scaled = in_bin_units(placement, bins)
        within(scaled[:, :100], bins, None, 1)
        spent = seconds(lambda s=scaled, b=bins: within(s, b, None, 1), 3)  # type: ignore[misc]
        print(f"exact histogram, {name} precision: {spent / (n * (n - 1) / 2) * 1e9:.2f} ns a pair")


def monte_carlo() -> None:
    """Kd and M with 1,000 simulations, and Kd from moments."""
    for cases, sites, runs in KD_CASES:
        points, chosen = pattern(cases, sites)

        def ours(
            method: str, points: Floats = points, chosen: NDArray[np.bool_] = chosen
        ) -> object:
            return kd(points, chosen, RADII, method=method, seed=1, workers=1)  # type: ignore[arg-type]

        theirs = reference("Kd", points, chosen, runs)
        note = f"dbmss scaled from {runs}"
        line(
            f"Kd, {cases} of {sites}, 1000 simulations",
            seconds(lambda: ours("monte_carlo")),
            theirs,
            note,
        )
        line(
            f"Kd, {cases} of {sites}, from moments",
            seconds(lambda: ours("analytic"), 2),
            theirs,
            note,
        )
    for cases, sites, runs in M_CASES:
        points, chosen = pattern(cases, sites)
        theirs = reference("M", points, chosen, runs)
        spent = seconds(lambda p=points, c=chosen: m_function(p, c, RADII, seed=1, workers=1))  # type: ignore[misc]
        line(f"M, {cases} of {sites}, 1000 simulations", spent, theirs, f"dbmss scaled from {runs}")


def pairs_beside_treecorr() -> None:
    """Count all pairs up to 0.4 in 128 bins, exactly, with one thread each."""
    if find_spec("treecorr") is None:
        print("treecorr: not installed")
        return
    treecorr = import_module("treecorr")
    for n in (10_000, 30_000):
        points, _ = pattern(10, n)
        bins = Bins(width=RADII[-1] / 128, count=128)
        scaled = in_bin_units(place(points), bins)
        counts = within(scaled, bins, None, 1)
        catalogue = treecorr.Catalog(x=points[:, 0], y=points[:, 1])

        def theirs(catalogue: object = catalogue) -> float:
            found = treecorr.NNCorrelation(
                min_sep=1e-9, max_sep=RADII[-1], nbins=128, bin_type="Linear", bin_slop=0.0
            )
            found.process(catalogue, num_threads=1)
            return float(found.npairs.sum())

        ratio = theirs() / counts.sum()
        line(
            f"pairs of {n} points up to 0.4, 128 bins",
            seconds(lambda s=scaled, b=bins: within(s, b, None, 1), 3),  # type: ignore[misc]
            seconds(theirs),
            f"treecorr, exact; it counts {ratio:.6f} times the pairs",
        )


def gridded() -> None:
    """Pairs from a grid of 512 cells, beside the pair of transforms that it can't do without."""
    side = fft.next_fast_len(1024, real=True)
    for n in (10_000, 100_000, 1_000_000):
        points = np.ascontiguousarray(pattern(10, n)[0].T)
        pairs_by_distance(points[:, :100], CELL, 1.0)
        spent = seconds(lambda p=points: pairs_by_distance(p, CELL, 1.0), 5)  # type: ignore[misc]
        grid = np.zeros((side, side), np.float32)
        pair = seconds(lambda g=grid: fft.irfft2(fft.rfft2(g), s=g.shape), 5)  # type: ignore[misc]
        limit = 2.0 * pair + 1e-8 * n
        print(
            f"gridded, {n} points: {spent * 1e3:.1f} ms; twice the transforms + 10 ns a point: {limit * 1e3:.1f} ms"
        )


def register(sites: int, industries: int) -> None:
    """Scan a register from end to end with all cores."""
    points, _ = pattern(10, sites)
    rng = np.random.default_rng(2)
    share = 1.0 / np.arange(1.0, industries + 1.0) ** 0.8
    label = rng.choice(industries, sites, p=share / share.sum())
    start, used = time.perf_counter(), time.process_time()
    found = scan_register(points * 1e5, label, np.linspace(0.0, 3e4, 41), seed=1)
    spent, used = time.perf_counter() - start, time.process_time() - used
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
    false = sum(f.discovered for f in found)
    print(
        f"register of {sites} sites, {len(found)} industries: {spent:.1f} s on all cores ({used:.1f} s of "
        f"processor time), peak {memory:.0f} MB, "
        f"{false} discoveries where none is true"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--register", action="store_true", help="100,000 sites, 500 industries")
    parser.add_argument("--million", action="store_true", help="1,000,000 sites, 1,000 industries")
    chosen = parser.parse_args()
    if chosen.register:
        register(100_000, 500)
    elif chosen.million:
        register(1_000_000, 1000)
    else:
        points, cases = pattern(100, 400)
        for method in ("monte_carlo", "analytic"):
            kd(points, cases, RADII, method=method, simulations=39, seed=1, workers=1)  # type: ignore[arg-type]
        m_function(points, cases, RADII, simulations=39, seed=1, workers=1)
        exact_pairs()
        pairs_beside_treecorr()
        gridded()
        monte_carlo()
    sys.stdout.flush()


if __name__ == "__main__":
    main()
