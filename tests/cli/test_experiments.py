"""Experiments on the command line: what is wrong is said, and no store is ever harmed.

Paper: P3 (policies compared), Q22 (equal budgets)
"""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from jiqun.experiments.store import RunStore
from tests.cli.conftest import SCRIPT, Run

resource = pytest.importorskip("resource", reason="no limit on the size of files")
SCENARIO = "like: native_core\nperiods: 8\n"
POLICIES = """
budget: 2.0
start: 4
policies:
  - {name: none, title: {en: No policy, zh: 无政策}}
  - {name: t, title: {en: Templates, zh: 数字化模板}, settings: {templates.share: 1.0}}
"""
PARAMETERS = "rules.market.wage: [0.5, 0.7]\n"
PLACE = {"s.yaml": SCENARIO, "p.yaml": POLICIES, "u.yaml": PARAMETERS}
COMPARE = (
    "compare", "s.yaml", "p.yaml", "--parameters", "u.yaml", "--store", "runs",
    "--no-structures", "--workers", "2",
)  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The folder in which ``jiqun`` runs, with a small scenario and two policies."""
    (tmp_path / "here").mkdir(exist_ok=True)
    for name, text in PLACE.items():
        (tmp_path / "here" / name).write_text(text, encoding="utf-8")
    return tmp_path / "here"


def content(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def finished(jiqun: Run, place: Path) -> Path:
    """A finished comparison."""
    done = jiqun(*COMPARE, "--draws", "4", "--seeds", "2", "--out", "out")
    assert done.returncode == 0, done.stderr
    return place


WRONG: list[tuple[str, str, tuple[str, ...]]] = [
    ("policy.lever", POLICIES.replace("templates.share", "subsidies.share"), ()),
    ("policy.value", POLICIES.replace("budget: 2.0", "budget: -2.0"), ()),
    ("experiment.path", POLICIES, ("--parameters", "wrong.yaml")),
    ("executor.reached", POLICIES, ("--executor", "dask:tcp://127.0.0.1:1")),
    ("executor.reached", POLICIES, ("--executor", "ray:127.0.0.1:1")),
    ("executor.reached", POLICIES, ("--executor", "cloud")),
    ("store.space", POLICIES, ("--draws", "1000", "--seeds", "1000000000")),
]


@pytest.mark.slow
def test_wrong_input_is_said_and_the_store_is_not_touched(jiqun: Run, finished: Path) -> None:
    pytest.importorskip("distributed")
    pytest.importorskip("ray")
    before = content(finished / "runs")
    (finished / "wrong.yaml").write_text("rules.market.wages: [0.5, 0.7]\n")
    for number, (rule, policies, more) in enumerate(WRONG):
        (finished / "p.yaml").write_text(policies, encoding="utf-8")
        done = jiqun(*COMPARE, *more, lang=("en", "zh")[number % 2])
        assert done.returncode == 2, (rule, done.stderr)
        assert f"[{rule}]" in done.stderr
        assert "→" in done.stderr
        assert "Traceback" not in done.stderr
        assert content(finished / "runs") == before


@pytest.mark.slow
def test_a_store_of_another_model_is_refused(jiqun: Run, finished: Path) -> None:
    about = finished / "runs" / "store.json"
    about.write_text(json.dumps(json.loads(about.read_text()) | {"model": "0123456789abcdef"}))
    before = content(finished / "runs")
    done = jiqun(*COMPARE, lang="zh")
    assert done.returncode == 2
    assert "[store.model]" in done.stderr
    assert "0123456789abcdef" in done.stderr
    assert content(finished / "runs") == before


@pytest.mark.slow
def test_a_result_is_a_folder_with_pictures(finished: Path) -> None:
    names = set(content(finished / "out"))
    texts = {f"comparison.{end}" for end in ("json", "en.md", "zh.md")}
    pictures = {
        f"{name}.{end}"
        for name in ("policy_paths", "regret_map")
        for end in ("csv", "en.svg", "zh.svg")
    }
    assert names == texts | pictures
    document = json.loads((finished / "out" / "comparison.json").read_text("utf-8"))
    assert document["draws"] == 4
    assert set(document["regrets"][""]) == {"none", "t"}


@pytest.mark.slow
def test_what_was_stopped_or_found_no_room_goes_on_to_the_same_bytes(
    jiqun: Run, finished: Path
) -> None:
    """Ctrl-C in the middle, then a disk that is full, then to the end."""
    many = (*COMPARE, "--draws", "60", "--seeds", "2", "--seed", "7")
    whole = ["whole" if part == "runs" else part for part in many]
    assert jiqun(*whole).returncode == 0
    before = RunStore(finished / "runs").keys()
    environment = os.environ | {"JIQUN_LANG": "en"}
    with subprocess.Popen(
        [SCRIPT, *many], cwd=finished, stderr=subprocess.PIPE, env=environment, text=True
    ) as program:
        while not list((finished / "runs").glob("fragments/*.parquet")):
            assert program.poll() is None, "it ended before it could be stopped"
            time.sleep(0.005)
        program.send_signal(signal.SIGINT)
        _, said = program.communicate(timeout=60)
    assert program.returncode == 130
    assert "the same command goes on" in said
    there = RunStore(finished / "runs").keys()
    assert before < there
    full = subprocess.run(
        [SCRIPT, *many],
        cwd=finished,
        capture_output=True,
        env=environment,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)),
    )
    assert full.returncode == 2, full.stderr
    assert "[storage.room]" in full.stderr
    assert RunStore(finished / "runs").keys() == there
    assert jiqun(*many).returncode == 0
    wanted = RunStore(finished / "whole").keys()
    assert RunStore(finished / "runs").keys() == before | wanted
    one, other = (RunStore(finished / name).read(wanted) for name in ("runs", "whole"))
    assert one.equals(other)


@pytest.mark.slow
def test_twins_are_told_in_both_languages(jiqun: Run, place: Path) -> None:
    (place / "i.yaml").write_text("like: incumbent_core\nperiods: 8\n")
    call = ("twins", "i.yaml", "s.yaml", "--store", "runs", "--seeds", "2")
    english, chinese = jiqun(*call, "--out", "out"), jiqun(*call, lang="zh")
    assert english.returncode == 0, english.stderr
    assert english.stdout.count("|") == chinese.stdout.count("|")
    assert english.stdout == (place / "out" / "twins.en.md").read_text("utf-8")
    done = jiqun("twins", "s.yaml", "traditional", "--store", "other", "--seeds", "2")
    assert done.returncode == 2
    assert "[experiment.twins]" in done.stderr
    assert not (place / "other").exists()
