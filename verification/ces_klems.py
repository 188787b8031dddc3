"""Estimate the elasticity of information capital in 60 US industries, 1987-2018.

Usage: python verification/ces_klems.py FILE
FILE is the BLS KLEMS table as one CSV (NAICS, title, measure, duration, a column for each year).

The table has no stock of information capital, only its contribution to labour productivity: growth of
information capital per hour times its share in cost. With an assumed share s, ln(D/L) = ln(index)/s, so
D is known only up to a power, and the answer is repeated for three s. Output is value added: output
less intermediate inputs, each an index, by their cost shares (Törnqvist).
"""

import csv
import gzip
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from jiqun.numerics.ces.rows import NotEstimableError
from jiqun.numerics.ces.substitution import Substitution, substitution
from jiqun.numerics.ces.technology import Floats

YEARS = [str(year) for year in range(1987, 2019)]
SHARES = (0.01, 0.02, 0.04)
"""Assumed share of information capital in the cost of output."""
INFORMATION = "Contribution of Information Capital Intensity to Labor Productivity"
INDEX, LEVEL = "Indexes = 100.000", "Levels"
SUMS = {"11", "21", "42,44-45", "48-49", "51", "52-53", "54-81", "DM", "MN", "ND"}
"""Codes whose industries are in the table one by one."""

Series = dict[tuple[str, str], Floats]


def number(text: str) -> float:
    """Return a number; NaN where the table has none."""
    return float(text) if text not in {"", "N.A."} else float("nan")


def read(path: Path) -> dict[str, Series]:
    """Return the series of each industry by measure and duration."""
    industries: dict[str, Series] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            values = np.array([number(row[year]) for year in YEARS])
            name = f"{row['NAICS']} {row['NAICS Title']}"
            industries.setdefault(name, {})[row["Measure Title"], row["Duration Title"]] = values
    return industries


def value_added(series: Series) -> Floats:
    """Return the log of real value added, double-deflated year by year, 0 in the first year."""
    share = series["Intermediate Inputs Cost Shares", LEVEL]
    share = share / 100 if np.nanmax(share) > 1 else share
    mean = (share[1:] + share[:-1]) / 2
    output = np.diff(np.log(series["Sectoral Output", INDEX]))
    inputs = np.diff(np.log(series["Intermediate Inputs", INDEX]))
    return np.append(0.0, np.cumsum((output - mean * inputs) / (1 - mean)))


def rows(series: Series, share: float) -> tuple[Floats, Floats, Floats]:
    """Return value added, capital and labour, and information capital at an assumed share."""
    factors = np.column_stack([series["Capital Input", INDEX], series["Labor Input", INDEX]])
    per_hour = np.log(series[INFORMATION, INDEX]) / share
    data = factors[:, 1] * np.exp(per_hour - per_hour.mean())
    return np.exp(value_added(series)), factors, data


def answer(series: Series, share: float) -> Substitution | None:
    """Estimate one industry; None where its rows do not allow it."""
    y, k, d = rows(series, share)
    kept = np.isfinite(y) & np.isfinite(d) & (k > 0).all(axis=1) & (d > 0)
    try:
        return substitution(
            y[kept],
            k[kept],
            d[kept],
            firm=np.zeros(kept.sum()),
            period=np.arange(32.0)[kept],
            seed=0,
        )
    except NotEstimableError as error:
        print(f"   not estimable: {error.obstacle.value}")
        return None


def pooled(industries: dict[str, Series], share: float) -> Substitution:
    """Estimate all industries as one panel, each with a lasting error and its own level."""
    parts = [rows(series, share) for series in industries.values()]
    y, k, d = (np.concatenate([part[j] for part in parts]) for j in range(3))
    firm = np.repeat(np.arange(len(parts)), len(YEARS))
    year = np.tile(np.arange(float(len(YEARS))), len(parts))
    kept = np.isfinite(y) & np.isfinite(d) & np.isfinite(k).all(axis=1)
    return substitution(y[kept], k[kept], d[kept], firm=firm[kept], period=year[kept], seed=0)


def described(found: Substitution) -> str:
    """Return one line on an answer."""
    at, (low, high) = found.fit.posterior, found.band
    return (
        f"{at.sigma:6.2f} [{at.low:5.2f}, {at.high:5.2f}] band [{low:5.2f}, {high:5.2f}]  P(<1) {at.p_below_one:.2f}  "
        f"share {found.share[0]:.2f}  power {found.power.complement:.2f}/{found.power.substitute:.2f}  "
        f"{found.verdict.value} ({found.ground.value})"
    )


def main() -> None:
    """Print each industry, what the verdicts add up to, and all industries as one panel."""
    everything = read(Path(sys.argv[1]))
    industries = {
        name: series
        for name, series in everything.items()
        if (INFORMATION, INDEX) in series and name.split()[0] not in SUMS
    }
    verdicts: dict[float, Counter[str]] = {share: Counter() for share in SHARES}
    for name, series in industries.items():
        for share in SHARES:
            found = answer(series, share)
            if found is not None:
                verdicts[share][f"{found.verdict.value} ({found.ground.value})"] += 1
                if share == SHARES[1]:
                    print(f"{name[:44]:44s} {described(found)}", flush=True)
    for share in SHARES:
        print(f"share {share}: {dict(verdicts[share])}")
        print(f"   all as one panel: {described(pooled(industries, share))}")


if __name__ == "__main__":
    main()
