"""Put D before records that are known to mislead, and before its own forecast of power.

Usage: python verification/decomposability_traps.py [records]

Traps: states recorded with errors, records of successes, graded states, and no firm effects under the
firm-quality trap. Forecast: the chance of a verdict told from one record of 100 alliances, for 100 and for
as many more as it asks for, against the share of records that get it.
"""

import sys
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from decomposability_worlds import record, without_failures

from jiqun.numerics.decomposability.direction import Index, index
from jiqun.numerics.decomposability.estimators import (
    Sample,
    alliance_sample,
    components,
    tie_sample,
)
from jiqun.numerics.decomposability.power import power

DRAWS = 199
Draw = Callable[[np.random.Generator], Sample]


def blind(sample: Sample) -> Sample:
    """Leave the firm effects out."""
    return replace(sample, firms=np.zeros((sample.outcome.size, 0), dtype=np.int64))


TRAPS: dict[str, Draw] = {
    "weakest link, states 95 % right": lambda g: tie_sample(
        record("weakest link", 300, g, reliability=0.95)[0]
    ),
    "weakest link, states 80 % right": lambda g: tie_sample(
        record("weakest link", 300, g, reliability=0.8)[0]
    ),
    "bilateral, states 80 % right": lambda g: tie_sample(
        record("bilateral", 300, g, reliability=0.8)[0]
    ),
    "weakest link, successes only": lambda g: tie_sample(
        without_failures(record("weakest link", 600, g)[0])
    ),
    "bilateral, successes only": lambda g: tie_sample(
        without_failures(record("bilateral", 600, g)[0])
    ),
    "quality trap, with firm effects": lambda g: tie_sample(record("quality trap", 300, g)[0]),
    "quality trap, without them": lambda g: blind(tie_sample(record("quality trap", 300, g)[0])),
    "bilateral, graded states": lambda g: tie_sample(
        record("bilateral", 300, g, continuous=True)[0]
    ),
    "weakest link, graded states": lambda g: tie_sample(
        record("weakest link", 300, g, continuous=True)[0]
    ),
}


def measured(sample: Sample, generator: np.random.Generator) -> Index | None:
    """Estimate D."""
    found = components(sample)
    return None if found is None else index(found.ab, found.influence, generator, DRAWS)


def trap(name: str, draw: Draw, records: int) -> str:
    """Return the mean of D and the verdicts in a trap."""
    found = [
        measured(draw(np.random.default_rng([1, k])), np.random.default_rng(k))
        for k in range(records)
    ]
    given = [i for i in found if i is not None]
    values = [i.value for i in given if not np.isnan(i.value)]
    verdicts = ("decomposable", "irreducible", "undecided", "no signal")
    rates = [f"{v} {np.mean([i.verdict == v for i in given]):.2f}" for v in verdicts]
    return f"{name:34} D {np.mean(values or [np.nan]):.2f}  {', '.join(rates)}"


def forecast(name: str, verdict: str, records: int, *, whole: bool) -> str:
    """Return the chance that was told, and the share of records that got the verdict."""

    def sample(alliances: int, seed: int) -> Sample:
        states, outcome = record(
            name, alliances, np.random.default_rng([seed, alliances]), whole=whole
        )
        return alliance_sample(states, outcome) if whole else tie_sample(states)

    told, growths = [], []
    for seed in range(20):
        found = components(sample(100, seed))
        if found is None:
            continue
        signal = index(found.ab, found.influence, np.random.default_rng(0), DRAWS).verdict
        said = power(found, np.random.default_rng(seed), signal=signal != "no signal")
        told.append(getattr(said, verdict))
        growths.append(getattr(said, f"growth_{verdict}") or np.inf)
    growth = float(np.median(growths))
    enough = round(100 * growth) if np.isfinite(growth) else 0
    shares = []
    for alliances in (100, enough):
        verdicts = [
            getattr(measured(sample(alliances, 1000 + k), np.random.default_rng(k)), "verdict", "")
            for k in range(records if alliances else 0)
        ]
        shares.append(float(np.mean([v == verdict for v in verdicts])) if verdicts else np.nan)
    kind = "D_all" if whole else "D_tie"
    return (
        f"{kind} {name:14} told {np.mean(told):.2f} at 100, seen {shares[0]:.2f}; "
        f"80 % promised at {enough}, seen {shares[1]:.2f}"
    )


def main() -> None:
    """Print both tables."""
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    for name, draw in TRAPS.items():
        print(trap(name, draw, records), flush=True)
    for whole in (False, True):
        for name, verdict in (("bilateral", "decomposable"), ("weakest link", "irreducible")):
            print(forecast(name, verdict, records, whole=whole), flush=True)


if __name__ == "__main__":
    main()
