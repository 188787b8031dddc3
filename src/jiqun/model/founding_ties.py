"""Supply ties at the start: a firm buys from the nearest of some firms that make what it needs."""

import numpy as np

from jiqun.model.scenario_schema import Scenario
from jiqun.model.state import BOUGHT, NOBODY, SUPPLIERS, Firms, Industries, Relations
from jiqun.numerics.random import stream

LOOKED_AT = 6
"""Firms of a needed industry among which a supplier is the nearest."""


def supply(
    relations: Relations, firms: Firms, industries: Industries, scenario: Scenario, *, seed: int
) -> None:
    """Fill the places for suppliers that the groups of a scenario say are filled.

    Draws depend on the seed alone, and places on the firms: two scenarios that differ in logic start
    with the same ties.
    """
    filled = np.concatenate([np.full(group.firms, group.supplied) for group in scenario.groups])
    count = filled.size
    makers = [np.flatnonzero(firms.industry[:count] == k) for k in range(industries.size - 1)]
    for place in range(SUPPLIERS):
        draws = stream(seed, "founding", "suppliers", str(place))
        lucky = draws.random(count) < filled
        wanted = industries.buys[firms.industry[:count], draws.integers(0, BOUGHT, count)]
        looks = draws.random((count, LOOKED_AT))
        for k, of in enumerate(makers):
            rows = np.flatnonzero(lucky & (wanted == k))
            if of.size and rows.size:
                _nearest(
                    relations, firms, rows, of[(looks[rows] * of.size).astype(np.int64)], place
                )


def _nearest(
    relations: Relations, firms: Firms, rows: np.ndarray, seen: np.ndarray, place: int
) -> None:
    """Let each firm choose the nearest of those it looks at, unless it is known or itself."""
    km = np.hypot(firms.x[seen] - firms.x[rows, None], firms.y[seen] - firms.y[rows, None])
    km[seen == rows[:, None]] = np.inf
    for known in range(place):
        km[seen == relations.supplier[rows, known, None]] = np.inf
    best = km.argmin(axis=1)
    at = np.arange(rows.size)
    chosen = np.where(np.isfinite(km[at, best]), seen[at, best], NOBODY)
    relations.supplier[rows, place] = chosen
