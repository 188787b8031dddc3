"""Missing partners: planted teams are completed, roles and data told, chance is not taken for skill.

Paper: K3h (roles), K3i (knock-out of any member)
"""

from datetime import date

import numpy as np
import polars as pl
import pytest

from jiqun.measures.estimate import Estimate
from jiqun.measures.partners import find_partners, partners
from jiqun.numerics.choice_model import fit, log_chance
from jiqun.numerics.hypergraph.knock_out import knock_out
from jiqun.numerics.hypergraph.structure import hypergraph
from jiqun.record.problem import InputError
from jiqun.record.record import Record
from jiqun.record.requirements import check
from tests.measures.records import firm_table

FIRMS, YEARS = 200, (2018, 2019, 2020, 2021)


def teams_of(*, planted: bool, each: int = 32, seed: int = 1) -> Record:
    """Alliances of four in four years: from fixed teams of ten firms, or drawn at random."""
    generator = np.random.default_rng(seed)
    seats, days = [], []
    for number, year in enumerate(np.repeat(YEARS, each).tolist()):
        base = int(generator.integers(FIRMS // 10)) * 10 if planted else 0
        pool = base + np.arange(10) if planted else np.arange(FIRMS)
        name = f"a{number:03d}"
        days.append((name, date(year, 3, 1)))
        seats += [(name, f"f{firm}") for firm in generator.choice(pool, 4, replace=False)]
    return Record.of(
        firms=firm_table(["3510"] * FIRMS, ["330100"] * FIRMS),
        alliances=pl.DataFrame(
            days, schema={"alliance_id": pl.String, "start": pl.Date}, orient="row"
        ),
        memberships=pl.DataFrame(
            seats, schema={"alliance_id": pl.String, "firm_id": pl.String}, orient="row"
        ),
    )


def project(**tables: pl.DataFrame) -> Record:
    """The paper's four: A generates, B stores, C integrates data; nobody applies them. E has, once."""
    members = [
        ("p", "A", "data_generation", None),
        ("p", "B", "data_storage", None),
        ("p", "C", "data_integration", None),
        ("p", "D", "member", date(2020, 5, 1)),
        ("q", "C", "data_integration", None),
        ("q", "E", "data_application", None),
    ]
    schema = {"alliance_id": pl.String, "firm_id": pl.String, "role": pl.String, "left": pl.Date}
    return Record.of(
        firms=pl.DataFrame({"firm_id": list("ABCDEF")}),
        alliances=pl.DataFrame({"alliance_id": ["p", "q"], "start": [date(2020, 1, 1)] * 2}),
        memberships=pl.DataFrame(members, schema=schema, orient="row"),
        **tables,
    )


def value(found: tuple[Estimate, ...], ranking: str) -> float:
    number = next(e.value for e in found if ("ranking", ranking) in e.of)
    assert number is not None
    return number


def test_teams_that_meet_again_are_completed_better_than_by_activity_or_industry() -> None:
    """Nobody can name a firm of which nothing is known: of the 128 seats of the last year, 114 can be filled."""
    record = teams_of(planted=True)
    seats = record["memberships"].join(record["alliances"], on="alliance_id")
    late = pl.col("start").dt.year() == YEARS[-1]
    known = set(seats.filter(~late)["firm_id"])
    within_reach = np.mean([firm in known for firm in seats.filter(late)["firm_id"]])
    found = partners(record)
    assert within_reach == 114 / 128
    assert within_reach >= value(found, "model") > 0.95 * within_reach
    assert value(found, "activity") < 0.3
    gain = found[-1]
    assert gain.low is not None
    assert gain.low > 0.5
    assert gain.label.en.endswith("better than both simple rankings")


def test_teams_drawn_at_random_are_not_called_predictable() -> None:
    gain = partners(teams_of(planted=False))[-1]
    assert gain.low is not None
    assert gain.low <= 0
    assert "do not rely on it" in gain.label.en
    assert "不宜依赖" in gain.label.zh


def test_the_future_does_not_enter() -> None:
    """Alliances after the held-out year's seats are hidden: shuffling that year's partners ends the skill."""
    record = teams_of(planted=True)
    late = pl.col("alliance_id") >= "a096"
    seats = record["memberships"]
    mixed = seats.filter(late).with_columns(
        firm_id=pl.Series([f"f{(7 * k) % FIRMS}" for k in range(seats.filter(late).height)])
    )
    changed = record.replace(memberships=pl.concat([seats.filter(~late), mixed]))
    assert value(partners(changed), "model") < 0.3


def test_too_few_dated_alliances_are_told() -> None:
    (found,) = partners(teams_of(planted=True, each=10))
    assert found.reason is not None
    assert "30 dated alliances" in found.reason.en
    assert "the best year has 10" in found.reason.en


def test_roles_vacant_and_essential_members() -> None:
    data = pl.DataFrame(
        {"asset_id": ["d1", "d2"], "owner": ["A", "F"], "kind": ["production", "user"]}
    )
    found = find_partners(project(data_assets=data), alliance="p")
    assert found.filled == ("data_generation", "data_storage", "data_integration")
    assert found.vacant == ("data_application", "component", "complement")
    who = {m.firm_id: m for m in found.members}
    assert set(who) == {"A", "B", "C"}  # D has left
    assert who["A"].alone_fills == ("data_generation",)
    assert who["A"].alone_holds == ("production",)
    assert who["A"].substitutes == 0
    assert all(m.essential for m in found.members)
    ranked = {c.firm_id: [r.en for r in c.reasons] for c in found.candidates}
    assert found.candidates[0].firm_id == "E"
    assert any("vacant role: data application" in reason for reason in ranked["E"])
    assert any("worked with C" in reason for reason in ranked["E"])
    assert ranked["F"] == ["holds data that they lack: user"]
    assert any("68 dated withdrawals" in w.en and "has 0" in w.en for w in found.warnings)


def test_a_set_of_firms_instead_of_an_alliance() -> None:
    found = find_partners(project(), firms=["A", "C", "nobody"])
    assert [m.firm_id for m in found.members] == ["A", "C"]
    assert any("nobody" in warning.en for warning in found.warnings)


@pytest.mark.parametrize(
    ("alliance", "firms"), [(None, None), ("p", ["A"]), ("zz", None), (None, ["zz"])]
)
def test_wrong_calls_are_answered(alliance: str | None, firms: list[str] | None) -> None:
    with pytest.raises(InputError) as caught:
        find_partners(project(), alliance=alliance, firms=firms)
    assert caught.value.problems[0].rule == "partners.group"


def test_closed_firms_are_no_candidates() -> None:
    record = project()
    closed = record["firms"].with_columns(
        closed=pl.when(pl.col("firm_id") == "E").then(date(2021, 1, 1))
    )
    found = find_partners(record.replace(firms=closed), alliance="p")
    assert "E" not in {c.firm_id for c in found.candidates}


def test_order_of_rows_self_ties_and_repeated_rows_do_not_matter() -> None:
    record = teams_of(planted=True)
    seats = record["memberships"]
    messy = record.replace(
        memberships=pl.concat([seats, seats]).sample(fraction=1.0, shuffle=True, seed=3),
        ties=pl.DataFrame({"tie_id": ["t"], "source": ["f1"], "target": ["f1"]}),
    )
    assert partners(messy) == partners(record)
    one = find_partners(record, alliance="a110", seed=4)
    assert find_partners(messy, alliance="a110", seed=4) == one


@pytest.mark.parametrize("record", [Record.of(), Record.of(firms=pl.DataFrame({"firm_id": ["a"]}))])
def test_nothing_recorded_nothing_said(record: Record) -> None:
    (found,) = partners(record)
    assert found.reason is not None


def test_made_up_record_is_valid() -> None:
    assert not [p for p in check(teams_of(planted=True)) if p.severity == "error"]


def test_knock_out_by_hand() -> None:
    """A path 0-1-2 and a pair with 9 outside: without 1 both relations go and the ends fall apart."""
    graph = hypergraph(
        np.array([0, 0, 1, 1, 2, 2]), np.array([0, 1, 1, 2, 2, 9]), nodes=10, edges=3
    )
    lost = knock_out(graph, np.array([0, 1, 2]))
    np.testing.assert_allclose(lost.share, [0.5, 1.0, 0.5])
    np.testing.assert_array_equal(lost.parts, [0, 1, 0])
    np.testing.assert_array_equal(knock_out(graph, np.array([9])).parts, [-1])


def test_conditional_logit_recovers_coefficients_and_meets_its_first_order_condition() -> None:
    generator = np.random.default_rng(5)
    columns = generator.normal(size=(4000, 5, 2))
    value = columns @ np.array([1.0, -0.5]) + generator.gumbel(size=(4000, 5))
    chosen = value.argmax(axis=1)
    for row, best in zip(columns, chosen, strict=True):
        row[[0, best]] = row[[best, 0]]
    beta = fit(columns, ridge=1e-6)
    np.testing.assert_allclose(beta, [1.0, -0.5], atol=0.08)
    for step in np.eye(2) * 1e-3:
        assert log_chance(columns, beta).sum() > log_chance(columns, beta + step).sum()
        assert log_chance(columns, beta).sum() > log_chance(columns, beta - step).sum()
