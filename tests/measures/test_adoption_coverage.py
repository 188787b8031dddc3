"""Adoption along the chain: by hand, gap against chance, moving alone.

Paper: T6 (the whole chain), S1, Z1
"""

from datetime import date

import numpy as np
import polars as pl
import pytest

from jiqun.measures.adoption_coverage import _range_by_chance, adoption_coverage
from tests.measures.cluster_years import EARLY, LATE, accounts, baseline, get, platform, ties


def spending(late: pl.Expr) -> pl.DataFrame:
    """Firms that meet a condition spend on data from 2005 on."""
    year = pl.col("start").dt.year()
    return accounts().with_columns(
        data_spending=pl.when(late & (year >= 2005)).then(1.0).otherwise(0.0)
    )


NUMBER = pl.col("firm_id").str.slice(1).cast(pl.Int64)


def test_by_hand_and_moving_alone() -> None:
    """f0-f15 sell to f20-f35. From 2005 on f0-f7 adopt: half upstream, none downstream."""
    found = adoption_coverage(baseline(accounts=spending(NUMBER < 8)), years=5)
    assert get(found, "coverage", EARLY, position="all").value == 0.0
    upstream = get(found, "coverage", LATE, position="upstream")
    assert (upstream.value, upstream.n) == (0.5, 16)
    assert get(found, "coverage", LATE, position="downstream").value == 0.0
    assert get(found, "coverage", LATE, position="midstream").reason is not None
    assert get(found, "coverage", LATE, position="all").value == 0.25
    gap, chance = (get(found, s, LATE) for s in ("gap between positions", "gap by chance"))
    assert gap.value == 0.5
    assert gap.low is not None
    assert chance.high is not None
    assert 0.1 < gap.low < 0.5
    assert gap.value > chance.high
    assert get(found, "gap between positions", EARLY).value == 0.0


def test_same_coverage_at_other_positions_leaves_no_gap() -> None:
    everywhere = adoption_coverage(baseline(accounts=spending(NUMBER % 2 == 0)), years=5)
    assert get(everywhere, "coverage", LATE, position="all").value == 0.5
    assert get(everywhere, "gap between positions", LATE).value == 0.0


def test_unknown_is_not_no() -> None:
    """Twenty firms state nothing; a member of a platform has adopted all the same."""
    silent = accounts().with_columns(data_spending=pl.when(NUMBER >= 20).then("data_spending"))
    tables = platform()
    tables["participations"] = pl.DataFrame(
        {"platform_id": ["p"], "firm_id": ["f1"], "joined": [date(2006, 1, 1)]}
    )
    found = adoption_coverage(baseline(accounts=silent, **tables), years=5)
    downstream = get(found, "coverage", LATE, position="downstream")
    assert (downstream.value, downstream.n) == (0.0, 16)
    assert get(found, "coverage", LATE, position="upstream").n == 1  # f1 alone is known


def test_nothing_stated_and_no_chain() -> None:
    silent = accounts().with_columns(data_spending=pl.lit(None, pl.Float64))
    for record in (baseline(accounts=silent), baseline(ties=ties().head(0))):
        assert all(e.reason is not None and e.needs for e in adoption_coverage(record, years=5))


@pytest.mark.parametrize("sizes", [[20, 20], [10, 40, 25]])
def test_range_by_chance_is_that_of_simulated_shares(sizes: list[int]) -> None:
    generator = np.random.default_rng(3)
    error = np.sqrt(0.3 * 0.7 / np.array(sizes))
    drawn = generator.normal(0, error, (200_000, len(sizes)))
    oracle = np.quantile(np.ptp(drawn, axis=1), [0.025, 0.5, 0.975])
    assert _range_by_chance(sizes, 0.3) == pytest.approx(oracle, abs=0.005)
    assert _range_by_chance(sizes, 1.0) == (0.0, 0.0, 0.0)
