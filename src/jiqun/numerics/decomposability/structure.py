r"""D of structure: how much of who joins a group is told by pairs, of all that the past tells.

.. math::
    D_{str} = \frac{\sum (\ell_{pairs} - \ell_{firms})}{\sum (\ell_{groups} - \ell_{firms})}

:math:`\ell` is the log-probability of the hidden member among seven, by a conditional logit of firms
alone, of firms and pairs, and of these with groups of three and more met before, on blocks of time that it
was not learned from, each less the logarithm of the chance of being drawn to stand there. It is compared with records in which only pairs are remembered
(:mod:`jiqun.numerics.hypergraph.pair_null`): what the form of the model leaks is in these too.

Paper: K3f, Q11 (structure can corroborate, and no more)

References
----------
Schneidman, E., Still, S., Berry, M. J. & Bialek, W. (2003). Network information and connected
correlations. Physical Review Letters 91, 238701. doi:10.1103/PhysRevLett.91.238701
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.choice_model import fit, log_chance
from jiqun.numerics.decomposability.seats import COLUMNS, FIRM, PAIRS, hidden_seats
from jiqun.numerics.hypergraph.pair_null import pair_null
from jiqun.numerics.hypergraph.structure import Hypergraph
from jiqun.numerics.point_pattern.workers import in_order

Floats = NDArray[np.float64]

BLOCKS = 4
MOST_SEATS = 1500
NULLS = 19
LEVEL = 0.9
LEAST_BITS = 0.1
"""Bits a seat that the past must tell at all."""


@dataclass(frozen=True, slots=True)
class Structure:
    """D of structure beside records that remember pairs only.

    Attributes
    ----------
    value, low, high
        D and its 90 % interval (groups drawn anew); NaN where the past tells less than a tenth of a bit.
    bits_pairs, bits
        Bits a seat told by pairs, and by pairs and groups, beyond firms alone.
    null
        D of records with the same pair weights and no memory of groups, shape (19,).
    p_value
        Chance of a D as low where only pairs are remembered, in steps of 1/20.
    seats
        Hidden seats.
    """

    value: float
    low: float
    high: float
    bits_pairs: float
    bits: float
    null: Floats
    p_value: float
    seats: int


def structure(
    graph: Hypergraph, generator: np.random.Generator, *, draws: int = 999
) -> Structure | None:
    """Estimate D from who joined with whom, and when.

    Parameters
    ----------
    graph
        Dated groups of any size, in order of time.
    generator
        Source of the seats, the null records and the bootstrap.
    draws
        Bootstrap draws of the groups.

    Returns
    -------
    Structure or None
        None where no seat can be hidden.
    """
    seeds = generator.integers(2**31, size=NULLS + 1)
    gains = _gains(graph, int(seeds[0]))
    if gains is None:
        return None
    pairs, groups = gains
    bits = float(groups.mean()) / np.log(2)
    weight = generator.poisson(1.0, (draws, pairs.size)).astype(np.float64)
    nulls = in_order(lambda seed: _null(graph, int(seed)), seeds[1:])
    null = np.array([d for d in nulls if not np.isnan(d)])
    told = bits >= LEAST_BITS and float(np.quantile(weight @ groups, (1 - LEVEL) / 2)) > 0
    value = share(pairs.sum(), groups.sum()) if told else np.nan
    again = [share(a, b) for a, b in zip(weight @ pairs, weight @ groups, strict=True)]
    low, high = np.quantile(again, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]) if told else (np.nan, np.nan)
    return Structure(
        value=float(value),
        low=float(low),
        high=float(high),
        bits_pairs=float(pairs.mean()) / np.log(2),
        bits=bits,
        null=null,
        p_value=float((1 + (null <= value).sum()) / (null.size + 1)) if told else np.nan,
        seats=pairs.size,
    )


def share(pairs: float, groups: float) -> float:
    """Return D for what pairs, and what pairs and groups, tell; 1 where groups add nothing."""
    if groups <= 0:
        return float("nan")
    return float(min(max(pairs, 0.0) / max(groups, pairs), 1.0))


def _null(graph: Hypergraph, seed: int) -> float:
    """Return D of one record that remembers pairs only."""
    gains = _gains(pair_null(graph, seed=seed), seed)
    return float("nan") if gains is None else share(gains[0].sum(), gains[1].sum())


def _gains(graph: Hypergraph, seed: int) -> tuple[Floats, Floats] | None:
    """Return what pairs, and pairs and groups, tell of each seat beyond firms alone, nats, (n,)."""
    seats, drawn, _ = hidden_seats(graph, most=MOST_SEATS, seed=seed)
    if seats.shape[0] < 2 * BLOCKS:
        return None
    scale = seats.std(axis=(0, 1))
    seats = seats / np.where(scale > 0, scale, 1.0)
    block = np.arange(seats.shape[0]) * BLOCKS // seats.shape[0]
    told = np.zeros((3, seats.shape[0]))
    for row, columns in zip(told, (FIRM, PAIRS, COLUMNS), strict=True):
        part = np.ascontiguousarray(seats[:, :, :columns])
        for k in range(BLOCKS):
            here, elsewhere = block == k, block != k
            beta = fit(part[elsewhere], offset=-drawn[elsewhere])
            row[here] = log_chance(part[here], beta, -drawn[here])
    return told[1] - told[0], told[2] - told[0]
