r"""Where firms lie closer together than the firms around them: each firm against local density.

The plane is cut into squares of side h. Of the n firms in the block of 9 × 9 squares around a firm, the
x in the inner 3 × 3 have, where firms lie evenly over the block, the law

.. math::  x - 1 \sim \mathrm{Binomial}(n - 1, 1/9)

exactly, whatever the density of the block: a town that is larger than a block is no clump. Where
industries are known the question is another, and no density need be even: of the n firms in the inner
block, the number in industries related to the firm's own is Binomial with the share of these industries
in the whole record. A firm is in a clump where the tail is below 5 % divided by all firms and sides, so
that a record without clumps shows any firm in one at most once in twenty.

References
----------
Kulldorff, M. (1997). A spatial scan statistic. Communications in Statistics: Theory and Methods 26(6),
1481-1496. doi:10.1080/03610929708831995 (many scales, one error rate)
Marcon, E. & Puech, F. (2010). Measures of the geographic concentration of industries: improving
distance-based methods. Journal of Economic Geography 10(5), 745-762. doi:10.1093/jeg/lbp056 (all firms
as the null of an industry)
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse, spatial, special
from scipy.sparse import csgraph

from jiqun.numerics.communities.layers import Layer
from jiqun.numerics.point_pattern.workers import available_cores, in_order

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Small = NDArray[np.int32]

LEVEL = 0.05
FINEST = 2048
"""Squares along the longer side of the map at the finest level."""
SIDES = 8
"""Levels, each with squares twice as wide as the one before."""
INNER, OUTER = 1, 4
"""Squares on each side of a firm's own, of the inner block and of the outer."""
BESIDE = 0.001
"""Tail from which a firm beside a clump is taken into it."""
NEIGHBOURS = 8
RELATED = 1e-3
"""Chance, over all pairs of industries, that any pair is called related by mistake."""
LEAST_RATIO = 1.5
FEWEST = 5
"""Firms of a block without which it is no clump."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clumps:
    """Firms in clumps, and their links to neighbours.

    Attributes
    ----------
    clumped
        Whether each firm is in a clump, shape (N,).
    side
        Side of the squares at which it is most surely so, m; 0 for other firms, shape (N,).
    layer
        Each firm in a clump with its nearest neighbours in one.
    part
        Connected clump of each firm, −1 for firms in none, shape (N,).
    """

    clumped: NDArray[np.bool_]
    side: Floats
    layer: Layer
    part: Small


def clumps(points: Floats, located: Small, firms: int, alike: "Industries | None") -> Clumps:
    """Find the firms in clumps and link each with its nearest neighbours there.

    Parameters
    ----------
    points
        Coordinates in a plane that keeps areas, m, shape (S, 2).
    located
        Firm of each point, shape (S,); a firm may have several.
    firms
        Number of firms N.
    alike
        Industries of the firms and which are related, or None where they are not known.

    Returns
    -------
    Clumps
        Of all firms; firms without a point are in none.
    """
    best, side = np.ones(points.shape[0]), np.zeros(points.shape[0])
    extent = float(np.ptp(points, axis=0).max()) if points.size else 0.0
    if extent > 0:
        widths = [extent / FINEST * 2**level for level in range(SIDES)]

        def tail_at(width: float) -> Floats:
            if alike is None:
                return _density_tail(points, width)
            return _industry_tail(points, width, located, alike)

        for width, tail in zip(widths, in_order(tail_at, widths), strict=True):
            lower = tail < best
            best[lower], side[lower] = tail[lower], width
    inside = _grown(points, side, best)
    clumped, firm_side = np.zeros(firms, np.bool_), np.zeros(firms)
    clumped[located[inside]] = True
    np.maximum.at(firm_side, located[inside], side[inside])
    near = _near_pairs(points[inside], located[inside], side[inside])
    part = _parts(near, firms)
    part[~clumped] = -1
    return Clumps(clumped=clumped, side=firm_side, layer=_links(near, alike), part=part)


def _grown(points: Floats, side: Floats, tail: Floats) -> NDArray[np.bool_]:
    """Take what is sure at the error rate of all, and what is likely beside it."""
    sure = tail <= LEVEL / max(points.shape[0] * SIDES, 1)
    if sure.any():
        distance, nearest = spatial.cKDTree(points[sure]).query(points, workers=available_cores())
        sure |= (tail <= BESIDE) & (distance <= (INNER + 0.5) * side[sure][nearest])
    return np.asarray(sure, dtype=np.bool_)


@dataclass(frozen=True, slots=True, kw_only=True)
class Industries:
    """Industry of each firm, −1 where unknown, shape (N,); related pairs, shape (I, I), symmetric."""

    of: Small
    related: NDArray[np.bool_]


def related_industries(of: Small, layers: tuple[Layer, ...]) -> NDArray[np.bool_]:
    """Say which industries link with one another more than chance has it; each with itself.

    Links between two industries are compared with what their strengths make expect (configuration
    model), by a Poisson tail with one error rate for all pairs, and a ratio of at least 1.5.

    Parameters
    ----------
    of
        Industry of each firm, −1 where unknown, shape (N,).
    layers
        Ties and alliances.

    Returns
    -------
    ndarray
        Shape (I, I), symmetric, true on the diagonal.
    """
    count = int(of.max()) + 1 if of.size else 0
    seen, due = np.zeros((count, count)), np.zeros((count, count))
    for layer in layers:
        first, second = of[layer.first], of[layer.second]
        known = (first >= 0) & (second >= 0)
        np.add.at(seen, (first[known], second[known]), layer.weight[known])
        strength = np.bincount(first[known], layer.weight[known], count)
        strength += np.bincount(second[known], layer.weight[known], count)
        due += np.outer(strength, strength) / max(float(strength.sum()), 1.0)
    seen = seen + seen.T
    tail = np.where(seen >= 1, special.gammainc(np.maximum(np.floor(seen), 1.0), due), 1.0)
    pairs = max(count * (count - 1) // 2, 1)
    related = (tail <= RELATED / pairs) & (seen >= LEAST_RATIO * due)
    np.fill_diagonal(related, val=True)
    return np.asarray(related, dtype=np.bool_)


def _squares(points: Floats, width: float) -> tuple[Ints, Ints, tuple[int, int]]:
    cell = ((points - points.min(axis=0)) / width).astype(np.int64)
    return cell[:, 0], cell[:, 1], (int(cell[:, 0].max()) + 1, int(cell[:, 1].max()) + 1)


def _block_sums(counts: Floats, reach: int) -> Floats:
    """Add up the squares at most ``reach`` away in each direction, by cumulative sums."""
    padded = np.pad(counts, reach + 1)[:-1, :-1] if reach else counts
    sums = np.pad(padded, ((0, 0), (0, 0))).cumsum(axis=0).cumsum(axis=1)
    width = 2 * reach + 1
    rows, columns = counts.shape
    sums = np.pad(sums, ((0, width), (0, width)), mode="edge")
    return np.asarray(
        sums[width : width + rows, width : width + columns]
        - sums[:rows, width : width + columns]
        - sums[width : width + rows, :columns]
        + sums[:rows, :columns]
    )


def _density_tail(points: Floats, width: float) -> Floats:
    """Return P(as many in the inner block) given the outer one."""
    x, y, shape = _squares(points, width)
    counts = np.bincount(x * shape[1] + y, minlength=shape[0] * shape[1])
    squares = counts.reshape(shape).astype(np.float64)
    inner = _block_sums(squares, INNER)[x, y]
    outer = _block_sums(squares, OUTER)[x, y]
    # Squares beyond the map hold no firm for want of ground: their area is not counted.
    ground = np.ones(shape)
    share = (_block_sums(ground, INNER) / _block_sums(ground, OUTER))[x, y]
    return binomial_tail(inner - 1, outer - 1, share, inner >= FEWEST)


def _industry_tail(points: Floats, width: float, located: Small, alike: Industries) -> Floats:
    """Return P(as many of related industries in the inner block) given all firms there."""
    x, y, shape = _squares(points, width)
    industry = alike.of[located]
    counts = np.bincount(x * shape[1] + y, minlength=shape[0] * shape[1])
    every = _block_sums(counts.reshape(shape).astype(np.float64), INNER)[x, y]
    kin = _kin_around(x, y, industry, alike.related)
    known = industry >= 0
    share = np.bincount(industry[known], minlength=alike.related.shape[0]) / points.shape[0]
    due = (alike.related @ share)[np.maximum(industry, 0)]
    return binomial_tail(kin - 1, every - 1, due, (kin >= FEWEST) & known)


def _kin_around(x: Ints, y: Ints, industry: Small, related: NDArray[np.bool_]) -> Floats:
    """Count the firms of related industries in the inner block of each firm, itself included."""
    reach = int(max(x.max(), y.max())) + 3
    codes = related.shape[0]
    key = ((x + 1) * reach + y + 1) * (codes + 1) + industry + 1
    keys, number = np.unique(key, return_counts=True)
    kin = np.zeros(x.size)
    for dx in range(-INNER, INNER + 1):
        for dy in range(-INNER, INNER + 1):
            cell = ((x + 1 + dx) * reach + y + 1 + dy) * (codes + 1)
            kin += _kin_in(cell, industry, related, keys, number)
    return kin


def _kin_in(
    cell: Ints, industry: Small, related: NDArray[np.bool_], keys: Ints, number: Ints
) -> Floats:
    """Count the firms of related industries in one square for each firm."""
    total = np.zeros(cell.size)
    for code in range(related.shape[0]):
        mine = np.flatnonzero(industry == code)
        if mine.size == 0:
            continue
        squares, back = np.unique(cell[mine], return_inverse=True)
        counted = np.zeros(squares.size)
        for other in np.flatnonzero(related[code]):
            at = np.minimum(np.searchsorted(keys, squares + other + 1), keys.size - 1)
            counted += np.where(keys[at] == squares + other + 1, number[at], 0)
        total[mine] = counted[back]
    return total


def binomial_tail(
    successes: Floats, trials: Floats, share: Floats | float, asked: NDArray[np.bool_]
) -> Floats:
    """Return P(X ≥ successes) for X ~ Binomial(trials, share); 1 where not asked or clearly likely."""
    due = trials * share
    asked = asked & (successes > due + 3.0 * np.sqrt(due))
    tail = np.ones(successes.size)
    shares = np.broadcast_to(share, successes.shape)[asked]
    tail[asked] = special.bdtrc(successes[asked] - 1, trials[asked].astype(np.int64), shares)
    return tail


def _near_pairs(points: Floats, firm: Small, side: Floats) -> Ints:
    """Pair every point of a clump with its nearest ones there; one row a pair of firms, ascending."""
    if points.shape[0] < FEWEST:
        return np.zeros((0, 2), np.int64)
    count = min(NEIGHBOURS + 1, points.shape[0])
    distance, near = spatial.cKDTree(points).query(points, k=count, workers=available_cores())
    here = np.repeat(np.arange(points.shape[0]), count - 1)
    there, far = near[:, 1:].ravel(), distance[:, 1:].ravel()
    close = far <= (2 * INNER + 1) * np.maximum(side[here], side[there])
    own, other = firm[here].astype(np.int64), firm[there].astype(np.int64)
    keep = close & (own != other)
    span = int(firm.max()) + 1
    key = np.unique(np.minimum(own, other)[keep] * span + np.maximum(own, other)[keep])
    return np.stack([key // span, key % span], axis=1)


def _parts(near: Ints, firms: int) -> Small:
    """Give numbers to the connected clumps, whatever the industries in them."""
    rows = sparse.csr_array((np.ones(len(near)), (near[:, 0], near[:, 1])), shape=(firms, firms))
    return np.asarray(csgraph.connected_components(rows, directed=False)[1], dtype=np.int32)


def _links(near: Ints, alike: Industries | None) -> Layer:
    """Link near firms, of related industries where these are known; a firm's links weigh about 1."""
    if alike is not None:
        near = near[alike.related[alike.of[near[:, 0]], alike.of[near[:, 1]]]]
    return Layer(
        first=near[:, 0].astype(np.int32),
        second=near[:, 1].astype(np.int32),
        weight=np.full(len(near), 1.0 / NEIGHBOURS),
        group=np.arange(len(near), dtype=np.int32),
        sizes=np.full(len(near), 2, np.int32),
    )
