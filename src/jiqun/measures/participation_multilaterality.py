r"""Multilaterality of participation 参与多边性: how many sit at the table, and who meets only there?

.. math::
    \frac{\sum_e k_e^2}{\sum_e k_e}, \qquad
    \frac{|\{ij \text{ together in some } e, k_e \ge 3\} \setminus \{ij \text{ together as two}\}|}
         {|\{ij \text{ together}\}|}, \qquad
    \frac{|\{i : i \in e, k_e \ge 3\}|}{|\{i : i \in e\}|}

over collaborations e of :math:`k_e` firms: alliances, and ties of kind collaboration as pairs. The first is
the size of the collaboration that a participation drawn at random is in; the second the share of pairs of
partners that are together in groups only; the third the share of firms that are in any group.

All of it counts who takes part. Both types of cluster may be high here. Whether the value of a group is
more than that of its pairs is asked by ``decomposability``, and no number of participants answers it.

Paper: Z5, Q2 (participation and value are two measures), K3c (more participants)

References
----------
Feld, S. L. (1991). Why your friends have more friends than you do. American Journal of Sociology 96(6),
1464-1477. doi:10.1086/229693
Aronow, P. M., Samii, C. & Assenova, V. A. (2015). Cluster-robust variance estimation for dyadic data.
Political Analysis 23(4), 564-577. doi:10.1093/pan/mpv018
"""

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from jiqun.measures.estimate import NO_UNIT, Estimate, not_measured
from jiqun.measures.readings.collaborations import (
    alliance_numbers,
    collaborations,
    tie_incidence,
)
from jiqun.numerics.clustered import ClusteredError, Incidence, clustered_error, share_interval
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NAME = "participation_multilaterality"
LEVEL = 0.95
GROUP = 3
MOST_PAIRS = 20_000_000
NEEDS = ("memberships.firm_id", "ties.kind")
REFERENCES = ("doi:10.1086/229693", "doi:10.1093/pan/mpv018")
FIRMS, COLLABORATIONS = Text("firms", "企业"), Text("collaborations", "协作")
PAIRS = Text("pairs of partners", "合作伙伴对")

LABELS = {
    "size seen": Text("Size of the collaboration a firm finds itself in", "企业所处协作的规模"),
    "met in groups only": Text(
        "Share of partners that meet in groups of three and more only",
        "仅在三方及以上协作中相遇的伙伴对份额",
    ),
    "firms in groups": Text(
        "Share of collaborating firms that are in a group of three and more",
        "参与三方及以上协作的企业占参与协作企业的份额",
    ),
}
METHOD = Text(
    "Collaborations are alliances of at least two members and ties of kind collaboration, over the whole "
    "record; {what}.",
    "协作指至少两名成员的联盟,以及类别为合作的双边关系,取全记录;{what}。",
)
HOW = {
    "size seen": Text(
        "mean number of firms, each participation counted once",
        "按参与次数计的平均企业数",
    ),
    "met in groups only": Text(
        "each pair of firms that is ever together counted once", "曾共同参与的每对企业计一次"
    ),
    "firms in groups": Text("each firm counted once", "每家企业计一次"),
}
NOT_VALUE = Text(
    "This counts who takes part. It does not say whether the joint value can be taken apart into pairs; "
    "see decomposability.",
    "此处只统计参与方,并不说明共同价值能否拆分为双边关系,后者见可分解性。",
)
ONLY_GROUPS = Text(
    "No collaboration of two is recorded: what is high here may be how the record was made.",
    "记录中没有仅两方的协作:此处数值偏高可能源于数据采集方式。",
)
MEAN = Text(
    "Range among firms like these: value ± Student's t times its firm-clustered error.",
    "同类企业中所处范围:估计值 ± t 分位数 × 按企业聚类的误差。",
)
SHARE = Text(
    "Range among firms like these: Wilson's interval at the number of independent observations that the "
    "firm-clustered error amounts to.",
    "同类企业中所处范围:按企业聚类误差折算的有效独立观测数计算 Wilson 区间。",
)
NO_INTERVAL = Text(
    "No interval: nothing varies, or one firm is in everything.",
    "不给区间:没有变异,或一家企业参与了全部。",
)
NOTHING = Text("no collaboration is recorded", "未记录任何协作")
TOO_MANY = Text(
    "the groups are so large that they have {n} pairs; what they share is being on one list",
    "群体过大,共有 {n} 个企业对;其共同点仅在于同处一份名单",
)


def participation_multilaterality(record: Record, *, seed: int = 0) -> tuple[Estimate, ...]:  # noqa: ARG001 - nothing is drawn
    """Measure how many take part in what firms do together.

    Parameters
    ----------
    record
        Reads ``memberships``, ``alliances`` and ``ties``.
    seed
        Not used: nothing is drawn.

    Returns
    -------
    tuple of Estimate
        The size of the collaboration that a participation is in, the share of partners who meet in
        groups only, and the share of firms that are in any group.
    """
    incidence = _relations(record)
    if incidence.relations == 0:
        return tuple(_missing(statistic, NOTHING) for statistic in LABELS)
    return (_size_seen(incidence), _met_in_groups(incidence), _firms_in_groups(incidence))


def _relations(record: Record) -> Incidence:
    """Give numbers to alliances, then to ties of kind collaboration."""
    found = collaborations(record)
    alliance = alliance_numbers(found.memberships)
    alliances = int(alliance.max()) + 1 if alliance.size else 0
    firms = found.firms.height
    pairs = tie_incidence(found.ties.filter(found.ties["kind"] == "collaboration"), firms)
    return Incidence(
        np.concatenate([alliance, pairs.relation + alliances]),
        np.concatenate([found.memberships["firm"].to_numpy(), pairs.firm]),
        alliances + pairs.relations,
        firms,
    )


def _size_seen(incidence: Incidence) -> Estimate:
    k = incidence.sizes.astype(float)
    value = float((k**2).sum() / k.sum())
    error = clustered_error(k * (k - value) / k.sum(), incidence, k)
    half = float(stats.t.isf(0.5 - LEVEL / 2, error.freedom)) * error.error
    ends = (max(value - half, 1.0), value + half) if 0.0 < half < np.inf else None
    return _written("size seen", value, ends, incidence, incidence.relations)


def _met_in_groups(incidence: Incidence) -> Estimate:
    k = incidence.sizes
    pairs = int((k * (k - 1) // 2).sum())
    if pairs > MOST_PAIRS:
        return _missing("met in groups only", TOO_MANY.fill(n=pairs))
    one, other, size = _pairs(incidence)
    key, at = np.unique(one * incidence.firms + other, return_inverse=True)
    alone = np.zeros(key.size, bool)
    alone[at[size < GROUP]] = True
    together = Incidence(
        np.tile(np.arange(key.size), 2),
        np.concatenate([key // incidence.firms, key % incidence.firms]),
        key.size,
        incidence.firms,
    )
    return _share("met in groups only", (~alone).astype(float), together, incidence)


def _pairs(incidence: Incidence) -> tuple[Ints, Ints, Ints]:
    """Return both firms, the lower number first, and the size, for each pair of each relation."""
    order = np.lexsort((incidence.firm, incidence.relation))
    firm, k = incidence.firm[order], incidence.sizes
    first = np.cumsum(k) - k
    place = np.arange(firm.size) - np.repeat(first, k)
    after = np.repeat(k, k) - 1 - place
    one = np.repeat(np.arange(firm.size), after)
    step = np.arange(one.size) - np.repeat(np.cumsum(after) - after, after)
    return firm[one], firm[one + 1 + step], np.repeat(np.repeat(k, k), after)


def _firms_in_groups(incidence: Incidence) -> Estimate:
    in_group = incidence.sizes[incidence.relation] >= GROUP
    taking_part = np.unique(incidence.firm)
    has_it = np.isin(taking_part, incidence.firm[in_group]).astype(float)
    # Firms of one group are in it together: they are one observation, that of their group.
    share = float(has_it.mean())
    number = np.searchsorted(taking_part, incidence.firm)
    seats = Incidence(number, incidence.relation, taking_part.size, incidence.relations)
    error = clustered_error((has_it - share) / has_it.size, seats)
    ends = share_interval(share, seats, error, LEVEL) if np.isfinite(error.error) else None
    return _written("firms in groups", share, ends, incidence, taking_part.size)


def _share(statistic: str, has_it: Floats, of: Incidence, incidence: Incidence) -> Estimate:
    share = float(has_it.mean())
    error: ClusteredError = clustered_error((has_it - share) / has_it.size, of)
    ends = share_interval(share, of, error, LEVEL) if np.isfinite(error.error) else None
    return _written(statistic, share, ends, incidence, has_it.size)


def _missing(statistic: str, reason: Text) -> Estimate:
    of = (("statistic", statistic),)
    return not_measured(NAME, LABELS[statistic], reason, needs=NEEDS, of=of)


def _written(
    statistic: str, value: float, ends: tuple[float, float] | None, incidence: Incidence, n: int
) -> Estimate:
    size = statistic == "size seen"
    groups_only = int(incidence.sizes.min()) >= GROUP
    counted = {"size seen": COLLABORATIONS, "met in groups only": PAIRS, "firms in groups": FIRMS}
    return Estimate(
        measure=NAME,
        label=LABELS[statistic],
        of=(("statistic", statistic),),
        value=value,
        low=None if ends is None else ends[0],
        high=None if ends is None else ends[1],
        level=LEVEL,
        interval=NO_INTERVAL if ends is None else MEAN if size else SHARE,
        unit=Text("firms", "家企业") if size else NO_UNIT,
        n=n,
        n_of=counted[statistic],
        method=METHOD.fill(what=HOW[statistic]),
        references=REFERENCES,
        warnings=(NOT_VALUE, ONLY_GROUPS) if groups_only else (NOT_VALUE,),
    )
