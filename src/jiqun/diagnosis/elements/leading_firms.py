r"""Leading firms 领先企业: are those that sell most firms of data, firms of goods, or some of each?

A firm is one of data where it was founded on data or software, or earns half or more with digital products.

.. math::

    h = \sum_i w_i p_i, \qquad se^2 = \sum_i w_i^2 d (1 - d)

w is the firm's share in the revenue of the five largest of the last three years, p whether it is one of data
(one half where its origin is even), and d the chance that what is recorded of it is wrong or holds no more. Nothing is drawn at random, all five firms are seen; what is left is that doubt.

A third on each side is the threshold: where firms of data and firms of goods each have more than a third,
two logics lead side by side and the cluster is a hybrid.

Paper: K1c (logic of the core firms is the key), Q15 (hybrid), Q13 (logic, not sector)
"""

from collections.abc import Mapping
from functools import partial

import numpy as np
from scipy import stats

from jiqun.diagnosis.reading import Reading, share_text, sixths
from jiqun.measures.estimate import Estimate
from jiqun.vocabulary.text import Text

ELEMENT, ASPECT = "core_logic", "leaders"
HALF = 0.5
DOUBT = 0.02
"""Chance that a firm thinks otherwise than its origin and sales say: twice the share of the leading firms of
simulated clusters around natives that do, since real records are worse."""
LEVEL = 0.95
TITLE = Text("Firms that sell most", "销售额居前的企业")
QUESTION = Text(
    "Do firms founded on data, or earning mostly with digital products, lead in sales?",
    "销售居前者是否为以数据起家或主要收入来自数字产品与服务的企业?",
)
FOUND = Text(
    "Of the revenue of the largest firms ({names}), {share} is earned by firms that were founded on data "
    "or software or earn mostly with digital products; one third and two thirds are the thresholds.",
    "在最大的几家企业({names})的收入中,以数据或软件起家、或主要收入来自数字产品与服务的企业占 {share};"
    "以三分之一与三分之二为界。",
)
MISSING = Text(
    "Revenue and origin of the firms that sell most are not recorded.",
    "未记录销售额居前企业的收入与出身。",
)
NEEDS = ("accounts.revenue", "firms.digital_native")


def leading_firms(
    shares: Mapping[str, float],
    origin: Mapping[str, float],
    digital: Mapping[str, float],
    names: str,
    disagreed: Text | None = None,
) -> Reading:
    """Read how much of the leading firms' revenue is earned by firms of data.

    Parameters
    ----------
    shares
        Firm → its share in the revenue of the largest firms; empty where they are not known.
    origin
        Firm → how far it was founded on data, from 0 to 1.
    digital
        Firm → share of its revenue from digital products.
    names
        Of the firms, for the sentence.
    disagreed
        Why nobody is known to lead, where tables contradict each other.
    """
    reading = partial(
        Reading, element=ELEMENT, aspect=ASPECT, title=TITLE, question=QUESTION, needs=NEEDS
    )
    known = {firm: w for firm, w in shares.items() if firm in origin}
    total = sum(known.values())
    if total < HALF:
        return reading(status="not_measured", reason=disagreed or MISSING)
    weights = {firm: w / total for firm, w in known.items()}
    estimate = _estimate(weights, {f: of_data(origin[f], digital.get(f)) for f in weights})
    return reading(
        finding=FOUND.fill(names=names, share=share_text(estimate.value or 0.0)),
        support=sixths(estimate),
        estimates=(estimate,),
    )


def of_data(origin: float, digital: float | None) -> float:
    """Say whether a firm is one of data: 1, 0, or one half where its origin is even.

    Examples
    --------
    >>> of_data(0.9, 0.1), of_data(0.2, 0.6), of_data(0.2, None), of_data(0.5, 0.0)
    (1.0, 1.0, 0.0, 0.5)
    """
    if digital is not None and digital >= HALF:
        return 1.0
    return float(np.sign(origin - HALF) + 1.0) / 2.0


def _estimate(weights: Mapping[str, float], firms_of_data: Mapping[str, float]) -> Estimate:
    value = sum(w * firms_of_data[firm] for firm, w in weights.items())
    error = np.sqrt(sum(w * w for w in weights.values()) * DOUBT * (1.0 - DOUBT))
    low, high = stats.norm.interval(LEVEL, value, error)
    return Estimate(
        measure=ELEMENT,
        of=(("statistic", ASPECT),),
        label=TITLE,
        value=value,
        low=max(float(low), 0.0),
        high=min(float(high), 1.0),
        level=LEVEL,
        interval=Text(
            "Normal interval, if what is recorded of each firm is wrong with a chance of {p:.0%}.",
            "正态区间:假定每家企业的记录有 {p:.0%} 的可能有误。",
        ).fill(p=DOUBT),
        n=len(weights),
        n_of=Text("largest firms", "最大企业"),
        method=Text(
            "Mean over the largest firms, weighted by their revenue of the last three years.",
            "按近三年收入对最大的几家企业加权平均。",
        ),
    )
