"""Measure coverage, calls and verdicts of the elasticity of data, as its page states.

Usage: python verification/ces_coverage.py [trials]

Worlds: random firm effects, errors whose spread moves with size and data, firms seen in 3 to 6 of 6
years; then data measured with a reliability of 0.8, and data whose own productivity (standard
deviation 0.7) moves with its use. Ends with the pass or fail of each line.
"""

import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from jiqun.numerics.ces.bootstrap import bootstrap, expanded_interval
from jiqun.numerics.ces.fit import fitted
from jiqun.numerics.ces.substitution import Verdict, answered
from tests.numerics.ces.worlds import World

EVERY = 10
FALSE_AT_ONE = {Verdict.COMPLEMENT, Verdict.SUBSTITUTE, Verdict.SURPLUS}
PLAIN = {
    "40 firms, lasting .5": World(),
    "40 firms, lasting .8": World(lasting=0.8),
    "40 firms, even errors": World(lasting=0.0, uneven=False),
    "15 firms x 8 years": World(firms=15, years=8, lasting=0.8),
    "100 firms, one year": World(firms=100, years=1),
    "100 firms, lasting .8": World(firms=100, lasting=0.8),
    "100 firms, noise .15": World(firms=100, lasting=0.8, noise=0.15),
}
TROUBLED = {
    "reliability .8": World(firms=60, reliability=0.8, noise=0.15),
    "data-biased, +1": World(firms=60, own=1.0, noise=0.15),
    "data-biased, -.5": World(firms=60, own=-0.5, noise=0.15),
}
THIN = {"spread .3": World(spread=0.3), "spread .3, 100 firms": World(firms=100, spread=0.3)}


@dataclass
class Tally:
    """What was counted in one world, as shares of the trials."""

    covered: float = 0.0
    banded: float = 0.0
    share: float = 0.0
    said: float = 0.0
    sides: Counter[int] = field(default_factory=Counter)
    verdicts: Counter[Verdict] = field(default_factory=Counter)


def tally(world: World, trials: int) -> Tally:
    """Estimate on so many draws of a world; give verdicts on every tenth of them."""
    found = Tally()
    for trial in range(trials):
        drawn = world.draw(trial, 11)
        made = drawn.panel
        fit = fitted(made)
        at = fit.posterior
        found.covered += (at.low <= world.sigma <= at.high) / trials
        found.sides[fit.side] += 1 / trials
        if fit.side and world.sigma == 1:  # only these can become a false verdict
            found.said += (answered(made, seed=trial).verdict in FALSE_AT_ONE) / trials
        z = float((drawn.d - drawn.k @ np.array([0.35, 0.65])).mean())
        odds = np.log(world.share / (1 - world.share)) + (1 - 1 / world.sigma) * z
        low, high = expanded_interval(bootstrap(made, fit, seed=trial).odds, made.firms, 0.9)
        found.share += (low <= odds <= high) / trials
        if trial % EVERY == 0:
            answer = answered(made, seed=trial)
            low, high = answer.band
            found.banded += (low <= world.sigma <= high) * EVERY / trials
            found.verdicts[answer.verdict] += EVERY / trials
    return found


def table(worlds: dict[str, World], trials: int) -> dict[tuple[str, float], Tally]:
    """Print one row for each world and elasticity, and return what was counted."""
    tallies = {}
    for name, world in worlds.items():
        for sigma in (0.5, 1.0, 2.0):
            found = tally(replace(world, sigma=sigma), trials)
            tallies[name, sigma] = found
            told = " ".join(f"{found.verdicts[v]:5.2f}" for v in Verdict)
            print(
                f"{name:22s} {sigma:3.1f} | {found.covered:.3f} | {found.sides[-1]:.3f} "
                f"{found.sides[1]:.3f} {found.said:.3f} | {found.banded:.2f} {found.share:.2f} | {told}",
                flush=True,
            )
    return tallies


def wrong(tallies: dict[tuple[str, float], Tally]) -> tuple[float, float]:
    """Return the highest share of wrong sides at 0.5 and 2, and of called sides at 1.

    Before power and other assumptions are asked, which can only take calls back.
    """
    sides = [t.sides[int(-np.sign(np.log(s)))] for (_, s), t in tallies.items() if s != 1]
    called = [t.sides[-1] + t.sides[1] for (_, s), t in tallies.items() if s == 1]
    return max(sides), max(called)


def firms_ignored(trials: int) -> str:
    """Return how often a side is called at σ = 1, by firms and as if each row were a firm."""
    called = np.zeros(2)
    for trial in range(trials):
        drawn = World(sigma=1.0, lasting=0.8).draw(trial, 32)
        alone = replace(drawn, firm=np.arange(drawn.firm.size))
        called += [fitted(d.panel).side != 0 for d in (drawn, alone)]
    by_firm, by_row = called / trials
    return f"a side at sigma = 1: {by_firm:.2f} by firms, {by_row:.2f} with rows taken for firms"


def main() -> None:
    """Print the tables and the lines."""
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    heads = (
        "world",
        "sigma | interval covers | called below",
        "above, said | band",
        "share cover |",
    )
    print(*heads, *Verdict, sep=", ")
    plain, troubled, thin = (table(w, trials) for w in (PLAIN, TROUBLED, THIN))
    cover = [t.covered for t in plain.values()]
    band = [t.banded for t in troubled.values()]
    (side, one), (side_troubled, _) = wrong(plain), wrong(troubled)
    said = max(t.said for t in (*plain.values(), *troubled.values()))
    told = max(1 - t.verdicts[Verdict.CANNOT_TELL] for t in thin.values())
    lines = (
        (
            f"coverage {min(cover):.3f} to {max(cover):.3f}: .85 to .95",
            0.85 <= min(cover) <= max(cover) <= 0.95,
        ),
        (f"coverage on average {np.mean(cover):.3f}: .85 to .95", 0.85 <= np.mean(cover) <= 0.95),
        (f"wrong side {side:.3f}: at most .02", side <= 0.02),
        (f"a side called at sigma = 1 {one:.3f}: at most .10", one <= 0.10),
        (f"wrong side in trouble {side_troubled:.3f}: at most .03", side_troubled <= 0.03),
        (f"a false verdict at sigma = 1 {said:.3f}: at most .10", said <= 0.10),
        (f"band in trouble covers at least {min(band):.2f}: .85", min(band) >= 0.85),
        (f"a verdict without spread {told:.2f}: at most .02", told <= 0.02),
    )
    print(firms_ignored(trials))
    for line, holds in lines:
        print("holds " if holds else "FAILS ", line)


if __name__ == "__main__":
    main()
