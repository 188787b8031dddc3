r"""Who is missing from a group: every firm seen from the firms that are in it.

What is seen of a candidate c beside a group R, all of it from before the day in question:

- reach: :math:`\ln(1 + \sum_{r \in R} w_{cr})`, with w the past ties and alliances of a pair (an alliance
  of k gives 1/(k − 1)), and the same over firms between the two,
- relatedness: mean over R of :math:`\ln \frac{n_{ab} + 1}{\mu_{ab} + 1}`, n past relations between the two
  industries and μ as many as strengths alone make expect,
- region: share of R in its region; activity: :math:`\ln(1 + \text{past relations})`,
- slots: share of the vacant roles that it has filled before; data: kinds of data that it holds and R does
  not.

Paper: K3h (roles of the data process), E6, E7 (proximity in several spaces)

References
----------
Newman, M. E. J. (2001). Scientific collaboration networks II. Physical Review E 64, 016132.
doi:10.1103/PhysRevE.64.016132 (weight 1/(k − 1))
Liben-Nowell, D. & Kleinberg, J. (2007). The link-prediction problem for social networks. Journal of the
American Society for Information Science and Technology 58(7), 1019-1031. doi:10.1002/asi.20591
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from jiqun.numerics.hypergraph.projection import incidence
from jiqun.numerics.hypergraph.structure import Hypergraph

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

SEEN = ("reach", "through", "related", "region", "activity", "slots", "data")
"""Columns of what is seen of a candidate, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What is known of every firm, whatever the day.

    Attributes
    ----------
    industry, region
        Numbers, −1 where unknown, shape (N,).
    data
        Kinds of data that each firm holds, shape (N, K).
    """

    industry: Ints
    region: Ints
    data: Bools


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What had happened before a day.

    Attributes
    ----------
    traits
        Of the firms.
    joined
        Weights of pairs, symmetric, shape (N, N).
    strength
        Sum of the weights of each firm, shape (N,).
    degree
        Past relations of each firm, shape (N,).
    related
        Log lift of relations between two industries, shape (I, I).
    slots
        Roles that each firm has filled, shape (N, S).
    """

    traits: Traits
    joined: sparse.csr_array
    strength: Floats
    degree: Ints
    related: Floats
    slots: Bools


def past(graph: Hypergraph, traits: Traits, slots: Bools) -> Past:
    """Sum up relations of the past.

    Parameters
    ----------
    graph
        Ties (hyperedges of two) and alliances from before the day.
    traits, slots
        See :class:`Past`.
    """
    rows = incidence(graph)
    share = 1.0 / np.maximum(graph.sizes - 1, 1)
    joined = sparse.csr_array(rows.T @ (sparse.diags_array(share) @ rows))
    joined.setdiag(0.0)
    joined.eliminate_zeros()
    return Past(
        traits=traits,
        joined=joined,
        strength=np.asarray(joined.sum(axis=1)).ravel(),
        degree=graph.degrees,
        related=_relatedness(joined, traits.industry),
        slots=slots,
    )


def _relatedness(joined: sparse.csr_array, industry: Ints) -> Floats:
    """Return ln((n + 1) / (μ + 1)) for every two industries, shape (I, I)."""
    known = np.flatnonzero(industry >= 0)
    count = int(industry.max(initial=-1)) + 1
    if count == 0:
        return np.zeros((0, 0))
    member = sparse.csr_array(
        (np.ones(known.size), (known, industry[known])), shape=(industry.size, count)
    )
    seen = (member.T @ joined @ member).toarray()
    strength = seen.sum(axis=1)
    due = np.outer(strength, strength) / max(float(strength.sum()), 1.0)
    return np.asarray(np.log((seen + 1.0) / (due + 1.0)))


def seen(before: Past, group: Ints, vacant: Bools) -> Floats:
    """Return what is seen of every firm beside a group, shape (N, len(SEEN)).

    Parameters
    ----------
    before
        The past.
    group
        Firms that are in.
    vacant
        Roles that nobody in the group fills, shape (S,).
    """
    traits, firms = before.traits, before.degree.size
    found = np.zeros((firms, len(SEEN)))
    inside = np.zeros(firms)
    inside[group] = 1.0
    direct = before.joined @ inside
    found[:, 0] = np.log1p(direct)
    between = direct / np.maximum(before.strength, 1e-12)
    between[group] = 0.0
    found[:, 1] = np.log1p(before.joined @ between)
    found[:, 2] = _mean_relatedness(before, group)
    regions = traits.region[group]
    if (regions >= 0).any():
        shares = np.bincount(regions[regions >= 0], minlength=int(traits.region.max()) + 1)
        found[:, 3] = np.where(traits.region >= 0, shares[traits.region], 0) / group.size
    found[:, 4] = np.log1p(before.degree)
    if vacant.any():
        found[:, 5] = before.slots[:, vacant].mean(axis=1)
    lacking = ~traits.data[group].any(axis=0)
    found[:, 6] = traits.data[:, lacking].sum(axis=1)
    return found


def _mean_relatedness(before: Past, group: Ints) -> Floats:
    """Return the mean log lift of each firm's industry with those of the group, 0 where unknown."""
    industry = before.traits.industry
    inside = industry[group]
    inside = inside[inside >= 0]
    if inside.size == 0:
        return np.zeros(industry.size)
    mean = before.related[:, inside].mean(axis=1)
    return np.where(industry >= 0, mean[industry], 0.0)


def same_industry(before: Past, group: Ints) -> Floats:
    """Score by how many of the group are in the firm's industry, then by activity, shape (N,)."""
    industry = before.traits.industry
    inside = industry[group]
    counts = np.bincount(inside[inside >= 0], minlength=int(industry.max(initial=0)) + 1)
    alike = np.where(industry >= 0, counts[industry], 0).astype(np.float64)
    return np.asarray(alike + before.degree / (before.degree.max() + 1.0))


def rank(score: Floats, firm: int, outside: Bools) -> float:
    """Return the place of a firm among those outside the group, 1 first; equal scores share theirs."""
    mine = score[firm]
    others = score[outside]
    return float((others > mine).sum() + ((others == mine).sum() - 1) / 2 + 1)
