"""Is a record made up? Whatever is shown of one says so."""

import polars as pl

from jiqun.record.record import Record
from jiqun.vocabulary.text import same

SYNTHETIC_SOURCE = "synthetic"
SIMULATING_COMMANDS = ("synthetic", "simulate")
SYNTHETIC_MARK = same("synthetic 模拟数据")


def is_synthetic(record: Record) -> bool:
    """Say whether any part of the record was generated rather than observed.

    That is so where a source's id, or the source that any row names, begins with ``synthetic``, or
    where a step of the provenance ran a command that begins with ``synthetic`` or ``simulate``.
    """
    named = any(
        record[table].get_column("source_id").str.starts_with(SYNTHETIC_SOURCE).any()
        for table in record
        if "source_id" in record[table].columns
    )
    commands = record["provenance"].get_column("command")
    ran = pl.any_horizontal(commands.str.starts_with(command) for command in SIMULATING_COMMANDS)
    return named or bool(pl.select(ran.any()).item())
