"""The loop: truth by hand, what hiding leaves, scores by hand, runs that are gone on with.

Paper: K1c (type by the logic of the core), B5 (digital at all), T1 (permuted firms)
"""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import yaml

import jiqun as jq
from jiqun.diagnosis.card import card_of, judgements, reference_card
from jiqun.diagnosis.elements.core_logic import agreeing, core_sources, recent_accounts
from jiqun.diagnosis.loop import trial_runs
from jiqun.diagnosis.loop.building import mixture, weights
from jiqun.diagnosis.loop.building_stages import marker_means
from jiqun.diagnosis.loop.hiding import HIDINGS, KEPT, NULLS, hidden, removable
from jiqun.diagnosis.loop.scoring import calibration_error, exact_cover
from jiqun.diagnosis.loop.simulated_card import simulated_card
from jiqun.diagnosis.loop.truth import truth
from jiqun.diagnosis.loop.worlds import built_on, world
from jiqun.measures import measure
from jiqun.model.mechanisms import Mechanisms
from jiqun.record.record import Record
from jiqun.vocabulary.typology import STAGES_OF

DEMO = Path(trial_runs.__file__).parents[2] / "cli" / "demo_records"


def table(**columns: list[float]) -> pl.DataFrame:
    """Return yearly mechanisms that are 0 but for the columns given."""
    years = len(next(iter(columns.values())))
    rest = dict.fromkeys(Mechanisms._fields, [0.0] * years)
    return pl.DataFrame({**rest, "year": list(range(years)), **columns})


def test_truth_by_hand() -> None:
    """Tools in the second year, a platform in the last: means over three years, so a year later."""
    told = truth(table(digital=[0.0, 0.4, 0.4, 0.4, 0.4], on_platforms=[0.0, 0.0, 0.0, 0.3, 0.3]))
    assert told.type == "industrial_digitalization"
    one, two = "basic_digitalization", "multiple_innovation"
    assert told.stages == ("baseline", one, one, one, two)


def test_who_leads_decides_the_type_and_a_third_on_each_side_is_a_hybrid() -> None:
    def of(by_data: float) -> str:
        return truth(table(on_platforms=[0.5] * 4, leading_by_data=[by_data] * 4)).type

    assert [of(v) for v in (0.0, 0.33, 0.34, 0.66, 0.67, 1.0)] == [
        *["industrial_digitalization"] * 2,
        *["hybrid"] * 2,
        *["digital_industrialization"] * 2,
    ]
    assert truth(table(leading_by_data=[0.9] * 4)).type == "traditional"


def test_a_stage_may_fall_back() -> None:
    told = truth(
        table(
            digital=[0.5] * 8,
            leading_by_data=[0.9] * 8,
            on_platforms=[0.3] * 4 + [0.0] * 4,
            pooled_in_use=[0.5] * 8,
        )
    )
    assert told.stages[3] == "dynamic_innovation"
    assert told.stages[-1] == "platform_building"


def test_worlds_for_building_are_not_those_for_scoring() -> None:
    built, scored = (world(0, purpose) for purpose in ("build", "score"))
    assert built[0].name == scored[0].name == "traditional"
    assert built[0].groups != scored[0].groups
    assert built[1] != scored[1]
    assert world(0, "score") == scored
    names = {world(n, "score")[0].name for n in range(12)}
    makes = {world(n, "build")[0].name for n in range(12)}
    assert len(names - makes) == 6
    assert all(built_on(n) == (world(n, "score")[0].name in makes) for n in range(12))


def test_what_hiding_leaves() -> None:
    record = jq.read(DEMO / "synthetic-hardware.jiqun.zip")
    every = removable(record)
    assert len(removable(hidden(record, "half", 1))) == len(every) - len(every) // 2
    assert removable(hidden(record, "ties_only", 1)) == ["ties"]
    assert removable(hidden(record, "full", 1)) == every
    assert {name for name in record if name in KEPT} <= set(hidden(record, "half", 1))


@pytest.mark.parametrize("name", [*HIDINGS, *NULLS])
def test_hiding_is_the_same_each_time(name: str) -> None:
    record = jq.read(DEMO / "synthetic-hardware.jiqun.zip")
    one, two = (hidden(record, name, 7) for _ in range(2))
    assert all(one[t].equals(two[t]) for t in one)


def test_nulls_keep_every_row_and_lose_its_meaning() -> None:
    record = jq.read(DEMO / "synthetic-hardware.jiqun.zip")
    for name in NULLS:
        changed = hidden(record, name, 1)
        assert {t: changed[t].height for t in changed} == {t: record[t].height for t in record}
    permuted = hidden(record, "firms_permuted", 1)
    assert not permuted["ties"]["source"].equals(record["ties"]["source"])
    shuffled = hidden(record, "dates_shuffled", 1)
    assert not shuffled["ties"]["start"].equals(record["ties"]["start"])
    assert shuffled["ties"]["start"].sort().equals(record["ties"]["start"].sort())


def test_a_set_at_exactly_its_level() -> None:
    """0.5 and 0.4: the second is taken in for three quarters, which makes 0.8."""
    p = {"a": 0.5, "b": 0.4, "c": 0.1}
    assert [exact_cover(p, t) for t in p] == pytest.approx([1.0, 0.75, 0.0])
    assert sum(p[t] * exact_cover(p, t) for t in p) == pytest.approx(0.8)


def test_calibration_by_hand() -> None:
    """Nine calls at 0.9 of which six are right, and one at 0.5 that is: 0.9 · 0.233 + 0.1 · 0.5."""
    calls = [(0.9, n < 6) for n in range(9)] + [(0.5, True)]
    assert calibration_error(calls) == pytest.approx(0.9 * (0.9 - 6 / 9) + 0.1 * 0.5)


def reading(aspect: str, side: int) -> dict[str, object]:
    """Return a reading that is nearly sure of one side of the aspect's threshold."""
    sides = reference_card().aspects[aspect].sides
    support = {
        s: (0.95 if n == side else 0.05) / len(each) for n, each in enumerate(sides) for s in each
    }
    return {"aspect": aspect, "status": "measured", "support": support}


def test_weights_fall_where_an_aspect_says_nothing() -> None:
    """The core's origin is right in every world; the network is right by chance."""
    rng = np.random.default_rng(1)
    lines = []
    for n in range(120):
        code = ("industrial_digitalization", "digital_industrialization")[n % 2]
        readings = [
            reading("core_logic.origin", n % 2),
            reading("network.decomposability", int(rng.integers(2))),
        ]
        gathered = {"full": {"readings": readings}}
        lines.append({"number": n, "truth": {"type": code}, "gathered": gathered})
    found = weights(lines, reference_card())
    assert found["core_logic.origin"] > 0.6
    assert found["network.decomposability"] < 0.4


def test_what_each_world_shows_of_states_is_found_through_its_doubt() -> None:
    """Every world is sure of the first state, or half open: the state is the first in each."""
    sure = mixture(np.array([[0.99, 0.01]] * 30), np.eye(2))
    doubtful = mixture(np.array([[0.7, 0.3]] * 30), np.eye(2))
    assert sure[0] > 0.97
    assert doubtful[0] > 0.9
    assert sum(doubtful) == pytest.approx(1.0)


def test_sixths_lend_to_their_neighbours() -> None:
    """All worlds are in the second of three states: a tenth goes to either side of it at each step."""
    lent = np.array([[0.9, 0.1, 0.0], [0.1, 0.8, 0.1], [0.0, 0.1, 0.9]])
    found = mixture(np.array([[0.0, 1.0, 0.0]] * 1000), lent)
    assert found == pytest.approx([0.1, 0.8, 0.1], abs=0.001)


def test_means_and_spreads_of_stages_by_hand() -> None:
    """Shares 0.4 and 0.6 about 0.5: 0.25 / 0.01 - 1 = 24; indices 1 and 3: deviation 1; hybrids do not count."""
    stages = ["basic_digitalization"] * 8
    windows = {
        "names": [f"{year}-{year}" for year in range(2000, 2008)],
        "years": 1,
        "modes": [[None] * 3] * 8,
        "shares": {"joint": [[4.0, 10.0], [6.0, 10.0]] * 4},
        "indices": {"members": [[1.0, 0.1], [3.0, 0.1]] * 4},
    }
    line = {"start": 2000, "gathered": {"full": {"windows": windows}}}
    told = [line | {"truth": {"type": code, "stages": stages}} for code in ("hybrid", *STAGES_OF)]
    found = marker_means(told[:3])
    assert found["shares"]["joint"] == pytest.approx([None, 0.5, *[None] * 5])
    assert found["spread"] == pytest.approx({"joint": 24.0, "members": 1.0})
    assert marker_means(told[:1])["spread"] == {}


def test_the_written_card_is_read_again() -> None:
    """Types are told apart in 40 worlds: what is written stands on the card, mixed with the judgement."""
    lines = []
    for n in range(40):
        code = ("industrial_digitalization", "digital_industrialization")[n % 2]
        full = {"readings": [reading("core_logic.origin", n % 2)], "windows": None, "firms": 50}
        truth_of = {"type": code, "stage": "baseline", "stages": ["baseline"]}
        told = {"number": n, "scenario": "s", "start": 2000, "truth": truth_of}
        lines.append(told | {"gathered": {"full": full}})
    card = card_of(judgements(), yaml.safe_load(simulated_card(lines, judgements())))
    assert card.built_on == 40
    expected = card.aspects["core_logic.origin"].expected
    low = sum(expected[f"sixth_{k}"]["industrial_digitalization"] or 0.0 for k in (1, 2, 3))
    assert low > 0.85
    assert card.aspects["core_logic.sector"].weight <= 0.3


def test_exchanged_firms_leave_no_core() -> None:
    record = jq.read(DEMO / "synthetic-data.jiqun.zip")
    read = {name: core_of(hidden(record, name, 3)) for name in ("full", "firms_permuted")}
    assert read == {"full": True, "firms_permuted": False}


def core_of(record: Record) -> bool:
    """Say whether the tables agree on a core."""
    measured = measure(record, only=["core_firms", "core_firm_roles"], seed=0)
    return agreeing(core_sources(measured, recent_accounts(record)), record["firms"].height)


def test_runs_are_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def one_world(number: int, purpose: str) -> dict[str, object]:
        made.append(number)
        return {"number": number, "purpose": purpose}

    monkeypatch.setattr(trial_runs, "one_world", one_world)
    path = tmp_path / "runs.jsonl"
    trial_runs.run_worlds(range(3), "score", path)
    with path.open("a", encoding="utf-8") as out:
        out.write('{"number": 3, "purp')  # stopped within a line
    found = trial_runs.run_worlds(range(5), "score", path)
    assert made == [0, 1, 2, 3, 4]
    assert [line["number"] for line in found] == list(range(5))
    again = trial_runs.run_worlds(range(5), "score", path)
    assert made == [0, 1, 2, 3, 4]
    assert json.dumps(again) == json.dumps(found)


def test_a_random_record_is_not_called() -> None:
    """Ties, alliances, accounts and innovations drawn at random say nothing of core, mirror and value."""
    rng = np.random.default_rng(3)
    n = 120
    ids = np.array([f"f{k}" for k in range(n)])
    day = np.datetime64("2010-01-01") + rng.integers(0, 3650, 400)
    record = Record.of(
        firms=pl.DataFrame({"firm_id": ids}),
        ties=pl.DataFrame(
            {
                "tie_id": [f"t{k}" for k in range(400)],
                "source": rng.choice(ids, 400),
                "target": rng.choice(ids, 400),
                "kind": rng.choice(["supply", "data_flow"], 400),
                "start": day,
            }
        ).filter(pl.col("source") != pl.col("target")),
        participations=pl.DataFrame(
            {
                "platform_id": rng.choice(["p1", "p2"], 60),
                "firm_id": rng.choice(ids, 60),
                "joined": day[:60],
            }
        ).unique(["platform_id", "firm_id"], maintain_order=True),
    )
    assert jq.diagnose(record).type.verdict == "insufficient_evidence"
