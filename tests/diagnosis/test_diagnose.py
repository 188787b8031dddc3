"""Diagnosis of whole records: synthetic ones of known make, and those that cannot bear an answer.

Paper: T1, B5, Q2 (a network of many is no type), Q25
"""

import datetime as dt
import json
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import jiqun as jq
from jiqun.diagnosis.card import reference_card
from jiqun.diagnosis.diagnosis import Diagnosis
from jiqun.diagnosis.stage.observations import MOST_YEARS
from jiqun.record.record import Record
from jiqun.vocabulary.typology import STAGE, STAGE_VERDICT, TYPE_VERDICT

RECORDS = Path(__file__).parents[2] / "src" / "jiqun" / "cli" / "demo_records"


@cache
def diagnosed(name: str) -> Diagnosis:
    return jq.diagnose(jq.read(RECORDS / f"synthetic-{name}.jiqun.zip"), name=name)


@pytest.mark.parametrize(
    ("name", "verdict"),
    [("data", "digital_industrialization"), ("hardware", "industrial_digitalization")],
)
def test_synthetic_records_of_known_make(name: str, verdict: str) -> None:
    assert diagnosed(name).type.verdict == verdict


def test_tables_that_were_not_collected_are_no_no() -> None:
    """The textile record has no platforms and no data: likely traditional, and not called."""
    found = diagnosed("textile").type
    assert (found.verdict, found.likeliest) == ("insufficient_evidence", "traditional")
    gate = [line for line in found.evidence if line.element == "positioning"]
    assert {line.status for line in gate} == {"measured", "not_measured"}


def test_probabilities_sum_to_one_and_the_document_keeps_its_form() -> None:
    found = diagnosed("data")
    assert sum(found.type.probabilities.values()) == pytest.approx(1.0)
    document = json.loads(found.to_json("zh"))
    assert {"record", "cluster", "at", "type", "stage", "needs"} <= set(document)
    assert {"verdict", "probabilities", "evidence"} <= set(document["type"])
    assert {"verdict", "probabilities", "history", "evidence"} <= set(document["stage"])
    for line in document["type"]["evidence"]:
        assert line["status"] in {"measured", "not_measured", "not_yet_observable"}
        assert {"element", "estimate", "log_bayes_factor", "reason"} <= set(line)
    assert document["type"]["verdict"] in TYPE_VERDICT.codes
    assert document["stage"]["verdict"] in STAGE_VERDICT.codes


def firms(count: int) -> pl.DataFrame:
    return pl.DataFrame({"firm_id": [f"f{n}" for n in range(count)]})


@pytest.mark.parametrize(
    "record",
    [
        Record.of(firms=firms(0)),
        Record.of(firms=firms(1)),
        Record.of(firms=firms(100)),
        Record.of(
            firms=firms(100),
            ties=pl.DataFrame(
                {
                    "tie_id": ["t"],
                    "source": ["f1"],
                    "target": ["f2"],
                    "kind": ["supply"],
                    "start": [dt.date(9000, 1, 1)],
                }
            ),
        ),
    ],
    ids=["no firm", "one firm", "firms only", "future dates"],
)
def test_what_cannot_bear_an_answer_gets_that_answer(record: Record) -> None:
    found = jq.diagnose(record)
    assert found.type.verdict == "insufficient_evidence"
    assert found.stage.verdict in {"insufficient_evidence", "not_yet_observable"}


def test_few_firms_abstain_whatever_their_evidence() -> None:
    whole = jq.read(RECORDS / "synthetic-data.jiqun.zip")
    few = jq.select(whole, firms=whole["firms"]["firm_id"].head(29))
    assert jq.diagnose(few).type.verdict == "insufficient_evidence"


def test_a_star_of_one_buyer_is_no_digital_industrialization() -> None:
    ties = pl.DataFrame(
        {
            "tie_id": [f"t{n}" for n in range(99)],
            "source": [f"f{n}" for n in range(1, 100)],
            "target": ["f0"] * 99,
            "kind": ["supply"] * 99,
        }
    )
    assert jq.diagnose(Record.of(firms=firms(100), ties=ties)).type.verdict == (
        "insufficient_evidence"
    )


def science(*, failing: bool) -> Record:
    """Return 120 laboratories and firms that innovate together in fours, on no platform, selling goods.

    ``failing``: one failing pair takes its whole alliance down, as the network of the other type has it.
    """
    rng = np.random.default_rng(5)
    ids = [f"f{n}" for n in range(120)]
    members, interfaces, outcomes = [], [], []
    for a in range(160):
        four = rng.choice(ids, 4, replace=False).tolist()
        bad = failing and bool(rng.random() < 0.5)
        year = 2010 + a % 10
        members += [
            {"alliance_id": f"a{a}", "firm_id": f, "joined": dt.date(year, 1, 1)} for f in four
        ]
        outcomes.append("dissolved" if bad else "completed")
        pairs = list(combinations(sorted(four), 2))
        interfaces += [
            {
                "alliance_id": f"a{a}",
                "firm_a": one,
                "firm_b": other,
                "date": dt.date(year, 6, 1),
                "state": "failed" if bad and k == 0 else "coordinated",
            }
            for k, (one, other) in enumerate(pairs)
        ]
    made = [f"i{a}" for a in range(160)]
    money = rng.lognormal(3.0, 1.0, 120)
    return Record.of(
        firms=pl.DataFrame({"firm_id": ids, "digital_native": [0.1] * 120}),
        alliances=pl.DataFrame({"alliance_id": [f"a{a}" for a in range(160)], "outcome": outcomes}),
        memberships=pl.DataFrame(members),
        interfaces=pl.DataFrame(interfaces),
        innovations=pl.DataFrame(
            {
                "innovation_id": made,
                "date": [dt.date(2010 + a % 10, 9, 1) for a in range(160)],
                "mode": ["convergence"] * 160,
            }
        ),
        innovators=pl.DataFrame(
            [
                {"innovation_id": made[int(m["alliance_id"][1:])], "firm_id": m["firm_id"]}
                for m in members
            ]
        ),
        accounts=pl.DataFrame(
            {
                "firm_id": ids,
                "start": [dt.date(2019, 1, 1)] * 120,
                "end": [dt.date(2020, 1, 1)] * 120,
                "currency": ["CNY"] * 120,
                "revenue": money,
                "digital_revenue": money * 0.02,
            }
        ),
        platforms=pl.DataFrame({"platform_id": ["p"], "operator": ["f0"]}),
        participations=pl.DataFrame(
            {"platform_id": ["p"] * 3, "firm_id": ["f0", "f1", "f2"], "joined": [None] * 3},
            schema_overrides={"joined": pl.Date},
        ),
    )


@pytest.mark.parametrize("failing", [True, False])
def test_many_parties_alone_are_no_digital_industrialization(*, failing: bool) -> None:
    """Nobody's core is digital; only the network looks like the other type, and that does not do."""
    record = science(failing=failing)
    assert jq.diagnose(record).type.verdict != "digital_industrialization"
    network = {"firms", "alliances", "memberships", "interfaces", "innovations", "innovators"}
    alone = Record({name: record[name] for name in record if name in network})
    assert jq.diagnose(alone).type.verdict == "insufficient_evidence"


def test_suppliers_on_the_portal_of_their_buyer_are_no_digital_industrialization() -> None:
    """A star of supply ties whose centre runs a platform for all of them, and lives of goods."""
    suppliers = [f"f{n}" for n in range(1, 100)]
    ties = {
        "tie_id": [f"t{n}" for n in range(99)],
        "source": suppliers,
        "target": ["f0"] * 99,
        "kind": ["supply"] * 99,
    }
    money = [1000.0] + [10.0] * 99
    record = Record.of(
        firms=firms(100),
        ties=pl.DataFrame(ties),
        platforms=pl.DataFrame({"platform_id": ["portal"], "operator": ["f0"]}),
        participations=pl.DataFrame({"platform_id": ["portal"] * 99, "firm_id": suppliers}),
        accounts=pl.DataFrame(
            {
                "firm_id": ["f0", *suppliers],
                "start": [dt.date(2019, 1, 1)] * 100,
                "end": [dt.date(2020, 1, 1)] * 100,
                "currency": ["CNY"] * 100,
                "revenue": money,
                "digital_revenue": [m * 0.05 for m in money],
            }
        ),
    )
    found = jq.diagnose(record).type
    assert found.verdict != "digital_industrialization"
    assert found.likeliest != "digital_industrialization"


def test_ties_without_dates_have_a_type_or_none_and_no_stage() -> None:
    record = jq.read(RECORDS / "synthetic-data.jiqun.zip")
    undated = {
        name: record[name].with_columns(
            pl.lit(None, pl.Date).alias(c)
            for c, kind in record[name].schema.items()
            if kind == pl.Date
        )
        for name in record
        if name != "accounts"
    }
    found = jq.diagnose(Record(undated))
    assert found.type.verdict in TYPE_VERDICT.codes
    assert (found.stage.verdict, found.stage.history) == ("insufficient_evidence", ())


@pytest.mark.parametrize(
    ("rows", "years", "reason"),
    [(5, 970, "span too many years"), (None, 40, "only one table has new rows (Ties)")],
    ids=["a few typing errors", "one table of another age"],
)
def test_dates_of_another_age_call_no_stage(rows: int | None, years: int, reason: str) -> None:
    """No clock is asked: ties far beyond the time of all other tables are wrong, whatever day it is."""
    record = jq.read(RECORDS / "synthetic-data.jiqun.zip")
    assert diagnosed("data").stage.verdict in STAGE.codes
    ties = record["ties"].with_row_index()
    wrong = pl.col("index") < (rows or ties.height)
    shifted = [
        pl.when(wrong).then(pl.col(c).dt.offset_by(f"{years}y")).otherwise(pl.col(c)).alias(c)
        for c in ("start", "end")
    ]
    found = jq.diagnose(Record({**record.tables, "ties": ties.with_columns(shifted).drop("index")}))
    assert found.stage.verdict == "insufficient_evidence"
    assert reason in found.stage.reason.en
    assert found.stage.probabilities == {}


def test_longer_windows_than_a_stage_show_none() -> None:
    assert reference_card().stages.years == MOST_YEARS


def test_an_unknown_cluster_is_refused_with_the_known_ones() -> None:
    with pytest.raises(jq.InputError):
        jq.diagnose(Record.of(firms=firms(3)), cluster="C99")
