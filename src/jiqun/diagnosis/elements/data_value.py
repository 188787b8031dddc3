"""Value of data 数据要素价值创造: does data complete the traditional factors, or stand in for them?

The side of 1 on which the elasticity of substitution lies is weighed, never its size. Data that is itself
the product shows in the share of digital revenue.

Paper: B8, K4c (data and traditional factors both needed), K4d, K4g (data itself makes value), Q10
"""

from functools import partial

from jiqun.diagnosis.findings import percent
from jiqun.diagnosis.reading import Reading, found, share_text, sixths, two_states
from jiqun.measures import Measurement
from jiqun.measures.estimate import Estimate
from jiqun.vocabulary.text import Text

ELEMENT = "data_value"
HALF = 0.5
SIDE = (
    Text("Data beside the traditional factors", "数据与传统要素的关系"),
    Text(
        "Is data worth little without machines and people, or can it stand in for them?",
        "数据离开设备与人员是否价值有限,还是可以替代它们?",
    ),
)
REVENUE = (
    Text("Revenue from data itself", "数据自身的收入"),
    Text(
        "Does the cluster earn most with digital products?", "集群收入是否主要来自数字产品与服务?"
    ),
)
COMPLEMENT = Text(
    "Data needs the traditional factors: the probability that neither replaces the other (σ < 1) is "
    "{p}.",
    "数据须与传统要素配合:二者互为补充(σ < 1)的概率为 {p}。",
)
SUBSTITUTE = Text(
    "Data can stand in for traditional factors: the probability of that (σ > 1) is {p}.",
    "数据可替代传统要素:其概率(σ > 1)为 {p}。",
)
DIGITAL = Text(
    "{share} of all revenue is from digital products and services; half is the threshold.",
    "全部营业收入中 {share} 来自数字产品与服务;以一半为界。",
)
FRAGILE = Text(
    "Another assumption about the data moves the answer to the other side; it counts half.",
    "更换数据假定后结论移至另一侧,故减半计入。",
)
NEEDS = (
    "accounts.value_added",
    "accounts.capital",
    "accounts.employees",
    "accounts.data_capital",
)
REVENUE_NEEDS = ("accounts.revenue", "accounts.digital_revenue")


def data_value(measurement: Measurement) -> tuple[Reading, ...]:
    """Read the side of the elasticity and the share of digital revenue."""
    if "data_substitution" not in measurement:
        return ()
    return (_side(measurement), _revenue(measurement))


def _side(measurement: Measurement) -> Reading:
    title, question = SIDE
    reading = partial(
        Reading, element=ELEMENT, aspect="elasticity", title=title, question=question, needs=NEEDS
    )
    side = next(e for e in measurement["data_substitution"] if not dict(e.of).get("reading"))
    if side.value is None:
        return reading(
            status="not_measured",
            reason=side.reason or Text("not measured", "未测度"),
            estimates=(side,),
        )
    sigma = found(measurement, "data_substitution", reading="elasticity")
    band = found(measurement, "data_substitution", reading="assumptions")
    fragile = _crosses_one(band) and not _crosses_one(sigma)
    below = 0.5 + 0.5 * (side.value - 0.5) if fragile else side.value
    wording, p = (COMPLEMENT, below) if below > HALF else (SUBSTITUTE, 1.0 - below)
    return reading(
        finding=wording.fill(p=percent(p)),
        support=two_states("complement", "substitute", below),
        estimates=tuple(e for e in (side, sigma, band) if e is not None),
        reason=FRAGILE if fragile else Text("", ""),
    )


def _crosses_one(estimate: Estimate | None) -> bool:
    if estimate is None or estimate.low is None or estimate.high is None:
        return True
    return estimate.low < 1.0 < estimate.high


def _revenue(measurement: Measurement) -> Reading:
    title, question = REVENUE
    reading = partial(
        Reading,
        element=ELEMENT,
        aspect="revenue",
        title=title,
        question=question,
        needs=REVENUE_NEEDS,
    )
    share = found(measurement, "data_substitution", reading="digital revenue")
    if share is None or share.value is None:
        return reading(
            status="not_measured",
            reason=(share.reason if share else None) or Text("not measured", "未测度"),
        )
    return reading(
        finding=DIGITAL.fill(share=share_text(share.value)),
        support=sixths(share),
        estimates=(share,),
    )
