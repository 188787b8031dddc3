"""Functions of platforms: by hand, flat, moving alone.

Paper: S13, X1 (functions reach several industries)
"""

from datetime import date

import polars as pl
import pytest

from jiqun.measures.platform_functions import platform_functions
from tests.measures.cluster_years import EARLY, LATE, baseline, get, platform


def functions(*rows: tuple[str, str, date, date | None]) -> pl.DataFrame:
    names = ("platform_id", "industry_code", "opened", "closed")
    schema = {"opened": pl.Date, "closed": pl.Date}
    return pl.DataFrame([dict(zip(names, r, strict=True)) for r in rows], schema_overrides=schema)


def test_by_hand() -> None:
    """p serves 17 and later 26, q serves 17 until 2004 and opens then closes 35: means 1.5 and 1.5."""
    tables = platform()
    tables["platforms"] = pl.concat(
        [tables["platforms"], tables["platforms"].with_columns(platform_id=pl.lit("q"))]
    )
    tables["functions"] = functions(
        ("p", "17", date(2000, 1, 1), None),
        ("p", "26", date(2006, 1, 1), None),
        ("q", "17", date(2000, 1, 1), date(2004, 1, 1)),
        ("q", "35", date(2001, 1, 1), date(2002, 1, 1)),
        ("q", "35", date(2003, 1, 1), date(2004, 1, 1)),
    )
    found = platform_functions(baseline(**tables), years=5)
    early, late = (get(found, "industries per platform", w) for w in (EARLY, LATE))
    assert (early.value, early.n, late.value) == (1.5, 2, 1.0)
    assert get(found, "effective industries served", LATE).value == pytest.approx(2.0)
    opened = get(found, "functions opened", LATE)
    assert opened.n == 1
    assert opened.value == pytest.approx(1 / 10, rel=0.01)  # two platforms, five years
    assert opened.low is not None
    assert opened.high is not None
    assert opened.low * 10 == pytest.approx(0.0253, rel=0.02)  # exact Poisson for one event
    assert opened.high * 10 == pytest.approx(5.572, rel=0.01)


def test_a_cluster_without_platforms_says_so() -> None:
    for estimate in platform_functions(baseline(), years=5):
        assert estimate.reason is not None
        assert "no platform" in estimate.reason.en
        assert "functions.industry_code" in estimate.needs or "functions.opened" in estimate.needs


def test_flat_at_first_and_moving_when_functions_are_added() -> None:
    tables = platform()
    flat = platform_functions(baseline(**tables), years=5)
    assert [get(flat, "effective industries served", w).value for w in (EARLY, LATE)] == [1, 1]
    more = [("p", code, date(2006, 1, 1), None) for code in ("26", "35", "65")]
    tables["functions"] = functions(("p", "17", date(2000, 1, 1), None), *more)
    found = platform_functions(baseline(**tables), years=5)
    served = [get(found, "effective industries served", w).value for w in (EARLY, LATE)]
    assert served == pytest.approx([1.0, 4.0])
