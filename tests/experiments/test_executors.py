"""Executors: a killed worker's runs are done again; local processes, Dask and Ray agree.

The many kills are in ``verification/ensemble_kills.py``.
"""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from jiqun.experiments.ensemble import Progress, run_ensemble
from jiqun.experiments.executors import open_executor
from jiqun.experiments.executors.local import LocalProcesses
from jiqun.experiments.store import RunStore
from jiqun.record.problem import InputError
from tests.experiments.small_experiment import Here, experiment

WORKERS = 2


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the digest of the store that this process leaves."""
    folder = tmp_path_factory.mktemp("here")
    return run_ensemble(
        experiment(), RunStore(folder / "s"), Here(), workers=WORKERS
    ).store.digest()


@pytest.mark.slow
def test_a_killed_worker_loses_nothing(tmp_path: Path, expected: str) -> None:
    killed: list[int] = []
    with LocalProcesses(WORKERS) as processes:

        def kill_one(_: Progress) -> None:
            if len(killed) < 2 and processes.pids[0] not in killed:
                killed.append(processes.pids[0])
                os.kill(processes.pids[0], signal.SIGKILL)

        found = run_ensemble(
            experiment(), RunStore(tmp_path / "s"), processes, workers=WORKERS, progress=kill_one
        )
    assert len(killed) == 2
    assert found.store.digest() == expected


PROGRAM = """
    import sys
    from jiqun.experiments.ensemble import run_ensemble
    from jiqun.experiments.executors import open_executor
    from jiqun.experiments.store import RunStore
    from tests.experiments.small_experiment import experiment
    with open_executor(workers=2) as processes:
        run_ensemble(experiment(), RunStore(sys.argv[1]), processes, workers=2,
                     progress=lambda p: print(p.done, flush=True))
"""


@pytest.mark.slow
def test_the_whole_group_is_killed_and_the_same_call_goes_on(tmp_path: Path, expected: str) -> None:
    """The program has no ``__main__`` guard: workers do not import what started them."""
    command = [sys.executable, "-c", textwrap.dedent(PROGRAM), str(tmp_path / "s")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline()
        os.killpg(first.pid, signal.SIGKILL)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    assert RunStore(tmp_path / "s").digest() == expected


@pytest.mark.slow
def test_dask_agrees(tmp_path: Path, expected: str) -> None:
    pytest.importorskip("distributed")
    with open_executor("dask", workers=WORKERS) as dask:
        found = run_ensemble(experiment(), RunStore(tmp_path / "s"), dask, workers=WORKERS)
    assert found.store.digest() == expected


@pytest.mark.slow
def test_ray_agrees(tmp_path: Path, expected: str) -> None:
    pytest.importorskip("ray")
    with open_executor("ray", workers=WORKERS) as ray:
        found = run_ensemble(experiment(), RunStore(tmp_path / "s"), ray, workers=WORKERS)
    assert found.store.digest() == expected


@pytest.mark.parametrize(
    ("package", "address"),
    [
        ("distributed", "dask:tcp://127.0.0.1:1"),
        ("distributed", "dask:nowhere"),
        ("ray", "ray:127.0.0.1:1"),
        ("ray", "ray:ray://127.0.0.1:1"),
        ("ray", "ray:127.0.0.1:99999"),
    ],
)
def test_a_dead_address_is_said(package: str, address: str) -> None:
    pytest.importorskip(package)
    begun = time.monotonic()
    with pytest.raises(InputError) as caught, open_executor(address, workers=WORKERS):
        pass
    assert [p.rule for p in caught.value.problems] == ["executor.reached"]
    assert address.partition(":")[2] in caught.value.problems[0].message.zh
    assert time.monotonic() - begun < 60


def test_an_unknown_executor_is_said() -> None:
    with pytest.raises(InputError, match="no executor cloud: local, dask, ray"):
        open_executor("cloud", workers=WORKERS)


@pytest.mark.slow
def test_workers_end_with_the_program_that_started_them() -> None:
    with LocalProcesses(1) as processes:
        list(processes.map([]))
        assert processes.pids == []
    command = [sys.executable, "-m", "jiqun.experiments.executors.worker"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as worker:
        assert worker.stdin is not None
        worker.stdin.close()
        assert worker.wait(60) == 0
