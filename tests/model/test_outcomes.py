"""Outcomes: which came first between two firms, worked by hand.

Paper: K2c, K2g (virtual before physical, sites after data).
"""

import datetime as dt
import math
from typing import Any

import polars as pl
import pytest

from jiqun.model.outcomes import NEAR, PER_DEGREE, virtual_first
from jiqun.record.record import Record, empty_table


def day(year: int) -> dt.date:
    return dt.date(year, 1, 1)


def table(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=empty_table(name).schema)


def tie(one: str, other: str, channel: str, year: int) -> dict[str, Any]:
    kind = "supply" if channel == "physical" else "data_flow"
    return {"source": one, "target": other, "kind": kind, "channel": channel, "start": day(year)}


def site(firm: str, km: float, opened: int | None, closed: int | None = None) -> dict[str, Any]:
    return {
        "firm_id": firm,
        "longitude": km / PER_DEGREE,
        "latitude": 0.0,
        "opened": None if opened is None else day(opened),
        "closed": None if closed is None else day(closed),
        "kind": "headquarters",
    }


def record(ties: list[dict[str, Any]], sites: list[dict[str, Any]]) -> Record:
    return Record.of(ties=table("ties", ties), sites=table("sites", sites))


def test_the_order_of_link_and_trade_decides() -> None:
    """a-b linked before they traded, c-d after: one half. e-f never traded and counts for nothing."""
    ties = [
        tie("a", "b", "virtual", 2001),
        tie("b", "a", "physical", 2003),
        tie("c", "d", "physical", 2001),
        tie("c", "d", "virtual", 2002),
        tie("e", "f", "virtual", 2001),
    ]
    sites = [site(firm, 100.0 * n, None) for n, firm in enumerate("abcdef")]
    assert virtual_first(record(ties, sites)) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("opened", "closed", "first"),
    [(2003, None, 1.0), (2000, None, 0.0), (None, None, 0.0), (1990, 1995, None)],
)
def test_a_site_beside_the_partner_is_physical_too(
    opened: int | None, closed: int | None, first: float | None
) -> None:
    sites = [site("a", 0.0, None), site("b", 100.0, None), site("b", NEAR - 1.0, opened, closed)]
    if closed is not None:
        sites[0] = site("a", 0.0, 1996)  # what closed before the other came was never beside it
    found = virtual_first(record([tie("a", "b", "virtual", 2001)], sites))
    assert found == pytest.approx(math.nan if first is None else first, nan_ok=True)
