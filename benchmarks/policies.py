"""How long a comparison of the paper's six policies takes, and how soon it gives a first answer.

    python benchmarks/policies.py [draws] [seeds]

Six policies and the two controls of the one that decides by diagnosis, in the bundled native scenario
with the four other structures, two workers. With fewer than 50 draws the time of all 50 is computed from
the time of a run under each policy, and said to be so.
"""

import sys
import time
from pathlib import Path
from tempfile import mkdtemp

from jiqun.experiments.compare import Question, compare
from jiqun.experiments.comparison import Comparison
from jiqun.experiments.executors import open_executor
from jiqun.experiments.policy_file import load_policies
from jiqun.experiments.store import RunStore
from jiqun.experiments.uncertainty import latin_hypercube, load_uncertainty
from jiqun.model.scenario import bundled

WORKERS, WANTED = 2, 50


def main() -> None:
    """Compare and print the seconds."""
    given = [int(a) for a in sys.argv[1:]]
    draws, seeds = (*given, *(WANTED, 4)[len(given) :])
    scenario = bundled("native_core")
    question = Question(
        scenario=scenario,
        policies=load_policies("paper", periods=scenario.periods),
        draws=latin_hypercube(load_uncertainty("broad", scenario), draws, seed=1),
        seeds=tuple(range(seeds)),
    )
    begun = time.perf_counter()

    def first(_: Comparison) -> None:
        print(f"first answer after {time.perf_counter() - begun:.1f} s", flush=True)

    with open_executor(workers=WORKERS) as processes:
        store = RunStore(Path(mkdtemp()) / "store")
        found = compare(question, store, processes, workers=WORKERS, first_answer=first)
    wall = time.perf_counter() - begun
    print(f"{found.runs} runs ({draws} draws x {seeds} seeds, with structures): {wall:.1f} s")
    if draws < WANTED:
        print(f"at this pace {WANTED} draws take {wall * WANTED / draws:.0f} s")


if __name__ == "__main__":
    main()
