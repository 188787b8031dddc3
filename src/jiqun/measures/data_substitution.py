r"""Data against traditional factors 数据与传统要素: indispensable together, substitute, or surplus itself?

.. math::
    \ln Y = c_t + \nu \Bigl[x + \tfrac{\sigma}{\sigma - 1} \ln\bigl(1 - \pi + \pi
    e^{\frac{\sigma - 1}{\sigma} (d - x)}\bigr)\Bigr] + \mu_f + \varepsilon_{ft}

σ < 1 is what "both are indispensable" means, 1 < σ < ∞ "substitutes to a degree". Three readings stay
apart: on which side of 1 σ is, with what probability; data's share π in the elasticity of output;
digital revenue's share in revenue.

Paper: K4a, K4c, K4d, K4g (how data creates value), Q9, Q10 (three readings; near 1 is undetermined),
Z6, Z7 (data as a resource, and what it does to the traditional factors)

References
----------
Klump, R., McAdam, P. & Willman, A. (2012). The normalized CES production function: theory and
empirics. Journal of Economic Surveys 26(5), 769-799. doi:10.1111/j.1467-6419.2012.00730.x
Gechert, S., Havranek, T., Irsova, Z. & Kolcunova, D. (2022). Measuring capital-labor substitution: the
importance of method choices and publication bias. Review of Economic Dynamics 45, 55-82.
doi:10.1016/j.red.2021.05.003
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from jiqun.measures.estimate import Estimate, not_measured
from jiqun.measures.readings.digital_revenue import digital_revenue_share
from jiqun.measures.readings.production_panel import ProductionPanel, production_panel
from jiqun.numerics.ces.power import times_as_many
from jiqun.numerics.ces.substitution import (
    LEVEL,
    Ground,
    NotEstimableError,
    Obstacle,
    Substitution,
    Verdict,
    substitution,
)
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text, same

NAME = "data_substitution"
REFERENCES = ("doi:10.1111/j.1467-6419.2012.00730.x", "doi:10.1016/j.red.2021.05.003")
NEEDS = tuple(f"accounts.{c}" for c in ("value_added", "capital", "employees", "data_capital"))
DIGITAL_NEEDS = ("accounts.digital_revenue", "accounts.revenue")
HALF = 0.5
FIRM_YEARS = Text("firm-periods", "企业-期间")

VERDICTS = {
    Verdict.COMPLEMENT: Text("complement", "互补"),
    Verdict.SUBSTITUTE: Text("substitute to a degree", "一定程度上替代"),
    Verdict.SURPLUS: Text("itself the source of surplus", "自身成为剩余价值来源"),
    Verdict.NEAR_COBB_DOUGLAS: Text("near Cobb-Douglas (σ about 1)", "接近柯布-道格拉斯(σ 约为 1)"),
    Verdict.CANNOT_TELL: Text("cannot tell", "无法判定"),
}
GROUNDS = {
    Ground.PROBABLE: Text(
        "the data decide, and no other assumption that was tried turns it round",
        "数据足以判定,所试其他假定均未使其反转",
    ),
    Ground.UNDECIDED: Text(
        "these inputs could tell, but both sides of 1 remain possible",
        "投入数据具备判别力,但 1 的两侧均有可能",
    ),
    Ground.LITTLE_POWER: Text(
        "data and traditional factors vary too little against each other to show the side",
        "数据与传统要素之间的相对差异过小,不足以显示其方向",
    ),
    Ground.FRAGILE: Text(
        "another assumption moves the estimate to the other side of 1",
        "更换假定后估计值移至 1 的另一侧",
    ),
    Ground.FEW_FIRMS: Text(
        "fewer than eight firms do not show how far errors are lasting",
        "企业不足八家,无法识别误差的持续程度",
    ),
}
OBSTACLES = {
    Obstacle.FEW_ROWS: Text(
        "too few firm-periods have output, capital, employees and data, all positive",
        "产出、资本、从业人数与数据均为正的企业-期间过少",
    ),
    Obstacle.CONSTANT_OUTPUT: Text(
        "output is the same in every firm-period", "各企业-期间的产出完全相同"
    ),
    Obstacle.CONSTANT_INPUT: Text(
        "capital, employees or data are the same in every firm-period",
        "资本、从业人数或数据在各企业-期间完全相同",
    ),
    Obstacle.TIED_INPUTS: Text(
        "data and traditional factors move in fixed proportion, so that none can stand in for the other",
        "数据与传统要素按固定比例变动,无从观察二者能否相互替代",
    ),
}
ONE_FIRM = Text(
    "only one firm has accounts with data; a cluster's elasticity takes several",
    "仅一家企业具备含数据的账目;估计集群的替代弹性需多家企业",
)
PROFILE = Text(
    "Profile likelihood with firm effects, flattened to what a jackknife over firms supports. An end "
    "at 0 or infinity is open: the likelihood never falls enough on that side.",
    "含企业效应的剖面似然,并按企业刀切法所支持的信息量展平。端点为 0 或无穷表示该侧开放:似然未充分下降。",
)
BOOTSTRAP = Text(
    "Bootstrap over firms, 999 draws, each with the whole profile.",
    "按企业自助抽样 999 次,每次重算完整剖面。",
)
PROBABILITY = Text(
    "A probability, so without an interval of its own: posterior with ln σ ~ N(0, 1), which favours "
    "neither side. A side is called from 0.95.",
    "此为概率,不另给区间:先验 ln σ ~ N(0, 1),不偏向任何一侧;达到 0.95 方判定方向。",
)
BAND = Text(
    "Lowest and highest end of the intervals of {n} other assumptions: data measured with a reliability "
    "of 0.8, the productivity of data rising or falling with its use or with time, complements "
    "among the traditional factors, firm effects that move with inputs.",
    "另外 {n} 种假定下各区间的最低与最高端点:数据计量信度为 0.8;数据自身效率随使用量或时间升降;"
    "传统要素之间互补;企业效应与投入相关。",
)
JACKKNIFE = Text(
    "Wilson's interval at the number of firms that the jackknife over firms amounts to.",
    "按企业刀切法折算有效企业数的 Wilson 区间。",
)
METHOD = Text(
    "Normalised CES of data and a Cobb-Douglas composite of the traditional factors, random firm "
    "effects ({f} firms; lasting errors {phi:.2g} times the variance of passing ones), {t}; returns to scale {nu:.2f}. "
    "Power on these inputs: {a:.0%} at σ = 0.5, {b:.0%} at σ = 2.",
    "数据与传统要素柯布-道格拉斯组合的标准化 CES,含企业随机效应({f} 家企业;持续误差方差为暂时误差的 {phi:.2g} 倍),{t};"
    "规模报酬 {nu:.2f}。基于现有投入的检验功效:σ = 0.5 时 {a:.0%},σ = 2 时 {b:.0%}。",
)
YEARS, TREND = Text("a constant for each period", "含期间固定效应"), Text("a trend", "含时间趋势")
MORE = Text(
    "About {x:.0f} times as many firms like these would be needed to see the side four times in five.",
    "约需 {x:.0f} 倍的同类企业,方能以五分之四的概率判明方向。",
)
NO_NUMBER_HELPS = Text(
    "More firms of this kind would hardly help: they need to differ more in data per unit of traditional factors.",
    "增加同类企业难有帮助:需要企业在单位传统要素的数据投入上差异更大。",
)
SIZE = Text(
    "Which side of 1 is more robust than how far from it: errors in data draw σ towards 1. An index "
    "(such as counts of words) in place of a stock leaves σ unknown.",
    "位于 1 的哪一侧较可靠,距 1 的远近则较不可靠:数据计量误差会使 σ 趋向 1;若以指数(如词频)代替存量,σ 无从识别。",
)
DRAWN = Text("{f} of {n} firms, drawn at random.", "从 {n} 家企业中随机抽取 {f} 家。")
NO_FIRM = Text(
    "Firms are not named: each row counts as a firm of its own. If firms recur, this calls sides by mistake.",
    "未给出企业标识:每行视为独立企业;若同一企业重复出现,会误判方向。",
)


@dataclass(frozen=True, slots=True)
class Ces:
    """What :func:`ces` found.

    Attributes
    ----------
    sigma
        Elasticity of substitution between data and the traditional factors.
    p_below_one
        P(σ < 1).
    data_share
        Data's share in the elasticity of output, at the geometric means.
    verdict
        ``complement``, ``substitute``, ``surplus``, ``near Cobb-Douglas`` or ``cannot tell``.
    why
        What the verdict rests on.
    sensitivity
        σ with the band that other assumptions span.
    details
        Profile, posterior, power, variants and bootstrap.
    """

    sigma: Estimate
    p_below_one: float
    data_share: Estimate
    verdict: Verdict
    why: Text
    sensitivity: Estimate
    details: Substitution


def ces(
    output: ArrayLike,
    factors: ArrayLike,
    data: ArrayLike,
    *,
    firm: ArrayLike | None = None,
    period: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    seed: int,
) -> Ces:
    """Estimate the elasticity of substitution between data and traditional factors.

    Parameters
    ----------
    output
        Value added or revenue at constant prices, positive, shape (n,).
    factors
        Traditional factors (capital, labour, ...), positive, shape (n,) or (n, m).
    data
        Stock of data, positive, shape (n,); an index without a unit leaves σ unknown.
    firm
        Whose row it is, shape (n,). Rows of one firm are not independent: leave it out only where
        no firm recurs.
    period
        When, as numbers that count periods, shape (n,).
    weights
        Positive, shape (n,); an error's variance is taken to be proportional to 1/weight.
    seed
        Not negative.

    Returns
    -------
    Ces
        σ, the probability that it is below 1, data's share, and a verdict that may be "cannot tell".

    Raises
    ------
    ValueError
        For values that are missing, infinite or not positive, lengths that differ, too few rows,
        constant columns, and inputs that move in fixed proportion.
    """
    found = substitution(
        output, factors, data, firm=firm, period=period, weights=weights, seed=seed, level=LEVEL
    )
    warnings = _warnings(found) if firm is not None else (*_warnings(found), NO_FIRM)
    return Ces(
        sigma=_sigma(found, warnings),
        p_below_one=found.fit.posterior.p_below_one,
        data_share=_share(found, warnings),
        verdict=found.verdict,
        why=GROUNDS[found.ground],
        sensitivity=_sensitivity(found, warnings),
        details=found,
    )


def data_substitution(record: Record, *, seed: int) -> tuple[Estimate, ...]:
    """Measure whether data complements the traditional factors, substitutes for them, or is surplus.

    Reads ``accounts``; ``seed`` addresses the draws of power and bootstrap. Gives the side with its
    verdict, σ, σ under other assumptions, data's share of the output elasticity, and digital
    revenue's share.
    """
    digital = _digital_share(record)
    label = Text("Data against traditional factors", "数据与传统要素的关系")
    panel = production_panel(record)
    if isinstance(panel, Text):
        return not_measured(NAME, label, panel, needs=NEEDS), digital
    n = panel.output.size
    if n and panel.firm.max() == 0:
        return not_measured(NAME, label, ONE_FIRM, needs=NEEDS, n=n), digital
    try:
        found = substitution(
            panel.output, panel.factors, panel.data, firm=panel.firm, period=panel.period, seed=seed
        )
    except NotEstimableError as error:
        reason = OBSTACLES[error.obstacle]
        return not_measured(NAME, label, reason, needs=NEEDS, n=n), digital
    warnings = (*panel.warnings, *_warnings(found))
    readings = (
        _side(found, label, digital, warnings),
        _sigma(found, warnings),
        _sensitivity(found, warnings),
        _share(found, warnings),
    )
    return *(_named(e, panel) for e in readings), digital


def _warnings(found: Substitution) -> tuple[Text, ...]:
    """Return what to mind about σ, and how many firms would show the side."""
    warnings = [SIZE]
    if found.firms_given > found.panel.firms:
        warnings.append(DRAWN.fill(f=found.panel.firms, n=found.firms_given))
    if found.ground is Ground.LITTLE_POWER:
        times = times_as_many(min(found.power.complement, found.power.substitute))
        warnings.append(NO_NUMBER_HELPS if times is None else MORE.fill(x=np.ceil(times)))
    return tuple(warnings)


def _method(found: Substitution) -> Text:
    return METHOD.fill(
        f=found.panel.firms,
        phi=found.panel.lasting,
        t=YEARS if found.panel.years else TREND,
        nu=found.returns,
        a=found.power.complement,
        b=found.power.substitute,
    )


def _estimate(
    found: Substitution,
    of: str,
    label: Text,
    ends: tuple[float, float, float],
    *,
    interval: Text,
    warnings: tuple[Text, ...],
) -> Estimate:
    value, low, high = ends
    return Estimate(
        measure=NAME,
        of=(("reading", of),),
        label=label,
        value=value,
        low=low,
        high=high,
        level=LEVEL,
        interval=interval,
        n=found.panel.y.size,
        n_of=FIRM_YEARS,
        method=_method(found),
        references=REFERENCES,
        warnings=warnings,
    )


def _sigma(found: Substitution, warnings: tuple[Text, ...]) -> Estimate:
    label = Text(
        "Elasticity of substitution σ between data and traditional factors",
        "数据与传统要素的替代弹性 σ",
    )
    at = found.fit.posterior
    return _estimate(
        found, "elasticity", label, (at.sigma, at.low, at.high), interval=PROFILE, warnings=warnings
    )


def _sensitivity(found: Substitution, warnings: tuple[Text, ...]) -> Estimate:
    label = Text("σ under other assumptions", "其他假定下的 σ")
    ends = (found.fit.posterior.sigma, *found.band)
    interval = BAND.fill(n=len(found.variants))
    return _estimate(found, "assumptions", label, ends, interval=interval, warnings=warnings)


def _share(found: Substitution, warnings: tuple[Text, ...]) -> Estimate:
    label = Text("Data's share of the output elasticity", "数据在产出弹性中的份额")
    return _estimate(found, "share", label, found.share, interval=BOOTSTRAP, warnings=warnings)


def _side(
    found: Substitution, label: Text, digital: Estimate, warnings: tuple[Text, ...]
) -> Estimate:
    """Give P(σ < 1) with the verdict, which digital revenue above one half turns into surplus."""
    verdict, why = found.verdict, GROUNDS[found.ground]
    if digital.low is not None and digital.low > HALF and verdict is not Verdict.COMPLEMENT:
        verdict = Verdict.SURPLUS
        why = Text("more than half of revenue is digital", "一半以上的营业收入来自数字业务")
    title = Text("{label}: {verdict}; {why}", "{label}:{verdict};{why}")
    return Estimate(
        measure=NAME,
        label=title.fill(label=label, verdict=VERDICTS[verdict], why=why),
        value=found.fit.posterior.p_below_one,
        level=LEVEL,
        interval=PROBABILITY,
        unit=same("P(σ < 1)"),
        n=found.panel.y.size,
        n_of=FIRM_YEARS,
        method=_method(found),
        references=REFERENCES,
        warnings=warnings,
    )


def _named(estimate: Estimate, panel: ProductionPanel) -> Estimate:
    """Say what of the accounts was taken for output and data."""
    taken = Text("Output: {o} ({p}, {c}); data: {d}. {m}", "产出:{o}({p},{c});数据:{d}。{m}").fill(
        o=panel.output_name, p=panel.prices, c=panel.currency, d=panel.data_name, m=estimate.method
    )
    return replace(estimate, method=taken)


def _digital_share(record: Record) -> Estimate:
    """Return digital revenue's share of revenue, over all accounts that give both."""
    of = (("reading", "digital revenue"),)
    label = Text("Digital revenue's share of revenue", "数字业务收入占营业收入的份额")
    found = digital_revenue_share(record, LEVEL)
    if isinstance(found, Text):
        return not_measured(NAME, label, found, needs=DIGITAL_NEEDS, of=of)
    return Estimate(
        measure=NAME,
        of=of,
        label=label,
        value=found.value,
        low=found.low,
        high=found.high,
        level=LEVEL,
        interval=JACKKNIFE,
        n=found.rows,
        n_of=FIRM_YEARS,
        method=Text(
            "Sum of digital revenue over the sum of revenue, all periods together.",
            "各期数字业务收入之和除以营业收入之和。",
        ),
    )
