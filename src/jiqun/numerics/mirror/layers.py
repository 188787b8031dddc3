"""Building the two layers 两层 from the input: checked, first ties only, strata and moves."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jiqun.numerics.mirror.columns import (
    BEFORE,
    Floats,
    Ints,
    Moves,
    Shorts,
    Spells,
    Strata,
    Ties,
)
from jiqun.numerics.mirror.pair_loops import closes
from jiqun.numerics.point_pattern.placement import Coordinates, place


@dataclass(frozen=True, slots=True)
class Layers:
    """Both layers of one record."""

    spells: Spells
    ties: Ties
    strata: Strata
    moves: Moves
    block: Shorts
    """Firms that may exchange their ties under the null, shape (N,); part of one group each."""

    @property
    def firms(self) -> int:
        """Number of firms."""
        return int(self.block.size)

    def without(self, firm: int) -> "Layers":
        """Return the layers without what one firm did."""
        spells, ties = self.spells, self.ties
        stays = spells.owner != firm
        lasting = (ties.source != firm) & (ties.target != firm)
        kept = _spells(
            spells.owner[stays],
            spells.position[stays],
            spells.first[stays],
            spells.last[stays],
            (self.firms, spells.steps, spells.reach),
        )
        rest = Ties(*(column[lasting] for column in ties))
        return _layers(kept, rest, self.strata.group, self.block)


def layers(
    firm: ArrayLike,
    points: ArrayLike,
    opened: ArrayLike,
    closed: ArrayLike,
    source: ArrayLike,
    target: ArrayLike,
    onset: ArrayLike,
    group: ArrayLike,
    block: ArrayLike,
    *,
    steps: int,
    radius: float,
    coordinates: Coordinates,
) -> Layers:
    """Check the input of :func:`jiqun.numerics.mirror.mirror_order` and bring it into order."""
    groups, blocks = (np.asarray(x, dtype=np.int64) for x in (group, block))
    firms = groups.size
    owner, a, b = (np.asarray(x, dtype=np.int64) for x in (firm, source, target))
    since, until, began = (np.asarray(x, dtype=np.int64) for x in (opened, closed, onset))
    located = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    _same_length("sites", owner.size, points=len(located), opened=since.size, closed=until.size)
    _same_length("ties", a.size, target=b.size, onset=began.size)
    _check(owner, a, b, groups, blocks, steps, radius)
    placed = place(located, coordinates)
    position = np.zeros((owner.size, 3))
    position[placed.order, : placed.position.shape[0]] = placed.position.T
    first = np.where(since < 0, 0, since + 1)
    last = np.minimum(until, steps)
    used = (first <= last) & (first <= steps)
    reach = float(placed.straight(np.array([radius]))[0])
    spells = _spells(owner[used], position[used], first[used], last[used], (firms, steps, reach))
    nested = groups * (int(blocks.max(initial=0)) + 1) + blocks
    _, finer = np.unique(nested, return_inverse=True)
    ties = _first_ties(a, b, began, spells)
    return _layers(spells, ties, groups.astype(np.int32), finer.astype(np.int32))


def _same_length(what: str, expected: int, **given: int) -> None:
    for name, length in given.items():
        if length != expected:
            msg = f"{name}: there are {expected} {what}, but {length} values"
            raise ValueError(msg)


def _check(
    owner: Ints, a: Ints, b: Ints, groups: Ints, blocks: Ints, steps: int, radius: float
) -> None:
    firms = groups.size
    for name, values in (("firm", owner), ("source", a), ("target", b)):
        if values.size and not (values.min() >= 0 and values.max() < firms):
            msg = (
                f"{name}: firms are numbered 0 to {firms - 1}, got {values.min()} to {values.max()}"
            )
            raise ValueError(msg)
    for name, values in (("group", groups), ("block", blocks)):
        if values.shape != (firms,) or values.min(initial=0) < 0:
            msg = f"{name}: expected one number from 0 up for each of {firms} firms"
            raise ValueError(msg)
    if steps < 1:
        msg = f"steps: there must be at least one, got {steps}"
        raise ValueError(msg)
    if not radius >= 0.0:
        msg = f"radius: expected a distance in metres, got {radius}"
        raise ValueError(msg)
    if (a == b).any():
        row = int(np.argmax(a == b))
        msg = f"ties: row {row} ties firm {a[row]} to itself"
        raise ValueError(msg)


def _spells(
    owner: NDArray[np.integer],
    position: Floats,
    first: NDArray[np.integer],
    last: NDArray[np.integer],
    scale: tuple[int, int, float],
) -> Spells:
    firms, steps, reach = scale
    by_firm = np.lexsort((first, owner))
    owner, position = owner[by_firm], np.ascontiguousarray(position[by_firm])
    since: Shorts = first[by_firm].astype(np.int32)
    until: Shorts = last[by_firm].astype(np.int32)
    entry = np.full(firms, steps + 1, np.int32)
    leave = np.full(firms, -1, np.int32)
    np.minimum.at(entry, owner, since)
    np.maximum.at(leave, owner, until)
    order = np.argsort(position[:, 0], kind="stable").astype(np.int64)
    return Spells(
        offsets=np.searchsorted(owner, np.arange(firms + 1)).astype(np.int64),
        position=position,
        first=since,
        last=until,
        owner=owner.astype(np.int32),
        order=order,
        along=np.ascontiguousarray(position[order, 0]),
        entry=entry,
        leave=leave,
        reach=reach,
        steps=steps,
    )


def _first_ties(a: Ints, b: Ints, onset: Ints, spells: Spells) -> Ties:
    """Keep the first tie of each pair of firms that both have a place."""
    placed = spells.leave >= 0
    low, high = np.minimum(a, b), np.maximum(a, b)
    began = np.where(onset < 0, BEFORE, onset)
    order = np.lexsort((began, high, low))
    order = order[placed[low[order]] & placed[high[order]]]
    low, high, began = low[order], high[order], began[order]
    fresh = np.ones(low.size, bool)
    fresh[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    low, high, began = low[fresh], high[fresh], began[fresh]
    closing = _closes(low, high, began, placed.size)
    return Ties(low.astype(np.int32), high.astype(np.int32), began, closing)


def _closes(low: Ints, high: Ints, began: Ints, firms: int) -> NDArray[np.bool_]:
    """Say which ties join two firms that had a tied partner in common before."""
    ends, partners = np.concatenate([low, high]), np.concatenate([high, low])
    dates = np.concatenate([began, began])
    order = np.lexsort((partners, ends))
    offsets = np.searchsorted(ends[order], np.arange(firms + 1))
    found = np.zeros(low.size, bool)
    closes(low, high, began, offsets.astype(np.int64), partners[order], dates[order], found)
    return found


def _layers(spells: Spells, ties: Ties, group: Shorts, block: Shorts) -> Layers:
    return Layers(spells, ties, _strata(spells, ties, group), _moves(spells), block)


def _strata(spells: Spells, ties: Ties, group: Shorts) -> Strata:
    groups = int(group.max()) + 1 if group.size else 0
    low = np.minimum(group[ties.source], group[ties.target]).astype(np.int64)
    high = np.maximum(group[ties.source], group[ties.target]).astype(np.int64)
    keys = np.unique(low * groups + high)
    pairs = np.stack([keys // max(groups, 1), keys % max(groups, 1)], axis=1)
    row = np.full((groups, groups), -1, np.int32)
    row[pairs[:, 0], pairs[:, 1]] = row[pairs[:, 1], pairs[:, 0]] = np.arange(keys.size)
    change = np.zeros((groups, spells.steps + 2), np.int64)
    here = spells.leave >= 0
    np.add.at(change, (group[here], spells.entry[here]), 1)
    np.add.at(change, (group[here], spells.leave[here] + 1), -1)
    present = change.cumsum(axis=1)[:, : spells.steps + 1]
    one, other = present[pairs[:, 0]], present[pairs[:, 1]]
    same = (pairs[:, 0] == pairs[:, 1])[:, None]
    possible = np.where(same, one * (one - 1) / 2.0, one * other).astype(np.float64)
    return Strata(group, row, pairs, present, possible)


def _moves(spells: Spells) -> Moves:
    """List the openings of sites by firms that had a site at the start of the step."""
    step = spells.first - 1
    later = step >= spells.entry[spells.owner]
    at = np.flatnonzero(later)
    key = spells.owner[at].astype(np.int64) * (spells.steps + 1) + step[at]
    _, fresh = np.unique(key, return_index=True)
    at = at[fresh]
    number = np.full((spells.entry.size, spells.steps + 1), -1, np.int32)
    number[spells.owner[at], step[at]] = np.arange(at.size)
    return Moves(spells.owner[at], step[at].astype(np.int32), at.astype(np.int64), number)
