"""The estimates that one answer is written up as: side, σ, other assumptions, prices, share.

Paper: K4c, K4d (side of 1), K4g (data as surplus), Q9 (readings apart), Q10
"""

import numpy as np
from scipy import special

from jiqun.measures.data_substitution.wording import (
    BAND,
    BOOTSTRAP,
    BY_FIRM,
    BY_PERIOD,
    DRAWN,
    FIRM_YEARS,
    GROUNDS,
    HALF,
    METHOD,
    MORE,
    NAME,
    NO_NUMBER_HELPS,
    PRICES,
    PROBABILITY,
    PROFILE,
    REFERENCES,
    SIZE,
    TOGETHER,
    TREND,
    VERDICTS,
    YEARS,
)
from jiqun.measures.estimate import Estimate
from jiqun.numerics.ces.power import times_as_many
from jiqun.numerics.ces.side import LEVEL
from jiqun.numerics.ces.substitution import Ground, Substitution, Verdict
from jiqun.vocabulary.text import Text


def warnings_of(found: Substitution) -> tuple[Text, ...]:
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


def sigma_of(found: Substitution, warnings: tuple[Text, ...]) -> Estimate:
    """Write up σ with its interval."""
    label = Text(
        "Elasticity of substitution σ between data and traditional factors",
        "数据与传统要素的替代弹性 σ",
    )
    at, interval = found.fit.posterior, PROFILE
    if found.price is not None:
        interval = TOGETHER.fill(low=found.output_alone[0], high=found.output_alone[1])
    return _estimate(
        found,
        "elasticity",
        label,
        (at.sigma, at.low, at.high),
        interval=interval,
        warnings=warnings,
    )


def prices_of(found: Substitution, warnings: tuple[Text, ...]) -> tuple[Estimate, ...]:
    """Write up what relative prices say by themselves, where they say anything."""
    price = found.price
    if price is None:
        return ()
    label = Text("σ from relative prices alone", "仅由相对价格得到的 σ")
    half = float(special.stdtrit(price.freedom, 0.5 + LEVEL / 2)) * price.error
    interval = PRICES.fill(c=BY_FIRM if price.by_firm else BY_PERIOD)
    ends = (price.sigma, price.sigma - half, price.sigma + half)
    return (_estimate(found, "prices", label, ends, interval=interval, warnings=warnings),)


def sensitivity_of(found: Substitution, warnings: tuple[Text, ...]) -> Estimate:
    """Write up σ with the outermost ends under all assumptions."""
    label = Text("σ under other assumptions", "其他假定下的 σ")
    ends = (found.fit.posterior.sigma, *found.band)
    interval = BAND.fill(n=len(found.variants))
    return _estimate(found, "assumptions", label, ends, interval=interval, warnings=warnings)


def share_of(found: Substitution, warnings: tuple[Text, ...]) -> Estimate:
    """Write up data's share of the output elasticity."""
    label = Text("Data's share of the output elasticity", "数据在产出弹性中的份额")
    return _estimate(found, "share", label, found.share, interval=BOOTSTRAP, warnings=warnings)


def side_of(
    found: Substitution, label: Text, digital: Estimate, warnings: tuple[Text, ...]
) -> Estimate:
    """Give P(σ < 1) with the verdict, which digital revenue above one half turns into surplus."""
    verdict, why = found.verdict, GROUNDS[found.ground]
    if digital.low is not None and digital.low > HALF and verdict is not Verdict.COMPLEMENT:
        verdict = Verdict.SURPLUS
        why = Text("more than half of revenue is digital", "一半以上的营业收入来自数字业务")
    title = Text(
        "{label}: {verdict}; {why} (probability that σ < 1)",
        "{label}:{verdict};{why}(σ < 1 的概率)",
    )
    return Estimate(
        measure=NAME,
        label=title.fill(label=label, verdict=VERDICTS[verdict], why=why),
        value=found.fit.posterior.p_below_one,
        level=LEVEL,
        interval=PROBABILITY,
        n=found.panel.y.size,
        n_of=FIRM_YEARS,
        method=_method(found),
        references=REFERENCES,
        warnings=warnings,
    )
