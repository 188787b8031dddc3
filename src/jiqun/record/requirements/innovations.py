"""Innovations 创新: lineages run forward in time, and somebody made each innovation.

Paper: E11 (outputs), T1 (who innovates), U1-U4 (upgrading follows on from earlier innovations).
"""

import math

import numpy as np
import polars as pl

from jiqun.record.problem import Rule
from jiqun.record.requirements.query import ROW, Check, Tables, View
from jiqun.vocabulary.text import Text

LATER = Rule(
    id="innovations.builds_on_later",
    title=Text("An innovation builds on earlier ones.", "创新所承接的前序创新早于其自身。"),
    remedy=Text("Correct a date or the predecessor.", "请更正日期或前序创新。"),
    severity="warning",
)
CYCLE = Rule(
    id="innovations.cycle",
    title=Text(
        "No innovation builds on itself, however indirectly.", "任何创新都不直接或间接承接自身。"
    ),
    remedy=Text("Remove the predecessor that is wrong.", "请删除错误的前序创新。"),
)
NOBODY = Rule(
    id="innovations.no_innovator",
    title=Text("An innovation has an innovator or an alliance.", "创新有完成企业或所属联盟。"),
    remedy=Text("Add who made it to the table innovators.", "请在创新主体表中补充完成企业。"),
    severity="warning",
)


def _beside_predecessor(tables: Tables) -> pl.LazyFrame:
    earlier = tables.named["innovations"].select(
        pl.col("innovation_id").alias("builds_on"), predecessor_date="date"
    )
    return tables.rows["innovations"].select(ROW, "builds_on", "date").join(earlier, on="builds_on")


def _in_cycles(tables: Tables) -> pl.LazyFrame:
    """Return the rows that are their own ancestors.

    Each innovation has one predecessor at most. After as many steps back as there are rows, every
    walk that has not ended is inside a cycle, and every row of a cycle is where some walk is;
    doubling the step makes that log2(rows) look-ups of an array.
    """
    rows = tables.named["innovations"].select(ROW, "innovation_id", "builds_on").collect()
    positions = rows.select(builds_on="innovation_id").with_row_index("position")
    back = (
        rows.select("builds_on")
        .join(positions, on="builds_on", how="left", maintain_order="left")["position"]
        .cast(pl.Int64)
    )
    end = len(rows)
    step = np.append(back.fill_null(end).to_numpy(), end)
    for _ in range(math.ceil(math.log2(end + 1))):
        step = step[step]
    reached = np.unique(step)
    return rows.select(pl.all().gather(reached[reached < end])).lazy()


def _made_by_nobody(tables: Tables) -> pl.LazyFrame:
    return (
        tables.rows["innovations"]
        .filter(pl.col("alliance_id").is_null())
        .select(ROW, "innovation_id")
        .join(tables.rows["innovators"], on="innovation_id", how="anti")
    )


RULES = (LATER, CYCLE, NOBODY)
CHECKS = (
    Check(
        rule=LATER,
        view=View(table="innovations", needs=("innovations",), frame=_beside_predecessor),
        column="builds_on",
        message=Text(
            "It dates from {date} and builds on {value}, which dates from {predecessor}.",
            "该创新日期为 {date},而其承接的 {value} 日期为 {predecessor}。",
        ),
        broken=pl.col("predecessor_date") > pl.col("date"),
        evidence={"date": pl.col("date"), "predecessor": pl.col("predecessor_date")},
    ),
    Check(
        rule=CYCLE,
        view=View(table="innovations", needs=("innovations",), frame=_in_cycles),
        column="builds_on",
        message=Text(
            "{innovation} builds on {value} and, step by step, on itself.",
            "{innovation} 承接 {value},并逐级回到自身。",
        ),
        evidence={"innovation": pl.col("innovation_id")},
    ),
    Check(
        rule=NOBODY,
        view=View(table="innovations", needs=("innovations", "innovators"), frame=_made_by_nobody),
        column="innovation_id",
        message=Text(
            "Nobody is named as having made {value}.", "未注明 {value} 的完成企业或联盟。"
        ),
    ),
)
