"""Partners and changes over the wire: the groups to choose from, the jobs, and what is refused."""

from datetime import date
from pathlib import Path

import polars as pl
from fastapi.testclient import TestClient

from jiqun.measures.partners import find_partners
from jiqun.record.record import Record
from jiqun.record.selection import select
from jiqun.record.storage import read, write
from jiqun.report.since import since
from jiqun.studio.changes_view import ChangesView
from jiqun.studio.jobs import KINDS
from jiqun.studio.jobs.job import RESULT, Task
from jiqun.studio.partners_view import PartnersView
from tests.studio.opened import demo_record, entered, with_record


def done(kind: str, record: Path, folder: Path, **more: object) -> bytes:
    """Run a job here and now and return its result."""
    folder.mkdir()
    earlier = more.pop("earlier", None)
    KINDS[kind].run(
        Task(
            record=record,
            name="now",
            seed=0,
            parameters=more,
            folder=folder,
            say=lambda _, __: None,
            earlier=earlier if isinstance(earlier, Path) else None,
            earlier_name="then",
        )
    )
    return (folder / RESULT).read_bytes()


def test_alliances_are_found_by_id_and_by_a_member(tmp_path: Path) -> None:
    with demo_record("hardware") as path, entered(tmp_path) as client:
        record = with_record(client, path)
        whole = client.get(f"/api/records/{record}/groups").json()
        sizes = [each["members"] for each in whole["alliances"]]
        assert sizes == sorted(sizes, reverse=True)
        assert whole["matching"] == len(whole["alliances"]) == 34
        seats = read(path)["memberships"]
        firm = seats["firm_id"][0]
        name = read(path)["firms"].filter(firm_id=firm)["name"][0]
        mine = set(seats.filter(firm_id=firm)["alliance_id"])
        found = client.get(f"/api/records/{record}/groups", params={"like": name.upper()}).json()
        assert mine <= {each["id"] for each in found["alliances"]}
        (one,) = client.get(
            f"/api/records/{record}/groups", params={"like": whole["alliances"][0]["id"]}
        ).json()["alliances"]
        assert one == whole["alliances"][0]


def test_a_record_without_alliances_has_none_to_choose(tmp_path: Path) -> None:
    firms = pl.DataFrame({"firm_id": ["a"], "name": ["甲"], "kind": ["firm"]})
    write(Record.of(firms=firms), tmp_path / "r.jiqun.zip")
    with entered(tmp_path / "w") as client:
        record = with_record(client, tmp_path / "r.jiqun.zip")
        found = client.get(f"/api/records/{record}/groups").json()
        assert (found["alliances"], found["matching"], found["clusters"]) == ([], 0, [])


def test_partners_are_those_of_the_command(tmp_path: Path) -> None:
    with demo_record("hardware") as path:
        record = read(path)
        alliance = record["memberships"]["alliance_id"][0]
        view = PartnersView.model_validate_json(
            done("partners", path, tmp_path / "a", alliance=alliance)
        )
        found = find_partners(record, alliance=alliance)
        assert [c.firm_id for c in view.candidates] == [c.firm_id for c in found.candidates]
        assert [m.firm_id for m in view.members] == [m.firm_id for m in found.members]
        assert view.warnings, "what the record lacks is said"
        assert all(c.reasons for c in view.candidates)
        firms = [m.firm_id for m in found.members]
        of_firms = PartnersView.model_validate_json(
            done("partners", path, tmp_path / "b", firms=firms)
        )
        assert {m.firm_id for m in of_firms.members} == set(firms)


def test_changes_are_those_of_the_report_and_add_up(tmp_path: Path) -> None:
    with demo_record("hardware") as path:
        now = read(path)
        few = select(now, firms=now["firms"]["firm_id"][:60].to_list())
        earlier = select(few, until=date(2019, 12, 31))
        write(few, tmp_path / "now.jiqun.zip")
        write(earlier, tmp_path / "then.jiqun.zip")
    raw = done(
        "changes", tmp_path / "now.jiqun.zip", tmp_path / "a", earlier=tmp_path / "then.jiqun.zip"
    )
    view = ChangesView.model_validate_json(raw)
    found = since(few, earlier, name="then")
    assert found is not None
    assert [c.now.id for c in view.changes] == [c.now.id for c in found.changes]
    assert view.changes
    for change in view.changes:
        parts = (change.measuring, change.behaviour, change.membership)
        if None not in parts:
            whole = (change.now.value or 0.0) - (change.then.value or 0.0)
            assert abs(sum(x or 0.0 for x in parts) - whole) < 1e-9
    assert len(view.verdicts) == 3
    assert (view.stayed, view.entered, view.left) == (found.stayed, found.entered, found.left)


def refused(client: TestClient, record: str, **order: object) -> int:
    """Return how an order is refused."""
    answer = client.post(f"/api/records/{record}/jobs", json=order)
    assert answer.status_code == 200 or answer.json()["problems"][0]["remedy"]["en"]
    return int(answer.status_code)


def test_an_order_names_its_group_and_its_earlier_record(tmp_path: Path) -> None:
    with demo_record("hardware") as path, demo_record("data") as other, entered(tmp_path) as client:
        record, earlier = with_record(client, path), with_record(client, other)
        assert refused(client, record, kind="partners") == 422
        assert refused(client, record, kind="partners", alliance="A", cluster="C") == 422
        assert refused(client, record, kind="partners", cluster="C99") == 422
        assert refused(client, record, kind="changes") == 422
        assert refused(client, record, kind="changes", earlier=record) == 422
        assert refused(client, record, kind="changes", earlier="0" * 16) == 404
        assert refused(client, record, kind="compare") == 422
        assert refused(client, record, kind="changes", earlier=earlier) == 200
        answer = client.get(f"/api/records/{record}/changes", params={"earlier": earlier}).json()
        assert (answer["job"]["state"], answer["found"]) == ("waiting", None)
        answer = client.get(f"/api/records/{record}/partners", params={"alliance": "A"}).json()
        assert answer == {"job": None, "found": None}
