"""Alliances 联盟: members, their dates, and the interfaces of their pairs agree with each other.

Paper: K3g, K3h, K3i (alliances and who is in them), K3j (interfaces of pairs).
"""

from functools import partial

import polars as pl

from jiqun.record.problem import Rule
from jiqun.record.requirements.query import ROW, Check, Tables, View, plain
from jiqun.vocabulary.text import Text

FEW = Rule(
    id="alliances.few_members",
    title=Text("An alliance has two members or more.", "联盟至少有两个成员。"),
    remedy=Text(
        "Add the members that are missing; an alliance of one is not measured.",
        "请补充缺少的成员;单一成员的联盟不参与测度。",
    ),
    severity="warning",
)
OUTSIDE = Rule(
    id="alliances.membership_dates",
    title=Text(
        "Members join and leave within the life of the alliance.",
        "成员的加入与退出在联盟存续期内。",
    ),
    remedy=Text("Correct the date of the member or of the alliance.", "请更正成员或联盟的日期。"),
    severity="warning",
)
NOT_A_MEMBER = Rule(
    id="alliances.interface_members",
    title=Text(
        "Both firms of an interface are members of the alliance on its date.",
        "接口双方在观察日均为联盟成员。",
    ),
    remedy=Text(
        "Add the membership, or correct firm or date.", "请补充成员关系,或更正企业或日期。"
    ),
    severity="warning",
)
SELF_PAIR = Rule(
    id="alliances.interface_self",
    title=Text("An interface joins two different firms.", "接口的双方为不同企业。"),
    remedy=Text("Correct one of the two, or remove the row.", "请更正其中一方,或删除该行。"),
)
CONTRADICTION = Rule(
    id="alliances.interface_contradiction",
    title=Text(
        "A pair has one state on one day, whichever firm is named first.",
        "同一成员对在同一日只有一种状态,与先后次序无关。",
    ),
    remedy=Text("Keep the row that is right.", "请保留正确的一行。"),
)
CAUSE = Rule(
    id="alliances.cause_without_date",
    title=Text(
        "Who has a cause of withdrawal has a date of leaving.", "填写退出原因的成员有退出日期。"
    ),
    remedy=Text(
        "Fill in the date, at least its year; without it the member counts as staying.",
        "请填写日期(至少到年);否则该成员视为仍在联盟中。",
    ),
    severity="warning",
)
OUTCOME = Rule(
    id="alliances.outcome_without_end",
    title=Text(
        "An alliance that succeeded or failed has an end.", "已成功或失败的联盟有结束日期。"
    ),
    remedy=Text(
        "Fill in the end, or make the outcome ongoing.", "请填写结束日期,或将结果改为进行中。"
    ),
    severity="warning",
)
STILL_ONGOING = Rule(
    id="alliances.ongoing_with_member_causes",
    title=Text(
        "Nobody left an alliance because it was dissolved while it goes on.",
        "进行中的联盟没有成员因联盟解散而退出。",
    ),
    remedy=Text("Correct the outcome or the cause.", "请更正联盟结果或退出原因。"),
    severity="warning",
)

TWO = 2


def _member_counts(tables: Tables) -> pl.LazyFrame:
    counted = (
        tables.rows["memberships"].group_by("alliance_id").agg(members=pl.col("firm_id").n_unique())
    )
    return (
        tables.rows["alliances"]
        .select(ROW, "alliance_id")
        .join(counted, on="alliance_id", how="left")
        .with_columns(pl.col("members").fill_null(0))
    )


def _beside_alliance(tables: Tables) -> pl.LazyFrame:
    alliances = tables.named["alliances"].select("alliance_id", "start", "end", "outcome")
    return (
        tables.rows["memberships"]
        .select(ROW, "alliance_id", "firm_id", "joined", "left", "withdrawal_cause")
        .join(alliances, on="alliance_id")
    )


def _outsiders(tables: Tables, firm: str) -> pl.LazyFrame:
    interfaces = tables.rows["interfaces"].select(ROW, "alliance_id", firm, "date")
    memberships = tables.rows["memberships"].select(
        "alliance_id", pl.col("firm_id").alias(firm), "joined", "left"
    )
    date = pl.col("date")
    inside = (date >= pl.col("joined")).fill_null(value=True) & (date < pl.col("left")).fill_null(
        value=True
    )
    known = interfaces.join(memberships, on=["alliance_id", firm]).filter(inside).select(ROW)
    return interfaces.join(known, on=ROW, how="anti")


def _contradicting(tables: Tables) -> pl.LazyFrame:
    pair = ["alliance_id", "one", "other", "date"]
    rows = (
        tables.rows["interfaces"]
        .select(
            ROW,
            "alliance_id",
            "date",
            "state",
            one=pl.min_horizontal("firm_a", "firm_b"),
            other=pl.max_horizontal("firm_a", "firm_b"),
        )
        .filter(pl.col("state").is_not_null())
    )
    disputed = (
        rows.group_by(pair)
        .agg(
            states=pl.col("state").n_unique(),
            first=pl.col(ROW).min(),
            first_state=pl.col("state").sort_by(ROW).first(),
        )
        .filter(pl.col("states") > 1)
    )
    joined = rows.join(disputed, on=pair, nulls_equal=True)
    return joined.filter(pl.col("state") != pl.col("first_state"))


BESIDE_ALLIANCE = View(
    table="memberships", needs=("memberships", "alliances"), frame=_beside_alliance
)


def _outside(column: str, broken: pl.Expr, bound: str, message: Text) -> Check:
    evidence = {"alliance": pl.col("alliance_id"), "bound": pl.col(bound)}
    return Check(
        rule=OUTSIDE,
        view=BESIDE_ALLIANCE,
        column=column,
        message=message,
        broken=broken,
        evidence=evidence,
    )


BEFORE = Text(
    "{column} is {value}; the alliance {alliance} started only on {bound}.",
    "“{column}”为 {value},而联盟 {alliance} 始于 {bound}。",
)
AFTER = Text(
    "{column} is {value}; the alliance {alliance} had ended on {bound}.",
    "“{column}”为 {value},而联盟 {alliance} 已于 {bound} 结束。",
)

RULES = (FEW, OUTSIDE, NOT_A_MEMBER, SELF_PAIR, CONTRADICTION, CAUSE, OUTCOME, STILL_ONGOING)
CHECKS = (
    Check(
        rule=FEW,
        view=View(table="alliances", needs=("alliances", "memberships"), frame=_member_counts),
        column="alliance_id",
        message=Text(
            "Members of the alliance {value}: {members}.", "联盟 {value} 仅有 {members} 个成员。"
        ),
        broken=pl.col("members") < TWO,
        evidence={"members": pl.col("members")},
    ),
    _outside("joined", pl.col("joined") < pl.col("start"), "start", BEFORE),
    _outside("joined", pl.col("joined") >= pl.col("end"), "end", AFTER),
    _outside(
        "left",
        (pl.col("left") > pl.col("end")) & (pl.col("joined") < pl.col("end")).fill_null(value=True),
        "end",
        AFTER,
    ),
    Check(
        rule=STILL_ONGOING,
        view=BESIDE_ALLIANCE,
        column="withdrawal_cause",
        message=Text(
            "{firm} left because {alliance} was dissolved, yet {alliance} is ongoing.",
            "{firm} 因联盟解散而退出,但联盟 {alliance} 仍标为进行中。",
        ),
        broken=(pl.col("withdrawal_cause") == "dissolved") & (pl.col("outcome") == "ongoing"),
        evidence={"firm": pl.col("firm_id"), "alliance": pl.col("alliance_id")},
    ),
    Check(
        rule=CAUSE,
        view=plain("memberships"),
        column="left",
        message=Text(
            "{column} is empty though the cause of withdrawal is {cause}.",
            "“{column}”为空,而退出原因为“{cause}”。",
        ),
        broken=pl.col("withdrawal_cause").is_not_null() & pl.col("left").is_null(),
        evidence={"cause": pl.col("withdrawal_cause")},
    ),
    Check(
        rule=OUTCOME,
        view=plain("alliances"),
        column="end",
        message=Text(
            "{column} is empty though the outcome is {outcome}.",
            "“{column}”为空,而结果为“{outcome}”。",
        ),
        broken=pl.col("outcome").is_in(["succeeded", "failed"]) & pl.col("end").is_null(),
        evidence={"outcome": pl.col("outcome")},
    ),
    Check(
        rule=SELF_PAIR,
        view=plain("interfaces"),
        column="firm_b",
        message=Text("{value} is paired with itself.", "{value} 与自身配对。"),
        broken=pl.col("firm_a") == pl.col("firm_b"),
    ),
    *(
        Check(
            rule=NOT_A_MEMBER,
            view=View(
                table="interfaces",
                needs=("interfaces", "memberships"),
                frame=partial(_outsiders, firm=firm),
            ),
            column=firm,
            message=Text(
                "{value} is not a member of {alliance} on {date}.",
                "{value} 在 {date} 不是联盟 {alliance} 的成员。",
            ),
            evidence={"alliance": pl.col("alliance_id"), "date": pl.col("date")},
        )
        for firm in ("firm_a", "firm_b")
    ),
    Check(
        rule=CONTRADICTION,
        view=View(table="interfaces", needs=("interfaces",), frame=_contradicting),
        column="state",
        message=Text(
            "{one} and {other} are {value} here but {first_state} in row {first}, on the same day.",
            "{one} 与 {other} 此处为 {value},而第 {first} 行同日为 {first_state}。",
        ),
        evidence={name: pl.col(name) for name in ("one", "other", "first", "first_state")},
    ),
)
