"""Health of the cluster 集群健康指标: five things that digital innovation is meant to cure.

Weak ties along the chain, little innovation, little value added, weak competitiveness, little joint
innovation: five readings side by side and no total, since a cluster may be strong in one and weak in
another.

Paper: E16 (five ailments)

References
----------
Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28(3-4), 437-442.
doi:10.1093/biomet/28.3-4.437
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.collaborations import region_groups
from jiqun.measures.readings.firm_accounts import FirmAccounts, firm_accounts
from jiqun.measures.readings.innovation_events import InnovationEvents, innovation_events
from jiqun.measures.readings.marker import EACH_ALONE, Marker, alone, grouped, subset
from jiqun.measures.readings.windows import YEAR, Floats, Window, days, windows
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "health_panel"
ACCOUNTS = Text("accounts", "账目")
CHAIN = Marker(
    measure=NAME,
    statistic="1 supply ties per firm",
    label=Text("1. Supply ties per firm", "1. 每家企业的供应关系数"),
    method=Text(
        "Ends of supply ties at some time within the window, averaged over firms that existed in it; a "
        "firm of unknown founding counts as existing.",
        "时段内存在的供应关系端点数,在时段内存续的企业间取平均;成立日期不详者视为存续。",
    ),
    n_of=Text("firms", "企业"),
    needs=("ties.kind",),
    unit=Text("ties", "条"),
    units=EACH_ALONE,
)
INTENSITY = Marker(
    measure=NAME,
    statistic="2 innovations per firm and year",
    label=Text("2. Innovations per firm and year", "2. 每家企业每年的创新数"),
    method=Text(
        "Dated innovations over firm-years of firms on record.",
        "注明日期的创新数,除以企业存续年数。",
    ),
    n_of=Text("innovations", "创新"),
    needs=("innovations.date",),
    unit=Text("per firm and year", "每企业每年"),
    references=("doi:10.1093/biomet/28.3-4.437",),
)
RESEARCH = Marker(
    measure=NAME,
    statistic="2 R&D of revenue",
    label=Text("2. R&D spending of revenue", "2. 研发支出占营业收入"),
    method=Text("Sum over sum, of accounts that state both.", "同时注明两者的账目合计之比。"),
    n_of=ACCOUNTS,
    needs=("accounts.rd_spending", "accounts.revenue"),
)
VALUE = RESEARCH.worded(
    statistic="3 value added of revenue",
    label=Text("3. Value added of revenue", "3. 增加值占营业收入"),
    needs=("accounts.value_added", "accounts.revenue"),
)
MARGIN = RESEARCH.worded(
    statistic="4 price-cost margin",
    label=Text("4. Price-cost margin", "4. 价格成本加成率"),
    method=Text(
        "Revenue less costs over revenue, of accounts that state both.",
        "(营业收入 − 成本)占营业收入,限同时注明两者的账目。",
    ),
    needs=("accounts.costs", "accounts.revenue"),
)
OUTSIDE = Marker(
    measure=NAME,
    statistic="4 sales outside the region",
    label=Text(
        "4. Share of supply value sold outside the seller's region",
        "4. 供应金额中售往本区域以外的份额",
    ),
    method=Text(
        "Value of supply ties that begin within the window, between firms of known region; regions: {level}.",
        "时段内开始、两端区域已知的供应关系金额;区域按{level}。",
    ),
    n_of=Text("supply ties with a value", "注明金额的供应关系"),
    needs=("ties.value", "firms.region_code"),
)
JOINT = Marker(
    measure=NAME,
    statistic="5 joint innovations",
    label=Text(
        "5. Share of innovations made by two and more firms", "5. 两家及以上企业共同完成的创新份额"
    ),
    method=Text(
        "Of innovations whose makers are known: named innovators, else members of the alliance.",
        "占主体已知的创新;主体为所列企业,未列者为联盟成员。",
    ),
    n_of=Text("innovations", "创新"),
    needs=("innovators.firm_id",),
)
NO_COSTS = Text("no account states costs", "没有账目注明成本")
NO_SUPPLY = Text("no tie is a supply tie", "没有供应类关系")
NO_DATES = Text("no innovation has a date", "没有创新注明日期")
NO_VALUE = Text(
    "no supply tie between firms of known region has a value", "两端区域已知的供应关系均未注明金额"
)


@dataclass(frozen=True, slots=True)
class Supply:
    """Supply ties between numbered firms, with value and whether they leave the region."""

    seller: NDArray[np.int64]
    buyer: NDArray[np.int64]
    start: Floats
    end: Floats
    value: Floats
    leaves: Floats


@dataclass(frozen=True, slots=True)
class Read:
    """What the panel is made from."""

    founded: Floats
    closed: Floats
    supply: Supply
    events: InnovationEvents
    accounts: FirmAccounts
    regions: Text


def health_panel(
    record: Record,
    *,
    seed: int = 0,  # noqa: ARG001 - nothing is drawn
    years: int | None = None,
) -> tuple[Estimate, ...]:
    """Measure five signs of health.

    Parameters
    ----------
    record
        Reads ``firms``, ``ties``, ``innovations``, ``innovators`` and ``accounts``.
    seed
        Not used: nothing is drawn.
    years
        Calendar years of each window; None for the whole record only.

    Returns
    -------
    tuple of Estimate
        By window: supply ties per firm; innovations per firm and year, R&D of revenue; value added of
        revenue; price-cost margin, sales outside the region; joint innovations.
    """
    read = _read(record)
    return tuple(e for window in windows(record, years) for e in _measured(window, read))


def _read(record: Record) -> Read:
    table = record["firms"].unique("firm_id").sort("firm_id")
    firms = table.select("firm_id").with_columns(firm=pl.int_range(pl.len(), dtype=pl.Int64))
    regions = region_groups(record, firms)
    ties = record["ties"].filter(pl.col("kind") == "supply", pl.col("source") != pl.col("target"))
    for side, place in (("source", "from"), ("target", "to")):
        ties = ties.join(firms.rename({"firm_id": side, "firm": place}), on=side)
    ties = ties.sort("tie_id")
    seller, buyer = ties["from"].to_numpy(), ties["to"].to_numpy()
    one, other = regions.group[seller], regions.group[buyer]
    known = (one >= 0) & (other >= 0)
    supply = Supply(
        seller,
        buyer,
        days(ties["start"]),
        days(ties["end"]),
        ties["value"].fill_null(np.nan).to_numpy(),
        np.where(known, (one != other).astype(float), np.nan),
    )
    lives = (days(table["founded"]), days(table["closed"]))
    return Read(*lives, supply, innovation_events(record), firm_accounts(record), regions.level)


def _measured(window: Window, read: Read) -> Iterator[Estimate]:
    yield _supply_ties(window, read)
    yield _innovations(window, read)
    yield _of_revenue(RESEARCH, window, read.accounts, read.accounts.amount("rd_spending"))
    yield _of_revenue(VALUE, window, read.accounts, read.accounts.amount("value_added"))
    costs = read.accounts.amount("costs")
    if np.isfinite(costs).any():
        profit = read.accounts.amount("revenue") - costs
        yield _of_revenue(MARGIN, window, read.accounts, profit)
    else:
        yield MARGIN.missing(window, NO_COSTS)
    yield _outside(window, read)
    made = window.begun(read.events.day) & (read.events.count > 0)
    yield JOINT.share(window, read.events.count[made] > 1, subset(read.events.incidence, made))


def _supply_ties(window: Window, read: Read) -> Estimate:
    if read.supply.seller.size == 0:
        return CHAIN.missing(window, NO_SUPPLY)
    there = window.lasting(read.supply.start, read.supply.end)
    ends = np.concatenate([read.supply.seller[there], read.supply.buyer[there]])
    exists = window.lasting(np.nan_to_num(read.founded, nan=-np.inf), read.closed)
    degree = np.bincount(ends, minlength=exists.size)[exists].astype(float)
    n = int(exists.sum())
    return CHAIN.ratio(window, degree, np.ones(n), alone(n), bounds=(0.0, np.inf))


def _innovations(window: Window, read: Read) -> Estimate:
    dated = np.isfinite(read.events.day)
    if not dated.any():
        return INTENSITY.missing(window, NO_DATES)
    begun = np.fmax(read.founded, window.start)
    lived = np.maximum(np.fmin(read.closed, window.end) - begun, 0.0).sum() / YEAR
    made = int((dated & window.begun(read.events.day)).sum())
    return INTENSITY.rate(window, made, float(lived))


def _of_revenue(marker: Marker, window: Window, accounts: FirmAccounts, amount: Floats) -> Estimate:
    """Divide an amount by revenue, firms being the independent observations."""
    revenue = accounts.amount("revenue")
    chosen = window.begun(accounts.start) & np.isfinite(amount) & np.isfinite(revenue)
    by_firm = grouped(accounts.firm[chosen])
    return marker.ratio(
        window, amount[chosen], revenue[chosen], by_firm, warnings=accounts.warnings
    )


def _outside(window: Window, read: Read) -> Estimate:
    marker = OUTSIDE.worded(method=OUTSIDE.method.fill(level=read.regions))
    supply = read.supply
    usable = np.isfinite(supply.value) & np.isfinite(supply.leaves) & (supply.value > 0)
    if not usable.any():
        return marker.missing(window, NO_VALUE)
    chosen = usable & window.begun(supply.start)
    value, by_seller = supply.value[chosen], grouped(supply.seller[chosen])
    return marker.ratio(window, value * supply.leaves[chosen], value, by_seller, bounds=(0.0, 1.0))
