"""Readings by hand: who is core where tables agree, and what counts as digital at all.

Paper: K1c (logic of the core), Q20, Q24 (roles apart), B5, B6 (twins of trade)
"""

import datetime as dt

import numpy as np
import polars as pl
import pytest

from jiqun.diagnosis.elements.core_logic import agreeing, core_sources, core_weights
from jiqun.diagnosis.elements.leading_firms import leading_firms
from jiqun.diagnosis.elements.positioning import positioning
from jiqun.diagnosis.reading import Reading
from jiqun.measures import Measurement
from jiqun.measures.estimate import Estimate
from jiqun.record.record import Record
from jiqun.vocabulary.text import same

EVEN = {f"f{n}": 0.2 for n in range(5)}
OTHERS = {f"f{n}": 0.2 for n in range(5, 10)}


def test_tables_that_name_the_same_firms_agree_and_others_do_not() -> None:
    assert agreeing({"accounts": EVEN, "platforms": EVEN}, 200)
    assert not agreeing({"accounts": EVEN, "platforms": OTHERS}, 200)
    assert agreeing({"accounts": EVEN}, 200)


def test_one_firm_in_common_of_five_is_chance_in_ten_and_none_in_a_thousand() -> None:
    """Two fives drawn of ten share a firm nearly always; of a thousand, in one draw of forty."""
    one = {"f0": 0.2, **{f"g{n}": 0.2 for n in range(4)}}
    assert not agreeing({"accounts": EVEN, "platforms": one}, 10)
    assert agreeing({"accounts": EVEN, "platforms": one}, 1000)


def test_drawn_names_agree_as_seldom_as_the_level_says() -> None:
    rng = np.random.default_rng(1)
    agreed = 0
    for _ in range(200):
        named = {
            table: {f"f{n}": 0.2 for n in rng.choice(150, 5, replace=False)}
            for table in ("accounts", "platforms", "innovators")
        }
        agreed += agreeing(named, 150)
    assert agreed <= 20


def of_role(role: str, firm: str, value: float) -> Estimate:
    return Estimate(
        measure="core_firm_roles", of=(("role", role), ("firm", firm)), label=same("l"), value=value
    )


def test_who_initiates_and_the_hub_of_the_chain_are_not_asked_for_the_logic() -> None:
    """Each table counts alike: two roles of one table make one source."""
    roles = (
        of_role("innovation core", "a", 0.5),
        of_role("demonstrator", "b", 0.5),
        of_role("platform owner", "c", 1.0),
        of_role("chain master", "d", 1.0),
        of_role("leadership", "e", 1.0),
    )
    none = Record.of(firms=pl.DataFrame({"firm_id": ["a"]}))["accounts"]
    named = core_sources(Measurement({"core_firm_roles": roles}), none)
    assert set(named) == {"innovators", "platforms"}
    weight = core_weights(named.values())
    assert weight == pytest.approx({"a": 0.25, "b": 0.25, "c": 0.5})


def test_two_logics_that_lead_side_by_side_are_read_from_the_largest_firms() -> None:
    """Of 10 sold, 4 by a firm founded on software and 1 by a maker that lives of its services: one half."""
    shares = {"native": 0.4, "maker": 0.5, "served": 0.1}
    origin = {"native": 1.0, "maker": 0.0, "served": 0.2}
    read = leading_firms(shares, origin, {"served": 0.7, "maker": 0.1}, "names")
    (estimate,) = read.estimates
    assert estimate.value == pytest.approx(0.5)
    error = np.sqrt((0.16 + 0.25 + 0.01) * 0.02 * 0.98)
    assert estimate.high == pytest.approx(0.5 + 1.959964 * error)
    assert estimate.low == pytest.approx(0.5 - 1.959964 * error)
    assert read.support["sixth_3"] + read.support["sixth_4"] > 0.9


def test_leading_firms_of_unknown_origin_are_left_out_and_most_must_be_known() -> None:
    """Digital sales without an origin say nothing of the others; half of the revenue has to be known."""
    shares = {"a": 0.6, "b": 0.4}
    known = leading_firms(shares, {"a": 0.9}, {"b": 1.0}, "a, b")
    assert known.estimates[0].value == 1.0
    assert known.estimates[0].n == 1
    unknown = leading_firms(shares, {"b": 0.9}, {}, "a, b")
    assert unknown.status == "not_measured"
    assert unknown.needs == ("accounts.revenue", "firms.digital_native")
    why = same("tables disagree")
    assert leading_firms({}, {"a": 1.0}, {}, "", why).reason == why


def positions(record: Record) -> dict[str, Reading]:
    return {reading.aspect: reading for reading in positioning(record)}


def tie(n: int, source: str, target: str, kind: str) -> dict[str, object]:
    day = dt.date(2020, 1, 1)
    return {"tie_id": f"t{n}", "source": source, "target": target, "kind": kind, "start": day}


def test_twins_are_pairs_that_trade_and_exchange_data() -> None:
    """a-b trade both ways and have a link, a-c trade only, c-d have a link only: one pair of two."""
    rows = [("a", "b", "supply"), ("b", "a", "supply"), ("b", "a", "data_flow")]
    rows += [("a", "c", "supply"), ("c", "d", "api"), ("d", "d", "api")]
    record = Record.of(
        firms=pl.DataFrame({"firm_id": ["a", "b", "c", "d", "e"]}),
        ties=pl.DataFrame([tie(n, *row) for n, row in enumerate(rows)]),
    )
    found = positions(record)
    assert (found["twins"].estimates[0].value, found["twins"].estimates[0].n) == (0.5, 2)
    assert found["exchange"].estimates[0].value == pytest.approx(0.8)


def test_ties_of_goods_alone_say_nothing_of_data() -> None:
    record = Record.of(
        firms=pl.DataFrame({"firm_id": ["a", "b"]}),
        ties=pl.DataFrame([tie(0, "a", "b", "supply")]),
    )
    found = positions(record)
    assert {found[a].status for a in ("twins", "exchange", "data")} == {"not_measured"}


def test_a_record_of_the_virtual_layer_without_data_ties_says_that_there_are_none() -> None:
    """The channel of each tie is stated and it was asked who is on platforms: nobody exchanges data."""
    ties = pl.DataFrame([tie(0, "a", "b", "supply") | {"channel": "physical"}])
    nobody = pl.DataFrame(schema={"platform_id": pl.String, "firm_id": pl.String})
    ids = pl.DataFrame({"firm_id": ["a", "b"]})
    asked = positions(Record.of(firms=ids, ties=ties, participations=nobody))
    assert (asked["exchange"].estimates[0].value, asked["twins"].estimates[0].value) == (0.0, 0.0)
    assert positions(Record.of(firms=ids, ties=ties))["exchange"].status == "not_measured"


def test_the_purpose_of_recent_innovations_alone_counts() -> None:
    """Two of the four of the last three years create value from data; one of unknown mode is left out."""
    years = [*[2010] * 5, 2020, 2021, 2020, 2021, 2021]
    modes = [*["digital_value"] * 7, "efficiency", "convergence", None]
    record = Record.of(
        firms=pl.DataFrame({"firm_id": ["a", "b"]}),
        innovations=pl.DataFrame(
            {
                "innovation_id": [f"i{n}" for n in range(len(years))],
                "date": [dt.date(year, 6, 1) for year in years],
                "mode": modes,
            }
        ),
    )
    purpose = positions(record)["purpose"].estimates[0]
    assert (purpose.value, purpose.n) == (0.5, 4)


def test_the_order_of_rows_does_not_change_a_bit() -> None:
    """Sums of floats depend on their order, and distinct values come in that of a hash table."""
    ids = [f"f{n}" for n in range(43)]
    rows = [tie(n, ids[n], ids[n + 1], kind) for n in range(30) for kind in ("supply", "api")]
    flows = pl.DataFrame(rows[:44]).with_columns(tie_id=pl.format("t{}", pl.int_range(pl.len())))
    intervals = set()
    for seed in range(8):
        record = Record.of(
            firms=pl.DataFrame({"firm_id": ids}).sample(fraction=1.0, shuffle=True, seed=seed),
            ties=flows.sample(fraction=1.0, shuffle=True, seed=seed),
        )
        found = positions(record)
        intervals.add(
            tuple((e.low, e.high) for a in ("exchange", "twins") for e in found[a].estimates)
        )
    assert len(intervals) == 1
