"""What a kind of job is, and what its function is given."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from jiqun.record.exchange.whole_files import write_whole
from jiqun.vocabulary.text import Text

RESULT = "result.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One job, as its process sees it.

    Attributes
    ----------
    record
        Path of the record.
    name
        What the record is called.
    seed
        Seed of all random numbers.
    parameters
        The rest of what was asked for.
    folder
        Its own folder: what is found there from an earlier attempt is taken up again.
    say
        Takes the share done, 0 … 1, and what is being done.
    earlier, earlier_name
        Path and name of an earlier record to compare with, for a job that asks for one.
    """

    record: Path
    name: str
    seed: int
    parameters: dict[str, object]
    folder: Path
    say: Callable[[float, Text], None]
    earlier: Path | None = None
    earlier_name: str = ""

    def put(self, **files: bytes) -> None:
        """Write files of the result whole; ``__`` in a name stands for a dot."""
        write_whole({self.folder / name.replace("__", "."): raw for name, raw in files.items()})

    def finish(self, result: object) -> None:
        """Write the result."""
        text = json.dumps(result, ensure_ascii=False, allow_nan=False)
        write_whole({self.folder / RESULT: text.encode()})


@dataclass(frozen=True, slots=True, kw_only=True)
class JobKind:
    """One kind of job.

    Attributes
    ----------
    name
        As it is asked for.
    title
        What it does, for people.
    run
        Does it; ends with :meth:`Task.finish`.
    """

    name: str
    title: Text
    run: Callable[[Task], None]
