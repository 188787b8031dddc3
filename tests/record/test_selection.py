"""A record cut out of a record is itself a record, and says what it left behind.

Paper: E1 (a cluster is firms of a region), K3f, K3g (ties of two, alliances of three and more).
"""

import json
from datetime import date, timedelta
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from jiqun.record.problem import InputError
from jiqun.record.record import Record
from jiqun.record.schema import TABLES
from jiqun.record.selection import Boundary, select

DAY_ZERO = date(2020, 1, 1)
BOUNDARIES = st.sampled_from(["inside", "touching"])
DAYS = st.integers(-5, 45).map(lambda n: DAY_ZERO + timedelta(days=n))


def some_record(luck: Random, firms: int) -> Record:
    """Make a record in which every reference holds and every table is observed."""
    ids = [f"f{i}" for i in range(firms)]
    alliances = [f"a{i}" for i in range(4)]
    platforms = [f"p{i}" for i in range(3)]
    innovations = [f"i{i}" for i in range(5)]

    def day() -> date | None:
        return None if luck.random() < 0.2 else DAY_ZERO + timedelta(days=luck.randrange(40))

    def interval(start: str, end: str) -> dict[str, date | None]:
        first, last = day(), day()
        if first and last and last < first:
            first, last = last, first
        return {start: first, end: last}

    def maybe(values: list[str]) -> str | None:
        return luck.choice([None, *values])

    def rows(number: int, row: object) -> list[dict[str, object]]:
        assert callable(row)
        return [row(i) for i in range(luck.randrange(number + 1))]

    tables: dict[str, list[dict[str, object]]] = {
        "firms": [
            {
                "firm_id": i,
                "region_scheme": "GBT2260",
                "region_code": luck.choice(["330106", "330200", "440300", None]),
                "industry_code": luck.choice(["C39", "C3911", "I65", None]),
                **interval("founded", "closed"),
            }
            for i in ids
        ],
        "sites": rows(
            4,
            lambda i: {
                "site_id": f"s{i}",
                "firm_id": luck.choice(ids),
                **interval("opened", "closed"),
            },
        ),
        "ties": rows(
            8,
            lambda i: {
                "tie_id": f"t{i}",
                "source": luck.choice(ids),
                "target": luck.choice(ids),
                "value": luck.random(),
                **interval("start", "end"),
            },
        ),
        "alliances": [
            {
                "alliance_id": a,
                "platform_id": maybe(platforms),
                "outcome": maybe(["succeeded", "failed", "ongoing"]),
                "value": luck.random(),
                **interval("start", "end"),
            }
            for a in alliances
        ],
        "memberships": rows(
            10,
            lambda i: {
                "alliance_id": luck.choice(alliances),
                "firm_id": luck.choice(ids),
                "role": f"{i}",
                "withdrawal_cause": maybe(["dispute"]),
                **interval("joined", "left"),
            },
        ),
        "interfaces": rows(
            5,
            lambda _: {
                "alliance_id": luck.choice(alliances),
                "firm_a": luck.choice(ids),
                "firm_b": luck.choice(ids),
                "date": day(),
                "state": "failed",
            },
        ),
        "platforms": [
            {"platform_id": p, "operator": maybe(ids), **interval("opened", "closed")}
            for p in platforms
        ],
        "participations": rows(
            5, lambda _: {"platform_id": luck.choice(platforms), "firm_id": luck.choice(ids)}
        ),
        "functions": rows(
            3, lambda i: {"platform_id": luck.choice(platforms), "industry_code": f"{i}"}
        ),
        "data_assets": rows(
            4,
            lambda i: {"asset_id": f"d{i}", "owner": maybe(ids), "platform_id": maybe(platforms)},
        ),
        "accounts": rows(
            4,
            lambda _: {
                "firm_id": luck.choice(ids),
                "start": DAY_ZERO,
                "end": DAY_ZERO + timedelta(days=luck.randrange(1, 40)),
            },
        ),
        "innovations": [
            {
                "innovation_id": i,
                "date": day(),
                "alliance_id": maybe(alliances),
                "builds_on": maybe(innovations),
            }
            for i in innovations
        ],
        "innovators": rows(
            6, lambda _: {"innovation_id": luck.choice(innovations), "firm_id": luck.choice(ids)}
        ),
        "policies": [{"policy_id": "1", "lever": "subsidy", "cost": 1.0, "end": date(2020, 1, 20)}],
    }
    return Record.of(
        **{
            name: pl.DataFrame(
                content,
                schema_overrides=TABLES[name].polars_schema,
                schema=None if content else TABLES[name].polars_schema,
            )
            for name, content in tables.items()
        }
    )


RECORDS = st.builds(some_record, st.randoms(use_true_random=False), st.integers(1, 8))


def dangling(record: Record) -> list[str]:
    found = []
    for name in record:
        for column in TABLES[name].columns:
            target, _, key = (column.references or "").partition(".")
            if target and target != "sources":
                values = record[name][column.name].drop_nulls()
                if not values.is_in(record[target][key].implode()).all():
                    found.append(f"{name}.{column.name}")
    return found


def assert_same(one: Record, other: Record) -> None:
    assert set(one) - {"provenance"} == set(other) - {"provenance"}
    for name in set(one) - {"provenance"}:
        assert_frame_equal(one[name], other[name])


def ids(record: Record) -> set[str]:
    return set(record["firms"]["firm_id"])


@settings(max_examples=60, deadline=None)
@given(record=RECORDS, boundary=BOUNDARIES)
def test_selecting_everything_changes_nothing(record: Record, boundary: Boundary) -> None:
    assert select(record) is record
    assert_same(select(record, firms=ids(record), boundary=boundary), record)
    assert_same(select(record, until=DAY_ZERO + timedelta(days=99), boundary=boundary), record)


CONDITIONS = st.fixed_dictionaries(
    {
        "boundary": BOUNDARIES,
        "region": st.sampled_from([None, "33", "330000", "330100", ["33", "440300"]]),
        "industry": st.sampled_from([None, "C", "C39", ["I", "C3911"]]),
        "until": st.none() | DAYS,
        "firms": st.none() | st.sets(st.sampled_from([f"f{i}" for i in range(8)])),
    }
)


@settings(max_examples=150, deadline=None)
@given(record=RECORDS, conditions=CONDITIONS)
def test_a_selection_holds_together_and_is_idempotent(
    record: Record, conditions: dict[str, Any]
) -> None:
    assert dangling(record) == []
    try:
        once = select(record, **conditions)
    except InputError:
        reject()
    assert dangling(once) == []
    assert_same(select(once, **conditions), once)
    for name in record:
        assert once[name].height <= record[name].height
    if conditions["boundary"] == "inside" and conditions["firms"] is not None:
        assert ids(once) <= conditions["firms"]


@settings(max_examples=60, deadline=None)
@given(record=RECORDS, some=st.sets(st.sampled_from([f"f{i}" for i in range(8)]), min_size=1))
def test_ties_inside_need_both_ends_and_touching_one(record: Record, some: set[str]) -> None:
    chosen = sorted(some & ids(record))
    if not chosen:
        return
    ends = [pl.col(end).is_in(chosen) for end in ("source", "target")]
    inside = select(record, firms=chosen)
    assert_frame_equal(inside["ties"], record["ties"].filter(ends[0] & ends[1]))
    touching = select(record, firms=chosen, boundary="touching")
    assert_frame_equal(touching["ties"], record["ties"].filter(ends[0] | ends[1]))
    assert ids(inside) <= ids(touching)


@settings(max_examples=80, deadline=None)
@given(record=RECORDS, until=DAYS)
def test_nothing_later_is_known(record: Record, until: date) -> None:
    known = select(record, until=until)
    for name in known:
        if (interval := TABLES[name].interval) is not None:
            start, end = (known[name][column].drop_nulls() for column in interval)
            assert (start < until).all()
            assert (end <= until).all()
    assert (known["innovations"]["date"].drop_nulls() < until).all()
    assert (known["interfaces"]["date"].drop_nulls() < until).all()


def alliance_of(*members: str) -> Record:
    return Record.of(
        firms=pl.DataFrame({"firm_id": ["a", "b", "c", "d"]}),
        alliances=pl.DataFrame({"alliance_id": ["x"]}),
        memberships=pl.DataFrame({"alliance_id": ["x"] * len(members), "firm_id": members}),
    )


@pytest.mark.parametrize(
    ("members", "inside", "touching"),
    [
        ("abc", {"a", "b"}, {"a", "b", "c"}),
        ("acd", None, {"a", "c", "d"}),
        ("a", {"a"}, {"a"}),
        ("aac", None, {"a", "c"}),
        ("cd", None, None),
        ("", set(), set()),
    ],
)
def test_alliances_across_the_boundary(
    members: str, inside: set[str] | None, touching: set[str] | None
) -> None:
    boundaries: dict[Boundary, set[str] | None] = {"inside": inside, "touching": touching}
    for boundary, expected in boundaries.items():
        cut = select(alliance_of(*members), firms=["a", "b"], boundary=boundary)
        assert cut["alliances"].height == (expected is not None)
        assert set(cut["memberships"]["firm_id"]) == (expected or set())
        assert ids(cut) == {"a", "b"} | (expected or set())


def test_partners_come_without_their_sites_and_accounts() -> None:
    record = Record.of(
        firms=pl.DataFrame({"firm_id": ["a", "b"]}),
        ties=pl.DataFrame({"tie_id": ["t"], "source": ["a"], "target": ["b"]}),
        sites=pl.DataFrame({"site_id": ["s", "r"], "firm_id": ["a", "b"]}),
    )
    cut = select(record, firms=["a"], boundary="touching")
    assert ids(cut) == {"a", "b"}
    assert cut["sites"]["site_id"].to_list() == ["s"]


def test_a_platform_stays_without_an_operator_from_outside() -> None:
    record = Record.of(
        firms=pl.DataFrame({"firm_id": ["a", "b"]}),
        platforms=pl.DataFrame({"platform_id": ["p", "q"], "operator": ["b", "b"]}),
        participations=pl.DataFrame({"platform_id": ["p"], "firm_id": ["a"]}),
        functions=pl.DataFrame({"platform_id": ["p", "q"], "industry_code": ["1", "1"]}),
    )
    inside = select(record, firms=["a"])
    assert inside["platforms"].select("platform_id", "operator").rows() == [("p", None)]
    assert inside["functions"]["platform_id"].to_list() == ["p"]
    touching = select(record, firms=["a"], boundary="touching")
    assert touching["platforms"].select("platform_id", "operator").rows() == [("p", "b")]


def test_what_ends_later_is_still_going_on() -> None:
    members = {"alliance_id": ["x"], "firm_id": ["a"], "left": [date(2021, 6, 1)]}
    record = Record.of(
        firms=pl.DataFrame({"firm_id": ["a"], "closed": [date(2021, 1, 1)]}),
        alliances=pl.DataFrame(
            {
                "alliance_id": ["x", "y"],
                "end": [date(2021, 6, 1), date(2020, 6, 1)],
                "outcome": ["failed", "failed"],
                "value": [1.0, 2.0],
            }
        ),
        memberships=pl.DataFrame({**members, "withdrawal_cause": ["dispute"]}),
        accounts=pl.DataFrame(
            {
                "firm_id": ["a", "a"],
                "start": [date(2019, 1, 1), date(2020, 1, 1)],
                "end": [date(2020, 1, 1), date(2021, 1, 1)],
            }
        ),
    )
    known = select(record, until=date(2021, 1, 1))
    columns = ("alliance_id", "end", "outcome", "value")
    assert known["alliances"].select(columns).rows() == [
        ("x", None, "ongoing", None),
        ("y", date(2020, 6, 1), "failed", 2.0),
    ]
    assert known["memberships"].select("left", "withdrawal_cause").row(0) == (None, None)
    assert known["accounts"].height == 2
    assert known["firms"]["closed"].to_list() == [date(2021, 1, 1)]
    assert select(record, until=date(2020, 12, 31))["accounts"].height == 1


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("330100", {"hangzhou", "xihu", "unlabelled"}),
        ("330000", {"zhejiang", "hangzhou", "xihu", "unlabelled"}),
        ("330106", {"xihu", "unlabelled"}),
        ("33", {"zhejiang", "hangzhou", "xihu", "unlabelled"}),
        ("DE2", {"münchen"}),
        ("310800", {"metro"}),
    ],
)
def test_region_codes_are_hierarchical(code: str, expected: set[str]) -> None:
    record = Record.of(
        firms=pl.DataFrame(
            {
                "firm_id": [
                    "zhejiang",
                    "hangzhou",
                    "xihu",
                    "unlabelled",
                    "münchen",
                    "metro",
                    "none",
                ],
                "region_scheme": ["GBT2260"] * 3 + [None, "NUTS", "other", "GBT2260"],
                "region_code": [*["330000", "330100", "330106", "330106"], "DE212", "310800", None],
            }
        )
    )
    assert ids(select(record, region=code)) == expected


def test_industry_codes_match_from_their_beginning() -> None:
    firms = pl.DataFrame({"firm_id": ["a", "b", "c"], "industry_code": ["3911", "39", None]})
    assert ids(select(Record.of(firms=firms), industry="39.1 1")) == {"a"}
    assert ids(select(Record.of(firms=firms), industry=["39", "65"])) == {"a", "b"}


@pytest.mark.parametrize(
    "condition", [{"region": "99"}, {"industry": ""}, {"firms": []}, {"firms": ["nobody"]}]
)
def test_a_selection_that_matches_nothing_is_refused(condition: dict[str, str]) -> None:
    with pytest.raises(InputError) as caught:
        select(alliance_of("a", "b"), **condition)  # type: ignore[arg-type]
    assert [problem.rule for problem in caught.value.problems] == ["selection.matches"]


def test_the_provenance_says_what_was_kept() -> None:
    cut = select(alliance_of("a", "b", "c"), firms=["b", "a"])
    (step,) = cut["provenance"].rows(named=True)
    assert step["command"] == "select"
    parameters = json.loads(step["parameters"])
    assert parameters["boundary"] == "inside"
    assert parameters["firms"]["count"] == 2
    assert parameters["rows"] == {
        "firms": {"kept": 2, "of": 4},
        "alliances": {"kept": 1, "of": 1},
        "memberships": {"kept": 2, "of": 3},
    }


def test_a_reference_that_never_held_is_left_for_the_check() -> None:
    record = Record.of(
        firms=pl.DataFrame({"firm_id": ["a", "b"]}),
        ties=pl.DataFrame({"tie_id": ["t"], "source": ["a"], "target": ["ghost"]}),
    )
    assert select(record, firms=["a"])["ties"].height == 1
