"""Radicalness 突破程度: are innovations incremental, radical, or both side by side?

Paper: S14, N2c (incremental and breakthrough together), I2c (still incremental), K1h
"""

from collections.abc import Iterator

import numpy as np

from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.innovation_events import InnovationEvents, innovation_events
from jiqun.measures.readings.marker import Marker, subset
from jiqun.measures.readings.windows import Window, windows
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "radicalness"
LOW, HIGH = 1 / 3, 2 / 3
STATED = Text("innovations with a stated radicalness", "注明突破程度的创新")
NEEDS = ("innovations.radicalness",)
MEAN = Marker(
    measure=NAME,
    statistic="mean",
    label=Text(
        "Mean radicalness of innovations (0 incremental, 1 radical)",
        "创新平均突破程度(0 渐进,1 突破)",
    ),
    method=Text("As stated in the record.", "以记录注明者为准。"),
    n_of=STATED,
    needs=NEEDS,
)
RADICAL = MEAN.worded(
    statistic="radical share",
    label=Text("Share of innovations that are radical", "突破性创新份额"),
    method=Text("A stated radicalness of two thirds and more.", "注明的突破程度不低于三分之二。"),
)
INCREMENTAL = MEAN.worded(
    statistic="incremental share",
    label=Text("Share of innovations that are incremental", "渐进性创新份额"),
    method=Text("A stated radicalness of one third and less.", "注明的突破程度不高于三分之一。"),
)
TOGETHER = MEAN.worded(
    statistic="both together",
    label=Text(
        "Incremental and radical side by side (1 where half are the one and half the other)",
        "渐进与突破并存程度(各占一半时为 1)",
    ),
    method=Text(
        "Four times the product of the incremental and the radical share.",
        "渐进性份额与突破性份额乘积的四倍。",
    ),
)
BUSINESS = Marker(
    measure=NAME,
    statistic="business models a year",
    label=Text("New business models a year", "每年新商业模式数"),
    method=Text(
        "Dated innovations whose output is a business model, over the years watched.",
        "产出为商业模式且注明日期的创新数,除以观察年数。",
    ),
    n_of=Text("new business models", "新商业模式"),
    needs=("innovations.output", "innovations.date"),
    unit=Text("per year", "项/年"),
)
NOT_STATED = Text("no innovation has a stated radicalness", "没有创新注明突破程度")
NO_OUTPUT = Text("no innovation has a date and an output", "没有创新同时注明日期与产出")


def radicalness(
    record: Record,
    *,
    seed: int = 0,  # noqa: ARG001 - nothing is drawn
    years: int | None = None,
) -> tuple[Estimate, ...]:
    """Measure how radical innovations are, and whether both kinds stand side by side.

    Parameters
    ----------
    record
        Reads ``innovations`` and ``innovators``.
    seed
        Not used: nothing is drawn.
    years
        Calendar years of each window; None for the whole record only.

    Returns
    -------
    tuple of Estimate
        By window: mean, radical and incremental share, both together, new business models a year.
    """
    events = innovation_events(record)
    return tuple(e for window in windows(record, years) for e in _measured(window, events))


def _measured(window: Window, events: InnovationEvents) -> Iterator[Estimate]:
    stated = events.table["radicalness"].fill_null(np.nan).to_numpy()
    markers = (MEAN, RADICAL, INCREMENTAL, TOGETHER)
    chosen = window.begun(events.day) & np.isfinite(stated)
    if not np.isfinite(stated).any():
        yield from (m.missing(window, NOT_STATED) for m in markers)
    elif not chosen.any():
        yield from (m.missing(window) for m in markers)
    else:
        value, incidence = stated[chosen], subset(events.incidence, chosen)
        yield MEAN.ratio(window, value, np.ones(value.size), incidence, bounds=(0.0, 1.0))
        high, low = value >= HIGH, value <= LOW
        yield RADICAL.share(window, high, incidence)
        yield INCREMENTAL.share(window, low, incidence)
        p, q = float(high.mean()), float(low.mean())
        influence = 4.0 * (q * (high - p) + p * (low - q)) / value.size
        yield TOGETHER.function_of_means(
            window, 4.0 * p * q, influence, incidence, bounds=(0.0, 1.0)
        )
    output = events.table["output"]
    dated = np.isfinite(events.day) & output.is_not_null().to_numpy()
    if not dated.any():
        yield BUSINESS.missing(window, NO_OUTPUT)
        return
    new = (
        dated
        & window.begun(events.day)
        & (output == "business_model").fill_null(value=False).to_numpy()
    )
    yield BUSINESS.rate(window, int(new.sum()), window.years)
