"""Patterns: each number on records whose answer is known by hand.

Paper: E5, K3i, T5 (distance, lives of ties and alliances).
"""

import datetime as dt
import math
from typing import Any

import numpy as np
import polars as pl
import pytest

from jiqun.model.pattern_numbers import (
    failed_platforms,
    hill,
    life_of_failed_platforms,
    mean_years,
    squares_over_triangles,
    tie_years,
)
from jiqun.model.pattern_scores import PATTERNS, as_table, scored
from jiqun.model.scenario import BUNDLED
from jiqun.model.simulate import simulate
from jiqun.model.state import Floats
from jiqun.record.record import Record, empty_table
from tests.model.small import small

RANKS: Floats = np.arange(0.5, 500.0)


def table(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=empty_table(name).schema)


def test_the_tail_of_a_zipf_distribution_is_one() -> None:
    """Sizes 1/(rank - 1/2) lie on a line of slope -1."""
    assert hill(1.0 / RANKS, 0.2) == pytest.approx(1.0)
    assert hill(np.sqrt(1.0 / RANKS), 0.2) == pytest.approx(2.0)
    assert math.isnan(hill(np.ones(500), 0.2))


def test_life_is_time_at_risk_over_ends() -> None:
    """20 spells of two years that ended and 20 that have run for four: 120 years over 20 ends."""
    start = dt.date(2000, 1, 1)
    ended = dt.date(2002, 1, 1)
    spells = pl.DataFrame(
        {"start": [start] * 41, "end": [ended] * 20 + [None] * 20 + [ended]},
        schema={"start": pl.Date, "end": pl.Date},
    )[:40]
    assert mean_years(spells, "start", "end", dt.date(2004, 1, 1)) == pytest.approx(6.0, abs=0.01)
    few = spells[10:]
    assert math.isnan(mean_years(few, "start", "end", dt.date(2004, 1, 1)))


def test_platforms_that_closed() -> None:
    """Two of three closed, after two and four years."""
    opened = dt.date(2000, 1, 1)
    rows = [
        {"platform_id": str(n), "opened": opened, "closed": closed}
        for n, closed in enumerate((dt.date(2002, 1, 1), dt.date(2004, 1, 1), None))
    ]
    record = Record.of(platforms=table("platforms", rows))
    assert failed_platforms(record) == pytest.approx(2 / 3)
    assert life_of_failed_platforms(record) == pytest.approx(3.0, abs=0.01)


def test_squares_and_triangles_of_small_networks() -> None:
    """Eight separate four-cycles and four triangles: degrees 2, so κ = 1; (8·8)/(4·6) = 8/3."""
    edges = [(f"s{q}{n}", f"s{q}{(n + 1) % 4}") for q in range(8) for n in range(4)]
    edges += [(f"t{t}{n}", f"t{t}{(n + 1) % 3}") for t in range(4) for n in range(3)]
    rows = [
        {"source": a, "target": b, "kind": "supply", "start": dt.date(2000, 1, 1)} for a, b in edges
    ]
    assert squares_over_triangles(Record.of(ties=table("ties", rows))) == pytest.approx(8 / 3)


def test_at_least_twelve_patterns_are_scored_and_some_were_held_out() -> None:
    record = simulate(small("native_core"), seed=1)
    scores = scored({name: [record] for name in BUNDLED})
    assert len(scores) == len(PATTERNS) >= 12
    assert 5 <= sum(p.calibrated for p in PATTERNS) <= len(PATTERNS) - 5
    assert 1.0 < tie_years(record) < 30.0
    for score in scores:
        if math.isfinite(score.value):
            assert score.met is (score.pattern.low <= score.value <= score.pattern.high)
        else:
            assert not score.met
    for language in ("en", "zh"):
        assert as_table(scores, language=language).count("\n") == len(scores) + 4
