"""The program of a local worker: batches come in, results go out, until the input ends.

It is started as a program of its own rather than forked, so that it inherits no threads, no locks and
no half-imported main module; it ends when the program that started it is gone.
"""

import os
import pickle
import signal
import sys
import traceback
from typing import BinaryIO

from jiqun.experiments.work import Batch, Defect, Done, do


def main() -> None:
    """Do batches from standard input; what anything prints goes to standard error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who started it decides
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, out)


def serve(batches: BinaryIO, out: BinaryIO) -> None:
    """Answer each batch with what came of it, or with the words of the error."""
    while True:
        try:
            batch: Batch = pickle.load(batches)  # noqa: S301 - from the program that started us
        except EOFError:
            return
        answer: Done | Defect
        try:
            answer = do(batch)
        except Exception:
            answer = Defect(traceback.format_exc())
        pickle.dump(answer, out, protocol=pickle.HIGHEST_PROTOCOL)
        out.flush()


if __name__ == "__main__":
    main()
