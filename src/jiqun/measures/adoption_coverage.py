"""Adoption along the chain 产业链数字化覆盖: do firms at every position use data and platforms?

Positions are read from supply ties: upstream firms only sell, midstream firms buy and sell, downstream
firms only buy. A mean over the cluster can hide that only its core has adopted; the gap between positions
shows it.

Paper: T6 (the whole chain is empowered), S1 (tools adopted), Z1 (adoption by position), K2d

References
----------
Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of
the American Statistical Association 22(158), 209-212. doi:10.1080/01621459.1927.10502953
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy import stats

from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.marker import EACH_ALONE, LEVEL, Marker, alone
from jiqun.measures.readings.windows import Flags, Floats, Window, days, windows
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "adoption_coverage"
POSITIONS = {
    "upstream": Text("upstream (sell only)", "上游(只供应)"),
    "midstream": Text("midstream (buy and sell)", "中游(既采购又供应)"),
    "downstream": Text("downstream (buy only)", "下游(只采购)"),
    "all": Text("at any position", "各环节合计"),
}
LEAST = 5
"""Firms that a position must have for the gap."""
EVIDENCE = Text(
    "A firm has adopted where an account of the window has data capital, data spending or digital "
    "revenue, or it takes part in a platform or owns a data asset in the window; it has not where an "
    "account states 0 and there is none of the rest; otherwise it is not known and left out. Positions "
    "are by supply ties of the window.",
    "企业在时段内的账目有数据资本、数据支出或数字业务收入,或参与平台、拥有数据资产,视为已应用;"
    "账目注明为 0 且无其他证据,视为未应用;其余不详,不计入。环节按时段内的供应关系划分。",
)
COVERAGE = Marker(
    measure=NAME,
    statistic="coverage",
    label=Text(
        "Share of firms {position} that use data or platforms",
        "{position}企业中应用数据或平台的份额",
    ),
    method=EVIDENCE,
    n_of=Text("firms in the chain", "链上企业"),
    needs=("accounts.data_spending", "ties.kind"),
    references=("doi:10.1080/01621459.1927.10502953",),
    units=EACH_ALONE,
)
GAP = COVERAGE.worded(
    statistic="gap between positions",
    label=Text(
        "Gap in coverage between the best and the worst covered position",
        "覆盖率最高与最低环节之差",
    ),
    method=Text(
        "{evidence} Positions with fewer than {n} firms do not count.",
        "{evidence}企业不足 {n} 家的环节不计。",
    ).fill(evidence=EVIDENCE, n=LEAST),
)
GAP_INTERVAL = Text(
    "Range of the difference between these two positions among firms like these (Newcombe's, from "
    "Wilson's intervals). They were picked as best and worst, so the gap is too large on average; see "
    "the gap by chance.",
    "同类企业中该两环节之差所处范围(由 Wilson 区间按 Newcombe 法合成)。"
    "两环节系事后选取,差值平均偏大;参见偶然差值。",
)
BY_CHANCE = GAP.worded(
    statistic="gap by chance",
    label=Text("Gap where position makes no difference", "与环节无关时的覆盖率差"),
    method=Text(
        "Median and 95% band of the range of independent normal shares with the pooled coverage, at the "
        "numbers of firms observed.",
        "以合并覆盖率与观测企业数,取独立正态份额极差的中位数与 95% 范围。",
    ),
)
CHANCE_BAND = Text(
    "Not an interval around the gap: 95 of 100 gaps that chance alone makes lie between.",
    "并非差值的区间:偶然产生的差值有 95% 位于其间。",
)
NO_CHAIN = Text("no supply tie places a firm in the chain", "没有供应关系可确定企业所处环节")
NO_EVIDENCE = Text(
    "no account states data capital, data spending or digital revenue, so that not using and not "
    "recording cannot be told apart",
    "没有账目注明数据资本、数据支出或数字业务收入,无法区分未应用与未记录",
)
ONE_POSITION = Text(
    "fewer than two positions have {n} firms of known adoption",
    "应用情况已知企业达 {n} 家的环节不足两个",
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Dated evidence about numbered firms: 1 has adopted, 0 states that it has not."""

    firm: NDArray[np.int64]
    start: Floats
    end: Floats
    adopted: Flags


@dataclass(frozen=True, slots=True)
class Chain:
    """Supply ties between numbered firms."""

    seller: NDArray[np.int64]
    buyer: NDArray[np.int64]
    start: Floats
    end: Floats
    firms: int


def adoption_coverage(
    record: Record,
    *,
    seed: int = 0,  # noqa: ARG001 - chance is integrated, not drawn
    years: int | None = None,
) -> tuple[Estimate, ...]:
    """Measure the share of firms that use data or platforms, by position in the chain.

    Parameters
    ----------
    record
        Reads ``ties``, ``accounts``, ``participations`` and ``data_assets``.
    seed
        Not used: nothing is drawn.
    years
        Calendar years of each window; None for the whole record only.

    Returns
    -------
    tuple of Estimate
        By window: coverage upstream, midstream, downstream and together; gap between the best and
        worst covered position; the gap by chance.
    """
    firms = record["firms"].select("firm_id").unique().sort("firm_id")
    firms = firms.with_columns(firm=pl.int_range(pl.len(), dtype=pl.Int64))
    chain, evidence = _chain(record, firms), _evidence(record, firms)
    return tuple(e for w in windows(record, years) for e in _measured(w, chain, evidence))


def _chain(record: Record, firms: pl.DataFrame) -> Chain:
    ties = record["ties"].filter(pl.col("kind") == "supply", pl.col("source") != pl.col("target"))
    for side, place in (("source", "from"), ("target", "to")):
        ties = ties.join(firms.rename({"firm_id": side, "firm": place}), on=side)
    return Chain(
        ties["from"].to_numpy(),
        ties["to"].to_numpy(),
        days(ties["start"]),
        days(ties["end"]),
        firms.height,
    )


def _evidence(record: Record, firms: pl.DataFrame) -> Evidence:
    amounts = [pl.col(c) for c in ("data_capital", "data_spending", "digital_revenue")]
    stated = record["accounts"].filter(pl.any_horizontal(a.is_not_null() for a in amounts))
    used = pl.any_horizontal((a > 0).fill_null(value=False) for a in amounts)
    yes = pl.lit(value=True)
    parts = [
        stated.select("firm_id", "start", "end", adopted=used),
        record["participations"].select("firm_id", start="joined", end="left", adopted=yes),
        record["data_assets"].select("start", "end", firm_id="owner", adopted=yes),
    ]
    every = pl.concat([p.select("firm_id", "start", "end", "adopted") for p in parts])
    every = every.join(firms, on="firm_id")
    return Evidence(
        every["firm"].to_numpy(),
        days(every["start"]),
        days(every["end"]),
        every["adopted"].to_numpy(),
    )


def _measured(window: Window, chain: Chain, evidence: Evidence) -> Iterator[Estimate]:
    reason = NO_CHAIN if chain.seller.size == 0 else None
    reason = NO_EVIDENCE if reason is None and not (~evidence.adopted).any() else reason
    if reason is not None:
        yield from (_coverage(p).missing(window, reason) for p in POSITIONS)
        yield from (m.missing(window, reason) for m in (GAP, BY_CHANCE))
        return
    position = _positions(window, chain)
    chosen = window.lasting(evidence.start, evidence.end)
    known, adopted = np.zeros(chain.firms, dtype=bool), np.zeros(chain.firms, dtype=bool)
    known[evidence.firm[chosen]] = True
    adopted[evidence.firm[chosen & evidence.adopted]] = True
    counts = []
    for place, name in enumerate(POSITIONS):
        at = known & (position >= 0) if name == "all" else known & (position == place)
        n = int(at.sum())
        counts.append((int((adopted & at).sum()), n))
        yield _coverage(name).share(window, adopted[at], alone(n))
    yield from _gap(window, [c for c in counts[:-1] if c[1] >= LEAST])


def _coverage(position: str) -> Marker:
    label = COVERAGE.label.fill(position=POSITIONS[position])
    return COVERAGE.worded(label=label, of=(("position", position),))


def _positions(window: Window, chain: Chain) -> NDArray[np.int64]:
    """Place firms: 0 upstream, 1 midstream, 2 downstream, −1 outside the chain."""
    chosen = window.lasting(chain.start, chain.end)
    sells, buys = np.zeros(chain.firms, dtype=bool), np.zeros(chain.firms, dtype=bool)
    sells[chain.seller[chosen]] = True
    buys[chain.buyer[chosen]] = True
    return np.where(sells & buys, 1, np.where(sells, 0, np.where(buys, 2, -1)))


def _gap(window: Window, counts: list[tuple[int, int]]) -> Iterator[Estimate]:
    if len(counts) < 2:  # noqa: PLR2004 - a gap takes two
        reason = ONE_POSITION.fill(n=LEAST)
        yield from (m.missing(window, reason) for m in (GAP, BY_CHANCE))
        return
    ordered = sorted(counts, key=lambda c: c[0] / c[1])
    (low_k, low_n), (high_k, high_n) = ordered[0], ordered[-1]
    p, q = high_k / high_n, low_k / low_n
    (p_low, p_high), (q_low, q_high) = _wilson(p, high_n), _wilson(q, low_n)
    gap = p - q
    ends = (
        max(gap - float(np.hypot(p - p_low, q_high - q)), -1.0),
        min(gap + float(np.hypot(p_high - p, q - q_low)), 1.0),
    )
    n = sum(c[1] for c in counts)
    yield GAP.estimate(window, gap, ends, meaning=GAP_INTERVAL, n=n)
    low, middle, high = _range_by_chance([c[1] for c in counts], sum(c[0] for c in counts) / n)
    yield BY_CHANCE.estimate(window, middle, (low, high), meaning=CHANCE_BAND, n=n)


def _wilson(share: float, n: int) -> tuple[float, float]:
    z = float(stats.norm.isf(0.5 - LEVEL / 2))
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return float(min(centre - half, share)), float(max(centre + half, share))


def _range_by_chance(sizes: list[int], share: float) -> tuple[float, float, float]:
    """Find quantiles of the range of independent shares by integrating over the least of them."""
    error = np.sqrt(share * (1 - share) / np.array(sizes, dtype=float))
    if error.max() == 0.0:
        return 0.0, 0.0, 0.0
    least = np.linspace(-6, 6, 601) * error.max()
    density = stats.norm.pdf(least[:, None] / error) / error
    gaps = np.linspace(0, 8, 801) * error.max()
    within = stats.norm.cdf((least[:, None, None] + gaps[:, None]) / error) - stats.norm.cdf(
        least[:, None, None] / error
    )
    others = [
        np.delete(within, i, axis=2).prod(axis=2) * density[:, [i]] for i in range(len(sizes))
    ]
    reached = np.trapezoid(sum(others), least, axis=0)
    low, middle, high = (
        float(gaps[min(np.searchsorted(reached, q), gaps.size - 1)]) for q in (0.025, 0.5, 0.975)
    )
    return low, middle, high
