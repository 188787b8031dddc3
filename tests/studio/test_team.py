"""Several users: passwords, roles, a proxy's word, another database; every change in the audit log."""

from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import select

from jiqun.studio.accounts import Accounts, Link
from jiqun.studio.database import USERS
from tests.studio.opened import a_studio, demo_record, studio_of, with_record
from tests.studio.postgres import a_server


def sign_in(client: TestClient, name: str, password: str) -> int:
    """Sign in, and return the status."""
    return int(client.post("/api/session", json={"name": name, "password": password}).status_code)


def accounts_of(client: TestClient) -> Accounts:
    """Return the accounts, with an editor and a reader."""
    accounts = studio_of(client).accounts
    accounts.set_user("ann", "correct horse", "edit", by="test")
    accounts.set_user("bo", "battery staple", "read", by="test")
    return accounts


def test_a_reader_reads_and_changes_nothing(tmp_path: Path) -> None:
    with a_studio(tmp_path, mode="accounts") as client, demo_record("textile") as path:
        accounts_of(client)
        record = with_record(client, path)
        assert sign_in(client, "bo", "battery staple") == 200
        for readable in ("", "/map", "/network", "/findings", "/rows/firms", "/groups"):
            assert client.get(f"/api/records/{record}{readable}").status_code == 200
        assert client.get("/api/comparisons").json() == []
        refused = (
            client.post("/api/records", params={"name": "a.csv"}, content=b"x"),
            client.delete(f"/api/records/{record}"),
            client.post(f"/api/records/{record}/jobs", json={"kind": "study"}),
            client.post("/api/jobs/0123456789abcdef/cancel"),
            client.post("/api/comparisons", json={}),
            client.post("/api/samples/any"),
            client.post("/api/marked", params={"name": "a.csv"}, content=b"x"),
            client.get("/api/audit"),
        )
        assert [answer.status_code for answer in refused] == [403] * 8
        assert sign_in(client, "ann", "correct horse") == 200
        assert client.delete(f"/api/records/{record}").status_code == 204
        lines = [(line["user"], line["action"]) for line in client.get("/api/audit").json()]
        assert lines[0] == ("ann", "record.remove")
        assert ("bo", "session.begin") in lines


def test_nobody_else_comes_in(tmp_path: Path) -> None:
    with a_studio(tmp_path, mode="accounts") as client:
        accounts = accounts_of(client)
        assert sign_in(client, "ann", "wrong") == 401
        assert sign_in(client, "eve", "correct horse") == 401
        token = studio_of(client).link.token
        client.get("/enter", params={"token": token})
        assert client.get("/api/records").status_code == 401, "the link is for one machine only"
        assert sign_in(client, "ann", "correct horse") == 200
        accounts.set_user("ann", "another", "read", by="test")
        assert client.get("/api/records").status_code == 401, "a new password ends old sessions"
        with accounts.engine.connect() as connection:
            hashes = connection.execute(select(USERS.c.password_hash)).scalars().all()
        assert len(hashes) == 2
        assert all(found.startswith("$argon2id$") for found in hashes)


def test_signing_out_ends_the_session_everywhere(tmp_path: Path) -> None:
    with a_studio(tmp_path, mode="accounts") as client:
        accounts_of(client)
        sign_in(client, "ann", "correct horse")
        cookies = dict(client.cookies)
        assert client.delete("/api/session").status_code == 204
        client.cookies.update(cookies)
        assert client.get("/api/records").status_code == 401


def test_a_proxy_is_believed_at_its_address_only(tmp_path: Path) -> None:
    told = {"X-Forwarded-User": "ann", "X-Forwarded-Role": "edit"}
    with a_studio(tmp_path / "a", mode="proxy", proxy_addresses=("testclient",)) as client:
        assert client.get("/api/records").status_code == 401
        assert client.get("/api/session", headers=told).json()["role"] == "edit"
        only_name = {"X-Forwarded-User": "ann"}
        assert client.get("/api/session", headers=only_name).json()["role"] == "read"
    with a_studio(tmp_path / "b", mode="proxy") as elsewhere:
        assert elsewhere.get("/api/session", headers=told).json()["user"] is None
    with a_studio(tmp_path / "c", mode="accounts") as none:
        assert none.get("/api/session", headers=told).json()["user"] is None


def test_a_link_is_used_once_by_whoever_is_first() -> None:
    link = Link()
    first = link.token
    assert not link.use("")
    assert not link.use("é")
    assert link.use(first)
    assert not link.use(first)


def test_postgresql_keeps_accounts_and_jobs(tmp_path: Path) -> None:
    with a_server() as url, demo_record("textile") as path:
        with a_studio(tmp_path, mode="accounts", database=url) as client:
            accounts_of(client)
            record = with_record(client, path)
            assert sign_in(client, "ann", "correct horse") == 200
            ordered = client.post(f"/api/records/{record}/jobs", json={"kind": "study"}).json()
            taken = studio_of(client).jobs.take()
            assert taken is not None
            assert taken.id == ordered["id"]
            cookies = dict(client.cookies)
            studio_of(client).accounts.engine.dispose()
        with a_studio(tmp_path, mode="accounts", database=url) as again:
            again.cookies.update(cookies)
            assert studio_of(again).jobs.take_up_again() == 1
            assert again.get(f"/api/jobs/{ordered['id']}").json()["state"] == "waiting"
            assert again.post(f"/api/jobs/{ordered['id']}/cancel").json()["state"] == "cancelled"
            assert {line["action"] for line in again.get("/api/audit").json()} >= {
                "user.set",
                "record.add",
                "job.order",
                "job.cancel",
            }
            assert not (tmp_path / "studio.sqlite").exists()
            studio_of(again).accounts.engine.dispose()
