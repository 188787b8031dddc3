"""Checkpoints 检查点: a run on disk, from which it goes on as if it had never stopped.

A checkpoint is a folder-free file: a zip of arrays without pickled objects, so that opening one runs
no code. It holds the scenario, the seed, every array of the state and everything noted so far; the
draws need no state, as they are addressed by period. A continuation is the uninterrupted run, bit for
bit. It is written beside the old one and renamed over it, so that a run that is stopped while
writing leaves the one before.
"""

import datetime as dt
import json
import os
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from jiqun.model.event_log import GROWING, Noted, empty_log, used
from jiqun.model.founding import found
from jiqun.model.scenario_schema import Scenario
from jiqun.model.simulation import Simulation
from jiqun.model.start.real_start import Origin
from jiqun.record.problem import InputError, Rule
from jiqun.vocabulary.text import Text

FORMAT = 2
UNREADABLE = Rule(
    id="checkpoint.unreadable",
    title=Text("A checkpoint is one that this version wrote.", "检查点须由本版本写出。"),
    remedy=Text("Delete the file, and run from the start.", "请删除该文件,从头运行。"),
)
OTHER = Rule(
    id="checkpoint.other_run",
    title=Text("A checkpoint is continued by the run that it is of.", "检查点须由同一仿真继续。"),
    remedy=Text(
        "Use the scenario and seed that it was written with, or another file.",
        "请使用写出它时的情景与种子,或改用其他文件。",
    ),
)
RULES = (UNREADABLE, OTHER)
ARRAYS = (
    "firms",
    "relations",
    "alliances",
    "platforms",
    "lists",
    "regions",
    "industries",
    "levers",
    "block_sum",
    "free",
    "tally",
    "total",
)
LOGGED = (*GROWING, "seen", "roster", "tally")
"""Tables of the log; what the next look will write over is not kept."""


def save(run: Simulation, path: Path) -> None:
    """Write a run to disk, whole or not at all."""
    state = {name: np.asarray(getattr(run.world, name)) for name in ARRAYS}
    log = used(run.log)
    state |= {f"log/{name}": np.asarray(getattr(log, name)) for name in LOGGED}
    about = {
        "format": FORMAT,
        "scenario": run.scenario.model_dump(mode="json"),
        "seed": run.seed,
        "period": run.period,
        "origin": None if run.origin is None else _origin_of(run.origin),
    }
    part = path.with_name(f"{path.name}.part")
    with part.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("about.json", json.dumps(about))
            for name, array in state.items():
                with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                    np.lib.format.write_array(member, array, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def restore(path: Path) -> Simulation:
    """Read a run from disk.

    Raises
    ------
    InputError
        Where the file is no checkpoint of this version.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            about = json.loads(archive.read("about.json"))
            if about["format"] != FORMAT:
                raise _unreadable(path)
            scenario = Scenario.model_validate(about["scenario"])
            world = found(scenario, seed=int(about["seed"]))
            for name in ARRAYS:
                stored = _array(archive, name)
                target = np.asarray(getattr(world, name))
                if stored.dtype != target.dtype or stored.shape != target.shape:
                    raise _unreadable(path)
                target[...] = stored
            log = _log(archive)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise _unreadable(path) from error
    origin = None if about["origin"] is None else _origin(about["origin"])
    return Simulation(scenario, int(about["seed"]), world, log, int(about["period"]), origin)


def _array(archive: zipfile.ZipFile, name: str) -> np.ndarray:
    """Read one array."""
    with archive.open(f"{name}.npy") as member:
        return np.asarray(np.lib.format.read_array(member, allow_pickle=False))


def _log(archive: zipfile.ZipFile) -> Noted:
    """Read what was noted.

    Raises
    ------
    ValueError
        Where a table is not of this version.
    """
    empty = empty_log(0)
    tables: dict[str, Any] = {}
    for name in LOGGED:
        stored, like = _array(archive, f"log/{name}"), getattr(empty, name)
        if stored.dtype != like.dtype:
            msg = f"log/{name} has other columns"
            raise ValueError(msg)
        tables[name] = stored.view(np.recarray) if stored.dtype.names else stored
    return empty._replace(**tables)


def continued(path: Path, scenario: Scenario, *, seed: int) -> Simulation:
    """Read a run from disk that has to be of this scenario and seed.

    Raises
    ------
    InputError
        Where it is of another run, or no checkpoint.
    """
    run = restore(path)
    if run.scenario != scenario or run.seed != seed:
        message = Text(
            f"It is of scenario {run.scenario.name}, seed {run.seed}, or of other values.",
            f"它属于情景 {run.scenario.name}、种子 {run.seed},或取值不同的情景。",
        )
        raise InputError((OTHER.problem(table=path.name, message=message),))
    return run


def _unreadable(path: Path) -> InputError:
    """Return the problem of a file that is no checkpoint."""
    message = Text("It is no checkpoint of this version.", "不是本版本的检查点。")
    return InputError((UNREADABLE.problem(table=path.name, message=message),))


def _origin_of(origin: Origin) -> list[Any]:
    """Return the firms of a start as lists."""
    days = [None if day is None else day.isoformat() for day in origin.founded]
    return [list(origin.names), days, origin.scheme]


def _origin(stored: list[Any]) -> Origin:
    """Return the firms of a start."""
    names, days, scheme = stored
    known = tuple(None if day is None else dt.date.fromisoformat(day) for day in days)
    return Origin(tuple(names), known, scheme)
