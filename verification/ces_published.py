"""Repeat published estimates of CES functions, each beside what was printed.

Usage: python verification/ces_published.py FOLDER
FOLDER holds GermanIndustry.tab.gz and MishraCES.tab.gz (of the R package micEconCES) and, for the
last rows, GrowthDJ.csv: write.csv(AER::GrowthDJ, "GrowthDJ.csv").
"""

import csv
import gzip
import sys
from pathlib import Path

import numpy as np

from jiqun.numerics.ces.nested import Nest, nested
from jiqun.numerics.ces.technology import Floats

FAILED: list[str] = []


def compared(name: str, found: float, printed: float, digits: int) -> None:
    """Print one number beside the printed one."""
    holds = abs(found - printed) <= 0.6 * 10.0**-digits
    print(f"{'equal ' if holds else 'DIFFERS'} {name:46s} {found:14.6f}  printed {printed}")
    if not holds:
        FAILED.append(name)


def columns(path: Path) -> dict[str, Floats]:
    """Read a table of numbers separated by blanks."""
    lines = gzip.decompress(path.read_bytes()).decode().splitlines()
    heads = [head.strip('"') for head in lines[0].split()]
    rows = [[np.nan if v == "NA" else float(v) for v in x.split()] for x in lines[1:] if x]
    return dict(zip(heads, np.array(rows).T, strict=True))


def mishra(folder: Path) -> None:
    """Sato's two-level function, 50 rows without errors."""
    rows = columns(folder / "MishraCES.tab.gz")
    inputs = np.column_stack([rows[f"X{j}"] for j in (1, 2, 3, 4)])
    found = nested(rows["Y"], inputs, Nest(Nest(0, 1), Nest(2, 3)))
    compared("Mishra gamma", found.gamma, 62.99588, 5)
    for name, value, printed in zip(
        ("delta1", "delta2", "delta", "rho1", "rho2", "rho"), (*found.delta, *found.rho),
        (0.599993, 0.300002, 0.499998, 0.499969, -0.170018, 0.599978), strict=True,
    ):  # fmt: skip
        compared(f"Mishra {name}", value, printed, 6)
    compared("Mishra RSS", found.rss, 0.092566, 6)


def kemfert(folder: Path) -> None:
    """West German industry, nests 2 and 3 with rho at least -1; nest 1 is a ridge."""
    rows = columns(folder / "GermanIndustry.tab.gz")
    kept = (rows["year"] < 1973) | (rows["year"] > 1975)
    time = rows["year"][kept] - 1960
    for nest, order, printed, rss in (
        (2, "KAE", (7.5015, 0.0207, 0.9892, 0.9291, 5.3101, -1.0), 3844.3),
        (3, "EAK", (15.5533, 0.0208, 0.0345, 0.8632, -1.0, 7.4646), 3510.0),
    ):
        inputs = np.column_stack([rows[name][kept] for name in order])
        found = nested(rows["Y"][kept], inputs, Nest(Nest(0, 1), 2), time=time)
        values = (found.gamma, found.trend, *found.delta, *found.rho)
        names = ("gamma", "lambda", "delta1", "delta", "rho1", "rho")
        for name, value, number in zip(names, values, printed, strict=True):
            compared(f"Kemfert nest {nest} {name}", value, number, 4)
        compared(f"Kemfert nest {nest} RSS", found.rss, rss, 1)


def growth(folder: Path) -> None:
    """98 countries without oil: the steady state of a Solow model with a CES function."""
    path = folder / "GrowthDJ.csv"
    if not path.exists():
        print("GrowthDJ.csv is not there: not compared")
        return
    with path.open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["oil"] == "no"]
    y = np.array([float(row["gdp85"]) for row in rows])
    ratio = [(float(row["popgrowth"]) + 5) / float(row["invest"]) for row in rows]
    x = np.column_stack([np.ones(y.size), ratio])
    one = nested(y, x, Nest(0, 1), free_shares=True)
    # R stops at sums of squares that are higher by 0.01 in 10⁹; γ then differs in the fifth digit.
    compared("GrowthDJ gamma over the printed", one.gamma / 646.141, 1.0, 4)
    for name, value, printed, digits in (
        ("delta", one.delta[0], 3.977, 3), ("rho", one.rho[0], -0.197, 3),
        ("error of gamma", one.errors[0], 549.993, 2), ("error of delta", one.errors[1], 2.239, 3),
        ("error of rho", one.errors[2], 0.166, 3),
        ("residual error", float(np.sqrt(one.rss / y.size)), 3314, 0), ("R2", one.r_squared, 0.602, 3),
        ("alpha", (one.delta[0] - 1) / one.delta[0], 0.749, 3), ("sigma", 1 / (1 - one.rho[0]), 0.835, 3),
    ):  # fmt: skip
        compared(f"GrowthDJ {name}", value, printed, digits)
    for log, gamma, delta, alpha in (
        (False, 1288.080, 2.443, 0.591),
        (True, 965.234, 2.488, 0.598),
    ):
        cobb = nested(y, x, Nest(0, 1), free_shares=True, log_error=log, exponents=(0.0,))
        kind = "log" if log else "NLLS"
        compared(f"GrowthDJ Cobb-Douglas {kind} gamma over the printed", cobb.gamma / gamma, 1.0, 4)
        compared(f"GrowthDJ Cobb-Douglas {kind} delta", cobb.delta[0], delta, 3)
        compared(
            f"GrowthDJ Cobb-Douglas {kind} alpha", (cobb.delta[0] - 1) / cobb.delta[0], alpha, 3
        )


def main() -> None:
    """Compare all."""
    folder = Path(sys.argv[1])
    mishra(folder)
    kemfert(folder)
    growth(folder)
    print("all equal" if not FAILED else f"{len(FAILED)} differ: {', '.join(FAILED)}")


if __name__ == "__main__":
    main()
