"""What every importer returns: the record, what was wrong, and where each source row went."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from jiqun.record.problem import Problem
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCount:
    """Where the rows of one source went: ``read == kept + reported``, always.

    Attributes
    ----------
    source
        File or ``file#sheet``.
    read
        Data rows in it, headings and wholly empty rows aside.
    kept
        Rows that are in the record.
    reported
        Rows that are not, each with a problem that names it.
    """

    source: str
    read: int
    kept: int
    reported: int = 0

    def __post_init__(self) -> None:
        """Hold the importer to its promise that no row is dropped silently."""
        if self.read != self.kept + self.reported:
            msg = (
                f"{self.source}: {self.read} rows read, {self.kept} kept, {self.reported} reported"
            )
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Two firms that may be one: a proposal, never applied unasked.

    Attributes
    ----------
    keep, drop
        ``firm_id`` of the firm that would stay and of the one that would be merged into it.
    score
        Likeness in [0, 1].
    reason
        What they share.
    """

    keep: str
    drop: str
    score: float
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """The outcome of an import.

    Attributes
    ----------
    record
        What could be read. Not to be stored while ``problems`` holds an error.
    problems
        Everything that is wrong, errors and warnings.
    rows
        Where the rows of each source went.
    merges
        Likely duplicate firms.
    inputs
        File name → sha256, for the provenance.
    """

    record: Record
    problems: tuple[Problem, ...] = ()
    rows: tuple[RowCount, ...] = ()
    merges: tuple[Merge, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)


class ReadSource(Protocol):
    """Read one format; raises ``InputError`` where nothing can be read at all."""

    def __call__(self, source: Path, *, options: Mapping[str, str]) -> Imported:
        """Read the file or folder ``source``; ``options`` are those the importer documents."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Importer:
    """One format that ``jiqun import`` knows.

    Attributes
    ----------
    name
        As typed on the command line.
    title, meaning
        What it is and what it turns into, for people.
    read
        The function.
    options
        Option name → what it does (``--set name=value`` on the command line).
    """

    name: str
    title: Text
    meaning: Text
    read: ReadSource
    options: Mapping[str, Text] = field(default_factory=dict)
