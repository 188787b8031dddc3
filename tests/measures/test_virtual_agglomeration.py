"""Virtual agglomeration on whole records: clubs, chance, and what is missing.

Paper: E4 (agglomeration in network space), K2i (virtual agglomeration)
"""

import numpy as np
import polars as pl

from jiqun.measures.virtual_agglomeration import virtual_agglomeration
from jiqun.record.record import Record
from tests.measures.records import firm_table, tie_table

FIRMS = 120


def record_of(alike: float, *, channel: str | None = "virtual", kind: str = "data_flow") -> Record:
    """Three industries of 40 firms; a share of the ties stays inside an industry."""
    rng = np.random.default_rng(5)
    code = ["3510", "6510", "6420"] * (FIRMS // 3)
    ends = []
    for _ in range(400):
        a = int(rng.integers(FIRMS))
        same = rng.random() < alike
        b = int((a + 3 * rng.integers(1, FIRMS // 3)) % FIRMS if same else rng.integers(FIRMS))
        ends.append((a, b))
    ties = tie_table([(a, b) for a, b in ends if a != b], kind).with_columns(
        channel=pl.lit(channel, pl.String)
    )
    return Record.of(firms=firm_table(code, ["330100"] * FIRMS), ties=ties)


def test_industries_that_keep_to_themselves() -> None:
    found = virtual_agglomeration(record_of(0.8), seed=0)
    assert {dict(e.of)["industry"] for e in found} == {"3510", "6510", "6420"}
    for e in found:
        assert e.value is not None
        assert e.high is not None
        assert e.value > e.high
    one, two = found[0].value, found[3].value
    assert one is not None
    assert two is not None
    assert one > two > 1.0


def test_industries_that_mix_at_random() -> None:
    found = virtual_agglomeration(record_of(0.0), seed=0)
    inside = [
        (e.low or 0) <= (e.value or 0) <= (e.high or 0)
        for e in found
        if dict(e.of)["within"] == "1"
    ]
    assert sum(inside) >= 2


def test_untold_channels_are_said_to_be_so() -> None:
    found = virtual_agglomeration(record_of(0.8, channel=None, kind="ownership"), seed=0)
    assert any("may not be a virtual one" in w.en for w in found[0].warnings)


def test_no_network_is_not_measured() -> None:
    (physical,) = virtual_agglomeration(record_of(0.8, channel="physical"), seed=0)
    assert "physical ties only" in str(physical.reason)
    (none,) = virtual_agglomeration(Record.of(firms=firm_table(["3510"], ["330100"])), seed=0)
    assert "no ties" in str(none.reason)
    record = record_of(0.8)
    uncoded = record["firms"].with_columns(industry_code=pl.lit(None, pl.String))
    (blank,) = virtual_agglomeration(record.replace(firms=uncoded), seed=0)
    assert "industry code" in str(blank.reason)
    one = record["firms"].with_columns(industry_code=pl.lit("3510"))
    (alone,) = virtual_agglomeration(record.replace(firms=one), seed=0)
    assert not alone.measured
