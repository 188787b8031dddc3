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
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from jiqun.model.event_log import EventLog, OpenAlliance
from jiqun.model.founding import found
from jiqun.model.scenario_schema import Scenario
from jiqun.model.simulation import Simulation
from jiqun.model.start.real_start import Origin
from jiqun.record.problem import InputError, Rule
from jiqun.vocabulary.text import Text

FORMAT = 1
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


def save(run: Simulation, path: Path) -> None:
    """Write a run to disk, whole or not at all."""
    state = {name: np.asarray(getattr(run.world, name)) for name in ARRAYS}
    about = {
        "format": FORMAT,
        "scenario": run.scenario.model_dump(mode="json"),
        "seed": run.seed,
        "period": run.period,
        "log": _plain(run.log),
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
                with archive.open(f"{name}.npy") as member:
                    stored = np.lib.format.read_array(member, allow_pickle=False)
                target = np.asarray(getattr(world, name))
                if stored.dtype != target.dtype or stored.shape != target.shape:
                    raise _unreadable(path)
                target[...] = stored
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise _unreadable(path) from error
    origin = None if about["origin"] is None else _origin(about["origin"])
    noted = _log(about["log"])
    return Simulation(scenario, int(about["seed"]), world, int(about["period"]), noted, origin)


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


def _plain(log: EventLog) -> dict[str, Any]:
    """Return what was noted as lists and numbers; pairs of key and value where a field has keys."""
    return {field.name: _listed(getattr(log, field.name)) for field in fields(log)}


def _listed(value: object) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return a value as JSON can hold it."""
    if isinstance(value, dict):
        return [[_listed(key), _listed(item)] for key, item in value.items()]
    if isinstance(value, list | tuple):
        return [_listed(item) for item in value]
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, OpenAlliance):
        return [_listed(getattr(value, field.name)) for field in fields(value)]
    return value


def _log(stored: dict[str, Any]) -> EventLog:
    """Return what was noted, with the types that it had."""
    log = EventLog()
    for field in fields(log):
        rows, empty = stored[field.name], getattr(log, field.name)
        if isinstance(empty, np.ndarray):
            array = np.array(rows, dtype=empty.dtype).reshape(-1, *empty.shape[1:])
            setattr(log, field.name, array)
        elif not isinstance(empty, dict):
            setattr(log, field.name, [_noted(row) for row in rows])
        elif field.name == "accounts":
            log.accounts = {_noted(key): np.array(item) for key, item in rows}
        elif field.name == "open_alliances":
            log.open_alliances = {key: _alliance(item) for key, item in rows}
        else:
            setattr(log, field.name, {_noted(key): _noted(item) for key, item in rows})
    log.alliances = [(_alliance(row[0]), *row[1:]) for row in stored["alliances"]]
    return log


def _noted(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return lists as the tuples that they were."""
    return tuple(map(_noted, value)) if isinstance(value, list) else value


def _alliance(stored: list[Any]) -> OpenAlliance:
    """Return an alliance with its members, who left and which interfaces failed."""
    values = dict(zip((field.name for field in fields(OpenAlliance)), stored, strict=True))
    values["gone"] = {key: _noted(item) for key, item in values["gone"]}
    values["failed"] = [_noted(item) for item in values["failed"]]
    return OpenAlliance(**values)
