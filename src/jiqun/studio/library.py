"""The records that are open 记录库: known by ids, never by paths, and read a column at a time."""

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

import polars as pl
from sqlalchemy import Row, delete, insert, select
from sqlalchemy.engine import Engine

from jiqun.record.storage import scan
from jiqun.studio import audit
from jiqun.studio.database import RECORDS, now
from jiqun.studio.refusals import KNOWN, NO_RECORD, refused

T = TypeVar("T")
ID = re.compile(r"[0-9a-f]{16}")
HELD = 3
"""Records whose tables stay in memory; the one used longest ago goes first."""


def id_of(path: Path) -> str:
    """Return the id of the record at a path: the same after a restart, and telling nothing."""
    return hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]


def record_name(path: Path) -> str:
    """Return what a record is called, by its path."""
    return path.name.removesuffix(".zip").removesuffix(".jiqun")


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """One record: its tables are scanned, and columns read when a view asks for them."""

    id: str
    name: str
    path: Path
    uploaded: bool
    tables: dict[str, pl.LazyFrame]
    kept: dict[str, object] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def columns(self, table: str, *names: str) -> pl.DataFrame:
        """Read columns of a table; an unobserved table has none of its rows."""
        key = f"{table}:{','.join(names)}"
        return self.once(key, lambda: self.tables[table].select(names).collect())

    def once(self, key: str, make: Callable[[], T]) -> T:
        """Return what ``make`` finds in the tables, which do not change; it is called once."""
        with self.lock:
            if key not in self.kept:
                self.kept[key] = make()
            return cast("T", self.kept[key])

    def rows(self, table: str) -> int:
        """Count the rows of a table that was observed."""
        counted = self.once(
            f"{table}:rows", lambda: self.tables[table].select(pl.len()).collect().item()
        )
        return int(str(counted))


@dataclass(slots=True)
class Library:
    """All records that a studio knows."""

    engine: Engine
    folder: Path
    _open: OrderedDict[str, OpenRecord] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, path: Path, *, name: str, owner: str, uploaded: bool) -> str:
        """Make a record known, and return its id; one that is known keeps its id."""
        record = id_of(path)
        with self.engine.begin() as connection:
            known = connection.execute(select(RECORDS.c.id).where(RECORDS.c.id == record)).first()
            if not known:
                connection.execute(
                    insert(RECORDS).values(
                        id=record,
                        name=name[:300],
                        path=str(path.resolve()),
                        owner=owner,
                        uploaded=int(uploaded),
                        added=now(),
                    )
                )
        if not known:
            audit.note(self.engine, owner, "record.add", record, uploaded=uploaded)
        return record

    def all(self) -> Sequence[Row[tuple[object, ...]]]:
        """Return what is known, newest first."""
        with self.engine.connect() as connection:
            return connection.execute(select(RECORDS).order_by(RECORDS.c.added.desc())).all()

    def row(self, record: str) -> Row[tuple[object, ...]]:
        """Return what is known about one record.

        Raises
        ------
        Refused
            For an id that names none.
        """
        if ID.fullmatch(record):
            with self.engine.connect() as connection:
                row = connection.execute(select(RECORDS).where(RECORDS.c.id == record)).first()
            if row:
                return row
        raise refused(404, KNOWN, NO_RECORD)

    def open(self, record: str) -> OpenRecord:
        """Return a record ready to be read.

        Raises
        ------
        Refused
            For an id that names none.
        InputError
            Where the record on disk is damaged or gone.
        """
        row = self.row(record)
        with self._lock:
            if record not in self._open:
                path = Path(str(row.path))
                self._open[record] = OpenRecord(
                    record, str(row.name), path, bool(row.uploaded), scan(path)
                )
                while len(self._open) > HELD:
                    self._open.popitem(last=False)
            self._open.move_to_end(record)
            return self._open[record]

    def remove(self, record: str, *, by: str) -> None:
        """Forget a record; a file that was uploaded is deleted, one that was not stays."""
        row = self.row(record)
        with self._lock:
            self._open.pop(record, None)
        with self.engine.begin() as connection:
            connection.execute(delete(RECORDS).where(RECORDS.c.id == record))
        path = Path(str(row.path))
        if row.uploaded and path.is_relative_to(self.folder.resolve()):
            path.unlink(missing_ok=True)
        audit.note(self.engine, by, "record.remove", record)
