"""Who initiates 发起份额: do platform operators begin the alliances on their platforms, or do others?

Initiation is one axis, rule-setting (``rule_setting_concentration``) another: the paper expects rules to
stay led while initiation spreads.

Paper: N3b, S17 (the owner's initiation share falls), Q20 (initiation apart from rules), K1b

References
----------
Simpson, E. H. (1949). Measurement of diversity. Nature 163, 688. doi:10.1038/163688a0
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.marker import EACH_ALONE, Marker, alone, grouped, numbered
from jiqun.measures.readings.windows import Floats, Window, days, windows
from jiqun.numerics.diversity import concentration
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "initiation_share"
INITIATORS = ("initiator", "lead")
REFERENCES = ("doi:10.1038/163688a0",)
SEVERAL = Text(
    "Initiator as recorded, else the lead; of several the share of each counts.",
    "以记录的发起方为准,未注明则取牵头方;有多个时各计其份额。",
)
BY_OPERATOR = Marker(
    measure=NAME,
    statistic="by the platform's operator",
    label=Text(
        "Share of alliances on platforms that the platform's operator initiates",
        "平台承载的联盟中由平台运营方发起的份额",
    ),
    method=SEVERAL,
    n_of=Text("alliances on platforms", "平台承载的联盟"),
    needs=("alliances.platform_id", "platforms.operator", "memberships.role"),
    units=Text(
        "alliances that one firm initiates are not independent", "同一企业发起的联盟不视为独立"
    ),
)
SAME_FIRM = Marker(
    measure=NAME,
    statistic="concentration",
    label=Text(
        "Chance that one firm initiates two alliances drawn at random",
        "随机两项联盟由同一企业发起的概率",
    ),
    method=Text(
        "Simpson's index without bias over all alliances whose initiator is known (the first in "
        "alphabetical order where there are several).",
        "对发起方已知的全部联盟计算无偏 Simpson 指数(有多个发起方时取编号在前者)。",
    ),
    n_of=Text("alliances", "联盟"),
    needs=("memberships.role",),
    references=REFERENCES,
    units=EACH_ALONE,
)
OUTSIDE = Marker(
    measure=NAME,
    statistic="outside platforms",
    label=Text(
        "Share of alliances of platform members that no platform carries",
        "平台成员所参与联盟中不由平台承载的份额",
    ),
    method=Text(
        "Alliances with at least two members who take part in some platform.",
        "至少有两名成员参与某一平台的联盟。",
    ),
    n_of=Text("alliances of platform members", "平台成员的联盟"),
    needs=("alliances.platform_id", "participations.firm_id", "memberships.firm_id"),
    units=EACH_ALONE,
)
NO_INITIATOR = Text("no member is recorded as initiator or lead", "没有成员注明为发起方或牵头方")
NO_CARRIED = Text(
    "no alliance with a known initiator is carried by a platform with a known operator",
    "没有发起方已知且由已知运营方的平台承载的联盟",
)
NO_MEMBERS = Text("no alliance joins members of platforms", "没有平台成员之间的联盟")


@dataclass(frozen=True, slots=True)
class Alliances:
    """Alliances in alphabetical order, N of them.

    Attributes
    ----------
    day
        First day, NaN where unknown.
    initiator
        Number of the firm that begins each, −1 where unknown.
    by_operator
        Share of its initiators that operate the platform that carries it; NaN where it has none.
    members_alone
        1 where no platform carries it, 0 where one does; NaN unless two members are on platforms.
    """

    day: Floats
    initiator: NDArray[np.int64]
    by_operator: Floats
    members_alone: Floats


def initiation_share(
    record: Record,
    *,
    seed: int = 0,  # noqa: ARG001 - nothing is drawn
    years: int | None = None,
) -> tuple[Estimate, ...]:
    """Measure who initiates alliances.

    Parameters
    ----------
    record
        Reads ``alliances``, ``memberships``, ``platforms`` and ``participations``.
    seed
        Not used: nothing is drawn.
    years
        Calendar years of each window; None for the whole record only.

    Returns
    -------
    tuple of Estimate
        By window: share initiated by the platform's operator, concentration of initiators, share of
        platform members' alliances outside platforms.
    """
    alliances = _alliances(record)
    return tuple(e for window in windows(record, years) for e in _measured(window, alliances))


def _alliances(record: Record) -> Alliances:
    table = record["alliances"].unique("alliance_id").sort("alliance_id")
    operated = record["platforms"].select("platform_id", "operator").unique("platform_id")
    table = table.join(operated, on="platform_id", how="left")
    seats = record["memberships"].select("alliance_id", "firm_id", "role")
    first = seats.filter(pl.col("role").is_in(INITIATORS))
    first = first.filter(
        (pl.col("role") == "initiator") | ~(pl.col("role") == "initiator").any().over("alliance_id")
    ).unique(["alliance_id", "firm_id"])
    begun = (
        first.join(table.select("alliance_id", "operator"), on="alliance_id")
        .group_by("alliance_id")
        .agg(
            initiator=pl.col("firm_id").min(),
            by_operator=(pl.col("firm_id") == pl.col("operator")).mean(),
        )
    )
    on_platform = record["participations"].select("firm_id").unique()
    both = (
        seats.select("alliance_id", "firm_id")
        .unique()
        .join(on_platform, on="firm_id", how="semi")
        .group_by("alliance_id")
        .len("on_platform")
    )
    table = table.join(begun, on="alliance_id", how="left")
    table = table.join(both, on="alliance_id", how="left").sort("alliance_id")
    known = table["initiator"].fill_null("")
    alone_ = pl.when(pl.col("on_platform") > 1).then(
        pl.col("platform_id").is_null().cast(pl.Float64)
    )
    return Alliances(
        day=days(table["start"]),
        initiator=np.where(known.to_numpy() == "", -1, numbered(known)),
        by_operator=table["by_operator"].fill_null(np.nan).to_numpy(),
        members_alone=table.select(alone_).to_series().fill_null(np.nan).to_numpy(),
    )


def _measured(window: Window, alliances: Alliances) -> Iterator[Estimate]:
    within = window.begun(alliances.day)
    known = alliances.initiator >= 0
    carried = within & np.isfinite(alliances.by_operator)
    if not known.any() or not np.isfinite(alliances.by_operator).any():
        yield BY_OPERATOR.missing(window, NO_CARRIED if known.any() else NO_INITIATOR)
    else:
        share = alliances.by_operator[carried]
        by_firm = grouped(alliances.initiator[carried])
        if np.isin(share, (0.0, 1.0)).all():
            yield BY_OPERATOR.share(window, share > 0.0, by_firm)
        else:
            yield BY_OPERATOR.ratio(window, share, np.ones(share.size), by_firm, bounds=(0.0, 1.0))
    chosen = within & known
    if int(chosen.sum()) < 2:  # noqa: PLR2004 - a pair
        yield SAME_FIRM.missing(window, None if known.any() else NO_INITIATOR)
    else:
        found = concentration(alliances.initiator[chosen])
        n = int(chosen.sum())
        yield SAME_FIRM.function_of_means(
            window, found.value, found.influence, alone(n), bounds=(0.0, 1.0)
        )
    outside = np.isfinite(alliances.members_alone)
    if not outside.any():
        yield OUTSIDE.missing(window, NO_MEMBERS)
        return
    flags = alliances.members_alone[outside & within] > 0.0
    yield OUTSIDE.share(window, flags, alone(flags.size))
