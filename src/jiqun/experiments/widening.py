"""Widening 区间校正: a model's forecasts as doubtful as its own past errors on the record say.

Runs that are near a record so far are carried on from its last value. By itself that is far too sure
wherever the model is wrong about the record, and no fit can tell. So every year that is known is forecast
from the years before it, and those errors widen the forecast, and move it where they lean to one side.

Paper: Q22 (what forecasts are held to)
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from jiqun.experiments.census import Floats
from jiqun.experiments.fitting import Fit, Table, fit
from jiqun.experiments.observed import Observed
from jiqun.numerics.discrepancy import discrepancy
from jiqun.numerics.random import stream

Paths = Mapping[str, Floats]
"""Pattern → paths, shape (members, years)."""
FEWEST_BEFORE = 2
"""Years that a past forecast was made from at least: one change."""
MOST_PAST = 20
"""Past years that are forecast, the last ones."""


def carried_on(found: Fit, observed: Observed, years: int) -> dict[str, Floats]:
    """Return how the runs near the record go on from its last value."""
    now, near = observed.years, found.posterior.accepted
    paths = {}
    for name, values in observed.series.items():
        runs = found.table.series[name][near]
        paths[name] = values[-1] + runs[:, now : now + years] - runs[:, now - 1 : now]
    return paths


@dataclass(frozen=True, slots=True)
class Forecaster:
    """A table of runs that forecasts one record, whatever of it is known; what was fitted is kept.

    Attributes
    ----------
    table
        Runs of the prior over the years of the record and those to come.
    seed
        Seed of the fits.
    """

    table: Table
    seed: int
    _fits: dict[int, Fit] = field(default_factory=dict)

    def fitted(self, known: Observed) -> Fit:
        """Return the fit to what is known."""
        if known.years not in self._fits:
            self._fits[known.years] = fit(self.table, known, seed=self.seed)
        return self._fits[known.years]

    def alone(self, known: Observed, years: int) -> dict[str, Floats]:
        """Return what the model says by itself."""
        return carried_on(self.fitted(known), known, years)

    def widened(self, known: Observed, years: int) -> dict[str, Floats]:
        """Return what the model says, widened and moved by its errors in the years that are known."""
        paths = self.alone(known, years)
        past = [(t, self.alone(known.until(t), 1)) for t in past_years(known)]
        found = {}
        for name, members in paths.items():
            came = np.array([known.series[name][t] for t, _ in past])
            told = [each[name][:, 0] for _, each in past]
            found[name] = members + discrepancy(
                came - np.array([own.mean() for own in told]),
                np.array([own.var() for own in told]),
                known.series[name],
                years,
                members=len(members),
                rng=stream(self.seed, "widening", name, str(known.years)),
            )
        return found


def past_years(known: Observed) -> range:
    """Return which of the known years, counted from 0, can be forecast from those before."""
    return range(max(FEWEST_BEFORE, known.years - MOST_PAST), known.years)
