"""Runs the jobs that wait 任务运行: each in a process, cancelled by ending it, resumed after a restart."""

import contextlib
import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

from jiqun.record.problem import Rule
from jiqun.studio import audit
from jiqun.studio.jobs.job import RESULT
from jiqun.studio.jobs.store import CANCELLED, DONE, FAILED, JobRow, JobStore
from jiqun.studio.library import Library
from jiqun.studio.wire import ProblemView
from jiqun.vocabulary.text import Text

MOST_ATTEMPTS = 3
"""A job that takes the studio down with it is not taken up for ever."""

BROKE = Rule(
    id="studio.job_broke",
    title=Text("A job runs to its end.", "任务须能运行至结束。"),
    remedy=Text(
        "This is a defect of jiqun, not of your data; the studio's log has the details.",
        "这是本软件的缺陷,与您的数据无关;详情见工作台日志。",
    ),
)
ENDED = Text("The job ended before it was done.", "任务在完成前中断。")
log = logging.getLogger("jiqun.studio")


@dataclass(slots=True)
class Runner:
    """Takes jobs one after another, some at a time."""

    store: JobStore
    library: Library
    folder: Path
    workers: int
    _wake: threading.Condition = field(default_factory=threading.Condition)
    _processes: dict[str, subprocess.Popen[str]] = field(default_factory=dict)
    _threads: list[threading.Thread] = field(default_factory=list)
    _closing: bool = False

    @property
    def is_working(self) -> bool:
        """Whether jobs are run here at all."""
        return bool(self._threads)

    def start(self) -> None:
        """Take up what was cut off, and begin."""
        self.store.take_up_again()
        for number in range(self.workers):
            thread = threading.Thread(target=self._work, name=f"jobs-{number}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def close(self) -> None:
        """Stop; what is running waits for the next start."""
        with self._wake:
            self._closing = True
            self._wake.notify_all()
        for process in list(self._processes.values()):
            _end(process)
        for thread in self._threads:
            thread.join(timeout=10)
        self.store.take_up_again(begun_in_vain=False)

    def wake(self) -> None:
        """Look for jobs again."""
        with self._wake:
            self._wake.notify_all()

    def home(self, job: str) -> Path:
        """Return the folder of a job."""
        return self.folder / job

    def result(self, job: str) -> Path:
        """Return where the result of a job is, or will be."""
        return self.home(job) / RESULT

    def cancel(self, job: str, *, by: str) -> bool:
        """End a job; say whether it was waiting or running."""
        cancelled = self.store.end(job, CANCELLED)
        if cancelled:
            audit.note(self.store.engine, by, "job.cancel", job)
            if process := self._processes.get(job):
                _end(process)
            shutil.rmtree(self.home(job), ignore_errors=True)
        return cancelled

    def forget(self, record: str, *, by: str) -> None:
        """End the jobs of a record that is removed, and delete what they found."""
        for row in self.store.latest(None, record=record):
            self.cancel(str(row.id), by=by)
            shutil.rmtree(self.home(str(row.id)), ignore_errors=True)

    def _work(self) -> None:
        """Take jobs until the studio closes."""
        while not self._closing:
            job = self.store.take()
            if job is None:
                with self._wake:
                    self._wake.wait(timeout=2.0)
                continue
            try:
                self._run(job)
            except Exception:
                log.exception("job %s", job.id)
                self.store.end(str(job.id), FAILED, [_broke()])

    def _run(self, job: JobRow) -> None:
        """Run one job to its end."""
        name = str(job.id)
        if int(str(job.attempts)) >= MOST_ATTEMPTS:
            self.store.end(name, FAILED, [_broke()])
            return
        self.home(name).mkdir(parents=True, exist_ok=True)
        with _process(os.environ | {"PYTHONUTF8": "1"}) as process:
            self._processes[name] = process
            try:
                problems = self._follow(name, process, self._order(job))
            finally:
                self._processes.pop(name, None)
        if self._closing:
            return
        if process.returncode == 0 and self.result(name).exists():
            self.store.end(name, DONE)
        else:
            self.store.end(name, FAILED, problems or [_broke()])

    def _order(self, job: JobRow) -> str:
        """Write the one line that a process is told."""
        row = None if job.record is None else self.library.row(str(job.record))
        parameters = json.loads(str(job.parameters))
        beside = parameters.get("earlier")
        earlier = None if beside is None else self.library.row(beside)
        order = {
            "kind": job.kind,
            "record": "" if row is None else row.path,
            "name": "" if row is None else row.name,
            "earlier": "" if earlier is None else earlier.path,
            "earlier_name": "" if earlier is None else earlier.name,
            "parameters": parameters,
            "folder": str(self.home(str(job.id))),
        }
        return json.dumps(order) + "\n"

    def _follow(self, job: str, process: subprocess.Popen[str], order: str) -> list[object]:
        """Tell the process what to do and note what it says; return the problems it reports."""
        assert process.stdin is not None  # noqa: S101 - for the type checker
        assert process.stdout is not None  # noqa: S101 - for the type checker
        problems: list[object] = []
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(order)
            process.stdin.flush()
        for line in process.stdout:
            said = json.loads(line)
            if "problems" in said:
                problems = said["problems"]
            else:
                self.store.tell(job, said["progress"], said["en"], said["zh"])
        return problems


def _process(environment: dict[str, str]) -> subprocess.Popen[str]:
    """Start a process that waits for its order, with a group for those that it starts in turn."""
    return subprocess.Popen(
        [sys.executable, "-m", "jiqun.studio.jobs.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
        start_new_session=True,
    )


def _end(process: subprocess.Popen[str]) -> None:
    """End a process and those that it started; what it wrote is whole at any moment."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _broke() -> dict[str, object]:
    """Say that a job broke."""
    return ProblemView.of(BROKE.problem(table="studio", message=ENDED)).model_dump()
