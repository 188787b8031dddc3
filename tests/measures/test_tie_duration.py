"""Duration of ties: censoring, windows, clustered intervals, what cannot be told.

Paper: S9 (long-term collaboration)
"""

from datetime import date

import numpy as np
import polars as pl
import pytest

from jiqun.measures.tie_duration import tie_duration
from jiqun.record.record import Record
from tests.measures.cluster_years import EARLY, LATE, baseline, get, ties
from tests.measures.records import firm_table


def test_by_hand() -> None:
    """Twelve ties end after one year, twelve after four; twelve go on: median 4, mean (1 + 4 + 5)/3.

    The 37th only sets the last day; it was watched for one day.
    """
    table = pl.DataFrame(
        {
            "tie_id": [f"t{i}" for i in range(37)],
            "source": [f"f{2 * i}" for i in range(37)],
            "target": [f"f{2 * i + 1}" for i in range(37)],
            "start": [date(2000, 1, 1)] * 36 + [date(2009, 1, 1)],
            "end": [date(2001, 1, 1)] * 12 + [date(2004, 1, 1)] * 12 + [None] * 13,
        }
    )
    found = tie_duration(Record.of(firms=firm_table(["17"] * 74, ["330100"] * 74), ties=table))
    assert get(found, "median", relation="ties").value == pytest.approx(4.0, abs=0.01)
    assert get(found, "lasting one year", relation="ties").value == pytest.approx(24 / 36)
    five = get(found, "lasting five years", relation="ties")
    assert five.value == pytest.approx(12 / 36)
    mean = get(found, "mean within five years", relation="ties")
    assert mean.value == pytest.approx(10 / 3, rel=0.02)
    assert mean.low is not None
    assert mean.high is not None
    assert mean.low < 10 / 3 < mean.high
    assert get(found, "median", relation="alliances").reason is not None


def test_what_goes_on_is_not_counted_as_short() -> None:
    """All began two years before the last day: none was watched for five."""
    table = ties().filter(pl.col("start") == date(2005, 1, 1))
    table = table.with_columns(
        end=pl.when(pl.int_range(pl.len()) < 3).then(date(2005, 7, 2)).otherwise(date(2006, 1, 1))
    )
    going_on = table.with_columns(end=pl.when(pl.int_range(pl.len()) < 3).then("end"))
    record = Record.of(
        firms=baseline()["firms"],
        ties=going_on,
        sources=pl.DataFrame({"source_id": ["s"], "retrieved": [date(2007, 1, 1)]}),
    )
    found = tie_duration(record)
    assert get(found, "lasting one year", relation="ties").value == 13 / 16
    reason = get(found, "lasting five years", relation="ties").reason
    assert reason is not None
    assert "beyond an age of 2 years" in reason.en
    assert get(found, "median", relation="ties").reason is not None


def test_planned_ends_are_not_yet_known() -> None:
    planned = ties().with_columns(end=pl.col("end").fill_null(date(2050, 1, 1)))
    until = pl.DataFrame({"source_id": ["s"], "retrieved": [date(2010, 1, 1)]})
    one = tie_duration(baseline(sources=until))
    other = tie_duration(baseline(ties=planned, sources=until))
    assert one == other


def test_one_firm_in_all_ties_leaves_no_interval() -> None:
    star = ties().with_columns(
        source=pl.lit("f0"), target=pl.format("f{}", 1 + pl.int_range(pl.len()) % 39)
    )
    half = star.with_columns(
        end=pl.when(pl.int_range(pl.len()) % 2 == 0).then(pl.col("start").dt.offset_by("6mo"))
    )
    found = get(tie_duration(baseline(ties=half)), "lasting one year", relation="ties")
    assert found.value == pytest.approx(0.5, abs=0.05)
    assert found.low is None


def test_without_any_end_or_any_date() -> None:
    for table in (
        ties().with_columns(end=pl.lit(None, pl.Date)),
        ties().with_columns(start=pl.lit(None, pl.Date)),
    ):
        for estimate in tie_duration(baseline(ties=table)):
            assert ("relation", "alliances") in estimate.of or estimate.reason is not None


def test_flat_at_first_and_moving_when_ties_last() -> None:
    flat = tie_duration(baseline(), years=5)
    for window in (EARLY, LATE):
        assert get(flat, "median", window, relation="ties").value == pytest.approx(2.0, abs=0.01)
    shorter = ties().with_columns(
        end=pl.when(pl.col("start") < date(2005, 1, 1))
        .then(pl.col("start").dt.offset_by("6mo"))
        .otherwise("end")
    )
    found = tie_duration(baseline(ties=shorter), years=5)
    medians = [get(found, "median", w, relation="ties").value for w in (EARLY, LATE)]
    assert medians == pytest.approx([0.5, 2.0], abs=0.01)
    assert found[4:8] == flat[4:8]  # alliances are as before


@pytest.mark.statistical
def test_interval_covers_under_firm_effects() -> None:
    """Firms differ in how long they keep ties; the share that lasts a year is known."""
    generator = np.random.default_rng(5)
    covered = 0
    trials, firms, number = 150, 80, 400
    for _ in range(trials):
        faith = generator.gamma(2.0, 0.5, firms)
        pairs = generator.integers(0, firms, (number, 2))
        pairs = pairs[pairs[:, 0] != pairs[:, 1]]
        length = generator.exponential(1.0, len(pairs)) * faith[pairs].mean(axis=1)
        begun = np.datetime64("2000-01-01") + generator.integers(0, 1400, len(pairs))
        ended = begun + np.maximum(length * 365.25, 1.0).astype(int)
        table = pl.DataFrame(
            {
                "tie_id": [f"t{i}" for i in range(len(pairs))],
                "source": [f"f{a}" for a in pairs[:, 0]],
                "target": [f"f{b}" for b in pairs[:, 1]],
                "start": begun,
                "end": ended,
            }
        ).with_columns(pl.when(pl.col("end") < date(2004, 1, 1)).then("end").alias("end"))
        record = Record.of(
            firms=firm_table(["17"] * firms, ["330100"] * firms),
            ties=table,
            sources=pl.DataFrame({"source_id": ["s"], "retrieved": [date(2004, 1, 1)]}),
        )
        one = get(tie_duration(record), "lasting one year", relation="ties")
        assert one.low is not None
        assert one.high is not None
        covered += one.low <= TRUTH <= one.high
    assert covered / trials > 0.9


def true_share() -> float:
    generator = np.random.default_rng(1)
    faith = generator.gamma(2.0, 0.5, (1_000_000, 2)).mean(axis=1)
    return float(np.exp(-1.0 / faith).mean())


TRUTH = true_share()
