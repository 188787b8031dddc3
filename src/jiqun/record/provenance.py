"""What made a record 溯源: one row for each step and input, appended by every tool.

A row holds neither a time of day nor a path, so that the same inputs and the same command give the
same record on any machine.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path, PurePath

import polars as pl

from jiqun.record.record import Record, conform

SOFTWARE = "jiqun"


def sha256_of(path: str | Path) -> str:
    """Return the SHA-256 of a file as 64 hexadecimal digits, reading it a piece at a time.

    Raises
    ------
    OSError
        Where the file cannot be read.
    """
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def append(
    record: Record,
    *,
    command: str,
    parameters: Mapping[str, object] | None = None,
    seed: int | None = None,
    inputs: Mapping[str, str] | None = None,
) -> Record:
    """Return the record with one more step in its provenance.

    Parameters
    ----------
    record
        What the step made; the steps before it are kept.
    command
        What was run, such as ``import supplier-list``, without paths.
    parameters
        What it was run with, stored as JSON with sorted keys. Dates become ISO 8601; of a path only
        the last part is kept.
    seed
        Seed of the random numbers, where any were drawn.
    inputs
        File name → sha256 (:func:`sha256_of`), one row each; without inputs the step has one row.
        Of an absolute path only the last part is kept.

    Returns
    -------
    Record
        With ``provenance`` longer by ``max(1, len(inputs))`` rows.

    Raises
    ------
    ValueError
        Where two inputs have the same name.
    TypeError
        For a parameter that cannot be written as JSON.
    """
    done = record["provenance"]
    last: int = done.select(pl.col("step").max().fill_null(0)).item()
    step = pl.DataFrame(
        [
            {
                "step": last + 1,
                "software": SOFTWARE,
                "version": version(SOFTWARE),
                "command": command,
                "parameters": as_json(parameters or {}),
                "seed": seed,
                "input": name,
                "sha256": sha,
            }
            for name, sha in without_paths(inputs or {})
        ],
        infer_schema_length=None,
    )
    return record.replace(provenance=pl.concat([done, conform("provenance", step)], how="diagonal"))


def without_paths(inputs: Mapping[str, str]) -> list[tuple[str | None, str | None]]:
    """Return the inputs by name, or one nameless input where there are none."""
    names = {name: PurePath(name) for name in inputs}
    shown = {n: path.name if path.is_absolute() else path.as_posix() for n, path in names.items()}
    if len(set(shown.values())) < len(shown):
        msg = f"two inputs have the same name: {', '.join(sorted(shown))}"
        raise ValueError(msg)
    return sorted((shown[name], sha) for name, sha in inputs.items()) or [(None, None)]


def as_json(parameters: Mapping[str, object]) -> str:
    """Write parameters as one line of JSON whose keys are in order.

    Raises
    ------
    TypeError
        For a value that is neither JSON, nor a date, a path or a set of such values.
    """
    return json.dumps(
        parameters, sort_keys=True, ensure_ascii=False, allow_nan=False, default=plain
    )


def plain(value: object) -> object:
    """Turn a date, a path or a set into something that JSON has."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, PurePath):
        return value.name
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    msg = f"a parameter cannot be a {type(value).__name__}: {value!r}"
    raise TypeError(msg)
