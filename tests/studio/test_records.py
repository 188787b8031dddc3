"""Records in the studio: what is in them, the rows behind a number, ids that tell nothing."""

import re
from pathlib import Path

import jiqun as jq
from tests.studio.opened import demo_record, entered, with_record


def test_a_record_says_what_is_in_it(tmp_path: Path) -> None:
    with entered(tmp_path) as client, demo_record("textile") as path:
        record = with_record(client, path)
        about = client.get(f"/api/records/{record}").json()
        rows = {table["name"]: table["rows"] for table in about["tables"]}
        stored = jq.read(path)
        assert rows == {name: stored[name].height if name in stored else None for name in rows}
        assert about["synthetic"] is True
        assert str(path.parent) not in client.get("/api/records").text


def test_the_rows_behind_a_number_are_those_that_concern_it(tmp_path: Path) -> None:
    with entered(tmp_path) as client, demo_record("textile") as path:
        record = with_record(client, path)
        ties = jq.read(path)["ties"]
        firm = ties["source"][0]
        mine = ties.filter((ties["source"] == firm) | (ties["target"] == firm)).height
        page = client.get(f"/api/records/{record}/rows/ties", params={"of": f"firm={firm}"}).json()
        assert (page["matching"], page["filtered"]) == (mine, True)
        everything = client.get(
            f"/api/records/{record}/rows/ties", params={"of": "window=x"}
        ).json()
        assert (everything["matching"], everything["filtered"]) == (ties.height, False)


def test_an_id_that_names_nothing_is_refused_with_a_remedy(tmp_path: Path) -> None:
    with entered(tmp_path) as client:
        for path in ("/api/records/0123456789abcdef", "/api/records/0123456789abcdef/map"):
            answer = client.get(path)
            assert answer.status_code == 404
            (problem,) = answer.json()["problems"]
            assert problem["remedy"]["zh"]
        assert client.get("/api/records/..%2f..%2fetc").status_code in {404, 422}


def test_forgetting_leaves_a_record_of_ones_own_on_disk(tmp_path: Path) -> None:
    with entered(tmp_path) as client, demo_record("textile") as path:
        record = with_record(client, path)
        assert re.fullmatch("[0-9a-f]{16}", record)
        assert client.delete(f"/api/records/{record}").status_code == 204
        assert client.get("/api/records").json() == []
        assert path.exists()
        assert [line["action"] for line in client.get("/api/audit").json()][:2] == [
            "record.remove",
            "record.add",
        ]


def test_a_sample_is_opened_for_a_first_look(tmp_path: Path) -> None:
    with demo_record("textile") as path, entered(tmp_path, samples=(path,)) as client:
        assert client.get("/api/samples").json() == [{"name": "synthetic-textile"}]
        opened = client.post("/api/samples/synthetic-textile").json()
        assert client.get(f"/api/records/{opened['id']}").json()["synthetic"] is True
        assert client.post("/api/samples/synthetic-textile").json() == opened
        assert client.post("/api/samples/etc").status_code == 404
