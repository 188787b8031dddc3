"""The markers of Table 2 side by side: flat where a cluster does the same every year, and each moving alone.

One thing is changed in the later five years of a hand-made cluster. The marker that it is about must move
there and nowhere earlier, and no other marker may move, apart from those that count the very same rows.

Paper: S1-S18 (what a stage is read from), Q16, Q20 (what is kept apart)
"""

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

from jiqun.measures import measure
from jiqun.record.record import Record
from tests.measures.cluster_years import EARLY, LATE, baseline, innovations, platform, ties

Tables = dict[str, pl.DataFrame]
Values = dict[tuple[tuple[str, str], ...], float | None]

WATCHED = (
    "innovation_modes",
    "tie_duration",
    "industry_diversity",
    "platform_functions",
    "platform_members",
    "join_latency",
    "platform_openness",
    "initiation_share",
    "rule_setting_concentration",
    "radicalness",
    "entry",
    "traceable_share",
    "infrastructure_share",
    "adoption_coverage",
    "collaboration_modes",
)
SINCE = date(2005, 1, 1)
CARRIED_OVER = ("tie_duration", "join_latency")
"""In their first window what began before it cannot be seen."""


def later(column: str, new: pl.Expr, *, of: str = "start") -> pl.Expr:
    """Change a column from 2005 on."""
    return pl.when(pl.col(of) >= SINCE).then(new).otherwise(pl.col(column)).alias(column)


def since_2005(table: str, *changes: pl.Expr) -> Tables:
    """Change columns of a table of the cluster with a platform."""
    return {table: tables()[table].with_columns(*changes)}


def tables() -> Tables:
    """Return a cluster with a platform, all ties of which are known not to be traceable."""
    return {
        **platform(),
        "ties": ties().with_columns(traceable=pl.lit("no")),
        "innovations": innovations()["innovations"].with_columns(subject=pl.lit("application")),
        "firms": baseline()["firms"],
    }


def longer() -> Tables:
    return since_2005("ties", later("end", pl.lit(None, pl.Date)))


def licences() -> Tables:
    return since_2005("ties", later("kind", pl.lit("licence")))


def within_one_industry() -> Tables:
    """Pair firms of every fourth number, which are of one industry; pairs stay twenty apart."""
    ends = {f"f{k}": f"f{k // 20 * 20 + k % 4 * 4}" for k in range(40)}
    return since_2005(
        "ties", *(later(side, pl.col(side).replace_strict(ends)) for side in ("source", "target"))
    )


def opened_up() -> Tables:
    return {"platforms": tables()["platforms"].with_columns(openness=pl.lit(0.9))}


def more_functions() -> Tables:
    more = pl.DataFrame(
        {"platform_id": ["p"] * 3, "industry_code": ["26", "35", "36"], "opened": [SINCE] * 3}
    )
    return {"functions": pl.concat([tables()["functions"], more])}


def more_members() -> Tables:
    crowd = pl.DataFrame(
        {
            "platform_id": ["p"] * 12,
            "firm_id": [f"f{k}" for k in range(24, 36)],
            "role": ["complementor"] * 12,
            "joined": [date(2006, 1, 1)] * 12,
        }
    )
    return {"participations": pl.concat([tables()["participations"], crowd], how="diagonal")}


def slower() -> Tables:
    waits = (pl.col("platform_id") == "p") & (pl.col("start") >= SINCE)
    after = pl.col("start").dt.offset_by("8mo")
    begun = pl.when(waits).then(after).otherwise("start").alias("start")
    return since_2005("alliances", begun)


def others_begin() -> Tables:
    alliances = tables()["alliances"].select("alliance_id", "platform_id", "start")
    seats = tables()["memberships"].join(alliances, on="alliance_id")
    swapped = pl.col("role").replace({"initiator": "member", "member": "initiator"})
    ours = (pl.col("platform_id") == "p") & (pl.col("start") >= SINCE)
    role = pl.when(ours).then(swapped).otherwise("role").alias("role")
    return {"memberships": seats.with_columns(role).drop("platform_id", "start")}


def second_operator() -> Tables:
    first = tables()
    other = first["platforms"].with_columns(platform_id=pl.lit("q"), operator=pl.lit("f38"))
    moved = pl.when(pl.col("joined") >= SINCE).then(pl.lit("q")).otherwise("platform_id")
    return {
        "platforms": pl.concat([first["platforms"], other]),
        "participations": first["participations"].with_columns(platform_id=moved),
    }


def third_member() -> Tables:
    first = tables()
    own = first["alliances"].filter(pl.col("platform_id").is_null(), pl.col("start") >= SINCE)
    third = own.select("alliance_id").with_columns(firm_id=pl.lit("f36"), role=pl.lit("member"))
    return {"memberships": pl.concat([first["memberships"], third], how="diagonal")}


def other_regions() -> Tables:
    region = pl.when(pl.int_range(pl.len()) < 20).then(pl.lit("330100")).otherwise(pl.lit("330200"))
    return {"firms": tables()["firms"].with_columns(region_code=region)}


def founded_later() -> Tables:
    new = pl.when(pl.int_range(pl.len()) >= 36).then(date(2006, 1, 1)).otherwise("founded")
    return {"firms": tables()["firms"].with_columns(founded=new)}


def spend_on_data() -> Tables:
    accounts = baseline()["accounts"]
    return {"accounts": accounts.with_columns(later("data_spending", pl.lit(1.0)))}


OF_THE_SAME_ROWS = {
    licences: {"adoption_coverage", "traceable_share"},
    within_one_industry: {"collaboration_modes", "adoption_coverage"},
    more_members: {"join_latency", "rule_setting_concentration", "adoption_coverage"},
    slower: {"tie_duration"},
    second_operator: {"platform_functions", "platform_members", "join_latency"},
    third_member: {"industry_diversity"},
}
MOVES: tuple[tuple[str, str, Callable[[], Tables]], ...] = (
    (
        "innovation_modes",
        "share of mode",
        lambda: since_2005("innovations", later("mode", pl.lit("convergence"), of="date")),
    ),
    ("collaboration_modes", "vertical share", licences),
    ("platform_openness", "openness", opened_up),
    ("tie_duration", "median", longer),
    ("industry_diversity", "effective industries, order 1", within_one_industry),
    ("collaboration_modes", "cross-region share", other_regions),
    ("collaboration_modes", "multilateral share of collaborations", third_member),
    ("platform_functions", "industries per platform", more_functions),
    ("platform_members", "joiners a year", more_members),
    ("join_latency", "median", slower),
    ("initiation_share", "by the platform's operator", others_begin),
    ("rule_setting_concentration", "largest operator", second_operator),
    (
        "radicalness",
        "mean",
        lambda: since_2005("innovations", later("radicalness", pl.lit(0.9), of="date")),
    ),
    ("entry", "entry rate", founded_later),
    (
        "traceable_share",
        "traceable share",
        lambda: since_2005("ties", later("traceable", pl.lit("yes"))),
    ),
    (
        "infrastructure_share",
        "infrastructure, platforms and tools",
        lambda: since_2005("innovations", later("subject", pl.lit("infrastructure"), of="date")),
    ),
    ("adoption_coverage", "coverage", spend_on_data),
)


def values(record: Record, name: str) -> Values:
    """Return the values of a marker in both windows."""
    found = measure(record, only=[name], window=5)[name]
    return {e.of: e.value for e in found if dict(e.of).get("window") in {EARLY, LATE}}


def moved(before: Values, after: Values) -> set[tuple[tuple[str, str], ...]]:
    """Return what is no longer the same."""
    keys = before.keys() | after.keys()
    return {of for of in keys if not same(before.get(of), after.get(of))}


def same(one: float | None, other: float | None) -> bool:
    """Say whether two values are the same but for the last digits."""
    if one is None or other is None:
        return one is other
    return one == pytest.approx(other, rel=1e-12)


def record_of(**changed: pl.DataFrame) -> Record:
    return baseline(**{**tables(), **changed})


@pytest.fixture(scope="module")
def before() -> dict[str, Values]:
    return {name: values(record_of(), name) for name in WATCHED}


@pytest.mark.parametrize("name", WATCHED)
def test_flat_on_the_traditional_baseline(name: str) -> None:
    """Same deeds each year: what is measured in both windows is the same in both, within a leap day."""
    found = values(baseline(), name)
    for of, value in found.items():
        if dict(of)["window"] == EARLY:
            after = found[tuple((k, LATE if k == "window" else v) for k, v in of)]
            if value is not None and after is not None:
                assert after == pytest.approx(value, rel=2e-3), of


@pytest.mark.parametrize(("name", "statistic", "change"), MOVES)
def test_each_moves_alone(
    before: dict[str, Values], name: str, statistic: str, change: Callable[[], Tables]
) -> None:
    record = record_of(**change())
    for other in WATCHED:
        gone = moved(before[other], values(record, other))
        if other == name:
            assert any(dict(of).get("statistic", "") == statistic for of in gone), gone
            timeless = change in {other_regions, opened_up} or name in CARRIED_OVER
            assert timeless or all(dict(of)["window"] == LATE for of in gone), gone
        elif other not in OF_THE_SAME_ROWS.get(change, set()):
            assert not gone, (other, gone)
