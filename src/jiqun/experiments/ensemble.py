"""Ensemble 集合模拟: all runs of an experiment, done once, kept, and put side by side."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from jiqun.experiments.census import NAMES, Floats
from jiqun.experiments.executors import Executor
from jiqun.experiments.experiment import Case, Experiment
from jiqun.experiments.model_version import model_version
from jiqun.experiments.problems import VERSIONS, refusal
from jiqun.experiments.store import RunStore
from jiqun.experiments.work import Batch
from jiqun.vocabulary.text import Text

LARGEST_BATCH = 25
"""Runs that a worker does in one go, at most."""
BATCHES_PER_WORKER = 8
"""At least so many, so that no worker is idle for long at the end."""
FRAGMENT = 50
"""Finished runs that are written together; an interruption costs no more than these."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work is: runs done and wanted, and the seconds left at the pace so far."""

    done: int
    wanted: int
    seconds_left: float

    @property
    def text(self) -> Text:
        """One line for the terminal."""
        left = f"{self.seconds_left:.0f}"
        return Text(
            f"{self.done} of {self.wanted} runs, about {left} s left   ",
            f"已完成 {self.done}/{self.wanted} 次运行,约剩 {left} 秒   ",
        )


def run_ensemble(
    experiment: Experiment,
    store: RunStore,
    executor: Executor,
    *,
    workers: int,
    progress: Callable[[Progress], None] | None = None,
) -> "Ensemble":
    """Do the runs that the store lacks and return all of them.

    An interruption (Ctrl-C, a kill, a full disk) loses no finished fragment; the same call goes on
    from there, and ends with the same bytes.

    Parameters
    ----------
    experiment
        What to run.
    store
        Where runs are kept.
    executor
        From :func:`jiqun.experiments.executors.open_executor`.
    workers
        Workers that the executor has; batches are cut for so many.
    progress
        Called after each batch.

    Raises
    ------
    InputError
        Where the disk cannot hold the runs, or a worker has another version of the model.
    """
    there = store.keys()
    per_run = -(-experiment.rows // max(experiment.size, 1))
    store.demand_room(max(experiment.worlds - len(there), 0) * per_run)  # before all are listed
    cases = list(experiment.cases())
    missing = {case.key: case for case in cases if case.key not in there}
    store.demand_room(len(missing) * per_run)
    with store.writing():
        if missing:
            _work_off(list(missing.values()), store, executor, workers, progress)
        store.merge()
    return Ensemble(experiment, tuple(cases), store)


def _work_off(
    missing: Sequence[Case],
    store: RunStore,
    executor: Executor,
    workers: int,
    progress: Callable[[Progress], None] | None,
) -> None:
    """Do the missing runs and keep them as they come."""
    size = -(-len(missing) // max(workers * BATCHES_PER_WORKER, 1))
    batches = list(_batches(missing, min(max(size, 1), LARGEST_BATCH)))
    done, kept, begun = 0, dict[str, Floats](), time.monotonic()
    try:
        for outcome in executor.map(batches):
            if outcome.model != model_version():
                message = Text(
                    f"A worker has model {outcome.model}; this is {model_version()}.",
                    f"某工作进程的模型为 {outcome.model};本机为 {model_version()}。",
                )
                raise refusal(VERSIONS, message, table="--executor")
            kept |= outcome.results
            done += len(outcome.results)
            if len(kept) >= FRAGMENT:
                store.add(kept)
                kept = {}
            if progress is not None:
                pace = (time.monotonic() - begun) / done
                progress(Progress(done, len(missing), pace * (len(missing) - done)))
    finally:
        if kept:
            store.add(kept)


def _batches(cases: Sequence[Case], size: int) -> Iterator[Batch]:
    """Cut cases into batches of runs."""
    for first in range(0, len(cases), size):
        yield Batch(tuple((case.key, case.run) for case in cases[first : first + size]))


@dataclass(frozen=True, slots=True)
class Ensemble:
    """All runs of an experiment, in a store."""

    experiment: Experiment
    cases: tuple[Case, ...]
    store: RunStore

    def wide(self) -> pl.DataFrame:
        """Return a row a run and year: scenario, draw, policy, seed, year, one column an outcome."""
        design = pl.DataFrame(
            {
                "scenario": [case.scenario for case in self.cases],
                "draw": [case.draw for case in self.cases],
                "policy": [case.policy for case in self.cases],
                "seed": [case.seed for case in self.cases],
                "key": [case.key for case in self.cases],
            }
        )
        rows = self.store.read(case.key for case in self.cases)
        joined = design.with_row_index("at").join(rows, on="key", how="left")
        return joined.sort("at", "year").drop("at")

    def tidy(self) -> pl.DataFrame:
        """Return the long table: a row a run, year and outcome."""
        index = ["scenario", "draw", "policy", "seed", "key", "year"]
        return self.wide().unpivot(NAMES, index=index, variable_name="outcome")
