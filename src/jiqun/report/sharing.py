"""Reports that leave the house 对外共享: no names, no cell that a few firms fill, no place of a single firm.

A name that is masked can still be found out by who knows a firm well: what is shared is less telling, not
anonymous.
"""

from dataclasses import replace

import polars as pl

from jiqun.diagnosis.diagnosis import Diagnosis
from jiqun.experiments.forecasting import Forecast
from jiqun.experiments.outlook import Outlook
from jiqun.measures import Measurement
from jiqun.measures.estimate import Estimate
from jiqun.numerics.random import stream
from jiqun.record.problem import Problem
from jiqun.record.record import Record
from jiqun.record.schema import EXTENSION_PREFIX, TABLES
from jiqun.report.study import Study
from jiqun.report.summary import Summary
from jiqun.vocabulary.counting import counted
from jiqun.vocabulary.text import Text

LEAST = 5
"""Fewest firms or rows that a number may rest on."""
LARGEST_FOUR = "top_share"
"""Series that rests on four firms."""
KEPT_AS_THEY_ARE = ("sources", "provenance")
SUPPRESSED = Text(
    "Suppressed in a shared report: it rests on {n} {n_of}, fewer than {least}.",
    "共享报告中不予显示:仅依据 {n} {n_of},不足 {least}。",
)


def masked(record: Record, *, seed: int = 0) -> Record:
    """Replace every name and identifier by a number in an order drawn at random.

    Parameters
    ----------
    record
        What to mask.
    seed
        Of the order.

    Returns
    -------
    Record
        The same rows and numbers. Columns that users added are left out, since nobody knows what they
        hold.
    """
    codes = {
        name: _codes(record, name, seed)
        for name in record
        if name not in KEPT_AS_THEY_ARE and len(TABLES[name].key) == 1
    }
    tables = {
        name: _masked(record[name], name, codes) for name in record if name not in KEPT_AS_THEY_ARE
    }
    return record.replace(**tables)


def _codes(record: Record, table: str, seed: int) -> dict[str, str]:
    """Return each key of a table → its number."""
    keys = record[table].get_column(TABLES[table].key[0]).drop_nulls().unique().sort().to_list()
    order = stream(seed, "sharing", table).permutation(len(keys))
    digits = len(str(len(keys)))
    return {
        key: f"{table[:-1]}-{place + 1:0{digits}d}" for key, place in zip(keys, order, strict=True)
    }


def _masked(frame: pl.DataFrame, table: str, codes: dict[str, dict[str, str]]) -> pl.DataFrame:
    changed = {}
    for column in TABLES[table].columns:
        own = column.name == TABLES[table].key[0] and len(TABLES[table].key) == 1
        target = table if own else (column.references or "").partition(".")[0]
        if target in codes:
            changed[column.name] = pl.col(column.name).replace(codes[target])
    if table == "firms":
        changed["name"] = pl.col("firm_id").replace(codes["firms"])
    kept = [c for c in frame.columns if not c.startswith(EXTENSION_PREFIX)]
    return frame.select(kept).with_columns(**changed)


def shared(study: Study) -> Study:
    """Return a study that may be handed on: small cells suppressed, single places and rows left out.

    Parameters
    ----------
    study
        Of a record that was masked before, unless names may be shown.
    """
    return replace(
        study,
        measurement=suppressed(study.measurement),
        problems=tuple(map(_without_values, study.problems)),
        summary=_coarser(study.summary),
        diagnosis=None if study.diagnosis is None else _less_telling(study.diagnosis),
        outlook=None if study.outlook is None else _of_enough_firms(study.outlook),
        forecast=None if study.forecast is None else _without_largest(study.forecast),
        shared=True,
    )


def _less_telling(found: Diagnosis) -> Diagnosis:
    """Suppress what single lines of evidence rest on."""
    evidence = tuple(
        replace(line, estimates=tuple(map(_suppressed, line.estimates)))
        for line in found.type.evidence
    )
    return replace(found, type=replace(found.type, evidence=evidence))


def _of_enough_firms(found: Outlook) -> Outlook | None:
    """Leave out what the four largest firms sell, and everything where a year has too few firms."""
    if (found.observed.sizes > 0.0).sum(axis=0).min() < LEAST:
        return None
    series = {
        name: values for name, values in found.observed.series.items() if name != LARGEST_FOUR
    }
    naive = {
        method: tuple(row for row in rows if row.pattern != LARGEST_FOUR)
        for method, rows in found.naive.items()
    }
    return replace(found, observed=replace(found.observed, series=series), naive=naive)


def _without_largest(found: Forecast) -> Forecast:
    history = {name: past for name, past in found.history.items() if name != LARGEST_FOUR}
    rows = tuple(row for row in found.rows if row.pattern != LARGEST_FOUR)
    return replace(found, history=history, rows=rows)


def suppressed(measurement: Measurement) -> Measurement:
    """Replace numbers that rest on a few observations by the reason why they are not shown."""
    return Measurement(
        {name: tuple(map(_suppressed, found)) for name, found in measurement.items()}
    )


def _suppressed(estimate: Estimate) -> Estimate:
    if not estimate.measured or estimate.n >= LEAST:
        return estimate
    return Estimate(
        measure=estimate.measure,
        label=estimate.label,
        of=estimate.of,
        reason=SUPPRESSED.fill(n=estimate.n, n_of=counted(estimate.n_of), least=LEAST),
    )


def _without_values(problem: Problem) -> Problem:
    return replace(problem, value=None, row=None)


def _coarser(summary: Summary) -> Summary:
    """Count kinds of organisation that are few under one heading."""
    few = {kind: n for kind, n in summary.kinds.items() if n < LEAST}
    kinds = {kind: n for kind, n in summary.kinds.items() if kind not in few}
    if few:
        kinds[""] = kinds.get("", 0) + sum(few.values())
    return replace(summary, kinds=kinds)
