"""Diagnosis of whole records: synthetic ones of known make, and those that cannot bear an answer.

Paper: T1, B5, Q2 (a network of many is no type), Q25
"""

import datetime as dt
import json
from functools import cache
from pathlib import Path

import polars as pl
import pytest

import jiqun as jq
from jiqun.diagnosis.diagnosis import Diagnosis
from jiqun.record.record import Record
from jiqun.vocabulary.typology import STAGE_VERDICT, TYPE_VERDICT

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


def test_an_unknown_cluster_is_refused_with_the_known_ones() -> None:
    with pytest.raises(jq.InputError):
        jq.diagnose(Record.of(firms=firms(3)), cluster="C99")
