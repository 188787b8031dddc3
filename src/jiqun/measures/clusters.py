"""Clusters 集群识别: which sets of firms hold together in space and in links, more than chance has it?

Ties, digital ties, alliances and places are layers, each compared with its own expectation: links with
the configuration model and with how they thin out with distance, places with all firms around or with
the other industries. Held-out links choose the resolution and the weights; resampled networks say how
firmly a firm belongs; links that a resampled network has not seen say whether there is a cluster.

Paper: E1 (firms and institutions with strong ties, concentrated), E3, E4 (two spaces), E6 (co-location
is not necessary)

References
----------
Delgado, M., Porter, M. E. & Stern, S. (2016). Defining clusters of related industries. Journal of
Economic Geography 16(1), 1-38. doi:10.1093/jeg/lbv017
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jiqun.measures.estimate import Estimate, not_measured
from jiqun.measures.readings.cluster_layers import LINKS, ClusterLayers, cluster_layers
from jiqun.numerics.communities import (
    SMALLEST,
    Communities,
    Map,
    Support,
    network,
    search,
    sureness,
)
from jiqun.numerics.random import stream
from jiqun.record.cluster import BoundaryEvidence, Cluster, Space
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text, joined

NAME = "clusters"
LEVEL = 0.05
"""Chance that a record without clusters shows any that is carried by links."""
CLUMPED = 1.0 / 3.0
"""Share of the located members in one clump from which geography carries a cluster."""
TWICE = 2.0
PLACED = 0.5
FEWEST_GROUPS = 30
"""Ties and alliances without which nothing can be held out."""
SHOWN_INDUSTRIES = 3
REFERENCES = (
    "doi:10.1088/1742-5468/2008/10/P10008",
    "doi:10.1198/jasa.2009.tm08647",
    "doi:10.1093/jeg/lbv017",
)
NEEDS = ("ties.source", "memberships.firm_id", "sites.longitude")
TOO_FEW = Text(
    "{n} distinct ties and alliances between firms of the record and no clump of firms of related "
    "industries; at least 30 are needed, since clusters are judged by links that were held out",
    "记录内企业间仅有 {n} 条不重复的关系与联盟,且无相关行业企业的集聚;集群须由留出的关系检验,至少需 30 条",
)
METHOD = Text(
    "Louvain partition of {l} at resolution {r:.3g}, weights {w}, chosen by held-out links; "
    "{d} resampled networks of 70% of the links.",
    "对{l}作 Louvain 划分,分辨率 {r:.3g},权重 {w},由留出的关系选定;{d} 次重抽样,每次保留 70% 的关系。",
)
NO_INTERVAL = Text(
    "No interval: how firmly each firm belongs stands with each cluster (jiqun clusters).",
    "不给出区间:各企业归属的稳定程度见各集群(jiqun clusters)。",
)
SURE = 0.8
UNSURE = Text(
    "{n} of {m} memberships are below 0.8: on planted records many such firms were in no cluster. What a "
    "membership says was right on average there; where firms link with the nearest ones it is too much, where "
    "they are in two clusters too little.",
    "{m} 项归属中有 {n} 项低于 0.8:在预设集群的记录中,此类企业不少并不属于任何集群。归属值为该类记录中的平均正确率;"
    "企业多与最近者往来时偏高,企业同属两个集群时偏低。",
)
LAYER = {
    "ties": Text("ties", "双边关系"),
    "digital_ties": Text("digital ties", "数字关系"),
    "alliances": Text("alliances", "联盟"),
    "geography": Text("geography", "地理"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusters:
    """The clusters of a record.

    Attributes
    ----------
    clusters
        Largest first.
    firms
        Firms of the record.
    method
        What was done, with the resolution and weights chosen.
    warnings
        What the record lacks, and how many memberships are unsure.
    reason
        Why none could be looked for; None where they could.
    """

    clusters: tuple[Cluster, ...]
    firms: int
    method: Text
    warnings: tuple[Text, ...]
    reason: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What is the same for all communities of a record.

    Attributes
    ----------
    layers
        Its layers.
    placed
        Whether each firm has a place, shape (N,).
    clump
        Share of the located firms in each clump.
    industry
        Share of each industry.
    map
        Where all firms are.
    """

    layers: ClusterLayers
    placed: NDArray[np.bool_]
    clump: NDArray[np.float64]
    industry: NDArray[np.float64]
    map: Map


def _whole(layers: ClusterLayers) -> Whole:
    """Count once what each community is compared with."""
    placed = np.isfinite(layers.place[:, 0])
    parts, known = layers.geography.part, layers.industry[layers.industry >= 0]
    return Whole(
        layers=layers,
        placed=placed,
        clump=np.bincount(parts[parts >= 0]) / max(int(placed.sum()), 1),
        industry=np.bincount(known, minlength=len(layers.industry_names)) / max(known.size, 1),
        map=Map(layers.place),
    )


def find_clusters(record: Record, *, seed: int = 0, workers: int | None = None) -> Clusters:
    """Find the clusters of a record.

    Parameters
    ----------
    record
        Reads ``firms``, ``ties``, ``memberships`` and ``sites``; any may be missing but the first.
    seed
        Seed of the run.
    workers
        Partitions made side by side (None: one a core); the clusters do not depend on it.

    Returns
    -------
    Clusters
        Each with members, how firmly they belong, and the evidence for its boundary.
    """
    layers = cluster_layers(record)
    firms = len(layers.firm_ids)
    groups = sum(layer.groups for layer in layers.links)
    lonely = groups < FEWEST_GROUPS
    if lonely and not (layers.by_industry and layers.geography.clumped.any()):
        reason = TOO_FEW.fill(n=groups)
        return Clusters(
            clusters=(), firms=firms, method=reason, warnings=layers.warnings, reason=reason
        )
    every = (*layers.links, layers.geography.layer)
    tested = (*(layer.groups > 0 for layer in layers.links), False)
    found = search(network(firms, every), tested, layers.place, stream(seed, NAME), workers=workers)
    named = _named(_accepted(layers, found, tested))
    return Clusters(
        clusters=named,
        firms=firms,
        method=_method(found, tested, layers),
        warnings=(*layers.warnings, *_doubts(named)),
    )


def _doubts(clusters: tuple[Cluster, ...]) -> tuple[Text, ...]:
    """Say how many memberships are unsure."""
    shares = np.array([share for cluster in clusters for share in cluster.membership])
    low = int((shares < SURE).sum())
    return (UNSURE.fill(n=low, m=shares.size),) if low else ()


def _method(found: Communities, tested: tuple[bool, ...], layers: ClusterLayers) -> Text:
    """Say which layers there were and which setting was chosen."""
    used = [name for name, there in zip(LINKS, tested, strict=False) if there]
    weights = [w for w, there in zip(found.setting.weights, tested, strict=True) if there]
    if layers.geography.layer.groups:
        used, weights = [*used, "geography"], [*weights, found.setting.weights[-1]]
    listed = joined((LAYER[name] for name in used), ", ", "、")
    shown = " : ".join(f"{weight:g}" for weight in weights)
    return METHOD.fill(l=listed, r=found.setting.resolution, w=shown, d=found.draws)


def _accepted(layers: ClusterLayers, found: Communities, tested: tuple[bool, ...]) -> list[Cluster]:
    """Keep the communities that are more than chance, each with its evidence."""
    names = [name for name, there in zip(LINKS, tested, strict=False) if there]
    whole = _whole(layers)
    bounds = np.searchsorted(found.community, np.arange(found.count + 1))
    clusters = []
    for number in range(found.count):
        rows = slice(bounds[number], bounds[number + 1])
        members = found.firm[rows]
        if members.size < SMALLEST:
            continue
        geography = _geography(whole, members)
        evidence = [*_links(names, found.support, number, found.count), geography]
        if _is_cluster(evidence, found, number, by_industry=layers.by_industry):
            if not geography.carries:
                evidence[-1] = _gathered(whole, members, geography, found.count)
            clusters.append(
                Cluster(
                    name="",
                    space=_space(whole, members, evidence),
                    members=tuple(layers.firm_ids[firm] for firm in members),
                    membership=tuple(sureness(found.membership[rows]).tolist()),
                    evidence=tuple(evidence),
                    industries=_industries(whole, members),
                )
            )
    return clusters


def _links(
    names: list[str], support: tuple[Support, ...], number: int, count: int
) -> list[BoundaryEvidence]:
    """Write down what each layer of links, and all together, say about one community."""
    return [
        BoundaryEvidence(
            layer=name,
            observed=float(each.joined[number]),
            expected=float(each.due_near[number]),
            p_value=float(each.p_value_near[number]),
            carries=bool(each.p_value_near[number] * (count if name == "links" else 1) <= LEVEL),
        )
        for name, each in zip([*names, "links"] if names else [], support, strict=True)
    ]


def _geography(whole: Whole, members: NDArray[np.int32]) -> BoundaryEvidence:
    """Say which share of the located members is in one clump."""
    mine = whole.layers.geography.part[members]
    mine = mine[mine >= 0]
    if mine.size == 0:
        return BoundaryEvidence(
            layer="geography", observed=0.0, expected=0.0, p_value=None, carries=False
        )
    numbers, counts = np.unique(mine, return_counts=True)
    clump, inside = int(numbers[counts.argmax()]), int(counts.max())
    share, overall = inside / int(whole.placed[members].sum()), float(whole.clump[clump])
    return BoundaryEvidence(
        layer="geography",
        observed=share,
        expected=overall,
        p_value=None,
        carries=inside >= SMALLEST and share >= CLUMPED and share >= TWICE * overall,
    )


def _gathered(
    whole: Whole, members: NDArray[np.int32], clump: BoundaryEvidence, count: int
) -> BoundaryEvidence:
    """Say whether a cluster that links hold is at one place all the same, though in no clump."""
    circle = whole.map.circle(whole.layers.place[members], CLUMPED)
    if circle is None or circle.share < TWICE * circle.overall:
        return clump
    p_value = min(circle.p_value * count, 1.0)
    return BoundaryEvidence(
        layer="geography",
        observed=circle.share,
        expected=circle.overall,
        p_value=p_value,
        carries=p_value <= LEVEL,
    )


def _is_cluster(
    evidence: list[BoundaryEvidence], found: Communities, number: int, *, by_industry: bool
) -> bool:
    """Say whether links beyond distance, a clump of related industries, or links in a clump hold it."""
    carried = {each.layer: each.carries for each in evidence}
    if carried.get("links") or (carried["geography"] and by_industry):
        return True
    plain = found.support[-1].p_value[number] if found.support else 1.0
    return bool(carried["geography"] and plain * found.count <= LEVEL)


def _space(whole: Whole, members: NDArray[np.int32], evidence: list[BoundaryEvidence]) -> Space:
    """Say in which space a cluster is: by the layers that carry it."""
    carried = {each.layer for each in evidence if each.carries}
    if whole.placed[members].mean() < PLACED:
        return "unplaced"
    if "geography" not in carried:
        return "virtual"
    return "both" if carried & {"digital_ties", "alliances"} else "physical"


def _industries(whole: Whole, members: NDArray[np.int32]) -> tuple[tuple[str, float, float], ...]:
    """Return the most frequent industries with their share inside and in the record."""
    mine = whole.layers.industry[members]
    mine = mine[mine >= 0]
    if mine.size == 0:
        return ()
    inside = np.bincount(mine, minlength=whole.industry.size) / mine.size
    first = np.argsort(-inside, kind="stable")[:SHOWN_INDUSTRIES]
    return tuple(
        (whole.layers.industry_names[i], float(inside[i]), float(whole.industry[i]))
        for i in first
        if inside[i] > 0
    )


def _named(clusters: list[Cluster]) -> tuple[Cluster, ...]:
    """Name clusters by falling size."""
    order = sorted(clusters, key=lambda cluster: (-len(cluster.members), cluster.members))
    width = max(2, len(str(len(order))))
    return tuple(
        Cluster(
            name=f"C{place:0{width}d}",
            space=each.space,
            members=each.members,
            membership=each.membership,
            evidence=each.evidence,
            industries=each.industries,
        )
        for place, each in enumerate(order, 1)
    )


def clusters(record: Record, *, seed: int = 0) -> tuple[Estimate, ...]:
    """Count the clusters of a record, and the firms in them.

    Parameters
    ----------
    record
        As for :func:`find_clusters`.
    seed
        Seed of the run.

    Returns
    -------
    tuple of Estimate
        Number of clusters; shares of the firms in a cluster, and of the clusters that need no place.
    """
    found = find_clusters(record, seed=seed)
    label = Text("Clusters found", "识别出的集群数")
    if found.reason is not None:
        return (not_measured(NAME, label, found.reason, needs=NEEDS, n=found.firms),)
    members = {firm for cluster in found.clusters for firm in cluster.members}
    spaces = [cluster.space for cluster in found.clusters]
    values = [
        ("number", label, float(len(spaces))),
        (
            "firms",
            Text("Share of firms in a cluster", "属于集群的企业比例"),
            len(members) / found.firms,
        ),
    ]
    if spaces and "unplaced" not in spaces:
        title = Text("Share of clusters held by links alone", "仅由关系维系的集群比例")
        values.append(("virtual", title, spaces.count("virtual") / len(spaces)))
    return tuple(
        Estimate(
            measure=NAME,
            label=title,
            of=(("statistic", statistic),),
            value=value,
            interval=NO_INTERVAL,
            n=found.firms,
            method=found.method,
            references=REFERENCES,
            warnings=found.warnings,
        )
        for statistic, title, value in values
    )
