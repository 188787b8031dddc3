"""What is wrong with a network is told by the rules, and changes no measure of it.

Paper: K3f, K3g (ties and alliances), Q11 (decomposability)
"""

from collections.abc import Callable
from datetime import date

import numpy as np
import polars as pl
import pytest

from jiqun.measures import measure
from jiqun.measures.estimate import Estimate
from jiqun.record.record import Record
from jiqun.record.requirements import check
from tests.measures.records import alliance_tables, random_teams, record_of_firms, tie_table

NETWORK = (
    "decomposability",
    "participation_multilaterality",
    "third_party_effect",
    "core_firms",
    "core_firm_roles",
    "clusters",
    "partners",
)
FIRMS, LONELY = 60, 1_000_000


def sound() -> Record:
    """Sixty firms, 150 ties and 120 dated alliances of two to six, the first member leading."""
    generator = np.random.default_rng(0)
    ends = generator.integers(0, FIRMS, (200, 2))
    tables = alliance_tables(random_teams(generator, 120, generator.random(FIRMS) + 0.1))
    days = [date(2010 + year, 1, 1) for year in range(12) for _ in range(10)]
    tables["alliances"] = tables["alliances"].with_columns(
        start=pl.Series(days), end=pl.lit(date(2023, 1, 1))
    )
    first = pl.col("firm_id") == pl.col("firm_id").first().over("alliance_id")
    tables["memberships"] = tables["memberships"].with_columns(
        role=pl.when(first).then(pl.lit("lead")).otherwise(pl.lit("member"))
    )
    ties = tie_table([(a, b) for a, b in ends.tolist() if a != b][:150], year=2015)
    return record_of_firms(FIRMS, ties=ties, **tables)


def with_self_ties(record: Record) -> Record:
    own = record["ties"].head(40)
    own = own.with_columns(target="source", tie_id=pl.lit("own-") + pl.col("tie_id"))
    return record.replace(ties=pl.concat([record["ties"], own]))


def with_empty_alliances(record: Record) -> Record:
    names = pl.DataFrame({"alliance_id": [f"empty{i}" for i in range(30)]})
    empty = names.with_columns(start=pl.lit(date(2015, 1, 1)))
    alliances = pl.concat([record["alliances"], empty], how="diagonal")
    return record.replace(alliances=alliances)


def with_repeated_rows(record: Record) -> Record:
    tables = ("ties", "alliances", "memberships")
    return record.replace(
        **{name: pl.concat([record[name], record[name].head(50)]) for name in tables}
    )


def rules(record: Record) -> set[str]:
    return {problem.rule for problem in check(record)}


def found(record: Record) -> dict[str, tuple[Estimate, ...]]:
    measured = measure(record, only=NETWORK, seed=1)
    return {name: measured[name] for name in NETWORK}


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [(with_self_ties, "ties.self"), (with_empty_alliances, "alliances.few_members")],
)
def test_bad_rows_are_told_and_change_nothing(spoil: Callable[[Record], Record], rule: str) -> None:
    record = sound()
    bad = spoil(record)
    assert rule in rules(bad) - rules(record)
    assert found(bad) == found(record)


def test_repeated_rows_are_errors() -> None:
    """A record that has any is not stored; which row is meant is for its owner to say."""
    told = [p for p in check(with_repeated_rows(sound())) if p.rule == "keys.duplicate"]
    assert {p.table for p in told} == {"ties", "alliances", "memberships"}
    assert {p.severity for p in told} == {"error"}


def test_a_member_that_joins_after_the_end_is_told() -> None:
    """The alliances ended on 2023-01-01; the row stays, since the date may be what is wrong."""
    record = sound()
    late = pl.when(pl.int_range(pl.len()) < 10).then(pl.lit(date(2024, 1, 1)))
    bad = record.replace(memberships=record["memberships"].with_columns(joined=late))
    told = [p for p in check(bad) if p.rule == "alliances.membership_dates"]
    assert len(told) == 10
    assert all(p.remedy.en and p.remedy.zh for p in told)
    assert set(found(bad)) == set(NETWORK)


def test_a_million_firms_without_relations() -> None:
    """Nothing is measured of them, and the reason is given."""
    lonely = pl.DataFrame({"firm_id": [f"z{i}" for i in range(LONELY)]})
    alone = found(Record.of(firms=lonely))
    for name in NETWORK:
        assert all(e.reason is not None for e in alone[name] if e.value is None)
        assert any(e.reason is not None for e in alone[name])
