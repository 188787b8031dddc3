"""Measure how often the intervals of the concentration measures hold, as their pages state.

Usage: python verification/concentration_coverage.py [trials]
"""

import sys

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from jiqun.measures.ellison_glaeser import random_band
from jiqun.numerics.concentration import (
    location_quotient,
    quotient_error,
    quotient_interval,
    sampled_gamma,
)

Floats = NDArray[np.float64]
REGIONS, INDUSTRIES = 10, 8
COUNTS = ((1, 1), (2, 2), (3, 4), (5, 9), (10, 19), (20, 49), (50, 10**9))


def quotients(spread: float, association: float, trials: int) -> str:
    """Return the coverage of the quotient's interval by the number of firms in the cell."""
    generator = np.random.default_rng(1)
    shape = (REGIONS, INDUSTRIES)
    held, told = np.zeros(len(COUNTS)), np.zeros(len(COUNTS))
    for _ in range(trials):
        row = generator.dirichlet(np.full(REGIONS, 3.0))
        p = np.outer(row, generator.dirichlet(np.full(INDUSTRIES, 3.0)))
        p *= np.exp(association * generator.normal(size=shape))
        p /= p.sum()
        firms = int(generator.choice([60, 100, 400, 2000]))
        cell = generator.choice(p.size, size=firms, p=p.ravel())
        weight = generator.lognormal(0.0, spread, firms)
        found = location_quotient(np.bincount(cell, weight, p.size).reshape(shape).astype(float))
        error, effective = quotient_error(weight, cell // INDUSTRIES, cell % INDUSTRIES, shape)
        low, high = quotient_interval(found, error, effective, counted=spread == 0)
        truth = p / p.sum(axis=1, keepdims=True) / p.sum(axis=0)
        count = np.bincount(cell, minlength=p.size).reshape(shape)
        for k, (least, most) in enumerate(COUNTS):
            here = (count >= least) & (count <= most) & ~np.isnan(low)
            held[k] += ((low <= truth) & (truth <= high))[here].sum()
            told[k] += here.sum()
    rates = " ".join(f"{h / t:.3f}" if t else "-" for h, t in zip(held, told, strict=True))
    return f"quotient, σ {spread}, association {association}: {rates}"


def gammas(spread: float, plants: int, concentration: float | None, trials: int) -> str:
    """Return coverage of γ's interval, and how often γ leaves the band of random location."""
    generator = np.random.default_rng(2)
    held = outside = 0
    for _ in range(trials):
        x: Floats = generator.dirichlet(np.full(15, 2.0))
        p = x if concentration is None else generator.dirichlet(x * 15 * concentration)
        size = generator.lognormal(0.0, spread, plants)
        found = sampled_gamma(size, generator.choice(15, plants, p=p), x)
        truth = ((p - x) ** 2).sum() / (1 - (x**2).sum())
        held += abs(found.gamma - truth) <= stats.t.isf(0.025, found.freedom) * found.error
        low, high = random_band(size, x)
        outside += not low <= found.gamma <= high
    world = "random" if concentration is None else f"own places ({concentration})"
    return f"gamma, σ {spread}, {plants} plants, {world}: covers {held / trials:.3f}, outside band {outside / trials:.3f}"


if __name__ == "__main__":
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    print("quotients by firms in the cell:", COUNTS)
    for sigma in (0.0, 1.0, 1.6):
        for strength in (0.0, 0.7):
            print(quotients(sigma, strength, repeats))
        for plant_count in (3, 5, 10, 30, 100, 500):
            for strength_of_places in (None, 0.5, 2.0, 20.0):
                print(gammas(sigma, plant_count, strength_of_places, repeats))
