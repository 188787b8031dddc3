"""Infrastructure in innovation 基础设施创新份额: how much of it goes into infrastructure, platforms and tools?

What an innovation is about (infrastructure, a platform, a tool, an integration of technologies, or an
application) is what its column ``subject`` says. Beside it, and not instead of it: the share of innovations
from alliances that a platform carries, and the share of data facilities among sites opened.

Paper: S11 (infrastructure, integration, platforms and tools), Q5 (a stage's activity apart from its
trigger), N1c (offline infrastructure)
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.innovation_events import InnovationEvents, innovation_events
from jiqun.measures.readings.marker import Marker, grouped, numbered, subset
from jiqun.measures.readings.windows import Flags, Floats, Window, days, windows
from jiqun.numerics.clustered import Incidence
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "infrastructure_share"
BUILDING = ("infrastructure", "platform", "tool", "integration")
ABOUT = Marker(
    measure=NAME,
    statistic="infrastructure, platforms and tools",
    label=Text(
        "Share of innovations that are about infrastructure, platforms or tools",
        "以基础设施、平台或工具为对象的创新份额",
    ),
    method=Text(
        "Innovations whose subject is infrastructure, a platform, a tool or an integration of "
        "technologies, of those whose subject is known.",
        "以基础设施、平台、工具或技术集成为对象的创新,占已注明对象者的份额。",
    ),
    n_of=Text("innovations", "创新"),
    needs=("innovations.subject",),
)
ON_PLATFORM = Marker(
    measure=NAME,
    statistic="made on a platform",
    label=Text(
        "Share of innovations made by an alliance that a platform carries",
        "由平台承载的联盟完成的创新份额",
    ),
    method=Text(
        "Of innovations that name an alliance. This is where they were made, not what they are about.",
        "占注明所属联盟的创新的份额。此为创新的产生之处,而非其对象。",
    ),
    n_of=Text("innovations of alliances", "联盟完成的创新"),
    needs=("innovations.alliance_id", "alliances.platform_id"),
)
FACILITIES = Marker(
    measure=NAME,
    statistic="data facilities among sites",
    label=Text("Share of data facilities among sites opened", "新启用场所中数据设施的份额"),
    method=Text(
        "Sites whose first day lies within the window and whose kind is known.",
        "时段内启用且注明类别的场所。",
    ),
    n_of=Text("sites opened", "新启用场所"),
    needs=("sites.kind", "sites.opened"),
)
NO_SUBJECT = Text("no innovation says what it is about", "没有创新注明其对象")
NO_ALLIANCE = Text("no innovation names the alliance that made it", "没有创新注明所属联盟")
NO_SITES = Text("no site has a kind", "没有场所注明类别")


@dataclass(frozen=True, slots=True)
class Sites:
    """Sites whose kind is known."""

    facility: Flags
    opened: Floats
    incidence: Incidence


@dataclass(frozen=True, slots=True)
class Read:
    """What is said of each innovation (NaN where nothing is), and of sites."""

    events: InnovationEvents
    building: Floats
    on_platform: Floats
    sites: Sites


def infrastructure_share(
    record: Record,
    *,
    seed: int = 0,  # noqa: ARG001 - nothing is drawn
    years: int | None = None,
) -> tuple[Estimate, ...]:
    """Measure how much innovation is about infrastructure, and what stands near it.

    Parameters
    ----------
    record
        Reads ``innovations``, ``innovators``, ``alliances`` and ``sites``.
    seed
        Not used: nothing is drawn.
    years
        Calendar years of each window; None for the whole record only.

    Returns
    -------
    tuple of Estimate
        By window: share about infrastructure, platforms and tools; share made on a platform; share of
        data facilities among sites opened.
    """
    read = _read(record)
    return tuple(e for window in windows(record, years) for e in _measured(window, read))


def _read(record: Record) -> Read:
    events = innovation_events(record)
    subject = events.table["subject"]
    building = pl.select(
        pl.when(subject.is_not_null()).then(subject.is_in(BUILDING).cast(pl.Float64))
    ).to_series()
    carried = record["alliances"].select("alliance_id", "platform_id").unique("alliance_id")
    carried = carried.with_columns(known=pl.lit(1.0))
    table = events.table.join(carried, on="alliance_id", how="left", maintain_order="left")
    on_platform = table.select(
        pl.when(pl.col("known").is_not_null()).then(
            pl.col("platform_id").is_not_null().cast(pl.Float64)
        )
    ).to_series()
    sites = record["sites"].drop_nulls("kind").sort("site_id")
    return Read(
        events,
        building.fill_null(np.nan).to_numpy(),
        on_platform.fill_null(np.nan).to_numpy(),
        Sites(
            (sites["kind"] == "data_facility").to_numpy(),
            days(sites["opened"]),
            grouped(numbered(sites["firm_id"])),
        ),
    )


def _measured(window: Window, read: Read) -> Iterator[Estimate]:
    within = window.begun(read.events.day)
    for marker, said, reason in (
        (ABOUT, read.building, NO_SUBJECT),
        (ON_PLATFORM, read.on_platform, NO_ALLIANCE),
    ):
        if not np.isfinite(said).any():
            yield marker.missing(window, reason)
            continue
        chosen = within & np.isfinite(said)
        yield marker.share(window, said[chosen] > 0.0, subset(read.events.incidence, chosen))
    sites = read.sites
    if sites.facility.size == 0:
        yield FACILITIES.missing(window, NO_SITES)
        return
    opened = window.begun(sites.opened)
    yield FACILITIES.share(window, sites.facility[opened], subset(sites.incidence, opened))
