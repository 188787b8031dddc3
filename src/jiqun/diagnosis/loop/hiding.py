"""What is taken away before a diagnosis: nothing, half of the tables, all but ties; or all meaning.

Paper: T1 (permuted firms say nothing)
"""

from collections.abc import Callable

import numpy as np
import polars as pl

from jiqun.numerics.random import stream
from jiqun.record.record import Record
from jiqun.record.schema import TABLES

Hiding = Callable[[Record, np.random.Generator], Record]
KEPT = ("firms", "sources", "provenance")
ORIGIN = "digital_native"
"""The column of ``firms`` that is taken away as a table is: somebody has to find it out."""
FIRM_COLUMNS = {
    "sites": ("firm_id",),
    "ties": ("source", "target"),
    "memberships": ("firm_id",),
    "participations": ("firm_id",),
    "data_assets": ("owner",),
    "accounts": ("firm_id",),
    "innovators": ("firm_id",),
    "platforms": ("operator",),
    "interfaces": ("firm_a", "firm_b"),
}


def removable(record: Record) -> list[str]:
    """Return the tables with rows that can be taken away."""
    return [name for name in record if name not in KEPT and record[name].height > 0]


def full(record: Record, chance: np.random.Generator) -> Record:  # noqa: ARG001 - as the others
    """Take nothing away."""
    return record


def half(record: Record, chance: np.random.Generator) -> Record:
    """Take half of the tables away, drawn at random; how firms began counts as one."""
    names = [*removable(record), ORIGIN]
    gone = set(chance.choice(names, len(names) // 2, replace=False).tolist())
    left = Record({name: record[name] for name in record if name not in gone})
    return _without_origin(left) if ORIGIN in gone else left


def ties_only(record: Record, chance: np.random.Generator) -> Record:  # noqa: ARG001
    """Leave firms and ties, as a list of suppliers would."""
    return _without_origin(
        Record({name: record[name] for name in record if name in {*KEPT, "ties"}})
    )


def _without_origin(record: Record) -> Record:
    """Leave out how the firms began."""
    firms = record["firms"].with_columns(pl.lit(None, pl.Float64()).alias(ORIGIN))
    return Record({**record.tables, "firms": firms})


def firms_permuted(record: Record, chance: np.random.Generator) -> Record:
    """Exchange the firms of every table, of each on its own, and the values of accounts by column."""
    tables = dict(record.tables)
    ids = record["firms"]["firm_id"]
    for name, columns in FIRM_COLUMNS.items():
        if name in tables:
            to = ids.gather(chance.permutation(ids.len()))
            swapped = dict(zip(ids, to, strict=True))
            tables[name] = tables[name].with_columns(
                pl.col(c).replace(swapped) for c in columns if c in tables[name].columns
            )
    if "accounts" in tables:
        tables["accounts"] = _columns_shuffled(tables["accounts"], chance)
    for name in ("interfaces", "innovations"):
        if name in tables:
            tables[name] = _columns_shuffled(tables[name], chance)
    firms = tables["firms"]
    tables["firms"] = firms.with_columns(
        firms[c].gather(chance.permutation(firms.height)).alias(c)
        for c in ("industry_code", ORIGIN)
    )
    return Record(tables)


def dates_shuffled(record: Record, chance: np.random.Generator) -> Record:
    """Shuffle the dates of every table among its rows, keeping each row's start before its end."""
    tables = dict(record.tables)
    for name, frame in record.tables.items():
        pair = TABLES[name].interval
        dated = list(pair) if pair else ["date"] if "date" in frame.columns else []
        if dated and frame.height:
            order = chance.permutation(frame.height)
            tables[name] = frame.with_columns(frame[c].gather(order).alias(c) for c in dated)
    return Record(tables)


def drawn_at_random(record: Record, chance: np.random.Generator) -> Record:
    """Draw the firm of every row, how firms began, how accounts part, and the dates."""
    tables = dict(dates_shuffled(record, chance).tables)
    ids = record["firms"]["firm_id"]
    for name, columns in FIRM_COLUMNS.items():
        if name in tables:
            frame = tables[name]
            tables[name] = frame.with_columns(
                _drawn_like(frame[c], ids, chance) for c in columns if c in frame.columns
            )
    for name in ("accounts", "interfaces", "innovations"):
        if name in tables:
            tables[name] = _columns_shuffled(tables[name], chance)
    share = pl.Series(chance.uniform(size=tables["accounts"].height))
    tables["accounts"] = tables["accounts"].with_columns(digital_revenue=pl.col("revenue") * share)
    tables["firms"] = tables["firms"].with_columns(
        pl.Series(ORIGIN, chance.uniform(size=ids.len()).round(1))
    )
    return Record(tables)


def _drawn_like(column: pl.Series, ids: pl.Series, chance: np.random.Generator) -> pl.Series:
    """Draw firms for a column; where none was named, none is."""
    drawn = ids.gather(chance.integers(ids.len(), size=column.len())).alias(column.name)
    return pl.select(pl.when(column.is_not_null()).then(drawn).alias(column.name)).to_series()


def _columns_shuffled(frame: pl.DataFrame, chance: np.random.Generator) -> pl.DataFrame:
    """Shuffle each column of values on its own; keys and days stay."""
    values = [
        c
        for c in frame.columns
        if c in {"state", "mode"} or frame.schema[c] in {pl.Float64, pl.Int64}
    ]
    return frame.with_columns(
        frame[c].gather(chance.permutation(frame.height)).alias(c) for c in values
    )


HIDINGS: dict[str, Hiding] = {
    "full": full,
    "half": half,
    "ties_only": ties_only,
}
"""What is scored against the truth."""
NULLS: dict[str, Hiding] = {
    "firms_permuted": firms_permuted,
    "dates_shuffled": dates_shuffled,
    "drawn_at_random": drawn_at_random,
}
"""What leaves nothing to be known, of all or of the stage."""


def hidden(record: Record, name: str, number: int) -> Record:
    """Apply one hiding to the record of a numbered world."""
    return {**HIDINGS, **NULLS}[name](record, stream(number, "hiding", name))
