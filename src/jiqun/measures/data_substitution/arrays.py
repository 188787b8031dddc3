"""The same question put to arrays: ``jq.ces``, and ``jq.pool_ces`` for several clusters.

Paper: K4a, K4c, K4d, K4g
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from numpy.typing import ArrayLike

from jiqun.measures.data_substitution.readings_of import (
    sensitivity_of,
    share_of,
    sigma_of,
    warnings_of,
)
from jiqun.measures.data_substitution.wording import BORROWED, GROUNDS, NO_FIRM, POOLED
from jiqun.measures.estimate import Estimate
from jiqun.numerics.ces.pooling import pooled
from jiqun.numerics.ces.side import LEVEL
from jiqun.numerics.ces.substitution import Substitution, Verdict, substitution
from jiqun.vocabulary.text import Text


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
    price: ArrayLike | None = None,
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
    price
        Of a unit of data over that of a unit of the traditional factors, positive, shape (n,): adds the
        first-order condition.
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
        output, factors, data, firm=firm, period=period, weights=weights, price=price, seed=seed, level=LEVEL,
    )  # fmt: skip
    warnings = warnings_of(found) if firm is not None else (*warnings_of(found), NO_FIRM)
    return Ces(
        sigma=sigma_of(found, warnings),
        p_below_one=found.fit.posterior.p_below_one,
        data_share=share_of(found, warnings),
        verdict=found.verdict,
        why=GROUNDS[found.ground],
        sensitivity=sensitivity_of(found, warnings),
        details=found,
    )


def pool_ces(results: Mapping[str, Ces]) -> dict[str, Estimate]:
    """Let clusters borrow from each other: σ of each, partially pooled.

    Parameters
    ----------
    results
        What :func:`ces` found, by the name of the cluster, for eight clusters or more. Which clusters these are
        must not follow from a predicted type: pool all of a register, of a region or of an industry.

    Returns
    -------
    dict of str to Estimate
        σ of each cluster; a warning says that it is borrowed, and what the cluster says by itself.

    Raises
    ------
    ValueError
        For fewer than eight clusters.
    """
    found = pooled([r.details.fit for r in results.values()], level=LEVEL)
    others = len(results) - 1
    return {
        name: replace(
            result.sigma,
            label=Text("{l}, borrowed from other clusters", "{l}(借用其他集群信息)").fill(
                l=result.sigma.label
            ),
            value=one.sigma,
            low=one.low,
            high=one.high,
            interval=POOLED,
            warnings=(
                BORROWED.fill(n=others, m=found.middle, t=found.spread, p=one.alone),
                *result.sigma.warnings,
            ),
        )
        for (name, result), one in zip(results.items(), found.clusters, strict=True)
    }
