"""Closure of loops 闭环程度: do data that flow out come back in?

The share of data flows between firms that lie on a closed loop, against flows with exchanged targets; and,
where it is on record which data were made from which, the share of a platform's data that re-enter.
Closure is feedback; who may come in is another matter (``platform_openness``, ``entry``).

Paper: I3g (closed loop), S17 (closed-loop innovation ecosystem), Q16 (closure and openness apart)

References
----------
Tarjan, R. (1972). Depth-first search and linear graph algorithms. SIAM Journal on Computing 1(2),
146-160. doi:10.1137/0201010
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.marker import EACH_ALONE, Marker, alone, incidence_of, subset
from jiqun.measures.readings.windows import Flags, Floats, Window, days, windows
from jiqun.numerics.clustered import Incidence
from jiqun.numerics.loops import on_a_loop, random_shares
from jiqun.numerics.random import stream
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "loop_closure"
DRAWS = 39
"""So many that the least and the greatest are the ends of a 95 % band."""
DATA_KINDS = ("data_flow", "api")
REFERENCES = ("doi:10.1137/0201010",)
FLOWS = Text("data flows", "数据流动关系")
NO_FLOWS = Text("no tie is a data flow or a call of an interface", "没有数据流动或接口调用类关系")
CLOSED = Marker(
    measure=NAME,
    statistic="flows on a closed loop",
    label=Text("Share of data flows that lie on a closed loop", "位于闭合回路上的数据流动份额"),
    method=Text(
        "Ties of kind data flow or interface call that were there at some time within the window; one is "
        "on a loop where its receiver can be followed back to its sender (one strongly connected "
        "component).",
        "时段内存在的数据流动与接口调用关系;若可由接收方沿数据流回到发送方(同一强连通分量),"
        "则位于回路上。",
    ),
    n_of=FLOWS,
    needs=("ties.kind", "ties.source", "ties.target"),
    references=REFERENCES,
)
BY_CHANCE = CLOSED.worded(
    statistic="closed loops by chance",
    label=Text(
        "Share on a closed loop when receivers are exchanged at random",
        "随机交换接收方时位于回路上的份额",
    ),
    method=Text(
        "Mean of {n} random exchanges; each firm keeps how many flows it sends and receives.",
        "{n} 次随机交换的平均值;各企业收发数量保持不变。",
    ).fill(n=DRAWS),
)
BAND = Text(
    "Not an interval around the observed share: least and greatest of the random exchanges, which hold "
    "95 of 100 further ones. An observed share outside is not explained by who sends and receives much.",
    "并非观测份额的区间:为随机交换所得的最小与最大值,其间包含 95% 的再次交换结果。"
    "观测份额在其外,则不能由收发数量解释。",
)
FED_BACK = Marker(
    measure=NAME,
    statistic="data fed back",
    label=Text(
        "Share of pooled data assets that others are made from", "平台汇聚数据中再作为投入的份额"
    ),
    method=Text(
        "Data assets pooled on a platform from which another asset is said to derive.",
        "平台汇聚的数据资产中,另有资产注明以其为来源者。",
    ),
    n_of=Text("pooled data assets", "平台汇聚的数据资产"),
    needs=("data_assets.derived_from", "data_assets.platform_id"),
    units=EACH_ALONE,
)
NOT_ON_RECORD = Text(
    "no data asset says which other it is made from", "没有数据资产注明由何种资产加工而成"
)


@dataclass(frozen=True, slots=True)
class Flows:
    """Data flows between numbered firms."""

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    start: Floats
    end: Floats
    incidence: Incidence
    firms: int


@dataclass(frozen=True, slots=True)
class Assets:
    """Pooled data assets; ``used`` is None where their origins are not on record."""

    used: Flags | None
    start: Floats
    end: Floats


def loop_closure(
    record: Record, *, seed: int = 0, years: int | None = None
) -> tuple[Estimate, ...]:
    """Measure how far data flows close into loops.

    Parameters
    ----------
    record
        Reads ``ties`` and ``data_assets``.
    seed
        Addresses the random exchanges.
    years
        Calendar years of each window; None for the whole record only.

    Returns
    -------
    tuple of Estimate
        By window: share of data flows on a closed loop, the same by chance, share of pooled data that
        other data are made from.
    """
    flows, assets = _flows(record), _assets(record)
    return tuple(
        e for window in windows(record, years) for e in _measured(window, flows, assets, seed)
    )


def _flows(record: Record) -> Flows:
    ties = record["ties"].filter(
        pl.col("kind").is_in(DATA_KINDS), pl.col("source") != pl.col("target")
    )
    ties = ties.sort("tie_id").with_columns(event=pl.int_range(pl.len(), dtype=pl.Int64))
    ends = pl.concat([ties.select("event", firm=side) for side in ("source", "target")])
    incidence = incidence_of(ends, ties.height)
    return Flows(
        incidence.firm[: ties.height],
        incidence.firm[ties.height : 2 * ties.height],
        days(ties["start"]),
        days(ties["end"]),
        incidence,
        incidence.firms,
    )


def _assets(record: Record) -> Assets:
    every = record["data_assets"].sort("asset_id")
    pooled = every.drop_nulls("platform_id")
    origins = every["derived_from"].drop_nulls()
    used = pooled["asset_id"].is_in(origins.implode()).to_numpy() if origins.len() else None
    return Assets(used, days(pooled["start"]), days(pooled["end"]))


def _measured(window: Window, flows: Flows, assets: Assets, seed: int) -> Iterator[Estimate]:
    if flows.source.size == 0:
        yield from (m.missing(window, NO_FLOWS) for m in (CLOSED, BY_CHANCE))
    else:
        yield from _closed(window, flows, seed)
    if assets.used is None:
        yield FED_BACK.missing(window, NOT_ON_RECORD)
        return
    used = assets.used[window.lasting(assets.start, assets.end)]
    yield FED_BACK.share(window, used, alone(used.size))


def _closed(window: Window, flows: Flows, seed: int) -> Iterator[Estimate]:
    chosen = window.lasting(flows.start, flows.end)
    source, target = flows.source[chosen], flows.target[chosen]
    if source.size == 0:
        yield from (m.missing(window) for m in (CLOSED, BY_CHANCE))
        return
    closed = on_a_loop(source, target, flows.firms)
    yield CLOSED.share(window, closed, subset(flows.incidence, chosen))
    generator = stream(seed, NAME, window.name)
    drawn = random_shares(source, target, DRAWS, generator)
    ends = (float(drawn.min()), float(drawn.max()))
    yield BY_CHANCE.estimate(window, float(drawn.mean()), ends, meaning=BAND, n=source.size)
