"""Positioning 集群定位: is the cluster digital at all? A platform, data in use, innovation by data and jointly.

An innovation has taken root once early adopters have it: 16 % of all (Rogers 2003). Fewer firms than
that on platforms, or with data in use, are no digital cluster yet. A table that was not collected is
not measured, which is no "no".

Paper: B5 (platform, data, complementary innovation), B1-B4 (what a traditional cluster lacks)

References
----------
Rogers, E. M. (2003). Diffusion of Innovations, 5th edition. Free Press. ISBN 978-0-7432-2209-9 (2.5 %
innovators and 13.5 % early adopters)
"""

from functools import partial

import polars as pl

from jiqun.diagnosis.reading import Reading, share_text, sixths
from jiqun.measures.readings.marker import EACH_ALONE, Marker, alone
from jiqun.measures.readings.windows import windows
from jiqun.record.record import Record
from jiqun.vocabulary.counting import counted
from jiqun.vocabulary.text import Text

ELEMENT = "positioning"
ROOTED = 0.16
"""Share of firms from which something new has taken root."""
RECENT_YEARS = 3.0
DATA_TIES = ("data_flow", "api")
LEAST_EARNED = 0.01
"""Share of revenue from which a firm earns with data."""
FOUND = Text(
    "{share} of {n} {of} {do}; something new has taken root from {rooted} on.",
    "{n} {of}中有 {share} {do};达到 {rooted} 方视为已形成规模。",
)
FIRMS = Text("firms", "企业")
OF = {
    "twins": Text("pairs of firms that trade", "有交易的企业"),
    "purpose": Text("recent innovations", "近期创新"),
}
METHOD = Text(
    "Those of the last three years of the record, of all firms then there or of all innovations.",
    "记录最后三年内的情形,占同期存续企业或全部创新之比。",
)
NOT_COLLECTED = Text(
    "The tables that would show it were not collected.", "未收集可显示该项的数据表。"
)
CREATING = "digital_value"
ASPECTS = {
    "platform": (
        Text("Platform", "数字平台"),
        Text("Do firms work on a digital platform?", "企业是否依托数字平台?"),
        Text("take part in a platform", "参与数字平台"),
        ("platforms.platform_id", "participations.firm_id"),
    ),
    "data": (
        Text("Use of data", "数据要素利用"),
        Text("Do firms use data to create value?", "企业是否利用数据创造价值?"),
        Text("earn with data or hold them", "以数据获得收入或持有数据"),
        ("accounts.digital_revenue", "data_assets.owner"),
    ),
    "exchange": (
        Text("Exchange of data", "数据互通"),
        Text("Do firms exchange data with each other?", "企业之间是否互通数据?"),
        Text("exchange data with another", "与其他企业互通数据"),
        ("ties.kind",),
    ),
    "twins": (
        Text("Trade that runs digitally as well", "交易关系的数字化"),
        Text(
            "Do firms that trade with each other also exchange data?",
            "有交易的企业之间是否也互通数据?",
        ),
        Text("have a data link beside them", "同时具有数据连接"),
        ("ties.kind",),
    ),
    "purpose": (
        Text("Purpose of innovation", "创新目的"),
        Text("Do innovations create value from data?", "创新是否以数据创造价值?"),
        Text("create value from data", "以数据创造价值"),
        ("innovations.mode", "innovations.date"),
    ),
    "complementarity": (
        Text("Joint innovation", "协同创新"),
        Text("Do firms innovate together?", "企业是否开展协同互补的创新?"),
        Text("take part in an alliance or in a joint innovation", "参与联盟或联合创新"),
        ("memberships.firm_id", "innovators.firm_id"),
    ),
}


def positioning(record: Record) -> tuple[Reading, ...]:
    """Read the conditions of a digital cluster, each from its own tables."""
    there = _there(record)
    together = "memberships" in record or "innovators" in record
    of_firms = {
        "platform": (_on_platforms(record), "participations" in record),
        "data": (_with_data(record), _data_observed(record)),
        "exchange": (_exchanging(record), _exchange_observed(record)),
        "complementarity": (_together(record), together),
    }
    flags = {
        aspect: there.is_in(doing.unique().implode()) if observed else there.head(0)
        for aspect, (doing, observed) in of_firms.items()
    }
    flags["purpose"] = _recent_modes(record) == CREATING
    flags["twins"] = _twinned(record)
    return tuple(_reading(aspect, record, flags[aspect]) for aspect in ASPECTS)


def _since(record: Record) -> pl.Expr:
    """Return the first day of the last three years watched, as a literal; null without dates."""
    whole = windows(record)[0]
    if not whole.end > whole.start:
        return pl.lit(None, pl.Date)
    day = int(whole.end - RECENT_YEARS * 365.25)
    return pl.lit(day, pl.Int32).cast(pl.Date)


def _there(record: Record) -> pl.Series:
    """Return the firms that were there in the last three years."""
    gone = (pl.col("closed") < _since(record)).fill_null(value=False)
    return record["firms"].filter(~gone)["firm_id"].unique().sort()


def _going_on(end: str, record: Record) -> pl.Expr:
    return ~(pl.col(end) < _since(record)).fill_null(value=False)


def _on_platforms(record: Record) -> pl.Series:
    """Return firms on a platform; its operator alone is no platform."""
    members = record["participations"].filter(_going_on("left", record))
    shared = pl.col("firm_id").n_unique().over("platform_id") > 1
    return members.filter(shared)["firm_id"]


def _with_data(record: Record) -> pl.Series:
    """Return firms that earn with data or hold a data asset; buying tools is not it."""
    accounts = record["accounts"].filter(
        _going_on("end", record),
        pl.col("digital_revenue") > 0,
        pl.col("digital_revenue") >= LEAST_EARNED * pl.col("revenue"),
    )
    assets = record["data_assets"].filter(_going_on("end", record))
    owners = assets["owner"].drop_nulls().rename("firm_id")
    return pl.concat([accounts["firm_id"], owners])


def _exchanging(record: Record) -> pl.Series:
    """Return firms whose systems give data to another firm's or take them."""
    flows = record["ties"].filter(
        pl.col("kind").is_in(DATA_TIES),
        _going_on("end", record),
        pl.col("source") != pl.col("target"),
    )
    return pl.concat([flows[side].rename("firm_id") for side in ("source", "target")])


def _together(record: Record) -> pl.Series:
    alliances = record["memberships"].filter(_going_on("left", record))
    recent = record["innovations"].filter(~(pl.col("date") < _since(record)).fill_null(value=False))
    makers = record["innovators"].join(recent.select("innovation_id"), on="innovation_id")
    joint = makers.filter(pl.col("firm_id").n_unique().over("innovation_id") > 1)
    return pl.concat([alliances["firm_id"], joint["firm_id"]])


def _data_observed(record: Record) -> bool:
    stated = record["accounts"]["digital_revenue"].count() > 0
    return bool(stated) or record["data_assets"]["owner"].count() > 0


def _exchange_observed(record: Record) -> bool:
    """Say whether it was asked which firms exchange data.

    It was where some do, and where the channel of every tie and who is on platforms were recorded: a
    record of the virtual layer without a tie of data says that there is none.
    """
    ties = record["ties"]
    asked = ties.height > 0 and ties["channel"].null_count() == 0 and "participations" in record
    return asked or bool(ties["kind"].is_in(DATA_TIES).any())


def _twinned(record: Record) -> pl.Series:
    """Return of each pair that trades whether it also exchanges data."""
    pairs = (
        record["ties"]
        .filter(_going_on("end", record), pl.col("source") != pl.col("target"))
        .select(
            "kind",
            one=pl.min_horizontal("source", "target"),
            other=pl.max_horizontal("source", "target"),
        )
    )
    trade = (
        pairs.filter(pl.col("kind") == "supply")
        .select("one", "other")
        .unique()
        .sort("one", "other")
    )
    linked = pairs.filter(pl.col("kind").is_in(DATA_TIES)).select("one", "other").unique()
    if not _exchange_observed(record):
        return pl.Series([], dtype=pl.Boolean)
    found = trade.join(
        linked.with_columns(twin=pl.lit(True)),
        on=["one", "other"],
        how="left",
        maintain_order="left",
    )
    return found["twin"].fill_null(False)


def _recent_modes(record: Record) -> pl.Series:
    """Return the modes of the innovations of the last three years, as far as they are known."""
    made = record["innovations"].filter(pl.col("date") >= _since(record))
    return made["mode"].drop_nulls()


def _reading(aspect: str, record: Record, flags: pl.Series) -> Reading:
    """Read one share from its events; none were observed where there are none."""
    title, question, do, needs = ASPECTS[aspect]
    reading = partial(
        Reading, element=ELEMENT, aspect=aspect, title=title, question=question, needs=needs
    )
    if flags.is_empty():
        return reading(status="not_measured", reason=NOT_COLLECTED)
    of = OF.get(aspect, FIRMS)
    marker = Marker(
        measure=ELEMENT,
        statistic=aspect,
        label=Text("Share of {of} that {do}", "{do}的{of}份额").fill(do=do, of=of),
        method=METHOD,
        n_of=of,
        needs=needs,
        units=EACH_ALONE,
    )
    estimate = marker.share(windows(record)[0], flags.to_numpy(), alone(flags.len()))
    told = {"share": share_text(estimate.value or 0.0), "rooted": share_text(ROOTED)}
    return reading(
        finding=FOUND.fill(n=flags.len(), do=do, of=counted(of), **told),
        support=sixths(estimate),
        estimates=(estimate,),
    )
