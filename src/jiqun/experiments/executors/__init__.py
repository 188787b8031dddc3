"""Executors 执行器: where runs are done. All give the same results; what is kept is the store's work.

An executor takes batches and yields what came of each, in any order. A worker that dies is replaced
and its batch is done again.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol

from jiqun.experiments.executors.local import LocalProcesses
from jiqun.experiments.problems import EXECUTOR, refusal
from jiqun.experiments.work import Batch, Done
from jiqun.vocabulary.text import Text


class Executor(Protocol):
    """Does batches of runs."""

    def map(self, batches: Iterable[Batch]) -> Iterator[Done]:
        """Yield what came of each batch, in any order."""
        ...


Opened = AbstractContextManager[Executor]


def _local(address: str, workers: int) -> Opened:
    """Open processes of this machine."""
    _ = address
    return LocalProcesses(workers)


def _dask(address: str, workers: int) -> Opened:
    """Open a Dask cluster, this machine's where no address is given."""
    from jiqun.experiments.executors.on_dask import dask_workers  # noqa: PLC0415 - optional

    return dask_workers(address, workers)


def _ray(address: str, workers: int) -> Opened:
    """Open a Ray cluster, this machine's where no address is given."""
    from jiqun.experiments.executors.on_ray import ray_workers  # noqa: PLC0415 - optional

    return ray_workers(address, workers)


EXECUTORS: dict[str, Callable[[str, int], Opened]] = {"local": _local, "dask": _dask, "ray": _ray}


def open_executor(wanted: str = "local", *, workers: int) -> Opened:
    """Return the executor that a user names, to be used in a ``with`` statement.

    Parameters
    ----------
    wanted
        ``local``, ``dask``, ``dask:tcp://HOST:PORT``, ``ray``, ``ray:HOST:PORT``.
    workers
        Worker processes, where the executor starts them itself.

    Raises
    ------
    InputError
        Where there is no such executor, its package is not installed, or nobody answers.
    """
    name, _, address = wanted.partition(":")
    if name not in EXECUTORS:
        known = ", ".join(EXECUTORS)
        message = Text(f"There is no executor {name}: {known}.", f"没有执行器 {name}:{known}。")
        raise refusal(EXECUTOR, message, table="--executor")
    try:
        return EXECUTORS[name](address, workers)
    except ImportError as error:
        message = Text(
            f"{name} needs the extra [{name}]: pip install 'jiqun[{name}]'.",
            f"{name} 需要安装可选组件 [{name}]:pip install 'jiqun[{name}]'。",
        )
        raise refusal(EXECUTOR, message, table="--executor") from error
