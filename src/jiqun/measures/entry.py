"""Entry and exit 进入与退出: how many firms are founded in the cluster a year, and how many close?

Entry is one half of an open ecosystem; the rules of platforms (``platform_openness``), those who join
platforms (``platform_members``) and closed loops (``loop_closure``) are measured apart.

Paper: S7 (entry), S16 (inflow of partners), N3c (turnover), Q16 (openness as entry, apart from closure)

References
----------
Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28(3-4), 437-442.
doi:10.1093/biomet/28.3-4.437
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.marker import Marker
from jiqun.measures.readings.windows import YEAR, Floats, Window, days, windows
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "entry"
REFERENCES = ("doi:10.1093/biomet/28.3-4.437",)
PER_YEAR = Text("per firm and year", "每企业每年")
ENTRY = Marker(
    measure=NAME,
    statistic="entry rate",
    label=Text("Firms founded a year, per existing firm", "每家存续企业每年对应的新设企业数"),
    method=Text(
        "Foundings within the window over firm-years of firms whose founding is known.",
        "时段内成立的企业数,除以成立日期已知企业的存续企业年数。",
    ),
    n_of=Text("foundings", "新设企业"),
    needs=("firms.founded",),
    unit=PER_YEAR,
    references=REFERENCES,
)
EXIT = ENTRY.worded(
    statistic="exit rate",
    label=Text("Firms closed a year, per existing firm", "每家存续企业每年对应的注销企业数"),
    method=Text(
        "Closures within the window over firm-years of firms whose founding is known.",
        "时段内注销的企业数,除以成立日期已知企业的存续企业年数。",
    ),
    n_of=Text("closures", "注销企业"),
    needs=("firms.closed", "firms.founded"),
)
NO_FOUNDING = Text("no firm has a day of founding", "没有企业注明成立日期")
NO_CLOSURE = Text(
    "no firm is recorded as closed, so that survival and unrecorded closures cannot be told apart",
    "未记录任何企业注销,无法区分持续存续与注销未记录",
)
SURVIVORS = Text(
    "A list of firms that exist today has lost those that closed before; its rates of entry in earlier "
    "years are too low.",
    "现存企业名单已缺失此前注销者,其早年进入率偏低。",
)
UNKNOWN = Text(
    "{n} firms without a day of founding are left out.", "{n} 家企业缺少成立日期,未计入。"
)


@dataclass(frozen=True, slots=True)
class Lives:
    """First day of each firm and first day after it; those without founding are only counted."""

    founded: Floats
    closed: Floats
    unknown: int


def entry(
    record: Record,
    *,
    seed: int = 0,  # noqa: ARG001 - nothing is drawn
    years: int | None = None,
) -> tuple[Estimate, ...]:
    """Measure how many firms are founded and closed a year.

    Parameters
    ----------
    record
        Reads ``firms``; other dated tables decide where the windows are.
    seed
        Not used: nothing is drawn.
    years
        Calendar years of each window; None for the whole record only.

    Returns
    -------
    tuple of Estimate
        By window: entry rate, exit rate.
    """
    founded, closed = days(record["firms"]["founded"]), days(record["firms"]["closed"])
    known = np.isfinite(founded)
    lives = Lives(founded[known], closed[known], int((~known).sum()))
    return tuple(e for window in windows(record, years) for e in _measured(window, lives))


def _measured(window: Window, lives: Lives) -> Iterator[Estimate]:
    if lives.founded.size == 0 or not np.isfinite(window.start):
        yield from (m.missing(window, NO_FOUNDING) for m in (ENTRY, EXIT))
        return
    lived = np.fmin(lives.closed, window.end) - np.maximum(lives.founded, window.start)
    exposure = float(np.maximum(lived, 0.0).sum() / YEAR)
    gap = (UNKNOWN.fill(n=lives.unknown),) if lives.unknown else ()
    born = (lives.founded >= window.start) & (lives.founded < window.end)
    ended = np.isfinite(lives.closed)
    survivors = () if ended.any() else (SURVIVORS,)
    yield ENTRY.rate(window, int(born.sum()), exposure, (*gap, *survivors))
    if not ended.any():
        yield EXIT.missing(window, NO_CLOSURE)
        return
    gone = (lives.closed > window.start) & (lives.closed <= window.end)
    yield EXIT.rate(window, int(gone.sum()), exposure, gap)
