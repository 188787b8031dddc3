"""Which firms carry more collaborations than firms with as many of them would by chance?

The gate is one test for all candidates: a firm is called where the logarithm of its share exceeds what
shuffled collaborations give it by more standard deviations than 95 % of shuffles show for any candidate.
Candidates are chosen by their number of collaborations, which no shuffle changes, so the choice does
not bias the test.

References
----------
Westfall, P. H. & Young, S. S. (1993). Resampling-based multiple testing. Wiley, New York.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.coreness import TOLERANCE, coreness, shuffle

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LEAST = 3
"""Collaborations without which a firm is no candidate."""
CANDIDATES = 30
BURN_IN = 10
TRADES = 2
LEAST_DEVIATION = 10 * TOLERANCE
"""Differences in log share below that are the iteration's, not the data's."""


@dataclass(frozen=True, slots=True)
class CoreTest:
    """Candidates for the core, the most striking first.

    Attributes
    ----------
    candidate
        Numbers of the firms, shape (C,).
    share
        Share of the collaborations that each carries, shape (C,).
    expected
        Geometric mean of that share under shuffled collaborations, shape (C,).
    excess
        Standard deviations of the log share above its mean under shuffling, shape (C,).
    threshold
        Excess that no candidate reaches in 95 % of shuffles.
    p_value
        Chance that any candidate exceeds the largest excess, under shuffling.
    resampled
        Shares under the Poisson bootstrap of collaborations, shape (draws, C).
    inclusion
        Share of the bootstrap draws in which the candidate exceeds the threshold that belongs to its
        number of collaborations in the draw, shape (C,).
    """

    candidate: Ints
    share: Floats
    expected: Floats
    excess: Floats
    threshold: float
    p_value: float
    resampled: Floats
    inclusion: Floats


def core_test(
    relation: Ints,
    firm: Ints,
    stratum: Ints,
    firms: int,
    generator: np.random.Generator,
    draws: int = 99,
) -> CoreTest | None:
    """Test for core firms.

    Parameters
    ----------
    relation, firm
        One entry for each firm of each collaboration, shape (L,); a firm is in one only once.
    stratum
        Kind of each collaboration, shape (relations,).
    firms
        Number of firms.
    generator
        Source of random numbers.
    draws
        Shuffles, and bootstrap draws.

    Returns
    -------
    CoreTest or None
        None where no firm takes part in at least three collaborations.
    """
    degree = np.bincount(firm, minlength=firms)
    candidate = _busiest(degree)
    if candidate.size == 0:
        return None
    whole = coreness(relation, firm, np.ones(stratum.size), firms)
    nulls = _shuffled_shares(relation, firm, stratum, whole, generator)
    shuffled = np.array([share[candidate] for share in islice(nulls, draws)])
    every = np.log(np.vstack([whole[candidate], shuffled]))
    mean, deviation = every.mean(axis=0), np.maximum(every.std(axis=0), LEAST_DEVIATION)
    excess = (every - mean) / deviation
    largest = excess.max(axis=1)
    threshold = float(np.quantile(largest, 0.95, method="higher"))
    again = islice(_resampled_shares(relation, firm, stratum.size, whole, generator), draws)
    drawn = np.array([(share[candidate], number[candidate]) for share, number in again])
    resampled, growth = drawn[:, 0], drawn[:, 1] / degree[candidate]
    excess_again = _excess_again(resampled, growth, degree[candidate], mean) / deviation
    order = np.lexsort((candidate, -excess[0]))
    return CoreTest(
        candidate=candidate[order],
        share=whole[candidate][order],
        expected=np.exp(mean)[order],
        excess=excess[0][order],
        threshold=threshold,
        p_value=float((largest >= largest[0]).mean()),
        resampled=resampled[:, order],
        inclusion=(excess_again > threshold).mean(axis=0)[order],
    )


def _shuffled_shares(
    relation: Ints, firm: Ints, stratum: Ints, whole: Floats, generator: np.random.Generator
) -> Iterator[Floats]:
    """Yield the firms' shares in ever new shuffles of the collaborations."""
    once = np.ones(stratum.size)
    held = shuffle(relation, firm, stratum, BURN_IN, generator)
    while True:
        held = shuffle(held, firm, stratum, TRADES, generator)
        yield coreness(held, firm, once, whole.size, whole)


def _resampled_shares(
    relation: Ints, firm: Ints, relations: int, whole: Floats, generator: np.random.Generator
) -> Iterator[tuple[Floats, Floats]]:
    """Yield the firms' shares and numbers of collaborations in ever new bootstrap draws."""
    while True:
        weight = generator.poisson(1.0, relations).astype(float)
        number = np.bincount(firm, weight[relation], whole.size).astype(float)
        yield coreness(relation, firm, weight, whole.size, whole), number


def _busiest(degree: Ints) -> Ints:
    """Choose the candidates: the firms with most collaborations, if they have enough."""
    first = np.argsort(-degree, kind="stable")[:CANDIDATES]
    return first[degree[first] >= LEAST]


def _excess_again(resampled: Floats, growth: Floats, degree: Ints, mean: Floats) -> Floats:
    """Return log shares above what is due to each draw's number of collaborations, (draws, C)."""
    due = mean + _slope(np.log(degree), mean) * np.log(np.maximum(growth, 0.5 / degree))
    return np.asarray(np.log(np.maximum(resampled, np.finfo(float).tiny)) - due)


def _slope(log_number: Floats, log_share: Floats) -> float:
    """Find how the expected log share grows with the log number; 1 where all have one number."""
    centred = log_number - log_number.mean()
    spread = float((centred**2).sum())
    return float((centred * log_share).sum() / spread) if spread > 0 else 1.0
