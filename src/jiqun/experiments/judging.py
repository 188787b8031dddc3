"""Judging an ensemble of policies: from the table of runs to effects, standings and duels."""

import math
from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import polars as pl

from jiqun.experiments.census import BY_NAME, Floats
from jiqun.experiments.comparison import Duel, Effect, Number, Standing, Verdict
from jiqun.numerics.paired_effects import (
    clustered_interval,
    regret,
    shares_of_best,
    undominated,
    worst_mean,
)

LEVEL = 0.95
PERCENT = 100.0
WORLDS = (5.0, 95.0)
AFFECTED = ("sales", "core_sales", "small_sales", "outside_sales", "profit", "firms", "digital")
"""Outcomes that effects are told for: the cluster, its core, small firms, the outside."""
Values = Mapping[str, Floats]
"""Policy → mean level after the policies begin, shape (draws, seeds)."""


def levels(wide: pl.DataFrame, outcome: str, *, first_year: int) -> dict[str, Floats]:
    """Return the mean level of an outcome from a year on, for each policy, draw and seed."""
    means = (
        wide.filter(pl.col("year") >= first_year)
        .group_by("policy", "draw", "seed", maintain_order=True)
        .agg(pl.col(outcome).fill_nan(None).mean().fill_null(0.0))
        .sort("draw", "seed")
    )
    found = {}
    for policy in wide["policy"].unique(maintain_order=True):
        own = means.filter(pl.col("policy") == policy)
        shape = own["draw"].n_unique(), own["seed"].n_unique()
        found[policy] = own[outcome].to_numpy().reshape(shape)
    return found


def relative(values: Values, baseline: str) -> dict[str, Floats]:
    """Return effects in per cent of the baseline's mean over all worlds, shape (draws, seeds)."""
    scale = float(np.abs(values[baseline]).mean())
    return {
        policy: PERCENT * (found - values[baseline]) / scale
        if scale > 0.0
        else np.zeros_like(found)
        for policy, found in values.items()
    }


def effect(policy: str, outcome: str, gained: Floats) -> Effect:
    """Return one row of effects; ``gained`` in per cent, shape (draws, seeds)."""
    mean, low, high = clustered_interval(gained, level=LEVEL)
    worlds = gained.mean(axis=1) if gained.shape[0] > 1 else gained.ravel()
    world_low, world_high = np.percentile(worlds, WORLDS)
    less_is_better = BY_NAME[outcome].better == "less"
    return Effect(
        policy=policy,
        outcome=outcome,
        mean=mean,
        low=_number(low),
        high=_number(high),
        world_low=float(world_low),
        world_high=float(world_high),
        helps=float((worlds < 0.0 if less_is_better else worlds > 0.0).mean()),
        worst=worst_mean(-worlds if less_is_better else worlds),
        verdict=_verdict(low, high, gained, less_is_better=less_is_better),
    )


def _verdict(low: float, high: float, gained: Floats, *, less_is_better: bool) -> Verdict:
    """Judge an effect by its interval."""
    if not gained.any():
        return "no_effect"
    if math.isnan(low) or low <= 0.0 <= high:
        return "undetermined"
    return "gains" if (low > 0.0) != less_is_better else "loses"


def standings(
    effects: Values,
    small: Values,
    spent: Mapping[str, float],
    structures: Mapping[str, Values],
) -> tuple[Standing, ...]:
    """Return how policies stand, the one with the least greatest regret first.

    Parameters
    ----------
    effects, small
        Effects on the criterion and on small firms, shape (draws, seeds), of the policies to rank.
    spent
        Money.
    structures
        Structure → effects of the same policies.
    """
    names = list(effects)
    lost = regrets(effects, names)
    best = shares_of_best(np.array([effects[name].mean(axis=1) for name in names]))
    criteria = np.array(
        [[effects[n].mean(), small[n].mean(), worst_mean(effects[n].mean(axis=1))] for n in names]
    )
    front = undominated(criteria)
    elsewhere = (regrets(values, names) for values in structures.values())
    anywhere = np.concatenate([lost, *elsewhere], axis=1).max(axis=1)
    rows = [
        Standing(
            policy=name,
            best=float(best[n]),
            regret_mean=float(lost[n].mean()),
            regret_most=float(lost[n].max()),
            regret_structures=float(anywhere[n]) if structures else None,
            front=bool(front[n]),
            spent=spent[name],
        )
        for n, name in enumerate(names)
    ]
    return tuple(sorted(rows, key=lambda row: (row.regret_most, row.policy)))


def regrets(effects: Values, names: Sequence[str]) -> Floats:
    """Return what the best of some policies has more in each world, shape (policies, draws)."""
    return regret(np.array([effects[name].mean(axis=1) for name in names]))


def duels(effects: Values, names: Sequence[str]) -> tuple[Duel, ...]:
    """Return for every two policies whether one beats the other."""
    found = []
    for one, other in combinations(names, 2):
        difference = effects[one] - effects[other]
        mean, low, high = clustered_interval(difference, level=LEVEL)
        winner = one if low > 0.0 else other if high < 0.0 else None
        row = Duel(
            one=one,
            other=other,
            mean=mean,
            low=_number(low),
            high=_number(high),
            winner=winner,
            tie=not difference.any(),
        )
        found.append(row)
    return tuple(found)


def fan(
    wide: pl.DataFrame, outcome: str
) -> dict[str, tuple[tuple[float, float, float, float], ...]]:
    """Return for each policy and year the mean over runs and the ends of the middle nine tenths."""
    value = pl.col(outcome).fill_nan(None)
    rows = (
        wide.group_by("policy", "year", maintain_order=True)
        .agg(
            value.mean().alias("mean"),
            value.quantile(0.05, "linear").alias("low"),
            value.quantile(0.95, "linear").alias("high"),
        )
        .drop_nulls()
        .sort("year")
    )
    return {
        policy: tuple(rows.filter(pl.col("policy") == policy).drop("policy").iter_rows())
        for policy in wide["policy"].unique(maintain_order=True)
    }


def _number(value: float) -> Number:
    return None if math.isnan(value) else value
