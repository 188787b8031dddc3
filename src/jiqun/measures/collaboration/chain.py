"""Along the supply chain or not: vertical share and kinds of tie.

Paper: K3a, I1e, I2a, I3a, S3 (vertical share of ties)
"""

import numpy as np

from jiqun.measures.collaboration.quantity import (
    MEAN_INTERVAL,
    TIES,
    Quantity,
    Window,
    mean_ends,
    share_estimate,
)
from jiqun.measures.estimate import Estimate
from jiqun.vocabulary.codes import TIE_KIND
from jiqun.vocabulary.text import Text


def vertical_share(window: Window) -> Estimate:
    """Measure the share of ties that follow the supply chain."""
    quantity = Quantity(
        "vertical share",
        Text("Vertical share: supply ties of all ties", "纵向份额:供应关系占全部双边关系"),
        Text(
            "Ties of kind supply over all ties whose kind is known; ties inside vertically related "
            "industries are not added, input-output tables not being part of the record.",
            "供应类关系占已知类别关系的份额;记录不含投入产出表,故未计入上下游行业间的其他关系。",
        ),
        window.name,
        TIES,
        ("ties.kind",),
    )
    ties = window.of_known_kind
    if ties.kind.size == 0:
        return quantity.missing(Text("no tie has a kind", "没有注明类别的双边关系"))
    supply = window.of_kind("supply")[window.ties.kind >= 0]
    return share_estimate(quantity, supply.astype(float), ties.incidence(window.firms))


def tie_kinds(window: Window) -> Estimate:
    """Measure the effective number of kinds of tie (Hill number of order 1)."""
    quantity = Quantity(
        "kinds of tie",
        Text("Effective number of kinds of tie", "双边关系的有效类别数"),
        Text(
            "Hill number of order 1: the exponential of the entropy of kinds over ties.",
            "一阶 Hill 数:关系类别熵的指数。",
        ),
        window.name,
        TIES,
        ("ties.kind",),
    )
    ties = window.of_known_kind
    if ties.kind.size == 0:
        return quantity.missing(Text("no tie has a kind", "没有注明类别的双边关系"))
    share = np.bincount(ties.kind) / ties.kind.size
    surprise = -np.log(np.where(share > 0.0, share, 1.0))
    entropy = float(surprise @ share)
    incidence = ties.incidence(window.firms)
    ends = mean_ends(entropy, (surprise[ties.kind] - entropy) / ties.kind.size, incidence)
    if ends is not None:
        ends = (max(np.exp(ends[0]), 1.0), min(np.exp(ends[1]), float(len(TIE_KIND.codes))))
    return quantity.estimate(np.exp(entropy), ends, MEAN_INTERVAL, incidence)
