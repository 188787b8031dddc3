"""Ray workers, on this machine or in a cluster."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from logging import ERROR
from socket import create_connection

import ray

from jiqun.experiments.problems import DIED, EXECUTOR, WORKERS, refusal
from jiqun.experiments.work import Batch, Done, do
from jiqun.record.problem import InputError
from jiqun.vocabulary.text import Text

PATIENCE = 10.0
"""Seconds that a cluster has to answer."""
RETRIES = 3
"""Workers that one batch may cost before it is given up."""


class RayWorkers:
    """Workers of the Ray cluster that this program has joined."""

    def map(self, batches: Iterable[Batch]) -> Iterator[Done]:
        """Yield what came of each batch, in any order.

        Raises
        ------
        InputError
            Where a batch has cost several workers their lives.
        """
        task = ray.remote(max_retries=RETRIES)(do)
        waiting = [task.remote(batch) for batch in batches]
        while waiting:
            ready, waiting = ray.wait(waiting, num_returns=1)
            try:
                yield from ray.get(ready)
            except ray.exceptions.WorkerCrashedError as error:
                raise refusal(WORKERS, DIED, table="--executor ray") from error


@contextmanager
def ray_workers(address: str, workers: int) -> Iterator[RayWorkers]:
    """Join a cluster, or start one on this machine.

    Raises
    ------
    InputError
        Where no cluster answers at the address.
    """
    if not _answers(address):
        raise _unreached(address)
    try:
        if address:
            ray.init(address=address, log_to_driver=False, logging_level=ERROR)
        else:
            ray.init(
                num_cpus=workers,
                include_dashboard=False,
                log_to_driver=False,
                logging_level=ERROR,
            )
    except Exception as error:  # Ray raises a bare Exception where a node does not start
        raise _unreached(address or "localhost") from error
    try:
        yield RayWorkers()
    finally:
        ray.shutdown()


def _answers(address: str) -> bool:
    """Say whether anything listens at an address; Ray itself tries for minutes.

    What names no port (such as ``auto``) is left to Ray.
    """
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not host or not port.isdigit():
        return True
    try:
        with create_connection((host, int(port)), timeout=PATIENCE):
            return True
    except (OSError, OverflowError):  # the latter for a port that there cannot be
        return False


def _unreached(place: str) -> InputError:
    """Return the error that nobody answers."""
    message = Text(f"No Ray cluster answers at {place}.", f"{place} 处没有 Ray 集群响应。")
    return refusal(EXECUTOR, message, table="--executor")
