"""Signs of decline 衰退迹象: alike, squeezed, dear, shrinking, and locked in?

Similarity of firms, their margins, their wages, output against its peak, and how far the firms with the
least value added per person stay where they are. Five signs and no verdict: none of them alone is decline.

Paper: D1 (homogeneous competition, labour cost), D2 (stagnation, weakening, death), D3 (lock-in at the low
end), Q17

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
from jiqun.measures.readings.firm_accounts import FirmAccounts, firm_accounts
from jiqun.measures.readings.marker import EACH_ALONE, Marker, alone, grouped, numbered
from jiqun.measures.readings.windows import YEAR, Floats, Window, days, windows
from jiqun.numerics.diversity import concentration
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "decline_signs"
THIRD = 1 / 3
ACCOUNTS = Text("accounts", "账目")
ALIKE = Marker(
    measure=NAME,
    statistic="similarity",
    label=Text("Chance that two firms are of the same industry", "随机两家企业属于同一行业的概率"),
    method=Text(
        "Simpson's index without bias over whole industry codes of firms that existed within the window. "
        "Likeness of products is not on record.",
        "对时段内存续企业的完整行业代码计算无偏 Simpson 指数。产品相似度不在记录之内。",
    ),
    n_of=Text("firms", "企业"),
    needs=("firms.industry_code",),
    references=("doi:10.1038/163688a0",),
    units=EACH_ALONE,
)
MARGIN = Marker(
    measure=NAME,
    statistic="margin",
    label=Text("Revenue less costs, of revenue", "(营业收入 − 成本)占营业收入"),
    method=Text(
        "Sum over sum of accounts that begin within the window and state both.",
        "时段内开始且同时注明两者的账目合计之比。",
    ),
    n_of=ACCOUNTS,
    needs=("accounts.costs", "accounts.revenue"),
)
WAGE = MARGIN.worded(
    statistic="wage",
    label=Text("Wages per person and year", "每人每年工资"),
    method=Text(
        "Wages over persons times years, of accounts that begin within the window and state both.",
        "工资除以人数与年数之积,限时段内开始且同时注明两者的账目。",
    ),
    needs=("accounts.wages", "accounts.employees"),
    unit=Text("currency per person and year", "货币单位/人年"),
)
GROWTH = MARGIN.worded(
    statistic="growth of output",
    label=Text("Annual growth of value added, firms that continue", "存续企业增加值年增长率"),
    method=Text(
        "Logarithm of the sum of value added over that of the accounts before, of firms with both, per "
        "year; the later account begins within the window.",
        "两期账目均有的企业,其增加值合计之比的对数,折算为每年;后一期账目在时段内开始。",
    ),
    n_of=Text("pairs of consecutive accounts", "相邻两期账目"),
    needs=("accounts.value_added", "accounts.start"),
    unit=Text("per year", "每年"),
)
LOCKED = GROWTH.worded(
    statistic="staying lowest",
    label=Text(
        "Share of firms lowest in value added per person that are lowest again",
        "人均增加值最低三分之一企业中下期仍居最低三分之一的份额",
    ),
    method=Text(
        "Lowest third of the firms with an account that begins on the same day, then and at their next "
        "account. Without persistence the share is one third. That only upgrading leads out is not tested.",
        "同日开始账目的企业中人均增加值最低的三分之一,在其下一期是否仍居最低三分之一。"
        "无持续性时该份额为三分之一。是否唯有升级方能摆脱,此处不作检验。",
    ),
    n_of=Text("lowest firms with a next account", "有下一期账目的最低组企业"),
    needs=("accounts.value_added", "accounts.employees"),
    unit=Text("1", "1"),
)
NO_COSTS = Text("no account states costs", "没有账目注明成本")
NO_WAGES = Text("no account states wages", "没有账目注明工资")
NO_PAIRS = Text(
    "no firm has two consecutive accounts with value added", "没有企业具备相邻两期增加值账目"
)
NEGATIVE = Text("the sum of value added is not positive", "增加值合计不为正")
FEW = Text("fewer than two firms with an industry code", "具有行业代码的企业不足两家")


@dataclass(frozen=True, slots=True)
class Pairs:
    """Consecutive accounts of a firm: N pairs.

    Attributes
    ----------
    firm
        Number of the firm.
    before, after
        Value added.
    years
        Between their first days.
    start
        First day of the later account.
    lowest_before, lowest_after
        Whether value added per person was in the lowest third, NaN where unknown.
    """

    firm: NDArray[np.int64]
    before: Floats
    after: Floats
    years: Floats
    start: Floats
    lowest_before: Floats
    lowest_after: Floats


@dataclass(frozen=True, slots=True)
class Firms:
    """Industry and life of firms that have a code."""

    industry: NDArray[np.int64]
    founded: Floats
    closed: Floats


def decline_signs(
    record: Record,
    *,
    seed: int = 0,  # noqa: ARG001 - nothing is drawn
    years: int | None = None,
) -> tuple[Estimate, ...]:
    """Measure signs of decline.

    Parameters
    ----------
    record
        Reads ``firms`` and ``accounts``.
    seed
        Not used: nothing is drawn.
    years
        Calendar years of each window; None for the whole record only.

    Returns
    -------
    tuple of Estimate
        By window: similarity, margin, wage, growth of output, staying lowest.
    """
    accounts = firm_accounts(record)
    coded = record["firms"].drop_nulls("industry_code").sort("firm_id")
    code = coded.select(pl.concat_str(pl.col("industry_scheme").fill_null(""), "industry_code"))
    firms = Firms(numbered(code.to_series()), days(coded["founded"]), days(coded["closed"]))
    pairs = _pairs(accounts)
    return tuple(
        e for window in windows(record, years) for e in _measured(window, firms, accounts, pairs)
    )


def _pairs(accounts: FirmAccounts) -> Pairs:
    """Join every account to the same firm's next one."""
    value, people = accounts.amount("value_added"), accounts.amount("employees")
    per_person = np.divide(
        value, people, out=np.full(value.size, np.nan), where=np.isfinite(people) & (people > 0)
    )
    lowest = _lowest_third(per_person, accounts.start)
    known = np.isfinite(value)
    firm, start = accounts.firm[known], accounts.start[known]
    value, lowest = value[known], lowest[known]
    follows = (firm[1:] == firm[:-1]) & (start[1:] > start[:-1])
    return Pairs(
        firm[1:][follows],
        value[:-1][follows],
        value[1:][follows],
        (start[1:] - start[:-1])[follows] / YEAR,
        start[1:][follows],
        lowest[:-1][follows],
        lowest[1:][follows],
    )


def _lowest_third(per_person: Floats, start: Floats) -> Floats:
    """Say who is in the lowest third of its day; firms level with the border share its place."""
    table = pl.DataFrame({"x": per_person, "start": start}).with_columns(pl.col("x").fill_nan(None))
    rank = pl.col("x").rank("average").over("start") / pl.col("x").count().over("start")
    return (
        table.select((rank <= THIRD + 1e-9).cast(pl.Float64).alias("lowest"))["lowest"]
        .fill_null(np.nan)
        .to_numpy()
    )


def _measured(
    window: Window, firms: Firms, accounts: FirmAccounts, pairs: Pairs
) -> Iterator[Estimate]:
    yield _alike(window, firms)
    revenue, costs = accounts.amount("revenue"), accounts.amount("costs")
    if np.isfinite(costs).any():
        yield _ratio(MARGIN, window, accounts, (revenue - costs, revenue))
    else:
        yield MARGIN.missing(window, NO_COSTS)
    wages = accounts.amount("wages")
    if np.isfinite(wages).any():
        worked = accounts.amount("employees") * (accounts.end - accounts.start) / YEAR
        yield _ratio(WAGE, window, accounts, (wages, worked))
    else:
        yield WAGE.missing(window, NO_WAGES)
    yield _growth(window, pairs, accounts.warnings)
    low = window.begun(pairs.start) & (pairs.lowest_before == 1.0) & np.isfinite(pairs.lowest_after)
    stayed = pairs.lowest_after[low] == 1.0
    yield LOCKED.share(window, stayed, grouped(pairs.firm[low]), accounts.warnings)


def _alike(window: Window, firms: Firms) -> Estimate:
    exists = window.lasting(np.nan_to_num(firms.founded, nan=-np.inf), firms.closed)
    n = int(exists.sum())
    if n < 2:  # noqa: PLR2004 - a pair
        return ALIKE.missing(window, FEW, n)
    found = concentration(firms.industry[exists])
    return ALIKE.function_of_means(
        window, found.value, found.influence, alone(n), bounds=(0.0, 1.0)
    )


def _ratio(
    marker: Marker,
    window: Window,
    accounts: FirmAccounts,
    amounts: tuple[Floats, Floats],
) -> Estimate:
    """Divide one amount by another, firms being the independent observations."""
    above, below = amounts
    within = window.begun(accounts.start)
    chosen = within & np.isfinite(above) & np.isfinite(below)
    by_firm = grouped(accounts.firm[chosen])
    return marker.ratio(window, above[chosen], below[chosen], by_firm, warnings=accounts.warnings)


def _growth(window: Window, pairs: Pairs, warnings: tuple[Text, ...]) -> Estimate:
    """Estimate growth from sums over firms that continue, so that entry and exit do not count."""
    if pairs.firm.size == 0:
        return GROWTH.missing(window, NO_PAIRS)
    chosen = window.begun(pairs.start)
    before, after = pairs.before[chosen], pairs.after[chosen]
    if before.size == 0:
        return GROWTH.missing(window)
    if before.sum() <= 0 or after.sum() <= 0:
        return GROWTH.missing(window, NEGATIVE, before.size)
    span = float(pairs.years[chosen].mean())
    value = float(np.log(after.sum() / before.sum())) / span
    influence = (after / after.sum() - before / before.sum()) / span
    return GROWTH.function_of_means(
        window, value, influence, grouped(pairs.firm[chosen]), warnings=warnings
    )
