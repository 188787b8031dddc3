"""How long until ``jiqun --help`` answers? The median of warm starts; exit status 1 above the limit.

Run from the repository: ``.venv/bin/python benchmarks/startup.py``.
"""

import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

JIQUN = Path(sys.executable).with_name("jiqun")
LIMIT_S = 0.4
REPEATS = 15


def seconds(*arguments: str) -> float:
    """Time one start."""
    start = perf_counter()
    subprocess.run([JIQUN, *arguments], check=True, capture_output=True)
    return perf_counter() - start


def main() -> int:
    """Print the times of the commands that do no work."""
    slow = False
    for arguments in (["--help"], ["--version"], ["study", "--help"]):
        seconds(*arguments)
        times = [seconds(*arguments) for _ in range(REPEATS)]
        slow |= median(times) > LIMIT_S
        what = " ".join(["jiqun", *arguments])
        print(
            f"{what:22} median {median(times):.3f} s, worst {max(times):.3f} s (limit {LIMIT_S} s)"
        )
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
