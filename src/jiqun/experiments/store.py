"""Store 结果库: finished runs in a folder, each under the hash of what made it; never half-written.

While an experiment goes on, finished runs arrive as fragments, each written beside its place, flushed
and renamed. When it is done they are merged into ``runs.parquet``, sorted by key, so that the finished
store has the same bytes whether or not the work was interrupted, and wherever it was done.

.. code-block:: text

   FOLDER/store.json          which model and outcomes the runs are of
   FOLDER/runs.parquet        key, year, one column an outcome
   FOLDER/fragments/*.parquet runs that are not merged yet
"""

import hashlib
import io
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import polars as pl

from jiqun.experiments.census import NAMES, Floats
from jiqun.experiments.model_version import model_version
from jiqun.experiments.problems import (
    STORE_BUSY,
    STORE_FOREIGN,
    STORE_MODEL,
    STORE_SPACE,
    refusal,
)
from jiqun.record.storage.faults import not_written
from jiqun.record.storage.swap import draft_prefix, lock, put_file
from jiqun.vocabulary.text import Text

FORMAT = 1
SCHEMA = {"key": pl.String, "year": pl.Int16} | dict.fromkeys(NAMES, pl.Float64)
BYTES_PER_ROW = 8 * len(NAMES) + 8
"""Upper bound of what a year of a run takes on disk."""
TWICE = 2
"""While fragments are merged, old and new are there side by side."""


class RunStore:
    """The runs of one version of the model in a folder."""

    def __init__(self, folder: str | Path) -> None:
        """Open a store, or begin one in an empty or new folder.

        Raises
        ------
        InputError
            Where the folder holds something else, or runs of another version of the model.
        """
        self.folder = Path(folder)
        self._about = self.folder / "store.json"
        self._merged = self.folder / "runs.parquet"
        self._fragments = self.folder / "fragments"
        if self._about.exists():
            self._check_about()
        elif self.folder.exists() and any(
            not p.name.startswith(draft_prefix(self._about)) for p in self.folder.iterdir()
        ):
            message = Text(
                f"{self.folder} holds other files and is no store.",
                f"{self.folder} 内有其他文件,不是结果库。",
            )
            raise refusal(STORE_FOREIGN, message, table=self.folder.name)

    def _check_about(self) -> None:
        """Refuse runs of another model."""
        try:
            about = json.loads(self._about.read_text("utf-8"))
        except ValueError:
            about = {}
        if not isinstance(about, dict) or about.get("format") != FORMAT:
            message = Text(f"{self._about} is not of this form.", f"{self._about} 格式不符。")
            raise refusal(STORE_FOREIGN, message, table=self.folder.name)
        if about.get("model") != model_version():
            message = Text(
                f"{self.folder} holds runs of model {about.get('model')}; this is {model_version()}.",
                f"{self.folder} 存有模型 {about.get('model')} 的运行;当前模型为 {model_version()}。",
            )
            raise refusal(STORE_MODEL, message, table=self.folder.name)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep the store for this process while it writes.

        Raises
        ------
        InputError
            Where another process writes to it, or the folder cannot be written.
        """
        try:
            self._fragments.mkdir(parents=True, exist_ok=True)
            if not self._about.exists():
                about = {"format": FORMAT, "model": model_version(), "outcomes": NAMES}
                put_file([json.dumps(about, indent=2).encode() + b"\n"], self._about)
        except OSError as error:
            raise not_written(self.folder, error) from error
        handle = lock(self._about)
        if handle is None and os.name != "nt":
            message = Text(
                f"Another program writes to {self.folder}.", f"另一程序正在写入 {self.folder}。"
            )
            raise refusal(STORE_BUSY, message, table=self.folder.name)
        try:
            yield
        finally:
            if handle is not None:
                os.close(handle)

    def demand_room(self, rows: int) -> None:
        """Refuse to begin what the disk cannot hold.

        Raises
        ------
        InputError
            With what is needed and what is free, in megabytes.
        """
        there = self._merged.stat().st_size if self._merged.exists() else 0
        needed = TWICE * rows * BYTES_PER_ROW + there
        place = next(p for p in (self.folder, *self.folder.absolute().parents) if p.exists())
        free = shutil.disk_usage(place).free
        if needed > free:
            message = Text(
                f"The runs need about {needed / 1e6:,.0f} MB; {free / 1e6:,.0f} MB are free.",
                f"运行结果约需 {needed / 1e6:,.0f} MB;可用空间为 {free / 1e6:,.0f} MB。",
            )
            raise refusal(STORE_SPACE, message, table=self.folder.name)

    def keys(self) -> set[str]:
        """Return the keys of all runs that are there."""
        found = (
            frame["key"].unique().to_list()
            for frame in (f.select("key").collect() for f in self._frames())
        )
        return {key for keys in found for key in keys}

    def add(self, runs: Mapping[str, Floats]) -> None:
        """Write finished runs as one fragment; after this they survive any interruption."""
        name = hashlib.sha256("".join(sorted(runs)).encode()).hexdigest()[:24]
        try:
            put_file([_parquet(_frame(runs))], self._fragments / f"{name}.parquet")
        except OSError as error:
            raise not_written(self.folder, error) from error

    def merge(self) -> None:
        """Put all fragments into ``runs.parquet``; a store without fragments stays as it is."""
        fragments = self._readable()
        if fragments:
            whole = pl.concat([f.collect() for f in self._frames()])
            try:
                put_file([_parquet(_sorted(whole))], self._merged)
            except OSError as error:
                raise not_written(self.folder, error) from error
        shutil.rmtree(self._fragments, ignore_errors=True)

    def read(self, keys: Iterable[str]) -> pl.DataFrame:
        """Return the rows of some runs: key, year and one column an outcome, sorted."""
        wanted = pl.DataFrame({"key": sorted(set(keys))}, schema={"key": pl.String}).lazy()
        frames = [frame.join(wanted, on="key", how="semi").collect() for frame in self._frames()]
        return _sorted(pl.concat([pl.DataFrame(schema=SCHEMA), *frames]))

    def digest(self) -> str:
        """Return the sha256 of the merged runs."""
        return hashlib.sha256(self._merged.read_bytes()).hexdigest()

    def _frames(self) -> list[pl.LazyFrame]:
        """Return what can be read; what a broken disk tore is left out and run again."""
        merged = [self._merged] if _is_whole(self._merged) else []
        return [pl.scan_parquet(path) for path in (*merged, *self._readable())]

    def _readable(self) -> list[Path]:
        """Return whole fragments."""
        paths = sorted(self._fragments.glob("[0-9a-f]*.parquet"))
        return [path for path in paths if _is_whole(path)]


def _is_whole(path: Path) -> bool:
    """Say whether a Parquet file is there and has its end."""
    try:
        pl.read_parquet_schema(path)
    except (pl.exceptions.PolarsError, OSError):
        return False
    return True


def _frame(runs: Mapping[str, Floats]) -> pl.DataFrame:
    """Return runs as rows: each result has shape (years, outcomes)."""
    years = [rows.shape[0] for rows in runs.values()]
    values = np.concatenate([*runs.values()]) if runs else np.empty((0, len(NAMES)))
    columns: dict[str, object] = {
        "key": np.repeat(np.array(list(runs), dtype=object), years),
        "year": np.concatenate([np.arange(n) for n in years]) if runs else [],
    }
    columns |= {name: values[:, n] for n, name in enumerate(NAMES)}
    return pl.DataFrame(columns, schema=SCHEMA)


def _sorted(frame: pl.DataFrame) -> pl.DataFrame:
    """Return each run once, in the order of the keys."""
    return frame.unique(["key", "year"], keep="first").sort("key", "year").rechunk()


def _parquet(frame: pl.DataFrame) -> bytes:
    """Return a frame as the bytes of a Parquet file; the same rows give the same bytes."""
    out = io.BytesIO()
    frame.write_parquet(out, compression="zstd", compression_level=3, row_group_size=100_000)
    return out.getvalue()
