"""One numbered world: simulated, its truth read, its tables hidden, diagnosed; as one line of a file.

Paper: T1, S1-S18
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from jiqun.diagnosis.gathering import Gathered, gather
from jiqun.diagnosis.lines_file import Line, append_line, read_lines
from jiqun.diagnosis.loop.hiding import hidden, removable
from jiqun.diagnosis.loop.truth import truth
from jiqun.diagnosis.loop.worlds import CYCLES, Purpose, world
from jiqun.diagnosis.stage.observations import Observations
from jiqun.measures import Measurement
from jiqun.measures.mirror_order import mirror_order
from jiqun.measures.readings.windows import Window
from jiqun.model.mechanisms import yearly
from jiqun.model.simulation import Simulation
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

PERMUTATIONS = 199
"""Relabellings of the mirror's order, fewer than in a diagnosis so that hundreds of worlds are feasible."""
LEFT_OUT = ("installed_base_elasticity",)
"""Half of the time of a diagnosis, and measured in 3 of 750 windows of simulated clusters."""
EVERY: dict[Purpose, dict[str, int]] = {
    "build": {"full": 1, "half": 2},
    "score": {
        "full": 1,
        "half": 3,
        "ties_only": 5,
        "firms_permuted": 15,
        "dates_shuffled": 15,
        "drawn_at_random": 15,
    },
}
"""One world in so many of each scenario is diagnosed with this hidden."""


def one_world(number: int, purpose: Purpose) -> Line:
    """Simulate, hide and gather; what is concluded from it is not part of the line.

    Returns
    -------
    dict
        ``number``, ``purpose``, ``truth`` and, by hiding, what was gathered.
    """
    scenario, seed = world(number, purpose)
    run = Simulation.begin(scenario, seed=seed)
    table = yearly(run)
    record = run.record()
    known = truth(table)
    turn = number // len(CYCLES[purpose])
    names = [name for name, every in EVERY[purpose].items() if turn % every == 0]
    return {
        "number": number,
        "purpose": purpose,
        "scenario": scenario.name,
        "start": scenario.start_year,
        "truth": {"type": known.type, "stage": known.stage, "stages": list(known.stages)},
        "state": {k: _plain(v) for k, v in table.tail(3).mean().row(0, named=True).items()},
        "gathered": {name: _gathered(record, name, number) for name in names},
    }


def _plain(value: float | None) -> float | None:
    return None if value is None or not np.isfinite(value) else round(float(value), 5)


def _gathered(record: Record, name: str, number: int) -> Line:
    shown = hidden(record, name, number)
    mirror = mirror_order(shown, seed=0, permutations=PERMUTATIONS)
    found = gather(shown, Measurement({"mirror_order": mirror}), 0, leaving=LEFT_OUT)
    return {
        "tables": removable(shown),
        "firms": found.firms,
        "readings": [
            {
                "aspect": f"{r.element}.{r.aspect}",
                "status": r.status,
                "support": {k: round(v, 6) for k, v in r.support.items()},
            }
            for r in found.readings
        ],
        "windows": _windows(found),
    }


def _windows(found: Gathered) -> Line | None:
    """Return the markers by window as plain numbers."""
    seen = found.observations
    if isinstance(seen, Text):
        return None
    return {
        "names": [w.name for w in seen.windows],
        "years": seen.years,
        "modes": _rows(seen.modes),
        "shares": {k: _rows(v) for k, v in seen.shares.items()},
        "indices": {k: _rows(v) for k, v in seen.indices.items()},
    }


def _rows(values: np.ndarray) -> list[list[float | None]]:
    return [[_plain(v) for v in row] for row in values]


def run_worlds(
    numbers: Iterable[int],
    purpose: Purpose,
    path: Path,
    *,
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
) -> list[Line]:
    """Run the worlds that are not in the file yet, each appended as it is done.

    Parameters
    ----------
    numbers
        Worlds to have in the file.
    purpose
        ``build`` or ``score``.
    path
        File with a line a world. A run that was stopped goes on from it.
    workers
        Processes; the lines do not depend on it.
    progress
        Called with the number of worlds done.

    Returns
    -------
    list
        The lines of these worlds, by number.
    """
    wanted = set(numbers)
    done = {line["number"]: line for line in read_lines(path) if line["purpose"] == purpose}
    for line in _run([n for n in sorted(wanted) if n not in done], purpose, workers):
        done[line["number"]] = line
        append_line(path, line)
        if progress is not None:
            progress(len(wanted & set(done)))
    return [done[n] for n in sorted(wanted)]


def _run(numbers: list[int], purpose: Purpose, workers: int) -> Iterator[Line]:
    if workers == 1:
        yield from (one_world(n, purpose) for n in numbers)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        futures = [pool.submit(one_world, n, purpose) for n in numbers]
        try:
            for future in as_completed(futures):
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def observations_of(windows: Mapping[str, Any]) -> Observations:
    """Return the markers of a line as they were observed, without the estimates behind them."""

    def array(rows: list[list[float | None]]) -> np.ndarray:
        return np.array([[np.nan if v is None else v for v in row] for row in rows], dtype=float)

    return Observations(
        windows=tuple(Window(name, 0.0, 0.0) for name in windows["names"]),
        years=windows["years"],
        modes=array(windows["modes"]),
        shares={k: array(v) for k, v in windows["shares"].items()},
        indices={k: array(v) for k, v in windows["indices"].items()},
        estimates={},
    )
