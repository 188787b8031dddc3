"""Jobs: done in the background, cancelled, taken up again after the server was killed, fair to all."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import Popen

import httpx
import polars as pl
from fastapi.testclient import TestClient

from jiqun.experiments.store import RunStore
from jiqun.measures import measure
from jiqun.record.record import Record
from jiqun.record.selection import select
from jiqun.record.storage import read, write
from jiqun.studio.database import open_database
from jiqun.studio.jobs.estimates_file import load, save
from jiqun.studio.jobs.job import Task
from jiqun.studio.jobs.store import JobStore
from jiqun.studio.jobs.study import SHARED
from jiqun.studio.library import Library
from jiqun.studio.settings import Limits
from tests.studio.opened import demo_record, entered, with_record
from tests.studio.postgres import free_port

PATIENCE = 300.0
RUN = "from jiqun.cli import run; run()"


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.1)


def state(client: TestClient | httpx.Client, job: str) -> str:
    """Return the state of a job."""
    return str(client.get(f"/api/jobs/{job}").json()["state"])


def tiny_record(folder: Path) -> Path:
    """Write a record of a few firms, quickly studied, and return its path."""
    firms = pl.DataFrame({"firm_id": ["a", "b"], "name": ["甲", "乙"], "kind": ["firm", "firm"]})
    path = folder / "tiny.jiqun.zip"
    write(Record.of(firms=firms), path)
    return path


def test_a_study_is_done_and_its_report_can_be_taken_along(tmp_path: Path) -> None:
    with entered(tmp_path / "w", background=True) as client:
        record = with_record(client, tiny_record(tmp_path))
        order = {"kind": "study"}
        job = client.post(f"/api/records/{record}/jobs", json=order).json()["id"]
        again = client.post(f"/api/records/{record}/jobs", json=order).json()["id"]
        assert again == job, "the same order is not done twice"
        wait_for(lambda: state(client, job) == "done")
        found = client.get(f"/api/records/{record}/findings").json()
        assert found["study"]["diagnosis"]["type"]["code"] == "insufficient_evidence"
        assert {"html", "xlsx"} <= set(found["forms"])
        report = client.get(f"/api/records/{record}/report", params={"to": "html", "lang": "zh"})
        assert "attachment" in report.headers["content-disposition"]
        assert report.headers["content-security-policy"].startswith("sandbox")
        assert "甲" in report.text or "tiny" in report.text
        events = client.get(f"/api/jobs/{job}/events").text
        assert json.loads(events.split("data: ")[-1])["state"] == "done"
        assert client.delete(f"/api/records/{record}").status_code == 204
        assert list((tmp_path / "w" / "jobs").iterdir()) == [], "what was found goes with it"


def test_a_job_that_is_cancelled_leaves_nothing(tmp_path: Path) -> None:
    with entered(tmp_path, background=True) as client, demo_record("data") as path:
        record = with_record(client, path)
        job = client.post(f"/api/records/{record}/jobs", json={"kind": "study"}).json()["id"]
        wait_for(lambda: state(client, job) == "running")
        assert client.post(f"/api/jobs/{job}/cancel").json()["state"] == "cancelled"
        wait_for(lambda: not (tmp_path / "jobs" / job).exists())
        time.sleep(0.3)
        assert state(client, job) == "cancelled"


def test_the_queue_is_bounded_and_knows_its_jobs(tmp_path: Path) -> None:
    with entered(tmp_path, limits=Limits(jobs=1)) as client, demo_record("textile") as path:
        record = with_record(client, path)
        assert client.post(f"/api/records/{record}/jobs", json={"kind": "study"}).status_code == 200
        full = client.post(f"/api/records/{record}/jobs", json={"kind": "clusters"})
        assert full.status_code == 429
        unknown = client.post(f"/api/records/{record}/jobs", json={"kind": "mine_bitcoin"})
        assert unknown.status_code == 422


def test_nobody_waits_behind_all_jobs_of_another(tmp_path: Path) -> None:
    """Ann asks for three, then Bo for one: Bo's comes second, not fourth."""
    engine = open_database(f"sqlite:///{tmp_path / 's.sqlite'}")
    record = Library(engine, tmp_path).add(tmp_path, name="r", owner="ann", uploaded=False)
    store = JobStore(engine)
    for seed in range(3):
        store.add(kind="study", record=record, parameters={"seed": seed}, user="ann")
    store.add(kind="study", record=record, parameters={"seed": 9}, user="bo")
    taken = [store.take() for _ in range(4)]
    assert [job.user for job in taken if job] == ["ann", "bo", "ann", "ann"]
    assert store.take() is None


def test_stopping_the_studio_by_hand_does_not_count_against_its_jobs(tmp_path: Path) -> None:
    """A job that was cut off by a crash three times is given up, one by Ctrl-C never."""
    engine = open_database(f"sqlite:///{tmp_path / 's.sqlite'}")
    record = Library(engine, tmp_path).add(tmp_path, name="r", owner="ann", uploaded=False)
    store = JobStore(engine)
    job = store.add(kind="study", record=record, parameters={}, user="ann")
    for crashed, attempts in ((False, 0), (False, 0), (True, 1), (False, 1), (True, 2)):
        assert store.take() is not None
        assert store.take_up_again(begun_in_vain=crashed) == 1
        row = store.get(job)
        assert row is not None
        assert (row.attempts, row.state) == (attempts, "waiting")


def test_a_report_for_others_names_nobody(tmp_path: Path) -> None:
    path, folder = tiny_record(tmp_path), tmp_path / "job"
    folder.mkdir()
    task = Task(
        record=path, name="tiny", seed=0, parameters={}, folder=folder, say=lambda _, __: None
    )
    SHARED.run(task)
    for language in ("en", "zh"):
        page = (folder / f"report.{language}.html").read_text(encoding="utf-8")
        assert "甲" not in page
        assert "乙" not in page
    assert (folder / "estimates.csv").exists()


def test_what_is_kept_of_estimates_is_the_same_again(tmp_path: Path) -> None:
    with demo_record("textile") as path:
        record = read(path)
    for name in ("colocation", "location_quotient", "core_firms"):
        estimates = measure(record, only=[name])[name]
        save(tmp_path / name, estimates)
        assert load(tmp_path / name) == estimates


@contextmanager
def a_server(workspace: Path, record: Path, port: int) -> Iterator[tuple[Popen[str], httpx.Client]]:
    """Run a real server, come in by its link, and kill it in the end."""
    command = [sys.executable, "-c", RUN, "studio", str(record), "--port", str(port)]
    with (
        Popen(
            [*command, "--workspace", str(workspace), "--quiet"], stdout=subprocess.PIPE, text=True
        ) as process,
        httpx.Client(
            base_url=f"http://127.0.0.1:{port}", headers={"X-Jiqun": "1"}, timeout=60
        ) as client,
    ):
        assert process.stdout is not None
        link = process.stdout.readline().strip()
        assert "/enter?token=" in link

        def came_in() -> bool:
            try:
                return client.get(link).status_code == 303
            except httpx.TransportError:
                return False

        try:
            wait_for(came_in)
            yield process, client
        finally:
            process.send_signal(signal.SIGKILL)


def test_a_server_killed_in_mid_job_loses_nothing(tmp_path: Path) -> None:
    """The job is taken up again, with the measures that were finished left as they are."""
    port, workspace, path = free_port(), tmp_path / "w", tmp_path / "few.jiqun.zip"
    with demo_record("textile") as whole:
        record = read(whole)
        write(select(record, firms=record["firms"]["firm_id"][:30].to_list()), path)
    with a_server(workspace, path, port) as (_, client):
        (known,) = client.get("/api/records").json()
        ordered = client.post(f"/api/records/{known['id']}/jobs", json={"kind": "study"}).json()
        home = workspace / "jobs" / ordered["id"]
        wait_for(lambda: len(list(home.glob("measure-*.json"))) >= 2)
    kept = times(home)
    assert not (home / "result.json").exists()
    time.sleep(1.5)
    assert len(times(home)) <= len(kept) + 1, "the work ended with the server"
    with a_server(workspace, path, port) as (_, client):
        wait_for(lambda: state(client, ordered["id"]) == "done")
        assert kept.items() <= times(home).items(), "nothing that was done is done again"
        study = client.get(f"/api/records/{known['id']}/findings").json()["study"]
        assert len(study["measures"]) == len(times(home))


def test_a_comparison_whose_server_is_killed_goes_on_with_its_runs(tmp_path: Path) -> None:
    """Runs that were kept are not run again, and no worker outlives the studio."""
    port, workspace, path = free_port(), tmp_path / "w", tiny_record(tmp_path)
    order = {"draws": 15, "seeds": 2, "structures": False}
    with a_server(workspace, path, port) as (process, client):
        ordered = client.post("/api/comparisons", json=order).json()
        job = ordered["job"]["id"]
        home = workspace / "jobs" / job
        wait_for(lambda: bool(list(home.glob("runs-*/fragments/*.parquet"))))
        started = started_by(process.pid)
    assert len(started) >= 3, "the server, the job and its worker"
    (runs,) = home.glob("runs-*")
    kept = RunStore(runs).keys()
    assert 0 < len(kept) < ordered["runs"]
    wait_for(lambda: not any(map(is_alive, started)))
    with a_server(workspace, path, port) as (_, client):
        wait_for(lambda: state(client, job) == "done")
        found = client.get(f"/api/comparisons/{job}").json()["found"]
        assert found["runs"] == ordered["runs"] == len(RunStore(runs).keys())
    assert kept < RunStore(runs).keys()


def started_by(process: int) -> set[int]:
    """Return a process and all that it started, directly or not, as far as the system tells."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            about = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            parents[int(entry.name)] = int(about[1])
    found = {process}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def is_alive(process: int) -> bool:
    """Say whether a process runs; one that has ended and waits to be read of does not."""
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def times(home: Path) -> dict[str, int]:
    """Return when each measure of a job was written."""
    return {path.name: path.stat().st_mtime_ns for path in home.glob("measure-*.json")}
