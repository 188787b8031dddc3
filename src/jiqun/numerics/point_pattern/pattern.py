"""A marked point pattern 标记点模式: the checked arguments that every statistic shares."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jiqun.numerics.point_pattern.placement import Coordinates, Placement, place

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

FEWEST = 2
LARGEST_DEGREES = 180.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """All sites, which of them are the industry, and around which radii to look.

    Everything one-a-point is in the order of the placement.

    Attributes
    ----------
    placement
        Where the N sites are.
    cases
        Which sites are the industry, shape (N,).
    neighbours
        Which sites are looked for around the cases; None where it is the cases themselves.
    weights
        Size of each site, shape (N,); None where all count the same.
    radii
        Distances over ground, m, ascending, shape (R,).
    """

    placement: Placement
    cases: Mask
    neighbours: Mask | None
    weights: Floats | None
    radii: Floats

    @property
    def sites(self) -> int:
        """Number of all sites."""
        return self.cases.size

    @property
    def looked_for(self) -> Mask:
        """Which sites are looked for around the cases."""
        return self.cases if self.neighbours is None else self.neighbours

    @property
    def sizes(self) -> Floats:
        """Size of each site; 1 where all count the same."""
        return np.ones(self.sites) if self.weights is None else self.weights


def pattern_of(
    points: ArrayLike,
    cases: ArrayLike,
    radii: ArrayLike,
    *,
    neighbours: ArrayLike | None,
    weights: ArrayLike | None,
    coordinates: Coordinates,
) -> Pattern:
    """Check the arguments and put them in order.

    Raises
    ------
    ValueError
        Names the argument, what was expected and what was found.
    """
    placement = place(points, coordinates)
    sites = placement.order.size
    is_case = _mask(cases, "cases", sites)
    is_neighbour = None if neighbours is None else _mask(neighbours, "neighbours", sites)
    if is_neighbour is not None and np.array_equal(is_neighbour, is_case):
        is_neighbour = None
    _check_counts(is_case, is_neighbour)
    size = None if weights is None else _sizes(weights, is_case, is_neighbour)
    distances = _radii(radii)
    _refuse_degrees(placement, distances)
    order = placement.order
    return Pattern(
        placement=placement,
        cases=is_case[order],
        neighbours=None if is_neighbour is None else is_neighbour[order],
        weights=None if size is None else size[order],
        radii=distances,
    )


def _mask(values: ArrayLike, name: str, sites: int) -> Mask:
    mask = np.asarray(values)
    if mask.dtype != np.bool_ or mask.shape != (sites,):
        msg = f"{name}: expected {sites} true-or-false values, one a point, got {mask.dtype} of shape {mask.shape}"
        raise ValueError(msg)
    return mask


def _check_counts(cases: Mask, neighbours: Mask | None) -> None:
    if neighbours is None:
        if cases.sum() < FEWEST:
            msg = f"cases: co-location needs two sites of the industry, got {int(cases.sum())} of {cases.size}"
            raise ValueError(msg)
        return
    if not cases.any() or not neighbours.any():
        msg = f"cases, neighbours: need a site of each, got {int(cases.sum())} and {int(neighbours.sum())}"
        raise ValueError(msg)
    both = int((cases & neighbours).sum())
    if both:
        msg = f"neighbours: must be the cases themselves or none of them; {both} sites are both"
        raise ValueError(msg)


def _sizes(weights: ArrayLike, cases: Mask, neighbours: Mask | None) -> Floats:
    size = np.asarray(weights, dtype=np.float64)
    if size.shape != cases.shape:
        msg = f"weights: expected shape {cases.shape}, got {size.shape}"
        raise ValueError(msg)
    wrong = ~np.isfinite(size) | (size < 0.0)
    if wrong.any():
        row = int(np.argmax(wrong))
        msg = f"weights: row {row} is {size[row]}; a weight is a finite number from 0 ({int(wrong.sum())} such rows)"
        raise ValueError(msg)
    positive = size > 0.0
    enough = (cases & positive).sum() >= (FEWEST if neighbours is None else 1)
    if not enough or (neighbours is not None and not (neighbours & positive).any()):
        msg = "weights: too few sites of the industry have a weight above 0"
        raise ValueError(msg)
    return size


def _radii(radii: ArrayLike) -> Floats:
    distances = np.atleast_1d(np.asarray(radii, dtype=np.float64))
    if distances.ndim != 1 or distances.size == 0:
        msg = f"radii: expected one or more distances, got shape {distances.shape}"
        raise ValueError(msg)
    if not np.isfinite(distances).all() or distances[0] < 0.0 or (np.diff(distances) <= 0.0).any():
        msg = "radii: expected finite distances from 0 in metres, each longer than the one before"
        raise ValueError(msg)
    return distances


def _refuse_degrees(placement: Placement, radii: Floats) -> None:
    """Refuse what looks like degrees passed off as metres: radii far longer than any distance."""
    within = float(np.abs(placement.position).max())
    apart = placement.extent
    if not placement.on_sphere and within <= LARGEST_DEGREES and 0.0 < apart < radii[-1] / 10.0:
        msg = (
            f"radii: {radii[-1]:g} m is over ten times the {apart:g} m between any two points, "
            f"and no coordinate exceeds {LARGEST_DEGREES:g}; "
            "if they are degrees, pass coordinates='longitude_latitude'"
        )
        raise ValueError(msg)
