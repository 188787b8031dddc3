"""Measure coverage and verdicts of D on worlds with a known answer.

Usage: python verification/decomposability_coverage.py [D_tie | D_all] [world ...] [records] [alliances ...]

One line a world, estimator and number of alliances: D in a very large record; share of records whose
gate is open; among these the mean of D and the coverage of the 90 % interval; verdicts among all.
"""

import sys
import zlib

import numpy as np
from decomposability_worlds import BILATERAL, IRREDUCIBLE, WORLDS, record

from jiqun.numerics.decomposability.direction import Index, index
from jiqun.numerics.decomposability.estimators import alliance_sample, components, tie_sample

LARGE = {"D_tie": 60_000, "D_all": 300_000}
DRAWS = 399
VERDICTS = ("decomposable", "irreducible", "undecided", "no signal", "reversed")


def estimated(
    name: str, alliances: int, generator: np.random.Generator, *, whole: bool
) -> Index | None:
    """Draw a record and estimate D from it."""
    states, outcome = record(name, alliances, generator, whole=whole)
    found = components(alliance_sample(states, outcome) if whole else tie_sample(states))
    return None if found is None else index(found.ab, found.influence, generator, DRAWS)


def line(name: str, large: Index | None, small: list[Index]) -> tuple[str, float, float]:
    """Return a row of the table, coverage and the rate of verdicts on the wrong side."""
    given = [i for i in small if not np.isnan(i.value)]
    truth = np.nan if large is None else large.value
    known = bool(given) and not np.isnan(truth)
    cover = np.mean([i.low <= truth <= i.high for i in given]) if known else np.nan
    value = np.mean([i.value for i in given]) if given else np.nan
    rates = {v: float(np.mean([i.verdict == v for i in small])) for v in VERDICTS}
    wrong = rates.get("irreducible", 0.0) if name in BILATERAL else 0.0
    wrong = rates.get("decomposable", 0.0) if name in IRREDUCIBLE else wrong
    text = f"{truth:8.3f} {len(given) / len(small):6.2f} {value:7.3f} {cover:9.3f}  "
    return text + " ".join(f"{rates[v]:12.3f}" for v in VERDICTS), float(cover), wrong


def main() -> None:
    """Print the table and its summary."""
    kinds = [a for a in sys.argv[1:] if a in LARGE] or list(LARGE)
    worlds = [a for a in sys.argv[1:] if a in WORLDS] or list(WORLDS)
    numbers = [int(a) for a in sys.argv[1:] if a not in LARGE and a not in WORLDS]
    records, sizes = (numbers or [200])[0], numbers[1:] or [100, 300, 1000]
    print(f"{records} records each; 90 % intervals; D in a large record of {LARGE} alliances")
    print(f"{'':34} {'large':>8} {'open':>6} {'mean D':>7} {'coverage':>9}  ", end="")
    print(" ".join(f"{v:>12}" for v in VERDICTS))
    covers, wrongs = [], []
    for kind in kinds:
        whole = kind == "D_all"
        for name in worlds:
            key = zlib.crc32(f"{name} {whole}".encode())
            large = estimated(name, LARGE[kind], np.random.default_rng(key), whole=whole)
            for alliances in sizes:
                generator = np.random.default_rng([key, alliances])
                drawn = [estimated(name, alliances, generator, whole=whole) for _ in range(records)]
                text, cover, wrong = line(name, large, [i for i in drawn if i is not None])
                print(f"{kind} {name:18} {alliances:8} {text}", flush=True)
                covers.append(cover)
                wrongs.append(wrong)
    known = np.array([c for c in covers if not np.isnan(c)])
    print(f"coverage {known.min():.3f} to {known.max():.3f}, mean {known.mean():.3f}; ", end="")
    inside = ((known >= 0.85) & (known <= 0.95)).mean()
    print(f"{inside:.0%} of cells within 0.85 to 0.95; largest wrong-side rate {max(wrongs):.3f}")


if __name__ == "__main__":
    main()
