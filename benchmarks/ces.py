"""Time the profile of the elasticity and the bootstrap over firms, beside micEconCES where R has it.

Usage: python benchmarks/ces.py [clusters]

The last line but the peer's is of all the clusters that were asked for; with fewer than 10,000 it is extrapolated.
R finds micEconCES in its library or in the folder that R_LIBS names.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from jiqun.numerics.ces.bootstrap import bootstrap
from jiqun.numerics.ces.fit import fitted
from jiqun.numerics.ces.grid import columns, profiled
from jiqun.numerics.ces.panel import panel
from jiqun.numerics.point_pattern.workers import available_cores, in_order
from tests.numerics.ces.worlds import Drawn, World

WORLD = World(firms=44, years=6)
"""About 200 firm-years."""
FULL, MOST_TIMED = 10_000, 60
PEER = """
if (!suppressWarnings(suppressMessages(require(micEconCES)))) quit(status = 3)
d <- read.csv(commandArgs(TRUE)[1])
run <- function(n) cesEst("y", c("x", "d"), d, tName = "t", multErr = TRUE, vrs = TRUE,
                          rho = seq(-0.9, 9, length.out = n), returnGridAll = FALSE)
for (n in c(30, 47)) {
  s <- replicate(5, sum(system.time(suppressWarnings(run(n)))[1:2]))
  cat(n, 1000 * min(s), "\\n")
}
"""


def least(times: list[float]) -> tuple[float, float]:
    """Return the least and the median of some times, in milliseconds."""
    return 1000 * min(times), 1000 * float(np.median(times))


def timed(drawn: list[Drawn]) -> tuple[list[float], list[float], list[float]]:
    """Return the seconds of profile, of the whole fit, and of 999 draws, of each cluster."""
    fitted(drawn[0].panel)
    bootstrap(drawn[0].panel, fitted(drawn[0].panel), draws=2)
    profiles, fits, draws = [], [], []
    for one in drawn:
        made = one.panel
        data = columns(made)
        begun = time.perf_counter()
        profiled(data)
        profiles.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        w = np.ones(one.y.size)
        fit = fitted(panel(one.y, one.k, one.d, firm=one.firm, period=one.year, w=w))
        fits.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        bootstrap(made, fit)
        draws.append(time.perf_counter() - begun)
    return profiles, fits, draws


def all_cores(drawn: list[Drawn]) -> tuple[float, float]:
    """Return the seconds that a cluster takes with fit and 999 draws, on all cores: clock, CPU."""

    def work(one: Drawn) -> float:
        made = one.panel
        return float(bootstrap(made, fitted(made)).log_sigma.mean())

    clock, cpu = time.perf_counter(), time.process_time()
    in_order(work, drawn)
    count = len(drawn)
    return (time.perf_counter() - clock) / count, (time.process_time() - cpu) / count


def peer(one: Drawn) -> None:
    """Time micEconCES on the same rows: composite and data, trend, errors that multiply output."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        x = np.exp(one.k @ [0.35, 0.65])
        rows = np.column_stack([np.exp(one.y), x, np.exp(one.d), one.year])
        np.savetxt(path, rows, delimiter=",", header="y,x,d,t", comments="")
        try:
            done = subprocess.run(
                ["Rscript", "-e", PEER, str(path)], capture_output=True, text=True, check=True
            )
        except (FileNotFoundError, subprocess.CalledProcessError) as error:
            print(f"micEconCES: not run ({error.__class__.__name__})")
            return
    ours = []
    for _ in range(20):
        data = columns(one.panel)
        begun = time.process_time()
        profiled(data)
        ours.append(time.process_time() - begun)
    for line in done.stdout.splitlines():
        points, milliseconds = line.split()
        ratio = float(milliseconds) / least(ours)[0]
        print(
            f"micEconCES, {points} points: {float(milliseconds):.0f} ms of CPU; ours, 47 points, same rows: "
            f"{least(ours)[0]:.2f} ms; ratio {ratio:.0f}"
        )


def main() -> None:
    """Print the figures."""
    clusters = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    drawn = [WORLD.draw(i) for i in range(clusters)]
    few = drawn[:MOST_TIMED]
    rows = np.mean([one.y.size for one in few])
    print(f"{clusters} clusters of {rows:.0f} firm-years on average, 44 firms; ms: least, median")
    names = ("47-point profile", "panel, profile, jackknife", "999 draws of firms")
    for name, times in zip(names, timed(few), strict=True):
        print(f"{name:28s} {least(times)[0]:7.2f} {least(times)[1]:7.2f}")
    clock, cpu = all_cores(drawn)
    how = "measured" if clusters >= FULL else f"extrapolated from {clusters}"
    cores, load = available_cores(), os.getloadavg()[0]
    print(
        f"fit and 999 draws on {cores} cores (load {load:.1f}): {1000 * clock:.1f} ms a cluster by the "
        f"clock, {1000 * cpu:.1f} ms of CPU; {FULL:,} clusters, {how}: {FULL * clock / 60:.1f} min "
        f"now, {FULL * cpu / cores / 60:.1f} min were the cores free"
    )
    peer(drawn[0])


if __name__ == "__main__":
    main()
