r"""Modes of collaboration 协作方式: along the chain, across industries and regions, or in groups?

Shares of ties that are supply ties (vertical), of partners in another industry or region, of
collaborations with three and more members; their ratio to what random partners would give; the mean
size of alliances and the effective number of kinds of tie, for the whole record and by window.

Multilaterality here is a matter of who takes part. Whether the value of an alliance can be taken apart
into pairs is another question, which this measure does not touch.

Paper: K3a, I1e, I2a, I3a, S3 (vertical share), I3c, S9 (across industries and regions), Z5, Q2
(multilateral participation, apart from decomposability)

References
----------
Newman, M. E. J. (2003). Mixing patterns in networks. Physical Review E 67, 026126.
doi:10.1103/PhysRevE.67.026126
Hill, M. O. (1973). Diversity and evenness: a unifying notation and its consequences. Ecology 54(2),
427-432. doi:10.2307/1934352
Aronow, P. M., Samii, C. & Assenova, V. A. (2015). Cluster-robust variance estimation for dyadic data.
Political Analysis 23(4), 564-577. doi:10.1093/pan/mpv018
"""

from collections.abc import Iterator

from jiqun.measures.collaboration.across import across
from jiqun.measures.collaboration.chain import tie_kinds, vertical_share
from jiqun.measures.collaboration.participation import (
    alliance_size,
    multilateral_seats,
    multilateral_share,
)
from jiqun.measures.collaboration.quantity import Window, cut
from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.collaborations import (
    Groups,
    collaborations,
    industry_groups,
    region_groups,
)
from jiqun.record.record import Record


def collaboration_modes(
    record: Record,
    *,
    seed: int = 0,  # noqa: ARG001 - nothing is drawn
    years: int | None = None,
) -> tuple[Estimate, ...]:
    """Measure how firms work together, in the whole record and by window.

    Parameters
    ----------
    record
        Reads ``ties``, ``alliances``, ``memberships`` and the codes of ``firms``.
    seed
        Not used: what random partners give is known in closed form.
    years
        Calendar years of each window; None for the shortest length that the dates can fill.

    Returns
    -------
    tuple of Estimate
        By window (``all`` first): vertical share, effective number of kinds of tie, shares across
        industries and across regions with their ratios to random partners, multilateral shares,
        mean size of alliances.
    """
    found = collaborations(record, years)
    boundaries = {
        "industry": industry_groups(record, found.firms),
        "region": region_groups(record, found.firms),
    }
    return tuple(e for window in cut(found) for e in _measured(window, boundaries))


def _measured(window: Window, boundaries: dict[str, Groups]) -> Iterator[Estimate]:
    yield vertical_share(window)
    yield tie_kinds(window)
    for boundary, groups in boundaries.items():
        yield from across(window, boundary, groups, "ties")
        yield from across(window, boundary, groups, "alliances")
    yield multilateral_share(window)
    yield multilateral_seats(window)
    yield alliance_size(window)
