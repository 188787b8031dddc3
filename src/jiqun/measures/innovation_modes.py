r"""Modes of innovation 创新方式: efficiency, convergence or digital value, and what builds on what.

The mode is the record's own where it gives one. Where it gives none, stated rules read it from the
output, the upgrading, the makers and what it builds on; a confusion table says how far the rules agree
with the modes that are given. Wakes of innovation are dated trees of what was built on what.

Paper: M0-M6 (modes, and what each stage rests on), S2, S5 (within a firm, between firms), N3d (three
organisations of three industries), Q5, Q6 (which mode first depends on the type), Q12 (wakes)

References
----------
Boland, R. J., Lyytinen, K. & Yoo, Y. (2007). Wakes of innovation in project networks. Organization
Science 18(4), 631-647. doi:10.1287/orsc.1070.0304
"""

from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.innovation_events import InnovationEvents, innovation_events
from jiqun.measures.readings.marker import Marker, subset
from jiqun.measures.readings.windows import Window, windows
from jiqun.record.record import Record
from jiqun.vocabulary.codes import INNOVATION_MODE
from jiqun.vocabulary.text import Text

NAME = "innovation_modes"
UNDECIDED = "undecided"
CALLS = (*INNOVATION_MODE.codes, UNDECIDED)
INNOVATIONS = Text("innovations", "创新")
REFERENCES = ("doi:10.1287/orsc.1070.0304",)
RULES = Text(
    "Digital value: a new business model, or built on what others made by makers who take part in a "
    "platform. Else efficiency: a process, or process upgrading. Else convergence: makers of two and "
    "more industries, or functional or chain upgrading. Else undecided.",
    "数字价值生成:新商业模式,或平台参与者承接他人创新而成;否则,流程产出或工艺流程升级为效率提升;"
    "否则,创新主体跨两个及以上行业、或功能与链条升级为融合创新;其余为无法判定。",
)
FROM_RULES = Text(
    "{n} of {all} modes are read by rule, the record giving none; see the confusion table.",
    "{all} 项创新中有 {n} 项记录未注明方式,按规则判定;参见混淆表。",
)
WITHOUT = Text(
    "{n} innovations have no mode and the rules cannot tell; they are left out.",
    "{n} 项创新未注明方式且规则无法判定,未计入。",
)
SHARE_OF_MODE = Marker(
    measure=NAME,
    statistic="share of mode",
    label=Text("Share of innovations", "创新方式份额"),
    method=Text(
        "Mode as recorded, else by rule. {rules}", "以记录注明者为准,未注明者按规则。{rules}"
    ).fill(rules=RULES),
    n_of=INNOVATIONS,
    needs=("innovations.mode", "innovations.output", "innovators.firm_id"),
    references=REFERENCES,
)
CONFUSION = Marker(
    measure=NAME,
    statistic="confusion",
    label=Text(
        "What the rules call an innovation whose mode is given", "已注明方式的创新按规则的判定"
    ),
    method=Text(
        "Share of the given mode that the rules call so. {rules}",
        "在注明方式中规则如此判定的份额。{rules}",
    ).fill(rules=RULES),
    n_of=Text("innovations of the given mode", "该方式的创新"),
    needs=("innovations.mode", "innovations.output", "innovators.firm_id"),
)
JOINT = Marker(
    measure=NAME,
    statistic="made jointly",
    label=Text(
        "Share of innovations made by two and more firms", "两家及以上企业共同完成的创新份额"
    ),
    method=Text(
        "Makers are the innovators named, else the members of the alliance.",
        "创新主体为所列企业,未列者为所属联盟成员。",
    ),
    n_of=INNOVATIONS,
    needs=("innovators.firm_id",),
)
DIVERSE = Marker(
    measure=NAME,
    statistic="three makers of three industries",
    label=Text(
        "Share of innovations by three and more makers of three and more industries",
        "三个及以上行业的三家及以上主体完成的创新份额",
    ),
    method=Text(
        "Industries at the level of divisions; makers without an industry count as makers only.",
        "行业按大类;行业不详者仅计为主体。",
    ),
    n_of=INNOVATIONS,
    needs=("innovators.firm_id", "firms.industry_code"),
)
FOLLOWING = Marker(
    measure=NAME,
    statistic="follow-on share",
    label=Text("Share of innovations that build on an earlier one", "承接前序创新的份额"),
    method=Text(
        "Links to a later innovation, or round in a circle, are left out.",
        "指向更晚创新或成环的关联不计。",
    ),
    n_of=INNOVATIONS,
    needs=("innovations.builds_on",),
    references=REFERENCES,
)
BY_OTHERS = Marker(
    measure=NAME,
    statistic="follow-ons by others",
    label=Text(
        "Share of follow-on innovations without a maker of the earlier one",
        "由他人完成的承接创新份额",
    ),
    method=Text(
        "Among follow-ons both of whose makers are known: those that share none.",
        "在双方主体均已知的承接创新中,与前序创新没有共同主体者。",
    ),
    n_of=Text("follow-on innovations", "承接创新"),
    needs=("innovations.builds_on", "innovators.firm_id"),
    references=REFERENCES,
)
DEPTH = Marker(
    measure=NAME,
    statistic="depth of wakes",
    label=Text("Mean number of innovations upstream in the wake", "创新尾迹中前序创新的平均数"),
    method=Text(
        "Steps back to the innovation that the wake began with, averaged over innovations.",
        "回溯至尾迹起点的步数,按创新取平均。",
    ),
    n_of=INNOVATIONS,
    needs=("innovations.builds_on",),
    unit=Text("innovations", "项创新"),
    references=REFERENCES,
)


def innovation_modes(
    record: Record,
    *,
    seed: int = 0,  # noqa: ARG001 - nothing is drawn
    years: int | None = None,
) -> tuple[Estimate, ...]:
    """Measure the mix of modes, joint innovation and wakes, for the whole record and by window.

    Parameters
    ----------
    record
        Reads ``innovations``, ``innovators``, ``memberships``, ``participations`` and ``firms``.
    seed
        Not used: nothing is drawn.
    years
        Calendar years of each window; None for the whole record only.

    Returns
    -------
    tuple of Estimate
        By window: the three shares, joint shares, follow-on shares, depth of wakes; for the whole
        record the confusion table too.
    """
    events = innovation_events(record)
    given = events.table["mode"].cast(pl.String).fill_null("").to_numpy().astype(str)
    rule = by_rule(record, events)
    found = [
        estimate
        for window in windows(record, years)
        for estimate in _measured(window, events, given, rule)
    ]
    whole = windows(record)[0]
    return (*found, *_confusion(whole, events, given, rule))


def by_rule(record: Record, events: InnovationEvents) -> NDArray[np.str_]:
    """Call the mode of every innovation without looking at the one that is given, shape (N,)."""
    output = events.table["output"].fill_null("").to_numpy().astype(str)
    upgrade = events.table["upgrade"].fill_null("").to_numpy().astype(str)
    taking_part = record["participations"].filter(pl.col("role") != "owner")["firm_id"].unique()
    users = record["firms"].filter(pl.col("kind") == "community")["firm_id"]
    outside = events.makers.filter(pl.col("firm").is_in(pl.concat([taking_part, users]).implode()))
    on_platform = np.zeros(events.count.size, dtype=bool)
    on_platform[outside["event"].unique().to_numpy()] = True
    conditions = [
        (output == "business_model") | (events.by_others & on_platform),
        (output == "process") | (upgrade == "process"),
        (events.industries > 1) | np.isin(upgrade, ("function", "chain")),
    ]
    return np.select(conditions, ["digital_value", "efficiency", "convergence"], UNDECIDED)


def _measured(
    window: Window,
    events: InnovationEvents,
    given: NDArray[np.str_],
    rule: NDArray[np.str_],
) -> Iterator[Estimate]:
    within = window.begun(events.day)
    mode = np.where(given == "", rule, given)
    known = within & (mode != UNDECIDED)
    read, lost = int((known & (given == "")).sum()), int((within & ~known).sum())
    warnings = (
        *((FROM_RULES.fill(n=read, all=int(known.sum())),) if read else ()),
        *((WITHOUT.fill(n=lost),) if lost else ()),
    )
    incidence = subset(events.incidence, known)
    for code in INNOVATION_MODE.codes:
        marker = SHARE_OF_MODE.told(mode=code)
        yield marker.share(window, mode[known] == code, incidence, warnings)
    made = within & (events.count > 0)
    incidence = subset(events.incidence, made)
    yield JOINT.share(window, events.count[made] > 1, incidence)
    diverse = (events.count[made] > 2) & (events.industries[made] > 2)  # noqa: PLR2004 - three of three
    yield DIVERSE.share(window, diverse, incidence)
    yield from _wakes(window, events, within)


def _wakes(
    window: Window, events: InnovationEvents, within: NDArray[np.bool_]
) -> Iterator[Estimate]:
    if not (events.builds_on >= 0).any():
        reason = Text("no innovation is said to build on an earlier one", "未记录任何承接关系")
        yield from (m.missing(window, reason) for m in (FOLLOWING, BY_OTHERS, DEPTH))
        return
    follows = within & (events.builds_on >= 0)
    incidence = subset(events.incidence, within)
    yield FOLLOWING.share(window, follows[within], incidence)
    both = follows & (events.count > 0) & (events.count[np.maximum(events.builds_on, 0)] > 0)
    yield BY_OTHERS.share(window, events.by_others[both], subset(events.incidence, both))
    depth = events.wakes.depth[within].astype(float)
    yield DEPTH.ratio(window, depth, np.ones(depth.size), incidence, bounds=(0.0, np.inf))


def _confusion(
    window: Window,
    events: InnovationEvents,
    given: NDArray[np.str_],
    rule: NDArray[np.str_],
) -> Iterator[Estimate]:
    for code in INNOVATION_MODE.codes:
        of_mode = given == code
        incidence = subset(events.incidence, of_mode)
        for call in CALLS:
            marker = CONFUSION.told(given=code, rule=call)
            yield marker.share(window, rule[of_mode] == call, incidence)
