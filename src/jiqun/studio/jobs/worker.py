"""The process of one job: ``python -m jiqun.studio.jobs.worker``.

The studio writes one line of JSON to its standard input and keeps it open. When that end closes, the
studio is gone and so is this process, with those that it started: a killed server leaves nothing
running. What it did so far is in its folder, and the next attempt goes on from there.
"""

import json
import os
import signal
import sys
import threading
import traceback
from pathlib import Path

from jiqun.record.problem import InputError
from jiqun.studio.jobs import KINDS
from jiqun.studio.jobs.job import Task
from jiqun.studio.wire import ProblemView
from jiqun.vocabulary.text import Text


def _tell(**line: object) -> None:
    """Send the studio one line."""
    sys.stdout.write(json.dumps(line, ensure_ascii=True) + "\n")
    sys.stdout.flush()


def _say(done: float, what: Text) -> None:
    _tell(progress=done, en=what.to("en"), zh=what.to("zh"))


def _leave_with_the_studio() -> None:
    """Wait until standard input closes, then leave at once."""
    sys.stdin.read()
    if sys.platform != "win32" and os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(3)


def _give_way() -> None:
    """Let the page answer first: a job may take a moment longer."""
    if sys.platform != "win32":
        os.nice(10)


def main() -> int:
    """Do one job; 0 done, 2 the input is wrong, 1 a defect of ours."""
    _give_way()
    order = json.loads(sys.stdin.readline())
    threading.Thread(target=_leave_with_the_studio, daemon=True).start()
    task = Task(
        record=Path(order["record"]),
        name=order["name"],
        seed=order["parameters"].get("seed", 0),
        parameters=order["parameters"],
        folder=Path(order["folder"]),
        say=_say,
        earlier=Path(order["earlier"]) if order["earlier"] else None,
        earlier_name=order["earlier_name"],
    )
    try:
        KINDS[order["kind"]].run(task)
    except InputError as error:
        _tell(problems=[ProblemView.of(problem).model_dump() for problem in error.problems])
        return 2
    except Exception:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
