"""Patterns to measure, and slow plain answers to compare with."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

DATA = Path(__file__).parents[4] / "shared" / "data" / "points"


def uneven_sites(n: int, seed: int) -> Floats:
    """Sites in towns of many sizes and in the open country, in a square of 100 km, m."""
    rng = np.random.default_rng(seed)
    towns, size = rng.random((40, 2)), rng.uniform(0.01, 0.08, 40)
    town = rng.choice(40, n, p=rng.dirichlet(np.ones(40)))
    points = towns[town] + rng.normal(size=(n, 2)) * size[town, None]
    open_country = rng.random(n) < 0.2
    points[open_country] = rng.random((int(open_country.sum()), 2))
    return np.asarray(points % 1.0 * 1e5)


def mask(n: int, of: int, seed: int) -> Mask:
    """Choose n sites at random."""
    chosen = np.zeros(of, bool)
    chosen[np.random.default_rng(seed).choice(of, n, replace=False)] = True
    return chosen


def distances(points: Floats) -> Floats:
    """All distances, shape (N, N), by numpy alone."""
    return np.asarray(np.hypot(*(points[:, None, :] - points[None, :, :]).T))


def density(at: Floats, of: Floats, weights: Floats, bandwidth: float) -> Floats:
    """Kernel density of distances, reflected at 0, one exponential a distance and radius."""
    total = np.zeros(at.size)
    for sign in (-1.0, 1.0):
        z = (at[:, None] - sign * of[None, :]) / bandwidth
        total += np.exp(-0.5 * z**2) @ weights
    return np.asarray(total / (bandwidth * np.sqrt(2.0 * np.pi) * weights.sum()))


def paracou() -> tuple[Floats, Floats, NDArray[np.str_]]:
    """Positions, weights and types of the trees of Paracou plot 16, or skip."""
    path = DATA / "paracou16_ref.csv"
    if not path.exists():
        pytest.skip(f"{path.name} is not here")
    table = np.genfromtxt(path, delimiter=",", names=True, dtype=None, encoding="utf-8")
    kinds = np.char.strip(table["PointType"].astype(str), '"')
    return np.column_stack([table["x"], table["y"]]), table["PointWeight"].astype(float), kinds
