"""The pairs inside alliances: their states before, and what became of them.

Paper: K3j (interfaces of pairs inside an alliance), K3i (members)
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.numerics.decomposability.states import PairStates
from jiqun.record.record import Record

PAIR = ["alliance_id", "one", "other"]


@dataclass(frozen=True, slots=True)
class Interfaces:
    """Observed states of pairs, and how many could not be used.

    Attributes
    ----------
    observed
        ``alliance_id``, ``one``, ``other`` (firm ids, in order), ``date``, ``state`` (1 coordinated,
        0 failed); one row a pair and day.
    undated, contradictory
        Rows without a date, and pairs with two states on one day: not used.
    """

    observed: pl.DataFrame
    undated: int
    contradictory: int


def interfaces(record: Record) -> Interfaces:
    """Read the states, whichever firm of a pair is named first."""
    rows = (
        record["interfaces"]
        .filter(pl.col("firm_a") != pl.col("firm_b"), pl.col("alliance_id").is_not_null())
        .select(
            "alliance_id",
            "date",
            one=pl.min_horizontal("firm_a", "firm_b"),
            other=pl.max_horizontal("firm_a", "firm_b"),
            state=(pl.col("state") == "coordinated").cast(pl.Float64),
        )
        .drop_nulls("state")
    )
    days = (
        rows.drop_nulls("date")
        .group_by(*PAIR, "date")
        .agg(pl.col("state").mean())
        .sort(*PAIR, "date")
    )
    clear = pl.col("state").is_in([0.0, 1.0])
    return Interfaces(
        observed=days.filter(clear),
        undated=int(rows["date"].null_count()),
        contradictory=days.filter(~clear).height,
    )


def pairs_over_time(found: Interfaces) -> PairStates:
    """Split the states of each alliance at one day: what was known before, what came after.

    The day is the first on which a pair with two and more observations was last seen. A pair's state
    before is the share of its earlier observations in which it was coordinated; its outcome is its
    last state from that day on.
    """
    last = (
        found.observed.group_by(PAIR)
        .agg(pl.len(), pl.col("date").max())
        .filter(pl.col("len") > 1)
        .group_by("alliance_id")
        .agg(cut=pl.col("date").min())
    )
    dated = found.observed.join(last, on="alliance_id")
    earlier = pl.col("date") < pl.col("cut")
    pairs = (
        dated.group_by(PAIR)
        .agg(
            before=pl.col("state").filter(earlier).mean(),
            after=pl.col("state").filter(~earlier).sort_by(pl.col("date").filter(~earlier)).last(),
        )
        .drop_nulls("before")
    )
    return _numbered(pairs)


def pairs_before_the_end(record: Record, found: Interfaces) -> tuple[PairStates, pl.Series]:
    """Return the mean state of each pair before its alliance ended, and the ids of the alliances."""
    ends = record["alliances"].select("alliance_id", "end").unique("alliance_id")
    dated = found.observed.join(ends, on="alliance_id", how="left")
    in_time = (pl.col("date") < pl.col("end")).fill_null(value=True)
    pairs = dated.filter(in_time).group_by(PAIR).agg(before=pl.col("state").mean())
    pairs = pairs.with_columns(after=pl.lit(None, pl.Float64))
    return _numbered(pairs), pairs["alliance_id"].unique().sort()


def outcomes(record: Record, alliances: pl.Series) -> NDArray[np.float64]:
    """Return 1 for each alliance that succeeded, 0 for one that failed, NaN for any other."""
    known = (
        record["alliances"]
        .filter(pl.col("outcome").is_in(["succeeded", "failed"]))
        .unique("alliance_id", keep="first", maintain_order=True)
        .select("alliance_id", succeeded=(pl.col("outcome") == "succeeded").cast(pl.Float64))
    )
    joined = pl.DataFrame({"alliance_id": alliances}).join(
        known, on="alliance_id", how="left", maintain_order="left"
    )
    return joined["succeeded"].to_numpy().astype(float)


def _numbered(pairs: pl.DataFrame) -> PairStates:
    """Give numbers to alliances and firms; alliances of the same pairs share a cluster."""
    pairs = pairs.sort(PAIR)
    firms = pl.concat([pairs["one"], pairs["other"]]).unique().sort()
    number = {name: k for k, name in enumerate(firms.to_list())}
    teams = pairs.group_by("alliance_id", maintain_order=True).agg(
        team=pl.concat_str("one", "other", separator="\x1f").str.join("\x1e")
    )
    cluster = teams.with_columns(cluster=pl.col("team").rank("dense").cast(pl.Int64) - 1)
    alliance = pairs["alliance_id"].rank("dense").cast(pl.Int64) - 1
    rows = pairs.join(cluster, on="alliance_id", how="left", maintain_order="left")
    return PairStates(
        alliance=_whole(alliance),
        one=_whole(pairs["one"].replace_strict(number, return_dtype=pl.Int64)),
        other=_whole(pairs["other"].replace_strict(number, return_dtype=pl.Int64)),
        before=pairs["before"].to_numpy().astype(float),
        after=pairs["after"].cast(pl.Float64).to_numpy().astype(float),
        cluster=_whole(rows["cluster"]),
    )


def _whole(column: pl.Series) -> NDArray[np.int64]:
    return column.to_numpy().astype(np.int64)
