"""HIF: the schema's cases, what becomes what, and there and back.

Paper: K3g, K3h (alliances and roles).
"""

import datetime as dt
import gzip
import json
from pathlib import Path

import hypergraphx.readwrite
import polars as pl
import pytest
import xgi
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from jiqun.importers.hif import read
from jiqun.importers.imported import Imported
from jiqun.record.exchange.hif import write_hif
from jiqun.record.problem import InputError
from jiqun.record.record import Record
from jiqun.record.requirements import check


def imported(folder: Path, document: object) -> Imported:
    path = folder / "network.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return read(path, options={})


def three_in_one() -> Record:
    return Record.of(
        firms=pl.DataFrame(
            {
                "firm_id": ["a", "b", "c", "alone"],
                "name": ["甲", "乙", None, "丁"],
                "founded": [dt.date(2001, 2, 3), None, None, None],
                "digital_native": [0.1, None, 1.0, None],
                "x_size": ["3", None, "large", None],
            }
        ),
        alliances=pl.DataFrame(
            {
                "alliance_id": ["one", "two"],
                "kind": ["joint_innovation", "other"],
                "platform_id": ["P", None],
                "start": [dt.date(2020, 1, 1), None],
                "value": [1e6, None],
                "currency": ["CNY", None],
                "source_id": ["s", None],
            }
        ),
        memberships=pl.DataFrame(
            {
                "alliance_id": ["one", "one", "one", "one", "two", "two"],
                "firm_id": ["a", "b", "c", "a", "b", "c"],
                "role": ["lead", "member", "member", "initiator", "member", "member"],
                "joined": [dt.date(2020, 1, 1)] * 4 + [None] * 2,
            }
        ),
        platforms=pl.DataFrame({"platform_id": ["P"], "operator": ["a"], "openness": [0.25]}),
        sources=pl.DataFrame({"source_id": ["s"], "citation": ["Someone, 某书"]}),
    )


def test_there_and_back(tmp_path: Path) -> None:
    record = three_in_one()
    write_hif(record, tmp_path / "r.hif.json")
    back = read(tmp_path / "r.hif.json", options={})
    assert not back.problems
    assert set(back.record) == set(record)
    for name in record:
        assert_frame_equal(back.record[name], record[name], check_row_order=False)


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    firms=st.lists(NAMES, min_size=1, max_size=6, unique=True),
    alliances=st.lists(NAMES, max_size=4, unique=True),
    data=st.data(),
)
def test_any_hypergraph_survives(
    tmp_path: Path, firms: list[str], alliances: list[str], data: st.DataObject
) -> None:
    pairs = sorted(
        (alliance, firm)
        for alliance in alliances
        for firm in data.draw(st.sets(st.sampled_from(firms)))
    )
    record = Record.of(
        firms=pl.DataFrame({"firm_id": firms}),
        alliances=pl.DataFrame({"alliance_id": alliances}, schema={"alliance_id": pl.String}),
        memberships=pl.DataFrame(
            pairs, schema={"alliance_id": pl.String, "firm_id": pl.String}, orient="row"
        ),
    )
    path = tmp_path / "h.json"
    write_hif(record, path)
    back = read(path, options={}).record
    for name in record:
        assert_frame_equal(back[name], record[name])


def test_other_software_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "r.hif.json"
    write_hif(three_in_one(), path)
    by_xgi = xgi.read_hif(str(path))
    assert {frozenset(e) for e in by_xgi.edges.members()} == {
        frozenset("abc"),
        frozenset("bc"),
    }
    assert set(by_xgi.nodes) == {"a", "b", "c", "alone"}
    by_hypergraphx = hypergraphx.readwrite.read_hif(str(path))
    assert sorted(len(e) for e in by_hypergraphx.get_edges()) == [2, 3]
    assert by_hypergraphx.num_nodes() == 4


def test_a_file_of_other_software(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    xgi.write_hif(xgi.Hypergraph({"e": [1, 2, 3], "f": [3, 4]}), str(path))
    record = read(path, options={}).record
    assert record["firms"]["firm_id"].to_list() == ["1", "2", "3", "4"]
    assert record["memberships"].height == 5
    assert not [p for p in check(record) if p.severity == "error"]


def test_nothing_but_what_is_written(tmp_path: Path) -> None:
    path = tmp_path / "empty.json"
    write_hif(Record.of(firms=pl.DataFrame({"firm_id": ["a"]})), path)
    document = json.loads(path.read_text("utf-8"))
    assert document["nodes"] == [{"node": "a", "attrs": {}}]
    assert document["edges"] == document["incidences"] == []


def test_attributes_find_their_columns(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        {
            "incidences": [{"edge": "e", "node": 7, "weight": 0.5, "attrs": {"role": "lead"}}],
            "nodes": [{"node": 7, "attrs": {"name": "Seven", "Staff Size": 3, "kind": "club"}}],
            "edges": [{"edge": "e", "attrs": {"start": "2020-02-30", "end": "2021-03-01"}}],
        },
    )
    firm = found.record["firms"].row(0, named=True)
    assert (firm["firm_id"], firm["name"], firm["kind"]) == ("7", "Seven", None)
    assert (firm["x_staff_size"], firm["x_kind"]) == ("3", "club")
    alliance = found.record["alliances"].row(0, named=True)
    assert alliance["start"] is None
    assert alliance["x_start"] == "2020-02-30"
    assert alliance["end"] == dt.date(2021, 3, 1)
    member = found.record["memberships"].row(0, named=True)
    assert (member["role"], member["x_weight"]) == ("lead", "0.5")
    assert {(p.column, p.rule) for p in found.problems} == {
        ("kind", "source.doubtful_value"),
        ("start", "source.doubtful_value"),
    }


def test_repeated_items_are_counted(tmp_path: Path) -> None:
    twice = [{"edge": 1, "node": 1}] * 2
    found = imported(tmp_path, {"incidences": twice, "nodes": [{"node": 1}, {"node": "1"}]})
    counts = {count.source.split("#")[1]: (count.kept, count.reported) for count in found.rows}
    assert counts == {"nodes": (1, 1), "edges": (0, 0), "incidences": (1, 1)}
    assert [p.rule for p in found.problems] == ["source.duplicate_row"] * 2


@pytest.mark.parametrize(
    ("document", "wrong"),
    [
        ({}, "incidences is missing"),
        ([], "no object"),
        ({"incidences": {}}, "incidences is an array"),
        ({"incidences": [], "name": "x"}, "no field name"),
        ({"incidences": [], "network-type": "graph"}, "network-type is one of"),
        ({"incidences": [], "metadata": []}, "metadata is an object"),
        ({"incidences": [3]}, "item is no object"),
        ({"incidences": [{"edge": 1}]}, "node is missing"),
        ({"incidences": [{"edge": 1, "node": True}]}, "node is missing, or neither"),
        ({"incidences": [{"edge": 1, "node": 1.5}]}, "node is missing, or neither"),
        ({"incidences": [{"edge": 1, "node": 1, "weight": "2"}]}, "weight is a number"),
        ({"incidences": [{"edge": 1, "node": 1, "direction": "up"}]}, "direction is head"),
        ({"incidences": [{"edge": 1, "node": 1, "attrs": []}]}, "attrs is an object"),
        ({"incidences": [], "nodes": [{"node": 1, "direction": "head"}]}, "unknown field"),
        ({"incidences": [], "edges": [{"attrs": {}}]}, "edge is missing"),
    ],
)
def test_what_breaks_the_schema_is_told(tmp_path: Path, document: object, wrong: str) -> None:
    with pytest.raises(InputError, match=wrong):
        imported(tmp_path, document)


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        imported(tmp_path, {"incidences": [{}, {"edge": 1, "node": 2, "x": 0}], "more": 1})
    assert [(p.row, p.source) for p in caught.value.problems] == [
        (None, "network.json"),
        (1, "network.json#incidences"),
        (1, "network.json#incidences"),
        (2, "network.json#incidences"),
    ]


@pytest.mark.parametrize("content", [b"", b"{", b'{"incidences": NaN}', b"\xff\xfe\x00"])
def test_what_is_no_json_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.json"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"broken\.json"):
        read(path, options={})


def test_kinds_of_network(tmp_path: Path) -> None:
    arrow = {"edge": 1, "node": 1, "direction": "tail"}
    found = imported(tmp_path, {"incidences": [arrow], "network-type": "directed"})
    assert found.record["memberships"]["x_direction"].to_list() == ["tail"]
    assert [p.column for p in found.problems] == ["network-type"]
    assert imported(tmp_path, {"incidences": [], "type": "asc"}).problems[0].column == "type"


def test_compressed(tmp_path: Path) -> None:
    path = tmp_path / "n.json.gz"
    path.write_bytes(gzip.compress(b'{"incidences": [{"edge": 1, "node": 2}]}'))
    assert read(path, options={}).record["memberships"].height == 1
