"""Across industries and regions: how often, and against partners drawn at random.

Paper: I3c, S9 (collaboration beyond industry and region)
"""

from collections.abc import Iterator

import numpy as np
from scipy import stats

from jiqun.measures.collaboration.quantity import (
    ALLIANCES,
    LEVEL,
    RATIO_INTERVAL,
    SHARE_INTERVAL,
    TIES,
    Quantity,
    Window,
)
from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.collaborations import Groups
from jiqun.numerics.clustered import Incidence, clustered_error, share_interval
from jiqun.numerics.mixing import Mixing, alliance_mixing, tie_mixing
from jiqun.vocabulary.text import Text

BOUNDARY = {"industry": Text("industry", "行业"), "region": Text("region", "区域")}
NEEDS = {
    ("industry", "ties"): ("firms.industry_code", "ties.source"),
    ("industry", "alliances"): ("firms.industry_code", "memberships.firm_id"),
    ("region", "ties"): ("firms.region_code", "ties.source"),
    ("region", "alliances"): ("firms.region_code", "memberships.firm_id"),
}
WHAT = {
    "ties": (
        Text(
            "Share of ties between firms of different groups",
            "两端企业分属不同组的双边关系份额",
        ),
        Text(
            "exchanging targets at random among ties of one kind and period",
            "在同类别、同期间的关系之间随机交换对象",
        ),
    ),
    "alliances": (
        Text(
            "Share of fellow members from another group, averaged over memberships",
            "联盟伙伴中来自不同组者的份额,按成员席位平均",
        ),
        Text(
            "exchanging members at random among alliances of one kind and period",
            "在同类别、同期间的联盟之间随机交换成员",
        ),
    ),
}
NO_CODES = Text(
    "no {relation} join firms whose {boundary} is known", "没有{relation}连接已知{boundary}的企业"
)
ONE_GROUP = Text(
    "random partners would never cross a boundary: all firms are in one {boundary}, or one firm is in all",
    "随机配对也不会跨越边界:所有企业属于同一{boundary},或同一企业参与全部关系",
)
PARTLY = Text(
    "{n} of {all} {relation} are left out: the {boundary} of a firm is not known at this level.",
    "{all} 条{relation}中有 {n} 条未计入:企业{boundary}在该层级不详。",
)


def across(window: Window, boundary: str, groups: Groups, relation: str) -> Iterator[Estimate]:
    """Measure the share of relations across a boundary and its ratio to random partners.

    Parameters
    ----------
    window
        The relations.
    boundary
        ``industry`` or ``region``.
    groups
        Group of each firm.
    relation
        ``ties`` or ``alliances``.
    """
    share, ratio = _quantities(window, boundary, groups, relation)
    name, what = BOUNDARY[boundary], TIES if relation == "ties" else ALLIANCES
    found = _ties(window, groups) if relation == "ties" else _alliances(window, groups)
    if found is None:
        reason = NO_CODES.fill(relation=what, boundary=name)
        yield share.missing(reason)
        yield ratio.missing(reason)
        return
    mixing, incidence, every = found
    missing = every - incidence.relations
    gap = PARTLY.fill(n=missing, all=every, relation=what, boundary=name)
    warnings = (gap,) if missing else ()
    error = clustered_error(mixing.share_influence, incidence, mixing.weight)
    ends = share_interval(mixing.share, incidence, error, LEVEL)
    yield share.estimate(mixing.share, ends, SHARE_INTERVAL, incidence, warnings)
    if mixing.expected <= 0.0:
        yield ratio.missing(ONE_GROUP.fill(boundary=name), incidence.relations)
    else:
        band = ratio_ends(mixing, incidence)
        yield ratio.estimate(mixing.ratio, band, RATIO_INTERVAL, incidence, warnings)


def ratio_ends(mixing: Mixing, incidence: Incidence) -> tuple[float, float] | None:
    """Put an interval around the ratio to random partners, on the scale of its logarithm."""
    error = clustered_error(mixing.ratio_influence, incidence, mixing.weight)
    if mixing.ratio == 0.0 or not 0.0 < error.error < np.inf:
        return None
    half = float(stats.t.isf(0.5 - LEVEL / 2, error.freedom)) * error.error / mixing.ratio
    return mixing.ratio * float(np.exp(-half)), mixing.ratio * float(np.exp(half))


def _ties(window: Window, groups: Groups) -> tuple[Mixing, Incidence, int] | None:
    ties = window.ties
    kept = ties.where((groups.group[ties.source] >= 0) & (groups.group[ties.target] >= 0))
    if kept.source.size == 0:
        return None
    mixing = tie_mixing(kept.source, kept.target, groups.group.clip(0), kept.stratum)
    return mixing, kept.incidence(window.firms), ties.source.size


def _alliances(window: Window, groups: Groups) -> tuple[Mixing, Incidence, int] | None:
    """Keep the members whose group is known, and the alliances that still have two."""
    kept = window.seats.where(groups.group[window.seats.firm] >= 0)
    if kept.alliances == 0:
        return None
    mixing = alliance_mixing(kept.alliance, kept.firm, groups.group.clip(0), kept.strata())
    return mixing, kept.incidence(window.firms), window.seats.alliances


def _quantities(
    window: Window, boundary: str, groups: Groups, relation: str
) -> tuple[Quantity, Quantity]:
    what, null = WHAT[relation]
    name = BOUNDARY[boundary]
    plural = TIES if relation == "ties" else ALLIANCES
    level = Text("{what}; groups: {level}.", "{what};分组:{level}。").fill(
        what=what, level=groups.level
    )
    against = Text(
        "{what}, over its expectation when {null}, which keeps how many relations each firm has; "
        "groups: {level}.",
        "{what},与{null}时的期望值之比,各企业关系数保持不变;分组:{level}。",
    ).fill(what=what, null=null, level=groups.level)
    fields = {"window": window.name, "n_of": plural, "needs": NEEDS[boundary, relation]}
    words = {"boundary": name, "relation": plural}
    share = Quantity(
        f"cross-{boundary} share",
        Text("Cross-{boundary} share of {relation}", "{relation}的跨{boundary}份额").fill(**words),
        level,
        relation=relation,
        **fields,  # type: ignore[arg-type]
    )
    ratio = Quantity(
        f"cross-{boundary} ratio to chance",
        Text(
            "Cross-{boundary} share of {relation}, times that of random partners",
            "{relation}跨{boundary}份额与随机配对之比",
        ).fill(**words),
        against,
        relation=relation,
        **fields,  # type: ignore[arg-type]
    )
    return share, ratio
