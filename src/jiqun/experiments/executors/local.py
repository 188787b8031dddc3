"""Supervised local processes: a worker that is killed is replaced, and its batch is done again."""

import os
import pickle
import queue
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from threading import Event, Thread
from types import TracebackType

from jiqun.experiments.problems import WORKERS, refusal
from jiqun.experiments.work import Batch, Defect, Done
from jiqun.vocabulary.text import Text

DEATHS = 3
"""Workers that one batch may cost before it is given up."""
COMMAND = (sys.executable, "-m", "jiqun.experiments.executors.worker")
SINGLE = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "POLARS_MAX")}
"""Workers are as many as there are cores; within one, a run needs a single thread."""


class LocalProcesses:
    """Worker processes of this machine, each looked after by a thread of this one."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        self._stop = Event()

    def __enter__(self) -> "LocalProcesses":
        """Nothing is started before there is work."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the workers, whatever they are at."""
        self._stop.set()
        for process in list(self._running.values()):
            _end(process)

    @property
    def pids(self) -> list[int]:
        """Process numbers of the workers that live."""
        return [p.pid for p in self._running.values() if p.poll() is None]

    def map(self, batches: Iterable[Batch]) -> Iterator[Done]:
        """Yield what came of each batch, in any order.

        Raises
        ------
        InputError
            Where a batch has cost several workers their lives.
        RuntimeError
            With the words of a worker that met a defect.
        """
        waiting: queue.SimpleQueue[Batch | None] = queue.SimpleQueue()
        finished: queue.SimpleQueue[Done | Exception] = queue.SimpleQueue()
        count = 0
        for batch in batches:
            waiting.put(batch)
            count += 1
        keepers = min(self.workers, count)
        for number in range(keepers):
            waiting.put(None)
            keep = Thread(target=self._keep, args=(number, waiting, finished), daemon=True)
            keep.start()
        for _ in range(count):
            outcome = finished.get()
            if isinstance(outcome, Exception):
                raise outcome
            yield outcome

    def _keep(
        self,
        number: int,
        waiting: "queue.SimpleQueue[Batch | None]",
        finished: "queue.SimpleQueue[Done | Exception]",
    ) -> None:
        """Look after one worker until no batch is left."""
        while not self._stop.is_set():
            batch = waiting.get()
            if batch is None:
                break
            try:
                finished.put(self._insist(number, batch))
            except Exception as error:
                finished.put(error)
                break
        process = self._running.pop(number, None)
        if process is not None:
            _end(process)

    def _insist(self, number: int, batch: Batch) -> Done:
        """Have a batch done, by another worker where one dies."""
        for _ in range(DEATHS):
            if self._stop.is_set():
                break
            process = self._running.get(number)
            if process is None or process.poll() is not None:
                process = self._running[number] = _start()
            try:
                return _asked(process, batch)
            except (EOFError, OSError, pickle.UnpicklingError):
                _end(process)
        message = Text(
            f"{DEATHS} workers died over the same {len(batch.runs)} runs.",
            f"{DEATHS} 个工作进程在同一批 {len(batch.runs)} 次运行中终止。",
        )
        raise refusal(WORKERS, message, table="--workers")


def _start() -> subprocess.Popen[bytes]:
    """Start a worker."""
    return subprocess.Popen(  # noqa: S603 - this Python and a module of ours
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **SINGLE},
    )


def _asked(process: subprocess.Popen[bytes], batch: Batch) -> Done:
    """Hand a batch to a worker and wait for what comes of it."""
    if process.stdin is None or process.stdout is None:
        raise EOFError
    pickle.dump(batch, process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
    process.stdin.flush()
    answer: Done | Defect = pickle.load(process.stdout)  # noqa: S301 - from our own worker
    return answer.done()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a worker and let go of its pipes."""
    with suppress(OSError):
        process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
