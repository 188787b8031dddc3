"""Openness of platforms 平台开放程度: who may join, at what price, and are interfaces open?

Three stated rules of each platform, averaged: openness of interfaces, admission threshold and fee. They
are not put into one score. Openness of rules is one thing; whether firms do enter is another
(``entry``), and so is closure of loops (``loop_closure``).

Paper: S6, I2f (open interfaces), S7 (open ecosystem), E7, X3 (admission), Q16 (openness and closure apart)
"""

from collections.abc import Iterator

import numpy as np

from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.marker import Marker, alone
from jiqun.measures.readings.platform_events import (
    IN_SERVICE,
    NO_PLATFORM,
    PLATFORMS_ALONE,
    Platforms,
    platforms,
)
from jiqun.measures.readings.windows import Window, windows
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "platform_openness"
RULES = {
    "openness": Text(
        "Openness of interfaces (0 closed, 1 open to all)", "接口开放程度(0 封闭,1 全面开放)"
    ),
    "admission_threshold": Text(
        "Admission threshold (0 anyone, 1 nobody)", "准入门槛(0 无门槛,1 无人可入)"
    ),
    "fee": Text("Share of a participant's revenue kept", "平台抽成比例"),
}
UNDATED = Text(
    "The record holds one value a platform: a rule that changed is not seen; windows differ by which "
    "platforms were in service.",
    "记录中每个平台只有一个取值,规则变化不可见;各时段差异来自在运营平台的构成。",
)
NOT_STATED = Text("no platform states it", "没有平台注明此项")
METHOD = Text(
    "Mean over platforms in service that state it, each counting once.",
    "在运营且注明此项的平台的平均值,每个平台计一次。",
)


def platform_openness(
    record: Record,
    *,
    seed: int = 0,  # noqa: ARG001 - nothing is drawn
    years: int | None = None,
) -> tuple[Estimate, ...]:
    """Measure the mean rules of platforms in service.

    Parameters
    ----------
    record
        Reads ``platforms`` and, for the day from which a platform without opening day counts,
        ``participations``.
    seed
        Not used: nothing is drawn.
    years
        Calendar years of each window; None for the whole record only.

    Returns
    -------
    tuple of Estimate
        By window: means of openness, admission threshold and fee.
    """
    found = platforms(record)
    return tuple(e for window in windows(record, years) for e in _measured(window, found))


def _measured(window: Window, found: Platforms) -> Iterator[Estimate]:
    running = found.in_service(window)
    for rule, label in RULES.items():
        marker = Marker(
            measure=NAME,
            statistic=rule.replace("_", " "),
            label=label,
            method=METHOD,
            n_of=IN_SERVICE,
            needs=(f"platforms.{rule}",),
            units=PLATFORMS_ALONE,
        )
        stated = found.table[rule].fill_null(np.nan).to_numpy()
        if not np.isfinite(stated).any():
            yield marker.missing(window, NO_PLATFORM if not stated.size else NOT_STATED)
            continue
        values = stated[running & np.isfinite(stated)]
        yield marker.ratio(
            window,
            values,
            np.ones(values.size),
            alone(values.size),
            bounds=(0.0, 1.0),
            warnings=(UNDATED,),
        )
