"""Does an alliance reduce to bilateral ties?

Paper: K3f, K3g, K3j (decomposable, or not)
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl
import pytest

from jiqun.measures import measure
from jiqun.measures.decomposability import decomposability
from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.alliance_pairs import interfaces, pairs_over_time
from jiqun.numerics.decomposability.states import PairStates
from jiqun.record.record import Record
from tests.measures.records import record_of_firms
from tests.numerics.decomposability.worlds import pair_states

EARLY, LATE, END = date(2020, 1, 1), date(2022, 1, 1), date(2021, 6, 1)


def interface_rows(rows: Sequence[tuple[str, str, str, date | None, str]]) -> pl.DataFrame:
    columns = ["alliance_id", "firm_a", "firm_b", "date", "state"]
    kinds = dict.fromkeys(columns, pl.String) | {"date": pl.Date}
    return pl.DataFrame(rows, schema=kinds, orient="row")


def written(states: PairStates, outcome: np.ndarray | None = None) -> Record:
    """Write pairs as a record: each state before and after, and the alliances' outcomes."""
    names = [f"a{e:05d}" for e in states.alliance]
    rows = [
        (name, f"f{i}", f"f{j}", day, "coordinated" if state else "failed")
        for day, values in ((EARLY, states.before), (LATE, states.after))
        for name, i, j, state in zip(names, states.one, states.other, values, strict=True)
    ]
    tables = {"interfaces": interface_rows(rows)}
    if outcome is not None:
        tables["alliances"] = pl.DataFrame(
            {
                "alliance_id": sorted(set(names)),
                "outcome": np.where(outcome > 0, "succeeded", "failed"),
                "end": [END] * outcome.size,
            }
        )
    return record_of_firms(int(max(states.one.max(), states.other.max())) + 1, **tables)


def named(found: tuple[Estimate, ...], statistic: str) -> Estimate:
    (one,) = (e for e in found if e.of == (("statistic", statistic),))
    return one


def test_states_are_split_at_one_day_of_each_alliance() -> None:
    """A-B is last seen in 2021, so only what is before 2021 explains and only what follows is explained."""
    rows = [
        ("a", "f1", "f0", date(2019, 1, 1), "coordinated"),
        ("a", "f0", "f1", date(2020, 1, 1), "failed"),
        ("a", "f0", "f1", date(2021, 1, 1), "coordinated"),
        ("a", "f0", "f2", date(2020, 1, 1), "failed"),
        ("a", "f0", "f2", date(2022, 1, 1), "coordinated"),
        ("a", "f0", "f2", date(2023, 1, 1), "failed"),
        ("a", "f1", "f2", date(2020, 6, 1), "coordinated"),
        ("a", "f1", "f3", date(2022, 1, 1), "failed"),
        ("b", "f0", "f1", date(2020, 1, 1), "failed"),
        ("b", "f0", "f0", date(2020, 1, 1), "failed"),
        ("c", "f0", "f1", None, "failed"),
        ("c", "f0", "f2", date(2020, 1, 1), "failed"),
        ("c", "f2", "f0", date(2020, 1, 1), "coordinated"),
    ]
    found = interfaces(Record.of(interfaces=interface_rows(rows)))
    assert (found.undated, found.contradictory) == (1, 1)
    states = pairs_over_time(found)
    assert states.before.tolist() == [0.5, 0.0, 1.0]
    assert states.after[:2].tolist() == [1.0, 0.0]
    assert np.isnan(states.after[2])


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [("bilateral", "decomposable into"), ("weakest", "not decomposable")],
)
def test_two_records_with_known_answers(kind: str, verdict: str) -> None:
    states = pair_states(np.random.default_rng(1), 250, kind=kind, firms=80)
    found = decomposability(written(states), seed=0)
    index = named(found, "D_tie")
    assert index.verdict is not None
    assert index.verdict.en.startswith(verdict)
    assert index.verdict.en in index.label.en
    assert index.low is not None
    assert index.high is not None
    assert index.value is not None
    assert index.low <= index.value <= index.high
    assert index.n == 250
    (far,) = (e for e in found if e.of == (("statistic", "disjoint"),))
    assert far.low is not None
    assert (far.low > 0) == (kind == "weakest")
    assert not named(found, "D_all").measured
    powers = [e for e in found if e.of[0] == ("statistic", "power of D_tie")]
    assert [e.value for e in powers] == pytest.approx([1.0, 1.0], abs=0.1)


def test_whole_alliances_with_outcomes() -> None:
    states = pair_states(np.random.default_rng(1), 900, kind="bilateral", firms=100)
    weakest = np.minimum.reduceat(states.before, states.offsets[:-1])
    chance = np.where(weakest > 0, 0.9, 0.2)
    outcome = (np.random.default_rng(2).random(900) < chance).astype(float)
    found = named(decomposability(written(states, outcome), seed=0), "D_all")
    assert found.verdict is not None
    assert found.verdict.en.startswith("not decomposable")


def test_states_after_the_end_do_not_explain_the_end() -> None:
    """All states are good but those of 2022; the alliances ended in 2021."""
    states = pair_states(np.random.default_rng(1), 60, kind="nothing")
    late = PairStates(
        states.alliance,
        states.one,
        states.other,
        np.ones_like(states.before),
        states.before,
        states.cluster,
    )
    weakest = np.minimum.reduceat(states.before, states.offsets[:-1])
    found = named(decomposability(written(late, weakest), seed=0), "D_all")
    assert found.reason is not None
    assert "do not vary" in found.reason.en


def test_a_record_without_states_says_what_to_collect() -> None:
    found = decomposability(record_of_firms(5), seed=0)
    assert [e.measured for e in found] == [False, False, False]
    assert [e.of[0][1] for e in found] == ["D_tie", "D_all", "D_str"]
    assert found[0].reason is not None
    assert "on two days" in found[0].reason.en
    assert "interfaces.state" in found[0].needs
    assert "alliances.outcome" in found[1].needs


def test_pairs_alone_are_bilateral_by_construction() -> None:
    states = pair_states(np.random.default_rng(1), 50, kind="bilateral", sizes=(2,))
    found, structure = decomposability(written(states), seed=0)
    assert dict(structure.of)["statistic"] == "D_str"
    assert (found.value, found.low, found.verdict) == (1.0, None, None)
    assert "by construction" in found.interval.en


def _reason(states: PairStates, outcome: np.ndarray | None = None, kind: str = "D_tie") -> str:
    found = named(decomposability(written(states, outcome), seed=0), kind)
    assert found.value is None
    assert found.reason is not None
    return found.reason.en


def test_what_cannot_be_told_is_said() -> None:
    generator = np.random.default_rng(1)
    assert "29 alliances" in _reason(pair_states(generator, 29, kind="weakest"))
    plain = pair_states(generator, 60, kind="weakest", firms=20)
    ones, many = np.ones_like(plain.before), plain.alliance
    same = PairStates(many, plain.one, plain.other, plain.before, ones, plain.cluster)
    assert "only successes" in _reason(same)
    well = PairStates(many, plain.one, plain.other, ones, plain.after, plain.cluster)
    assert "do not vary" in _reason(well)
    assert "only successes" in _reason(plain, np.ones(60), "D_all")
    assert "no signal" in _reason(pair_states(generator, 60, kind="nothing", firms=20))
    one_group = np.tile(np.array([0, 0, 1]), 60), np.tile(np.array([1, 2, 2]), 60)
    copies = pair_states(generator, 60, kind="weakest", sizes=(3,))
    repeated = PairStates(copies.alliance, *one_group, copies.before, copies.after, copies.cluster)
    assert "1 alliances" in _reason(repeated)


def test_a_record_of_successes_is_not_called_decomposable() -> None:
    states = pair_states(np.random.default_rng(1), 250, kind="bilateral", firms=80)
    found = named(decomposability(written(states, np.ones(250)), seed=0), "D_tie")
    assert found.low is not None
    assert found.low > 0.5
    assert found.verdict is not None
    assert found.verdict.en.startswith("undecided")
    assert "None of the 250 alliances" in found.warnings[0].en


def test_seed_and_registration() -> None:
    record = written(pair_states(np.random.default_rng(1), 80, kind="weakest", firms=30))
    found = measure(record, only=["decomposability"], seed=4)["decomposability"]
    assert found == decomposability(record, seed=4)
    assert len({e.id for e in found}) == len(found)
