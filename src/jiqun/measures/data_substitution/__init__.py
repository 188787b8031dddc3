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
from jiqun.numerics.ces.rows import NotEstimableError, Rows, rows_of
from jiqun.numerics.ces.side import LEVEL, sided
from jiqun.numerics.ces.substitution import answered
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

LABEL = Text("Data against traditional factors", "数据与传统要素的关系")


def data_substitution(record: Record, *, seed: int) -> tuple[Estimate, ...]:
    """Measure whether data complements the traditional factors, substitutes for them, or is surplus.

    Reads ``accounts``; ``seed`` addresses the draws of power and bootstrap. Gives the side with its
    verdict, σ, σ under other assumptions, data's share of the output elasticity, and digital
    revenue's share.
    """
    digital = _digital_share(record)
    given = _given(record, seed)
    if isinstance(given, Estimate):
        return given, digital
    panel, rows = given
    found = answered(rows, seed=seed)
    warnings = (*panel.warnings, *warnings_of(found))
    readings = (
        side_of(found, LABEL, digital, warnings),
        sigma_of(found, warnings),
        *prices_of(found, warnings),
        sensitivity_of(found, warnings),
        share_of(found, warnings),
    )
    return *(_named(e, panel) for e in readings), digital


def side_alone(record: Record, *, seed: int) -> tuple[Estimate, ...]:
    """Return the numbers alone by which a type is weighed: P(σ < 1), σ, its band, digital revenue.

    They are those of ``data_substitution``, at a fortieth of the price: the verdict, for which output
    is drawn anew on the inputs some hundred times, is not given.
    """
    digital = _digital_share(record)
    given = _given(record, seed)
    if isinstance(given, Estimate):
        return given, digital
    found = sided(given[1])
    at = found.fit.posterior
    numbers = (
        ((), at.p_below_one, None, None),
        ((("reading", "elasticity"),), at.sigma, at.low, at.high),
        ((("reading", "assumptions"),), at.sigma, *found.band),
    )
    return *(
        Estimate(measure=NAME, of=of, label=LABEL, value=value, low=low, high=high, level=LEVEL)
        for of, value, low, high in numbers
    ), digital


def _given(record: Record, seed: int) -> tuple[ProductionPanel, Rows] | Estimate:
    """Return the rows of the accounts, or why nothing can be estimated from them."""
    panel = production_panel(record)
    if isinstance(panel, Text):
        return not_measured(NAME, LABEL, panel, needs=NEEDS)
    n = panel.output.size
    if n and panel.firm.max() == 0:
        return not_measured(NAME, LABEL, ONE_FIRM, needs=NEEDS, n=n)
    try:
        return panel, rows_of(
            panel.output,
            panel.factors,
            panel.data,
            firm=panel.firm,
            period=panel.period,
            price=panel.price,
            seed=seed,
        )
    except NotEstimableError as error:
        return not_measured(NAME, LABEL, OBSTACLES[error.obstacle], needs=NEEDS, n=n)


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
