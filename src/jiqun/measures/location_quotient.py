r"""Location quotient 区位商: which industries is each region specialised in?

.. math::  LQ_{ri} = \frac{e_{ri} / e_r}{e_i / e}

LQ = 2 means that the industry's share of the region is twice its share of the record. The record is
the yardstick: within a record of one cluster, the quotient compares the cluster's own regions.

Paper: E1, E2 (concentration in a region, specialisation)

References
----------
Florence, P. S. (1939). Report on the location of industry. Political and Economic Planning, London.
Moineddin, R., Beyene, J. & Boyle, E. (2003). On the location quotient confidence interval.
Geographical Analysis 35(3), 249-256. doi:10.1111/j.1538-4632.2003.tb01112.x
"""

import numpy as np

from jiqun.measures.estimate import Estimate, not_measured
from jiqun.measures.readings.located_firms import LocatedFirms, located_firms
from jiqun.numerics.concentration import location_quotient as quotients
from jiqun.numerics.concentration import quotient_error, quotient_interval
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "location_quotient"
EXPECTED_FIRMS = 5.0
"""An empty cell is reported where at least so many firms would be expected in it."""

LEVEL = 0.95
REFERENCES = ("doi:10.1111/j.1538-4632.2003.tb01112.x",)

MEANING = Text(
    "Range of the quotient of the process that places firms, were the firms of this record drawn anew. ",
    "若本记录中的企业重新抽取,布局过程的区位商所处范围。",
)
COUNT_INTERVAL = Text(
    MEANING.en
    + "Gamma (Poisson) interval at the count that has the delta-method error of the logarithm.",
    MEANING.zh + "以对数 delta 法误差所对应的计数构造伽马(泊松)区间。",
)
EMPLOYMENT_INTERVAL = Text(
    MEANING.en
    + "Logarithm ± Student's t times its firm-clustered standard error, with the effective "
    "number of firms in the cell less one as degrees of freedom.",
    MEANING.zh + "对数 ± t 分位数 × 按企业聚类的标准误,自由度为单元内有效企业数减一。",
)
TOO_FEW = Text(
    "No interval: the employment of the cell rests on fewer than three firms in effect.",
    "不给区间:该单元从业人数实际上由不足三家企业决定。",
)
EMPTY_INTERVAL = Text(
    "No firm of the industry is in the region: from 0 to the highest quotient under which an empty cell "
    "still has a chance of 5%, as if each firm were of the same size.",
    "该区域没有该行业企业:由 0 到使空单元仍有 5% 概率的最大区位商(按企业规模相同计算)。",
)
MANY = Text(
    "{n} quotients are given: if location were random, about {f} of their intervals could still miss 1. "
    "Do not pick the largest and call it a finding.",
    "共给出 {n} 个区位商:即使布局完全随机,也可能有约 {f} 个区间不含 1。不宜挑出最大者当作发现。",
)


def location_quotient(record: Record, *, seed: int = 0) -> tuple[Estimate, ...]:  # noqa: ARG001 - nothing is drawn
    """Compare every industry's share of every region with its share of the record.

    Parameters
    ----------
    record
        Reads ``firms`` (codes of industry and region) and, for sizes, ``sites`` or ``accounts``.
    seed
        Not used: nothing is drawn.

    Returns
    -------
    tuple of Estimate
        One for each region and industry that meet in at least one firm, or in which at least five
        firms were to be expected; by region, then industry.
    """
    firms = located_firms(record)
    if isinstance(firms, Text):
        label = Text("Location quotients", "区位商")
        needs = ("firms.industry_code", "firms.region_code")
        return (not_measured(NAME, label, firms, needs=needs),)
    shape = (len(firms.regions), len(firms.industries))
    value = quotients(firms.employment)
    error, effective = quotient_error(firms.size, firms.region, firms.industry, shape)
    low, high = quotient_interval(value, error, effective, counted=firms.counted, level=LEVEL)
    cell = firms.region * shape[1] + firms.industry
    count = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)
    expected = np.outer(count.sum(axis=1), count.sum(axis=0)) / count.sum()
    told = np.argwhere((count > 0) | (expected >= EXPECTED_FIRMS))
    many = MANY.fill(n=len(told), f=f"{(1 - LEVEL) * len(told):.0f}")
    return tuple(
        _estimate(
            firms,
            cell=(r, i),
            value=value[r, i],
            ends=(low[r, i], high[r, i]),
            count=count[r, i],
            expected=expected[r, i],
            many=many,
        )
        for r, i in told.tolist()
    )


def _estimate(
    firms: LocatedFirms,
    *,
    cell: tuple[int, int],
    value: float,
    ends: tuple[float, float],
    count: int,
    expected: float,
    many: Text,
) -> Estimate:
    """Write up one cell of the table."""
    interval = COUNT_INTERVAL if firms.counted else EMPLOYMENT_INTERVAL
    if count == 0:
        ends, interval = (0.0, -np.log(1 - LEVEL) / expected), EMPTY_INTERVAL
    known = not np.isnan(ends[0])
    region, industry = firms.regions[cell[0]], firms.industries[cell[1]]
    label = Text(
        "Location quotient of industry {i} in region {r}", "行业 {i} 在区域 {r} 的区位商"
    ).fill(i=industry, r=region)
    method = Text(
        "Share of the industry in the region over its share in the record, in {u}; {c}.",
        "该行业占区域的份额与其占全记录份额之比,以{u}计;{c}。",
    ).fill(u=firms.unit, c=firms.choices)
    return Estimate(
        measure=NAME,
        label=label,
        of=(("region", region), ("industry", industry)),
        value=float(value),
        low=float(ends[0]) if known else None,
        high=float(ends[1]) if known else None,
        level=LEVEL,
        interval=interval if known else TOO_FEW,
        n=int(count),
        n_of=Text("firms", "企业"),
        method=method,
        references=REFERENCES,
        warnings=(many, *firms.warnings),
    )
