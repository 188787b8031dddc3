"""Dask workers, on this machine or behind a scheduler."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from distributed import Client, as_completed
from distributed.deploy.subprocess import SubprocessCluster
from distributed.scheduler import KilledWorker

from jiqun.experiments.problems import DIED, EXECUTOR, WORKERS, refusal
from jiqun.experiments.work import Batch, Done, do
from jiqun.vocabulary.text import Text

PATIENCE = "10s"
"""How long a scheduler has to answer."""


class DaskWorkers:
    """Workers that a Dask scheduler knows of."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def map(self, batches: Iterable[Batch]) -> Iterator[Done]:
        """Yield what came of each batch, in any order.

        Raises
        ------
        InputError
            Where a batch has cost several workers their lives.
        """
        futures = self._client.map(do, list(batches), pure=False)
        try:
            for future in as_completed(futures):
                yield future.result()
                future.release()
        except KilledWorker as error:
            raise refusal(WORKERS, DIED, table="--executor dask") from error


@contextmanager
def dask_workers(address: str, workers: int) -> Iterator[DaskWorkers]:
    """Reach a scheduler, or start workers on this machine.

    Raises
    ------
    InputError
        Where no scheduler answers at the address.
    """
    if not address:
        with (
            SubprocessCluster(n_workers=workers, threads_per_worker=1, silence_logs=50) as cluster,
            Client(cluster) as client,
        ):
            yield DaskWorkers(client)
        return
    try:
        client = Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as error:
        message = Text(
            f"No Dask scheduler answers at {address}.", f"{address} 处没有 Dask 调度器响应。"
        )
        raise refusal(EXECUTOR, message, table="--executor") from error
    with client:
        yield DaskWorkers(client)
