"""On which side of 1 σ is 替代弹性: the fit, what prices add, and the same under other assumptions.

Whether such inputs could have shown the side is asked in ``substitution``, at forty times the price.

Paper: K4c (σ < 1: both are indispensable), K4d (σ > 1: data substitutes to a degree)
"""

from dataclasses import dataclass, replace

from jiqun.numerics.ces.first_order import PriceEvidence, price_evidence
from jiqun.numerics.ces.fit import Fit, fitted
from jiqun.numerics.ces.posterior import joint
from jiqun.numerics.ces.rows import Rows
from jiqun.numerics.ces.sensitivity import Variant, traditional, variants

LEVEL = 0.9


@dataclass(frozen=True, slots=True)
class Side:
    """What the rows say of σ.

    Attributes
    ----------
    fit, alone
        Profile of σ, posterior and interval with what prices say; from output alone.
    variants
        The estimate under other assumptions.
    price
        What relative prices say by themselves, where they were given and differ.
    """

    fit: Fit
    alone: Fit
    variants: tuple[Variant, ...]
    price: PriceEvidence | None

    @property
    def band(self) -> tuple[float, float]:
        """Lowest and highest end of the intervals under all assumptions."""
        found = self.fit.posterior
        return (
            min(found.low, *(v.low for v in self.variants)),
            max(found.high, *(v.high for v in self.variants)),
        )


def sided(rows: Rows, *, level: float = LEVEL) -> Side:
    """Fit a panel, join what prices say, and try other assumptions."""
    made, log_price = rows.panel, rows.log_price
    alone = fitted(made, level=level)
    others = variants(made, alone, level)
    found = None
    if log_price is not None:
        found = price_evidence(made, made.d - traditional(made, alone), log_price[made.order])
    if found is None:
        return Side(alone, alone, others, None)
    said = (found.sigma, found.error, found.freedom)
    together = joint(alone.profile, made.freedom, alone.known, said, level)
    return Side(replace(alone, posterior=together), alone, others, found)
