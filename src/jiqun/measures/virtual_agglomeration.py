r"""Virtual agglomeration 虚拟集聚: are the firms of an industry close to each other in the network?

The question of co-location, asked in network space: distance is the number of ties on the shortest way.

.. math:: M(h) = \frac{1}{N_s} \sum_{i \in s} \frac{n_s(i, h)}{n(i, h)} \Big/ \frac{N_s - 1}{N - 1}

M(1) = 2 means that among the partners of the industry's firms, its share is twice its share of all firms
in the network. Chance exchanges industries among firms with about as many ties. An industry may be
concentrated in both spaces, in one, or in neither; that is for the reader to put side by side.

Paper: E4 (agglomeration in geographical and in network space), K2i (virtual agglomeration without
proximity)

References
----------
Marcon, E. & Puech, F. (2010). Measures of the geographic concentration of industries: improving
distance-based methods. Journal of Economic Geography 10(5), 745-762. doi:10.1093/jeg/lbp056
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from jiqun.measures.estimate import Estimate, not_measured, p_words, rate_words
from jiqun.measures.readings.collaborations import industry_groups
from jiqun.measures.readings.tie_layers import LAYERS, Layer, ties_by_layer, told_of_alliances
from jiqun.numerics.network_concentration import network_m, relabelled_m, within_steps
from jiqun.numerics.point_pattern.false_discovery import adjusted
from jiqun.numerics.random import stream
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "virtual_agglomeration"
LEVEL = 0.95
PERMUTATIONS = 999
STEPS = (1, 2)
FEWEST = 10
"""Firms of an industry in the network below which it is not tested."""
REFERENCES = ("doi:10.1093/jeg/lbp056",)
NEEDS = ("ties.source", "ties.target", "ties.channel", "firms.industry_code")
TITLE = Text("Virtual agglomeration", "虚拟集聚")
FIRMS = Text("firms in the network", "网络中的企业")
CHANCE = Text(
    "Not an interval around the value: the middle 95% of it if industries were exchanged among firms "
    "with about as many ties.",
    "并非估计值的区间:若在关系数相近的企业间互换行业,该值中间 95% 的范围。",
)
UNTOLD = Text(
    "The record has no virtual ties. These are ties whose channel it does not tell: the network may "
    "not be a virtual one.",
    "记录中没有线上关系,此处使用渠道不详的关系:该网络未必是虚拟网络。",
)


@dataclass(frozen=True, slots=True)
class Network:
    """Firms with ties and an industry, and their ties."""

    layer: Layer
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    industry: NDArray[np.int64]
    names: tuple[str, ...]
    level: Text
    left_out: int
    told: tuple[Text, ...]

    @property
    def degree(self) -> NDArray[np.int64]:
        """Ties of each firm, shape (N,)."""
        ends = np.concatenate([self.source, self.target])
        return np.bincount(ends, minlength=self.industry.size).astype(np.int64)


def virtual_agglomeration(record: Record, *, seed: int = 0) -> tuple[Estimate, ...]:
    """Measure how concentrated each industry is in the network of virtual ties.

    Parameters
    ----------
    record
        Reads ``ties`` (channel, kind), ``alliances`` (platform, kind), ``memberships`` and ``firms``
        (industry).
    seed
        Addresses the exchanges of industries.

    Returns
    -------
    tuple of Estimate
        M within one and two steps, for each industry with ten firms in the network.
    """
    network = _network(record)
    if isinstance(network, Text):
        return (not_measured(NAME, TITLE, network, needs=NEEDS),)
    counts = np.bincount(network.industry, minlength=len(network.names))
    tested = np.flatnonzero(counts >= FEWEST)
    if not tested.size or (counts > 0).sum() == 1:
        reason = Text(
            "no industry has ten firms in the network, or there is only one",
            "没有行业在网络中有十家企业,或仅有一个行业",
        )
        return (not_measured(NAME, TITLE, reason, needs=NEEDS, n=int(counts.sum())),)
    return tuple(e for steps in STEPS for e in _within(network, tested, steps, seed))


def _network(record: Record) -> Network | Text:
    """Read the virtual ties, or those whose channel is not told where there are none."""
    ties = ties_by_layer(record)
    present = set(ties["layer"].unique())
    layer: Layer = "virtual" if "virtual" in present else "untold"
    mine = ties.filter(pl.col("layer") == layer)
    if mine.is_empty():
        return (
            Text("the record has physical ties only", "记录中只有线下关系")
            if present
            else Text("the record has no ties between its firms", "记录中没有企业间的双边关系")
        )
    firms = record["firms"].select("firm_id").unique().sort("firm_id").with_row_index("firm")
    firms = firms.with_columns(pl.col("firm").cast(pl.Int64))
    groups = industry_groups(record, firms)
    number = firms.with_columns(group=pl.Series(groups.group)).filter(pl.col("group") >= 0)
    ends = (
        mine.join(number.select(source="firm_id", a="firm"), on="source")
        .join(number.select(target="firm_id", b="firm"), on="target")
        .sort("tie_id")
    )
    used, position = np.unique(
        np.concatenate([ends["a"].to_numpy(), ends["b"].to_numpy()]), return_inverse=True
    )
    if not used.size:
        return Text("no firm with ties has an industry code", "有关系的企业均无行业代码")
    codes = record["firms"].unique("firm_id").sort("firm_id")["industry_code"].to_list()
    return Network(
        layer=layer,
        source=position[: ends.height].astype(np.int64),
        target=position[ends.height :].astype(np.int64),
        industry=groups.group[used],
        names=_names(groups.group, codes),
        level=groups.level,
        left_out=mine.height - ends.height,
        told=told_of_alliances(record, mine) if layer == "virtual" else (),
    )


def _names(group: NDArray[np.int64], codes: list[str | None]) -> tuple[str, ...]:
    """Name each group by what the codes of its firms begin with."""
    members: dict[int, list[str]] = {}
    for number, code in zip(group.tolist(), codes, strict=True):
        if number >= 0 and code is not None:
            members.setdefault(number, []).append(code)
    return tuple(_start_of(members[number]) for number in sorted(members))


def _start_of(codes: list[str]) -> str:
    low, high = min(codes), max(codes)
    differs = (i for i, (a, b) in enumerate(zip(low, high, strict=False)) if a != b)
    return low[: next(differs, len(low))] or low


def _within(
    network: Network, tested: NDArray[np.int64], steps: int, seed: int
) -> tuple[Estimate, ...]:
    """Measure M of the tested industries at one distance."""
    nodes, kinds = network.industry.size, len(network.names)
    near = within_steps(network.source, network.target, nodes, steps)
    of = (("within", str(steps)),)
    if near is None:
        reason = Text(
            "too many pairs of firms are within {h} steps to count",
            "{h} 步以内的企业对过多,无法计数",
        ).fill(h=steps)
        return (not_measured(NAME, TITLE, reason, of=of, n=nodes),)
    draws = int(stream(seed, NAME, str(steps)).integers(2**31))
    value = network_m(near, network.industry, kinds)
    null = relabelled_m(near, network.industry, kinds, network.degree, PERMUTATIONS, seed=draws)
    known = tested[np.isfinite(value[tested]) & np.isfinite(null[:, tested]).all(axis=0)]
    if not known.size:
        reason = Text("no industry has a firm with a partner", "没有行业的企业具有合作伙伴")
        return (not_measured(NAME, TITLE, reason, of=of, n=nodes),)
    high = (1 + (null[:, known] >= value[known]).sum(axis=0)) / (PERMUTATIONS + 1)
    low = (1 + (null[:, known] <= value[known]).sum(axis=0)) / (PERMUTATIONS + 1)
    p = np.minimum(2.0 * np.minimum(low, high), 1.0)
    rate = adjusted(p)
    ends = np.quantile(null[:, known], [0.5 - LEVEL / 2, 0.5 + LEVEL / 2], axis=0)
    counts = np.bincount(network.industry, minlength=kinds)
    return tuple(
        _estimate(
            network,
            (network.names[k], steps),
            value=float(value[k]),
            ends=(float(ends[0, i]), float(ends[1, i])),
            told=(float(p[i]), float(rate[i]), int(known.size)),
            firms=int(counts[k]),
        )
        for i, k in enumerate(known.tolist())
    )


def _estimate(
    network: Network,
    of: tuple[str, int],
    *,
    value: float,
    ends: tuple[float, float],
    told: tuple[float, float, int],
    firms: int,
) -> Estimate:
    code, steps = of
    p, rate, tests = told
    discovery = Text(
        "{p}; over the {k} industries tested, it counts at a false-discovery rate q {q}.",
        "{p};在所检验的 {k} 个行业中,将其认定为发现的错误发现率 q {q}。",
    ).fill(p=p_words(p), k=tests, q=rate_words(rate))
    return Estimate(
        measure=NAME,
        of=(("industry", code), ("within", str(steps))),
        label=Text(
            "Share of industry {i} within {h} steps of its firms in the network, over its share of all",
            "行业 {i} 在其企业网络距离 {h} 步以内的占比与其总体占比之比",
        ).fill(i=code, h=steps),
        value=value,
        low=ends[0],
        high=ends[1],
        level=LEVEL,
        interval=CHANCE,
        n=firms,
        n_of=FIRMS,
        method=Text(
            "M of {n} firms by {l} ({s}); {p} exchanges of industries among firms with about as many ties.",
            "按{l}对 {n} 家企业计算 M({s});在关系数相近的企业间互换行业 {p} 次。",
        ).fill(n=network.industry.size, l=LAYERS[network.layer], s=network.level, p=PERMUTATIONS),
        references=REFERENCES,
        warnings=(discovery, *_warnings(network)),
    )


def _warnings(network: Network) -> tuple[Text, ...]:
    absent = Text(
        "{n} ties are left out: a firm without an industry code in the usual classification.",
        "{n} 条关系未计入:企业缺少通用分类下的行业代码。",
    ).fill(n=network.left_out)
    return (
        *((UNTOLD,) if network.layer == "untold" else ()),
        *network.told,
        *((absent,) if network.left_out else ()),
    )
