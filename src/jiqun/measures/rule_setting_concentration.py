"""Concentration of rule-setting 规则制定集中度: under how few operators' rules do members work?

Whoever operates a platform sets its admission, fee and interfaces. Each membership of a platform counts as
one under the rules of its operator. Who begins alliances is another axis (``initiation_share``).

Paper: S16 (platform-led management), Q20 (rules apart from initiation), E8 (the platform firm governs)

References
----------
Simpson, E. H. (1949). Measurement of diversity. Nature 163, 688. doi:10.1038/163688a0
"""

from collections.abc import Iterator

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.marker import Marker, grouped, numbered
from jiqun.measures.readings.platform_events import NO_PLATFORM, Platforms, platforms
from jiqun.measures.readings.windows import Window, windows
from jiqun.numerics.diversity import concentration
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "rule_setting_concentration"
NEEDS = ("platforms.operator", "participations.firm_id")
MEMBERSHIPS = Text("platform memberships", "平台成员席位")
ONE = Text(
    "One firm operates every platform on record: either it rules alone or the data are its own.",
    "记录中所有平台由同一企业运营:或其独自制定规则,或数据即其自身所有。",
)
STATED_ONLY = Text(
    "Votes, councils and standards are not on record; an operator may be bound by others.",
    "记录不含表决、理事会与标准约束;运营方可能受他方约束。",
)
SAME_RULES = Marker(
    measure=NAME,
    statistic="concentration",
    label=Text(
        "Chance that two platform memberships are under one operator's rules",
        "随机两个平台成员席位受同一运营方规则约束的概率",
    ),
    method=Text(
        "Simpson's index without bias over memberships at some time within the window, each under the "
        "operator of its platform; owners and operators left out.",
        "对时段内的成员席位按所属平台运营方计算无偏 Simpson 指数;不含所有者与运营方。",
    ),
    n_of=MEMBERSHIPS,
    needs=NEEDS,
    references=("doi:10.1038/163688a0",),
)
LARGEST = SAME_RULES.worded(
    statistic="largest operator",
    label=Text(
        "Share of platform memberships under the largest operator's rules",
        "受最大运营方规则约束的平台成员席位份额",
    ),
    method=Text(
        "Of memberships at some time within the window. The largest of several shares is larger than "
        "its own true one.",
        "占时段内成员席位的份额。多个份额中的最大者会高于其真实份额。",
    ),
    references=(),
)
NO_OPERATOR = Text("no platform with members has a known operator", "有成员的平台均未注明运营方")


def rule_setting_concentration(
    record: Record,
    *,
    seed: int = 0,  # noqa: ARG001 - nothing is drawn
    years: int | None = None,
) -> tuple[Estimate, ...]:
    """Measure how concentrated the setting of platforms' rules is.

    Parameters
    ----------
    record
        Reads ``platforms`` and ``participations``.
    seed
        Not used: nothing is drawn.
    years
        Calendar years of each window; None for the whole record only.

    Returns
    -------
    tuple of Estimate
        By window: concentration over operators, share of the largest.
    """
    found = platforms(record)
    operators = found.table["operator"].fill_null("")
    operator = np.where(operators.to_numpy() == "", -1, numbered(operators))
    return tuple(e for w in windows(record, years) for e in _measured(w, found, operator))


def _measured(window: Window, found: Platforms, operator: NDArray[np.int64]) -> Iterator[Estimate]:
    ruled = operator[found.of_member] if found.of_member.size else operator[:0]
    if not (ruled >= 0).any():
        reason = NO_PLATFORM if found.table.is_empty() else NO_OPERATOR
        yield from (m.missing(window, reason) for m in (SAME_RULES, LARGEST))
        return
    present = window.lasting(found.joined, found.left) & (ruled >= 0)
    by, count = ruled[present], int(present.sum())
    if count < 2:  # noqa: PLR2004 - a pair
        yield from (m.missing(window, n=count) for m in (SAME_RULES, LARGEST))
        return
    firm = grouped(numbered(found.members.filter(pl.Series(present))["firm_id"]))
    alone_at_it = np.unique(operator[operator >= 0]).size == 1
    warnings = (STATED_ONLY, ONE) if alone_at_it else (STATED_ONLY,)
    index = concentration(by)
    yield SAME_RULES.function_of_means(
        window, index.value, index.influence, firm, bounds=(0.0, 1.0), warnings=warnings
    )
    largest = int(np.bincount(by).argmax())
    yield LARGEST.share(window, by == largest, firm, warnings)
