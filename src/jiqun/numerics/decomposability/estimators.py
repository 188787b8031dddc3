r"""D of pairs inside alliances (D_tie) and of whole alliances (D_all).

.. math::
    y_{e,ij} = \alpha_i + \alpha_j + \tau_{|e|} + g(x_{ij}) + \beta \min_{kl \in e} x_{kl} + \varepsilon
    \qquad
    y_e = \tau_{|e|} + \delta' q_e + \alpha \, \overline{x}_e + \beta \min_{kl \in e} x_{kl} + \varepsilon

a is the change of the outcome for one standard deviation of the pair's own state (D_tie; the slope of g on
x) or of the mean state (D_all), b the change for one of the weakest pair's, within alliances of one size.
If the value of an alliance is a sum over its pairs, b = 0 and D = 1; if it goes by the weakest link, a = 0
and D = 0.

Paper: K3f, K3g, K3j (value by pairs, or by the weakest of them)
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.decomposability.regression import Design, Fit, fit
from jiqun.numerics.decomposability.states import (
    MOST_PAIRS,
    PairStates,
    Surroundings,
    size_classes,
    surroundings,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
KNOTS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Components:
    """The two parts of D, before they are weighed against each other.

    Attributes
    ----------
    ab
        Bilateral part a and weakest-link part b, shape (2,).
    influence
        Change that each cluster makes, shape (C, 2).
    """

    ab: Floats
    influence: Floats


@dataclass(frozen=True, slots=True)
class Sample:
    """Regression sample of D: one row an outcome.

    Attributes
    ----------
    own
        State that counts pair by pair, shape (n,).
    weakest
        State of the weakest pair of the alliance, shape (n,).
    ramps
        Functions of ``own`` that let its effect bend, shape (n, r).
    nuisance
        Columns held constant, shape (n, q), the classes of size first.
    size
        Class of size, shape (n,).
    firms
        Firms with an effect of their own, shape (n, 2) or (n, 0).
    cluster
        Number of the cluster of each row, shape (n,).
    weight
        Weight of each row, shape (n,).
    outcome
        What is explained, shape (n,).
    """

    own: Floats
    weakest: Floats
    ramps: Floats
    nuisance: Floats
    size: Ints
    firms: Ints
    cluster: Ints
    weight: Floats
    outcome: Floats

    @property
    def design(self) -> Design:
        """The regression."""
        columns = np.column_stack([self.ramps, self.weakest])
        return Design(columns, self.nuisance, self.firms, self.cluster, self.weight)


def tie_sample(states: PairStates, around: Surroundings | None = None) -> Sample:
    """Take the pairs with an outcome that have other pairs beside them.

    Parameters
    ----------
    states
        Pairs of alliances.
    around
        Their surroundings, if they are known already.
    """
    around = surroundings(states) if around is None else around
    kept = ~np.isnan(states.after) & (around.pairs > 1)
    own = states.before[kept]
    size = size_classes(around.members[kept])
    return Sample(
        own=own,
        weakest=around.weakest[kept],
        ramps=ramps(own),
        nuisance=_indicators(size),
        size=size,
        firms=np.column_stack([states.one[kept], states.other[kept]]),
        cluster=states.cluster[kept],
        weight=np.minimum(1.0, MOST_PAIRS / around.pairs[kept]),
        outcome=states.after[kept],
    )


def alliance_sample(states: PairStates, outcome: Floats) -> Sample:
    """Take the alliances with an outcome and at least two observed pairs.

    Parameters
    ----------
    states
        Pairs of alliances; ``after`` is not read.
    outcome
        Of each alliance, in ascending order of their numbers; NaN where unknown.

    Notes
    -----
    q holds how the members' pairs fared elsewhere: what a firm brings everywhere is in it (Mundlak
    1978). An effect for each firm would need more alliances than firms several times over.
    """
    around = surroundings(states)
    offsets = states.offsets
    first, pairs = offsets[:-1], np.diff(offsets)
    mean = np.add.reduceat(states.before, first) / pairs if first.size else states.before
    kept = ~np.isnan(outcome) & (pairs > 1)
    size = size_classes(around.members[first][kept])
    elsewhere = _elsewhere(states, first)[kept]
    return Sample(
        own=mean[kept],
        weakest=around.weakest[first][kept],
        ramps=mean[kept][:, None],
        nuisance=np.column_stack([_indicators(size), elsewhere]),
        size=size,
        firms=np.zeros((int(kept.sum()), 0), dtype=np.int64),
        cluster=states.cluster[first][kept],
        weight=np.ones(int(kept.sum())),
        outcome=outcome[kept],
    )


def components(sample: Sample) -> Components | None:
    """Fit a and b; None where the effects of size and firms leave nothing of the states."""
    fitted = fit(sample.design, sample.outcome)
    if fitted is None:
        return None
    slopes = fitted.coefficient[:-1]
    curve = np.einsum("ij,j->i", sample.ramps, slopes)
    own = _per_deviation(sample, curve, sample.own)
    weakest = _per_deviation(sample, sample.weakest, sample.weakest)
    beta = fitted.coefficient[-1]
    parts = [_slope(sample, ramp) for ramp in sample.ramps.T]
    a = np.einsum("ij,j->i", fitted.influence[:, :-1], np.array(parts)) + own.influence
    b = fitted.influence[:, -1] * weakest.value + beta * weakest.influence
    return Components(np.array([own.value, beta * weakest.value]), np.column_stack([a, b]))


@dataclass(frozen=True, slots=True)
class _Scaled:
    value: float
    influence: Floats


def _slope(sample: Sample, ramp: Floats) -> float:
    return _per_deviation(sample, ramp, sample.own).value


def _per_deviation(sample: Sample, curve: Floats, state: Floats) -> _Scaled:
    """Return cov(curve, state) / sd(state) within classes of size, with the clusters' influence."""
    w = sample.weight / sample.weight.sum()
    x, g = _within(sample, state), _within(sample, curve)
    variance, covariance = float((w * x**2).sum()), float((w * x * g).sum())
    deviation = np.sqrt(variance)
    row = w * ((x * g - covariance) - covariance / (2 * variance) * (x**2 - variance)) / deviation
    number = np.unique(sample.cluster, return_inverse=True)[1]
    return _Scaled(covariance / deviation, np.bincount(number, row).astype(float))


def _within(sample: Sample, values: Floats) -> Floats:
    """Take out the weighted mean of each class of size."""
    total = np.bincount(sample.size, sample.weight)
    mean = np.bincount(sample.size, sample.weight * values) / np.maximum(total, 1e-300)
    return np.asarray(values - mean[sample.size])


def ramps(own: Floats) -> Floats:
    """Return piecewise linear functions of the state that rise one after the other, (n, r).

    Knots are states that occur, near the quartiles: between two of them there is always one ramp, so
    that a state of two values has one and none is a copy of another.
    """
    knots = np.unique(np.quantile(own, KNOTS, method="lower")) if own.size else np.zeros(0)
    if knots.size <= 1:
        return own[:, None]
    rising = [np.clip((own - low) / (high - low), 0.0, 1.0) for low, high in pairwise(knots)]
    return np.column_stack(rising)


def neighbour_effects(states: PairStates, around: Surroundings) -> Fit | None:
    """Estimate what the weakest adjacent and the weakest disjoint pair do to a pair's outcome.

    Returns
    -------
    Fit or None
        Change of the outcome when the weakest pair that shares one firm, and the weakest that shares
        none, goes from failed to coordinated, the pair's own state, both firms and the size held
        constant; None where this cannot be told.
    """
    sample = tie_sample(states, around)
    kept = ~np.isnan(states.after) & (around.pairs > 1)
    near, far = around.adjacent[kept], around.disjoint[kept]
    absent = np.column_stack([np.isnan(near), np.isnan(far)]).astype(float)
    absent = absent[:, (absent.mean(axis=0) > 0) & (absent.mean(axis=0) < 1)]
    columns = np.column_stack([np.nan_to_num(near), np.nan_to_num(far)])
    nuisance = np.column_stack([sample.nuisance, absent, sample.ramps])
    design = Design(columns, nuisance, sample.firms, sample.cluster, sample.weight)
    return fit(design, sample.outcome)


def _indicators(size: Ints) -> Floats:
    """Return a column for each class of size."""
    classes = np.arange(int(size.max(initial=0)) + 1)
    return np.asarray(size[:, None] == classes, dtype=np.float64)


def _elsewhere(states: PairStates, first: Ints) -> Floats:
    """Return the mean over members of how their pairs stood in other alliances, shape (alliances,)."""
    firms = int(max(states.one.max(initial=0), states.other.max(initial=0))) + 1
    number = np.repeat(np.arange(first.size), np.diff(np.append(first, states.alliance.size)))
    seat = np.concatenate([states.one, states.other]).astype(np.int64)
    where, state = np.tile(number, 2), np.tile(states.before, 2)
    key, at = np.unique(where * firms + seat, return_inverse=True)
    inside, count = np.bincount(at, state), np.bincount(at)
    firm = key % firms
    total, seen = np.bincount(firm, inside, firms), np.bincount(firm, count, firms)
    rest = seen[firm] - count
    overall = float(states.before.mean()) if states.before.size else 0.0
    # A firm met nowhere else counts as an average one; the pull is that of one pair.
    elsewhere = (total[firm] - inside + overall) / (rest + 1.0)
    group = key // firms
    members = np.bincount(group, minlength=first.size)
    summed: Floats = np.bincount(group, elsewhere, first.size).astype(np.float64)
    return summed / members.astype(np.float64)
