"""How many take part: multilateral share of collaborations and of seats, mean size of alliances.

Paper: Z5, Q2 (multilateral participation, apart from decomposability), K3g
"""

import numpy as np
from numpy.typing import NDArray

from jiqun.measures.collaboration.quantity import (
    ALLIANCES,
    LEVEL,
    MEAN_INTERVAL,
    SHARE_INTERVAL,
    Quantity,
    Window,
    mean_ends,
    share_estimate,
)
from jiqun.measures.estimate import Estimate
from jiqun.numerics.clustered import Incidence, clustered_error, share_interval
from jiqun.vocabulary.text import Text

NOT_DECOMPOSABILITY = Text(
    "This counts who takes part; it does not measure decomposability, that is, whether the joint value "
    "can be taken apart into pairs.",
    "此处只统计参与方数量,并不测度可分解性,即共同价值能否拆分为双边关系。",
)
NO_PAIRS = Text(
    "No collaboration of only two firms is recorded, so the share is 1 by the way the data were made.",
    "未记录任何仅有两家企业的协作,因此该份额因数据采集方式必然为 1。",
)


MULTILATERAL = 3
"""Members from which a collaboration is multilateral."""
NEEDS = ("memberships.firm_id",)
NONE = Text("no collaboration is recorded", "未记录任何协作")
COLLABORATIONS = Text(
    "Collaborations are alliances of at least two members and ties of kind collaboration.",
    "协作指至少两名成员的联盟,以及类别为合作的双边关系。",
)


def joint_incidence(window: Window) -> Incidence:
    """Take alliances, then ties of kind collaboration, as relations of firms."""
    seats = window.seats
    pairs = window.ties.where(window.of_kind("collaboration")).incidence(window.firms)
    return Incidence(
        np.concatenate([seats.alliance, pairs.relation + seats.alliances]),
        np.concatenate([seats.firm, pairs.firm]),
        seats.alliances + pairs.relations,
        window.firms,
    )


def multilateral_share(window: Window) -> Estimate:
    """Measure the share of collaborations that have three and more members."""
    quantity = Quantity(
        "multilateral share of collaborations",
        Text(
            "Multilateral share of collaborations (participation, not decomposability)",
            "多边协作份额(按参与方数量,并非可分解性)",
        ),
        Text("Share with at least three members. {c}", "成员不少于三家者所占份额。{c}").fill(
            c=COLLABORATIONS
        ),
        window.name,
        Text("collaborations", "协作"),
        NEEDS,
    )
    incidence = joint_incidence(window)
    if incidence.relations == 0:
        return quantity.missing(NONE)
    multilateral = (incidence.sizes >= MULTILATERAL).astype(float)
    return share_estimate(quantity, multilateral, incidence, _warnings(incidence))


def multilateral_seats(window: Window) -> Estimate:
    """Measure the share of firms' participations that are in collaborations of three and more."""
    quantity = Quantity(
        "multilateral share of participations",
        Text(
            "Multilateral share of firms' participations (not decomposability)",
            "企业参与次数中的多边份额(并非可分解性)",
        ),
        Text(
            "Every firm of every collaboration counts once. {c}",
            "每项协作的每家企业各计一次。{c}",
        ).fill(c=COLLABORATIONS),
        window.name,
        Text("collaborations", "协作"),
        NEEDS,
    )
    incidence = joint_incidence(window)
    if incidence.relations == 0:
        return quantity.missing(NONE)
    sizes = incidence.sizes.astype(float)
    multilateral = sizes >= MULTILATERAL
    share = float(sizes[multilateral].sum() / sizes.sum())
    influence: NDArray[np.float64] = sizes * (multilateral - share) / sizes.sum()
    error = clustered_error(influence, incidence, sizes)
    ends = share_interval(share, incidence, error, LEVEL)
    return quantity.estimate(share, ends, SHARE_INTERVAL, incidence, _warnings(incidence))


def alliance_size(window: Window) -> Estimate:
    """Measure the mean number of members of alliances."""
    quantity = Quantity(
        "mean size of alliances",
        Text("Mean size of alliances", "联盟平均规模"),
        Text(
            "Different firms that were ever a member, over alliances of at least two.",
            "曾为成员的不同企业数,在至少两名成员的联盟间取平均。",
        ),
        window.name,
        ALLIANCES,
        NEEDS,
        unit=Text("firms", "家企业"),
    )
    if window.seats.alliances == 0:
        return quantity.missing(Text("no alliance has two members", "没有至少两名成员的联盟"))
    incidence = window.seats.incidence(window.firms)
    sizes = incidence.sizes.astype(float)
    ends = mean_ends(sizes.mean(), (sizes - sizes.mean()) / sizes.size, incidence)
    return quantity.estimate(sizes.mean(), ends, MEAN_INTERVAL, incidence)


def _warnings(incidence: Incidence) -> tuple[Text, ...]:
    all_multilateral = int(incidence.sizes.min()) >= MULTILATERAL
    return (NOT_DECOMPOSABILITY, NO_PAIRS) if all_multilateral else (NOT_DECOMPOSABILITY,)
