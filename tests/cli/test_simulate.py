"""``jiqun simulate`` and ``jiqun doctor --warm`` as a user types them.

Paper: K1c (a scenario differs in firms, places and logic), Q17 (what the paper does not promise).
"""

from pathlib import Path

import pytest

import jiqun as jq
from tests.cli.conftest import Run

SHORT = "like: traditional\nname: short\ntitle: {en: Short, zh: 短}\nperiods: 8\n"


@pytest.fixture
def short(tmp_path: Path) -> Path:
    path = tmp_path / "short.yaml"
    path.write_text(SHORT, encoding="utf-8")
    return path


def test_a_scenario_becomes_a_record_and_a_record_a_start(
    jiqun: Run, short: Path, tmp_path: Path
) -> None:
    done = jiqun("simulate", short, "--out", tmp_path / "one.jiqun.zip")
    assert done.returncode == 0, done.stderr
    assert "8 quarters" in done.stderr
    again = jiqun("simulate", short, "--from", tmp_path / "one.jiqun.zip", "-o", "two.jiqun.zip")
    assert again.returncode == 0, again.stderr
    assert again.stderr.startswith("Begins 2002 with")
    assert "drawn for" in again.stderr
    first, second = (
        jq.read(p) for p in (tmp_path / "one.jiqun.zip", short.parent / "here" / "two.jiqun.zip")
    )
    assert set(second["firms"]["firm_id"]) & set(first["firms"]["firm_id"])


def test_a_checkpoint_is_gone_on_from_by_the_same_run_alone(
    jiqun: Run, short: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "run.checkpoint"
    for name in ("one", "two"):
        done = jiqun("simulate", short, "--checkpoint", kept, "-o", tmp_path / f"{name}.jiqun.zip")
        assert done.returncode == 0, done.stderr
    one, two = (tmp_path / f"{name}.jiqun.zip" for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    other = jiqun("simulate", short, "--checkpoint", kept, "--seed", "1", "-o", "three.jiqun.zip")
    assert other.returncode == 2
    assert "checkpoint.other_run" in other.stderr
    assert not (tmp_path / "here" / "three.jiqun.zip").exists()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_wrong_scenario_is_told_everything_before_anything_runs(
    jiqun: Run, short: Path, lang: str
) -> None:
    short.write_text(
        SHORT.replace("8", "0") + "colour: red\nrules: {tie: {rate: -1.0}}\n", encoding="utf-8"
    )
    done = jiqun("simulate", short, lang=lang)
    assert done.returncode == 2
    assert all(rule in done.stderr for rule in ("scenario.key", "scenario.value"))
    assert {"en": "3 errors", "zh": "3 个错误"}[lang] in done.stderr
    assert list((short.parent / "here").iterdir()) == []


def test_doctor_compiles_the_model(jiqun: Run) -> None:
    done = jiqun("doctor", "--warm")
    assert done.returncode == 0, done.stderr
    assert "The model is compiled" in done.stderr
