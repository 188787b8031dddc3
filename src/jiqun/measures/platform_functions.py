"""Functions of platforms 平台功能: how many industries does each platform serve?

Paper: S13 (functions reach several industries), X1 (functions added one after another), N2d, N2e

References
----------
Hill, M. O. (1973). Diversity and evenness: a unifying notation and its consequences. Ecology 54(2),
427-432. doi:10.2307/1934352
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.marker import SHARED_PLATFORMS, Marker, alone, grouped, numbered
from jiqun.measures.readings.platform_events import (
    IN_SERVICE,
    NO_PLATFORM,
    PLATFORMS_ALONE,
    Platforms,
    platforms,
)
from jiqun.measures.readings.windows import Floats, Window, days, windows
from jiqun.numerics.diversity import hill_number
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "platform_functions"
NEEDS = ("functions.industry_code", "platforms.platform_id")
FUNCTIONS = Text("functions in operation", "在开通的功能")
NO_FUNCTIONS = Text("no functions of platforms are recorded", "未记录任何平台功能")
PER_PLATFORM = Marker(
    measure=NAME,
    statistic="industries per platform",
    label=Text("Mean number of industries that a platform serves", "每个平台平均服务的行业数"),
    method=Text(
        "Different industry codes among the functions in operation at some time within the window, "
        "averaged over platforms in service; a platform without any counts as 0.",
        "时段内曾开通功能的不同行业代码数,在运营平台间取平均;无功能者计为 0。",
    ),
    n_of=IN_SERVICE,
    needs=NEEDS,
    unit=Text("industries", "个行业"),
    units=PLATFORMS_ALONE,
)
EFFECTIVE = Marker(
    measure=NAME,
    statistic="effective industries served",
    label=Text("Effective number of industries that platforms serve", "平台服务行业的有效个数"),
    method=Text(
        "Hill number of order 1 over functions in operation, all platforms together.",
        "全部平台在开通功能的行业的一阶 Hill 数。",
    ),
    n_of=FUNCTIONS,
    needs=NEEDS,
    unit=Text("industries", "个行业"),
    references=("doi:10.2307/1934352",),
    units=SHARED_PLATFORMS,
)
OPENED = Marker(
    measure=NAME,
    statistic="functions opened",
    label=Text("Functions opened a year, per platform", "每个平台每年新开通的功能数"),
    method=Text(
        "Functions whose first day lies within the window, over the years that platforms were in service.",
        "时段内新开通的功能数,除以平台运营年数之和。",
    ),
    n_of=Text("functions opened", "新开通的功能"),
    needs=("functions.opened", "platforms.opened"),
    unit=Text("functions per year", "项/年"),
)


@dataclass(frozen=True, slots=True)
class Functions:
    """Functions of numbered platforms: industry, first day and first day after."""

    platform: NDArray[np.int64]
    industry: NDArray[np.int64]
    opened: Floats
    closed: Floats


def platform_functions(
    record: Record,
    *,
    seed: int = 0,  # noqa: ARG001 - nothing is drawn
    years: int | None = None,
) -> tuple[Estimate, ...]:
    """Measure how many industries platforms serve, for the whole record and by window.

    Parameters
    ----------
    record
        Reads ``platforms`` and ``functions``.
    seed
        Not used: nothing is drawn.
    years
        Calendar years of each window; None for the whole record only.

    Returns
    -------
    tuple of Estimate
        By window: industries per platform, effective number of industries served, functions opened a
        year.
    """
    found = platforms(record)
    table = record["functions"].join(
        found.table.select("platform_id", "platform"), on="platform_id"
    )
    table = table.sort("platform", "industry_code", "opened")
    code = table.select(pl.concat_str(pl.col("industry_scheme").fill_null(""), "industry_code"))
    functions = Functions(
        table["platform"].to_numpy(),
        numbered(code.to_series()),
        days(table["opened"]),
        days(table["closed"]),
    )
    cut = windows(record, years)
    return tuple(e for window in cut for e in _measured(window, found, functions))


def _measured(window: Window, found: Platforms, functions: Functions) -> Iterator[Estimate]:
    reason = NO_PLATFORM if found.table.is_empty() else NO_FUNCTIONS
    if functions.platform.size == 0:
        yield from (m.missing(window, reason) for m in (PER_PLATFORM, EFFECTIVE, OPENED))
        return
    running = found.in_service(window)
    count = int(running.sum())
    operating = window.lasting(functions.opened, functions.closed) & running[functions.platform]
    platform, industry = functions.platform[operating], functions.industry[operating]
    pairs = np.unique(np.stack([platform, industry]), axis=1)[0]
    served = np.bincount(pairs, minlength=running.size)[running].astype(float)
    yield PER_PLATFORM.ratio(window, served, np.ones(count), alone(count), bounds=(0.0, np.inf))
    if platform.size:
        hill = hill_number(industry, np.arange(industry.size), industry.size, 1)
        yield EFFECTIVE.function_of_means(
            window, hill.value, hill.influence, grouped(platform), bounds=(1.0, np.inf)
        )
    else:
        yield EFFECTIVE.missing(window)
    new = window.begun(functions.opened) & np.isfinite(functions.opened)
    yield OPENED.rate(window, int(new.sum()), found.years(window))
