"""Entry and exit: by hand, exact Poisson ends, flat, moving alone.

Paper: S7, S16 (entry), N3c (turnover), Q16
"""

from datetime import date

import polars as pl
import pytest

from jiqun.measures.entry import entry
from jiqun.record.record import Record
from tests.measures.cluster_years import EARLY, LATE, baseline, get


def born(**years: int) -> Record:
    """Found some of the forty firms in other years."""
    record = baseline()
    day = pl.col("founded")
    for firm, year in years.items():
        day = pl.when(pl.col("firm_id") == firm).then(date(year, 1, 1)).otherwise(day)
    return record.replace(firms=record["firms"].with_columns(founded=day))


def test_by_hand() -> None:
    """One of forty founded in mid-window: 1 / (39 · 5 + 3) firm-years."""
    found = get(entry(born(f0=2007), years=5), "entry rate", LATE)
    assert found.value == pytest.approx(1 / 198, rel=1e-3)
    assert found.low is not None
    assert found.high is not None
    assert found.low * 198 == pytest.approx(0.0253, rel=0.01)  # Garwood's for one event
    assert found.high * 198 == pytest.approx(5.572, rel=0.01)
    assert any("exist today" in warning.en for warning in found.warnings)


def test_closures_end_exposure() -> None:
    record = baseline()
    closed = pl.when(pl.col("firm_id") == "f1").then(date(2006, 1, 1))
    record = record.replace(firms=record["firms"].with_columns(closed=closed))
    found = get(entry(record, years=5), "exit rate", LATE)
    assert found.value == pytest.approx(1 / 196, rel=1e-3)
    assert get(entry(record, years=5), "exit rate", EARLY).value == 0.0
    assert get(entry(baseline()), "exit rate").reason is not None


def test_flat_at_first_and_moving_alone() -> None:
    assert [get(entry(baseline(), years=5), "entry rate", w).value for w in (EARLY, LATE)] == [0, 0]
    crowd = {f"f{i}": 2005 + i % 5 for i in range(20)}
    found = entry(born(**crowd), years=5)
    late = get(found, "entry rate", LATE)
    assert get(found, "entry rate", EARLY).value == 0
    assert late.low is not None
    assert late.low > 0.05


def test_unknown_foundings_are_counted_and_left_out() -> None:
    record = baseline()
    known = pl.when(pl.int_range(pl.len()) < 10).then("founded")
    record = record.replace(firms=record["firms"].with_columns(founded=known))
    warnings = get(entry(record), "entry rate").warnings
    assert any(w.en.startswith("30 firms") for w in warnings)
    nothing = record.replace(firms=record["firms"].with_columns(founded=pl.lit(None, pl.Date)))
    assert all(e.reason is not None for e in entry(nothing, years=5))
