"""Positioning 集群定位: is the cluster digital at all? A platform, data in use, and joint innovation.

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

from jiqun.diagnosis.reading import LEAST_DOUBT, Reading, above, share_text, two_states
from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.marker import EACH_ALONE, Marker, alone
from jiqun.measures.readings.windows import windows
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

ELEMENT = "positioning"
ROOTED = 0.16
"""Share of firms from which something new has taken root."""
RECENT_YEARS = 3.0
LEAST_EARNED = 0.01
"""Share of revenue from which a firm earns with data."""
FOUND = Text(
    "{share} of {n} firms {do}; something new has taken root from {rooted} on.",
    "{n} 家企业中有 {share} {do};达到 {rooted} 方视为已形成规模。",
)
METHOD = Text(
    "Firms that did so within the last three years of the record, of all firms then there.",
    "记录最后三年内有此行为的企业,占同期存续企业之比。",
)
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
        Text("earn with data, hold data or exchange them", "以数据获得收入、持有数据或交换数据"),
        ("accounts.digital_revenue", "data_assets.owner", "ties.kind"),
    ),
    "complementarity": (
        Text("Joint innovation", "协同创新"),
        Text("Do firms innovate together?", "企业是否开展协同互补的创新?"),
        Text("take part in an alliance or in a joint innovation", "参与联盟或联合创新"),
        ("memberships.firm_id", "innovators.firm_id"),
    ),
}


def positioning(record: Record) -> tuple[Reading, ...]:
    """Read the three conditions of a digital cluster, each from its own tables."""
    there = _there(record)
    return (
        _reading("platform", record, there, _on_platforms(record), "participations" in record),
        _reading("data", record, there, _with_data(record), _data_observed(record)),
        _reading("complementarity", record, there, _together(record), _together_observed(record)),
    )


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
    return record["firms"].filter(~gone)["firm_id"].unique()


def _going_on(end: str, record: Record) -> pl.Expr:
    return ~(pl.col(end) < _since(record)).fill_null(value=False)


def _on_platforms(record: Record) -> pl.Series:
    """Return firms on a platform; its operator alone is no platform."""
    members = record["participations"].filter(_going_on("left", record))
    shared = pl.col("firm_id").n_unique().over("platform_id") > 1
    return members.filter(shared)["firm_id"]


def _with_data(record: Record) -> pl.Series:
    """Return firms that earn with data, hold a data asset, or exchange data; buying tools is not it."""
    accounts = record["accounts"].filter(
        _going_on("end", record),
        pl.col("digital_revenue") > 0,
        pl.col("digital_revenue") >= LEAST_EARNED * pl.col("revenue"),
    )
    assets = record["data_assets"].filter(_going_on("end", record))
    flows = record["ties"].filter(
        pl.col("kind").is_in(["data_flow", "api"]), _going_on("end", record)
    )
    return pl.concat(
        [
            accounts["firm_id"],
            assets["owner"].drop_nulls().rename("firm_id"),
            flows["source"].rename("firm_id"),
            flows["target"].rename("firm_id"),
        ]
    )


def _together(record: Record) -> pl.Series:
    alliances = record["memberships"].filter(_going_on("left", record))
    recent = record["innovations"].filter(~(pl.col("date") < _since(record)).fill_null(value=False))
    makers = record["innovators"].join(recent.select("innovation_id"), on="innovation_id")
    joint = makers.filter(pl.col("firm_id").n_unique().over("innovation_id") > 1)
    return pl.concat([alliances["firm_id"], joint["firm_id"]])


def _data_observed(record: Record) -> bool:
    stated = record["accounts"]["digital_revenue"].count() > 0
    flows = record["ties"]["kind"].is_in(["data_flow", "api"]).any()
    return bool(stated) or bool(flows) or record["data_assets"]["owner"].count() > 0


def _together_observed(record: Record) -> bool:
    return "memberships" in record or "innovators" in record


def _reading(
    aspect: str, record: Record, there: pl.Series, doing: pl.Series, observed: bool
) -> Reading:
    title, question, do, needs = ASPECTS[aspect]
    reading = partial(
        Reading, element=ELEMENT, aspect=aspect, title=title, question=question, needs=needs
    )
    if not observed or there.is_empty():
        reason = Text(
            "The tables that would show it were not collected.", "未收集可显示该项的数据表。"
        )
        return reading(
            status="not_measured",
            reason=reason,
        )
    estimate = _share(aspect, record, there, doing)
    rooted = above(estimate, ROOTED)
    return reading(
        finding=FOUND.fill(
            share=share_text(estimate.value or 0.0), n=there.len(), do=do, rooted=share_text(ROOTED)
        ),
        support=two_states("present", "absent", max(rooted, LEAST_DOUBT)),
        estimates=(estimate,),
    )


def _share(aspect: str, record: Record, there: pl.Series, doing: pl.Series) -> Estimate:
    """Estimate the share of firms, each counted as independent."""
    _, _, do, needs = ASPECTS[aspect]
    marker = Marker(
        measure=ELEMENT,
        statistic=aspect,
        label=Text("Share of firms that {do}", "{do}的企业份额").fill(do=do),
        method=METHOD,
        n_of=Text("firms", "企业"),
        needs=needs,
        units=EACH_ALONE,
    )
    flags = there.is_in(doing.unique().implode()).to_numpy()
    return marker.share(windows(record)[0], flags, alone(flags.size))
