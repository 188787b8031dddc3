"""How well past relations name the firm that is missing from a group, on groups not learned from.

One member of a group is hidden, and every firm outside is ranked by what is seen of it beside the rest.

References
----------
Liben-Nowell, D. & Kleinberg, J. (2007). The link-prediction problem for social networks. Journal of the
American Society for Information Science and Technology 58(7), 1019-1031. doi:10.1002/asi.20591
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiqun.numerics.choice_model import fit
from jiqun.numerics.missing_member import SEEN, Past, rank, same_industry, seen

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

DECOYS = 60
"""Firms outside the group among which the hidden one is to be told while learning."""
METHODS = ("model", "activity", "same industry")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A group with one member hidden.

    Attributes
    ----------
    group
        The other members.
    firm
        Who is hidden.
    vacant
        Roles that the others do not fill, shape (S,).
    source
        Number of the alliance; the seats of one are not independent.
    """

    group: Ints
    firm: int
    vacant: Bools
    source: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Weight of everything that is seen: coefficients on columns divided by ``scale``, shape (F,)."""

    beta: Floats
    scale: Floats

    def score(self, columns: Floats) -> Floats:
        """Return the value of every candidate, shape (N,)."""
        return np.asarray(columns @ (self.beta / self.scale))


def learn(blocks: Iterable[tuple[Past, list[Seat]]], generator: np.random.Generator) -> Weights:
    """Learn the weights from seats, each with the past of its own time."""
    rows = []
    for before, seats in blocks:
        for seat in seats:
            columns = seen(before, seat.group, seat.vacant)
            outside = _outside(seat, before.degree.size)
            outside[seat.firm] = False
            others = generator.choice(np.flatnonzero(outside), DECOYS)
            rows.append(columns[np.concatenate([[seat.firm], others])])
    if not rows:
        return Weights(beta=np.zeros(len(SEEN)), scale=np.ones(len(SEEN)))
    every = np.array(rows)
    spread = every.std(axis=(0, 1))
    scale = np.where(spread > 0, spread, 1.0)
    return Weights(beta=fit(every / scale), scale=scale)


def places(before: Past, seats: list[Seat], weights: Weights) -> Floats:
    """Return the place of the hidden firm by each of ``METHODS``, shape (seats, 3), 1 for the first.

    A firm without any past relation, industry or region is seen as nothing: it shares the place of all
    others of which nothing is known.
    """
    found = np.zeros((len(seats), len(METHODS)))
    for row, seat in zip(found, seats, strict=True):
        columns = seen(before, seat.group, seat.vacant)
        outside = _outside(seat, before.degree.size)
        scores = (
            weights.score(columns),
            before.degree.astype(np.float64),
            same_industry(before, seat.group),
        )
        row[:] = [rank(score, seat.firm, outside) for score in scores]
    return found


def _outside(seat: Seat, firms: int) -> Bools:
    """Tell which firms are not in the group."""
    outside = np.ones(firms, np.bool_)
    outside[seat.group] = False
    return outside


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """How often the hidden firm is among the first ten.

    Attributes
    ----------
    hits, low, high
        By each of ``METHODS``: mean over alliances and its interval, one each.
    gain, gain_low, gain_high
        The model's less the better baseline's.
    seats, groups
        Seats hidden, and alliances that they are from.
    unseen
        Share of the hidden firms that had no past relation.
    """

    hits: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    gain: float
    gain_low: float
    gain_high: float
    seats: int
    groups: int
    unseen: float


def skill(
    found: Floats,
    seats: list[Seat],
    before: Past,
    generator: np.random.Generator,
    *,
    first: int = 10,
    draws: int = 999,
) -> Skill:
    """Turn places into hits, with alliances drawn anew for the intervals (95 %)."""
    source = np.unique([seat.source for seat in seats], return_inverse=True)[1]
    groups = int(source.max()) + 1
    hit = (found <= first).astype(np.float64)
    total = np.stack([np.bincount(source, column, groups) for column in hit.T], axis=1)
    size = np.bincount(source, minlength=groups)
    mean = total / size[:, None]
    weight = generator.multinomial(groups, np.full(groups, 1.0 / groups), draws) / groups
    again = weight @ mean
    hits = mean.mean(axis=0)
    rival = 1 + int(hits[1:].argmax())
    low, high = np.quantile(again, [0.025, 0.975], axis=0)
    gain_low, gain_high = np.quantile(again[:, 0] - again[:, rival], [0.025, 0.975])
    return Skill(
        hits=tuple(hits.tolist()),
        low=tuple(low.tolist()),
        high=tuple(high.tolist()),
        gain=float(hits[0] - hits[rival]),
        gain_low=float(gain_low),
        gain_high=float(gain_high),
        seats=len(seats),
        groups=groups,
        unseen=float(np.mean([before.degree[seat.firm] == 0 for seat in seats])),
    )
