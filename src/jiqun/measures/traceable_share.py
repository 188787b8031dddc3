"""Traceable share of the chain 可溯源份额: which supply ties can be traced?

Whether goods can be traced is what the column ``traceable`` of a tie says. Beside it, and not instead of
it, the share of supply ties with a data flow between the same two firms, against
flows placed at random: data alongside are what tracing would run on, and may serve anything else.

Paper: I3d, S18 (transparent chain), E10 (traceability)

References
----------
Newman, M. E. J. (2003). Mixing patterns in networks. Physical Review E 67, 026126.
doi:10.1103/PhysRevE.67.026126
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.marker import Marker, incidence_of, subset
from jiqun.measures.readings.windows import Floats, Window, days, windows
from jiqun.numerics.clustered import Incidence
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "traceable_share"
DATA_KINDS = ("data_flow", "api")
SUPPLY = Text("supply ties", "供应关系")
TRACEABLE = Marker(
    measure=NAME,
    statistic="traceable share",
    label=Text("Share of supply ties whose goods can be traced", "货物可溯源的供应关系份额"),
    method=Text(
        "Supply ties at some time within the window that are said to be traceable, of those where it is "
        "said whether they are.",
        "时段内存在且注明可溯源者,占已注明是否可溯源的供应关系。",
    ),
    n_of=SUPPLY,
    needs=("ties.traceable", "ties.kind"),
)
ALONGSIDE = Marker(
    measure=NAME,
    statistic="data alongside",
    label=Text(
        "Share of supply ties with a data flow between the same two firms",
        "两端企业之间另有数据流动的供应关系份额",
    ),
    method=Text(
        "A tie of kind data flow or interface call, in either direction, that was there in the same "
        "window. This is not traceability: data may flow for any purpose.",
        "同一时段内两企业间存在任一方向的数据流动或接口调用关系。这并非可溯源性:数据流动可有任何用途。",
    ),
    n_of=SUPPLY,
    needs=("ties.kind", "ties.source", "ties.target"),
)
RATIO = ALONGSIDE.worded(
    statistic="data alongside, times chance",
    label=Text(
        "Data flows beside supply ties, times those placed at random",
        "供应关系旁的数据流动与随机配对之比",
    ),
    method=Text(
        "That share over its expectation when data flows are placed at random, each firm keeping how "
        "many it sends and receives; the expectation is taken as given.",
        "该份额与随机放置数据流动时的期望值之比,各企业收发数量不变;期望值视为给定。",
    ),
    references=("doi:10.1103/PhysRevE.67.026126",),
)
NOT_SAID = Text("no supply tie is said to be traceable or not", "没有供应关系注明是否可溯源")
NO_SUPPLY = Text("no tie is a supply tie", "没有供应类关系")
NO_DATA = Text(
    "no tie is a data flow or a call of an interface, recorded or not: the record cannot tell which",
    "没有数据流动或接口调用类关系,无法区分不存在与未记录",
)


@dataclass(frozen=True, slots=True)
class Chain:
    """Supply ties with their ends, what is said of them, and data flows by the same numbers."""

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    start: Floats
    end: Floats
    traceable: Floats
    incidence: Incidence
    flow_from: NDArray[np.int64]
    flow_to: NDArray[np.int64]
    flow_start: Floats
    flow_end: Floats


def traceable_share(
    record: Record,
    *,
    seed: int = 0,  # noqa: ARG001 - what random flows give is known in closed form
    years: int | None = None,
) -> tuple[Estimate, ...]:
    """Measure which supply ties are traceable, and which have data alongside.

    Parameters
    ----------
    record
        Reads ``ties``.
    seed
        Not used: nothing is drawn.
    years
        Calendar years of each window; None for the whole record only.

    Returns
    -------
    tuple of Estimate
        By window: traceable share, share with data alongside, its ratio to chance.
    """
    chain = _chain(record)
    return tuple(e for window in windows(record, years) for e in _measured(window, chain))


def _chain(record: Record) -> Chain:
    firms = record["firms"].select("firm_id").unique().sort("firm_id")
    firms = firms.with_columns(firm=pl.int_range(pl.len(), dtype=pl.Int64))
    ties = record["ties"].filter(
        pl.col("kind").is_in(("supply", *DATA_KINDS)), pl.col("source") != pl.col("target")
    )
    for side, place in (("source", "from"), ("target", "to")):
        ties = ties.join(firms.rename({"firm_id": side, "firm": place}), on=side)
    ties = ties.sort("tie_id")
    supply, flows = ties.filter(pl.col("kind") == "supply"), ties.filter(pl.col("kind") != "supply")
    event = pl.int_range(pl.len(), dtype=pl.Int64)
    ends = pl.concat([supply.select(event=event, firm=side) for side in ("from", "to")])
    return Chain(
        supply["from"].to_numpy(),
        supply["to"].to_numpy(),
        days(supply["start"]),
        days(supply["end"]),
        _stated(supply["traceable"]),
        incidence_of(ends, supply.height),
        flows["from"].to_numpy(),
        flows["to"].to_numpy(),
        days(flows["start"]),
        days(flows["end"]),
    )


def _stated(answers: pl.Series) -> Floats:
    """Return 1 for yes, 0 for no, NaN where neither is said."""
    said = answers.replace_strict({"yes": 1.0, "no": 0.0}, default=None, return_dtype=pl.Float64)
    return said.fill_null(np.nan).to_numpy()


def _measured(window: Window, chain: Chain) -> Iterator[Estimate]:
    chosen = window.lasting(chain.start, chain.end)
    stated = chosen & np.isfinite(chain.traceable)
    if not np.isfinite(chain.traceable).any():
        yield TRACEABLE.missing(window, NOT_SAID)
    else:
        yes = chain.traceable[stated] > 0.0
        yield TRACEABLE.share(window, yes, subset(chain.incidence, stated))
    if chain.source.size == 0 or chain.flow_from.size == 0:
        reason = NO_SUPPLY if chain.source.size == 0 else NO_DATA
        yield from (m.missing(window, reason) for m in (ALONGSIDE, RATIO))
        return
    yield from _alongside(window, chain, chosen)


def _alongside(window: Window, chain: Chain, chosen: NDArray[np.bool_]) -> Iterator[Estimate]:
    """Compare supply ties with data flows between the same firms."""
    flowing = window.lasting(chain.flow_start, chain.flow_end)
    sender, receiver = chain.flow_from[flowing], chain.flow_to[flowing]
    one, other = chain.source[chosen], chain.target[chosen]
    if one.size == 0:
        yield from (m.missing(window) for m in (ALONGSIDE, RATIO))
        return
    size = (
        int(max(chain.source.max(), chain.target.max(), chain.flow_from.max(), chain.flow_to.max()))
        + 1
    )
    pairs = np.unique(np.minimum(sender, receiver) * size + np.maximum(sender, receiver))
    beside = np.isin(np.minimum(one, other) * size + np.maximum(one, other), pairs)
    incidence = subset(chain.incidence, chosen)
    yield ALONGSIDE.share(window, beside, incidence)
    sent, received = (np.bincount(x, minlength=size).astype(float) for x in (sender, receiver))
    mean = (sent[one] * received[other] + sent[other] * received[one]) / max(sender.size, 1)
    expected = float((-np.expm1(-mean)).mean())
    if expected == 0.0:
        reason = Text(
            "data placed at random would never run beside a supply tie",
            "随机放置的数据流动不会与供应关系并行",
        )
        yield RATIO.missing(window, reason, one.size)
        return
    influence = (beside - beside.mean()) / (beside.size * expected)
    yield RATIO.function_of_means(
        window, float(beside.mean()) / expected, influence, incidence, bounds=(0.0, np.inf)
    )
