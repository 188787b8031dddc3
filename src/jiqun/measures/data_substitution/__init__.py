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

from dataclasses import replace

from jiqun.measures.data_substitution.readings_of import (
    prices_of,
    sensitivity_of,
    share_of,
    side_of,
    sigma_of,
    warnings_of,
)
from jiqun.measures.data_substitution.wording import (
    DIGITAL_NEEDS,
    FIRM_YEARS,
    JACKKNIFE,
    NAME,
    NEEDS,
    OBSTACLES,
    ONE_FIRM,
)
from jiqun.measures.estimate import Estimate, not_measured
from jiqun.measures.readings.digital_revenue import digital_revenue_share
from jiqun.measures.readings.production_panel import ProductionPanel, production_panel
from jiqun.numerics.ces.substitution import LEVEL, NotEstimableError, substitution
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text


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
            panel.output,
            panel.factors,
            panel.data,
            firm=panel.firm,
            period=panel.period,
            price=panel.price,
            seed=seed,
        )
    except NotEstimableError as error:
        reason = OBSTACLES[error.obstacle]
        return not_measured(NAME, label, reason, needs=NEEDS, n=n), digital
    warnings = (*panel.warnings, *warnings_of(found))
    readings = (
        side_of(found, label, digital, warnings),
        sigma_of(found, warnings),
        *prices_of(found, warnings),
        sensitivity_of(found, warnings),
        share_of(found, warnings),
    )
    return *(_named(e, panel) for e in readings), digital


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
