"""Kill everything at random moments: nothing lost, nothing twice, the same bytes in the end.

Each round begins an ensemble as a program with two workers of its own, kills the whole process group
(kill −9) at a random moment, every third time only a worker, and starts the same program again until it
has ended. The finished store must have the digest of one that was never interrupted.

    python verification/ensemble_kills.py [kills] [seed]
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import mkdtemp

import numpy as np

from jiqun.experiments.store import RunStore

PROGRAM = """
import sys
from jiqun.experiments.ensemble import run_ensemble
from jiqun.experiments.executors import open_executor
from jiqun.experiments.experiment import Experiment
from jiqun.experiments.store import RunStore
from jiqun.model.scenario import bundled
import jiqun.experiments.ensemble as ensemble
ensemble.FRAGMENT = 4
scenario = bundled("native_core").model_copy(update={"periods": 24})
experiment = Experiment(scenarios={"native": scenario}, seeds=tuple(range(40)))
with open_executor(workers=2) as processes:
    found = run_ensemble(experiment, RunStore(sys.argv[1]), processes, workers=2,
        progress=lambda p: print(p.done, *processes.pids, flush=True))
rows = found.wide()
assert rows.height == 40 * 6 and rows.select("seed", "year").n_unique() == rows.height
"""


def start(folder: Path) -> subprocess.Popen[str]:
    """Begin the ensemble in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder)],
        stdout=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )


def one_round(folder: Path, chance: np.random.Generator, number: int) -> tuple[str, int]:
    """Kill until the program ends; return the digest and how often it was killed."""
    killed = 0
    while True:
        with start(folder) as program:
            if killed < 2:
                assert program.stdout is not None
                wait = int(chance.integers(12))
                line = ""
                for _ in range(wait):
                    line = program.stdout.readline() or line
                time.sleep(chance.random() * 0.3)
                if number % 3 == 2 and len(line.split()) > 1:
                    os.kill(int(chance.choice(line.split()[1:])), signal.SIGKILL)
                else:
                    os.killpg(program.pid, signal.SIGKILL)
                killed += 1
            program.communicate()
        if program.returncode == 0:
            return RunStore(folder).digest(), killed


def main() -> None:
    """Run rounds until so many were killed, and compare digests."""
    wanted, seed = (int(a) for a in (*sys.argv[1:3], *("50", "1")[len(sys.argv) - 1 :]))
    chance, top = np.random.default_rng(seed), Path(mkdtemp())
    with start(top / "whole") as program:
        program.communicate()
    expected, kills, wrong, number = RunStore(top / "whole").digest(), 0, 0, 0
    while kills < wanted:
        digest, killed = one_round(top / f"round-{number}", chance, number)
        kills, number = kills + killed, number + 1
        wrong += digest != expected
        shutil.rmtree(top / f"round-{number - 1}")
        print(f"round {number}: {kills} kills so far, {wrong} stores differ", flush=True)
    shutil.rmtree(top)
    print(f"{kills} kills in {number} rounds, {wrong} stores differ from {expected[:12]}")


if __name__ == "__main__":
    main()
