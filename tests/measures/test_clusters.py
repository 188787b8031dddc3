"""Clusters: planted ones are found and told apart, none is found where there is none."""

import numpy as np
import polars as pl
import pytest

from jiqun.measures.clusters import Clusters, clusters, find_clusters
from jiqun.numerics.communities.sureness import RIGHT
from jiqun.record.record import Record
from jiqun.record.selection import select
from tests.measures.planted_clusters import Family, adjusted_rand, alone, planted


def label(found: Clusters, firms: int) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Return the first cluster of each firm, −1 for none."""
    labels = np.full(firms, -1)
    for number, cluster in enumerate(found.clusters):
        for name in cluster.members:
            if labels[int(name[1:])] < 0:
                labels[int(name[1:])] = number
    return labels


@pytest.mark.statistical
@pytest.mark.parametrize(
    ("family", "spaces"), [("compact", {"physical", "both"}), ("virtual", {"virtual"})]
)
def test_planted_clusters_are_found_in_their_space(family: Family, spaces: set[str]) -> None:
    world = planted(family, 1, firms=1000, clusters=10, alliances=3.0)
    found = find_clusters(world.record, seed=1)
    assert adjusted_rand(alone(label(found, 1000)), alone(world.first)) > 0.5
    assert sum(c.space in spaces for c in found.clusters) >= 8
    assert 8 <= len(found.clusters) <= 12


@pytest.mark.statistical
@pytest.mark.parametrize("gravity", [False, True])
def test_nothing_is_found_where_there_is_nothing(gravity: bool) -> None:
    """Towns of unequal size, firms of unequal activity, and, second, partners that are near."""
    records = [planted("none", seed, firms=1000, gravity=gravity).record for seed in range(4)]
    assert [len(find_clusters(record, seed=0).clusters) for record in records] == [0] * 4


def test_the_clusters_are_the_same_for_any_number_of_threads() -> None:
    record = planted("mixed", 3, firms=1000, clusters=10).record
    assert find_clusters(record, seed=5, workers=1) == find_clusters(record, seed=5, workers=2)


def test_order_and_names_of_the_rows_do_not_matter() -> None:
    record = planted("compact", 4, firms=1000, clusters=10).record
    turned = record.replace(
        **{name: record[name].reverse() for name in ("firms", "sites", "ties", "memberships")}
    )
    assert find_clusters(turned, seed=0) == find_clusters(record, seed=0)


def test_repeated_ties_and_alliances_add_nothing() -> None:
    """A tie recorded twice would predict itself when one of the two is held out."""
    record = planted("none", 5, firms=600).record
    ties, members = record["ties"], record["memberships"]
    again = record.replace(
        ties=pl.concat([ties, ties.with_columns(pl.col("tie_id") + "-again")]),
        memberships=pl.concat([members, members.with_columns(pl.col("alliance_id") + "-again")]),
    )
    assert find_clusters(again, seed=0) == find_clusters(record, seed=0)


def test_a_firm_in_two_clusters_may_belong_to_both() -> None:
    world = planted("overlapping", 6, ties=16.0, alliances=2.4)
    found = find_clusters(world.record, seed=0)
    named = [firm for cluster in found.clusters for firm in cluster.members]
    twice = {int(firm[1:]) for firm in named if named.count(firm) > 1}
    assert twice
    planted_twice = world.second[list(twice)] >= 0
    assert planted_twice.mean() > 2 * (world.second >= 0).mean()


def test_a_cluster_can_be_cut_out() -> None:
    record = planted("compact", 1, firms=1000, clusters=10).record
    cluster = find_clusters(record, seed=1).clusters[0]
    cut = select(record, firms=cluster.members)
    assert set(cluster.members) <= set(cut["firms"]["firm_id"])
    assert cluster.membership == tuple(sorted(cluster.membership, reverse=True))
    assert RIGHT[0] <= min(cluster.membership) <= max(cluster.membership) == RIGHT[-1]


def test_without_places_a_cluster_is_neither_physical_nor_virtual() -> None:
    world = planted("virtual", 1, firms=1000, clusters=10, alliances=3.0)
    record = Record({name: world.record[name] for name in world.record if name != "sites"})
    found = find_clusters(record, seed=1)
    assert found.clusters
    assert {cluster.space for cluster in found.clusters} == {"unplaced"}
    assert any("coordinates" in warning.en for warning in found.warnings)


def thin_records() -> list[Record]:
    """Records in which nothing can be looked for."""
    firms = pl.DataFrame({"firm_id": [f"f{i}" for i in range(50)]})
    loops = pl.DataFrame(
        {
            "tie_id": [f"t{i}" for i in range(50)],
            "source": firms["firm_id"],
            "target": firms["firm_id"],
        }
    )
    alone_in = pl.DataFrame(
        {"alliance_id": [f"a{i}" for i in range(50)], "firm_id": firms["firm_id"]}
    )
    sites = pl.DataFrame(
        {
            "site_id": firms["firm_id"],
            "firm_id": firms["firm_id"],
            "longitude": 5.0,
            "latitude": 5.0,
        }
    )
    return [
        Record(),
        Record.of(firms=firms.head(0)),
        Record.of(firms=firms),
        Record.of(firms=firms, ties=loops),
        Record.of(firms=firms, memberships=alone_in),
        Record.of(firms=firms, sites=sites),
    ]


@pytest.mark.parametrize("record", thin_records())
def test_a_thin_record_is_answered_with_the_reason(record: Record) -> None:
    (answer,) = clusters(record, seed=0)
    assert answer.value is None
    assert answer.reason is not None
    assert "30" in answer.reason.en


def test_a_star_of_suppliers_is_no_cluster() -> None:
    firms = [f"s{i}" for i in range(400)]
    ties = pl.DataFrame({"tie_id": firms, "source": firms, "target": "buyer"})
    record = Record.of(firms=pl.DataFrame({"firm_id": [*firms, "buyer"]}), ties=ties)
    number, share = clusters(record, seed=0)
    assert (number.value, share.value) == (0.0, 0.0)


def test_the_estimates_count_what_was_found() -> None:
    record = planted("mixed", 2, firms=1000, clusters=10).record
    found = find_clusters(record, seed=0)
    values = {dict(e.of)["statistic"]: e.value for e in clusters(record, seed=0)}
    assert values["number"] == len(found.clusters)
    members = {firm for cluster in found.clusters for firm in cluster.members}
    assert values["firms"] == len(members) / 1000
