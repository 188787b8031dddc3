"""The provenance says what made a record, the same on any machine."""

import hashlib
import json
from datetime import date
from importlib.metadata import version
from pathlib import Path

import pytest

from jiqun.record.provenance import append, sha256_of
from jiqun.record.record import Record


def test_steps_are_numbered_from_one_and_kept() -> None:
    record = append(Record(), command="import table", inputs={"b.csv": "2", "a.csv": "1"})
    record = append(record, command="select", parameters={"z": 1, "a": date(2020, 1, 2)}, seed=7)
    rows = record["provenance"].rows(named=True)
    assert [(r["step"], r["command"], r["input"], r["sha256"], r["seed"]) for r in rows] == [
        (1, "import table", "a.csv", "1", None),
        (1, "import table", "b.csv", "2", None),
        (2, "select", None, None, 7),
    ]
    assert rows[2]["parameters"] == '{"a": "2020-01-02", "z": 1}'
    assert {r["software"] for r in rows} == {"jiqun"}
    assert {r["version"] for r in rows} == {version("jiqun")}


def test_absolute_paths_are_not_kept() -> None:
    source = Path("/home/someone/secret/firms.xlsx")
    record = append(
        Record(), command="x", inputs={str(source): "1", "y/b.csv": "2"}, parameters={"p": source}
    )
    assert record["provenance"]["input"].to_list() == ["firms.xlsx", "y/b.csv"]
    assert "someone" not in str(record["provenance"].rows())


def test_two_inputs_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="same name"):
        append(Record(), command="x", inputs={"/a/f.csv": "1", "/b/f.csv": "2"})


def test_parameters_are_json_in_one_order() -> None:
    one = append(Record(), command="x", parameters={"b": {"d": [1], "c": None}, "a": {"企", "b"}})
    other = append(Record(), command="x", parameters={"a": {"b", "企"}, "b": {"c": None, "d": [1]}})
    text = one["provenance"]["parameters"].item()
    assert text == other["provenance"]["parameters"].item()
    assert json.loads(text) == {"a": ["b", "企"], "b": {"c": None, "d": [1]}}


@pytest.mark.parametrize("value", [object(), b"bytes"])
def test_what_json_lacks_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="parameter"):
        append(Record(), command="x", parameters={"a": value})


def test_nan_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        append(Record(), command="x", parameters={"a": float("nan")})


@pytest.mark.parametrize("size", [0, 1, 3_000_000])
def test_the_checksum_is_that_of_the_file(tmp_path: Path, size: int) -> None:
    content = bytes(range(250)) * (size // 250 + 1)
    (tmp_path / "f").write_bytes(content[:size])
    assert sha256_of(tmp_path / "f") == hashlib.sha256(content[:size]).hexdigest()
