"""Which relations run online: ties by channel and kind, pairs of alliances on platforms.

Paper: E4, K2b (two layers), K3g (alliances)
"""

from datetime import date

import numpy as np
import polars as pl

from jiqun.measures.readings.dated_layers import DatedLayers, dated_layers
from jiqun.measures.readings.tie_layers import MOST_MEMBERS, ties_by_layer, told_of_alliances
from jiqun.measures.virtual_agglomeration import virtual_agglomeration
from jiqun.record.record import Record
from tests.measures.records import alliance_tables, firm_table, tie_table
from tests.measures.test_mirror_order import as_record
from tests.numerics.mirror.worlds import following


def record_of(platform: str | None = None, kind: str | None = None, **dates: date) -> Record:
    """Four firms; 0, 1 and 2 in one alliance from 2010, 2 from 2012; a supply tie from 3 to 0."""
    tables = alliance_tables([[0, 1, 2]])
    alliances = tables["alliances"].with_columns(
        platform_id=pl.lit(platform, pl.String),
        kind=pl.lit(kind, pl.String),
        start=pl.lit(dates.get("start", date(2010, 1, 1))),
    )
    late = pl.when(pl.col("firm_id") == "f2").then(pl.date(2012, 1, 1))
    members = tables["memberships"].with_columns(joined=late)
    return Record.of(
        firms=firm_table(["3510"] * 4, ["330100"] * 4),
        ties=tie_table([(3, 0)]),
        alliances=alliances,
        memberships=members,
    )


def virtual(record: Record) -> list[tuple[str, str, date | None]]:
    ties = ties_by_layer(record).filter(pl.col("layer") == "virtual")
    return sorted(ties.select("source", "target", "start").rows())


def test_pairs_of_an_alliance_on_a_platform_are_virtual_ties() -> None:
    expected = [
        ("f0", "f1", date(2010, 1, 1)),
        ("f0", "f2", date(2012, 1, 1)),
        ("f1", "f2", date(2012, 1, 1)),
    ]
    assert virtual(record_of(platform="p")) == expected
    assert virtual(record_of(kind="data_sharing")) == expected
    assert virtual(record_of(kind="open_source_project")) == expected
    told = told_of_alliances(record_of(platform="p"), ties_by_layer(record_of(platform="p")))
    assert told[0].en.startswith("3 of the 4 virtual ties are pairs")


def test_other_alliances_are_in_no_layer() -> None:
    for kind in ("joint_innovation", "investment_round", None):
        assert virtual(record_of(kind=kind)) == []
        assert ties_by_layer(record_of(kind=kind))["layer"].to_list() == ["physical"]


def test_a_crowd_is_no_set_of_ties() -> None:
    firms = MOST_MEMBERS + 1
    tables = alliance_tables([list(range(firms))])
    online = tables["alliances"].with_columns(platform_id=pl.lit("p"))
    record = Record.of(
        firms=firm_table(["3510"] * firms, ["330100"] * firms),
        **{**tables, "alliances": online},
    )
    assert ties_by_layer(record).is_empty()
    assert "1 such alliances" in told_of_alliances(record, ties_by_layer(record))[0].en
    fewer = record.replace(memberships=tables["memberships"].head(MOST_MEMBERS))
    assert ties_by_layer(fewer).height == MOST_MEMBERS * (MOST_MEMBERS - 1) // 2


def test_pair_alliances_read_as_the_same_ties() -> None:
    """Each tie written as an alliance of two on a platform: the mirror test sees the same layers."""
    ties = as_record(following(3, places_first=0.6))
    rows = ties["ties"]
    names = rows.select(alliance_id="tie_id", start="start", platform_id=pl.lit("p"))
    members = pl.concat(
        [rows.select(alliance_id="tie_id", firm_id=side) for side in ("source", "target")]
    )
    alliances = Record.of(
        firms=ties["firms"], sites=ties["sites"], alliances=names, memberships=members
    )
    before, after = dated_layers(ties), dated_layers(alliances)
    assert isinstance(before, DatedLayers)
    assert isinstance(after, DatedLayers)
    assert (before.layer, before.steps, before.start) == (after.layer, after.steps, after.start)
    pairs = [
        sorted(zip(*np.sort([d.source, d.target], axis=0).tolist(), d.onset.tolist(), strict=True))
        for d in (before, after)
    ]
    assert pairs[0] == pairs[1]
    assert any("are pairs of members" in w.en for w in after.warnings)


def test_virtual_agglomeration_over_alliances() -> None:
    """Firms of one industry meet on the platform, those of the other trade offline."""
    firms = firm_table(["3510"] * 20 + ["6510"] * 20, ["330100"] * 40)
    tables = alliance_tables(
        [[i, (i + 1) % 20] for i in range(20)] + [[20 + i, 20 + (i + 1) % 20] for i in range(20)]
    )
    online = tables["alliances"].with_columns(platform_id=pl.lit("p"))
    found = virtual_agglomeration(Record.of(firms=firms, **{**tables, "alliances": online}))
    assert all(e.value is not None and e.high is not None and e.value > e.high for e in found)
