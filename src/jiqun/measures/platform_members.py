"""Members of platforms 平台成员: how many join, how many stay, and of how many industries?

The owner's own firms are left out, so that a firm's diversification is not taken for a platform's reach.

Paper: S10, S16 (joiners), N2e, S4 (industries of members), N3c (turnover), Q14 (owner left out)

References
----------
Hill, M. O. (1973). Diversity and evenness: a unifying notation and its consequences. Ecology 54(2),
427-432. doi:10.2307/1934352
"""

from collections.abc import Iterator

import numpy as np
import polars as pl

from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.collaborations import Groups, industry_groups
from jiqun.measures.readings.marker import EACH_ALONE, Marker, alone
from jiqun.measures.readings.platform_events import (
    IN_SERVICE,
    NO_PLATFORM,
    PLATFORMS_ALONE,
    Platforms,
    platforms,
)
from jiqun.measures.readings.windows import Window, windows
from jiqun.numerics.diversity import hill_number
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "platform_members"
NEEDS = ("participations.firm_id", "participations.joined", "platforms.platform_id")
NO_MEMBERS = Text("nobody but owners is recorded on any platform", "除所有者外未记录任何平台参与者")


SIZE = Marker(
    measure=NAME,
    statistic="members per platform",
    label=Text("Mean number of members of a platform", "平台平均成员数"),
    method=Text(
        "Firms that took part at some time within the window, owner and operator left out.",
        "时段内曾参与的企业数,不含所有者与运营方。",
    ),
    n_of=IN_SERVICE,
    needs=NEEDS,
    unit=Text("firms", "家企业"),
    units=PLATFORMS_ALONE,
)
JOINED = SIZE.worded(
    statistic="joiners a year",
    label=Text("Firms that join a platform in a year", "每个平台每年新加入的企业数"),
    method=Text(
        "First joinings within the window over the years that platforms were in service.",
        "时段内首次加入数,除以平台运营年数之和。",
    ),
    n_of=Text("joiners", "新加入企业"),
    unit=Text("firms per year", "家/年"),
)
LEFT = JOINED.worded(
    statistic="leavers a year",
    label=Text("Firms that leave a platform in a year", "每个平台每年退出的企业数"),
    method=Text(
        "Last departures within the window over the years that platforms were in service.",
        "时段内最终退出数,除以平台运营年数之和。",
    ),
    n_of=Text("leavers", "退出企业"),
)
INDUSTRIES = Marker(
    measure=NAME,
    statistic="effective industries of members",
    label=Text("Effective number of industries among platform members", "平台成员的有效行业数"),
    method=Text(
        "Hill number of order 1 over memberships of firms whose industry is known; industries: {level}.",
        "行业已知成员的一阶 Hill 数;行业按{level}。",
    ),
    n_of=Text("members", "成员"),
    needs=("firms.industry_code", *NEEDS),
    unit=Text("industries", "个行业"),
    references=("doi:10.2307/1934352",),
    units=EACH_ALONE,
)


def platform_members(
    record: Record,
    *,
    seed: int = 0,  # noqa: ARG001 - nothing is drawn
    years: int | None = None,
) -> tuple[Estimate, ...]:
    """Measure size, inflow, outflow and industries of platform members.

    Parameters
    ----------
    record
        Reads ``platforms``, ``participations`` and the industries of ``firms``.
    seed
        Not used: nothing is drawn.
    years
        Calendar years of each window; None for the whole record only.

    Returns
    -------
    tuple of Estimate
        By window: members per platform, joiners and leavers a year, effective number of industries.
    """
    found = platforms(record)
    firms = record["firms"].select("firm_id").unique().sort("firm_id")
    firms = firms.with_columns(firm=pl.int_range(pl.len(), dtype=pl.Int64))
    groups = industry_groups(record, firms)
    place = found.members.select("firm_id").join(
        firms, on="firm_id", how="left", maintain_order="left"
    )
    group = np.append(groups.group, -1)[place["firm"].fill_null(firms.height).to_numpy()]
    of_members = Groups(group, groups.level)
    return tuple(e for w in windows(record, years) for e in _measured(w, found, of_members))


def _measured(window: Window, found: Platforms, groups: Groups) -> Iterator[Estimate]:
    if found.members.is_empty():
        reason = NO_PLATFORM if found.table.is_empty() else NO_MEMBERS
        yield from (m.missing(window, reason) for m in (SIZE, JOINED, LEFT, _industries(groups)))
        return
    running, platform = found.in_service(window), found.of_member
    count = int(running.sum())
    present = window.lasting(found.joined, found.left) & running[platform]
    joined = window.begun(found.joined) & np.isfinite(found.joined)
    left = window.begun(found.left) & np.isfinite(found.left)
    number = np.bincount(platform[present], minlength=running.size)[running].astype(float)
    yield SIZE.ratio(window, number, np.ones(count), alone(count), bounds=(0.0, np.inf))
    for marker, chosen in ((JOINED, joined), (LEFT, left)):
        yield marker.rate(window, int(chosen.sum()), found.years(window))
    known = present & (groups.group >= 0)
    marker = _industries(groups)
    if not known.any():
        yield marker.missing(window)
        return
    hill = hill_number(groups.group[known], np.arange(known.sum()), int(known.sum()), 1)
    yield marker.function_of_means(
        window, hill.value, hill.influence, alone(int(known.sum())), bounds=(1.0, np.inf)
    )


def _industries(groups: Groups) -> Marker:
    return INDUSTRIES.worded(method=INDUSTRIES.method.fill(level=groups.level))
