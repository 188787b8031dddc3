r"""Ellison-Glaeser concentration 集聚指数: more concentrated than chance and large plants explain?

.. math::
    \gamma = \frac{G - (1 - X) H}{(1 - X)(1 - H)}, \qquad
    G = \sum_r (s_r - x_r)^2, \quad X = \sum_r x_r^2, \quad H = \sum_k z_k^2

γ = 0 is what firms give that pick regions at random, each region in proportion to its size, however
few and large they are; Ellison and Glaeser call γ below 0.02 little and above 0.05 much.

Paper: E1 (high concentration within a region)

References
----------
Ellison, G. & Glaeser, E. L. (1997). Geographic concentration in U.S. manufacturing industries: a
dartboard approach. Journal of Political Economy 105(5), 889-927. doi:10.1086/262098
Maurel, F. & Sédillot, B. (1999). A measure of the geographic concentration in French manufacturing
industries. Regional Science and Urban Economics 29(5), 575-604. doi:10.1016/S0166-0462(99)00020-4
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from jiqun.measures.estimate import Estimate, not_measured
from jiqun.measures.readings.located_firms import LocatedFirms, located_firms
from jiqun.numerics.concentration import (
    maurel_sedillot,
    plant_herfindahl,
    random_location_variance,
    sampled_gamma,
    shares,
)
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "ellison_glaeser"
LEVEL = 0.95
FEW = 10
"""Fewer firms than that leave γ hardly any power."""
LARGE = 0.2
"""An industry with a larger share of the record is a good part of its own yardstick."""
REFERENCES = ("doi:10.1086/262098", "doi:10.1016/S0166-0462(99)00020-4")
NEEDS = ("firms.industry_code", "firms.region_code")

SAMPLING = Text(
    "Range of the excess concentration of the industry's own location probabilities, given the sizes of "
    "its firms: γ ± Student's t times the standard error of the weighted U-statistic. It does not "
    "include the chance by which an industry got those probabilities; to test γ = 0, use the band of "
    "random location.",
    "给定企业规模时,该行业自身选址概率的超额集中程度所处范围:γ ± t 分位数 × 加权 U 统计量标准误;"
    "不含该行业何以形成此选址概率的偶然性。检验 γ = 0 应使用随机布局区间。",
)
RANDOM = Text(
    "Not an interval around the value: the middle 95% of γ if these firms picked regions at random in "
    "proportion to the regions' size (exact mean and variance of Ellison & Glaeser 1997, gamma "
    "distribution). A value outside is not explained by chance and firm size.",
    "并非估计值的区间:若这些企业按区域规模比例随机选址,γ 的中间 95% 范围"
    "(Ellison & Glaeser 1997 的精确均值与方差,以伽马分布近似)。落在区间之外即不能由偶然与企业规模解释。",
)
NO_INTERVAL = Text("No interval of its own; read it beside γ.", "不单独给出区间,与 γ 对照阅读。")
METHOD = Text(
    "γ over {r} regions with the Herfindahl index of firm sizes in {u}; {c}.",
    "对 {r} 个区域计算 γ,企业规模赫芬达尔指数以{u}计;{c}。",
)
SEAT = Text(
    "A firm counts once, in the region of its seat, with all it employs; plants elsewhere are not told "
    "apart, since no open site has a region code.",
    "每家企业按注册地所在区域计一次,含其全部从业人数;没有在用场所具备区域代码,故异地工厂未予区分。",
)
AT_SITES = Text(
    "A firm counts in each region where it has an open site, its sites in one region as one plant; "
    "{n} of {all} such plants are known only by the seat of their firm.",
    "企业按其在用场所所在的每个区域各计一次,同一区域的场所合为一个工厂;{all} 个工厂中有 {n} 个仅知其企业注册地。",
)
THIN = Text(
    "Only {n} firms: concentration would have to be extreme to show.",
    "仅 {n} 家企业:只有极端集中才能显现。",
)
OWN_YARDSTICK = Text(
    "The industry is {s:.0%} of the record and so a good part of its own yardstick: γ is drawn towards 0.",
    "该行业占全记录的 {s:.0%},在很大程度上构成自身的比较基准,γ 会偏向 0。",
)


@dataclass(frozen=True, slots=True)
class Industry:
    """Firms of one industry, and the regions' shares of everything."""

    code: str
    size: NDArray[np.float64]
    region: NDArray[np.int64]
    x: NDArray[np.float64]
    share: float


def ellison_glaeser(record: Record, *, seed: int = 0) -> tuple[Estimate, ...]:  # noqa: ARG001 - nothing is drawn
    """Measure the concentration of every industry over the regions of the record.

    Parameters
    ----------
    record
        Reads ``firms`` (codes of industry and region) and, for sizes, ``sites`` or ``accounts``.
    seed
        Not used: nothing is drawn.

    Returns
    -------
    tuple of Estimate
        Three for each industry: γ with its sampling interval, γ against the band of random location,
        and the index of Maurel and Sédillot.
    """
    firms = located_firms(record)
    if isinstance(firms, Text):
        label = Text("Ellison-Glaeser concentration", "Ellison-Glaeser 集聚指数")
        return (not_measured(NAME, label, firms, needs=NEEDS),)
    x = shares(np.bincount(firms.region, firms.size, len(firms.regions)).astype(float))
    found: list[Estimate] = []
    for position, code in enumerate(firms.industries):
        mine = firms.industry == position
        size = firms.size[mine]
        share = float(size.sum() / firms.size.sum())
        found += _estimates(firms, Industry(code, size, firms.region[mine], x, share))
    return tuple(found)


def _estimates(firms: LocatedFirms, industry: Industry) -> tuple[Estimate, ...]:
    """Write up one industry."""
    size, region, x = industry.size, industry.region, industry.x
    label = Text(
        "Ellison-Glaeser γ of industry {i}", "行业 {i} 的 Ellison-Glaeser 集聚指数 γ"
    ).fill(i=industry.code)
    of = (("industry", industry.code),)
    if size.size == 1:
        reason = Text(
            "the industry has a single firm, which is concentrated whatever it does",
            "该行业仅有一家企业,无论如何都是集中的",
        )
        return (not_measured(NAME, label, reason, needs=NEEDS, of=of, n=1),)
    sampled = sampled_gamma(size, region, x)
    gamma = sampled.gamma
    low, high = random_band(size, x)
    half = float(stats.t.ppf(0.5 + LEVEL / 2, sampled.freedom)) * sampled.error
    method = METHOD.fill(r=len(firms.regions), u=firms.unit, c=firms.choices)
    named = (
        ("gamma", label, gamma, (gamma - half, gamma + half), SAMPLING),
        ("random location", _against_chance(label, gamma, low, high), gamma, (low, high), RANDOM),
        ("Maurel-Sédillot", _maurel_label(industry), _maurel(industry), (None, None), NO_INTERVAL),
    )
    return tuple(
        Estimate(
            measure=NAME,
            label=title,
            of=(*of, ("statistic", statistic)),
            value=value,
            low=ends[0],
            high=ends[1],
            level=LEVEL,
            interval=meaning,
            n=size.size,
            method=method,
            references=REFERENCES,
            warnings=_warnings(firms, industry),
        )
        for statistic, title, value, ends, meaning in named
    )


def _warnings(firms: LocatedFirms, industry: Industry) -> tuple[Text, ...]:
    rows = firms.size.size
    told = AT_SITES.fill(n=rows - firms.at_sites, all=rows) if firms.at_sites else SEAT
    warnings = [told, *firms.warnings]
    if industry.size.size < FEW:
        warnings.append(THIN.fill(n=industry.size.size))
    if industry.share > LARGE:
        warnings.append(OWN_YARDSTICK.fill(s=industry.share))
    return tuple(warnings)


def random_band(
    size: NDArray[np.float64], x: NDArray[np.float64], level: float = LEVEL
) -> tuple[float, float]:
    """Return the middle of the distribution of γ under random location.

    G is a positive quadratic form of the regions' counts; a gamma distribution with its exact mean
    and variance follows its skew, which a normal one would not.

    Parameters
    ----------
    size
        Persons of each firm of the industry, shape (N,), N > 1.
    x
        Shares of the regions, shape (R,), at least two of them positive.
    level
        Probability between the two ends.
    """
    h = float((shares(size) ** 2).sum())
    spread = 1.0 - float((x**2).sum())
    mean, variance = spread * h, random_location_variance(size, x)
    ends = stats.gamma.ppf(
        [0.5 - level / 2, 0.5 + level / 2], mean**2 / variance, scale=variance / mean
    )
    low, high = (ends - mean) / (spread * (1.0 - h))
    return float(low), float(high)


def _against_chance(label: Text, gamma: float, low: float, high: float) -> Text:
    verdict = (
        Text("more concentrated than chance", "集中程度高于偶然")
        if gamma > high
        else Text("more evenly spread than chance", "分布比偶然更均匀")
        if gamma < low
        else Text("not told from chance", "与偶然无法区分")
    )
    return Text("{label}: {verdict}", "{label}:{verdict}").fill(label=label, verdict=verdict)


def _maurel_label(industry: Industry) -> Text:
    return Text(
        "Maurel-Sédillot index of industry {i}", "行业 {i} 的 Maurel-Sédillot 集聚指数"
    ).fill(i=industry.code)


def _maurel(industry: Industry) -> float:
    regions = industry.x.size
    employment = np.bincount(industry.region, industry.size, regions).astype(float)
    zeros = np.zeros(industry.size.size, dtype=np.int64)
    h = plant_herfindahl(industry.size, zeros, 1)
    return float(maurel_sedillot(employment[:, None], h, industry.x)[0])
