"""Infrastructure in innovation: a stated column, what stands near it, moving alone.

Paper: S11, N1c, Q5
"""

from datetime import date

import polars as pl
import pytest

from jiqun.measures.infrastructure_share import infrastructure_share
from jiqun.measures.innovation_modes import innovation_modes
from tests.measures.cluster_years import EARLY, LATE, baseline, get, innovations, platform

ABOUT = "infrastructure, platforms and tools"


def test_the_column_is_needed_and_read() -> None:
    estimate = get(infrastructure_share(baseline()), ABOUT)
    assert estimate.needs == ("innovations.subject",)
    tables = innovations()
    late = pl.col("date") >= date(2005, 1, 1)
    subject = (
        pl.when(pl.col("innovation_id").str.ends_with("5"))
        .then(None)
        .when(late & pl.col("innovation_id").str.ends_with("0"))
        .then(pl.lit("platform"))
        .when(late & pl.col("innovation_id").str.ends_with("1"))
        .then(pl.lit("infrastructure"))
        .otherwise(pl.lit("application"))
    )
    tables["innovations"] = tables["innovations"].with_columns(subject=subject)
    record = baseline(**tables)
    found = infrastructure_share(record, years=5)
    assert [get(found, ABOUT, w).value for w in (EARLY, LATE)] == pytest.approx([0.0, 2 / 5])
    assert get(found, ABOUT, LATE).n == 25
    assert innovation_modes(record, years=5) == innovation_modes(baseline(), years=5)


def test_made_on_a_platform_is_something_else() -> None:
    tables = {**platform(), **innovations()}
    by = pl.when(pl.col("date") < date(2005, 1, 1)).then(pl.lit("a2000-0")).otherwise(pl.lit("b01"))
    tables["innovations"] = tables["innovations"].with_columns(alliance_id=by)
    found = infrastructure_share(baseline(**tables), years=5)
    assert [get(found, "made on a platform", w).value for w in (EARLY, LATE)] == [0.0, 1.0]
    assert get(found, ABOUT).reason is not None


def test_data_facilities_by_hand() -> None:
    sites = pl.DataFrame(
        {
            "site_id": [f"s{i}" for i in range(6)],
            "firm_id": [f"f{i}" for i in range(6)],
            "kind": ["plant", "office", "plant", "data_facility", "data_facility", None],
            "opened": [date(2001 + i, 6, 1) for i in (0, 1, 5, 5, 6, 6)],
        }
    )
    found = infrastructure_share(baseline(sites=sites), years=5)
    name = "data facilities among sites"
    assert [get(found, name, w).value for w in (EARLY, LATE)] == pytest.approx([0.0, 2 / 3])
    assert get(infrastructure_share(baseline()), name).reason is not None
